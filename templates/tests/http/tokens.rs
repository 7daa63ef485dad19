//! Tokens: kept while fresh, fetched once however many wait, and replaced once when refused.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use oasmith_templates::runtime::{AuthErrorKind, Client, Error, RequestOptions};

use crate::setup::{
    SECRET, builder, client, get, oauth_client, post, secret_post, shown, skip, token,
};
use crate::support::{Fails as _, Recorded, Reply, Server};

fn is_token(request: &Recorded) -> bool {
    request.target() == "/auth/v1/token"
}

fn token_requests(server: &Server) -> usize {
    server.requests().iter().filter(|request| is_token(request)).count()
}

/// A server that answers token requests by `tokens`, which gets their number, and accepts all
/// tokens.
async fn server(tokens: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_, request| {
        if is_token(request) {
            tokens(count.fetch_add(1, Ordering::SeqCst))
        } else {
            Reply::json(200, "{}")
        }
    })
    .await
}

/// As many requests at once; how many of them failed.
async fn at_once(client: &Client, count: usize) -> usize {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..count {
        tasks.spawn(get(client).send());
    }
    tasks.join_all().await.into_iter().filter_map(|result| result.seen().err()).count()
}

#[tokio::test]
async fn a_hundred_callers_fetch_one_token() {
    let server = server(|_| token("t", 600).after(Duration::from_millis(50))).await;
    let client = oauth_client(&server);
    assert_eq!(at_once(&client, 100).await, 0);
    assert_eq!((token_requests(&server), server.requests().len()), (1, 101));
    get(&client.clone()).send().await.unwrap();
    assert_eq!(token_requests(&server), 1);
}

