// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What a transport says where there is no answer.

use std::error::Error as StdError;
use std::fmt;

use super::{BoxError, Error, Place, RedirectError, TransportErrorKind};

/// Why a [`Transport`](crate::runtime::Transport) has no answer, or no more of a body.
///
/// It becomes an [`Error::Transport`] or, where it [`timed out`](Self::timed_out), an
/// [`Error::Timeout`] of the call. The kind decides whether the call is tried again: after
/// [`Connect`](TransportErrorKind::Connect) and [`Unprocessed`](TransportErrorKind::Unprocessed) every
/// call is, after `Send` and `Receive` one that is idempotent, and after the others none.
///
/// It is shown as the source of the error, so it must hold no secret, such as the query of a URL.
#[derive(Debug)]
pub struct TransportFailure {
    pub(super) kind: TransportErrorKind,
    pub(super) is_timeout: bool,
    pub(super) source: Option<BoxError>,
}

impl TransportFailure {
    /// A failure of this kind.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, is_timeout: false, source: Some(source.into()) }
    }

    /// The same, because a time limit of the transport passed: after
    /// [`Connect`](TransportErrorKind::Connect) nothing was sent, and after every other kind it is not
    /// known what the server has done.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.is_timeout = true;
        self
    }

    /// What happened.
    pub fn kind(&self) -> &TransportErrorKind {
        &self.kind
    }

    /// Whether a time limit of the transport passed.
    pub fn is_timeout(&self) -> bool {
        self.is_timeout
    }

    pub(crate) fn redirect(reason: RedirectError) -> Self {
        Self { kind: TransportErrorKind::Redirect(reason), is_timeout: false, source: None }
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl StdError for TransportFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl Error {
    /// The error of an answer's body.
    #[cold]
    pub(crate) fn broken_body(place: &Place, error: BoxError) -> Self {
        let failure = match error.downcast::<TransportFailure>() {
            Ok(failure) => *failure,
            Err(other) => TransportFailure::new(TransportErrorKind::Receive, other),
        };
        Self::transport(place, failure)
    }
}
