// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The client: what all requests to one server share.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use super::auth::{Authenticator, Keys};
use super::hooks::Hooks;
use super::retry::{RetryBudget, RetryPolicy};
use super::transport::AnyTransport;

/// What a client knows of its API from the OpenAPI document.
#[derive(Debug)]
pub struct Api {
    /// The title of the document.
    pub title: &'static str,
    /// What is sent as `User-Agent` unless the builder names another.
    pub user_agent: &'static str,
    /// The URL of the document's first server, with its variables in braces.
    pub server: Option<&'static str>,
    /// The variables of that URL.
    pub variables: &'static [ServerVariable],
    /// Where tokens are fetched: an absolute URL, or a reference relative to the server.
    pub token_url: Option<&'static str>,
    /// The security schemes that are API keys.
    pub keys: &'static [ApiKey],
    /// What the operations want that say nothing else: alternatives, each of them the names of the
    /// schemes that it takes together. It counts where there are API keys.
    pub security: &'static [&'static [&'static str]],
}

/// A security scheme that is an API key.
#[derive(Debug)]
pub struct ApiKey {
    /// The name of the scheme in the document.
    pub scheme: &'static str,
    /// Where the key goes.
    pub location: KeyLocation,
    /// The name that it has there.
    pub name: &'static str,
}

/// Where an API key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    /// Into a header.
    Header,
    /// Into the query.
    Query,
    /// Into a cookie.
    Cookie,
}

/// A variable in the URL of a server.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name, as it stands in braces.
    pub name: &'static str,
    /// What stands for it where the caller gives no value; `None` where the caller must give one.
    pub default: Option<&'static str>,
}

/// A client of one server. Clones are cheap, and share connections and tokens.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) api: &'static Api,
    pub(super) server: Url,
    /// The values of server variables; `None` where the server is none of the document's.
    pub(super) variables: Option<BTreeMap<String, String>>,
    pub(super) transport: AnyTransport,
    pub(super) authenticator: Authenticator,
    pub(super) keys: Keys,
    pub(super) hooks: Hooks,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Duration,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) budget: RetryBudget,
    pub(super) idle_timeout: Duration,
    pub(super) response_limit: usize,
    pub(super) header_limit: usize,
    pub(super) redirect_limit: usize,
}

impl Client {
    /// The server that the requests go to, as a URL without a slash at its end.
    pub fn server(&self) -> &str {
        self.inner.server.as_str().trim_end_matches('/')
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("api", &self.inner.api.title)
            .field("server", &self.server())
            .field("variables", &self.inner.variables)
            .field("credentials", &self.inner.authenticator)
            .field("transport", &self.inner.transport)
            .field("hooks", &self.inner.hooks)
            .field("timeout", &self.inner.timeout)
            .field("attempt_timeout", &self.inner.attempt_timeout)
            .field("retry", &self.inner.retry)
            .field("budget", &self.inner.budget)
            .field("idle_timeout", &self.inner.idle_timeout)
            .field("response_limit", &self.inner.response_limit)
            .field("header_limit", &self.inner.header_limit)
            .field("redirect_limit", &self.inner.redirect_limit)
            .finish_non_exhaustive()
    }
}
