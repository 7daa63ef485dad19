// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! OAuth 2.0 client credentials (RFC 6749, section 4.4).

use std::fmt;

use secrecy::SecretString;

use super::form::Parameters;
use super::private_key_jwt::PrivateKeyJwt; // part: assertion

/// A client that signs in as itself.
#[derive(Clone, Debug)]
#[must_use = "give it to `ClientBuilder::auth`"]
pub struct ClientCredentials {
    pub(super) client_id: String,
    pub(super) authentication: ClientAuthentication,
    pub(super) parameters: Parameters,
    pub(super) token_url: Option<String>,
}

/// How the client proves to the token endpoint who it is.
#[derive(Clone)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// The secret is a field of the form (`client_secret_post`).
    SecretPost(SecretString),
    /// Id and secret are in a header (`client_secret_basic`).
    SecretBasic(SecretString),
    /// An assertion that is signed with a private key (RFC 7523). // part: assertion
    PrivateKeyJwt(PrivateKeyJwt), // part: assertion
}

impl ClientCredentials {
    /// The credentials of a client.
    pub fn new(client_id: impl Into<String>, authentication: ClientAuthentication) -> Self {
        let (client_id, parameters) = (client_id.into(), Parameters::default());
        Self { client_id, authentication, parameters, token_url: None }
    }

    /// Asks for a scope. More than one can be asked for.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.parameters.scopes.push(scope.into());
        self
    }

    /// Adds a field to the token request, such as `audience` or `resource`. The fields that OAuth
    /// itself defines for the request cannot be set so.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.extra.push((name.into(), value.into()));
        self
    }

    /// The token endpoint, in place of the one that the API documents. The rules of
    /// [`ClientBuilder::base_url`](crate::runtime::ClientBuilder::base_url) hold, but it may have a
    /// query.
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }
}

/// The method without its secret.
impl fmt::Debug for ClientAuthentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SecretPost(_) => "SecretPost",
            Self::SecretBasic(_) => "SecretBasic",
            Self::PrivateKeyJwt(_) => "PrivateKeyJwt", // part: assertion
        })
    }
}
