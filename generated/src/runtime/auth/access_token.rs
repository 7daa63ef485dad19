// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Access tokens that a function of the caller brings.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::token::{self, BEARER, Token, unusable};
use crate::runtime::time::Instant;
use crate::runtime::{AuthError, AuthErrorKind, BoxError};

/// An access token for [`Credentials::function`](super::Credentials::function), and for how long it is
/// valid.
///
/// One of which that is not said is kept for 5 minutes, or until the server refuses it.
#[derive(Clone, Debug)]
#[must_use = "it is what the function of `Credentials::function` gives"]
pub struct AccessToken {
    secret: SecretString,
    is_bearer: bool,
    lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that is sent as `Authorization: Bearer <token>` (RFC 6750).
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self { secret: token.into(), is_bearer: true, lifetime: None }
    }

    /// The whole value of the header `Authorization`, for another scheme.
    pub fn header(value: impl Into<SecretString>) -> Self {
        Self { secret: value.into(), is_bearer: false, lifetime: None }
    }

    /// For how long it is valid, from the call of the function. One that is valid for no time serves
    /// those who waited for it, and is not kept: a function with a cache of its own says so.
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Until when it is valid.
    pub fn expires_at(self, end: SystemTime) -> Self {
        // The clock is that of jiff, which is there on WebAssembly, too.
        let now = SystemTime::from(Timestamp::now());
        self.expires_in(end.duration_since(now).unwrap_or_default())
    }
}

/// A function that brings access tokens.
#[derive(Clone)]
pub(super) struct Function(Arc<dyn Fn() -> Providing + Send + Sync>);

type Providing = Pin<Box<dyn Future<Output = Result<AccessToken, BoxError>> + Send>>;

impl Function {
    pub(super) fn new<F, R>(function: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<AccessToken, BoxError>> + Send + 'static,
    {
        Self(Arc::new(move || Box::pin(function())))
    }

    pub(super) async fn fetch(&self) -> Result<Token, AuthError> {
        let requested = Instant::now();
        let token = (self.0)().await.map_err(|error| {
            AuthError::from_source(AuthErrorKind::Function { reason: "it failed" }, error)
        })?;
        let AccessToken { secret, is_bearer, lifetime } = token;
        let text = secret.expose_secret();
        let header = if !is_bearer {
            token::whole_header(Zeroizing::new(text.to_owned()))
        } else if unusable(text).is_some() {
            Err(AuthError::new(AuthErrorKind::Unsendable))
        } else {
            token::header(BEARER, text)
        };
        let header = header.map_err(|_| {
            let reason = "what it gave is empty or cannot be sent in a header";
            AuthError::new(AuthErrorKind::Function { reason })
        })?;
        Ok(Token::new(header, requested, lifetime))
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("function(..)")
    }
}
