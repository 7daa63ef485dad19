// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Signing in: what a caller gives as credentials, and how it becomes the header of a request.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine as _;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use super::server::{self, UrlKind};
use super::{AuthError, AuthErrorKind, BoxError, Error};

mod access_token;
mod cache;
mod client_credentials;
mod clock; // part: assertion
mod form;
mod jwk; // part: assertion
mod keys;
mod private_key_jwt; // part: assertion
mod source;
mod subject_token;
mod token;
mod token_exchange;

pub use access_token::AccessToken;
pub use client_credentials::{ClientAuthentication, ClientCredentials};
pub use private_key_jwt::{Audience, PrivateKeyJwt, UniqueValue}; // part: assertion
pub use subject_token::SubjectToken;
pub use token_exchange::TokenExchange;

pub(super) use keys::Keys;
pub(super) use source::Sending;
pub(super) use token::credential;

use access_token::Function;
use cache::TokenCache;
use form::Grant;
use source::{Origin, Shared};
use token::Token;

/// The scheme of a user and a password (RFC 7617).
const BASIC: &str = "Basic";

/// How a client or a request signs in, in the header `Authorization`.
///
/// Clones share the tokens that they fetch, also where they are given to several clients or, with
/// [`RequestOptions::auth`](super::RequestOptions::auth), to single requests. Two values share
/// nothing, even where they were made of the same secret.
///
/// Nothing that a `Credentials` holds shows in its `Debug`, and its secrets are wiped from memory
/// when it is dropped.
#[derive(Clone, Debug)]
pub struct Credentials {
    kind: Kind,
    server: Option<String>,
}

#[derive(Clone, Debug)]
enum Kind {
    /// Its scheme, and the value of the header or why it cannot be one.
    Header(&'static str, Result<HeaderValue, String>),
    Source(Arc<Shared>),
}

impl Credentials {
    /// An access token that was fetched elsewhere. It is sent as it is, and never renewed: a `401`
    /// is an error.
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        let token = token.into();
        let token = token.expose_secret();
        Self::of_header(
            token::BEARER,
            match token::unusable(token) {
                Some(reason) => Err(format!("the bearer token {reason}")),
                None => token::header(token::BEARER, token).map_err(|error| error.to_string()),
            },
        )
    }

    /// A user and a password (RFC 7617). A user with a colon, and control characters in either, are
    /// an error of [`ClientBuilder::build`](super::ClientBuilder::build).
    pub fn basic(user: impl AsRef<str>, password: impl Into<SecretString>) -> Self {
        let (user, password) = (user.as_ref(), password.into());
        let is_valid = |text: &str| !text.chars().any(char::is_control);
        if user.contains(':') || !is_valid(user) || !is_valid(password.expose_secret()) {
            let reason = "the user holds a colon, or the user or the password a control character";
            return Self::of_header(BASIC, Err(reason.to_owned()));
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.expose_secret()));
        let text = base64::engine::general_purpose::STANDARD.encode(pair.as_bytes());
        let header = token::header(BASIC, &Zeroizing::new(text));
        Self::of_header(BASIC, header.map_err(|error| error.to_string()))
    }

    /// The whole value of the header `Authorization`, for another scheme, such as `Token 5f1c`. One
    /// that a header cannot carry is an error of
    /// [`ClientBuilder::build`](super::ClientBuilder::build).
    pub fn header(value: impl Into<SecretString>) -> Self {
        let text = Zeroizing::new(value.into().expose_secret().to_owned());
        let value = token::whole_header(text);
        Self::of_header("other", value.map_err(|error| error.to_string()))
    }

    /// OAuth 2.0 client credentials (RFC 6749, section 4.4).
    pub fn client_credentials(credentials: ClientCredentials) -> Self {
        Self::of_origin(Origin::Grant(Arc::new(Grant::ClientCredentials(credentials))))
    }

    /// OAuth 2.0 token exchange (RFC 8693): another issuer's token becomes an access token.
    pub fn token_exchange(exchange: TokenExchange) -> Self {
        Self::of_origin(Origin::Grant(Arc::new(Grant::TokenExchange(exchange))))
    }

    /// Access tokens that a function brings, such as one that asks a vault or another library.
    ///
    /// It is called when there is none that can still be used, or the server has refused it, and
    /// by one caller at a time; its error is the source of
    /// [`Error::Auth`](super::Error::Auth), for all who waited. It is not called again for a second after
    /// an error, and for longer after several; otherwise its retries are its own.
    ///
    /// ```text
    /// Credentials::function(move || {
    ///     let vault = vault.clone();
    ///     async move {
    ///         let lease = vault.lease("api").await?;
    ///         Ok(AccessToken::bearer(lease.token).expires_in(lease.duration))
    ///     }
    /// })
    /// ```
    pub fn function<F, R>(function: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<AccessToken, BoxError>> + Send + 'static,
    {
        Self::of_origin(Origin::Function(Function::new(function)))
    }

    fn of_header(scheme: &'static str, header: Result<HeaderValue, String>) -> Self {
        Self { kind: Kind::Header(scheme, header), server: None }
    }

    fn of_origin(origin: Origin) -> Self {
        Self { kind: Kind::Source(Shared::new(origin)), server: None }
    }

    /// The server that these credentials belong to, as for
    /// [`ClientBuilder::base_url`](super::ClientBuilder::base_url). A client that is told of no
    /// other server uses it.
    #[must_use]
    pub fn with_server(mut self, url: impl Into<String>) -> Self {
        self.server = Some(url.into());
        self
    }

    /// The server that these credentials belong to, where they name one.
    pub fn server(&self) -> Option<&str> {
        self.server.as_deref()
    }
}

