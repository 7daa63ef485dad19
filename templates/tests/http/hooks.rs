//! Hooks: when they are called, what they see, and what they may change.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::{HeaderValue, Request, Response};
use oasmith_templates::runtime::{
    Attempt, BoxError, Client, Credentials, Error, Hook, RetryPolicy, TransportBody,
    TransportErrorKind,
};

use crate::setup::{BEARER, SECRET, builder, get, oauth_client, post, secret_post, shown, token};
use crate::support::{Fails as _, Reply, Server};

/// Writes down what it is told, under a name.
#[derive(Clone, Debug)]
struct Notes {
    name: &'static str,
    written: Arc<Mutex<Vec<String>>>,
}

impl Notes {
    fn new(name: &'static str) -> Self {
        Self { name, written: Arc::default() }
    }

    fn named(&self, name: &'static str) -> Self {
        Self { name, ..self.clone() }
    }

    fn write(&self, what: &str, attempt: &Attempt<'_>, rest: &str) {
        let (name, place, number) = (self.name, attempt.place(), attempt.number());
        let (operation, template) = (place.operation(), place.path_template());
        let verb = place.verb();
        assert!(attempt.elapsed() < Duration::from_secs(60));
        let line = format!("{name} {what} {operation} {verb} {template} {number} {rest}");
        self.written.lock().unwrap().push(line.trim().to_owned());
    }

    fn all(&self) -> Vec<String> {
        self.written.lock().unwrap().clone()
    }
}

impl Hook for Notes {
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<TransportBody>,
    ) -> Result<(), BoxError> {
        self.write("before", attempt, request.uri().path());
        Ok(())
    }

    fn after_response(&self, attempt: &Attempt<'_>, response: &Response<()>) {
        let answer = response.headers().get("x-answer").map_or("", |value| value.to_str().unwrap());
        self.write("after", attempt, &format!("{} {answer}", response.status().as_u16()));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        let Error::Transport(error) = error else { panic!("{error}") };
        self.write("error", attempt, &format!("{:?}", error.kind()));
    }
}

type Change = fn(&mut Request<TransportBody>) -> Result<(), BoxError>;

/// Changes the request.
#[derive(Debug)]
struct Changes(Change);

impl Hook for Changes {
    fn before_attempt(
        &self,
        _: &Attempt<'_>,
        request: &mut Request<TransportBody>,
    ) -> Result<(), BoxError> {
        (self.0)(request)
    }
}

fn changing(server: &Server, change: Change) -> Client {
    builder(server).auth(Credentials::bearer(BEARER)).hook(Changes(change)).build().unwrap()
}

fn retrying(server: &Server, notes: &Notes) -> Client {
    let policy = RetryPolicy::new().with_backoff(Duration::ZERO, Duration::ZERO);
    let builder = builder(server).retry(policy).auth(Credentials::bearer(BEARER));
    builder.hook(notes.clone()).hook(notes.named("two")).build().unwrap()
}

