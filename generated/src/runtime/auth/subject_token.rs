// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Where subject tokens come from.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::token::unusable;
use crate::runtime::{AuthError, AuthErrorKind, BoxError};

// WebAssembly has no files, so that there a token of one cannot be asked for.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod file;

/// A provider of subject tokens. It is asked for each exchange, because such a token lives for
/// minutes only.
#[derive(Clone)]
pub struct SubjectToken(Provider);

#[derive(Clone)]
enum Provider {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    File(Arc<std::path::Path>),
    Function(Arc<dyn Fn() -> Providing + Send + Sync>),
}

type Providing = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

impl SubjectToken {
    /// A function that fetches a token, called for each exchange.
    pub fn function<F, R>(function: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<SecretString, BoxError>> + Send + 'static,
    {
        Self(Provider::Function(Arc::new(move || Box::pin(function()))))
    }

    /// A fresh token.
    pub(super) async fn fetch(&self) -> Result<SecretString, AuthError> {
        let token = match &self.0 {
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            Provider::File(path) => file::fetch(path).await,
            Provider::Function(function) => function()
                .await
                .map_err(|error| failed("the function that provides it failed", error)),
        }?;
        match unusable(token.expose_secret()) {
            None => Ok(token),
            Some(_) => Err(AuthError::new(AuthErrorKind::SubjectToken {
                reason: "it is empty, or not one word",
            })),
        }
    }
}

fn failed(reason: &'static str, source: impl Into<BoxError>) -> AuthError {
    AuthError::from_source(AuthErrorKind::SubjectToken { reason }, source)
}

impl fmt::Debug for SubjectToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
            Provider::File(path) => f.debug_tuple("SubjectToken::file").field(path).finish(),
            Provider::Function(_) => f.write_str("SubjectToken::function(..)"),
        }
    }
}
