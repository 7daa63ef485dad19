// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Which request an error is about.

use std::fmt;

use url::Url;

use crate::runtime::Verb;

/// The request that an error is about: its operation, its method, its address without query and user
/// info, and how often it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    operation: &'static str,
    verb: Verb,
    address: String,
    attempts: u32,
}

impl Place {
    pub(crate) fn new(operation: &'static str, verb: Verb, url: &Url) -> Self {
        // An origin is scheme, host and port: it leaves out user name and password, and the path
        // leaves out the query.
        let address = format!("{}{}", url.origin().ascii_serialization(), url.path());
        Self { operation, verb, address, attempts: 0 }
    }

    /// Takes note that the request is about to be sent.
    pub(crate) fn begin_attempt(&mut self) {
        self.attempts = self.attempts.saturating_add(1);
    }

    /// The id of the operation in the OpenAPI document, or `token request`.
    pub fn operation(&self) -> &'static str {
        self.operation
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
