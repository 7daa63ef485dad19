//! Every error that a caller can match is met by a call, but for those that say why not.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::Duration;

use http::Response;
use oasmith_templates::runtime::{
    AccessToken, Attempt, Body, BoxError, ClientBuilder, Credentials, Error, Hook, NoBody, Request,
    RetryPolicy, SubjectToken, TokenExchange, Transport, TransportBody, TransportError,
    TransportErrorKind, TransportFailure, TransportFuture, Turn, Verb,
};
use serde_json::Value;

use crate::setup::{API, builder, get, post, secret_post, token};
use crate::streams::{Pieces, upload};
use crate::support::{Fails as _, Reply, Server};

/// What no call here can meet.
const UNMET: [&str; 3] = [
    // A machine without random numbers, or with a clock before 1970.
    "AuthErrorKind::Assertion",
    // What cannot be sent is found before, and told as what gave it.
    "AuthErrorKind::Unsendable",
    // Only a browser has it; `wasm/smoke.mjs` meets it.
    "RedirectError::Hidden",
];

/// The variants of an enum, as its source has them.
fn variants(file: &str, name: &str) -> BTreeSet<String> {
    let (_, text) = oasmith_templates::FILES.iter().find(|(path, _)| *path == file).unwrap();
    let body =
        text.split_once(&format!("pub enum {name} {{\n")).unwrap().1.split_once("\n}").unwrap().0;
    let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
    let lines = lines.filter(|line| line.starts_with(|first: char| first.is_ascii_uppercase()));
    lines.map(|line| variant(name, line)).collect()
}

/// Such as `RedirectError::TooMany` of `TooMany { limit: 5 }`.
fn variant(name: &str, text: &str) -> String {
    let end = text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len());
    format!("{name}::{}", &text[..end])
}

/// The variants that an error is of.
fn met(error: &Error, all: &mut BTreeSet<String>) {
    let mut add = |name: &str, value: &dyn Debug| all.insert(variant(name, &format!("{value:?}")));
    add("Error", error);
    match error {
        Error::Transport(error) => transport(error, all),
        Error::Auth(error) => {
            add("AuthErrorKind", error.kind());
            let source = std::error::Error::source(error);
            if let Some(Error::Transport(error)) = source.and_then(|one| one.downcast_ref()) {
                transport(error, all);
            }
        }
        Error::Decode(error) => drop(add("DecodeErrorKind", error.kind())),
        _ => {}
    }
}

fn transport(error: &TransportError, all: &mut BTreeSet<String>) {
    all.insert(variant("TransportErrorKind", &format!("{:?}", error.kind())));
    if let TransportErrorKind::Redirect(reason) = error.kind() {
        all.insert(variant("RedirectError", &format!("{reason:?}")));
    }
}

#[derive(Debug)]
struct Refuses;

impl Hook for Refuses {
    fn before_attempt(
        &self,
        _: &Attempt<'_>,
        _: &mut http::Request<TransportBody>,
    ) -> Result<(), BoxError> {
        Err("no".into())
    }

    fn after_response(&self, _: &Attempt<'_>, _: &Response<()>) {}
}

/// Has no answer, for this reason.
#[derive(Debug)]
struct Failing(TransportErrorKind);

impl Transport for Failing {
    fn send(&self, _: http::Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async { Err(TransportFailure::new(self.0.clone(), "no")) })
    }
}

/// The error of a `GET` with such an answer.
async fn get_fails(reply: Reply) -> Error {
    let server = Server::always(reply).await;
    let builder = builder(&server).timeout(Duration::from_secs(2)).response_limit(100);
    get(&builder.header_limit(200).anonymous().build().unwrap()).send().await.fails()
}

/// The error of a call that signs in first.
async fn sign_in_fails(reply: Reply, credentials: impl Into<Credentials>) -> Error {
    let server = Server::always(reply).await;
    get(&builder(&server).auth(credentials).build().unwrap()).send().await.fails()
}

