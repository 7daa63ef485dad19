//! Server-sent events that are asked for once more: when, with what, how often, and when not.

use std::time::Duration;

use http::{HeaderName, HeaderValue};
use oasmith_templates::runtime::{
    Body, Client, DecodeErrorKind, Error, Event, EventStream, NoBody, Request, RequestOptions,
    TransportBody, TransportErrorKind, Verb,
};
use serde_json::Value;

use crate::retries::fast;
use crate::setup::{API, builder, client, oauth_client, shown, token};
use crate::support::{Fails as _, Reply, Server};

pub(crate) type Text = EventStream<String>;

fn watch(client: &Client) -> Request<NoBody, Text> {
    Request::new(client, Verb::Get, "/events").operation("events.watch").reads_text_events()
}

pub(crate) async fn open(client: &Client) -> Text {
    watch(client).send().await.unwrap().into_inner()
}

/// Events of an answer that ends as it should.
fn whole(events: &str) -> Reply {
    Reply::new(200, &["content-type: text/event-stream; charset=utf-8"], events)
}

/// Events of an answer that is cut.
fn cut(events: &str) -> Reply {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n";
    Reply::raw(format!("{head}\r\n{:x}\r\n{events}\r\n", events.len())).then_close()
}

fn gone() -> Reply {
    Reply::new(204, &[], "")
}

async fn data(events: &mut Text) -> Result<Option<String>, Error> {
    Ok(events.next().await.seen()?.map(|event| event.data))
}

fn ids(server: &Server) -> Vec<Option<String>> {
    let requests = server.requests();
    requests.iter().map(|request| request.header("last-event-id").map(str::to_owned)).collect()
}

pub(crate) fn is_cut(error: &Error) -> bool {
    matches!(error, Error::Transport(error) if error.kind() == &TransportErrorKind::Receive)
}

#[tokio::test]
async fn without_leave_nothing_is_asked_for_twice() {
    let server = Server::always(cut("data: a\n\ndata: b\n")).await;
    let mut events = open(&client(&server)).await;
    assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
    let error = data(&mut events).await.fails();
    assert!(is_cut(&error), "{error:?}");
    assert_eq!(data(&mut events).await.unwrap(), None);
    server.only_request();

    let server = Server::always(whole("data: a\n\n")).await;
    let mut events = open(&client(&server)).await;
    assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
    assert_eq!(data(&mut events).await.unwrap(), None);
    server.only_request();
}

#[tokio::test]
async fn events_go_on_behind_the_last_id_until_there_is_no_content() {
    let server = Server::sequence([
        cut("retry: 1\nid: 1\ndata: a\n\nid: 2\ndata: not complete\n"),
        whole("\u{feff}data: b\n\n"),
        whole("id: \u{fc}3\n\n: no event\n\n"),
        whole("id\ndata: c\n\n"),
        gone(),
    ])
    .await;
    let mut events = open(&client(&server)).await;
    events.reconnect(fast().with_attempts(9)).unwrap();
    let event = |data: &str, id: &str, retry: Option<u64>| {
        (data.to_owned(), id.to_owned(), retry.map(Duration::from_millis))
    };
    let mut seen = Vec::new();
    while let Some(Event { data, id, retry, .. }) = events.next().await.unwrap() {
        seen.push((data, id, retry));
    }
    assert_eq!(seen, [event("a", "1", Some(1)), event("b", "1", None), event("c", "", None)]);
    for _ in 0..2 {
        assert_eq!(events.next().await.unwrap(), None);
    }
    // The id of an event that was not complete is not one that was received, and an empty one is
    // sent as none (section 9.2.4).
    let requests = server.requests();
    assert_eq!(requests.len(), 5);
    let sent: Vec<&str> =
        requests.iter().map(|request| request.header("last-event-id").unwrap_or("-")).collect();
    assert_eq!(sent, ["-", "1", "1", "\u{fc}3", "-"]);
    assert!(requests.iter().all(|request| request.line == "GET /events HTTP/1.1"));
}