#[tokio::test]
async fn hooks_go_around_every_attempt_in_their_order() {
    let busy = Reply::new(503, &["x-answer: busy"], "{}");
    let cut = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{").then_close();
    let server = Server::sequence([busy, cut, Reply::json(200, "{}")]).await;
    let notes = Notes::new("one");
    get(&retrying(&server, &notes)).send().await.unwrap();
    let expected = [
        "one before items.get GET /items/{id} 1 /items/7",
        "two before items.get GET /items/{id} 1 /items/7",
        "one after items.get GET /items/{id} 1 503 busy",
        "two after items.get GET /items/{id} 1 503 busy",
        "one before items.get GET /items/{id} 2 /items/7",
        "two before items.get GET /items/{id} 2 /items/7",
        "one error items.get GET /items/{id} 2 Receive",
        "two error items.get GET /items/{id} 2 Receive",
        "one before items.get GET /items/{id} 3 /items/7",
        "two before items.get GET /items/{id} 3 /items/7",
        "one after items.get GET /items/{id} 3 200",
        "two after items.get GET /items/{id} 3 200",
    ];
    assert_eq!(notes.all(), expected);
}

#[tokio::test]
async fn a_redirect_is_part_of_an_attempt_and_a_fresh_token_is_another() {
    let moved = Reply::redirect(307, "/elsewhere");
    let server = Server::sequence([
        token("first", 3600),
        moved,
        Reply::json(401, "{}"),
        token("second", 3600),
        Reply::json(200, "{}"),
    ])
    .await;
    let notes = Notes::new("one");
    let client = builder(&server).auth(secret_post()).hook(notes.clone()).build().unwrap();
    get(&client).send().await.unwrap();
    let expected = [
        "one before items.get GET /items/{id} 1 /items/7",
        "one after items.get GET /items/{id} 1 401",
        "one before items.get GET /items/{id} 2 /items/7",
        "one after items.get GET /items/{id} 2 200",
    ];
    assert_eq!(notes.all(), expected, "and none of a token request");
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_hook_changes_headers_query_and_body_of_one_attempt() {
    let server = Server::sequence([Reply::json(200, "{}")]).await;
    let client = changing(&server, |request| {
        assert_eq!(request.headers()["authorization"], format!("Bearer {BEARER}"));
        assert!(request.headers()["authorization"].is_sensitive());
        assert_eq!(request.body().as_bytes().unwrap().as_ref(), br#"{"name":"n"}"#);
        request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
        let uri = format!("{}?signed=1", request.uri()).parse()?;
        *request.uri_mut() = uri;
        *request.body_mut() = r#"{"name":"other"}"#.into();
        Ok(())
    });
    post(&client).send().await.unwrap();
    let [sent] = &server.requests()[..] else { panic!() };
    assert_eq!(sent.line, "POST /items?signed=1 HTTP/1.1");
    assert_eq!(sent.header("x-signature"), Some("signed"));
    assert_eq!(sent.header("content-length"), Some("16"));
    assert_eq!(sent.body, br#"{"name":"other"}"#);
}

#[tokio::test]
async fn a_hook_can_give_a_body_to_a_request_without_one_and_sign_in_itself() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = changing(&server, |request| {
        *request.body_mut() = "{}".into();
        request.headers_mut().insert("authorization", HeaderValue::from_static("Custom own"));
        Ok(())
    });
    let empty = oasmith_templates::runtime::Request::<
        oasmith_templates::runtime::NoBody,
        serde_json::Value,
    >::post(&client, "/items");
    empty.send().await.unwrap();
    let [sent] = &server.requests()[..] else { panic!() };
    assert_eq!(sent.header("content-length"), Some("2"));
    assert_eq!(sent.header("authorization"), Some("Custom own"));
}

#[tokio::test]
async fn a_hook_that_refuses_ends_the_call() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let changes: [(Change, &str); 7] = [
        (
            |request| {
                let uri = request.uri().to_string().replace("http://", "http://user:word@");
                *request.uri_mut() = uri.parse()?;
                Ok(())
            },
            "it changed the server",
        ),
        (|_| Err("not on a Sunday".into()), "not on a Sunday"),
        (
            |request| {
                *request.method_mut() = http::Method::DELETE;
                Ok(())
            },
            "it changed the method",
        ),
        (
            |request| {
                *request.uri_mut() = "https://evil.example/items".parse()?;
                Ok(())
            },
            "it changed the server",
        ),
        (
            |request| {
                request.headers_mut().insert("host", HeaderValue::from_static("evil.example"));
                Ok(())
            },
            "it set the header `host`",
        ),
        (
            |request| {
                request.headers_mut().insert("content-length", HeaderValue::from_static("1"));
                Ok(())
            },
            "it set the header `content-length`",
        ),
        (
            |request| {
                let value = HeaderValue::from_static("chunked");
                request.headers_mut().insert("transfer-encoding", value);
                Ok(())
            },
            "it set the header `transfer-encoding`",
        ),
    ];
    for (change, reason) in changes {
        let notes = Notes::new("after");
        let policy = RetryPolicy::new().with_backoff(Duration::ZERO, Duration::ZERO);
        let builder = builder(&server).retry(policy).anonymous();
        let client = builder.hook(Changes(change)).hook(notes.clone()).build().unwrap();
        let error = get(&client).send().await.fails();
        let Error::Transport(refused) = &error else { panic!("{error}") };
        assert_eq!(*refused.kind(), TransportErrorKind::Hook);
        assert_eq!(error.attempts(), 1, "and it is not tried again");
        let text = shown(&error);
        assert!(text.contains("items.get") && text.contains(reason), "{text}");
        assert_eq!(notes.all().last().unwrap(), "after error items.get GET /items/{id} 1 Hook");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_changed_credential_is_not_repeated_by_an_error() {
    let body = format!(r#"{{"message":"no {SECRET} here"}}"#);
    let server = Server::always(Reply::json(403, &body)).await;
    let client = changing(&server, |request| {
        let value = HeaderValue::from_str(&format!("Bearer {SECRET}"))?;
        request.headers_mut().insert("authorization", value);
        Ok(())
    });
    let text = shown(&get(&client).send().await.fails());
    assert!(text.contains("403") && !text.contains(SECRET), "{text}");
    drop(oauth_client(&server));
}
