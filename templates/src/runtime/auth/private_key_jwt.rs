// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Client assertions: a JWT that is signed with the client's private key (RFC 7523), by Ed25519
//! (RFC 8037).
//!
//! The bytes of an assertion follow from its inputs alone. Header and claims are JSON without
//! spaces, in this order; what is not asked for is left out:
//!
//! | part | members |
//! | --- | --- |
//! | header | `alg`, `kid`, `nonce` |
//! | claims | `iss`, `sub`, `aud` (a list of one), `exp`, `nbf`, `iat`, `jti` |

use std::fmt::{self, Write as _};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use super::clock::Clock;
use super::jwk;
use crate::runtime::{AuthError, AuthErrorKind, Error};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How long an assertion is valid unless the caller says otherwise.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(120);

/// How long an assertion may be valid: it is used at once, and servers refuse more.
const MAXIMAL_LIFETIME: Duration = Duration::from_secs(300);

/// A private key that signs a fresh assertion for each token request.
#[derive(Clone)]
#[must_use = "give it to `ClientAuthentication::PrivateKeyJwt`"]
pub struct PrivateKeyJwt {
    /// Boxed, so that moving the value leaves no copy of the key behind.
    key: Box<SigningKey>,
    key_id: Option<String>,
    audience: Audience,
    lifetime: Duration,
    not_before: Option<Duration>,
    unique_value: UniqueValue,
    clock: Arc<Clock>,
}

/// Whom an assertion is meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Audience {
    /// The token endpoint's URL, as RFC 7523 recommends.
    TokenUrl,
    /// The token endpoint's host, without its port.
    TokenHost,
    /// A text that the server has chosen, such as its issuer.
    Text(String),
}

/// Where an assertion holds the random value that makes it unique, so that a server can refuse a
/// second use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UniqueValue {
    /// The claim `jti`, as RFC 7523 has it.
    TokenId,
    /// The header `nonce`.
    NonceHeader,
}

