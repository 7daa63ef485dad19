//! Calls from threads without an async runtime, against a server that runs in another thread.

use std::thread;
use std::time::Duration;

use oasmith_templates::runtime::{Body, Error, Request, RequestOptions, Verb, blocking};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::retries::fast;
use crate::setup::{builder, client, get, oauth_client, post, shown, token};
use crate::support::{Fails as _, Reply, Server};

/// A server, and the runtime that it ends with.
fn serve(replies: impl Into<Vec<Reply>>) -> (Server, Runtime) {
    let runtime = Runtime::new().unwrap();
    (runtime.block_on(Server::sequence(replies)), runtime)
}

#[test]
fn calls_sign_in_are_tried_again_and_stream() {
    let (server, _runtime) = serve([
        token("t-1", 3600),
        Reply::json(201, r#"{"n":1}"#),
        Reply::new(200, &["content-type: text/plain"], "a stream"),
    ]);
    let client = oauth_client(&server);
    let created = blocking::wait(post(&client).send()).unwrap();
    assert_eq!((created.status().as_u16(), &*created), (201, &json!({"n": 1})));
    let request = Request::<Body, ()>::new(&client, Verb::Post, "/f").reads_download();
    let file = blocking::wait(request.send()).unwrap().into_inner();
    assert_eq!(blocking::wait(file.bytes(100)).unwrap(), "a stream");

    let (server, _runtime) = serve([Reply::json(503, "{}"), Reply::json(200, "2")]);
    let client = builder(&server).anonymous().retry(fast()).build().unwrap();
    assert_eq!(*blocking::wait(get(&client).send()).unwrap(), json!(2));
}

#[test]
fn many_threads_share_connections_and_time_limits_hold() {
    let runtime = Runtime::new().unwrap();
    let server = runtime.block_on(Server::start(|_, request| match request.target() {
        "/items/7" => Reply::json(200, "1").after(Duration::from_millis(5)),
        _ => Reply::json(200, "1").after(Duration::from_secs(60)),
    }));
    let client = client(&server);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_eq!(*blocking::wait(get(&client).send()).unwrap(), json!(1));
                }
            });
        }
    });
    assert_eq!(server.requests().len(), 80);
    let options = RequestOptions::new().timeout(Duration::from_millis(100));
    let error = blocking::wait(post(&client).options(options).send()).fails();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn a_runtime_is_not_held_up() {
    let server = Server::always(Reply::json(200, "1")).await;
    let client = client(&server);
    let error = blocking::wait(get(&client).send()).fails();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(shown(&error).contains("in an async runtime"), "{}", shown(&error));
    assert!(server.requests().is_empty());
    // A client that was used in a runtime is used without one, and in the runtime again.
    get(&client).send().await.unwrap();
    let same = client.clone();
    let call = thread::spawn(move || blocking::wait(get(&same).send()).map(|_| ()));
    while !call.is_finished() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    call.join().unwrap().unwrap();
    get(&client).send().await.unwrap();
}
