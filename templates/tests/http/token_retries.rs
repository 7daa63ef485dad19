//! Retries of token requests, and calls whose token and attempts both fail.

use std::collections::BTreeSet;
use std::time::Duration;

use oasmith_templates::runtime::{
    AuthErrorKind, Client, ClientAuthentication, ClientCredentials, Error, PrivateKeyJwt,
    SubjectToken, TokenExchange,
};

use crate::retries::fast;
use crate::setup::{SECRET, builder, get, post, secret_post, shown, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

fn is_token(request: &Recorded) -> bool {
    request.target() == "/auth/v1/token"
}

fn token_requests(server: &Server) -> Vec<Recorded> {
    server.requests().into_iter().filter(is_token).collect()
}

/// A server whose token endpoint gives these answers, and the last one for ever.
async fn server(tokens: impl Into<Vec<Reply>>) -> Server {
    let (tokens, count) = (tokens.into(), std::sync::atomic::AtomicUsize::new(0));
    Server::start(move |_, request| {
        if !is_token(request) {
            return Reply::json(200, "{}");
        }
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        tokens[number.min(tokens.len() - 1)].clone()
    })
    .await
}

fn client(server: &Server) -> Client {
    let builder = builder(server).retry(fast()).attempt_timeout(Duration::from_millis(200));
    builder.auth(secret_post()).build().unwrap()
}

#[tokio::test]
async fn faults_that_pass_and_faults_that_stay() {
    let retried = [
        Reply::json(408, "{}"),
        Reply::json(429, r#"{"error":"slow_down"}"#),
        Reply::json(500, "{}"),
        Reply::json(502, "<html>"),
        Reply::json(503, "{}"),
        Reply::json(504, "{}"),
        Reply::raw("").then_close(),
        Reply::raw("").then_reset(),
        Reply::raw("").after(Duration::from_secs(60)),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"acc").then_close(),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{\"acc"),
    ];
    for fault in retried {
        let passing = server([fault.clone(), fault.clone(), token("t", 600)]).await;
        get(&client(&passing)).send().await.unwrap();
        assert_eq!(token_requests(&passing).len(), 3, "{fault:?}");

        let staying = server([fault.clone()]).await;
        let error = post(&client(&staying)).send().await.fails();
        assert!(matches!(error, Error::Auth(_)), "{error:?}");
        assert_eq!((error.attempts(), staying.requests().len()), (3, 3), "{fault:?}");
        assert!(error.to_string().ends_with(" (3 attempts)"), "{error}");
        assert!(!shown(&error).contains(SECRET));
    }
    let refused = [
        Reply::json(400, r#"{"error":"invalid_client"}"#),
        Reply::json(401, "{}"),
        Reply::json(501, "{}"),
        Reply::json(200, "{}"),
        Reply::json(200, r#"{"error":"invalid_grant"}"#),
        Reply::redirect(307, "/elsewhere"),
    ];
    for fault in refused {
        let server = server([fault.clone()]).await;
        let error = get(&client(&server)).send().await.fails();
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{fault:?}");
        assert!(!error.to_string().contains("attempts"), "{error}");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_not_there() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let gone = Server::always(Reply::raw("")).await;
    let credentials = secret_post().token_url(format!("{}/token", gone.url()));
    drop(gone);
    tokio::time::sleep(Duration::from_millis(20)).await;
    let client = builder(&server).retry(fast()).auth(credentials).build().unwrap();
    let error = get(&client).send().await.fails();
    let Error::Auth(auth) = &error else { panic!("{error:?}") };
    assert_eq!((auth.kind(), auth.attempts()), (&AuthErrorKind::Unreachable, 3));
    assert_eq!(error.to_string(), "the token endpoint gave no answer (3 attempts)");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn each_attempt_has_an_assertion_of_its_own() {
    let server = server([Reply::json(503, "{}"), Reply::json(503, "{}"), token("t", 600)]).await;
    let key = PrivateKeyJwt::from_seed(&[7; 32]);
    let credentials = ClientCredentials::new("c", ClientAuthentication::PrivateKeyJwt(key));
    let client = builder(&server).retry(fast()).auth(credentials).build().unwrap();
    get(&client).send().await.unwrap();
    let requests = token_requests(&server);
    let assertions: BTreeSet<_> =
        requests.iter().map(|request| request.field("client_assertion").unwrap()).collect();
    assert_eq!((requests.len(), assertions.len()), (3, 3));
}

#[tokio::test]
async fn each_attempt_has_a_subject_token_of_its_own() {
    let server = server([Reply::json(503, "{}"), token("t", 600)]).await;
    let count = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let subject = SubjectToken::function(move || {
        let number = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        async move { Ok(format!("subject-{number}").into()) }
    });
    let client = builder(&server).retry(fast()).auth(TokenExchange::new("c", subject));
    get(&client.build().unwrap()).send().await.unwrap();
    let subjects: Vec<_> =
        token_requests(&server).iter().map(|one| one.field("subject_token").unwrap()).collect();
    assert_eq!(subjects, ["subject-0", "subject-1"]);
}

#[tokio::test]
async fn a_hundred_callers_share_the_retries() {
    let server = server([
        Reply::json(503, "{}").after(Duration::from_millis(100)),
        Reply::raw("").then_reset(),
        token("t", 600),
    ])
    .await;
    // Without the limit of `client`, which a hundred calls at once may pass.
    let client = builder(&server).retry(fast()).auth(secret_post()).build().unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        calls.spawn(get(&client).send());
    }
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    assert_eq!((token_requests(&server).len(), server.requests().len()), (3, 103));
}

#[tokio::test]
async fn a_refused_token_and_a_fault_in_one_call() {
    let tokens = std::sync::atomic::AtomicUsize::new(0);
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, request| {
        let next = |count: &std::sync::atomic::AtomicUsize| {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)
        };
        match request.header("authorization") {
            None => token(&format!("t{}", next(&tokens)), 600),
            Some("Bearer t0") if next(&calls) == 0 => Reply::json(503, "{}"),
            Some("Bearer t0") => Reply::json(401, "{}"),
            Some(_) if next(&calls) == 2 => Reply::raw("").then_reset(),
            Some(_) => Reply::json(200, "{}"),
        }
    })
    .await;
    // 503, 401, a reset with the fresh token, and the answer: the fresh token costs no attempt.
    get(&client(&server)).send().await.unwrap();
    assert_eq!((token_requests(&server).len(), server.requests().len()), (2, 6));
}
