//! Waits until a condition holds: which errors are polled over, when, and what is said in the end.
//!
//! Time is paused, so that the waits are exact; one test is over a real server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Response as Answer;
use oasmith_templates::runtime::{
    Client, ClientBuilder, RetryPolicy, Transport, TransportBody, TransportErrorKind,
    TransportFailure, TransportFuture,
};
use oasmith_templates::wait::{self, WaitError};
use serde_json::json;
use tokio::time::Instant;

use crate::setup::{API, builder, get};
use crate::support::{Fails as _, Reply, Server};

const SECOND: Duration = Duration::from_secs(1);

/// What comes of each poll: a status with a body and a `Retry-After`, or a failure. The last one is that
/// of all that come after it.
#[derive(Clone, Copy, Debug)]
enum Come {
    Status(u16, &'static str, Option<u32>),
    Failure(fn() -> TransportErrorKind),
    Silence,
}

#[derive(Debug)]
struct Script {
    comes: Vec<Come>,
    /// When, from the first on.
    polled: Mutex<Vec<Instant>>,
}

impl Transport for Script {
    fn send(&self, _: http::Request<TransportBody>) -> TransportFuture<'_> {
        let mut polled = self.polled.lock().unwrap();
        let come = self.comes[polled.len().min(self.comes.len() - 1)];
        polled.push(Instant::now());
        Box::pin(async move {
            match come {
                Come::Status(status, body, after) => {
                    let mut answer = Answer::builder().status(status);
                    if let Some(seconds) = after {
                        answer = answer.header("retry-after", seconds);
                    }
                    Ok(answer.body(TransportBody::from(body)).unwrap())
                }
                Come::Failure(kind) => Err(TransportFailure::new(kind(), "of the test")),
                Come::Silence => std::future::pending().await,
            }
        })
    }
}

fn script(comes: impl Into<Vec<Come>>) -> (Client, Arc<Script>) {
    let script = Arc::new(Script { comes: comes.into(), polled: Mutex::default() });
    let builder = ClientBuilder::new(&API).base_url("https://api.example.test").anonymous();
    let builder = builder.retry(RetryPolicy::never()).transport(Arc::clone(&script));
    (builder.timeout(Duration::MAX).build().unwrap(), script)
}

impl Script {
    fn seconds(&self) -> Vec<f64> {
        let polled = self.polled.lock().unwrap();
        let since = |at: &Instant| at.duration_since(polled[0]).as_secs_f64().round();
        polled.iter().map(since).collect()
    }
}

const NOT_YET: Come = Come::Status(200, "0", None);
const DONE: Come = Come::Status(200, "1", None);

fn wait(
    client: &Client,
) -> wait::Wait<'_, oasmith_templates::runtime::Response<serde_json::Value>> {
    wait::until(|| get(client).send(), |answer| **answer == json!(1))
}

