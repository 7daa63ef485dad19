//! The account of the small C1: its key, and the token endpoint that verifies what it signs.

use std::collections::BTreeMap;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, SigningKey};
use serde_json::{Value, json};

use super::Answer;

/// What an assertion must be for: the host of the token URL, without a port.
const HOST: &str = "127.0.0.1";
const ID: &str = "curious-lynx-54321@acme.conductor.one/pcc";
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) struct Account {
    key: SigningKey,
    /// The token that was issued last.
    token: Option<String>,
}

impl Account {
    /// An account with a fresh key.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { key: SigningKey::from_bytes(&random()?), token: None })
    }

    pub(super) fn id(&self) -> &'static str {
        ID
    }

    /// The client secret: the key as a JWK (RFC 8037), behind C1's prefix.
    pub(super) fn secret(&self) -> String {
        let key = json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "x": URL_SAFE_NO_PAD.encode(self.key.verifying_key().as_bytes()),
            "d": URL_SAFE_NO_PAD.encode(self.key.to_bytes()),
        });
        format!("secret-token:conductorone.com:v1:{}", URL_SAFE_NO_PAD.encode(key.to_string()))
    }

    /// Whether the header holds the token that was issued last.
    pub(super) fn knows(&self, authorization: &str) -> bool {
        authorization.strip_prefix("Bearer ").is_some_and(|token| self.token.as_deref() == Some(token))
    }

    /// Answers a token request (RFC 6749, section 4.4, with an assertion of RFC 7523).
    pub(super) fn token(&mut self, form: &[u8]) -> Answer {
        let form: BTreeMap<_, _> = url::form_urlencoded::parse(form).into_owned().collect();
        let field = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
        let refused = |reason: &str| {
            let body = json!({"error": "invalid_client", "error_description": reason});
            Answer("401 Unauthorized", "", body)
        };
        if field("grant_type") != "client_credentials"
            || field("client_assertion_type") != ASSERTION_TYPE
            || field("client_id") != ID
        {
            return refused("the form is not one of a client of this tenant");
        }
        if let Err(reason) = self.verify(field("client_assertion")) {
            return refused(reason);
        }
        let Ok(token) = random::<16>().map(|bytes| URL_SAFE_NO_PAD.encode(bytes)) else {
            return Answer("503 Service Unavailable", "", json!({"error": "server_error"}));
        };
        self.token = Some(token.clone());
        let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": 600});
        Answer("200 OK", "", body)
    }

    /// Whether the account's key signed the assertion, for this tenant and for now.
    fn verify(&self, assertion: &str) -> Result<(), &'static str> {
        let malformed = "the assertion is not a JWT";
        let (signed, signature) = assertion.rsplit_once('.').ok_or(malformed)?;
        let (header, claims) = signed.split_once('.').ok_or(malformed)?;
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed);
        let value =
            |text| serde_json::from_slice::<Value>(&bytes(text)?).map_err(|_| malformed);
        let (header, claims) = (value(header)?, value(claims)?);
        let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| malformed)?;
        let key = self.key.verifying_key();
        key.verify_strict(signed.as_bytes(), &signature).map_err(|_| "the signature is not valid")?;

        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| malformed)?.as_secs();
        let time = |name: &str| claims[name].as_u64().unwrap_or_default();
        let is_now = time("nbf") <= now && (now..=now + 300).contains(&time("exp"));
        if header["alg"] != "EdDSA" || header["nonce"].as_str().map(str::len) != Some(32) {
            return Err("the assertion's header is not as documented");
        }
        if claims["iss"] != ID || claims["sub"] != ID || claims["aud"] != json!([HOST]) || !is_now {
            return Err("the assertion is for another client, server or time");
        }
        Ok(())
    }
}

fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes)
}
