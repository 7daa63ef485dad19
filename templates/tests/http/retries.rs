//! What is tried again, how often, and when: each rule is a row of a table or a test.

use std::time::Duration;

use bytes::Bytes;
use oasmith_templates::runtime::{
    Body, Client, Credentials, Error, Request, RequestOptions, RetryBudget, RetryPolicy,
    TransportErrorKind, Verb,
};
use serde_json::{Value, json};

use crate::setup::{API, BEARER, builder, get, post, shown};
use crate::support::{Fails as _, Reply, Server};

const VERBS: [Verb; 8] = [
    Verb::Get,
    Verb::Head,
    Verb::Options,
    Verb::Trace,
    Verb::Put,
    Verb::Delete,
    Verb::Post,
    Verb::Patch,
];

/// Three attempts, as fast as it goes.
pub(crate) fn fast() -> RetryPolicy {
    let (base, cap) = (Duration::from_millis(1), Duration::from_millis(2));
    RetryPolicy::new().with_attempts(3).with_backoff(base, cap)
}

/// A client with a token that tries three times.
pub(crate) fn client(server: &Server) -> Client {
    builder(server).retry(fast()).auth(Credentials::bearer(BEARER)).build().unwrap()
}

/// How often a request is sent to a server that always does the same, by the kind of its method:
/// safe, idempotent, or neither.
type Sent = (usize, usize, usize);

fn expected(verb: Verb, (safe, idempotent, other): Sent) -> usize {
    match verb {
        Verb::Get | Verb::Head | Verb::Options | Verb::Trace => safe,
        Verb::Put | Verb::Delete => idempotent,
        Verb::Post | Verb::Patch => other,
    }
}

fn request(client: &Client, verb: Verb) -> Request<Value, Value> {
    let request = Request::new(client, verb, "/items").operation("items.any");
    match verb {
        Verb::Put | Verb::Delete | Verb::Post | Verb::Patch => request.body(json!({"n": 7})),
        Verb::Get | Verb::Head | Verb::Options | Verb::Trace => request,
    }
}

async fn call(client: &Client, verb: Verb) -> Result<(), Error> {
    if verb != Verb::Head {
        return request(client, verb).send().await.map(drop);
    }
    // Its answer has no body.
    let request = Request::<Value, ()>::new(client, verb, "/items").without_content();
    request.operation("items.any").send().await.map(drop)
}

/// All methods against a fault that stays: how often they are sent, and that the error knows it.
/// Then against one that passes: the call succeeds where it is tried again.
async fn check(name: &'static str, fault: Reply, sent: Sent) {
    // Making one takes longer than all else here.
    let redirects = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().no_proxy().redirect(redirects).build().unwrap();
    let mut rows = tokio::task::JoinSet::new();
    for verb in VERBS {
        // Without a body, there is no fault of one.
        if verb != Verb::Head || !name.contains("body") {
            rows.spawn(check_verb(name, fault.clone(), verb, expected(verb, sent), http.clone()));
        }
    }
    rows.join_all().await;
}

async fn check_verb(name: &str, fault: Reply, verb: Verb, count: usize, http: reqwest::Client) {
    let client = |server: &Server| {
        let builder = builder(server).retry(fast()).http_client(http.clone());
        // Only what stalls may take this long, however busy the machine is.
        let limit = Duration::from_millis(if name.contains("no ") { 250 } else { 60_000 });
        builder.attempt_timeout(limit).auth(Credentials::bearer(BEARER)).build().unwrap()
    };
    let server = Server::always(fault.clone()).await;
    let error = call(&client(&server), verb).await.fails();
    assert_eq!(server.requests().len(), count, "{name}, {verb}: {error}");
    assert_eq!(error.attempts() as usize, count, "{name}, {verb}: {error}");
    let is_told = error.to_string().contains(&format!(", {count} attempts)"));
    assert_eq!(is_told, count > 1, "{name}, {verb}: {error}");
    assert!(!shown(&error).contains(BEARER), "{name}, {verb}");

    let server = Server::sequence([fault.clone(), fault, Reply::json(200, "{}")]).await;
    let answer = call(&client(&server), verb).await;
    assert_eq!(answer.is_ok(), count == 3, "{name}, {verb}: {answer:?}");
    let requests = server.requests();
    assert_eq!(requests.len(), count, "{name}, {verb}");
    for one in &requests {
        assert_eq!((&one.line, &one.body), (&requests[0].line, &requests[0].body), "{name}");
    }
}

