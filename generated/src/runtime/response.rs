// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers, and how their bodies are read.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::error::{Place, printable};
use super::send::{Prepared, Sending};
use super::{ApiError, DecodeErrorKind, Error, Statuses, TransportBody};

/// The answer to a request: its status, its headers, and the value, to which it dereferences.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    value: T,
}

/// How an answer is read.
pub(super) type Decode<T> = fn(Box<Answer>) -> Result<Response<T>, Error>;

/// An answer that is waited for, as `send` of a request gives it: nothing is sent before it is polled.
///
/// Dropping it gives the request up; whether the server has acted on it is then not known. It is a type
/// with a name, because an asynchronous function for each operation costs the compiler more.
#[must_use = "nothing is sent until it is awaited"]
pub struct ResponseFuture<T> {
    sending: Sending,
    decode: Decode<T>,
}

impl<T> Response<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, value: T) -> Self {
        Self { status, headers, value }
    }

    /// The status of the answer, which is a success.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> ResponseFuture<T> {
    pub(super) fn new(request: Box<Prepared>, decode: Decode<T>) -> Self {
        Self { sending: request.send(), decode }
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<Response<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.sending.as_mut().poll(context));
        Poll::Ready(answer.and_then(self.decode))
    }
}

/// What is on the way is left out.
impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseFuture").finish_non_exhaustive()
    }
}

/// Headers are left out, because they may hold what must not be logged, such as a cookie.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

/// What came back, before it is known what it should be. It is handed on in a box, because it is large.
pub(super) struct Answer {
    pub(super) place: Place,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// A body that was not read, and the request that asks for it once more.
    pub(super) open: Option<(TransportBody, Option<Box<Prepared>>)>,
    pub(super) completeness: Completeness,
    /// What the answer says where it is not a success.
    pub(super) failure: Option<Box<ApiError>>,
}

/// Whether a body was read to its end.
pub(super) enum Completeness {
    Whole,
    TooLarge { limit: usize },
    Broken(Error),
}

/// Reads an error body as the type that is documented for it.
pub(super) type DecodeErrorBody = fn(&[u8]) -> Option<Box<dyn Any + Send + Sync>>;

/// The statuses of a documented error body, and how it is read.
pub(super) type ErrorBody = (Statuses, DecodeErrorBody);

pub(super) fn error_body<E: DeserializeOwned + Send + Sync + 'static>(
    body: &[u8],
) -> Option<Box<dyn Any + Send + Sync>> {
    serde_json::from_slice::<E>(body).ok().map(|value| Box::new(value) as _)
}

/// The answer as the value that is documented.
pub(super) fn json<T: DeserializeOwned>(answer: Box<Answer>) -> Result<Response<T>, Error> {
    let answer = answer.success()?.json()?;
    match serde_json::from_slice(answer.text()) {
        Ok(value) => Ok(Response::new(answer.status, answer.headers, value)),
        Err(error) => Err(locate::<T>(answer, &error)),
    }
}

/// The answer without a value: whatever its body is, the operation succeeded.
pub(super) fn discard(answer: Box<Answer>) -> Result<Response<()>, Error> {
    let Answer { status, headers, failure, open, .. } = *answer;
    drop(open);
    match failure {
        Some(error) => Err(Error::Api(error)),
        None => Ok(Response::new(status, headers, ())),
    }
}

/// Reads a body again that could not be read, this time keeping track of the place, which costs
/// time.
#[cold]
fn locate<T: DeserializeOwned>(answer: Box<Answer>, error: &serde_json::Error) -> Error {
    let mut input = serde_json::Deserializer::from_slice(answer.text());
    let kind = match serde_path_to_error::deserialize::<_, T>(&mut input) {
        Err(located) => DecodeErrorKind::json(&located.path().to_string(), located.inner()),
        // The value is fine, and something follows it.
        Ok(_) => DecodeErrorKind::json(".", error),
    };
    answer.undecodable(kind)
}

impl Answer {
    /// Makes the error of an answer that is not a success, with the body that fits its status best.
    /// `secrets` are what the request carried.
    pub(super) fn describe_error(&mut self, documented: &[ErrorBody], secrets: &[&str]) {
        let status = self.status.as_u16();
        let fitting = documented.iter().filter(|(statuses, _)| statuses.fit(status) > 0);
        let best = fitting.max_by_key(|(statuses, _)| statuses.fit(status));
        let typed = best.and_then(|(_, decode)| decode(&self.body));
        let (place, headers, body) =
            (self.place.clone(), std::mem::take(&mut self.headers), self.body.clone());
        self.failure =
            Some(Box::new(ApiError::new(place, self.status, headers, body, typed, secrets)));
    }

    pub(super) fn success(mut self: Box<Self>) -> Result<Box<Self>, Error> {
        if let Some(error) = self.failure.take() {
            return Err(Error::Api(error));
        }
        match std::mem::replace(&mut self.completeness, Completeness::Whole) {
            Completeness::Whole => Ok(self),
            Completeness::Broken(error) => Err(error),
            Completeness::TooLarge { limit } => {
                Err(self.undecodable(DecodeErrorKind::TooLarge { limit }))
            }
        }
    }

    /// Refuses what is not JSON. A body without a content type is given the chance to be JSON.
    fn json(self: Box<Self>) -> Result<Box<Self>, Error> {
        let first = self.text().iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let Some(first) = first else { return Err(self.undecodable(DecodeErrorKind::Empty)) };
        let content_type = self.headers.get(CONTENT_TYPE);
        if first != b'<' && content_type.is_some_and(|value| value == "application/json") {
            return Ok(self);
        }
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()));
        if first == b'<' || !content_type.as_deref().is_none_or(is_json) {
            let content_type = content_type.map(|text| printable(&text, &[]));
            return Err(self.undecodable(DecodeErrorKind::NotJson { content_type }));
        }
        Ok(self)
    }

    /// The body without the byte order mark that some servers put before it.
    pub(super) fn text(&self) -> &[u8] {
        self.body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.body)
    }

    #[cold]
    pub(super) fn undecodable(self: Box<Self>, kind: DecodeErrorKind) -> Error {
        Error::decode(self.place, self.status, self.headers, kind)
    }
}

/// Whether a media type is JSON, such as `application/json; charset=utf-8` or
/// `application/problem+json`.
pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let suffix = essence.rsplit_once('+').map_or("", |(_, suffix)| suffix);
    suffix.eq_ignore_ascii_case("json")
        || ["application/json", "text/json"].iter().any(|one| essence.eq_ignore_ascii_case(one))
}