#[tokio::test]
async fn an_id_of_the_callers_is_where_the_events_go_on() {
    let server = Server::sequence([cut(": nothing\n\n"), whole("data: a\n\n"), gone()]).await;
    let (name, id) = (HeaderName::from_static("last-event-id"), HeaderValue::from_static("41"));
    let request = watch(&client(&server)).options(RequestOptions::new().header(name, id));
    let mut events = request.send().await.unwrap().into_inner();
    assert_eq!(events.last_event_id(), "41");
    events.reconnect(fast()).unwrap();
    let event = events.next().await.unwrap().unwrap();
    assert_eq!((&*event.data, &*event.id), ("a", "41"));
    assert_eq!(events.next().await.unwrap(), None);
    assert_eq!(ids(&server), [Some("41".to_owned()), Some("41".to_owned()), Some("41".to_owned())]);

    let server = Server::sequence([cut("id: a\u{1}b\ndata: a\n\n"), gone()]).await;
    let mut events = open(&client(&server)).await;
    events.reconnect(fast()).unwrap();
    assert!(events.next().await.unwrap().is_some());
    let error = events.next().await.fails();
    assert!(matches!(error, Error::Build(_)), "going on without it would lose events: {error:?}");
    assert_eq!(events.next().await.unwrap(), None);
    server.only_request();
}

#[tokio::test]
async fn a_server_that_fails_in_two_ways_gets_no_more_than_the_attempts_of_the_policy() {
    for attempts in 2..6 {
        let server = Server::start(|number, _| match number {
            0 => whole("data: a\n\n"),
            odd if odd % 2 == 1 => Reply::json(503, "{}"),
            _ => whole(": nothing\n\n"),
        })
        .await;
        let mut events = open(&client(&server)).await;
        events.reconnect(fast().with_attempts(attempts)).unwrap();
        assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
        data(&mut events).await.fails();
        let again = server.requests().len() - 1;
        assert!(again <= usize::try_from(attempts).unwrap(), "{again} of {attempts}");
    }
}

/// Whether an error is the one that ends a stream.
type IsEnd = fn(&Error) -> bool;

#[tokio::test]
async fn what_answers_the_next_connection_is_tried_again_by_policy() {
    let first = || cut("data: a\n\n");
    let last = || whole("data: b\n\n");
    let busy = || Reply::new(503, &["retry-after: 0"], "");
    let html = || Reply::new(200, &["content-type: text/html"], "<html>");
    // What the connections are answered with, how many there are, and what comes out.
    let table: [(Vec<Reply>, usize, Option<IsEnd>); 7] = [
        (vec![first(), busy(), Reply::new(429, &[], ""), last()], 4, None),
        (vec![first(), Reply::raw("").then_reset(), last()], 3, None),
        (vec![first(), busy()], 4, Some(|error| error.status().unwrap().as_u16() == 503)),
        (vec![first(), Reply::json(404, "{}")], 2, Some(Error::is_not_found)),
        (
            vec![first(), html()],
            2,
            Some(
                |error| matches!(error, Error::Decode(error) if error.kind() == &DecodeErrorKind::Undocumented),
            ),
        ),
        (vec![first(), whole(": none\n\n")], 3, Some(is_cut)),
        (vec![first(), cut(": none\n\n")], 3, Some(is_cut)),
    ];
    for (number, (replies, count, ends)) in table.into_iter().enumerate() {
        let server = Server::sequence(replies).await;
        let mut events = open(&client(&server)).await;
        events.reconnect(fast()).unwrap();
        assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
        match ends {
            None => assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("b")),
            Some(is_expected) => {
                let error = data(&mut events).await.fails();
                assert!(is_expected(&error), "{number}: {error:?}");
                assert_eq!(data(&mut events).await.unwrap(), None);
            }
        }
        assert_eq!(server.requests().len(), count, "{number}");
    }
}