#[tokio::test]
async fn statuses() {
    for (name, status) in [("408", 408), ("500", 500), ("502", 502), ("503", 503), ("504", 504)] {
        check(name, Reply::json(status, "{}"), (3, 3, 1)).await;
    }
    check("429", Reply::json(429, "{}"), (3, 3, 3)).await;
    for status in [304, 400, 401, 403, 404, 409, 410, 412, 422, 425, 501, 505, 507] {
        check("final", Reply::json(status, "{}"), (1, 1, 1)).await;
    }
}

#[tokio::test]
async fn connections_that_break() {
    check("closed", Reply::raw("").then_close(), (3, 3, 1)).await;
    check("reset", Reply::raw("").then_reset(), (3, 3, 1)).await;
    let half = Reply::raw("HTTP/1.1 200 OK\r\ncontent-le");
    check("half a head, closed", half.clone().then_close(), (3, 3, 1)).await;
    check("half a head, reset", half.then_reset(), (3, 3, 1)).await;
    let part = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    // What has succeeded is not done again, unless it does nothing.
    check("half a body, closed", Reply::raw(part).then_close(), (3, 1, 1)).await;
    let chunks = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n";
    check("half a body in chunks", Reply::raw(chunks).then_close(), (3, 1, 1)).await;
    let error = "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\n{";
    check("half of an error's text", Reply::raw(error).then_close(), (1, 1, 1)).await;
}

#[tokio::test]
async fn servers_that_stall() {
    let silent = Reply::raw("").after(Duration::from_secs(60));
    check("no answer", silent, (3, 3, 1)).await;
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{";
    // What has succeeded is not done again, unless it does nothing.
    check("no whole body", Reply::raw(head), (3, 1, 1)).await;
    let error = "HTTP/1.1 503 Late\r\ncontent-length: 9\r\n\r\n{";
    check("no whole error", Reply::raw(error), (3, 3, 1)).await;
}

#[tokio::test]
async fn answers_that_are_final() {
    check("elsewhere", Reply::redirect(307, "https://example.com/"), (1, 1, 1)).await;
    let html = Reply::new(200, &["content-type: text/html"], "<html>");
    check("an html body", html, (1, 1, 1)).await;
    check("an empty body", Reply::json(200, ""), (1, 1, 1)).await;
}

#[tokio::test]
async fn no_connection() {
    let server = Server::always(Reply::raw("")).await;
    let client = client(&server);
    let url = server.url();
    drop(server);
    tokio::time::sleep(Duration::from_millis(20)).await;
    for verb in VERBS {
        let error = call(&client, verb).await.fails();
        let Error::Transport(transport) = &error else { panic!("{verb}: {error:?}") };
        assert_eq!((transport.kind(), error.attempts()), (&TransportErrorKind::Connect, 3));
        let told = format!("items.any ({verb} {url}/items, 3 attempts): could not connect");
        assert_eq!(error.to_string(), told);
    }
}

#[tokio::test]
async fn what_is_said_of_a_call_comes_before_its_method() {
    // Of the document, of the call, the status, and how often a POST and a GET are sent.
    let table = [
        (None, None, 503, 1, 3),
        (Some(true), None, 503, 3, 3),
        (Some(false), None, 503, 1, 1),
        (None, Some(true), 503, 3, 3),
        (None, Some(false), 503, 1, 1),
        (Some(true), Some(false), 503, 1, 1),
        (Some(false), Some(true), 503, 3, 3),
        (Some(false), Some(false), 429, 3, 3),
    ];
    for (document, caller, status, posts, gets) in table {
        for (verb, count) in [(Verb::Post, posts), (Verb::Get, gets)] {
            let server = Server::always(Reply::json(status, "{}")).await;
            let mut request = request(&client(&server), verb);
            if let Some(document) = document {
                request = request.idempotent(document);
            }
            if let Some(caller) = caller {
                request = request.options(RequestOptions::new().idempotent(caller));
            }
            let error = request.send().await.fails();
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(server.requests().len(), count, "{document:?} {caller:?} {verb}");
        }
    }
    let cut = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_close();
    let server = Server::sequence([cut, Reply::json(200, "{}")]).await;
    post(&client(&server)).idempotent(true).send().await.unwrap();
    assert_eq!(server.requests().len(), 2, "a success whose body was cut");
}

#[tokio::test]
async fn a_cut_body_that_nobody_wants_is_no_error() {
    let cut = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_close();
    let server = Server::always(cut).await;
    let request = Request::<Value, ()>::delete(&client(&server), "/items").without_content();
    request.send().await.unwrap();
    server.only_request();
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    struct Once(Option<Bytes>);
    impl futures_core::Stream for Once {
        type Item = Result<Bytes, std::io::Error>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.take().map(Ok))
        }
    }
    for status in [429, 503] {
        let server = Server::always(Reply::json(status, "{}")).await;
        let stream = Body::stream(Once(Some(Bytes::from_static(b"bytes"))));
        let request = Request::<Value, Value>::put(&client(&server), "/items");
        let error = request.bytes("text/plain", stream).send().await.fails();
        assert_eq!((error.attempts(), server.only_request().body), (1, b"bytes".to_vec()));

        let server = Server::always(Reply::json(status, "{}")).await;
        let request = Request::<Value, Value>::put(&client(&server), "/items");
        request.bytes("text/plain", "bytes").send().await.fails();
        let requests = server.requests();
        assert_eq!(requests.len(), 3, "what is in memory can be sent again");
        assert!(requests.iter().all(|request| request.body == b"bytes"));
    }
}

