// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Which request an error is about.

use std::fmt;

use url::Url;

use crate::runtime::Verb;

/// The request that an error is about: its operation, its method, and its address without query and
/// user info.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    operation: &'static str,
    verb: Verb,
    address: String,
}

impl Place {
    pub(crate) fn new(operation: &'static str, verb: Verb, url: &Url) -> Self {
        // An origin is scheme, host and port: it leaves out user name and password, and the path
        // leaves out the query.
        let address = format!("{}{}", url.origin().ascii_serialization(), url.path());
        Self { operation, verb, address }
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
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} {})", self.operation, self.verb, self.address)
    }
}
