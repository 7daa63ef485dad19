//! Transports of the caller's own: whole calls without a socket, and what each failure becomes.

use std::collections::VecDeque;
use std::error::Error as _;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use oasmith_templates::runtime::{
    Body, BoxError, Client, ClientBuilder, Credentials, DecodeErrorKind, Download, Error, NoBody,
    RedirectError, ReqwestTransport, RetryPolicy, Transport, TransportBody, TransportErrorKind,
    TransportFailure, TransportFuture, Verb,
};
use serde_json::{Value, json};

use crate::retries::fast;
use crate::setup::{API, BEARER, SECRET, get, post, secret_post, shown};
use crate::support::{Fails as _, Reply, Server};

type Outcome = Result<Response<TransportBody>, TransportFailure>;

/// Gives these outcomes one after the other, and keeps what it was sent.
#[derive(Debug, Default)]
struct Memory {
    outcomes: Mutex<VecDeque<Outcome>>,
    sent: Mutex<Vec<Sent>>,
}

#[derive(Clone, Debug)]
struct Sent {
    line: String,
    authorization: Option<String>,
    /// Whether the body was in memory.
    is_whole: bool,
    length: Option<u64>,
    body: String,
}

impl Memory {
    fn new(outcomes: impl IntoIterator<Item = Outcome>) -> Arc<Self> {
        let outcomes = Mutex::new(outcomes.into_iter().collect());
        Arc::new(Self { outcomes, sent: Mutex::default() })
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl Transport for Memory {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let is_whole = body.as_bytes().is_some();
            let length = http_body::Body::size_hint(&body).exact();
            let mut bytes = Vec::new();
            while let Some(chunk) = body
                .chunk()
                .await
                .map_err(|error| TransportFailure::new(TransportErrorKind::Send, error))?
            {
                bytes.extend_from_slice(&chunk);
            }
            let authorization = head.headers.get("authorization");
            assert!(authorization.is_none_or(http::HeaderValue::is_sensitive));
            self.sent.lock().unwrap().push(Sent {
                line: format!("{} {}", head.method, head.uri),
                authorization: authorization.map(|value| value.to_str().unwrap().to_owned()),
                is_whole,
                length,
                body: String::from_utf8(bytes).unwrap(),
            });
            self.outcomes
                .lock()
                .unwrap()
                .pop_front()
                .expect("a request more than there are answers")
        })
    }
}

/// Never answers.
#[derive(Debug)]
struct Silent;

