// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A request or an answer that was lost on the way.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use url::Url;

use super::{Error, Place};

/// The request or its answer was lost on the way, or a redirect was refused.
///
/// Whether the server has acted on the request is not known, except for
/// [`TransportErrorKind::Connect`], where it has not seen it.
#[derive(Debug)]
pub struct TransportError {
    place: Place,
    kind: TransportErrorKind,
    source: Option<reqwest::Error>,
}

/// What happened to the request or its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection: name resolution, TCP or TLS failed.
    Connect,
    /// The connection broke before there was an answer.
    Send,
    /// The connection broke while the answer's body was read.
    Receive,
    /// The server redirected the request to where it must not go.
    Redirect(RedirectError),
}

/// Why a redirect was not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedirectError {
    /// It leads to another scheme, host or port, which must see neither the credential nor the
    /// request.
    OtherOrigin {
        /// Scheme, host and port that it leads to.
        origin: String,
    },
    /// It asks to turn a request that changes something into a `GET`, whose answer would mean
    /// something else.
    MethodChange,
    /// It answers a request that must be sent once only, because it holds a secret.
    Unexpected,
    /// The chain is longer than five.
    TooMany,
    /// Its `Location` is not a URL.
    InvalidLocation,
}

/// There was no whole answer, or nothing more of a stream, within the time limit. Whether the server
/// has acted on the request is not known.
#[derive(Debug)]
pub struct TimeoutError {
    place: Place,
    /// What there was not.
    missing: &'static str,
    limit: Option<Duration>,
    source: Option<reqwest::Error>,
}

impl TransportError {
    pub(crate) fn redirect(place: &Place, reason: RedirectError) -> Error {
        let kind = TransportErrorKind::Redirect(reason);
        Error::Transport(Box::new(Self { place: place.clone(), kind, source: None }))
    }

    /// Where the request went to.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What happened.
    pub fn kind(&self) -> &TransportErrorKind {
        &self.kind
    }
}

impl TimeoutError {
    pub(crate) fn after(limit: Duration, place: Place, missing: &'static str) -> Error {
        Error::Timeout(Box::new(Self { place, missing, limit: Some(limit), source: None }))
    }

    /// Where the request went to.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether there was no connection in time, so that nothing was sent.
    pub(crate) fn is_connect(&self) -> bool {
        self.source.as_ref().is_some_and(reqwest::Error::is_connect)
    }

    /// The limit that passed; `None` where it is the HTTP client's own.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }
}

impl Error {
    /// An error of the HTTP client. Its address goes, because it holds the query.
    pub(crate) fn http(place: &Place, error: reqwest::Error) -> Self {
        let kind = if error.is_connect() {
            TransportErrorKind::Connect
        } else if error.is_body() || error.is_decode() {
            TransportErrorKind::Receive
        } else {
            TransportErrorKind::Send
        };
        let place = place.clone();
        let timeout = error.is_timeout();
        let source = Some(error.without_url());
        if timeout {
            Self::Timeout(Box::new(TimeoutError { place, missing: "", limit: None, source }))
        } else {
            Self::Transport(Box::new(TransportError { place, kind, source }))
        }
    }
}

impl RedirectError {
    pub(crate) fn other_origin(target: &Url) -> Self {
        Self::OtherOrigin { origin: target.origin().ascii_serialization() }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, kind, source: _ } = self;
        match kind {
            TransportErrorKind::Connect => write!(f, "{place}: could not connect"),
            TransportErrorKind::Send => {
                write!(f, "{place}: the connection failed before there was an answer")
            }
            TransportErrorKind::Receive => {
                write!(f, "{place}: the connection failed in the middle of the answer")
            }
            TransportErrorKind::Redirect(reason) => write!(f, "{place}: {reason}"),
        }
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherOrigin { origin } => {
                write!(
                    f,
                    "refused a redirect to `{origin}`, which is another origin than that of the request"
                )
            }
            Self::MethodChange => {
                f.write_str("refused a redirect that would turn the request into a GET")
            }
            Self::Unexpected => f.write_str("refused a redirect of a request that holds a secret"),
            Self::TooMany => f.write_str("refused a chain of more than five redirects"),
            Self::InvalidLocation => f.write_str("refused a redirect whose Location is not a URL"),
        }
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limit {
            Some(limit) => write!(f, "{}: {} within {limit:?}", self.place, self.missing),
            None => write!(f, "{}: a time limit of the HTTP client passed", self.place),
        }
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
