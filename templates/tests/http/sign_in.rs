//! The ways to sign in, as the token endpoint sees them.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::{Signature, SigningKey, VerifyingKey};
use oasmith_templates::runtime::{
    Audience, ClientAuthentication, ClientBuilder, ClientCredentials, Credentials, Error,
    PrivateKeyJwt, UniqueValue,
};
use serde_json::{Value, json};

use crate::setup::{API, SECRET, builder, get, secret_post, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

const SEED: [u8; 32] = [42; 32];

/// Signs in and returns the token request; the access token that it gave must be what the operation
/// then sends.
async fn token_request(credentials: impl Into<Credentials>) -> Recorded {
    let server = Server::start(|number, _| match number {
        0 => token("access-1", 600),
        _ => Reply::json(200, "{}"),
    })
    .await;
    get(&builder(&server).auth(credentials).build().unwrap()).send().await.unwrap();
    let [token_request, call] = server.requests().try_into().unwrap();
    assert_eq!(token_request.line, "POST /auth/v1/token HTTP/1.1");
    assert_eq!(call.header("authorization"), Some("Bearer access-1"));
    token_request
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_secret_in_the_form() {
    let credentials =
        secret_post().scope("a").scope("b").parameter("audience", "x y").parameter("resource", "r");
    let request = token_request(credentials).await;
    let expected = pairs(&[
        ("client_id", "client-1"),
        ("grant_type", "client_credentials"),
        ("client_secret", SECRET),
        ("scope", "a b"),
        ("audience", "x y"),
        ("resource", "r"),
    ]);
    assert_eq!(request.form(), expected);
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn a_secret_in_a_header_is_form_encoded_first() {
    let authentication = ClientAuthentication::SecretBasic("s:e c+r%é".into());
    let request = token_request(ClientCredentials::new("id:1@host/x", authentication)).await;
    assert_eq!(request.form(), pairs(&[("grant_type", "client_credentials")]));
    let encoded = request.header("authorization").unwrap().strip_prefix("Basic ").unwrap();
    let decoded = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
    assert_eq!(decoded, "id%3A1%40host%2Fx:s%3Ae+c%2Br%25%C3%A9");
}

#[tokio::test]
async fn an_assertion_is_verified_with_the_public_key() {
    let public = SigningKey::from_bytes(&SEED).verifying_key();
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    let before = now();
    let key = PrivateKeyJwt::from_seed(&SEED).key_id("key-1").lifetime(Duration::from_secs(60));
    let request =
        token_request(ClientCredentials::new("c", ClientAuthentication::PrivateKeyJwt(key))).await;
    let names: Vec<String> = request.form().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["client_id", "grant_type", "client_assertion_type", "client_assertion"]);
    let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    assert_eq!(request.field("client_assertion_type").as_deref(), Some(kind));
    assert_eq!(request.header("authorization"), None);

    let (header, claims) = verified(&public, &request.field("client_assertion").unwrap());
    assert_eq!(header, json!({"alg": "EdDSA", "kid": "key-1"}));
    let issued = claims["iat"].as_u64().unwrap();
    assert!((before..=now()).contains(&issued));
    assert_eq!(claims["exp"], issued + 60);
    assert_eq!((&claims["iss"], &claims["sub"]), (&json!("c"), &json!("c")));
    assert_eq!(
        claims["aud"],
        json!([format!("http://{}/auth/v1/token", request.header("host").unwrap())])
    );
    assert_eq!(claims["jti"].as_str().unwrap().len(), 32);
    assert_eq!(claims.get("nbf"), None);
}

#[tokio::test]
async fn an_assertion_can_have_a_nonce_and_the_host_as_audience() {
    let public = SigningKey::from_bytes(&SEED).verifying_key();
    let key = || {
        let key = PrivateKeyJwt::from_seed(&SEED).audience(Audience::TokenHost);
        key.unique_value(UniqueValue::NonceHeader).not_before(Duration::from_secs(90))
    };
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let request =
            token_request(ClientCredentials::new("c", ClientAuthentication::PrivateKeyJwt(key())))
                .await;
        let (header, claims) = verified(&public, &request.field("client_assertion").unwrap());
        assert_eq!(claims["aud"], json!(["127.0.0.1"]));
        assert_eq!(claims["nbf"], claims["iat"].as_u64().unwrap() - 90);
        assert_eq!(claims.get("jti"), None);
        nonces.push(header["nonce"].as_str().unwrap().to_owned());
    }
    assert!(
        nonces
            .iter()
            .all(|nonce| nonce.len() == 32 && nonce.bytes().all(|byte| byte.is_ascii_hexdigit()))
    );
    assert_ne!(nonces[0], nonces[1]);
}

fn verified(key: &VerifyingKey, assertion: &str) -> (Value, Value) {
    let (signed, signature) = assertion.rsplit_once('.').unwrap();
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    key.verify_strict(signed.as_bytes(), &signature).unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let json = |part| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    (json(header), json(claims))
}

#[tokio::test]
async fn the_token_url_can_be_another_host() {
    let tokens = Server::always(token("access-1", 600)).await;
    let server = Server::always(Reply::json(200, "{}")).await;
    let credentials = secret_post().token_url(format!("{}/elsewhere?v=1", tokens.url()));
    get(&builder(&server).auth(credentials).build().unwrap()).send().await.unwrap();
    assert_eq!(tokens.only_request().line, "POST /elsewhere?v=1 HTTP/1.1");
    assert_eq!(server.only_request().header("authorization"), Some("Bearer access-1"));
}

#[test]
fn credentials_are_checked_before_anything_is_sent() {
    let jwt = |seconds| {
        let key = PrivateKeyJwt::from_seed(&SEED).lifetime(Duration::from_secs(seconds));
        ClientCredentials::new("c", ClientAuthentication::PrivateKeyJwt(key))
    };
    let table = [
        (
            ClientCredentials::new("", ClientAuthentication::SecretPost("s".into())),
            "the client id is empty",
        ),
        (
            ClientCredentials::new("c", ClientAuthentication::SecretPost("".into())),
            "the client secret is empty",
        ),
        (
            ClientCredentials::new("c", ClientAuthentication::SecretBasic("".into())),
            "the client secret is empty",
        ),
        (
            secret_post().parameter("grant_type", "password"),
            "the token request sets `grant_type` itself",
        ),
        (
            secret_post().token_url("http://id.example.com/token"),
            "the token URL must be https; http is allowed",
        ),
        (
            secret_post().token_url("http://127.0.0.1:1/"),
            "the token URL must be https, because the server is",
        ),
        (
            secret_post().token_url("https://a:b@example.com"),
            "the token URL must not hold a user name",
        ),
        (jwt(0), "the lifetime of a client assertion must be 1 to 300 seconds"),
        (jwt(301), "the lifetime of a client assertion must be 1 to 300 seconds"),
    ];
    for (credentials, message) in table {
        let builder = ClientBuilder::new(&API).base_url("https://example.com");
        let error = builder.auth(credentials).build().fails();
        assert!(
            matches!(error, Error::Build(_)) && error.to_string().starts_with(message),
            "{error}"
        );
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_unless_that_is_meant() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let unsaid = builder(&server).build().unwrap();
    let error = get(&unsaid).send().await.fails();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert!(
        error.to_string().starts_with("items.get needs a credential, and the client has none"),
        "{error}"
    );
    assert!(server.requests().is_empty());

    get(&unsaid).anonymous().send().await.unwrap();
    get(&builder(&server).anonymous().build().unwrap()).send().await.unwrap();
    get(&builder(&server).auth(secret_post()).build().unwrap()).anonymous().send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.header("authorization").is_none()));
}
