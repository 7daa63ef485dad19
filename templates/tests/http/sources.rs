//! Token exchange: where subject tokens come from, and that each is fresh.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use oasmith_templates::runtime::{AuthErrorKind, Credentials, Error, SubjectToken, TokenExchange};
use secrecy::SecretString;

use crate::setup::{builder, get, shown, skip, token};
use crate::support::{Fails as _, Reply, Server};

/// Longer than any pause after an error.
const PAUSE: Duration = Duration::from_secs(30);

/// A server whose tokens live for no time, so that each request fetches one.
async fn server() -> Server {
    Server::start(|_, request| match request.target() {
        "/auth/v1/token" => token("access", 0),
        _ => Reply::json(200, "{}"),
    })
    .await
}

fn subject_tokens(server: &Server) -> Vec<String> {
    server
        .requests()
        .iter()
        .filter(|request| request.target() == "/auth/v1/token")
        .map(|request| request.field("subject_token").unwrap())
        .collect()
}

#[tokio::test]
async fn a_file_is_read_for_each_exchange() {
    let server = server().await;
    let path = std::env::temp_dir().join(format!("oasmith-subject-token-{}", std::process::id()));
    let exchange =
        TokenExchange::new("client/wfe", SubjectToken::file(&path)).parameter("audience", "a");
    let client = builder(&server).auth(exchange).build().unwrap();
    for content in ["first.jwt", "\n second.jwt \n"] {
        std::fs::write(&path, content).unwrap();
        get(&client).send().await.unwrap();
    }
    assert_eq!(subject_tokens(&server), ["first.jwt", "second.jwt"]);
    let names: Vec<String> =
        server.requests()[0].form().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["client_id", "grant_type", "subject_token", "subject_token_type", "audience"]
    );
    let field = |name| server.requests()[0].field(name).unwrap();
    assert_eq!(field("client_id"), "client/wfe");
    assert_eq!(field("grant_type"), "urn:ietf:params:oauth:grant-type:token-exchange");
    assert_eq!(field("subject_token_type"), "urn:ietf:params:oauth:token-type:jwt");

    let table = [
        (" \n".to_owned(), "it is empty, or not one word"),
        ("hush hush".to_owned(), "it is empty, or not one word"),
        ("x".repeat(70_000), "the file is larger than 64 KiB"),
    ];
    for (content, expected) in table {
        std::fs::write(&path, content).unwrap();
        skip(PAUSE).await;
        let error = get(&client).send().await.fails();
        let Error::Auth(auth) = &error else { panic!("{error:?}") };
        assert_eq!(auth.kind(), &AuthErrorKind::SubjectToken { reason: expected });
        assert!(!shown(&error).contains("hush"));
    }
    std::fs::remove_file(&path).unwrap();
    skip(PAUSE).await;
    let error = get(&client).send().await.fails();
    assert_eq!(error.to_string(), "no subject token for the exchange: the file could not be read");
    assert_eq!(subject_tokens(&server).len(), 2);
}

#[tokio::test]
async fn a_function_is_called_for_each_exchange() {
    let server = server().await;
    let calls = Arc::new(AtomicUsize::new(0));
    let provider = SubjectToken::function(move || {
        let number = calls.fetch_add(1, Ordering::SeqCst);
        async move {
            tokio::task::yield_now().await;
            match number {
                0 | 1 => Ok(SecretString::from(format!("jwt-{number}"))),
                _ => Err("the issuer is away".into()),
            }
        }
    });
    let exchange = TokenExchange::new("c", provider).subject_token_type("urn:x").scope("s");
    let client = builder(&server).auth(Credentials::token_exchange(exchange)).build().unwrap();
    get(&client).send().await.unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(subject_tokens(&server), ["jwt-0", "jwt-1"]);
    assert_eq!(server.requests()[0].field("subject_token_type").as_deref(), Some("urn:x"));
    assert_eq!(server.requests()[0].field("scope").as_deref(), Some("s"));
    let error = get(&client).send().await.fails();
    assert!(shown(&error).contains("the issuer is away"), "{}", shown(&error));
}
