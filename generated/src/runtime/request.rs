// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A request to one operation, from its parameters to `send`.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method};
use secrecy::SecretString;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::header_lines::HeaderLines;
use super::response::{self, Decode, ResponseFuture};
use super::send::Prepared;
use super::{Client, Credentials, Error, ParameterValue, RetryPolicy};

/// A request with a body of type `B` and an answer of type `T`. It owns all that it needs, and
/// nothing is sent before [`send`](Self::send).
///
/// The methods of a generated client make these. An operation that they do not offer can be called
/// by hand:
///
/// ```text
/// let answer = Request::<NoBody, Value>::get(&client, "/api/v1/apps/{id}")
///     .path("id", "2Bf5")
///     .send()
///     .await?;
/// ```
#[must_use = "a request does nothing until `send` is called and awaited"]
pub struct Request<B, T> {
    // Boxed, because the builders of a generated crate pass it by value from setter to setter.
    pub(super) prepared: Box<Prepared>,
    pub(super) decode: Decode<T>,
    body: PhantomData<fn(B)>,
}

/// The body of a request that has none: a type without a value.
#[derive(Clone, Copy, Debug)]
pub enum NoBody {}

/// The method of a request, as OpenAPI names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the methods")]
pub enum Verb {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

/// The statuses that an error body is documented for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statuses {
    /// One status, such as `Exact(404)`.
    Exact(u16),
    /// A range, by its first digit: `Range(4)` is `4XX`.
    Range(u8),
    /// All that nothing else is documented for.
    Default,
}

/// Settings for one request.
#[derive(Clone, Default)]
#[must_use = "give it to `options`"]
pub struct RequestOptions {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: Option<RetryPolicy>,
    pub(super) idempotent: Option<bool>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) credentials: Option<Credentials>,
    pub(super) keys: Vec<(String, SecretString)>,
    pub(super) headers: HeaderLines,
}

impl<B, T: DeserializeOwned> Request<B, T> {
    /// A request whose answer is JSON. `path` is a template with the parameters in braces.
    pub fn new(client: &Client, verb: Verb, path: &'static str) -> Self {
        let prepared = Prepared::new(client, verb, path);
        Self { prepared, decode: response::json, body: PhantomData }
    }

    /// A GET request; see [`new`](Self::new).
    pub fn get(client: &Client, path: &'static str) -> Self {
        Self::new(client, Verb::Get, path)
    }

    /// A PUT request; see [`new`](Self::new).
    pub fn put(client: &Client, path: &'static str) -> Self {
        Self::new(client, Verb::Put, path)
    }

    /// A POST request; see [`new`](Self::new).
    pub fn post(client: &Client, path: &'static str) -> Self {
        Self::new(client, Verb::Post, path)
    }

    /// A DELETE request; see [`new`](Self::new).
    pub fn delete(client: &Client, path: &'static str) -> Self {
        Self::new(client, Verb::Delete, path)
    }

    /// A PATCH request; see [`new`](Self::new).
    pub fn patch(client: &Client, path: &'static str) -> Self {
        Self::new(client, Verb::Patch, path)
    }
}

impl<B> Request<B, ()> {
    /// The answer has no content: any success is fine, and what it holds is discarded.
    pub fn without_content(self) -> Self {
        self.reading(response::discard)
    }

    /// The same request with an answer that is read in another way.
    pub(super) fn reading<T>(self, decode: Decode<T>) -> Request<B, T> {
        Request { prepared: self.prepared, decode, body: PhantomData }
    }
}

impl<B, T> Request<B, T> {
    /// The name that errors give to the request: the operation's id in the API's document. Without
    /// it, they name the path template.
    pub fn operation(mut self, id: &'static str) -> Self {
        self.prepared.operation(id);
        self
    }

    /// The value of a path parameter; it arrives as one segment, whatever characters it holds. An
    /// empty one, `.` and `..` cannot, and are an error of `send`.
    pub fn path(mut self, name: &'static str, value: impl ParameterValue) -> Self {
        self.prepared.path(name, &value);
        self
    }

    /// Appends a query parameter.
    pub fn query(mut self, name: &'static str, value: impl ParameterValue) -> Self {
        self.prepared.query(name, &value);
        self
    }

    /// The value of a header parameter. One that a header cannot carry is an error of `send`.
    pub fn header(mut self, name: &'static str, value: impl ParameterValue) -> Self {
        self.prepared.header(name, &value);
        self
    }

    /// A cookie, percent-encoded.
    pub fn cookie(mut self, name: &'static str, value: impl ParameterValue) -> Self {
        self.prepared.cookie(name, &value);
        self
    }

    /// The type of the error body for these statuses.
    pub fn error<E: DeserializeOwned + Send + Sync + 'static>(
        mut self,
        statuses: Statuses,
    ) -> Self {
        self.prepared.error(statuses, response::error_body::<E>);
        self
    }

    /// Sends no credential, because the operation wants none.
    pub fn anonymous(mut self) -> Self {
        self.prepared.anonymous();
        self
    }

    /// Sends the client's credential where it has one, and does without where it has none.
    pub fn optional_credential(mut self) -> Self {
        self.prepared.optional_credential();
        self
    }

    /// What the operation wants of the client's credentials: alternatives, each of them the names
    /// of the security schemes that it takes together.
    pub fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.prepared.security(alternatives);
        self
    }

    /// Whether sending the request twice has the effect of sending it once, where the method does not
    /// tell; retries heed it.
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.prepared.idempotent = Some(is_idempotent);
        self
    }

    /// Settings for this request only.
    pub fn options(mut self, options: RequestOptions) -> Self {
        self.prepared.extras_mut().options = options;
        self
    }

    /// Sends the request and reads the answer.
    ///
    /// Dropping the future gives the request up; whether the server has acted on it is then not
    /// known.
    ///
    /// # Errors
    /// Each variant of [`Error`]; [`Error::Build`] and [`Error::Auth`] before anything is sent to
    /// the server.
    pub fn send(self) -> ResponseFuture<T> {
        ResponseFuture::new(self.prepared, self.decode)
    }
}

