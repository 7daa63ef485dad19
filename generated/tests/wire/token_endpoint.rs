//! A token endpoint that believes nothing: it answers with a token only if everything about the
//! request and its assertion is as documented, and otherwise says what is not.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use serde_json::{Value, json};

use crate::support::{Recorded, Reply};

/// A client that the endpoint knows.
pub(crate) struct Account {
    pub(crate) id: &'static str,
    pub(crate) seed: [u8; 32],
}

/// The account of most tests.
pub(crate) const ACCOUNT: Account =
    Account { id: "clever-otter-12345@acme.conductor.one/pcc", seed: [42; 32] };

impl Account {
    fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.seed)
    }

    /// The key as a JWK.
    pub(crate) fn jwk(&self) -> Value {
        json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "x": URL_SAFE_NO_PAD.encode(self.key().verifying_key().as_bytes()),
            "d": URL_SAFE_NO_PAD.encode(self.seed),
        })
    }

    /// The client secret.
    pub(crate) fn secret(&self) -> String {
        secret_of(&self.jwk())
    }
}

/// A client secret with this key in it.
pub(crate) fn secret_of(jwk: &Value) -> String {
    format!("secret-token:conductorone.com:v1:{}", URL_SAFE_NO_PAD.encode(jwk.to_string()))
}

pub(crate) struct TokenEndpoint {
    id: String,
    key: VerifyingKey,
    nonces: Mutex<BTreeSet<String>>,
    expires_in: u32,
}

impl TokenEndpoint {
    /// For one account. Its tokens are `token-1`, `token-2` and so on, and last for `expires_in`
    /// seconds.
    pub(crate) fn new(account: &Account, expires_in: u32) -> Self {
        let nonces = Mutex::default();
        let key = account.key().verifying_key();
        Self { id: account.id.to_owned(), key, nonces, expires_in }
    }

    pub(crate) fn answer(&self, request: &Recorded) -> Reply {
        match self.check(request) {
            Ok(number) => Reply::json(
                200,
                json!({
                    "access_token": format!("token-{number}"),
                    "token_type": "Bearer",
                    "expires_in": self.expires_in,
                })
                .to_string(),
            ),
            // not of the runtime
            Err(reason) => Reply::json(
                401,
                json!({"error": "invalid_client", "error_description": reason}).to_string(),
            ),
        }
    }

    /// How many tokens there are with this request.
    fn check(&self, request: &Recorded) -> Result<usize, String> {
        let headers: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        equal("line", &request.line.as_str(), &"POST /auth/v1/token HTTP/1.1")?;
        equal("accept", &request.header("accept"), &Some("application/json"))?;
        equal("header with a credential", &headers.contains(&"authorization"), &false)?;

        let [id, grant, kind, assertion]: [(String, String); 4] =
            request.form().try_into().map_err(|form| format!("the form is {form:?}"))?;
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        equal("id", &id, &pair("client_id", &self.id))?;
        equal("grant", &grant, &pair("grant_type", "client_credentials"))?;
        let jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        equal("type", &kind, &pair("client_assertion_type", jwt_bearer))?;
        equal("assertion", &assertion.0.as_str(), &"client_assertion")?;

        let (signed, signature) = assertion.1.rsplit_once('.').ok_or("no JWT")?;
        let signature = Signature::from_slice(&decoded(signature)?).map_err(|_| "no signature")?;
        self.key
            .verify_strict(signed.as_bytes(), &signature)
            .map_err(|_| "the signature is not one of the client's key")?;
        let (header, claims) = signed.split_once('.').ok_or("no claims")?;
        self.check_claims(&parsed(claims)?)?;
        self.use_nonce(&parsed(header)?)
    }

    fn check_claims(&self, claims: &Value) -> Result<(), String> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let issued = claims["iat"].as_u64().ok_or("no iat")?;
        // The request is on the same machine, so the clock is the same.
        equal("age under a minute", &(now - 60..=now).contains(&issued), &true)?;
        let expected = json!({
            "iss": self.id, "sub": self.id, "aud": ["127.0.0.1"],
            "iat": issued, "nbf": issued - 120, "exp": issued + 120,
        });
        equal("claims", claims, &expected)
    }

    fn use_nonce(&self, header: &Value) -> Result<usize, String> {
        let nonce = header["nonce"].as_str().ok_or("no nonce")?.to_owned();
        equal("header", header, &json!({"alg": "EdDSA", "nonce": nonce}))?;
        let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        equal("nonce of 16 bytes", &(nonce.len() == 32 && nonce.bytes().all(is_hex)), &true)?;
        let mut nonces = self.nonces.lock().unwrap();
        equal("new nonce", &nonces.insert(nonce), &true)?;
        Ok(nonces.len())
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, is: &T, should: &T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what}: {is:?} instead of {should:?}")) }
}

fn decoded(text: &str) -> Result<Vec<u8>, String> {
    URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string())
}

fn parsed(text: &str) -> Result<Value, String> {
    serde_json::from_slice(&decoded(text)?).map_err(|error| error.to_string())
}