impl From<ClientCredentials> for Credentials {
    fn from(credentials: ClientCredentials) -> Self {
        Self::client_credentials(credentials)
    }
}

impl From<TokenExchange> for Credentials {
    fn from(exchange: TokenExchange) -> Self {
        Self::token_exchange(exchange)
    }
}

/// What a client does to sign its requests in.
pub(super) enum Authenticator {
    /// Nothing was said about credentials.
    Missing,
    /// The caller wants none.
    Anonymous,
    Header(&'static str, HeaderValue),
    Cache(Arc<TokenCache>),
}

/// The credential of one request.
pub(super) enum Authorization {
    Header(HeaderValue),
    Token(Arc<Token>),
}

impl Authenticator {
    /// What these credentials do for a server, whose document has a token URL or not.
    pub(super) fn new(
        credentials: &Credentials,
        token_url: Option<&str>,
        server: &Url,
    ) -> Result<Self, Error> {
        match &credentials.kind {
            Kind::Header(scheme, Ok(value)) => Ok(Self::Header(scheme, value.clone())),
            Kind::Header(_, Err(reason)) => Err(Error::build(reason.clone())),
            Kind::Source(source) => source.cache(token_url, server).map(Self::Cache),
        }
    }

    /// The same for a single request. Credentials of another server are not shown to this one.
    #[cold]
    pub(super) fn of_request(
        credentials: &Credentials,
        token_url: Option<&str>,
        home: &Url,
    ) -> Result<Self, Error> {
        let own = credentials.server().map(|own| server::check(own, UrlKind::Base)).transpose()?;
        if own.is_some_and(|own| own.origin() != home.origin()) {
            return Err(Error::build("the credentials of the request belong to another server"));
        }
        Self::new(credentials, token_url, home)
    }

    /// Whether the caller gave credentials.
    pub(super) fn is_given(&self) -> bool {
        match self {
            Self::Header(..) | Self::Cache(_) => true,
            Self::Missing | Self::Anonymous => false,
        }
    }

    /// Whether the caller wants to sign in nowhere.
    pub(super) fn is_anonymous(&self) -> bool {
        matches!(self, Self::Anonymous)
    }

    /// The error of a request whose credential nobody gave.
    pub(super) fn missing(operation: &'static str) -> Error {
        AuthError::new(AuthErrorKind::Missing { operation }).into()
    }

    /// The credential for a request, where nothing has to be awaited for it.
    pub(super) fn at_hand(&self) -> Option<Authorization> {
        match self {
            Self::Missing | Self::Anonymous => None,
            Self::Header(_, value) => Some(Authorization::Header(value.clone())),
            Self::Cache(cache) => cache.at_hand().map(Authorization::Token),
        }
    }

    /// The credential for a request; `None` for an anonymous client.
    ///
    /// Boxed and without its type, so that a call is not made of code that most calls do not run.
    #[cold]
    pub(super) fn authorize<'a>(
        &'a self,
        operation: &'static str,
        sending: Sending<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Option<Authorization>, Error>> + Send + 'a>> {
        Box::pin(async move {
            match self {
                Self::Missing => Err(Self::missing(operation)),
                Self::Anonymous => Ok(None),
                Self::Header(_, value) => Ok(Some(Authorization::Header(value.clone()))),
                Self::Cache(cache) => Ok(Some(Authorization::Token(cache.token(sending).await?))),
            }
        })
    }

    /// Takes note that the server refused a token, and says whether there can be another now.
    pub(super) fn forget(&self, refused: &Arc<Token>) -> bool {
        match self {
            Self::Cache(cache) => cache.forget(refused),
            Self::Missing | Self::Anonymous | Self::Header(..) => false,
        }
    }

    /// Takes note that the server did not refuse the credential.
    pub(super) fn accept(&self) {
        if let Self::Cache(cache) = self {
            cache.accept();
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("none given"),
            Self::Anonymous => f.write_str("anonymous"),
            Self::Header(scheme, _) => write!(f, "{scheme} credential"),
            Self::Cache(cache) => cache.fmt(f),
        }
    }
}

impl Authorization {
    /// The header's value, which is marked sensitive: the HTTP stack neither prints nor indexes it. And
    /// the token, where it is one: a value that the caller gave is never replaced.
    pub(super) fn into_parts(self) -> (HeaderValue, Option<Arc<Token>>) {
        match self {
            Self::Header(value) => (value, None),
            Self::Token(token) => (token.header(), Some(token)),
        }
    }
}