#[tokio::test]
async fn policies() {
    let long = Duration::from_secs(60);
    let table = [
        (RetryPolicy::never(), 1),
        (fast().with_attempts(0), 1),
        (fast().with_attempts(1), 1),
        (fast().with_attempts(5), 5),
        (fast().with_attempts(40), 40),
        (fast().with_total_time(Duration::ZERO), 1),
        (fast().with_total_time(long), 3),
        (fast().with_backoff(Duration::ZERO, Duration::ZERO), 3),
        (fast().with_backoff(Duration::MAX, Duration::from_millis(1)), 3),
        (fast().with_budget(RetryBudget::new(0)), 1),
        (fast().with_budget(RetryBudget::new(1)), 2),
        (fast().with_budget(RetryBudget::new(u32::MAX)), 3),
    ];
    for (policy, count) in table {
        let server = Server::always(Reply::json(503, "{}")).await;
        let of_client = builder(&server).retry(policy.clone()).anonymous().build().unwrap();
        get(&of_client).anonymous().send().await.fails();
        assert_eq!(server.requests().len(), count, "{policy:?}");

        let server = Server::always(Reply::json(503, "{}")).await;
        let policy = match policy.clone() {
            // What the client took from it is gone.
            spent if format!("{spent:?}").contains("left: 0") => continue,
            policy => policy,
        };
        let options = RequestOptions::new().retry(policy.clone());
        get(&client(&server)).options(options).send().await.fails();
        assert_eq!(server.requests().len(), count, "of the request: {policy:?}");
    }
}

#[tokio::test]
async fn retries_are_on_unless_a_policy_says_otherwise() {
    let server = Server::sequence([Reply::raw("").then_close(), Reply::json(200, "{}")]).await;
    let builder = oasmith_templates::runtime::ClientBuilder::new(&API).base_url(server.url());
    let client = builder.auth(Credentials::bearer(BEARER)).build().unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
