// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The usual transport in WebAssembly: `fetch`, in a page, a worker, Node.js or another place that has it.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body::{Body as _, Frame};
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use send_wrapper::SendWrapper;
use url::Url;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect, ResponseType,
};

use super::{Received, Transport, TransportBody, TransportFuture};
use crate::runtime::error::TransportFailure;
use crate::runtime::header_lines::{FRAMING, HeaderLines};
use crate::runtime::{BoxError, Error, RedirectError, TransportErrorKind};

/// The transport over `fetch`: what a client in WebAssembly uses by itself, to put another around it.
///
/// Cookies, credentials and the cache of the browser are left out of it, as they are elsewhere. A call that
/// is dropped is aborted. Connections, their time limit, proxies, certificates, compression and HTTP
/// versions are the browser's, and what else it keeps for itself is different from other platforms:
///
/// - A page may call servers of other origins only where they allow it (CORS), and sees the headers of
///   their answers that they name; `Retry-After` and a request's id may be missing.
/// - The failure of a request has no reason that a program could tell, so that each is
///   [`Send`](TransportErrorKind::Send), also where there was no connection: a call is tried again only
///   where it is idempotent.
/// - A redirect is not followed, because nobody could see where it leads: it is
///   [`RedirectError::Hidden`]. Node.js shows it, and there the client follows it as everywhere.
/// - A body that is a stream is read into memory before it is sent.
/// - `User-Agent` is the browser's: a page that sets it is not heard by some, and by others needs the
///   server's permission.
/// - Of an answer that was compressed, the browser tells how many bytes came, not how many there are.
///
/// With threads of WebAssembly, a call stays on the one that first polled it, and panics on another.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct FetchTransport;

impl FetchTransport {
    /// The transport.
    pub fn new() -> Self {
        Self
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
    ) -> Result<PendingAnswer, Error> {
        let mut map = HeaderMap::new();
        headers.add_to(&mut map)?;
        Ok(PendingAnswer(Box::pin(send(method, url.clone(), map, body.unwrap_or_default()))))
    }
}

/// The answer to a request. This is no future but is polled like one: see `over_reqwest`.
pub(in crate::runtime) struct PendingAnswer(
    Pin<Box<dyn Future<Output = Result<Incoming, TransportFailure>> + Send>>,
);

impl PendingAnswer {
    /// Puts the answer there once it has begun.
    pub(in crate::runtime) fn poll(
        &mut self,
        context: &mut Context<'_>,
        _: &Url,
        received: &mut Option<Received>,
    ) -> Poll<Result<(), Box<TransportFailure>>> {
        let answered = ready!(self.0.as_mut().poll(context));
        let answered = answered.map(|incoming| *received = Some(Received::Usual(incoming)));
        Poll::Ready(answered.map_err(Box::new))
    }
}

impl Transport for FetchTransport {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let url = Url::parse(&parts.uri.to_string())
                .map_err(|error| TransportFailure::new(TransportErrorKind::Other, error))?;
            let mut incoming = send(parts.method, url, parts.headers, body).await?;
            let (status, headers) = (incoming.status, std::mem::take(&mut incoming.headers));
            let mut response = Response::new(TransportBody::new(incoming));
            *response.status_mut() = status;
            *response.headers_mut() = headers;
            Ok(response)
        })
    }
}

async fn send(
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: TransportBody,
) -> Result<Incoming, TransportFailure> {
    let body = whole(body).await?;
    // What is JavaScript's cannot be sent to another thread, and futures of calls can.
    SendWrapper::new(fetch(method, &url, headers, body)).await
}

/// The transport of a client that brought none. Connections are the browser's, and the bound on headers is
/// looked at once they are there.
#[expect(clippy::unnecessary_wraps, reason = "the transport of other platforms can fail here")]
pub(in crate::runtime) fn usual(_: &Url, _: Duration, _: usize) -> Result<FetchTransport, Error> {
    Ok(FetchTransport)
}

/// All bytes of a body, of which there are as many as it says.
async fn whole(mut body: TransportBody) -> Result<Bytes, TransportFailure> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone());
    }
    let failed = |source: BoxError| TransportFailure::new(TransportErrorKind::Body, source);
    let expected = body.size_hint().exact();
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await.map_err(failed)? {
        bytes.extend_from_slice(&chunk);
    }
    let is_whole = expected.is_none_or(|expected| u64::try_from(bytes.len()) == Ok(expected));
    if is_whole { Ok(bytes.into()) } else { Err(failed("its length is not the one it had".into())) }
}