impl<B: Serialize, T> Request<B, T> {
    /// The body. It is written as JSON here, so that it need not live longer; an error in that is
    /// one of `send`.
    pub fn body(mut self, body: impl Borrow<B>) -> Self {
        self.prepared.json_body(serde_json::to_vec(body.borrow()));
        self
    }
}

impl<B, T> Request<B, T> {
    /// A body of JSON, of any type.
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.prepared.json_body(serde_json::to_vec(body));
        self
    }

    /// The media type of the body, where it is not `application/json`.
    pub fn content_type(mut self, media_type: &'static str) -> Self {
        match static_media_type(media_type) {
            Ok(value) => self.prepared.extras_mut().content_type = Some(value),
            Err(error) => self.prepared.fail(error),
        }
        self
    }

    /// The media types to ask for, where they are not `application/json` alone.
    pub fn accept(mut self, media_types: &'static str) -> Self {
        match static_media_type(media_types) {
            Ok(value) => self.prepared.extras_mut().accept = Some(value),
            Err(error) => self.prepared.fail(error),
        }
        self
    }
}

/// Media types of the document as a header.
pub(super) fn static_media_type(text: &'static str) -> Result<HeaderValue, Error> {
    HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()))
        .map_err(|_| unsendable_media_type())
}

#[cold]
pub(super) fn unsendable_media_type() -> Error {
    Error::build("a media type holds a character that a header cannot carry")
}

impl<B, T> fmt::Debug for Request<B, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.prepared.fmt(f)
    }
}

impl RequestOptions {
    /// No settings.
    pub const fn new() -> Self {
        Self {
            timeout: None,
            attempt_timeout: None,
            retry: None,
            idempotent: None,
            idle_timeout: None,
            credentials: None,
            keys: Vec::new(),
            headers: HeaderLines::new(),
        }
    }

    /// The time from `send` to the whole answer, with all attempts, instead of the client's.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// The time for one attempt, instead of the client's; `Duration::MAX` for none.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// How often and how fast the request is tried again, instead of the client's policy;
    /// [`RetryPolicy::never`] for not at all.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Whether sending the request twice has the effect of sending it once, whatever its method and
    /// the document say. One that is idempotent is tried again where it is not known whether the
    /// server has acted on it.
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.idempotent = Some(is_idempotent);
        self
    }

    /// The time for which an answer that is read as it arrives may bring nothing, instead of the
    /// client's.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = Some(limit);
        self
    }

    /// How the request signs in, instead of the client's [`auth`](super::ClientBuilder::auth), for a
    /// service that acts for many tenants. Clones of the same value share their tokens, so that it is
    /// to be kept from request to request; the client's own tokens are apart.
    ///
    /// Credentials that belong to another server than the client's are an error of `send`, unless
    /// [`with_server`](Credentials::with_server) says otherwise.
    pub fn auth(mut self, credentials: impl Into<Credentials>) -> Self {
        self.credentials = Some(credentials.into());
        self
    }

    /// A key for a security scheme that is an API key, as for
    /// [`ClientBuilder::api_key`](super::ClientBuilder::api_key); it comes before the client's.
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<SecretString>) -> Self {
        self.keys.push((scheme.into(), key.into()));
        self
    }

    /// Adds a header, which replaces one that this crate would send. With `Authorization`, the
    /// client's credentials are not used for the request. Headers that frame a message, such as
    /// `Host` and `Content-Length`, are an error of `send`.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

/// Values are left out, because one may be a secret.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&HeaderName> = self.headers.names().collect();
        let schemes: Vec<&str> = self.keys.iter().map(|(scheme, _)| scheme.as_str()).collect();
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("idempotent", &self.idempotent)
            .field("idle_timeout", &self.idle_timeout)
            .field("credentials", &self.credentials)
            .field("keys", &schemes)
            .field("headers", &names)
            .finish()
    }
}

impl Verb {
    pub(super) fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Put => Method::PUT,
            Self::Post => Method::POST,
            Self::Delete => Method::DELETE,
            Self::Options => Method::OPTIONS,
            Self::Head => Method::HEAD,
            Self::Patch => Method::PATCH,
            Self::Trace => Method::TRACE,
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.method().as_str())
    }
}

impl Statuses {
    /// How closely these fit a status: a status beats a range, and a range beats the default. 0 is
    /// not at all.
    pub(super) fn fit(self, status: u16) -> u8 {
        match self {
            Self::Exact(exact) if exact == status => 3,
            Self::Range(first) if u16::from(first) == status / 100 => 2,
            Self::Default => 1,
            Self::Exact(_) | Self::Range(_) => 0,
        }
    }
}