impl Transport for Silent {
    fn send(&self, _: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(std::future::pending())
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside failures")]
fn json(status: u16, body: impl Into<TransportBody>) -> Outcome {
    let builder = Response::builder().status(status).header("content-type", "application/json");
    Ok(builder.body(body.into()).unwrap())
}

fn failure(kind: TransportErrorKind) -> TransportFailure {
    TransportFailure::new(kind, "of the test")
}

/// Pieces that come one after the other, each after a pending poll, and may end in an error. Threads
/// cannot share it, as bodies of some libraries cannot be.
struct Pieces {
    left: VecDeque<Result<&'static str, BoxError>>,
    size: SizeHint,
    is_ready: std::cell::Cell<bool>,
}

impl Pieces {
    fn body(pieces: impl IntoIterator<Item = Result<&'static str, BoxError>>) -> TransportBody {
        let left = pieces.into_iter().collect();
        TransportBody::new(Self { left, size: SizeHint::new(), is_ready: false.into() })
    }
}

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if !self.is_ready.replace(true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.is_ready.set(false);
        let piece = self.left.pop_front();
        Poll::Ready(piece.map(|piece| piece.map(|text| Frame::data(text.into()))))
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}

fn builder(transport: &Arc<Memory>) -> ClientBuilder {
    let builder = ClientBuilder::new(&API).base_url("https://api.example.test/v1").retry(fast());
    builder.transport(Arc::clone(transport))
}

fn anonymous(transport: &Arc<Memory>) -> Client {
    builder(transport).anonymous().build().unwrap()
}

#[tokio::test]
async fn a_call_with_sign_in_and_a_retry_needs_no_socket() {
    let transport = Memory::new([
        json(503, "{}"),
        json(200, r#"{"access_token":"fresh","token_type":"Bearer","expires_in":900}"#),
        json(503, "{}"),
        json(200, r#"{"n":1}"#),
        json(200, r#"{"n":2}"#),
    ]);
    let client = builder(&transport).auth(secret_post()).build().unwrap();
    let response = get(&client).send().await.unwrap();
    assert_eq!(*response, json!({"n": 1}));
    let options = oasmith_templates::runtime::RequestOptions::new().idempotent(true);
    assert_eq!(*post(&client).options(options).send().await.unwrap(), json!({"n": 2}));

    let sent = transport.sent();
    let lines: Vec<&str> = sent.iter().map(|one| &*one.line).collect();
    assert_eq!(
        lines,
        [
            "POST https://api.example.test/auth/v1/token",
            "POST https://api.example.test/auth/v1/token",
            "GET https://api.example.test/v1/items/7",
            "GET https://api.example.test/v1/items/7",
            "POST https://api.example.test/v1/items",
        ]
    );
    // What holds a secret cannot be sent again by a transport, and its length is known all the same.
    assert!(!sent[0].is_whole && sent[0].body.contains(SECRET));
    assert_eq!(sent[0].length, Some(sent[0].body.len() as u64));
    assert_eq!(sent[0].authorization, None);
    assert_eq!(sent[2].authorization.as_deref(), Some("Bearer fresh"));
    assert_eq!((sent[2].is_whole, sent[2].length), (true, Some(0)));
    assert_eq!((sent[4].is_whole, &*sent[4].body), (true, r#"{"name":"n"}"#));
}

#[tokio::test]
async fn redirects_and_refused_tokens_are_the_clients_over_any_transport() {
    let redirect = |status, location: &str| {
        let builder = Response::builder().status(status).header("location", location);
        Ok(builder.body(TransportBody::empty()).unwrap())
    };
    let transport = Memory::new([redirect(307, "/v1/items"), json(200, "{}")]);
    post(&anonymous(&transport)).send().await.unwrap();
    assert_eq!(transport.sent()[0].body, transport.sent()[1].body);

    let transport = Memory::new([redirect(307, "https://elsewhere.test/")]);
    let error = get(&anonymous(&transport)).send().await.fails();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    let reason = RedirectError::OtherOrigin { origin: "https://elsewhere.test".to_owned() };
    assert_eq!(error.kind(), &TransportErrorKind::Redirect(reason));

    let token = |text| {
        json(200, format!(r#"{{"access_token":"{text}","token_type":"Bearer","expires_in":900}}"#))
    };
    let transport = Memory::new([token("old"), json(401, "{}"), token("new"), json(200, "{}")]);
    let client = builder(&transport).auth(secret_post()).build().unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(transport.sent()[3].authorization.as_deref(), Some("Bearer new"));
}

/// Of each kind: how often a `GET`, a `PUT` and a `POST` are sent that may be sent three times.
#[tokio::test]
async fn the_kind_of_a_failure_decides_what_is_tried_again() {
    use TransportErrorKind::{Connect, Other, Receive, Redirect, Send};
    let table = [
        (Connect, "could not connect", [3, 3, 3]),
        (Send, "the connection failed before there was an answer", [3, 3, 1]),
        (Receive, "the connection failed in the middle of the answer", [3, 3, 1]),
        (
            Redirect(RedirectError::TooMany { limit: 5 }),
            "refused a chain of more than 5",
            [1, 1, 1],
        ),
        (Other, "the transport refused the request", [1, 1, 1]),
    ];
    for (kind, message, counts) in table {
        for (verb, count) in [Verb::Get, Verb::Put, Verb::Post].into_iter().zip(counts) {
            let is_of_connection = matches!(kind, Connect | Send | Receive);
            for is_timeout in if is_of_connection { vec![false, true] } else { vec![false] } {
                let make = || {
                    let failure = failure(kind.clone());
                    Err(if is_timeout { failure.timed_out() } else { failure })
                };
                let transport = Memory::new([make(), make(), make()]);
                let client = anonymous(&transport);
                let request = oasmith_templates::runtime::Request::<NoBody, Value>::new(
                    &client, verb, "/items",
                );
                let error = request.operation("items.any").send().await.fails();
                assert_eq!(transport.sent().len(), count, "{kind:?} {verb} {is_timeout}");
                assert_eq!(error.attempts() as usize, count, "{error}");
                assert_eq!(error.source().unwrap().to_string(), "of the test");
                if is_timeout {
                    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
                } else {
                    let Error::Transport(transport) = &error else { panic!("{error:?}") };
                    assert_eq!(transport.kind(), &kind);
                    assert!(error.to_string().contains(message), "{error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_failing_token_request_tells_what_the_transport_said() {
    let make = || Err(failure(TransportErrorKind::Connect));
    let transport = Memory::new([make(), make(), make()]);
    let client = builder(&transport).auth(secret_post()).build().unwrap();
    let error = get(&client).send().await.fails();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    assert_eq!((error.attempts(), transport.sent().len()), (3, 3));
    assert!(shown(&error).contains("of the test") && !shown(&error).contains(SECRET));
}

#[tokio::test]
async fn a_body_that_breaks_is_never_a_short_success() {
    let broken = |error: BoxError| json(200, Pieces::body([Ok("{"), Err(error)]));
    // An idempotent call is sent again.
    let transport = Memory::new([broken("cut".into()), json(200, r#"{"n":1}"#)]);
    assert_eq!(*get(&anonymous(&transport)).send().await.unwrap(), json!({"n": 1}));

    let transport = Memory::new([broken("cut".into())]);
    let error = post(&anonymous(&transport)).send().await.fails();
    let Error::Transport(told) = &error else { panic!("{error:?}") };
    assert_eq!(told.kind(), &TransportErrorKind::Receive);
    assert_eq!(error.source().unwrap().to_string(), "cut");

    // A body that knows better says it.
    let transport = Memory::new([broken(failure(TransportErrorKind::Other).timed_out().into())]);
    let error = post(&anonymous(&transport)).send().await.fails();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}

#[tokio::test]
async fn limits_are_the_clients_over_any_transport() {
    let sized = Pieces {
        left: [Ok("[1,"), Ok("2]")].into(),
        size: SizeHint::with_exact(5),
        is_ready: false.into(),
    };
    let table = [
        (TransportBody::from("[1,2]"), 5, true),
        (TransportBody::from("[1,2]"), 4, false),
        (Pieces::body([Ok("[1,"), Ok("2]")]), 5, true),
        (Pieces::body([Ok("[1,"), Ok("2]")]), 4, false),
        (TransportBody::new(sized), 4, false),
    ];
    for (body, limit, fits) in table {
        let transport = Memory::new([json(200, body)]);
        let client = builder(&transport).response_limit(limit).anonymous().build().unwrap();
        match get(&client).send().await.seen() {
            Ok(response) => assert!(fits && *response == json!([1, 2])),
            Err(Error::Decode(error)) => {
                assert!(!fits && matches!(error.kind(), DecodeErrorKind::TooLarge { .. }));
            }
            Err(other) => panic!("{other:?}"),
        }
    }

    let builder = ClientBuilder::new(&API).base_url("https://api.example.test").transport(Silent);
    let client = builder.timeout(Duration::from_millis(50)).anonymous().build().unwrap();
    let error = get(&client).send().await.fails();
    assert!(error.is_timeout() && error.to_string().contains("within 50ms"), "{error}");
}

#[tokio::test]
async fn streams_go_both_ways() {
    let pieces = || Pieces::body([Ok("one "), Ok("two")]);
    let transport = Memory::new([json(200, pieces())]);
    let client = anonymous(&transport);
    let download = || {
        let request =
            oasmith_templates::runtime::Request::<Body, ()>::new(&client, Verb::Put, "/f");
        request.operation("files.put").bytes("text/plain", Body::from(pieces())).reads_download()
    };
    let mut file: Download = download().send().await.unwrap().into_inner();
    assert_eq!(file.chunk().await.unwrap().unwrap(), "one ");
    assert_eq!(file.chunk().await.unwrap().unwrap(), "two");
    assert_eq!(file.chunk().await.unwrap(), None);
    let sent = transport.sent();
    assert_eq!((sent[0].is_whole, &*sent[0].body, sent[0].length), (false, "one two", None));

    // A stream is sent once, whatever its method allows; one that is cut is an error on both ways.
    let transport = Memory::new([json(503, "{}")]);
    let client = anonymous(&transport);
    let upload = |body: TransportBody| {
        let request =
            oasmith_templates::runtime::Request::<Body, ()>::new(&client, Verb::Put, "/f");
        request.operation("files.put").bytes("text/plain", Body::from(body)).without_content()
    };
    upload(pieces()).send().await.fails();
    let error = upload(Pieces::body([Ok("one"), Err("cut".into())])).send().await.fails();
    assert!(matches!(error, Error::Transport(_)) && shown(&error).contains("cut"), "{error:?}");

    let cut = Pieces::body([Ok("one"), Err("cut".into())]);
    let client = anonymous(&Memory::new([json(200, cut)]));
    let request = oasmith_templates::runtime::Request::<NoBody, ()>::new(&client, Verb::Get, "/f");
    let file = request.operation("files.get").reads_download().send().await.unwrap().into_inner();
    let error = file.bytes(100).await.fails();
    let Error::Transport(error) = error else { panic!("{error:?}") };
    assert_eq!(error.kind(), &TransportErrorKind::Receive);
}

#[tokio::test]
async fn the_usual_transport_goes_behind_another() {
    /// Counts what goes through it.
    #[derive(Debug)]
    struct Counting(ReqwestTransport, Mutex<Vec<u16>>);
    impl Transport for Counting {
        fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
            Box::pin(async move {
                let response = self.0.send(request).await?;
                self.1.lock().unwrap().push(response.status().as_u16());
                Ok(response)
            })
        }
    }
    let server = Server::sequence([
        Reply::json(503, "{}"),
        Reply::json(200, r#"{"n":1}"#),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_close(),
        Reply::raw("").then_close(),
    ])
    .await;
    let redirects = reqwest::redirect::Policy::none();
    let http = reqwest::Client::builder().no_proxy().redirect(redirects).build().unwrap();
    let counting = Arc::new(Counting(ReqwestTransport::new(http), Mutex::default()));
    let client = |policy: RetryPolicy| {
        let builder = ClientBuilder::new(&API).base_url(server.url()).retry(policy);
        let builder = builder.auth(Credentials::bearer(BEARER));
        builder.transport(Arc::clone(&counting)).build().unwrap()
    };
    assert_eq!(*get(&client(fast())).send().await.unwrap(), json!({"n": 1}));
    let kinds = [TransportErrorKind::Receive, TransportErrorKind::Send];
    for kind in kinds {
        let error = post(&client(fast())).send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!(told.kind(), &kind);
        assert!(!shown(&error).contains(BEARER));
    }
    assert_eq!(*counting.1.lock().unwrap(), [503, 200, 200]);
    let requests = server.requests();
    assert_eq!(requests[1].header("authorization"), Some(&*format!("Bearer {BEARER}")));
    assert_eq!(requests[2].header("content-length"), Some("12"));
    assert_eq!(requests[1].header("content-length"), None);
}
