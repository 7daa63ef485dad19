// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A successful answer that is not what the operation documents.

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::{Error, Place, printable};

/// The server answered with success, but not with what the operation documents.
pub struct DecodeError {
    place: Place,
    status: StatusCode,
    headers: HeaderMap,
    kind: DecodeErrorKind,
}

/// What is wrong with the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The body is empty where a JSON value is documented.
    Empty,
    /// The body is HTML or another format. A wrong path on a server that also serves a web page is
    /// answered so.
    NotJson {
        /// The media type that the answer names.
        content_type: Option<String>,
    },
    /// The status and the media type are none that are documented.
    Undocumented,
    /// The body is larger than the client's bound, which `ClientBuilder::response_limit` sets.
    TooLarge {
        /// The bound in bytes.
        limit: usize,
    },
    /// The headers of the answer, of whatever status, are larger than the client's bound, which
    /// `ClientBuilder::header_limit` sets. The error does not have them.
    HeadersTooLarge {
        /// The bound in bytes.
        limit: usize,
    },
    /// A page of a listing names itself as the next one, so reading on would never end.
    SamePage,
    /// A listing has more pages than the caller reads.
    TooManyPages {
        /// The bound that was set.
        limit: usize,
    },
    /// The body is not JSON, or a value in it has another type than documented.
    Json {
        /// The path of the value, such as `list[2].createdAt`; `.` is the whole body.
        path: String,
        /// What is wrong there, without the value itself.
        message: String,
        /// The line in the body, from 1.
        line: usize,
        /// The column in that line, from 1.
        column: usize,
    },
}

impl DecodeError {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// What is wrong with the answer.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.kind
    }

    /// The path of the value that could not be read, where the body is JSON.
    pub fn path(&self) -> Option<&str> {
        match &self.kind {
            DecodeErrorKind::Json { path, .. } => Some(path),
            DecodeErrorKind::Empty
            | DecodeErrorKind::NotJson { .. }
            | DecodeErrorKind::Undocumented
            | DecodeErrorKind::SamePage
            | DecodeErrorKind::TooManyPages { .. }
            | DecodeErrorKind::HeadersTooLarge { .. }
            | DecodeErrorKind::TooLarge { .. } => None,
        }
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

impl DecodeErrorKind {
    pub(crate) fn json(path: &str, error: &serde_json::Error) -> Self {
        Self::Json {
            path: printable(path, &[]),
            message: printable(&without_values(&error.to_string()), &[]),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl Error {
    #[cold]
    pub(crate) fn decode(
        place: Place,
        status: StatusCode,
        headers: HeaderMap,
        kind: DecodeErrorKind,
    ) -> Self {
        Self::Decode(Box::new(DecodeError { place, status, headers, kind }))
    }
}

/// serde quotes the value that it refuses, and a value of an answer may be a secret. Names of
/// fields stay: they come from the document.
fn without_values(message: &str) -> String {
    let message = message.rfind(" at line ").map_or(message, |end| &message[..end]);
    if ["missing field", "duplicate field"].iter().any(|start| message.starts_with(start)) {
        return message.to_owned();
    }
    let (found, expected) = match message.find(", expected ") {
        // A quoted value may hold this very text, so the last one counts.
        Some(_) => message.rsplit_once(", expected ").unwrap_or((message, "")),
        None => (message, ""),
    };
    let kept = found.find(['"', '`', '\'']).map_or(found, |start| &found[..start]).trim_end();
    let elided = if kept.len() < found.trim_end().len() { " …" } else { "" };
    if expected.is_empty() {
        format!("{kept}{elided}")
    } else {
        format!("{kept}{elided}, expected {expected}")
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, status, headers: _, kind } = self;
        write!(f, "{place}: the answer {status} ")?;
        match kind {
            DecodeErrorKind::Empty => {
                f.write_str("has an empty body, but a JSON value is documented")
            }
            DecodeErrorKind::NotJson { content_type: Some(content_type) } => {
                write!(f, "is not JSON (its content type is `{content_type}`)")
            }
            DecodeErrorKind::NotJson { content_type: None } => {
                f.write_str("is not JSON (it names no content type)")
            }
            DecodeErrorKind::Undocumented => {
                f.write_str("is of a status and a media type that are not documented together")
            }
            DecodeErrorKind::TooLarge { limit } => {
                write!(f, "is larger than the bound of {limit} bytes")
            }
            DecodeErrorKind::HeadersTooLarge { limit } => {
                write!(f, "has headers beyond the bound of {limit} bytes")
            }
            DecodeErrorKind::SamePage => f.write_str("names its own page as the next one"),
            DecodeErrorKind::TooManyPages { limit } => {
                write!(f, "is not the last page, and {limit} pages were to be read at most")
            }
            DecodeErrorKind::Json { path, message, line, column } => {
                write!(f, "cannot be read at `{path}`: {message} (line {line}, column {column})")
            }
        }
    }
}

/// Headers are left out, because they may hold what must not be logged, such as a cookie.
impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("place", &self.place)
            .field("status", &self.status)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl StdError for DecodeError {}
