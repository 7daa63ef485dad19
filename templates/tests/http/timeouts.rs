//! Time limits of connections, attempts and calls, and calls that are given up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use oasmith_templates::runtime::{
    Client, ClientBuilder, Credentials, Error, RequestOptions, RetryPolicy,
};

use crate::retries::fast;
use crate::setup::{API, BEARER, builder, get, post, secret_post, shown, token};
use crate::support::{Fails as _, Reply, Server};

const SHORT: Duration = Duration::from_millis(60);
const LONG: Duration = Duration::from_secs(60);

async fn silent() -> Server {
    Server::always(Reply::raw("").after(LONG)).await
}

fn build(builder: ClientBuilder) -> Client {
    builder.auth(Credentials::bearer(BEARER)).build().unwrap()
}

/// The limit that passed, and how many attempts there were.
async fn passed(client: &Client, options: RequestOptions) -> (Option<Duration>, u32) {
    let begun = Instant::now();
    let error = get(client).options(options).send().await.fails();
    assert!(begun.elapsed() < Duration::from_secs(10), "{error}");
    let Error::Timeout(timeout) = &error else { panic!("{error:?}") };
    assert!(error.is_timeout() && !shown(&error).contains(BEARER));
    (timeout.limit(), error.attempts())
}

#[tokio::test]
async fn an_attempt_has_a_limit_of_the_client_or_of_the_request() {
    let server = silent().await;
    let none = RequestOptions::new;
    let client = build(builder(&server).retry(fast()).attempt_timeout(SHORT));
    assert_eq!(passed(&client, none()).await, (Some(SHORT), 3));
    let other = SHORT * 2;
    assert_eq!(passed(&client, none().attempt_timeout(other)).await, (Some(other), 3));
    let without = none().attempt_timeout(Duration::MAX).timeout(other);
    assert_eq!(passed(&client, without).await, (Some(other), 1));
    let never = none().retry(RetryPolicy::never());
    assert_eq!(passed(&client, never).await, (Some(SHORT), 1));

    let client = build(builder(&server).retry(fast()).timeout(other));
    assert_eq!(passed(&client, none().attempt_timeout(SHORT * 9)).await, (Some(other), 1));
}

#[tokio::test]
async fn the_limit_of_the_call_holds_for_all_attempts() {
    let server = silent().await;
    let total = Duration::from_millis(300);
    let client = build(builder(&server).retry(fast().with_attempts(1000)).attempt_timeout(SHORT));
    let begun = Instant::now();
    let error = get(&client).options(RequestOptions::new().timeout(total)).send().await.fails();
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(error.is_timeout() && (2..=6).contains(&error.attempts()), "{error}");
    let count = server.requests().len();
    tokio::time::sleep(SHORT).await;
    assert_eq!(server.requests().len(), count, "nothing is sent afterwards");
}

#[tokio::test]
async fn a_call_without_time_for_another_attempt_tells_the_last_answer() {
    let server = Server::always(Reply::json(503, r#"{"message":"later"}"#)).await;
    let policy = RetryPolicy::new().with_attempts(99).with_backoff(LONG, LONG);
    let client = build(builder(&server).retry(policy).timeout(Duration::from_millis(1)));
    let options = RequestOptions::new().timeout(Duration::from_secs(1));
    let error = get(&client).options(options).send().await.fails();
    // In one of sixty cases, the random wait is short enough.
    assert_eq!(error.as_api().and_then(|error| error.message()), Some("later"), "{error}");
}

#[tokio::test]
async fn a_body_that_stalls_is_a_timeout() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::always(Reply::raw(head)).await;
    let client = build(builder(&server).retry(fast()).attempt_timeout(SHORT));
    assert_eq!(passed(&client, RequestOptions::new()).await, (Some(SHORT), 3));
    let head = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::always(Reply::raw(head)).await;
    let client = build(builder(&server).retry(fast()).attempt_timeout(SHORT));
    let error = get(&client).send().await.fails();
    assert!(error.is_not_found() && error.attempts() == 1, "a status says more: {error:?}");
}

/// What accepts a connection and never shakes hands.
#[tokio::test]
async fn a_connection_has_a_limit_and_nothing_was_sent_after_it() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    let server = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            kept.push(stream);
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let builder = ClientBuilder::new(&API).base_url(url).retry(fast()).connect_timeout(SHORT);
    let error = post(&build(builder)).send().await.fails();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!((error.attempts(), accepted.load(Ordering::SeqCst)), (3, 3), "also a POST");
    server.abort();
}

#[tokio::test]
async fn a_call_that_is_dropped_at_any_point_leaves_the_client_sound() {
    let tokens = AtomicUsize::new(0);
    let is_well = Arc::new(AtomicBool::new(false));
    let well = Arc::clone(&is_well);
    let server = Server::start(move |number, request| {
        let late = Duration::from_millis(5);
        if request.target() == "/auth/v1/token" {
            let tokens = tokens.fetch_add(1, Ordering::SeqCst);
            // Each other one fails first, and each token ends at once.
            return match tokens % 2 {
                0 => Reply::json(503, "{}").after(late),
                _ => token(&format!("t{tokens}"), 0).after(late),
            };
        }
        match number % 3 {
            _ if well.load(Ordering::SeqCst) => Reply::json(200, "{}"),
            0 => Reply::raw("").after(late).then_reset(),
            1 => Reply::json(503, "{}").after(late),
            _ => Reply::json(200, "{}").after(late),
        }
    })
    .await;
    let policy = fast().with_attempts(9);
    let client = builder(&server).retry(policy).auth(secret_post()).build().unwrap();
    for round in 0..4 {
        for millis in 0..30 {
            let limit = Duration::from_micros(millis * 1000 + round * 250);
            let mut calls = tokio::task::JoinSet::new();
            for _ in 0..3 {
                let call = get(&client).send();
                calls.spawn(async move { tokio::time::timeout(limit, call).await.is_ok() });
            }
            calls.join_all().await;
        }
    }
    is_well.store(true, Ordering::SeqCst);
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        calls.spawn(get(&client).send());
    }
    for result in calls.join_all().await {
        result.unwrap();
    }
}
