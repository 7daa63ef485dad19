// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A client or a request that cannot be built.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{BoxError, Error};

/// A client, a credential or a request is not complete or not valid; nothing was sent.
///
/// The message names the setting, the field or the parameter, and never repeats a value that could
/// be a secret.
#[derive(Debug)]
pub struct BuildError {
    message: Cow<'static, str>,
    source: Option<BoxError>,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

impl Error {
    #[cold]
    pub(crate) fn build(message: impl Into<Cow<'static, str>>) -> Self {
        Self::Build(Box::new(BuildError { message: message.into(), source: None }))
    }

    #[cold]
    pub(crate) fn build_from(
        message: impl Into<Cow<'static, str>>,
        source: impl Into<BoxError>,
    ) -> Self {
        Self::Build(Box::new(BuildError { message: message.into(), source: Some(source.into()) }))
    }
}
