//! Tokens near their end, refused ones, and token endpoints that fail: how many requests that makes,
//! and who waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use oasmith_templates::runtime::{
    Body, Client, Error, NoBody, Request, RequestOptions, TransportBody, Verb,
};
use serde_json::Value;
use tokio::task::JoinSet;

use crate::setup::{get, oauth_client, skip, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

const SECOND: Duration = Duration::from_secs(1);

fn is_token(request: &Recorded) -> bool {
    request.target() == "/auth/v1/token"
}

fn token_requests(server: &Server) -> usize {
    server.requests().iter().filter(|request| is_token(request)).count()
}

/// With which tokens the operation was called, since so many requests.
fn used(server: &Server, since: usize) -> Vec<String> {
    let requests = server.requests();
    let calls = requests[since..].iter().filter(|request| !is_token(request));
    calls.map(|call| call.header("authorization").unwrap().to_owned()).collect()
}

/// A server that answers token requests by `tokens`, which gets their number, and accepts all
/// tokens.
async fn server(tokens: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_, request| {
        if is_token(request) { tokens(count.fetch_add(1, SeqCst)) } else { Reply::json(200, "{}") }
    })
    .await
}

/// As many calls at once; the errors among them.
async fn at_once(client: &Client, count: usize) -> Vec<Error> {
    let mut calls = JoinSet::new();
    for _ in 0..count {
        calls.spawn(get(client).send());
    }
    calls.join_all().await.into_iter().filter_map(|result| result.seen().err()).collect()
}

#[tokio::test]
async fn a_thousand_callers_fetch_one_token() {
    let server = server(|_| token("t", 600).after(Duration::from_millis(100))).await;
    let client = oauth_client(&server);
    assert!(at_once(&client, 1000).await.is_empty());
    assert_eq!((token_requests(&server), server.requests().len()), (1, 1001));
}

/// A server that refuses whatever token it gave last does not make a token request of each call.
#[tokio::test]
async fn tokens_that_are_all_refused_are_not_replaced_by_each_call() {
    let (tokens, accepts) = (AtomicUsize::new(0), Arc::new(AtomicBool::new(false)));
    let accepted = Arc::clone(&accepts);
    let server = Server::start(move |_, request| {
        if is_token(request) {
            token(&format!("refused-{}", tokens.fetch_add(1, SeqCst)), 600)
        } else if accepted.load(SeqCst) {
            Reply::json(200, "{}")
        } else {
            Reply::json(401, "{}")
        }
    })
    .await;
    let client = oauth_client(&server);
    let refused = async || {
        let error = get(&client).send().await.fails();
        assert_eq!(error.status().unwrap().as_u16(), 401, "{error:?}");
    };
    for _ in 0..6 {
        refused().await;
    }
    assert_eq!(token_requests(&server), 2, "the second one tells that another does not help");
    assert_eq!(server.requests().len(), 2 + 1 + 6);
    // Pauses of 1, 2, 4 and 8 s, then of 10 s each.
    for pause in [1, 2, 4, 8, 10, 10] {
        let before = token_requests(&server);
        skip(pause * SECOND).await;
        for _ in 0..5 {
            refused().await;
        }
        assert_eq!(token_requests(&server), before + 1, "after {pause} s");
    }
    let before = token_requests(&server);
    assert_eq!(at_once(&client, 50).await.len(), 50);
    assert_eq!(token_requests(&server), before);
    // One that is accepted ends it: the next refusal is the first one.
    accepts.store(true, SeqCst);
    get(&client).send().await.unwrap();
    accepts.store(false, SeqCst);
    let before = token_requests(&server);
    refused().await;
    assert_eq!(token_requests(&server), before + 1);
}

