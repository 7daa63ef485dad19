// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The usual transport: `reqwest`.

use std::error::Error as _;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use std::{fmt, iter};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body::{Frame, SizeHint};
use url::Url;

use super::{
    AnyTransport, Received, Transport, TransportBody, TransportFuture, is_same_origin, no_answer,
};
use crate::runtime::error::TransportFailure;
use crate::runtime::header_lines::HeaderLines;
use crate::runtime::{BoxError, ClientBuilder, Error, RedirectError, TransportErrorKind};

/// The transport over a `reqwest` client: what a client uses by itself, to put another around it.
///
/// Leave redirects to the client, which knows whether the request may go where they lead:
/// `reqwest::Client::builder().redirect(reqwest::redirect::Policy::none())`.
#[derive(Clone)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// The transport over this client.
    pub fn new(client: reqwest::Client) -> Self {
        Self(client)
    }

    /// Makes a request, which is sent once the answer is polled for.
    ///
    /// # Errors
    /// Too many headers.
    pub(in crate::runtime) fn execute(
        &self,
        method: Method,
        url: &Url,
        headers: &HeaderLines,
        body: Option<TransportBody>,
    ) -> Result<PendingAnswer<impl Future<Output = Answered> + Send + Unpin + use<>>, Error> {
        let mut request = reqwest::Request::new(method, url.clone());
        headers.add_to(request.headers_mut())?;
        let mut failed = None;
        if let Some(body) = body {
            *request.body_mut() = match body.as_bytes() {
                Some(bytes) if bytes.is_empty() => None,
                Some(bytes) => Some(bytes.clone().into()),
                None => {
                    let failed = Arc::clone(failed.insert(Failed::default()));
                    Some(reqwest::Body::wrap(Streaming { body, failed }))
                }
            };
        }
        Ok(PendingAnswer { pending: self.0.execute(request), failed })
    }
}

/// What `reqwest` gives.
type Answered = Result<reqwest::Response, reqwest::Error>;

/// The answer to a request. This is no future but is polled like one, because the answer is large, and so put
/// where it stays.
pub(in crate::runtime) struct PendingAnswer<P> {
    pending: P,
    failed: Option<Failed>,
}

impl<P: Future<Output = Answered> + Unpin> PendingAnswer<P> {
    /// Puts the answer there once it has begun. `url` is that of the request.
    pub(in crate::runtime) fn poll(
        &mut self,
        context: &mut Context<'_>,
        url: &Url,
        received: &mut Option<Received>,
    ) -> Poll<Result<(), Box<TransportFailure>>> {
        let failure = match ready!(Pin::new(&mut self.pending).poll(context)) {
            Ok(answer) if is_same_origin(answer.url(), url) => {
                *received = Some(Received::Usual(Incoming(answer)));
                return Poll::Ready(Ok(()));
            }
            // A client that the caller brought may have followed redirects by itself.
            Ok(answer) => TransportFailure::redirect(RedirectError::other_origin(answer.url())),
            Err(error) => match self.failed.take().and_then(|failed| take(&failed)) {
                Some(source) => TransportFailure::new(TransportErrorKind::Body, source),
                None => failure(error),
            },
        };
        Poll::Ready(Err(Box::new(failure)))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = Url::parse(&parts.uri.to_string()).map_err(unsendable)?;
            let (headers, mut received) = (HeaderLines::from(parts.headers), None);
            let sending = self.execute(parts.method, &url, &headers, Some(body));
            let mut sending = sending.map_err(unsendable)?;
            let sent = poll_fn(|context| sending.poll(context, &url, &mut received));
            sent.await.map_err(|failure| *failure)?;
            let Some(Received::Usual(mut incoming)) = received else { return Err(no_answer()) };
            let (status, version) = (incoming.status(), incoming.0.version());
            let headers = std::mem::take(incoming.headers_mut());
            let mut response = Response::new(TransportBody::new(incoming));
            *response.status_mut() = status;
            *response.version_mut() = version;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // That of the client shows the headers that it adds to all requests.
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// The transport of a client that brought none. It follows no redirect, which is done here and knows
/// the origin and the method; and it takes no proxy for plain http, which is for this machine only.
pub(in crate::runtime) fn usual(
    server: &Url,
    connect_timeout: Duration,
    header_limit: usize,
) -> Result<ReqwestTransport, Error> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // Its own retries would cost each request a copy of its headers: see `exchange`.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .connect_timeout(connect_timeout)
        .http2_max_header_list_size(u32::try_from(header_limit).unwrap_or(u32::MAX));
    let builder = if server.scheme() == "http" { builder.no_proxy() } else { builder };
    let client = builder.build();
    client
        .map(ReqwestTransport)
        .map_err(|error| Error::build_from("the HTTP client could not be set up", error))
}

impl ClientBuilder {
    /// The HTTP client to use: for a proxy, certificates of your own, or shared connections.
    ///
    /// Such a client follows redirects by its own policy, and this is what still holds: the
    /// credential is marked sensitive, and `reqwest` does not take it to another host; a token
    /// request is never sent a second time; and an answer that came from another origin is refused.
    /// What a policy that follows redirects does send to another host is the rest of a request,
    /// including its body; `reqwest::redirect::Policy::none()` prevents that, and leaves redirects
    /// to this crate, which follows those within the origin only.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(AnyTransport::Usual(ReqwestTransport::new(client)));
        self
    }
}

/// What is no request that could be sent.
fn unsendable(error: impl Into<BoxError>) -> TransportFailure {
    TransportFailure::new(TransportErrorKind::Other, error)
}

/// An error of `reqwest`. Its address goes, because it holds the query.
fn failure(error: reqwest::Error) -> TransportFailure {
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Receive
    } else if is_unprocessed(&error) {
        TransportErrorKind::Unprocessed
    } else {
        TransportErrorKind::Send
    };
    let is_timeout = error.is_timeout();
    let failure = TransportFailure::new(kind, error.without_url());
    if is_timeout { failure.timed_out() } else { failure }
}

/// Whether the server says that it has not processed the request: it refused the stream, or shuts down
/// without an error and takes no further one (RFC 9113, sections 6.8 and 8.7).
fn is_unprocessed(error: &reqwest::Error) -> bool {
    let mut causes = iter::successors(error.source(), |&cause| cause.source());
    let error = causes.find_map(|cause| cause.downcast_ref::<h2::Error>());
    error.is_some_and(|error| {
        error.is_remote()
            && (error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM)
                || error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR))
    })
}

/// A body on its way out. HTTP/2 ends a request whose body fails without a word of the reason, so it
/// is kept here.
struct Streaming {
    body: TransportBody,
    failed: Failed,
}

type Failed = Arc<Mutex<Option<BoxError>>>;

fn take(failed: &Failed) -> Option<BoxError> {
    failed.lock().unwrap_or_else(PoisonError::into_inner).take()
}

impl http_body::Body for Streaming {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        frame.map_err(|error| {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            "the body of the request failed".into()
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// An answer, which is its body as well. `Response::chunk` keeps nothing between two polls, so that each
/// can have a future of its own; the body itself would be one box more.
pub(in crate::runtime) struct Incoming(reqwest::Response);

impl Incoming {
    pub(super) fn status(&self) -> StatusCode {
        self.0.status()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.0.headers()
    }

    pub(super) fn headers_mut(&mut self) -> &mut HeaderMap {
        self.0.headers_mut()
    }

    /// The next bytes; `None` at the end.
    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        pin!(self.0.chunk()).poll(context).map_err(|error| failure(error).into())
    }
}

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_chunk(context).map(|chunk| chunk.transpose().map(|bytes| bytes.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.content_length().map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