async fn pages_fail(next: &str, limit: usize) -> Error {
    let server = Server::always(Reply::json(200, format!(r#"{{"next":"{next}"}}"#))).await;
    let client = builder(&server).anonymous().build().unwrap();
    let turn: fn(&Value) -> Option<&str> = |page| page["next"].as_str();
    let list = Request::<NoBody, Value>::get(&client, "/list").operation("list").query("t", "a");
    let mut pages = list.pages(Turn::Query("t", turn)).limit(limit);
    pages.next().await.unwrap();
    match pages.next().await.seen() {
        Err(error) => error,
        Ok(_) => pages.next().await.fails(),
    }
}

async fn all_errors() -> Vec<Error> {
    let server = Server::always(Reply::json(200, "{}")).await;
    let anonymous = || builder(&server).anonymous();
    let nobody =
        ClientBuilder::new(&API).base_url("http://127.0.0.1:9").retry(RetryPolicy::never());
    let failing_transport = |kind| anonymous().transport(Failing(kind)).build().unwrap();
    let failing = || Body::stream(Pieces::failing());
    let subject = SubjectToken::function(|| async { Err("no file".into()) });
    let redirect = Reply::redirect;
    let to_items = Server::always(redirect(302, "/items/7")).await;
    let slow = Server::always(Reply::json(200, "{}").after(Duration::from_secs(2))).await;
    let events = Server::always(Reply::new(200, &["content-type: text/html"], "x")).await;
    let events = builder(&events).anonymous().build().unwrap();
    let events = Request::<NoBody, ()>::new(&events, Verb::Get, "/events").operation("events");
    vec![
        get(&anonymous().build().unwrap()).path("id", "").send().await.fails(),
        get(&builder(&server).build().unwrap()).send().await.fails(),
        sign_in_fails(Reply::json(400, r#"{"error":"invalid_client"}"#), secret_post()).await,
        sign_in_fails(Reply::json(200, "{}"), secret_post()).await,
        sign_in_fails(Reply::raw("").then_reset(), secret_post()).await,
        sign_in_fails(redirect(307, "/elsewhere"), secret_post()).await,
        sign_in_fails(token("t", 60), TokenExchange::new("c", subject)).await,
        sign_in_fails(
            token("t", 60),
            Credentials::function(|| async { Err::<AccessToken, BoxError>("no".into()) }),
        )
        .await,
        get(&nobody.anonymous().build().unwrap()).send().await.fails(),
        get_fails(Reply::raw("").then_reset()).await,
        get_fails(Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{").then_close()).await,
        upload(&anonymous().build().unwrap(), failing()).send().await.fails(),
        get_fails(redirect(302, "http://127.0.0.1:9/")).await,
        get_fails(redirect(302, "/items/7")).await,
        get_fails(redirect(302, "http://[")).await,
        post(&builder(&to_items).anonymous().build().unwrap()).send().await.fails(),
        get(&anonymous().hook(Refuses).build().unwrap()).send().await.fails(),
        get(&failing_transport(TransportErrorKind::Other)).send().await.fails(),
        get(&failing_transport(TransportErrorKind::Unprocessed)).send().await.fails(),
        get(&builder(&slow).timeout(Duration::from_millis(50)).anonymous().build().unwrap())
            .send()
            .await
            .fails(),
        get_fails(Reply::json(404, "{}")).await,
        get_fails(Reply::json(200, "")).await,
        get_fails(Reply::new(200, &["content-type: text/html"], "<html>")).await,
        events.reads_text_events().send().await.fails(),
        get_fails(Reply::json(200, " ".repeat(200))).await,
        get_fails(Reply::new(200, &[&format!("a: {}", "x".repeat(200))], "{}")).await,
        pages_fail("a", 5).await,
        pages_fail("b", 1).await,
        get_fails(Reply::json(200, "{]")).await,
    ]
}

#[tokio::test]
async fn every_kind_of_error_is_met() {
    let kinds = [
        ("runtime/error.rs", "Error"),
        ("runtime/error/auth.rs", "AuthErrorKind"),
        ("runtime/error/decode.rs", "DecodeErrorKind"),
        ("runtime/error/transport.rs", "TransportErrorKind"),
        ("runtime/error/transport.rs", "RedirectError"),
    ];
    let mut all: BTreeSet<String> = BTreeSet::new();
    for (file, name) in kinds {
        all.extend(variants(file, name));
    }
    assert!(all.contains("Error::Api") && all.contains("RedirectError::TooMany"), "{all:?}");
    let mut seen: BTreeSet<String> = UNMET.map(str::to_owned).into();
    for error in all_errors().await {
        met(&error, &mut seen);
    }
    let missing: Vec<&String> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "no call here ends in {missing:?}");
    assert!(seen.is_subset(&all), "{seen:?}");
}