#[tokio::test]
async fn a_token_is_used_while_one_caller_fetches_the_next() {
    let slow = Duration::from_millis(600);
    let server = server(move |number| {
        let reply = token(&format!("t{number}"), 600);
        if number == 0 { reply } else { reply.after(slow) }
    })
    .await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    skip(539 * SECOND).await;
    get(&client).send().await.unwrap();
    assert_eq!(token_requests(&server), 1, "61 s before its end, a token is not replaced");

    skip(6 * SECOND).await;
    let (before, start) = (server.requests().len(), Instant::now());
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        let call = get(&client).send();
        calls.spawn(async move {
            call.await.unwrap();
            start.elapsed()
        });
    }
    let mut times = calls.join_all().await;
    times.sort();
    assert!(times[48] < slow && times[49] >= slow, "{times:?}");
    let used = used(&server, before);
    let old = used.iter().filter(|token| *token == "Bearer t0").count();
    assert_eq!((old, used.len(), used.last().unwrap().as_str()), (49, 50, "Bearer t1"));
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn how_long_a_token_is_used() {
    // Lifetime, age, and the requests that a call then makes; a second token would be `t1`.
    let table = [
        ("600", 539, 1, "t0"),
        ("600", 541, 2, "t1"),
        ("121", 60, 1, "t0"),
        ("121", 62, 2, "t1"),
        ("100", 49, 1, "t0"),
        ("100", 51, 2, "t1"),
        ("3", 1, 1, "t0"),
        ("3", 2, 2, "t1"),
        ("0", 0, 2, "t1"),
        ("-5", 0, 2, "t1"),
        ("1e300", 3_000_000_000, 1, "t0"),
        ("null", 239, 1, "t0"),
        ("null", 241, 2, "t1"),
    ];
    for (lifetime, age, expected, expected_token) in table {
        let server = server(move |number| {
            let answer = format!(
                r#"{{"access_token":"t{number}","token_type":"bearer","expires_in":{lifetime}}}"#
            );
            Reply::json(200, answer)
        })
        .await;
        let client = oauth_client(&server);
        get(&client).send().await.unwrap();
        skip(age * SECOND).await;
        get(&client).send().await.unwrap();
        let last = used(&server, 0).pop().unwrap();
        let expected = (expected, format!("Bearer {expected_token}"));
        assert_eq!((token_requests(&server), last), expected, "{lifetime}, {age}");
    }
}

#[tokio::test]
async fn a_failure_ahead_of_the_end_harms_nobody() {
    let server = server(|number| match number {
        0 => token("t0", 600),
        1..4 => Reply::json(503, "{}"),
        _ => token("t1", 600),
    })
    .await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    skip(541 * SECOND).await;
    // One request, then none for 1 s; one, then none for 2 s; one, then none for 4 s.
    for (pause, requests) in [(400, 2), (1200, 2), (800, 3), (1800, 3), (2000, 4), (2500, 4)] {
        assert!(at_once(&client, 50).await.is_empty());
        assert_eq!(token_requests(&server), requests);
        skip(Duration::from_millis(pause)).await;
    }
    assert!(used(&server, 0).iter().all(|token| token == "Bearer t0"));
    get(&client).send().await.unwrap();
    assert_eq!(used(&server, 0).last().unwrap(), "Bearer t1");
}

