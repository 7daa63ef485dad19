// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Building a client.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;

use super::auth::{Authenticator, Keys};
use super::client::{Api, Client, Inner};
use super::hooks::Hooks;
use super::server::{self, UrlKind};
use super::transport::{self, AnyTransport};
use super::{Credentials, Error, RetryBudget, RetryPolicy};

/// The time that a request may take unless the builder or the request says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// The time that a connection may take unless the builder says otherwise.
pub const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The time for which a stream may bring nothing unless the builder or the request says otherwise: 5
/// minutes.
pub const DEFAULT_IDLE_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// How many bytes an answer may have unless the builder says otherwise: 32 MiB.
pub const DEFAULT_RESPONSE_LIMIT: usize = 32 * 1024 * 1024;

/// How many bytes the headers of an answer may have unless the builder says otherwise: 64 KiB.
pub const DEFAULT_HEADER_LIMIT: usize = 64 * 1024;

/// How many redirects of a request are followed unless the builder says otherwise: 5.
pub const DEFAULT_REDIRECT_LIMIT: usize = 5;

/// Builds a [`Client`].
///
/// The server comes from [`base_url`](Self::base_url), else from server variables, else from the
/// credentials, where they belong to one server. There is never a server that nobody named: it
/// would be shown the credentials.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    pub(crate) api: &'static Api,
    base_url: Option<String>,
    variables: BTreeMap<String, String>,
    access: Access,
    keys: Vec<(String, SecretString)>,
    pub(super) transport: Option<AnyTransport>,
    pub(super) hooks: Hooks,
    timeout: Duration,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    idle_timeout: Duration,
    user_agent: Option<HeaderValue>,
    response_limit: usize,
    header_limit: usize,
    redirect_limit: usize,
    failure: Option<Error>,
}

/// What the caller said about credentials.
#[derive(Debug)]
enum Access {
    Unsaid,
    Anonymous,
    With(Box<Credentials>),
}

