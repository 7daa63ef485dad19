//! How long a stream of events waits before it is asked for once more: paused time, no sockets.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use oasmith_templates::runtime::{
    ClientBuilder, Error, RetryPolicy, Transport, TransportBody, TransportFuture,
};
use tokio::time::Instant;

use crate::events::{is_cut, open};
use crate::setup::{API, shown};
use crate::support::Fails as _;

/// Answers with these bodies one after the other, and keeps when it was asked.
#[derive(Debug)]
struct Timed {
    bodies: &'static [&'static str],
    asked: Mutex<Vec<Instant>>,
}

impl Transport for Timed {
    fn send(&self, _: http::Request<TransportBody>) -> TransportFuture<'_> {
        let mut asked = self.asked.lock().unwrap();
        asked.push(Instant::now());
        let body = self.bodies.get(asked.len() - 1).copied().unwrap_or_default();
        Box::pin(async move { Ok(http::Response::new(Bytes::from(body).into())) })
    }
}

async fn waits(bodies: &'static [&'static str], policy: RetryPolicy) -> (Vec<Duration>, Error) {
    let transport = Arc::new(Timed { bodies, asked: Mutex::default() });
    let client = ClientBuilder::new(&API)
        .base_url("https://api.example.test")
        .transport(Arc::clone(&transport))
        .anonymous();
    let mut events = open(&client.build().unwrap()).await;
    events.reconnect(policy).unwrap();
    let error = loop {
        match events.next().await.seen() {
            Ok(event) => assert!(event.is_some()),
            Err(error) => break error,
        }
    };
    let asked = transport.asked.lock().unwrap();
    (asked.windows(2).map(|two| two[1] - two[0]).collect(), error)
}

#[tokio::test(start_paused = true)]
async fn the_wait_is_the_servers_and_a_random_one_that_doubles() {
    let second = Duration::from_secs(1);
    let policy = RetryPolicy::new().with_attempts(6).with_backoff(second, 4 * second);
    let mut longest = [Duration::ZERO; 5];
    for _ in 0..30 {
        let (waits, error) = waits(&["data: a\n\n"], policy.clone()).await;
        assert!(is_cut(&error) && shown(&error).contains("as did 5 before it"), "{error:?}");
        for (longest, (wait, bound)) in longest.iter_mut().zip(waits.iter().zip([1, 2, 4, 4, 4])) {
            // The timer goes by milliseconds.
            assert!(*wait <= bound * second + Duration::from_millis(1), "{waits:?}");
            *longest = (*longest).max(*wait);
        }
        assert_eq!(waits.len(), 5);
    }
    assert!(longest[0] > second / 2 && longest[2] > 2 * second, "{longest:?}");

    let bodies = &["retry: 7000\n\ndata: a\n\n", "retry: 31000\n", "", "retry:\nretry: x\n\n"];
    let (waits, error) = waits(bodies, policy).await;
    assert!(shown(&error).contains("asks to wait 31s"), "{error:?}");
    assert!(waits.len() == 1 && waits[0] >= 7 * second && waits[0] <= 9 * second, "{waits:?}");
}
