// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A request without a usable credential.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use jiff::SignedDuration;

use super::{BoxError, Error};

/// There is no usable credential, so that the request was not sent.
///
/// Cheap to clone: when one fetch of a token fails, every caller who waited for it gets this error.
#[derive(Clone)]
pub struct AuthError(Arc<Failure>);

struct Failure {
    kind: AuthErrorKind,
    source: Option<BoxError>,
    attempts: u32,
    retry_after: Option<Duration>,
}

/// Why there is no usable credential.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthErrorKind {
    /// The operation needs a credential, and the client was given none.
    Missing {
        /// The id of the operation in the OpenAPI document.
        operation: &'static str,
    },
    /// The token endpoint refused the credential.
    Refused {
        /// The status of its answer.
        status: StatusCode,
        /// The OAuth error code, such as `invalid_client`.
        error: Option<String>,
        /// The explanation that came with it.
        description: Option<String>,
        /// How far the server's clock is ahead of this machine's, where an assertion was refused and
        /// the answer's `Date` shows that one of the two clocks is off.
        clock_offset: Option<SignedDuration>,
    },
    /// The token endpoint answered with success, but not with a token that can be used.
    InvalidAnswer {
        /// What is wrong with the answer.
        reason: &'static str,
    },
    /// The token endpoint could not be reached, or redirected the request; the source tells more.
    Unreachable,
    /// The provider of subject tokens (a file or a function) gave none; the source tells more.
    SubjectToken {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The function that provides access tokens gave none; the source is its error.
    Function {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// This machine could not make the assertion: it has no random numbers, or its clock stands
    /// before 1970.
    Assertion,
    /// The credential holds a character that a header cannot carry.
    Unsendable,
}

impl AuthError {
    #[cold]
    pub(crate) fn new(kind: AuthErrorKind) -> Self {
        Self(Arc::new(Failure { kind, source: None, attempts: 0, retry_after: None }))
    }

    #[cold]
    pub(crate) fn from_source(kind: AuthErrorKind, source: impl Into<BoxError>) -> Self {
        let source = Some(source.into());
        Self(Arc::new(Failure { kind, source, attempts: 0, retry_after: None }))
    }

    /// The error after so many token requests. It must not be shared yet.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        if let Some(failure) = Arc::get_mut(&mut self.0) {
            failure.attempts = attempts;
        }
        self
    }

    /// The error of a token endpoint that asks for a wait. It must not be shared yet.
    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        if let Some(failure) = Arc::get_mut(&mut self.0) {
            failure.retry_after = wait;
        }
        self
    }

    /// How long the token endpoint asks to wait before the next try (`Retry-After`).
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How often a token was asked for.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Why there is no usable credential.
    pub fn kind(&self) -> &AuthErrorKind {
        &self.0.kind
    }

    /// The OAuth error code, where the token endpoint gave one.
    pub fn oauth_error(&self) -> Option<&str> {
        match &self.0.kind {
            AuthErrorKind::Refused { error, .. } => error.as_deref(),
            _ => None,
        }
    }

    /// The explanation that came with the OAuth error code.
    pub fn oauth_description(&self) -> Option<&str> {
        match &self.0.kind {
            AuthErrorKind::Refused { description, .. } => description.as_deref(),
            _ => None,
        }
    }

    /// Whether a time limit of the HTTP client was the reason.
    pub fn is_timeout(&self) -> bool {
        let source = self.0.source.as_ref().and_then(|source| source.downcast_ref());
        source.is_some_and(Error::is_timeout)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt_kind(f)?;
        match self.0.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, " ({attempts} attempts)"),
        }
    }
}

impl AuthError {
    fn fmt_kind(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            AuthErrorKind::Missing { operation } => write!(
                f,
                "{operation} needs a credential, and the client has none: give `auth(..)` to its builder, or say \
                 `anonymous()` where the server wants none"
            ),
            AuthErrorKind::Refused { status, error, description, clock_offset } => {
                write!(f, "the token endpoint answered {status}")?;
                for part in [error, description].into_iter().flatten() {
                    write!(f, ": {part}")?;
                }
                let Some(offset) = clock_offset else { return Ok(()) };
                let (seconds, side) = (offset.as_secs().unsigned_abs(), offset.is_positive());
                let side = if side { "behind" } else { "ahead of" };
                write!(f, "; the clock of this machine is {seconds} s {side} the server's")
            }
            AuthErrorKind::InvalidAnswer { reason } => {
                write!(f, "the token endpoint's answer is not usable: {reason}")
            }
            AuthErrorKind::Unreachable => f.write_str("the token endpoint gave no answer"),
            AuthErrorKind::SubjectToken { reason } => {
                write!(f, "no subject token for the exchange: {reason}")
            }
            AuthErrorKind::Function { reason } => {
                write!(f, "no access token from the function that provides them: {reason}")
            }
            AuthErrorKind::Unsendable => {
                f.write_str("the credential holds a character that a header cannot carry")
            }
            AuthErrorKind::Assertion => {
                f.write_str("the client assertion could not be made on this machine")
            }
        }
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("kind", &self.0.kind)
            .field("source", &self.0.source)
            .field("attempts", &self.0.attempts)
            .finish()
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_ref().map(|source| &**source as _)
    }
}