impl ClientBuilder {
    /// A builder for a client of this API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            variables: BTreeMap::new(),
            access: Access::Unsaid,
            keys: Vec::new(),
            transport: None,
            hooks: Hooks::default(),
            timeout: DEFAULT_TIMEOUT,
            attempt_timeout: None,
            retry: RetryPolicy::new(),
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            idle_timeout: DEFAULT_IDLE_TIMEOUT,
            user_agent: None,
            response_limit: DEFAULT_RESPONSE_LIMIT,
            header_limit: DEFAULT_HEADER_LIMIT,
            redirect_limit: DEFAULT_REDIRECT_LIMIT,
            failure: None,
        }
    }

    /// The server as a whole URL, such as `https://api.example.com` or `https://example.com/api`.
    /// It comes before server variables and the credentials' own server.
    ///
    /// It must be `https`; `http` is allowed for this machine only (`localhost`, `127.0.0.0/8`,
    /// `::1`). User info, a query and a fragment are refused. All this is checked by
    /// [`build`](Self::build).
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// A value for a variable in the server's URL, as the OpenAPI document names it.
    ///
    /// A value cannot change the structure of the URL: within a host name it may hold letters,
    /// digits and hyphens only. This is checked by [`build`](Self::build).
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// How the client signs in.
    ///
    /// The credential goes to the client's server, and to the servers that the document gives to
    /// single operations, where the client's own is one of the document's. Whoever generates the
    /// client trusts its document; [`base_url`](Self::base_url) sends everything to one server.
    pub fn auth(mut self, credentials: impl Into<Credentials>) -> Self {
        self.access = Access::With(Box::new(credentials.into()));
        self
    }

    /// A key for a security scheme that is an API key, by the name of the scheme in the document.
    /// It is sent with the operations that want it; one that a header cannot carry is an error
    /// before anything is sent.
    pub fn api_key(mut self, scheme: impl Into<String>, key: impl Into<SecretString>) -> Self {
        self.keys.push((scheme.into(), key.into()));
        self
    }

    /// The client signs in nowhere, and sends every request without a credential.
    ///
    /// Without this and without [`auth`](Self::auth), an operation that needs a credential is an
    /// error before anything is sent.
    pub fn anonymous(mut self) -> Self {
        self.access = Access::Anonymous;
        self
    }

    /// The time for one call from `send` to the whole answer, including a token that has to be
    /// fetched first, all attempts and the waits between them; [`DEFAULT_TIMEOUT`] unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// The time for one attempt from sending to the whole answer, also of a token request; without
    /// it, that of the call. One that passes it is a failure like a connection that breaks, and
    /// [`retry`](Self::retry) tells whether there is another.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// How often and how fast calls and token requests are tried again;
    /// [`RetryPolicy::new`] unless set, [`RetryPolicy::never`] for not at all.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The time for one connection (name resolution, TCP and TLS); [`DEFAULT_CONNECT_TIMEOUT`]
    /// unless set. It is of the client alone, because its calls share connections. Without effect
    /// where `http_client` or [`transport`](Self::transport) brought another, and in WebAssembly, whose
    /// connections are the browser's.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The time from asking for more of an answer that is read as it arrives (a download, events,
    /// lines) until something comes; [`DEFAULT_IDLE_TIMEOUT`] unless set, `Duration::MAX` for none.
    /// What passes it is an [`Error::Timeout`]; a reader who takes long between two pieces is not
    /// concerned.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// What is sent as `User-Agent`, which in WebAssembly is the browser's to say. A text that a header cannot carry is an error of
    /// [`build`](Self::build).
    pub fn user_agent(mut self, text: impl AsRef<str>) -> Self {
        match HeaderValue::from_str(text.as_ref()) {
            Ok(value) => self.user_agent = Some(value),
            Err(_) => return self.fail(unsendable_user_agent()),
        }
        self
    }

    /// How many bytes an answer may have; [`DEFAULT_RESPONSE_LIMIT`] unless set.
    pub fn response_limit(mut self, bytes: usize) -> Self {
        self.response_limit = bytes;
        self
    }

    /// How many bytes the names and values of an answer's headers may have together;
    /// [`DEFAULT_HEADER_LIMIT`] unless set. The usual transport has bounds of its own: over HTTP/1.1 100
    /// headers and about 400 kB, over HTTP/2 this limit, with 32 bytes more for each header (RFC 9113,
    /// section 6.5.2); an answer beyond them is an [`Error::Transport`].
    pub fn header_limit(mut self, bytes: usize) -> Self {
        self.header_limit = bytes;
        self
    }

    /// How many redirects of a request are followed; [`DEFAULT_REDIRECT_LIMIT`] unless set. With 0 none
    /// is, and one is the answer: an [`Error::Api`] of its status. What is followed never leaves the
    /// origin nor turns another method into `GET` (RFC 9110, section 15.4), and a stream is not sent
    /// twice; token requests follow none.
    pub fn redirect_limit(mut self, redirects: usize) -> Self {
        self.redirect_limit = redirects;
        self
    }

    /// Keeps the first error of a setter for `build`, so that setters can be chained.
    pub(crate) fn fail(mut self, error: Error) -> Self {
        self.failure.get_or_insert(error);
        self
    }

    /// The client.
    ///
    /// # Errors
    /// [`Error::Build`] where no server is named, where a setting or a credential is not valid, or
    /// where the HTTP client cannot be set up. Nothing is sent.
    pub fn build(self) -> Result<Client, Error> {
        let Self {
            api,
            base_url,
            variables,
            access,
            keys,
            transport,
            hooks,
            timeout,
            attempt_timeout,
            retry,
            connect_timeout,
            idle_timeout,
            user_agent,
            response_limit,
            header_limit,
            redirect_limit,
            failure,
        } = self;
        if let Some(error) = failure {
            return Err(error);
        }
        let credentials_server = match &access {
            Access::With(credentials) => credentials.server(),
            Access::Unsaid | Access::Anonymous => None,
        };
        let (server, variables) = match (base_url, credentials_server) {
            (Some(url), _) => (server::check(&url, UrlKind::Base)?, None),
            (None, Some(url)) if variables.is_empty() => (server::check(url, UrlKind::Base)?, None),
            (None, _) => (server::fill(api, &variables)?, Some(variables)),
        };
        let transport = match transport {
            Some(transport) => transport,
            None => AnyTransport::Usual(transport::usual(&server, connect_timeout, header_limit)?),
        };
        let authenticator = match access {
            Access::Unsaid => Authenticator::Missing,
            Access::Anonymous => Authenticator::Anonymous,
            Access::With(credentials) => Authenticator::new(&credentials, api.token_url, &server)?,
        };
        let user_agent = match user_agent {
            Some(value) => value,
            None => HeaderValue::from_str(api.user_agent).map_err(|_| unsendable_user_agent())?,
        };
        let keys = Keys::new(api, keys)?;
        Ok(Client {
            inner: Arc::new(Inner {
                api,
                server,
                variables,
                transport,
                authenticator,
                keys,
                hooks,
                user_agent,
                timeout,
                attempt_timeout,
                retry,
                budget: RetryBudget::default(),
                idle_timeout,
                response_limit,
                header_limit,
                redirect_limit,
            }),
        })
    }
}

fn unsendable_user_agent() -> Error {
    Error::build("the user agent holds a character that a header cannot carry")
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not checked yet, so that it could still hold a password.
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.title)
            .field("access", &self.access)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("connect_timeout", &self.connect_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("response_limit", &self.response_limit)
            .field("header_limit", &self.header_limit)
            .field("redirect_limit", &self.redirect_limit)
            .finish_non_exhaustive()
    }
}
