//! Calls that the document says may be repeated, by an extension or by an idempotency key.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::models::Color;
use crate::runtime::{Client, Error, RequestOptions, Response, RetryPolicy};
use crate::support::{Fails as _, Recorded, Reply, Server};

const HEADER: &str = "idempotency-key";

async fn failing() -> (Server, Client) {
    let server = Server::always(Reply::new(503, &[], "")).await;
    let brief = Duration::from_millis(1);
    let policy = RetryPolicy::new().with_attempts(3).with_backoff(brief, brief);
    let builder = Client::builder().base_url(server.url()).anonymous().retry(policy);
    (server, builder.build().unwrap())
}

/// The one key of all requests, and how many they are.
fn keys(requests: &[Recorded], result: Result<Response<()>, Error>) -> (usize, Option<&str>) {
    assert_eq!(result.fails().attempts() as usize, requests.len());
    let keys: Vec<_> = requests.iter().map(|request| request.header(HEADER)).collect();
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    (requests.len(), keys[0])
}

#[tokio::test]
async fn a_key_is_made_for_a_call_and_kept_for_its_attempts() {
    let mut made = Vec::new();
    for _ in 0..2 {
        let (server, client) = failing().await;
        let result = client.retries().keyed(&Color::default()).send().await;
        let requests = server.requests();
        let (count, key) = keys(&requests, result);
        made.push((count, key.unwrap().to_owned()));
    }
    for (count, key) in &made {
        assert_eq!(*count, 3);
        let uuid = uuid::Uuid::parse_str(key).unwrap();
        assert_eq!((uuid.get_version_num(), uuid.to_string()), (7, key.clone()), "{key}");
        assert_eq!(uuid.get_variant(), uuid::Variant::RFC4122, "{key}");
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let told = uuid.get_timestamp().unwrap().to_unix().0;
        assert!(since.as_secs().abs_diff(told) < 60, "{key}");
    }
    assert_ne!(made[0].1, made[1].1);
}

#[tokio::test]
async fn the_callers_key_comes_first() {
    let (server, client) = failing().await;
    let result = client.retries().keyed(&Color::default()).idempotency_key("mine").send().await;
    assert_eq!(keys(&server.requests(), result), (3, Some("mine")));

    let (server, client) = failing().await;
    let name = HeaderName::from_static(HEADER);
    let options = RequestOptions::new().header(name, HeaderValue::from_static("optional"));
    let result = client.retries().keyed(&Color::default()).options(options).send().await;
    assert_eq!(keys(&server.requests(), result), (3, Some("optional")));
}

#[tokio::test]
async fn a_key_that_the_caller_gives_makes_a_call_one_to_repeat() {
    let (server, client) = failing().await;
    client.retries().must_have_key("mine").send().await.fails();
    let carried: Vec<_> = server
        .requests()
        .iter()
        .map(|one| one.header("x-idempotency-key").unwrap().to_owned())
        .collect();
    assert_eq!(carried, ["mine"; 3]);
    for (key, sent) in [(None, (1, None)), (Some("short"), (3, Some("short")))] {
        let (server, client) = failing().await;
        let request = client.retries().short_key();
        let request = match key {
            Some(key) => request.idempotency_key(key),
            None => request,
        };
        let result = request.send().await;
        assert_eq!(keys(&server.requests(), result), sent, "no UUID has 20 characters");
    }
    let (server, client) = failing().await;
    let result = client.retries().patterned_key().send().await;
    assert_eq!(keys(&server.requests(), result), (1, None), "no UUID begins so");
}

#[tokio::test]
async fn the_document_comes_before_method_and_key_and_the_caller_before_the_document() {
    let yes = || RequestOptions::new().idempotent(true);
    let (server, client) = failing().await;
    let _ = client.retries().idempotent().send().await;
    assert_eq!(server.requests().len(), 3);
    let (server, client) = failing().await;
    let _ = client.retries().not_idempotent().send().await;
    assert_eq!(server.requests().len(), 1);
    let (server, client) = failing().await;
    let _ = client.retries().not_idempotent().options(yes()).send().await;
    assert_eq!(server.requests().len(), 3);
    let (server, client) = failing().await;
    let result = client.retries().keyed_but_not_idempotent().send().await;
    let requests = server.requests();
    let (count, key) = keys(&requests, result);
    assert!(count == 1 && key.is_some(), "{count} {key:?}");
}
