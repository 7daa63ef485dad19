// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Token requests: what is exchanged for access, as the form that is posted.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use url::form_urlencoded::{Serializer, byte_serialize};
use zeroize::Zeroizing;

use super::private_key_jwt;
use super::token::header;
use super::{ClientAuthentication, ClientCredentials, TokenExchange};
use crate::runtime::{AuthError, Error};

const TOKEN_EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";

/// The fields that a grant sets itself; a second one of that name would be ambiguous.
const OWN_FIELDS: [&str; 8] = [
    "client_assertion",
    "client_assertion_type",
    "client_id",
    "client_secret",
    "grant_type",
    "scope",
    "subject_token",
    "subject_token_type",
];

/// What is exchanged for an access token.
#[derive(Clone, Debug)]
pub(super) enum Grant {
    ClientCredentials(ClientCredentials),
    TokenExchange(TokenExchange),
}

/// What a caller adds to a token request.
#[derive(Clone, Default)]
pub(super) struct Parameters {
    pub(super) scopes: Vec<String>,
    pub(super) extra: Vec<(String, String)>,
}

/// One token request.
pub(super) struct Form {
    pub(super) body: Zeroizing<String>,
    pub(super) authorization: Option<HeaderValue>,
    /// What is secret in it, for finding it in what the server says.
    pub(super) secret: SecretString,
}

impl Grant {
    /// Checks what the setters took unseen.
    pub(super) fn check(&self) -> Result<(), Error> {
        let (client_id, parameters) = match self {
            Self::ClientCredentials(ClientCredentials {
                client_id,
                authentication,
                parameters,
                ..
            }) => {
                authentication.check()?;
                (client_id, parameters)
            }
            Self::TokenExchange(TokenExchange { client_id, parameters, .. }) => {
                (client_id, parameters)
            }
        };
        if client_id.is_empty() {
            return Err(Error::build("the client id is empty"));
        }
        match parameters.extra.iter().find(|(name, _)| OWN_FIELDS.contains(&name.as_str())) {
            Some((name, _)) => Err(Error::build(format!("the token request sets `{name}` itself"))),
            None => Ok(()),
        }
    }

    pub(super) fn token_url(&self) -> Option<&str> {
        match self {
            Self::ClientCredentials(credentials) => credentials.token_url.as_deref(),
            Self::TokenExchange(exchange) => exchange.token_url.as_deref(),
        }
    }

    /// The form for this moment: assertions and subject tokens are made afresh.
    pub(super) async fn form(&self, token_url: &Url) -> Result<Form, AuthError> {
        let secret = self.secret(token_url).await?;
        // Room for a usual assertion, so that no copy of it is left behind by a growing buffer.
        let mut form = Serializer::new(String::with_capacity(8 * 1024));
        let (authorization, parameters) = match self {
            Self::ClientCredentials(credentials) => {
                (client(&mut form, credentials, &secret)?, &credentials.parameters)
            }
            Self::TokenExchange(exchange) => {
                form.append_pair("client_id", &exchange.client_id);
                form.append_pair("grant_type", TOKEN_EXCHANGE);
                form.append_pair("subject_token", secret.expose_secret());
                form.append_pair("subject_token_type", &exchange.subject_token_type);
                (None, &exchange.parameters)
            }
        };
        if !parameters.scopes.is_empty() {
            form.append_pair("scope", &parameters.scopes.join(" "));
        }
        form.extend_pairs(&parameters.extra);
        Ok(Form { body: Zeroizing::new(form.finish()), authorization, secret })
    }

    /// What proves the right to a token.
    async fn secret(&self, token_url: &Url) -> Result<SecretString, AuthError> {
        match self {
            Self::ClientCredentials(ClientCredentials { client_id, authentication, .. }) => {
                use ClientAuthentication as By;
                match (authentication, client_id, token_url) {
                    (By::SecretPost(secret) | By::SecretBasic(secret), ..) => Ok(secret.clone()),
                    (By::PrivateKeyJwt(key), id, url) => key.fresh_assertion(id, url),
                }
            }
            Self::TokenExchange(exchange) => exchange.subject_token.fetch().await,
        }
    }
}

/// The fields of RFC 6749, section 4.4, and of the client's authentication; or its header.
fn client(
    form: &mut Serializer<'_, String>,
    credentials: &ClientCredentials,
    secret: &SecretString,
) -> Result<Option<HeaderValue>, AuthError> {
    let ClientCredentials { client_id, authentication, .. } = credentials;
    let fields = match authentication {
        ClientAuthentication::SecretPost(_) => vec![("client_secret", secret.expose_secret())],
        ClientAuthentication::PrivateKeyJwt(_) => private_key_jwt::fields(secret),
        ClientAuthentication::SecretBasic(_) => {
            form.append_pair("grant_type", "client_credentials");
            return basic(client_id, secret).map(Some);
        }
    };
    form.append_pair("client_id", client_id)
        .append_pair("grant_type", "client_credentials")
        .extend_pairs(fields);
    Ok(None)
}

/// Id and secret are form-encoded before they are joined (RFC 6749, section 2.3.1), so that a colon
/// in one of them does not end the id.
fn basic(client_id: &str, secret: &SecretString) -> Result<HeaderValue, AuthError> {
    let mut pair = Zeroizing::new(String::with_capacity(
        3 * (client_id.len() + secret.expose_secret().len()) + 1,
    ));
    pair.extend(byte_serialize(client_id.as_bytes()));
    pair.push(':');
    pair.extend(byte_serialize(secret.expose_secret().as_bytes()));
    header("Basic", &Zeroizing::new(STANDARD.encode(pair.as_bytes())))
}

impl ClientAuthentication {
    fn check(&self) -> Result<(), Error> {
        match self {
            Self::SecretPost(secret) | Self::SecretBasic(secret)
                if secret.expose_secret().is_empty() =>
            {
                Err(Error::build("the client secret is empty"))
            }
            Self::SecretPost(_) | Self::SecretBasic(_) => Ok(()),
            Self::PrivateKeyJwt(key) => key.check(),
        }
    }
}

/// The values of additional fields are left out: one may be a secret.
impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.extra.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Parameters").field("scopes", &self.scopes).field("extra", &names).finish()
    }
}
