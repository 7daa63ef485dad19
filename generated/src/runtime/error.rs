// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What can go wrong with a request, one variant for each part of its way.
//!
//! No error of this module holds a credential, an assertion or the values of a query string,
//! neither in `Display` nor in `Debug` nor in its chain of sources, so that each may go to a log as
//! it stands. What a server said is shortened and freed of control characters before it is shown;
//! the raw body of [`ApiError`] is there on request only.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

mod api;
mod auth;
mod build;
mod decode;
mod failure;
mod headers;
mod place;
mod text;
mod transport;

pub use api::ApiError;
pub use auth::{AuthError, AuthErrorKind};
pub use build::BuildError;
pub use decode::{DecodeError, DecodeErrorKind};
pub use failure::TransportFailure;
pub use place::Place;
pub use transport::{RedirectError, TimeoutError, TransportError, TransportErrorKind};

pub(super) use headers::date;
pub(super) use headers::{request_id, retry_after};
pub(super) use text::printable;

/// An error of any kind, as the functions take it that a caller gives to this crate.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// Why a client could not be built or a request got no usable answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client or the request is not complete or not valid. Nothing was sent.
    Build(Box<BuildError>),
    /// There is no usable credential: none was given, or the token endpoint gave none. The request
    /// was not sent.
    Auth(AuthError),
    /// The request or its answer was lost on the way, or was redirected to another host.
    Transport(Box<TransportError>),
    /// There was no whole answer within the time limit.
    Timeout(Box<TimeoutError>),
    /// The server answered with a status that is not a success.
    Api(Box<ApiError>),
    /// The server answered with success, but not with what the operation documents.
    Decode(Box<DecodeError>),
}

impl Error {
    /// The status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Build(_) | Self::Auth(_) | Self::Transport(_) | Self::Timeout(_) => None,
        }
    }

    /// Whether the server answered `404 Not Found`.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Api(error) if error.status() == StatusCode::NOT_FOUND)
    }

    /// Whether a time limit was the reason, that of the request or one of the HTTP client.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout(_) => true,
            Self::Auth(error) => error.is_timeout(),
            Self::Build(_) | Self::Transport(_) | Self::Api(_) | Self::Decode(_) => false,
        }
    }

    /// How long the server asks to wait before the next try (`Retry-After`, as seconds or as a
    /// date). Of [`Error::Auth`], the token endpoint.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Auth(error) => error.retry_after(),
            Self::Build(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Api(_)
            | Self::Decode(_) => retry_after(self.headers()?),
        }
    }

    /// How often the request was sent; see [`Place::attempts`]. 0 where it was not. Of
    /// [`Error::Auth`], how often the token request was.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Build(_) => 0,
            Self::Auth(error) => error.attempts(),
            Self::Transport(error) => error.place().attempts(),
            Self::Timeout(error) => error.place().attempts(),
            Self::Api(error) => error.place().attempts(),
            Self::Decode(error) => error.place().attempts(),
        }
    }

    /// The name that the server gave to the request, for a question to its operator.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// The answer's error, where the server gave one.
    pub fn as_api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::Build(_)
            | Self::Auth(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Decode(_) => None,
        }
    }

    fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(error) => Some(error.headers()),
            Self::Decode(error) => Some(error.headers()),
            Self::Build(_) | Self::Auth(_) | Self::Transport(_) | Self::Timeout(_) => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

/// The variants speak for themselves, so the chain goes on with the source of what they hold.
impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Build(error) => error.source(),
            Self::Auth(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Timeout(error) => error.source(),
            Self::Api(error) => error.source(),
            Self::Decode(error) => error.source(),
        }
    }
}

impl From<AuthError> for Error {
    fn from(error: AuthError) -> Self {
        Self::Auth(error)
    }
}
