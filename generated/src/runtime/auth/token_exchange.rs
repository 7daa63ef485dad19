// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! OAuth 2.0 token exchange (RFC 8693): workload identity, without a secret that is stored.

use super::form::Parameters;
use super::subject_token::SubjectToken;

/// The type of a subject token that is a JWT.
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// Another issuer's token that is exchanged for an access token.
#[derive(Clone, Debug)]
#[must_use = "give it to `ClientBuilder::auth`"]
pub struct TokenExchange {
    pub(super) client_id: String,
    pub(super) subject_token: SubjectToken,
    pub(super) subject_token_type: String,
    pub(super) parameters: Parameters,
    pub(super) token_url: Option<String>,
}

impl TokenExchange {
    /// Exchanges the provider's tokens, which are JWTs unless
    /// [`subject_token_type`](Self::subject_token_type) says otherwise.
    pub fn new(client_id: impl Into<String>, subject_token: SubjectToken) -> Self {
        Self {
            client_id: client_id.into(),
            subject_token,
            subject_token_type: JWT.to_owned(),
            parameters: Parameters::default(),
            token_url: None,
        }
    }

    /// The type of the subject token, a URN of RFC 8693, section 3.
    pub fn subject_token_type(mut self, urn: impl Into<String>) -> Self {
        self.subject_token_type = urn.into();
        self
    }

    /// Asks for a scope. More than one can be asked for.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.parameters.scopes.push(scope.into());
        self
    }

    /// Adds a field to the token request, such as `audience` or `resource`. The fields that are set
    /// here otherwise cannot be set so.
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
