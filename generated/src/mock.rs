// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A transport that answers from memory, for the tests of what calls this crate.
//!
//! Each request needs an expectation: of an operation, by its id in the OpenAPI document, or of a
//! method and a path. Expectations of the same operation answer in their order, each as often as
//! its [`MockAnswer`] says, once unless told. A request that none awaits is an `Error::Transport`
//! that names it and is not tried again. Retries are requests, too, and so are those of tokens,
//! whose operation is `token request`; a client with `Credentials::bearer` makes none.
//!
//! ```text
//! let mock = Arc::new(
//!     MockTransport::new()
//!         .expect("getItem", MockAnswer::status(503))
//!         .expect("getItem", MockAnswer::json(&item))
//!         .expect("DELETE /items/{id}", MockAnswer::status(204)),
//! );
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .auth(Credentials::bearer("token"))
//!     .transport(Arc::clone(&mock))
//!     .build()?;
//! // What is tested calls the client.
//! mock.assert_done();
//! assert_eq!(mock.requests()[0].operation(), "getItem");
//! ```

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::{
    BoxError, OperationId, Transport, TransportBody, TransportErrorKind, TransportFailure,
    TransportFuture,
};

/// What stands for a header whose value is a credential.
const HIDDEN: &str = "(hidden)";

/// A transport that answers what a test says, and keeps what it was sent.
#[derive(Debug, Default)]
pub struct MockTransport(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    expectations: Vec<Expectation>,
    requests: Vec<MockRequest>,
}

#[derive(Debug)]
struct Expectation {
    /// An id, or a method, a space and a path.
    operation: String,
    answer: MockAnswer,
    /// How often it still answers; `None` for always.
    left: Option<u32>,
}

/// What a [`MockTransport`] answers, once unless [`times`](Self::times) or [`always`](Self::always) says
/// otherwise.
#[derive(Clone, Debug)]
#[must_use = "give it to `MockTransport::expect`"]
pub struct MockAnswer {
    outcome: Outcome,
    times: Option<u32>,
}

#[derive(Clone, Debug)]
enum Outcome {
    Answer { status: u16, headers: Vec<(String, String)>, body: Bytes },
    Failure { kind: TransportErrorKind, message: String },
}

/// A request that a [`MockTransport`] got, without the credentials of its headers.
#[derive(Clone)]
pub struct MockRequest {
    operation: &'static str,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl MockTransport {
    /// A transport that expects nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a request of an operation: its id in the OpenAPI document such as `getItem`, or a method
    /// and the end of a path such as `GET /items/{id}`, where a name in braces is any one segment.
    #[must_use]
    pub fn expect(self, operation: impl Into<String>, answer: MockAnswer) -> Self {
        let (operation, left) = (operation.into(), answer.times);
        self.state().expectations.push(Expectation { operation, answer, left });
        self
    }

    /// The requests that came, in their order, those that nobody expected included.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.state().requests.clone()
    }

    /// Checks that each expectation was met as often as it says.
    ///
    /// # Panics
    /// Where one was not; the message names its operation.
    #[track_caller]
    pub fn assert_done(&self) {
        let state = self.state();
        let open = state.expectations.iter().filter(|one| one.left.is_some_and(|left| left > 0));
        let open: Vec<&str> = open.map(|one| &*one.operation).collect();
        assert!(open.is_empty(), "expected requests that did not come: {}", open.join(", "));
    }

    /// A test that panics elsewhere still reads what there was.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: MockRequest) -> Result<Response<TransportBody>, TransportFailure> {
        let mut state = self.state();
        let found = state
            .expectations
            .iter_mut()
            .find(|one| one.left != Some(0) && request.is_of(&one.operation));
        let outcome = match found {
            Some(expectation) => {
                expectation.left = expectation.left.map(|left| left.saturating_sub(1));
                Ok(expectation.answer.outcome.clone())
            }
            None => Err(format!("the mock expects no request {request}")),
        };
        state.requests.push(request);
        drop(state);
        outcome
            .map_err(|message| TransportFailure::new(TransportErrorKind::Other, message))
            .and_then(Outcome::response)
    }
}

