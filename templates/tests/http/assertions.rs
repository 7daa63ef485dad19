//! The exact bytes of client assertions, against vectors from elsewhere.

use std::time::Duration;

use crate::support::Fails as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use oasmith_templates::runtime::{Audience, PrivateKeyJwt, UniqueValue};
use secrecy::ExposeSecret as _;

/// RFC 8037, appendix A.1: an Ed25519 key.
const RFC_PRIVATE: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const RFC_PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    URL_SAFE_NO_PAD.decode(text).unwrap().try_into().unwrap()
}

/// RFC 8037, appendix A.4: a signature by that key.
#[test]
fn rfc_8037_signature() {
    let signed = b"eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let expected =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(
        SigningKey::from_bytes(&bytes(RFC_PRIVATE)).sign(signed).to_bytes(),
        bytes::<64>(expected)
    );

    let jwk = format!(r#"{{"kty":"OKP","crv":"Ed25519","d":"{RFC_PRIVATE}","x":"{RFC_PUBLIC}"}}"#);
    let assertion = PrivateKeyJwt::from_jwk(&jwk).unwrap().assertion("c", "a", 0, "u");
    let (signed, signature) = assertion.expose_secret().rsplit_once('.').unwrap();
    let public = VerifyingKey::from_bytes(&bytes(RFC_PUBLIC)).unwrap();
    public.verify_strict(signed.as_bytes(), &Signature::from_bytes(&bytes(signature))).unwrap();
}

/// Made with Python's `cryptography` 48.0.0, from the seed 0x64, 0x65, .. 0x83 and these texts,
/// each in base64url: `{"alg":"EdDSA","kid":"key 1"}` and
/// `{"iss":"client \"a\"","sub":"client \"a\"", "aud":["https://id.example.test/token"],"exp":1800000060,"iat":1800000000,"jti":"00ff…00ff"}`
/// without the line end.
#[test]
fn an_assertion_made_elsewhere() {
    let expected = "eyJhbGciOiJFZERTQSIsImtpZCI6ImtleSAxIn0.\
        eyJpc3MiOiJjbGllbnQgXCJhXCIiLCJzdWIiOiJjbGllbnQgXCJhXCIiLCJhdWQiOlsiaHR0cHM6Ly9pZC5leGFtcGxlLnRlc3QvdG9rZW4i\
        XSwiZXhwIjoxODAwMDAwMDYwLCJpYXQiOjE4MDAwMDAwMDAsImp0aSI6IjAwZmYwMGZmMDBmZjAwZmYwMGZmMDBmZjAwZmYwMGZmIn0.\
        XYOZO3NhbFEEFoTYoi9Bf6JwkLove7DxgjifR5azxIxBho_RpSHjYuICP_gwUUfUoB4o9iHMJM-qJoRxteDUBA";
    let seed: [u8; 32] = std::array::from_fn(|index| 100 + u8::try_from(index).unwrap());
    let key = PrivateKeyJwt::from_seed(&seed).lifetime(Duration::from_secs(60));
    let made = |key: PrivateKeyJwt| {
        let audience = "https://id.example.test/token";
        let made = key.assertion(
            "client \"a\"",
            audience,
            1_800_000_000,
            "00ff00ff00ff00ff00ff00ff00ff00ff",
        );
        made.expose_secret().to_owned()
    };
    assert_eq!(made(key.key_id("key 1")), expected);

    let jwk = r#"{"kty":"OKP","crv":"Ed25519","kid":"key 1","d":"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoM=",
        "x":"C7w0aldmfDgBIL2cf9flHSxf3-o3zS9b9AWyxr9vLXg","use":"sig"}"#;
    assert_eq!(
        made(PrivateKeyJwt::from_jwk(jwk).unwrap().lifetime(Duration::from_secs(60))),
        expected
    );
}

/// The project's vector for ConductorOne, which lies beside the repository.
#[test]
fn the_vector_of_the_project() {
    let Some(vector) = crate::c1::vector() else { return };
    let text = |pointer: &str| vector.pointer(pointer).unwrap().as_str().unwrap();
    let seed = text("/seed_hex");
    let seed: [u8; 32] = std::array::from_fn(|index| {
        u8::from_str_radix(&seed[2 * index..2 * index + 2], 16).unwrap()
    });
    for key in [PrivateKeyJwt::from_seed(&seed), PrivateKeyJwt::from_jwk(text("/jwk")).unwrap()] {
        let margin = Duration::from_secs(120);
        let key = key.audience(Audience::TokenHost).lifetime(margin).not_before(margin);
        let now = vector["now"].as_u64().unwrap();
        let key = key.unique_value(UniqueValue::NonceHeader);
        let assertion =
            key.assertion(text("/client_id"), text("/derived/audience"), now, text("/nonce"));
        assert_eq!(assertion.expose_secret(), text("/assertion/compact"));
    }
}

#[test]
fn a_jwk_that_is_no_private_ed25519_key_is_refused() {
    let jwk = |members: &str| format!("{{{members}}}");
    let other = "C7w0aldmfDgBIL2cf9flHSxf3-o3zS9b9AWyxr9vLXg";
    let full = |kty: &str, crv: &str, d: &str, x: &str| {
        jwk(&format!(r#""kty":"{kty}","crv":"{crv}","d":"{d}","x":"{x}""#))
    };
    let table = [
        (String::new(), "the JWK is not a JSON object"),
        (format!("[\"{RFC_PRIVATE}\"]"), "the JWK is not a JSON object"),
        (format!("{{\"d\":\"{RFC_PRIVATE}"), "the JWK is not a JSON object"),
        (full("EC", "Ed25519", RFC_PRIVATE, RFC_PUBLIC), "the JWK's `kty` must be `OKP`"),
        (full("OKP", "X25519", RFC_PRIVATE, RFC_PUBLIC), "the JWK's `crv` must be `Ed25519`"),
        (jwk(&format!(r#""kty":"OKP","crv":"Ed25519","x":"{RFC_PUBLIC}""#)), "the JWK has no `d`"),
        (jwk(&format!(r#""kty":"OKP","crv":"Ed25519","d":"{RFC_PRIVATE}""#)), "the JWK has no `x`"),
        (full("OKP", "Ed25519", RFC_PRIVATE, other), "the JWK's `x` does not belong to its `d`"),
        (
            full("OKP", "Ed25519", &RFC_PRIVATE[..40], RFC_PUBLIC),
            "the JWK's `d` is not 32 bytes in base64url",
        ),
        (
            full("OKP", "Ed25519", &RFC_PRIVATE.repeat(3), RFC_PUBLIC),
            "the JWK's `d` is not 32 bytes in base64url",
        ),
        (full("OKP", "Ed25519", RFC_PRIVATE, "!!!"), "the JWK's `x` is not 32 bytes in base64url"),
    ];
    for (text, message) in table {
        let error = PrivateKeyJwt::from_jwk(&text).fails();
        assert!(error.to_string().starts_with(message), "{error}");
        assert!(!format!("{error:?}").contains(&RFC_PRIVATE[..20]), "{error:?}");
    }
}