#[tokio::test(start_paused = true)]
async fn the_first_poll_is_made_at_once_and_the_waits_double() {
    let (client, script) = script([NOT_YET, NOT_YET, NOT_YET, NOT_YET, NOT_YET, DONE]);
    let answer = wait(&client).backoff(SECOND, 5 * SECOND).await.unwrap();
    assert_eq!(*answer, json!(1));
    assert_eq!(script.seconds(), [0., 1., 3., 7., 12., 17.]);
    let (client, script) = self::script([DONE]);
    wait(&client).deadline(Duration::ZERO).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(script.seconds(), [0.]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_polled_past_the_deadline_and_one_poll_comes_just_before_it() {
    let (client, script) = script([NOT_YET]);
    let begun = Instant::now();
    let error = wait(&client).deadline(150 * SECOND).backoff(5 * SECOND, 60 * SECOND).await;
    let error = error.fails();
    assert_eq!(script.seconds(), [0., 5., 15., 35., 75., 135., 150.]);
    assert!(begun.elapsed() <= 150 * SECOND);
    assert_eq!((error.deadline(), error.polls()), (Some(150 * SECOND), 7));
    assert_eq!(error.last_answer().map(|answer| &**answer), Some(&json!(0)));
    assert!(error.last_error().is_none());
    assert_eq!(
        error.to_string(),
        "the condition did not hold within 150s (7 polls, the last answer did not meet it)"
    );

    // A poll that does not come to an end is given up.
    let (client, _) = self::script([Come::Status(503, "", None), Come::Silence]);
    let begun = Instant::now();
    let error = wait(&client).deadline(10 * SECOND).await.fails();
    assert!(begun.elapsed() <= 10 * SECOND + Duration::from_millis(1));
    assert_eq!((error.deadline(), error.polls()), (Some(10 * SECOND), 2));
    assert_eq!(error.last_error().unwrap().status().unwrap(), 503);
    let (client, _) = self::script([Come::Silence]);
    let error = wait(&client).deadline(SECOND).await.fails();
    assert!(error.to_string().ends_with("(1 polls, none of them was done)"), "{error}");
    assert!(error.into_last().is_none());
}

#[tokio::test(start_paused = true)]
async fn transient_errors_are_polled_over_and_others_end_the_wait() {
    use TransportErrorKind::{Connect, Other, Receive, Send};
    let over = [408, 429, 500, 502, 503, 504].map(|status| Come::Status(status, "", None));
    let lost = [Come::Failure(|| Connect), Come::Failure(|| Send), Come::Failure(|| Receive)];
    for come in over.into_iter().chain(lost) {
        let (client, script) = script([come, come, DONE]);
        wait(&client).await.unwrap_or_else(|error| panic!("{come:?}: {error:?}"));
        assert_eq!(script.seconds(), [0., 1., 3.], "{come:?}");
    }
    let ends = [400, 401, 403, 404, 409, 410, 501].map(|status| Come::Status(status, "", None));
    let others = [Come::Failure(|| Other), Come::Status(200, "<html>", None)];
    for come in ends.into_iter().chain(others) {
        let (client, script) = script([come, DONE]);
        let error = wait(&client).await.fails();
        assert_eq!((error.deadline(), error.polls()), (None, 1), "{come:?}");
        assert!(std::error::Error::source(&error).is_some() && error.last_error().is_some());
        assert_eq!(error.to_string(), "poll number 1 failed, and another one would, too");
        assert_eq!(script.seconds(), [0.]);
    }
    let missing = Come::Status(404, "", None);
    let (client, script) = script([missing, NOT_YET, missing, DONE]);
    wait(&client).tolerate_not_found().await.unwrap();
    assert_eq!(script.seconds(), [0., 1., 3., 7.]);
}

#[tokio::test(start_paused = true)]
async fn what_the_server_asks_to_wait_is_waited_or_ends_the_wait() {
    let busy = |seconds| Come::Status(503, "", Some(seconds));
    let (client, script) = script([busy(0), busy(20), DONE]);
    wait(&client).await.unwrap();
    assert_eq!(script.seconds(), [0., 1., 21.]);
    let (client, script) = self::script([busy(31), DONE]);
    let begun = Instant::now();
    let error: WaitError<_> = wait(&client).deadline(30 * SECOND).await.fails();
    assert_eq!((begun.elapsed(), script.seconds()), (Duration::ZERO, vec![0.]));
    assert_eq!((error.deadline(), error.polls()), (Some(30 * SECOND), 1));
}

/// A wait can be dropped, and borrows what its closures do.
#[tokio::test]
async fn over_a_server_a_wait_counts_calls_and_is_given_up_when_it_is_dropped() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(404, "{}"),
        1 => Reply::raw("").then_reset(),
        2..5 => Reply::json(200, "\"hush\""),
        _ => Reply::json(200, "1"),
    })
    .await;
    let client = builder(&server).anonymous().build().unwrap();
    let (short, mut polls) = (Duration::from_millis(2), 0);
    let count = || {
        polls += 1;
        get(&client).send()
    };
    let wait = wait::until(count, |answer| **answer == json!(1));
    wait.backoff(short, short).tolerate_not_found().await.unwrap();
    assert_eq!((polls, server.requests().len()), (6, 6));

    let never = || wait::until(|| get(&client).send(), |_| false).backoff(short, short);
    tokio::time::timeout(20 * short, never()).await.fails();
    let count = server.requests().len();
    tokio::time::sleep(20 * short).await;
    assert!(server.requests().len() <= count + 1, "nothing is polled afterwards");
    let error = never().deadline(20 * short).await.fails();
    assert!(!format!("{error:?}{error}").contains("hush"), "{error:?}");
}
