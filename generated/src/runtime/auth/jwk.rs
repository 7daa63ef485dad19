// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Ed25519 keys in the form of RFC 8037: a JWK of type `OKP`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_PAD_INDIFFERENT;
use ed25519_dalek::SigningKey;
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::runtime::Error;

/// A private key and the name that the JWK gives it.
pub(super) struct Jwk {
    pub(super) key: Box<SigningKey>,
    pub(super) key_id: Option<String>,
}

/// Reads a private JWK. The messages name the member and never repeat its value.
pub(super) fn parse(text: &str) -> Result<Jwk, Error> {
    // The parser's own message is left out: it can say nothing that helps without saying what the
    // key looks like.
    let mut members: Map<String, Value> =
        serde_json::from_str(text).map_err(|_| Error::build("the JWK is not a JSON object"))?;
    let private = take_text(&mut members, "d").map(Zeroizing::new);
    if take_text(&mut members, "kty").as_deref() != Some("OKP") {
        return Err(Error::build("the JWK's `kty` must be `OKP`"));
    }
    if take_text(&mut members, "crv").as_deref() != Some("Ed25519") {
        return Err(Error::build("the JWK's `crv` must be `Ed25519`"));
    }
    let Some(private) = private else {
        return Err(Error::build(
            "the JWK has no `d`: it is a public key, and the private key is needed",
        ));
    };
    let public = take_text(&mut members, "x").ok_or_else(|| Error::build("the JWK has no `x`"))?;
    let key = Box::new(SigningKey::from_bytes(&*bytes("d", &private)?));
    if key.verifying_key().as_bytes() != &*bytes("x", &public)? {
        return Err(Error::build("the JWK's `x` does not belong to its `d`"));
    }
    Ok(Jwk { key, key_id: take_text(&mut members, "kid") })
}

fn take_text(members: &mut Map<String, Value>, name: &str) -> Option<String> {
    match members.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn bytes(name: &str, text: &str) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut bytes = Zeroizing::new([0; 32]);
    match URL_SAFE_PAD_INDIFFERENT.decode_slice(text, bytes.as_mut_slice()) {
        Ok(32) => Ok(bytes),
        _ => Err(Error::build(format!("the JWK's `{name}` is not 32 bytes in base64url"))),
    }
}