#[tokio::test]
async fn an_event_between_begins_the_count_anew() {
    let server = Server::start(|number, _| match number {
        0..20 if number % 2 == 0 => whole("data: not json\n\n"),
        20 => gone(),
        _ => whole(""),
    })
    .await;
    let request = Request::<NoBody, ()>::new(&client(&server), Verb::Get, "/events");
    let mut events = request.reads_events::<Value>().send().await.unwrap().into_inner();
    events.reconnect(fast()).unwrap();
    for _ in 0..10 {
        let error = events.next().await.fails();
        assert!(matches!(error, Error::Decode(_)), "{error:?}");
    }
    assert_eq!(events.next().await.unwrap(), None);
    assert_eq!(server.requests().len(), 21);

    let server = Server::always(whole("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n")).await;
    let request = Request::<NoBody, ()>::new(&client(&server), Verb::Get, "/events");
    let mut events = request.reads_events::<Value>().send().await.unwrap().into_inner();
    events.reconnect(fast()).unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.next().await.unwrap(), None);
    server.only_request();
}

#[tokio::test]
async fn a_silent_connection_is_given_up() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nid: 1\ndata: a\n\n";
    let server = Server::sequence([Reply::raw(head), whole("data: b\n\n"), gone()]).await;
    let client = builder(&server).anonymous().idle_timeout(Duration::from_millis(50));
    let mut events = open(&client.build().unwrap()).await;
    events.reconnect(fast()).unwrap();
    assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
    // A future that is dropped while it waits loses nothing.
    let mut waits = 0;
    let next = loop {
        match tokio::time::timeout(Duration::from_millis(5), data(&mut events)).await.seen() {
            Ok(next) => break next,
            Err(_) => waits += 1,
        }
    };
    assert!(waits > 1);
    assert_eq!(next.unwrap().as_deref(), Some("b"));
    assert_eq!(data(&mut events).await.unwrap(), None);
    assert_eq!(ids(&server), [None, Some("1".to_owned()), Some("1".to_owned())]);
}

#[tokio::test]
async fn only_what_may_be_repeated_is_asked_for_again() {
    type Set = fn(Request<Body, ()>) -> Request<Body, ()>;
    let key = |request: Request<Body, ()>| request.header("x-idempotency-key", "k1");
    let table: [(Verb, Set, bool); 8] = [
        (Verb::Get, |request| request, true),
        (Verb::Post, |request| request, false),
        (Verb::Patch, |request| request, false),
        // What succeeded may not be done again, only what may have failed.
        (Verb::Put, |request| request, false),
        (Verb::Put, |request| request.options(RequestOptions::new().idempotent(true)), true),
        (Verb::Post, |request| request.idempotent(true), true),
        (Verb::Get, |request| request.idempotent(false), false),
        (Verb::Post, key, true),
    ];
    for (verb, set, may) in table {
        let server =
            Server::sequence([cut("id: 1\ndata: a\n\n"), whole("data: b\n\n"), gone()]).await;
        let request = Request::<Body, ()>::new(&client(&server), verb, "/e").operation("e.watch");
        let request = set(request.bytes("text/plain", "asked")).reads_text_events();
        let mut events = request.send().await.unwrap().into_inner();
        if may {
            events.reconnect(fast()).unwrap();
            assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
            assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("b"), "{verb}");
            assert_eq!(data(&mut events).await.unwrap(), None);
            let requests = server.requests();
            assert!(requests.len() == 3 && requests.iter().all(|one| one.body == b"asked"));
            let key = requests[0].header("x-idempotency-key");
            assert!(requests.iter().all(|one| one.header("x-idempotency-key") == key));
        } else {
            let error = events.reconnect(fast()).fails();
            let says = "the events of e.watch cannot be asked for once more";
            assert!(matches!(error, Error::Build(_)) && shown(&error).contains(says), "{error:?}");
            assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
            data(&mut events).await.fails();
            server.only_request();
        }
    }
    let server = Server::always(cut("")).await;
    let source = TransportBody::new(TransportBody::from("once"));
    let request = Request::<Body, ()>::new(&client(&server), Verb::Post, "/e").idempotent(true);
    let request = request.bytes("text/plain", Body::from(source)).reads_text_events();
    let error = request.send().await.unwrap().into_inner().reconnect(fast()).fails();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
}