impl Transport for MockTransport {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let mut bytes = body.as_bytes().cloned().unwrap_or_default();
            if body.as_bytes().is_none() {
                let mut whole = Vec::new();
                while let Some(chunk) = body.chunk().await.map_err(unsendable)? {
                    whole.extend_from_slice(&chunk);
                }
                bytes = whole.into();
            }
            let mut headers = head.headers;
            let sensitive = headers.values_mut().filter(|value| value.is_sensitive());
            sensitive.for_each(|value| *value = HeaderValue::from_static(HIDDEN));
            let operation = head.extensions.get::<OperationId>().map_or("", |id| id.0);
            self.answer(MockRequest {
                operation,
                method: head.method,
                uri: head.uri,
                headers,
                body: bytes,
            })
        })
    }
}

/// A stream that the caller sends and that fails breaks the connection.
fn unsendable(error: BoxError) -> TransportFailure {
    TransportFailure::new(TransportErrorKind::Send, error)
}

impl MockAnswer {
    /// A value as JSON, with status 200. One that cannot be written is a failure of the request.
    pub fn json(value: &impl Serialize) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => {
                Self::status(200).with_header("content-type", "application/json").with_body(body)
            }
            Err(error) => {
                let message = format!("the answer cannot be written as JSON: {error}");
                Self::of(Outcome::Failure { kind: TransportErrorKind::Other, message })
            }
        }
    }

    /// A status without a body, such as 204.
    pub fn status(status: u16) -> Self {
        let (headers, body) = (Vec::new(), Bytes::new());
        Self::of(Outcome::Answer { status, headers, body })
    }

    /// No answer: [`TransportErrorKind::Connect`] for a server that is not there,
    /// [`TransportErrorKind::Send`] for a connection that breaks.
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self::of(Outcome::Failure { kind, message: "a failure of the mock".to_owned() })
    }

    /// The same with another status, such as that of an error whose value is JSON.
    pub fn with_status(mut self, code: u16) -> Self {
        if let Outcome::Answer { status, .. } = &mut self.outcome {
            *status = code;
        }
        self
    }

    /// Adds a header.
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        if let Outcome::Answer { headers, .. } = &mut self.outcome {
            headers.push((name.into(), value.into()));
        }
        self
    }

    /// A body of any bytes.
    pub fn with_body(mut self, bytes: impl Into<Bytes>) -> Self {
        if let Outcome::Answer { body, .. } = &mut self.outcome {
            *body = bytes.into();
        }
        self
    }

    /// Answers so many requests instead of one.
    pub fn times(mut self, count: u32) -> Self {
        self.times = Some(count);
        self
    }

    /// Answers any number of requests, none included.
    pub fn always(mut self) -> Self {
        self.times = None;
        self
    }

    fn of(outcome: Outcome) -> Self {
        Self { outcome, times: Some(1) }
    }
}

impl Outcome {
    fn response(self) -> Result<Response<TransportBody>, TransportFailure> {
        match self {
            Self::Answer { status, headers, body } => {
                let mut response = Response::builder().status(status);
                for (name, value) in headers {
                    response = response.header(name, value);
                }
                let response = response.body(body.into());
                response.map_err(|error| TransportFailure::new(TransportErrorKind::Other, error))
            }
            Self::Failure { kind, message } => Err(TransportFailure::new(kind, message)),
        }
    }
}

impl MockRequest {
    /// The id of the operation in the OpenAPI document, or `token request`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URL with its query, in which API keys stand as they were sent.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The headers. Of those that hold a credential, the name alone is true.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; that of a token request holds the credential of the client.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as a value.
    ///
    /// # Errors
    /// That of `serde_json` where it is another one.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// Whether it is of an operation, as [`MockTransport::expect`] takes it.
    fn is_of(&self, operation: &str) -> bool {
        match operation.split_once(' ') {
            Some((method, path)) if path.starts_with('/') => {
                self.method.as_str() == method && ends_with(self.uri.path(), path)
            }
            _ => self.operation == operation,
        }
    }
}

/// Whether a path ends in these segments, of which those in braces are any.
fn ends_with(path: &str, template: &str) -> bool {
    let mut segments = path.rsplit('/');
    let (_, template) = template.split_at(1);
    template.rsplit('/').all(|wanted| {
        let is_any = wanted.starts_with('{') && wanted.ends_with('}');
        segments.next().is_some_and(|segment| is_any || segment == wanted)
    })
}

/// The query and the body are left out, because they may hold what must not be logged.
impl fmt::Display for MockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.operation, self.method, self.uri.path())
    }
}

/// As the text.
impl fmt::Debug for MockRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MockRequest({self})")
    }
}
