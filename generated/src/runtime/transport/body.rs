// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The bodies that go through a transport.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::runtime::BoxError;

/// The body of a request or an answer on its way through a [`Transport`](super::Transport).
///
/// It is an `http_body::Body`, and made of one by [`new`](Self::new), so that every HTTP library takes
/// and gives it. Where it is in memory, [`as_bytes`](Self::as_bytes) has all of it.
pub struct TransportBody(Inner);

enum Inner {
    Memory(Bytes),
    /// The lock is never contended: it makes any body one that threads can share.
    Stream(Mutex<Pin<Box<dyn Frames>>>),
}

impl TransportBody {
    /// The body of another HTTP library, or one that is made piece by piece.
    ///
    /// An error of it is one of the connection ([`Receive`](super::super::TransportErrorKind::Receive))
    /// unless it is a [`TransportFailure`](super::super::TransportFailure), which tells what it is.
    pub fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
    {
        Self(Inner::Stream(Mutex::new(Box::pin(body))))
    }

    /// No bytes.
    pub fn empty() -> Self {
        Bytes::new().into()
    }

    /// All bytes that are still to come, where they are in memory. `None` of a stream, and of what must
    /// be sent once only.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Memory(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// That of the body, such as of a connection that breaks.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        while let Some(frame) = ready!(Pin::new(&mut *self).poll_frame(context)?) {
            // A frame that is no data holds trailers.
            if let Ok(bytes) = frame.into_data() {
                return Poll::Ready(Ok(Some(bytes)));
            }
        }
        Poll::Ready(Ok(None))
    }
}

impl Body for TransportBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Memory(bytes) if bytes.is_empty() => Poll::Ready(None),
            Inner::Memory(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Inner::Stream(body) => {
                body.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().next(context)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Memory(bytes) => bytes.is_empty(),
            Inner::Stream(body) => lock(body).is_end(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Memory(bytes) => {
                u64::try_from(bytes.len()).map_or_else(|_| SizeHint::new(), SizeHint::with_exact)
            }
            Inner::Stream(body) => lock(body).size(),
        }
    }
}

fn lock(body: &Mutex<Pin<Box<dyn Frames>>>) -> MutexGuard<'_, Pin<Box<dyn Frames>>> {
    body.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A body whose error is boxed, so that there is one box for any body.
trait Frames: Send {
    fn next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>>;

    fn is_end(&self) -> bool;

    fn size(&self) -> SizeHint;
}

impl<B: Body<Data = Bytes, Error: Into<BoxError>> + Send> Frames for B {
    fn next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_frame(context).map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end(&self) -> bool {
        self.is_end_stream()
    }

    fn size(&self) -> SizeHint {
        self.size_hint()
    }
}

impl Default for TransportBody {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for TransportBody {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Memory(bytes))
    }
}

impl From<Vec<u8>> for TransportBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for TransportBody {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for TransportBody {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

/// The bytes are left out, because they may hold what must not be logged.
impl fmt::Debug for TransportBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.size_hint().exact();
        f.debug_struct("TransportBody").field("bytes", &bytes).finish_non_exhaustive()
    }
}
