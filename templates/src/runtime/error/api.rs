// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! An answer with an error status.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::{Place, printable};

/// Beyond this, a body is not searched for a message: an error that says something is short.
const SEARCHED_BYTES: usize = 64 * 1024;

/// The server answered with a status that is not a success.
pub struct ApiError {
    place: Place,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    typed: Option<Box<dyn Any + Send + Sync>>,
    message: Option<String>,
}

impl ApiError {
    /// `secrets` are what the request carried: a server that repeats one must not bring it into a
    /// log.
    #[cold]
    pub(crate) fn new(
        place: Place,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        typed: Option<Box<dyn Any + Send + Sync>>,
        secrets: &[&str],
    ) -> Self {
        let message =
            message(&body).map(|text| printable(&text, secrets)).filter(|text| !text.is_empty());
        Self { place, status, headers, body, typed, message }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came, cut after one MiB, or where the connection broke. It may hold anything,
    /// so that it is not part of what `Display` and `Debug` show.
    pub fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// The body as the type that the operation documents for this status; `None` where the body is
    /// not of that type, where nothing is documented, or where `T` is not the documented type.
    pub fn body<T: 'static>(&self) -> Option<&T> {
        self.typed.as_ref()?.downcast_ref()
    }

    /// The message of the usual JSON error bodies (`google.rpc.Status`, RFC 9457, OAuth, and those
    /// like them), cut after 300 characters and freed of control characters.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The id of the operation in the OpenAPI document.
    pub fn operation_id(&self) -> &'static str {
        self.place.operation()
    }

    /// Where the request went to.
    pub fn place(&self) -> &Place {
        &self.place
    }
}

fn message(body: &[u8]) -> Option<String> {
    if body.len() > SEARCHED_BYTES {
        return None;
    }
    let value = serde_json::from_slice(body).ok()?;
    find(&value).map(str::to_owned)
}

/// The text that explains an error. The members stand in the order of how much they usually say.
fn find(value: &Value) -> Option<&str> {
    let text =
        |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    ["message", "detail", "error_description", "title"]
        .into_iter()
        .find_map(text)
        .or_else(|| value.get("error").filter(|error| error.is_object()).and_then(find_flat))
        .or_else(|| value.get("errors").and_then(|errors| errors.get(0)).and_then(find_flat))
        .or_else(|| text("error"))
}

/// One level down there is no further nesting to follow, which also bounds the search.
fn find_flat(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| {
        ["message", "detail", "title"].iter().find_map(|name| value.get(name)?.as_str())
    })
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the server answered {}", self.place, self.status)?;
        match &self.message {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

/// Headers and body are left out, because a server may repeat in them what it was sent.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("place", &self.place)
            .field("status", &self.status)
            .field("message", &self.message)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl StdError for ApiError {}
