//! Nothing that can be printed shows a secret.

use http::{HeaderName, HeaderValue};
use oasmith_templates::runtime::{
    ClientAuthentication, ClientCredentials, Credentials, NoBody, PrivateKeyJwt, Request,
    RequestOptions, SubjectToken, TokenExchange, Verb,
};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;

use crate::setup::{BEARER, SECRET, builder, get, secret_post, shown, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

const SUBJECT: &str = "subject-token-77aa";
const TOKEN: &str = "access-token-31bf";

/// What `c` and its secret are in a header.
const BASIC: &str = "YzpjbGllbnQtc2VjcmV0LTlkMjc=";

/// What an assertion begins with.
const ASSERTION: &str = "eyJhbGci";

/// The seed of the key as each of the forms in which it could show.
const SEED: [u8; 32] = *b"seed-of-a-private-key-0123456789";

fn credentials() -> Vec<Credentials> {
    let key = || ClientAuthentication::PrivateKeyJwt(PrivateKeyJwt::from_seed(&SEED));
    let basic = ClientAuthentication::SecretBasic(SECRET.into());
    let subject = SubjectToken::function(|| async { Ok(SecretString::from(SUBJECT)) });
    vec![
        Credentials::bearer(BEARER),
        secret_post().parameter("password", "hidden-header").into(),
        ClientCredentials::new("c", basic).into(),
        ClientCredentials::new("c", key()).into(),
        TokenExchange::new("c", subject).parameter("actor_token", "hidden-header").into(),
    ]
}

#[track_caller]
fn assert_clean(text: &str) {
    let seed_numbers = SEED[..4].iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let forms = [
        BEARER,
        SECRET,
        BASIC,
        ASSERTION,
        SUBJECT,
        TOKEN,
        "seed-of-a",
        "query-value",
        "hidden-header",
        &seed_numbers,
    ];
    for secret in forms {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn debug_output_is_clean() {
    let server = Server::always(Reply::json(200, "{}")).await;
    for credentials in credentials() {
        assert_clean(&format!("{credentials:?}{credentials:#?}"));
        let builder = builder(&server).auth(credentials);
        assert_clean(&format!("{builder:?}{builder:#?}"));
        let client = builder.build().unwrap();
        assert_clean(&format!("{client:?}{client:#?}"));
        let header = RequestOptions::new()
            .header(HeaderName::from_static("x-key"), HeaderValue::from_static("hidden-header"));
        assert_clean(&format!("{header:?}"));
        let request: Request<Value, Value> = Request::new(&client, Verb::Post, "/items/{id}")
            .operation("x")
            .path("id", SECRET)
            .query("q", "query-value")
            .header("x-key", "hidden-header")
            .options(header)
            .body(Value::from(SECRET));
        let text = format!("{request:?}{request:#?}");
        assert_clean(&text);
        assert!(text.contains("/items/{id}") && text.contains("x-key"), "{text}");
    }
    let unbuilt = builder(&server).base_url(format!("https://user:{SECRET}@example.com/"));
    assert_clean(&format!("{unbuilt:?}"));
    assert_clean(&shown(&unbuilt.build().fails()));
}

/// Each way to sign in against each kind of bad server: one that repeats what it was sent, wherever
/// it can.
#[tokio::test]
async fn errors_are_clean() {
    for case in 0..8 {
        for credentials in credentials() {
            let server = Server::start(move |_, request| {
                let echo =
                    serde_json::json!({"error": "e", "error_description": secrets_of(request)});
                let echo = echo.to_string();
                let is_token = request.target() == "/auth/v1/token";
                match case {
                    0 if is_token => Reply::json(400, echo),
                    1 if is_token => {
                        Reply::redirect(307, "https://other.example.test/?q=query-value")
                    }
                    2 if is_token => Reply::raw("").then_close(),
                    3 if is_token => Reply::json(200, "{\"access_token\":\"access-token-31bf\"}"),
                    _ if is_token => token(TOKEN, 600),
                    4 => Reply::json(403, echo),
                    5 => Reply::redirect(307, "https://other.example.test/?q=query-value"),
                    6 => Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n").then_close(),
                    _ => Reply::json(200, format!("{{\"a\":\"{TOKEN}\"}} {TOKEN}")),
                }
            })
            .await;
            let client = builder(&server).auth(credentials).build().unwrap();
            if let Err(error) = get(&client).query("q", "query-value").send().await.seen() {
                assert_clean(&shown(&error));
            } else {
                assert!(case < 4, "case {case}");
            }
        }
    }
}

/// The secrets of a request, as the server got them.
fn secrets_of(request: &Recorded) -> String {
    let mut texts = vec![request.header("authorization").unwrap_or_default().to_owned()];
    if request.header("content-type").is_some() {
        let fields = ["client_secret", "client_assertion", "subject_token"];
        texts.extend(fields.into_iter().filter_map(|name| request.field(name)));
    }
    texts.join(" ")
}

#[test]
fn an_assertion_shows_only_on_demand() {
    let assertion = PrivateKeyJwt::from_seed(&SEED).assertion("c", "a", 0, "u");
    assert!(!format!("{assertion:?}").contains(assertion.expose_secret()));
}

#[tokio::test]
async fn a_credential_is_marked_sensitive() {
    // The options of a request are the only place where a caller can see what becomes of a header.
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = builder(&server).auth(Credentials::bearer(BEARER)).build().unwrap();
    let request: Request<NoBody, Value> = Request::new(&client, Verb::Get, "/x")
        .operation("x")
        .header("Authorization", "hidden-header");
    assert_clean(&format!("{request:?}"));
    request.send().await.unwrap();
    assert_eq!(server.only_request().header("authorization"), Some("hidden-header"));
}