async fn fetch(
    method: Method,
    url: &Url,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Incoming, TransportFailure> {
    let refused = |error| failure(TransportErrorKind::Other, &error);
    let abort = Abort(AbortController::new().map_err(refused)?);
    let options = RequestInit::new();
    options.set_method(method.as_str());
    options.set_headers(&sent(&headers).map_err(refused)?.into());
    if !body.is_empty() {
        options.set_body(&Uint8Array::from(&*body));
    }
    options.set_signal(Some(&abort.0.signal()));
    options.set_redirect(RequestRedirect::Manual);
    options.set_credentials(RequestCredentials::Omit);
    options.set_cache(RequestCache::NoStore);
    options.set_referrer_policy(ReferrerPolicy::NoReferrer);
    let request = web_sys::Request::new_with_str_and_init(url.as_str(), &options);
    let request = request.map_err(refused)?;

    let global = js_sys::global();
    let function = Reflect::get(&global, &"fetch".into()).map_err(refused)?;
    let function = function.dyn_into::<Function>().map_err(|_| {
        TransportFailure::new(TransportErrorKind::Other, "there is no function `fetch`")
    })?;
    let broken = |error| failure(TransportErrorKind::Send, &error);
    let answer = function.call1(&global, &request).map_err(broken)?;
    let answer = JsFuture::from(Promise::resolve(&answer)).await.map_err(broken)?;
    let answer = answer.dyn_into::<web_sys::Response>().map_err(refused)?;
    if answer.type_() == ResponseType::Opaqueredirect {
        return Err(TransportFailure::redirect(RedirectError::Hidden));
    }

    let reader = match answer.body() {
        Some(stream) => Some(ReadableStreamDefaultReader::new(&stream).map_err(refused)?),
        None => None,
    };
    let status = StatusCode::from_u16(answer.status())
        .map_err(|error| TransportFailure::new(TransportErrorKind::Other, error))?;
    let body = SendWrapper::new(Reading { reader, next: None, _abort: abort });
    Ok(Incoming { status, headers: received(&answer.headers()), body })
}

/// Headers as `fetch` takes them: each byte is a letter. Those that frame the message are its own.
fn sent(headers: &HeaderMap) -> Result<web_sys::Headers, JsValue> {
    let sent = web_sys::Headers::new()?;
    for (name, value) in headers.iter().filter(|(name, _)| *name != USER_AGENT) {
        if !FRAMING.contains(name) {
            let value: String = value.as_bytes().iter().copied().map(char::from).collect();
            sent.append(name.as_str(), &value)?;
        }
    }
    Ok(sent)
}

/// The headers that `fetch` shows.
fn received(headers: &web_sys::Headers) -> HeaderMap {
    let mut received = HeaderMap::new();
    for entry in headers.entries() {
        let Some(entry) = entry.ok().and_then(|entry| entry.dyn_into::<Array>().ok()) else {
            continue;
        };
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let (Some(name), Some(value)) = (name, value) else { continue };
        let value: Option<Vec<u8>> = value.chars().map(|one| u8::try_from(one).ok()).collect();
        let name = HeaderName::try_from(name).ok();
        let value = value.and_then(|value| HeaderValue::from_bytes(&value).ok());
        if let (Some(name), Some(value)) = (name, value) {
            received.append(name, value);
        }
    }
    // The body is no longer as these two say.
    if received.remove(CONTENT_ENCODING).is_some() {
        received.remove(CONTENT_LENGTH);
    }
    received
}

/// Ends the request, also in the middle of its answer, when it is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// An answer, which is its body as well. Its length is not promised, because it may have been compressed.
pub(in crate::runtime) struct Incoming {
    status: StatusCode,
    headers: HeaderMap,
    body: SendWrapper<Reading>,
}

struct Reading {
    /// `None` at the end.
    reader: Option<ReadableStreamDefaultReader>,
    next: Option<JsFuture>,
    _abort: Abort,
}

impl Incoming {
    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub(super) fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    /// The next bytes; `None` at the end.
    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        let Reading { reader: open, next, .. } = &mut *self.body;
        let Some(reader) = open else { return Poll::Ready(Ok(None)) };
        let reading = next.get_or_insert_with(|| JsFuture::from(reader.read()));
        let read = ready!(Pin::new(reading).poll(context));
        *next = None;
        match read.and_then(|read| chunk(&read)) {
            Ok(Some(bytes)) => Poll::Ready(Ok(Some(bytes))),
            Ok(None) => {
                *open = None;
                Poll::Ready(Ok(None))
            }
            Err(error) => {
                *open = None;
                Poll::Ready(Err(failure(TransportErrorKind::Receive, &error).into()))
            }
        }
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
}

/// What a reader has read; `None` at the end.
fn chunk(read: &JsValue) -> Result<Option<Bytes>, JsValue> {
    if Reflect::get(read, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    let bytes = Reflect::get(read, &"value".into())?.dyn_into::<Uint8Array>()?;
    Ok(Some(bytes.to_vec().into()))
}

/// What JavaScript threw.
#[derive(Debug)]
struct Thrown(String);

fn failure(kind: TransportErrorKind, error: &JsValue) -> TransportFailure {
    let message = |error: &JsValue| Some(String::from(error.dyn_ref::<js_sys::Error>()?.message()));
    // Node.js tells the reason in the cause.
    let cause = Reflect::get(error, &"cause".into()).ok().as_ref().and_then(message);
    let texts = [message(error), cause].into_iter().flatten();
    // An address may hold what must not be shown.
    let texts: Vec<String> = texts.filter(|text| !text.contains("://")).collect();
    TransportFailure::new(kind, Thrown(texts.join(": ")))
}

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "the browser tells no reason" } else { &self.0 })
    }
}

impl StdError for Thrown {}