#[tokio::test]
async fn each_connection_signs_in_anew() {
    let tokens = std::sync::atomic::AtomicUsize::new(0);
    let server = Server::start(move |_, request| {
        if request.target() == "/auth/v1/token" {
            let number = tokens.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            // The first one ends at once, and the second one is revoked.
            return token(&format!("t{number}"), if number == 0 { 0 } else { 900 });
        }
        match (request.header("authorization").unwrap(), request.header("last-event-id")) {
            ("Bearer t0", None) => cut("id: 1\ndata: a\n\n"),
            ("Bearer t1", Some("1")) => whole("id: 2\ndata: b\n\n"),
            ("Bearer t1", Some("2")) => Reply::json(401, "{}"),
            ("Bearer t2", Some("2")) => gone(),
            other => panic!("{other:?}"),
        }
    })
    .await;
    let mut events = open(&oauth_client(&server)).await;
    events.reconnect(fast()).unwrap();
    assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
    assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("b"));
    assert_eq!(data(&mut events).await.unwrap(), None);
    assert_eq!(server.requests().len(), 7);
}

/// Api keys are added to each connection once.
#[tokio::test]
async fn a_made_idempotency_key_and_an_api_key_stay_what_they_were() {
    use oasmith_templates::runtime::{Api, ApiKey, ClientBuilder, KeyLocation};
    static KEYED: Api = Api {
        keys: &[ApiKey { scheme: "key", location: KeyLocation::Query, name: "k" }],
        security: &[&["key"]],
        ..API
    };
    let server = Server::sequence([cut("data: a\n\n"), whole("data: b\n\n"), gone()]).await;
    let client = ClientBuilder::new(&KEYED).base_url(server.url()).api_key("key", "v").build();
    let request = Request::<Body, ()>::new(&client.unwrap(), Verb::Post, "/e");
    let request = request.idempotency_key("Idempotency-Key").bytes("text/plain", "asked");
    let mut events = request.reads_text_events().send().await.unwrap().into_inner();
    events.reconnect(fast()).unwrap();
    while data(&mut events).await.unwrap().is_some() {}
    let requests = server.requests();
    let key = requests[0].header("idempotency-key").unwrap();
    assert!(requests.iter().all(|one| one.header("idempotency-key") == Some(key)), "{requests:?}");
    assert!(requests.iter().all(|one| one.line == "POST /e?k=v HTTP/1.1"), "{requests:?}");
}

#[tokio::test]
async fn an_event_has_a_bound() {
    let endless = "data: 0123456789\n".repeat(20);
    for body in [endless.clone(), format!("data: {}\n\n", "x".repeat(101)), "x".repeat(101)] {
        let server = Server::always(whole(&format!("data: a\n\n{body}\n"))).await;
        let client = builder(&server).anonymous().response_limit(100).build().unwrap();
        let mut events = open(&client).await;
        events.reconnect(fast()).unwrap();
        assert_eq!(data(&mut events).await.unwrap().as_deref(), Some("a"));
        let Err(Error::Decode(error)) = data(&mut events).await.seen() else { panic!() };
        assert_eq!(error.kind(), &DecodeErrorKind::TooLarge { limit: 100 });
        assert_eq!(data(&mut events).await.unwrap(), None);
        server.only_request();
    }
}

#[tokio::test]
async fn what_says_that_it_is_something_else_is_no_stream_of_events() {
    for content_type in ["text/html", "application/json"] {
        let header = format!("content-type: {content_type}");
        let server = Server::always(Reply::new(200, &[&header], "<html>")).await;
        let Err(Error::Decode(error)) = watch(&client(&server)).send().await.seen() else {
            panic!()
        };
        assert_eq!(error.kind(), &DecodeErrorKind::Undocumented);
    }
    for reply in [Reply::new(200, &[], "data: a\n\n"), whole("data: a\n\n"), gone()] {
        watch(&client(&Server::always(reply).await)).send().await.unwrap();
    }
    let server = Server::always(gone()).await;
    let mut events = open(&client(&server)).await;
    events.reconnect(fast()).unwrap();
    assert_eq!(data(&mut events).await.unwrap(), None);
    server.only_request();
}
