// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Which request an error is about.

use std::fmt;
use std::sync::Arc;

use url::{Position, Url};

use crate::runtime::Verb;

/// The request that an error is about: its operation, its method, its address without query and user
/// info, and how often it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    operation: &'static str,
    template: &'static str,
    verb: Verb,
    /// Shared, because each answer has a place as well.
    address: Arc<str>,
    attempts: u32,
}

impl Place {
    /// `template` is the path with its parameters in braces. Wherever an address comes from, one with a
    /// user name has been refused.
    pub(crate) fn new(
        operation: &'static str,
        template: &'static str,
        verb: Verb,
        url: &Url,
    ) -> Self {
        let address = url[..Position::AfterPath].into();
        Self { operation, template, verb, address, attempts: 0 }
    }

    /// Takes note that the request is about to be sent.
    pub(crate) fn begin_attempt(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
    }

    /// The id of the operation in the OpenAPI document, or `token request`.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The path with its parameters in braces, such as `/api/v1/apps/{id}`: a name for logs and
    /// metrics that does not grow with the ids. Empty for a token request.
    pub fn path_template(&self) -> &'static str {
        self.template
    }

    /// The method of the request.
    pub fn verb(&self) -> Verb {
        self.verb
    }

    /// The address of the request: scheme, host, port and path.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// How often the request was sent, or was to be sent where there was no connection: retries and a
    /// repetition with a fresh token count, redirects do not.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {}", self.operation, self.verb, self.address)?;
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        f.write_str(")")
    }
}
