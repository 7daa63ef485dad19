// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A request or an answer that was lost on the way.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use url::Url;

use super::{BoxError, Error, Place, TransportFailure};

/// The request or its answer was lost on the way, or a redirect was refused.
///
/// Whether the server has acted on the request is not known, except for
/// [`TransportErrorKind::Connect`], where it has not seen it, and
/// [`TransportErrorKind::Unprocessed`].
#[derive(Debug)]
pub struct TransportError {
    place: Place,
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

/// What happened to the request or its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection: name resolution, TCP or TLS failed.
    Connect,
    /// The connection broke before there was an answer.
    Send,
    /// The server says that it has not processed the request: over HTTP/2, it refused the stream or shuts
    /// the connection down (RFC 9113, section 8.7). Unless its body is a stream, the request was sent again
    /// at once, twice.
    Unprocessed,
    /// The body of the request failed, such as a stream of the caller's. The server has not seen all of
    /// it.
    Body,
    /// The connection broke while the answer's body was read.
    Receive,
    /// The server redirected the request to where it must not go.
    Redirect(RedirectError),
    /// A [`Hook`](crate::runtime::Hook) refused the request, which was not sent in this attempt.
    Hook,
    /// The transport refused the request for a reason of its own.
    Other,
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
    /// The chain is longer than the client follows, which `ClientBuilder::redirect_limit` sets.
    TooMany {
        /// The bound that was set.
        limit: usize,
    },
    /// Its `Location` is not a URL.
    InvalidLocation,
    /// A browser does not tell where it leads, only that there was one, and it was not followed.
    Hidden,
}

/// There was no whole answer, or nothing more of a stream, within the time limit. Whether the server
/// has acted on the request is not known.
#[derive(Debug)]
pub struct TimeoutError {
    place: Place,
    /// What there was not.
    missing: &'static str,
    limit: Option<Duration>,
    /// Whether it was a connection that there was not, so that nothing was sent.
    is_connect: bool,
    source: Option<BoxError>,
}

impl TransportError {
    #[cold]
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
    #[cold]
    pub(crate) fn after(limit: Duration, place: Place, missing: &'static str) -> Error {
        let (limit, is_connect, source) = (Some(limit), false, None);
        Error::Timeout(Box::new(Self { place, missing, limit, is_connect, source }))
    }

    /// Where the request went to.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether there was no connection in time, so that nothing was sent.
    pub(crate) fn is_connect(&self) -> bool {
        self.is_connect
    }

    /// The limit that passed; `None` where it is one of the transport.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }
}

impl Error {
    /// What a transport says.
    #[cold]
    pub(crate) fn transport(place: &Place, failure: TransportFailure) -> Self {
        let TransportFailure { kind, is_timeout, source } = failure;
        let place = place.clone();
        if is_timeout {
            let is_connect = kind == TransportErrorKind::Connect;
            let (missing, limit) = ("", None);
            Self::Timeout(Box::new(TimeoutError { place, missing, limit, is_connect, source }))
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
        write!(f, "{place}: {kind}")
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "could not connect",
            Self::Send => "the connection failed before there was an answer",
            Self::Unprocessed => "the server has not processed the request",
            Self::Body => "the body of the request could not be read",
            Self::Receive => "the connection failed in the middle of the answer",
            Self::Redirect(reason) => return reason.fmt(f),
            Self::Hook => "a hook refused the request",
            Self::Other => "the transport refused the request",
        })
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
            Self::TooMany { limit } => {
                write!(f, "refused a chain of more than {limit} redirects")
            }
            Self::InvalidLocation => f.write_str("refused a redirect whose Location is not a URL"),
            Self::Hidden => f.write_str("refused a redirect, which the browser does not show"),
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
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