#[tokio::test]
async fn an_endpoint_that_hangs_holds_one_call_up_for_ten_seconds() {
    let server = server(|number| match number {
        0 => token("t0", 600),
        _ => token("late", 600).after(60 * SECOND),
    })
    .await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    skip(541 * SECOND).await;
    let first = tokio::spawn(get(&client).send());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(at_once(&client, 20).await.is_empty());
    assert!(!first.is_finished());
    skip(10 * SECOND).await;
    first.await.unwrap().unwrap();
    assert_eq!(used(&server, 0), vec!["Bearer t0"; 22]);
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn who_gives_up_ahead_of_the_end_leaves_it_to_the_next() {
    let server = server(|number| match number {
        1 => token("late", 600).after(60 * SECOND),
        _ => token(&format!("t{number}"), 600),
    })
    .await;
    let client = oauth_client(&server);
    get(&client).send().await.unwrap();
    skip(541 * SECOND).await;
    let limit = RequestOptions::new().timeout(Duration::from_millis(100));
    let error = get(&client).options(limit).send().await.fails();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    get(&client).send().await.unwrap();
    assert_eq!(used(&server, 0), ["Bearer t0", "Bearer t2"]);
}

/// The same with 10,000 calls, and how much memory they take: `examples/expiring_tokens.rs`.
#[tokio::test]
async fn calls_over_tokens_that_expire_all_succeed() {
    let (start, life) = (Instant::now(), Duration::from_millis(600));
    let server = Server::start(move |_, request| match request.header("authorization") {
        None => {
            let end = (start.elapsed() + life).as_millis();
            let body = r#"{"access_token":"END","token_type":"bearer","expires_in":0.6}"#;
            Reply::json(200, body.replace("END", &end.to_string()))
        }
        Some(token) => {
            let end: u128 = token["Bearer ".len()..].parse().unwrap();
            Reply::json(if start.elapsed().as_millis() <= end { 200 } else { 401 }, "{}")
        }
    })
    .await;
    let client = oauth_client(&server);
    let mut calls = JoinSet::new();
    for number in 0..1000 {
        let call = get(&client).send();
        calls.spawn(async move {
            tokio::time::sleep(2 * SECOND * number / 1000).await;
            call.await
        });
    }
    calls.join_all().await.into_iter().for_each(|result| drop(result.unwrap()));
    let (tokens, halves) = (token_requests(&server), start.elapsed().as_millis() / 300 + 1);
    assert!(tokens > 2 && tokens as u128 <= halves, "{tokens} tokens in {halves} half lifetimes");
}

#[tokio::test]
async fn a_failing_endpoint_is_left_alone_for_a_while() {
    let server = server(|_| Reply::json(400, r#"{"error":"invalid_client"}"#)).await;
    let client = oauth_client(&server);
    let mut requests = 0;
    for pause in [1, 2, 4, 8, 10, 10] {
        requests += 1;
        assert_eq!(at_once(&client, 1000).await.len(), 1000);
        assert_eq!(token_requests(&server), requests, "those who wait share the failure");
        let errors = at_once(&client, 1000).await;
        assert!(errors.iter().all(|error| error.to_string().contains("invalid_client")));
        skip((10 * pause - 7) * SECOND / 10).await;
        assert_eq!(at_once(&client, 10).await.len(), 10);
        assert_eq!(token_requests(&server), requests, "and so do those of the pause");
        skip(Duration::from_millis(700)).await;
    }
    assert_eq!(server.requests().len(), 6, "12,060 calls");
}

#[tokio::test]
async fn a_wait_that_the_endpoint_asks_for_is_kept() {
    // The seconds of `Retry-After`, and those of the pause.
    for (asked, pause) in [("0", 1), ("20", 20), ("3600", 30)] {
        let server = server(move |number| match number {
            0 => Reply::new(429, &[&format!("retry-after: {asked}")], "{}"),
            _ => token("t", 600),
        })
        .await;
        let client = oauth_client(&server);
        let error = get(&client).send().await.fails();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(asked.parse().unwrap())));
        skip((10 * pause - 7) * SECOND / 10).await;
        get(&client).send().await.fails();
        skip(Duration::from_millis(700)).await;
        get(&client).send().await.unwrap();
        assert_eq!(token_requests(&server), 2);
    }
}

#[tokio::test]
async fn a_refused_token_is_not_used_again_where_its_request_cannot_be() {
    let server = Server::start(|_, request| match request.header("authorization") {
        None => token("t", 600),
        Some(_) => Reply::json(401, "{}"),
    })
    .await;
    let client = oauth_client(&server);
    for requests in [1, 2] {
        let request: Request<NoBody, Value> = Request::new(&client, Verb::Post, "/x");
        let request = request.bytes("text/plain", Body::from(TransportBody::from("stream")));
        assert_eq!(request.send().await.fails().status().unwrap().as_u16(), 401);
        assert_eq!((token_requests(&server), used(&server, 0).len()), (requests, requests));
    }
}
