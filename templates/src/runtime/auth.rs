// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Signing in: what a caller gives as credentials, and how it becomes the header of a request.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use super::{AuthError, AuthErrorKind, Error};

mod client_credentials;
mod form;
mod jwk;
mod keys;
mod private_key_jwt;
mod source;
mod subject_token;
mod token;
mod token_exchange;

pub use client_credentials::{ClientAuthentication, ClientCredentials};
pub use private_key_jwt::{Audience, PrivateKeyJwt, UniqueValue};
pub use subject_token::SubjectToken;
pub use token_exchange::TokenExchange;

pub(super) use keys::Keys;
pub(super) use source::Sending;

use form::Grant;
use source::TokenSource;
use token::Token;

/// How a client signs in.
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
    Bearer(SecretString),
    Basic(SecretString),
    Grant(Grant),
}

impl Credentials {
    /// An access token that was fetched elsewhere. It is sent as it is, and never renewed: a `401`
    /// is an error.
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self { kind: Kind::Bearer(token.into()), server: None }
    }

    /// A user and a password (RFC 7617). A user with a colon, and control characters in either, are
    /// an error of [`ClientBuilder::build`](super::ClientBuilder::build).
    pub fn basic(user: impl AsRef<str>, password: impl Into<SecretString>) -> Self {
        let (user, password) = (user.as_ref(), password.into());
        let is_valid = |text: &str| !text.chars().any(char::is_control);
        if user.contains(':') || !is_valid(user) || !is_valid(password.expose_secret()) {
            // No text of base64 has this, so that it is refused where errors are.
            return Self { kind: Kind::Basic(SecretString::from("\n")), server: None };
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.expose_secret()));
        let text = base64::engine::general_purpose::STANDARD.encode(pair.as_bytes());
        Self { kind: Kind::Basic(SecretString::from(text)), server: None }
    }

    /// OAuth 2.0 client credentials (RFC 6749, section 4.4).
    pub fn client_credentials(credentials: ClientCredentials) -> Self {
        Self { kind: Kind::Grant(Grant::ClientCredentials(credentials)), server: None }
    }

    /// OAuth 2.0 token exchange (RFC 8693): another issuer's token becomes an access token.
    pub fn token_exchange(exchange: TokenExchange) -> Self {
        Self { kind: Kind::Grant(Grant::TokenExchange(exchange)), server: None }
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

/// The scheme of tokens (RFC 6750).
const BEARER: &str = "Bearer";

/// What a client does to sign its requests in.
pub(super) enum Authenticator {
    /// Nothing was said about credentials.
    Missing,
    /// The caller wants none.
    Anonymous,
    Static(Arc<Token>, &'static str),
    Source(Box<TokenSource>),
}

/// The credential of one request.
pub(super) struct Authorization(Arc<Token>, &'static str);

impl Authenticator {
    pub(super) fn new(
        credentials: Credentials,
        token_url: Option<&str>,
        server: &Url,
        sending: Sending,
    ) -> Result<Self, Error> {
        let Credentials { kind, server: _ } = credentials;
        match kind {
            Kind::Bearer(secret) => match token::unusable(secret.expose_secret()) {
                Some(reason) => Err(Error::build(format!("the bearer token {reason}"))),
                None => Ok(Self::Static(Arc::new(Token::fixed(secret)), BEARER)),
            },
            Kind::Basic(secret) => match token::unusable(secret.expose_secret()) {
                Some(_) => Err(Error::build(
                    "the user holds a colon, or the user or the password a control character",
                )),
                None => Ok(Self::Static(Arc::new(Token::fixed(secret)), "Basic")),
            },
            Kind::Grant(grant) => TokenSource::new(grant, token_url, server, sending)
                .map(|source| Self::Source(Box::new(source))),
        }
    }

    /// Whether the caller gave credentials.
    pub(super) fn is_given(&self) -> bool {
        match self {
            Self::Static(..) | Self::Source(_) => true,
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

    /// The credential for a request; `None` for an anonymous client.
    pub(super) async fn authorize(
        &self,
        operation: &'static str,
    ) -> Result<Option<Authorization>, Error> {
        match self {
            Self::Missing => Err(Self::missing(operation)),
            Self::Anonymous => Ok(None),
            Self::Static(token, scheme) => Ok(Some(Authorization(Arc::clone(token), scheme))),
            Self::Source(source) => Ok(Some(Authorization(source.token().await?, BEARER))),
        }
    }

    /// No longer uses a credential that the server refused, and says whether there can be another.
    pub(super) fn forget(&self, refused: &Authorization) -> bool {
        match self {
            Self::Source(source) => {
                source.forget(&refused.0);
                true
            }
            Self::Missing | Self::Anonymous | Self::Static(..) => false,
        }
    }
}

impl fmt::Debug for Authenticator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("none given"),
            Self::Anonymous => f.write_str("anonymous"),
            Self::Static(_, scheme) => write!(f, "{scheme} credential"),
            Self::Source(source) => source.fmt(f),
        }
    }
}

impl Authorization {
    /// The header's value, which is marked sensitive: the HTTP stack neither prints nor indexes it.
    pub(super) fn header(&self) -> Result<HeaderValue, AuthError> {
        sensitive(self.1, self.0.secret())
    }
}

/// What is secret in the value of an `Authorization` header: all but the scheme.
pub(super) fn credential(value: &HeaderValue) -> &str {
    let text = value.to_str().unwrap_or_default();
    text.split_once(' ').map_or(text, |(_, credential)| credential)
}

/// The value of an `Authorization` header.
fn sensitive(scheme: &str, credential: &str) -> Result<HeaderValue, AuthError> {
    let text = Zeroizing::new(format!("{scheme} {credential}"));
    let mut value =
        HeaderValue::from_str(&text).map_err(|_| AuthError::new(AuthErrorKind::Unsendable))?;
    value.set_sensitive(true);
    Ok(value)
}
