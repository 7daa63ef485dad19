// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Where subject tokens come from.

use std::fmt;
use std::future::Future;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::token::unusable;
use crate::runtime::{AuthError, AuthErrorKind, BoxError};

/// How many bytes a file with a token may have.
const FILE_LIMIT: u64 = 64 * 1024;

/// A provider of subject tokens. It is asked for each exchange, because such a token lives for
/// minutes only.
#[derive(Clone)]
pub struct SubjectToken(Provider);

#[derive(Clone)]
enum Provider {
    File(Arc<Path>),
    Function(Arc<dyn Fn() -> Providing + Send + Sync>),
}

type Providing = Pin<Box<dyn Future<Output = Result<SecretString, BoxError>> + Send>>;

impl SubjectToken {
    /// A file that something else keeps fresh, such as a projected service account token of
    /// Kubernetes. Space around the token is dropped. The file is read for each exchange, and may
    /// have 64 KiB.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Provider::File(path.into().into()))
    }

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
            Provider::File(path) => {
                let path = Arc::clone(path);
                let reading = tokio::task::spawn_blocking(move || read(&path)).await;
                reading.map_err(|error| failed("the file could not be read", error))?
            }
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

fn read(path: &Path) -> Result<SecretString, AuthError> {
    let unreadable = |error| failed("the file could not be read", error);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut text = Zeroizing::new(String::new());
    file.take(FILE_LIMIT + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > FILE_LIMIT {
        return Err(AuthError::new(AuthErrorKind::SubjectToken {
            reason: "the file is larger than 64 KiB",
        }));
    }
    Ok(SecretString::from(text.trim()))
}

fn failed(reason: &'static str, source: impl Into<BoxError>) -> AuthError {
    AuthError::from_source(AuthErrorKind::SubjectToken { reason }, source)
}

impl fmt::Debug for SubjectToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Provider::File(path) => f.debug_tuple("SubjectToken::file").field(path).finish(),
            Provider::Function(_) => f.write_str("SubjectToken::function(..)"),
        }
    }
}
