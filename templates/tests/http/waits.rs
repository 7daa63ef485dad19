//! How long retries wait, what a server asks for, and when a client makes no more of them.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oasmith_templates::runtime::{Client, Error, RequestOptions, RetryBudget, RetryPolicy};

use crate::retries::{client, fast};
use crate::setup::{builder, get};
use crate::support::{Fails as _, Reply, Server};

/// How long a call takes, how often it was sent, and what came out.
async fn timed(
    headers: &[&str],
    policy: RetryPolicy,
    limit: Duration,
) -> (Duration, usize, Result<(), Error>) {
    let server = Server::sequence([Reply::new(503, headers, ""), Reply::json(200, "{}")]).await;
    let (client, begun) = (client(&server), Instant::now());
    let options = RequestOptions::new().retry(policy).timeout(limit);
    let result = get(&client).options(options).send().await.map(drop);
    (begun.elapsed(), server.requests().len(), result)
}

#[tokio::test]
async fn retry_after_is_waited_within_bounds() {
    let (second, minute) = (Duration::from_secs(1), Duration::from_secs(60));
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT";
    let waited: [&[&str]; 2] =
        [&["retry-after: 1"], &[date, "retry-after: Sun, 06 Nov 1994 08:49:38 GMT"]];
    for headers in waited {
        let (took, count, result) = timed(headers, fast(), minute).await;
        assert!(took >= second && result.is_ok() && count == 2, "{headers:?}: {took:?}");
    }
    let at_once: [&[&str]; 6] = [
        &["retry-after: 0"],
        &["retry-after: Sun, 06 Nov 1994 08:49:37 GMT"],
        &[date, "retry-after: Sun, 06 Nov 1994 08:49:36 GMT"],
        &["retry-after: soon"],
        &["retry-after: -1"],
        &["retry-after:"],
    ];
    for headers in at_once {
        let (took, count, result) = timed(headers, fast(), minute).await;
        assert!(took < second && result.is_ok() && count == 2, "{headers:?}: {took:?}");
    }
    // More than the policy allows, and more than the call has left: the answer is that of the call.
    let short = fast().with_retry_after_limit(Duration::from_millis(999));
    let refused: [(&[&str], RetryPolicy, Duration); 6] = [
        (&["retry-after: 31"], fast(), minute),
        (&["retry-after: 18446744073709551615"], fast(), minute),
        (&["retry-after: Fri, 31 Dec 2100 23:59:59 GMT"], fast(), minute),
        (&["retry-after: 1"], short, minute),
        (&["retry-after: 1"], fast().with_total_time(second), minute),
        (&["retry-after: 1"], fast(), second),
    ];
    for (headers, policy, limit) in refused {
        let (took, count, result) = timed(headers, policy, limit).await;
        let error = result.fails();
        assert!(took < second && count == 1, "{headers:?}: {took:?}, {count}");
        assert!(error.status().is_some() && error.retry_after().is_some(), "{error}");
    }
}

#[tokio::test]
async fn the_wait_is_random_below_a_bound_that_doubles() {
    let table = [
        // Base, cap, attempts, and the bound of the last wait.
        (400, 10_000, 2, 400),
        (100, 10_000, 4, 400),
        (100, 200, 4, 200),
    ];
    for (base, cap, attempts, bound) in table {
        let (base, cap) = (Duration::from_millis(base), Duration::from_millis(cap));
        let policy = RetryPolicy::new().with_attempts(attempts).with_backoff(base, cap);
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..40 {
            let (policy, http) = (policy.clone(), http.clone());
            calls.spawn(async move {
                let arrivals = Arc::new(Mutex::new(Vec::new()));
                let record = Arc::clone(&arrivals);
                let server = Server::start(move |_, _| {
                    record.lock().unwrap().push(Instant::now());
                    Reply::json(503, "{}")
                })
                .await;
                let options = RequestOptions::new().retry(policy);
                let client = builder(&server).http_client(http).anonymous().build().unwrap();
                get(&client).anonymous().options(options).send().await.fails();
                let arrivals = arrivals.lock().unwrap();
                let [.., before, last] = arrivals.as_slice() else { panic!() };
                last.duration_since(*before)
            });
        }
        let waits = calls.join_all().await;
        let half = Duration::from_millis(bound / 2);
        assert!(waits.iter().any(|wait| *wait < half), "{base:?}: {waits:?}");
        assert!(waits.iter().any(|wait| *wait > half), "{base:?}: {waits:?}");
    }
}

#[tokio::test]
async fn a_failing_server_is_not_hammered() {
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    let server = Server::start(move |_, _| {
        Reply::json(if down.load(Ordering::SeqCst) { 503 } else { 200 }, "{}")
    })
    .await;
    let policy = fast().with_budget(RetryBudget::new(3));
    let client = builder(&server).retry(policy).anonymous().build().unwrap();
    let sent = async |client: &Client| {
        let before = server.requests().len();
        let _ = get(client).anonymous().send().await;
        server.requests().len() - before
    };
    assert_eq!(sent(&client).await, 3);
    assert_eq!(sent(&client.clone()).await, 2, "clones share what is left");
    assert_eq!(sent(&client).await, 1);
    for _ in 0..20 {
        assert_eq!(sent(&client).await, 1);
    }
    is_down.store(false, Ordering::SeqCst);
    for _ in 0..5 {
        assert_eq!(sent(&client).await, 1);
    }
    is_down.store(true, Ordering::SeqCst);
    assert_eq!(sent(&client).await, 2, "five calls that succeed give one retry back");
    assert_eq!(sent(&client).await, 1);

    let server =
        Server::start(|number, _| Reply::json(if number % 2 == 0 { 503 } else { 200 }, "{}")).await;
    let policy = fast().with_budget(RetryBudget::new(1));
    let client = builder(&server).retry(policy).anonymous().build().unwrap();
    for _ in 0..10 {
        get(&client).anonymous().send().await.unwrap();
    }
    assert_eq!(server.requests().len(), 20, "a retry that succeeds is given back");
}