impl PrivateKeyJwt {
    /// Signs with the Ed25519 key of this seed (the 32 bytes that RFC 8032 calls the private key).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self::new(Box::new(SigningKey::from_bytes(seed)), None)
    }

    /// Signs with the key of a JWK (RFC 8037): `kty` is `OKP`, `crv` is `Ed25519`, `d` is the
    /// private key and `x` the public one, in base64url with or without padding. A `kid` becomes
    /// the key id.
    ///
    /// # Errors
    /// [`Error::Build`] where it is no such key, where `d` is missing, or where `x` does not belong
    /// to `d`.
    pub fn from_jwk(text: &str) -> Result<Self, Error> {
        jwk::parse(text).map(|jwk| Self::new(jwk.key, jwk.key_id))
    }

    fn new(key: Box<SigningKey>, key_id: Option<String>) -> Self {
        Self {
            key,
            key_id,
            audience: Audience::TokenUrl,
            lifetime: DEFAULT_LIFETIME,
            not_before: None,
            unique_value: UniqueValue::TokenId,
            clock: Arc::default(),
        }
    }

    /// The name of the key, for the header `kid`.
    pub fn key_id(mut self, key_id: impl Into<String>) -> Self {
        self.key_id = Some(key_id.into());
        self
    }

    /// Whom the assertion is meant for; [`Audience::TokenUrl`] unless set.
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// How long an assertion is valid from its making: 1 to 300 seconds, 120 unless set. Parts of a
    /// second are dropped.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = lifetime;
        self
    }

    /// Adds the claim `nbf`, this long before the present, so that it is valid for a server whose
    /// clock is behind.
    pub fn not_before(mut self, margin: Duration) -> Self {
        self.not_before = Some(margin);
        self
    }

    /// Where the random value stands; [`UniqueValue::TokenId`] unless set.
    pub fn unique_value(mut self, place: UniqueValue) -> Self {
        self.unique_value = place;
        self
    }

    /// The assertion for a client, as a compact JWT: a pure function of the key and these four.
    ///
    /// A client makes its assertions itself, with the time and 16 random bytes in hexadecimal. This
    /// is for tests, and for token requests that are made elsewhere. `now` is in seconds since
    /// 1970.
    pub fn assertion(
        &self,
        client_id: &str,
        audience: &str,
        now: u64,
        unique: &str,
    ) -> SecretString {
        let Self { key, key_id, audience: _, lifetime, not_before, unique_value, clock: _ } = self;
        let (token_id, nonce) = match unique_value {
            UniqueValue::TokenId => (Some(unique), None),
            UniqueValue::NonceHeader => (None, Some(unique)),
        };
        let mut header = Object::new();
        header
            .text("alg", "EdDSA")
            .optional_text("kid", key_id.as_deref())
            .optional_text("nonce", nonce);
        let mut claims = Object::new();
        claims.text("iss", client_id).text("sub", client_id);
        claims.raw("aud", format_args!("[{}]", Quoted(audience)));
        claims.raw("exp", format_args!("{}", now.saturating_add(lifetime.as_secs())));
        if let Some(margin) = not_before {
            claims.raw("nbf", format_args!("{}", now.saturating_sub(margin.as_secs())));
        }
        claims.raw("iat", format_args!("{now}")).optional_text("jti", token_id);

        let header = URL_SAFE_NO_PAD.encode(header.end());
        let claims = URL_SAFE_NO_PAD.encode(claims.end());
        let mut token = Zeroizing::new(format!("{header}.{claims}"));
        let signature = URL_SAFE_NO_PAD.encode(key.sign(token.as_bytes()).to_bytes());
        token.reserve_exact(1 + signature.len());
        token.push('.');
        token.push_str(&signature);
        SecretString::from(token.as_str())
    }

    /// The assertion of this moment.
    pub(super) fn fresh_assertion(
        &self,
        client_id: &str,
        token_url: &Url,
    ) -> Result<SecretString, AuthError> {
        let now = u64::try_from(self.clock.now())
            .map_err(|error| AuthError::from_source(AuthErrorKind::Assertion, error))?;
        let mut random = [0; 16];
        getrandom::fill(&mut random)
            .map_err(|error| AuthError::from_source(AuthErrorKind::Assertion, error))?;
        let unique = format!("{:032x}", u128::from_be_bytes(random));
        Ok(self.assertion(client_id, &self.audience.text(token_url), now, &unique))
    }

    /// The clock that its assertions and those of its clones are made by.
    pub(super) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Checks what the setters took unseen.
    pub(super) fn check(&self) -> Result<(), Error> {
        if (Duration::from_secs(1)..=MAXIMAL_LIFETIME).contains(&self.lifetime) {
            Ok(())
        } else {
            Err(Error::build("the lifetime of a client assertion must be 1 to 300 seconds"))
        }
    }
}

/// The fields of an assertion (RFC 7521, section 4.2).
pub(super) fn fields(assertion: &SecretString) -> Vec<(&'static str, &str)> {
    vec![("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion.expose_secret())]
}

impl Audience {
    fn text(&self, token_url: &Url) -> String {
        match self {
            Self::TokenUrl => token_url.as_str().to_owned(),
            Self::TokenHost => token_url.host_str().unwrap_or_default().to_owned(),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A JSON object whose members are written in the order of the calls.
struct Object(String);

impl Object {
    fn new() -> Self {
        Self(String::from("{"))
    }

    fn raw(&mut self, name: &str, value: fmt::Arguments<'_>) -> &mut Self {
        let comma = if self.0.len() > 1 { "," } else { "" };
        // Writing to a `String` does not fail.
        let _ = write!(self.0, "{comma}\"{name}\":{value}");
        self
    }

    fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw(name, format_args!("{}", Quoted(value)))
    }

    fn optional_text(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A text as JSON.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", serde_json::Value::from(self.0))
    }
}

/// The settings without the key.
impl fmt::Debug for PrivateKeyJwt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKeyJwt")
            .field("key_id", &self.key_id)
            .field("audience", &self.audience)
            .field("lifetime", &self.lifetime)
            .field("not_before", &self.not_before)
            .field("unique_value", &self.unique_value)
            .finish_non_exhaustive()
    }
}
