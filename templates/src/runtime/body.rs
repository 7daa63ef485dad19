// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Bodies that are bytes: texts, files, streams and lines of JSON.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;
use http_body::{Frame, SizeHint};
use serde::Serialize;

use super::exchange::Payload;
use super::request::unsendable_media_type;
use super::{BoxError, Error, Request, TransportBody};

/// Bytes to send: in memory, or a stream.
///
/// What is in memory can be sent again where the server asks for a fresh token or redirects; a
/// stream is sent once, and such an answer is the answer of the call.
pub struct Body {
    pub(super) source: Source,
    pub(super) content_type: Option<Result<HeaderValue, Error>>,
}

pub(super) enum Source {
    Memory(Bytes),
    Stream(TransportBody),
}

impl Body {
    /// The bytes of a stream, without a length: they are sent in chunks (RFC 9112, section 7.1).
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_stream(stream, SizeHint::new())
    }

    /// The bytes of a stream of a known length. A stream that is longer or shorter is an error of
    /// `send`.
    pub fn sized_stream<S, E>(stream: S, length: u64) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::from_stream(stream, SizeHint::with_exact(length))
    }

    /// The media type, instead of the documented one. One that a header cannot carry is an error of
    /// `send`.
    #[must_use]
    pub fn content_type(mut self, media_type: impl AsRef<str>) -> Self {
        self.content_type = Some(media_type_header(media_type.as_ref()));
        self
    }

    fn from_stream<S, E>(stream: S, size: SizeHint) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        TransportBody::new(Streamed { stream: Box::pin(stream), size }).into()
    }
}

impl<B, T> Request<B, T> {
    /// A body of text.
    pub fn text(mut self, media_type: &'static str, body: impl Into<String>) -> Self {
        self.prepared.raw_body(media_type, body.into().into());
        self
    }

    /// A body of bytes. Its own media type, where it has one, comes before the one given here.
    pub fn bytes(mut self, media_type: &'static str, body: impl Into<Body>) -> Self {
        let Body { source, content_type } = body.into();
        match source {
            Source::Memory(bytes) => self.prepared.raw_body(media_type, bytes),
            Source::Stream(body) => {
                self.prepared.raw_body(media_type, Bytes::new());
                self.prepared.body = Payload::Once(Some(body));
            }
        }
        match content_type {
            Some(Ok(value)) => self.prepared.extras_mut().content_type = Some(value),
            Some(Err(error)) => self.prepared.fail(error),
            None => {}
        }
        self
    }

    /// A body of lines, each a value as JSON (<https://jsonlines.org>).
    pub fn json_lines<V: Serialize>(mut self, media_type: &'static str, body: &[V]) -> Self {
        let mut lines = Vec::new();
        for value in body {
            if let Err(error) = serde_json::to_writer(&mut lines, value) {
                self.prepared.unwritable_body(error);
                return self;
            }
            lines.push(b'\n');
        }
        self.prepared.raw_body(media_type, lines.into());
        self
    }
}

/// A media type of the caller as a header.
pub(super) fn media_type_header(text: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(text).map_err(|_| unsendable_media_type())
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { source: Source::Memory(bytes), content_type: None }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        text.as_bytes().into()
    }
}

/// A body that an HTTP library made, such as `TransportBody::new(reqwest::Body::from(file))`. It is sent
/// once.
impl From<TransportBody> for Body {
    fn from(body: TransportBody) -> Self {
        Self { source: Source::Stream(body), content_type: None }
    }
}

/// The bytes are left out, because they may hold what must not be logged.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = match &self.source {
            Source::Memory(bytes) => Some(bytes.len()),
            Source::Stream(_) => None,
        };
        f.debug_struct("Body").field("bytes", &bytes).finish_non_exhaustive()
    }
}

/// A stream as HTTP bodies are.
struct Streamed<S> {
    stream: Pin<Box<S>>,
    size: SizeHint,
}

impl<S, E> http_body::Body for Streamed<S>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = self.stream.as_mut().poll_next(context);
        next.map(|item| item.map(|bytes| bytes.map(Frame::data).map_err(Into::into)))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}