#[tokio::test]
async fn a_hundred_callers_share_one_failure_and_the_next_one_tries_again() {
    let server = server(|number| match number {
        0 => Reply::json(503, "{}").after(Duration::from_millis(200)),
        _ => token("t", 600),
    })
    .await;
    let client = oauth_client(&server);
    assert_eq!(at_once(&client, 100).await, 100);
    assert_eq!(server.requests().len(), 1);
    skip(Duration::from_millis(1001)).await;
    get(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn a_caller_who_gives_up_does_not_take_the_others_along() {
    let server = server(|number| match number {
        0 => token("late", 600).after(Duration::from_secs(60)),
        _ => token("t", 600),
    })
    .await;
    let client = oauth_client(&server);
    let first = tokio::spawn(
        get(&client).options(RequestOptions::new().timeout(Duration::from_millis(200))).send(),
    );
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(at_once(&client, 10).await, 0);
    assert!(matches!(first.await.unwrap().seen(), Err(Error::Timeout(_))));
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn a_token_is_used_for_half_of_a_short_life() {
    let server = server(|number| token(&format!("t{number}"), 2)).await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 1);
    skip(Duration::from_millis(1100)).await;
    get(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 2);
    assert_eq!(server.requests().last().unwrap().header("authorization"), Some("Bearer t1"));
}

#[tokio::test]
async fn a_token_without_a_lifetime_is_kept_for_a_while_and_one_of_no_time_is_not() {
    let answer = r#"{"access_token":"t","token_type":"bEaReR"}"#;
    let unknown = Server::always(Reply::json(200, answer)).await;
    let client = oauth_client(&unknown);
    for age in [0, 200, 39, 2] {
        skip(Duration::from_secs(age)).await;
        get(&client).send().await.unwrap();
    }
    assert_eq!(token_requests(&unknown), 2);

    let answer = r#"{"access_token":"t","token_type":"bearer","expires_in":0}"#;
    let server = server(move |_| Reply::json(200, answer).after(Duration::from_millis(100))).await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 2);
    assert_eq!(at_once(&client, 20).await, 0);
    assert_eq!(token_requests(&server), 3, "those who waited share it");
}

#[tokio::test]
async fn a_token_that_runs_out_on_the_way_is_replaced_again() {
    let late = Reply::json(401, "{}").after(Duration::from_millis(1_100));
    let soon = Reply::json(401, "{}");
    let server = Server::start(move |number, request| match request.target() {
        "/auth/v1/token" => token(&format!("token-{number}"), 1),
        "/items/7" if number < 7 => late.clone(),
        _ => soon.clone(),
    })
    .await;
    let error = get(&oauth_client(&server)).send().await.fails();
    assert_eq!(error.status().unwrap().as_u16(), 401);
    // Three times behind one that had run out, and once behind one that had not.
    assert_eq!(error.attempts(), 5);
    assert_eq!(server.requests().len(), 10);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let tokens = AtomicUsize::new(0);
    let server = Server::start(move |_, request| match request.header("authorization") {
        None => token(&format!("t{}", tokens.fetch_add(1, Ordering::SeqCst)), 600),
        Some("Bearer t0") => Reply::json(401, "{}"),
        Some(_) => Reply::json(200, "{\"n\":1}"),
    })
    .await;
    let client = oauth_client(&server);
    assert_eq!(post(&client).send().await.unwrap()["n"], 1);
    let [_, refused, _, replayed] = server.requests().try_into().unwrap();
    assert_eq!((&refused.line, &refused.body), (&replayed.line, &replayed.body));
    assert_eq!(replayed.header("authorization"), Some("Bearer t1"));
    post(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 2, "the new token is kept");
}

#[tokio::test]
async fn a_hundred_refusals_of_one_token_fetch_one_more() {
    let tokens = AtomicUsize::new(0);
    let server = Server::start(move |_, request| match request.header("authorization") {
        None => token(&format!("t{}", tokens.fetch_add(1, Ordering::SeqCst)), 600),
        Some("Bearer t0") => Reply::json(401, "{}").after(Duration::from_millis(30)),
        Some(_) => Reply::json(200, "{}"),
    })
    .await;
    assert_eq!(at_once(&oauth_client(&server), 100).await, 0);
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn a_server_that_refuses_every_token_is_asked_twice() {
    let server = Server::start(|_, request| {
        if is_token(request) { token("t", 600) } else { Reply::json(401, r#"{"message":"never"}"#) }
    })
    .await;
    let error = get(&oauth_client(&server)).send().await.fails();
    assert_eq!(error.as_api().unwrap().message(), Some("never"));
    assert_eq!((server.requests().len(), token_requests(&server)), (4, 2));
}

#[tokio::test]
async fn a_static_token_is_not_replayed() {
    let server = Server::always(Reply::json(401, "{}")).await;
    assert_eq!(get(&client(&server)).send().await.fails().status().unwrap().as_u16(), 401);
    server.only_request();
}

#[tokio::test]
async fn both_halves_of_an_oauth_error_are_kept() {
    let table = [
        (
            400,
            r#"{"error":"invalid_client","error_description":"No such\nclient"}"#,
            Some("invalid_client"),
            Some("No such client"),
        ),
        (200, r#"{"error":"invalid_grant"}"#, Some("invalid_grant"), None),
        (401, "<html>", None, None),
        (500, "", None, None),
    ];
    for (status, body, code, description) in table {
        let server = Server::always(Reply::json(status, body)).await;
        let error = get(&oauth_client(&server)).send().await.fails();
        let Error::Auth(auth) = &error else { panic!("{error:?}") };
        assert_eq!((auth.oauth_error(), auth.oauth_description()), (code, description));
        assert!(
            error.to_string().starts_with(&format!("the token endpoint answered {status} ")),
            "{error}"
        );
        server.only_request();
    }
    let echo = format!(r#"{{"error":"x","error_description":"secret {SECRET} is wrong"}}"#);
    let server = Server::always(Reply::json(400, echo)).await;
    let error = get(&oauth_client(&server)).send().await.fails();
    assert!(error.to_string().ends_with(": x: secret [redacted] is wrong"), "{error}");
    assert!(!shown(&error).contains(SECRET));
}

#[tokio::test]
async fn hostile_token_answers_are_refused() {
    let with =
        |members: &str| format!(r#"{{"access_token":"hush","token_type":"Bearer"{members}}}"#);
    let table = [
        (String::new(), "it is not a JSON object"),
        ("<html>".to_owned(), "it is not a JSON object"),
        ("[]".to_owned(), "it is not a JSON object"),
        ("{}".to_owned(), "it has no `access_token`"),
        (r#"{"access_token":7,"token_type":"Bearer"}"#.to_owned(), "it has no `access_token`"),
        (
            r#"{"access_token":"","token_type":"Bearer"}"#.to_owned(),
            "its `access_token` is empty or cannot be sent in a header",
        ),
        (
            r#"{"access_token":"hush\r\nx: y","token_type":"Bearer"}"#.to_owned(),
            "its `access_token` is empty or cannot be sent in a header",
        ),
        (r#"{"access_token":"hush"}"#.to_owned(), "it has no `token_type`"),
        (
            r#"{"access_token":"hush","token_type":"mac"}"#.to_owned(),
            "its `token_type` is not `Bearer`",
        ),
        (with(r#","expires_in":"soon""#), "its `expires_in` is not a number of seconds"),
        (with(r#","expires_in":"NaN""#), "its `expires_in` is not a number of seconds"),
        (with(r#","expires_in":[]"#), "its `expires_in` is not a number of seconds"),
        (format!("{}{}", with(""), " ".repeat(300 * 1024)), "it is too large"),
    ];
    for (body, reason) in table {
        let server = Server::always(Reply::json(200, body)).await;
        let error = get(&oauth_client(&server)).send().await.fails();
        let Error::Auth(auth) = &error else { panic!("{error:?}") };
        assert_eq!(auth.kind(), &AuthErrorKind::InvalidAnswer { reason });
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
    }
    for expires_in in ["600", "\"600\"", "600.5", "1e300", "18446744073709551615", "-1", "null"] {
        let members = format!(r#","expires_in":{expires_in}"#);
        let answer = with(&members);
        let server = server(move |_| Reply::json(200, &answer)).await;
        get(&oauth_client(&server)).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_away_is_an_auth_error() {
    let server = Server::always(Reply::raw("").then_close()).await;
    let error = get(&oauth_client(&server)).send().await.fails();
    assert_eq!(error.to_string(), "the token endpoint gave no answer");
    assert!(shown(&error).contains("token request (POST"), "{}", shown(&error));

    let slow = Server::always(token("t", 600).after(Duration::from_secs(60))).await;
    let http = reqwest::Client::builder().timeout(Duration::from_millis(100)).build().unwrap();
    let client = builder(&slow).http_client(http).auth(secret_post()).build().unwrap();
    let error = get(&client).send().await.fails();
    assert!(matches!(error, Error::Auth(_)) && error.is_timeout(), "{error:?}");
}
