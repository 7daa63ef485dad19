//! Recordings: what is kept of traffic with a real server, what is not, and how it plays.

use std::sync::Arc;
use std::time::Duration;

use oasmith_templates::recorder::{Player, Recorder};
use oasmith_templates::runtime::{
    Api, ApiKey, Body, Client, ClientBuilder, Credentials, Error, KeyLocation, NoBody, Request,
    RequestOptions, ReqwestTransport, RetryPolicy, Transport, TransportBody, TransportErrorKind,
    Value, Verb,
};
use serde_json::json;

use crate::retries::fast;
use crate::setup::{API, BEARER, SECRET, get, post, secret_post, shown, token};
use crate::support::{Fails as _, Reply, Server};

const QUERY_KEY: &str = "query/key-6e0d";
const HEADER_KEY: &str = "header-key-83aa";
const COOKIE_KEY: &str = "cookie-key-f00d";

static KEYED: Api = Api {
    keys: &[
        ApiKey { scheme: "query", location: KeyLocation::Query, name: "k" },
        ApiKey { scheme: "header", location: KeyLocation::Header, name: "X-Own" },
        ApiKey { scheme: "cookie", location: KeyLocation::Cookie, name: "session" },
    ],
    security: &[&["query", "header", "cookie", "oauth"]],
    ..API
};

fn recorder() -> Recorder {
    let none = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
    Recorder::around(ReqwestTransport::new(client))
}

/// A client that records, and one that plays on another host.
fn client(url: &str, transport: impl Transport + 'static) -> Client {
    let builder = ClientBuilder::new(&API).base_url(url).retry(fast());
    builder.auth(Credentials::bearer(BEARER)).transport(transport).build().unwrap()
}

fn player(recording: &str) -> (Arc<Player>, Client) {
    let player = Arc::new(Player::from_json(recording).unwrap());
    (Arc::clone(&player), client("https://played.example.test", player))
}

fn keyed(url: &str, transport: impl Transport + 'static, key: &str) -> Client {
    let builder = ClientBuilder::new(&KEYED).base_url(url).retry(fast()).auth(secret_post());
    let builder = builder.api_key("query", format!("{QUERY_KEY}{key}"));
    let builder = builder.api_key("header", format!("{HEADER_KEY}{key}"));
    let builder = builder.api_key("cookie", format!("{COOKIE_KEY}{key}"));
    builder.transport(transport).build().unwrap()
}

#[tokio::test]
async fn no_secret_is_in_a_recording_and_it_plays_with_others() {
    let server = Server::start(|number, request| match number {
        0 => Reply::json(400, r#"{"error":"temporarily_unavailable","error_description":"s-1"}"#),
        1 => token("token-of-the-server-1b", 3600),
        2 => {
            let key = request.target().split("k=").nth(1).unwrap();
            let body = json!({
                "echo": [request.header("authorization"), request.header("x-own"), key],
                "clientSecret": "made-by-the-api-1",
                "nested": [{"pin": "made-by-the-api-2", "name": "n"}],
            });
            let headers = [
                "content-type: application/json",
                "set-cookie: session=made-by-the-api-3",
                &*format!("x-echo: {HEADER_KEY}"),
                "x-plain: kept",
            ];
            Reply::new(201, &headers, body.to_string())
        }
        _ => Reply::new(
            200,
            &["content-type: application/jsonl"],
            "{\"password\" : \"made-by-the-api-4\"}\n{\"n\":\"a \\\"password\\\": b\"}\n",
        ),
    })
    .await;
    let recorder = Arc::new(recorder().hide("PIN"));
    let client = keyed(&server.url(), Arc::clone(&recorder), "");
    // A failed sign-in is not asked for again at once, so that the first call has a client of its own.
    let failed = post(&client).query("q", 1).send().await.fails();
    assert!(matches!(failed, Error::Auth(_)), "{failed:?}");
    let client = keyed(&server.url(), Arc::clone(&recorder), "");
    let (created, lines) = calls(&client).await;
    assert_eq!(created["clientSecret"], "made-by-the-api-1");
    assert!(created["echo"][0].as_str().unwrap().contains("token-of-the-server"));

    let text = recorder.to_json();
    let all = format!("{text}{recorder:?}{client:?}");
    let secrets = [
        "made-by-the-api",
        "of-the-user",
        "token-of-the-server",
        SECRET,
        QUERY_KEY,
        "query%2Fkey",
        HEADER_KEY,
        COOKIE_KEY,
        "s-1",
    ];
    for secret in secrets {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    for kept in ["x-plain", "temporarily_unavailable", "&k=(hidden)", "password=(hidden)&a=b"] {
        assert!(text.contains(kept), "{kept} not in {text}");
    }

    let player = Arc::new(Player::from_json(&text).unwrap());
    let client = keyed("https://played.example.test", Arc::clone(&player), "-of-a-test");
    post(&client).query("q", 1).send().await.fails();
    let client = keyed("https://played.example.test", Arc::clone(&player), "-of-a-test");
    let (again, lines_again) = calls(&client).await;
    player.assert_done();
    assert_eq!(again["nested"], json!([{"pin": "(hidden)", "name": "n"}]));
    assert_eq!(again["echo"], json!(["Bearer (hidden)", "(hidden)", "(hidden)"]));
    let expected = String::from_utf8(lines.to_vec()).unwrap();
    assert_eq!(lines_again, expected.replace("made-by-the-api-4", "(hidden)"));
    // More tokens than were recorded.
    let client = keyed("https://played.example.test", player, "");
    let error = get(&client).send().await.fails();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn what_an_answer_gives_for_later_requests_is_in_no_recording() {
    let session = "session-of-the-api-77";
    let server = Server::always(Reply::json(200, json!({ "session": session }).to_string())).await;
    let recorder = Arc::new(recorder());
    let client = client(&server.url(), Arc::clone(&recorder));
    let answer = get(&client).send().await.unwrap();
    assert_eq!(answer["session"], session);
    let header = http::HeaderValue::try_from(format!("Session {session}")).unwrap();
    let options = RequestOptions::new().header(http::header::AUTHORIZATION, header);
    get(&client).options(options).send().await.unwrap();
    let text = recorder.to_json();
    assert!(!text.contains(session) && text.contains("(hidden)"), "{text}");
}

/// The calls that are recorded, and played.
async fn calls(client: &Client) -> (Value, bytes::Bytes) {
    let body = json!({"name": "n", "password": "of-the-user-1", "pin": "of-the-user-2"});
    let header = http::HeaderName::from_static("x-api-key");
    let options = RequestOptions::new().header(header, "of-the-user-3".parse().unwrap());
    let request = Request::<Value, Value>::new(client, Verb::Post, "/items").query("q", 1);
    let request = request.operation("items.create").body(body).options(options);
    let created = request.send().await.unwrap();
    assert_eq!(
        (created.status().as_u16(), &created.headers()["x-plain"]),
        (201, &"kept".parse().unwrap())
    );
    let form = Request::<Body, ()>::new(client, Verb::Post, "/lines").operation("lines");
    let form = form.bytes("application/x-www-form-urlencoded", "password=of-the-user-4&a=b");
    let lines = form.reads_download().send().await.unwrap().into_inner();
    (created.into_inner(), lines.bytes(1000).await.unwrap())
}

#[tokio::test]
async fn equal_requests_have_their_answers_in_order_and_others_are_refused() {
    let replies = [
        Reply::json(503, "{}"),
        Reply::json(200, r#"{"n":1}"#),
        Reply::json(200, r#"{"n":2}"#),
        Reply::json(201, r#"{"n":3}"#),
        Reply::raw("").then_reset(),
    ];
    let server = Server::sequence(replies).await;
    let recorder = Arc::new(recorder());
    let client = client(&server.url(), Arc::clone(&recorder));
    let run = |client: Client| async move {
        let mut seen = Vec::new();
        for _ in 0..2 {
            seen.push(get(&client).query("page", 1).send().await.unwrap().into_inner());
        }
        seen.push(post(&client).send().await.unwrap().into_inner());
        let error = post(&client).send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        (seen, told.kind().clone(), error.attempts())
    };
    let first = run(client).await;
    assert_eq!(first.1, TransportErrorKind::Send);
    let (player, client) = player(&recorder.to_json());

    let listed = "left are items.get (GET /items/7), items.get (GET /items/7), \
                  items.get (GET /items/7), items.create (POST /items), items.create (POST /items)";
    let table = [
        (get(&client).query("page", 2), "no request items.get (GET /items/7) with this query"),
        (get(&client).operation("items.own"), "no request items.own (GET /items/7); left"),
        (get(&client).query("page", 1).json(&"other"), "items.get (GET /items/7) with this body"),
    ];
    for (request, message) in table {
        let error = request.send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!((told.kind(), error.attempts()), (&TransportErrorKind::Other, 1));
        let text = shown(&error);
        assert!(text.contains(message) && text.contains(listed), "{text}");
        assert!(!text.contains("page") && !text.contains("other"), "{text}");
    }
    assert!(std::panic::catch_unwind(|| player.assert_done()).is_err());
    assert_eq!(run(client.clone()).await, first);
    player.assert_done();
    let error = post(&client).send().await.fails();
    let message = "items.create (POST /items) as often as it came; left are nothing";
    assert!(shown(&error).contains(message), "{}", shown(&error));
}

#[tokio::test]
async fn bodies_are_recorded_as_far_as_they_were_read() {
    let bytes = [&[0xff, 0, 1][..], &[7; 60]].concat();
    let file = |kind: &str, body: &[u8]| Reply::new(200, &[&format!("content-type: {kind}")], body);
    let server = Server::sequence([
        file("image/png", &bytes),
        file("text/plain", &[b'a'; 65]),
        file("text/plain", b"never read"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort").then_close(),
        Reply::new(200, &["content-encoding: compress"], "unreadable"),
    ])
    .await;
    let recorder = Arc::new(recorder().limit(64));
    let client = client(&server.url(), Arc::clone(&recorder));
    let ask = |client: &Client| {
        let request = Request::<Body, ()>::new(client, Verb::Post, "/f").operation("f");
        let request = request.bytes("text/plain", "a body").reads_download();
        async move { request.send().await.unwrap().into_inner() }
    };
    assert_eq!(ask(&client).await.bytes(100).await.unwrap(), bytes);
    assert_eq!(ask(&client).await.bytes(100).await.unwrap().len(), 65);
    drop(ask(&client).await);
    ask(&client).await.bytes(100).await.fails();
    assert_eq!(ask(&client).await.bytes(100).await.unwrap(), "unreadable");

    let text = recorder.to_json();
    assert!(!text.contains("unreadable"), "{text}");
    let (player, client) = player(&text);
    assert_eq!(ask(&client).await.bytes(100).await.unwrap(), bytes);
    for reason in ["the 64 bytes", "to its end", "to its end", "compressed"] {
        let error = ask(&client).await.bytes(100).await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!(told.kind(), &TransportErrorKind::Receive);
        assert!(shown(&error).contains(reason), "{reason}: {}", shown(&error));
    }
    player.assert_done();
}

#[tokio::test]
async fn uploads_parts_and_what_took_too_long() {
    let server = Server::sequence([
        Reply::json(200, "1"),
        Reply::json(200, "2"),
        Reply::json(200, "3").after(Duration::from_secs(60)),
    ])
    .await;
    let recorder = Arc::new(recorder());
    let upload = |client: &Client, text: &'static str| {
        let body = Body::from(TransportBody::new(TransportBody::from(text)));
        Request::<Body, Value>::new(client, Verb::Put, "/f")
            .operation("f")
            .bytes("text/plain", body)
    };
    let parts = |client: &Client| {
        let request = Request::<NoBody, Value>::new(client, Verb::Post, "/p").operation("p");
        let header = http::HeaderName::from_static("content-type");
        let boundary = format!("multipart/form-data; boundary={client:p}").parse().unwrap();
        let options = RequestOptions::new().header(header, boundary);
        request.json(&"a secret part").options(options)
    };
    let slow = |client: &Client| {
        let options = RequestOptions::new().timeout(Duration::from_millis(200));
        get(client).options(options.retry(RetryPolicy::never()))
    };
    let live = client(&server.url(), Arc::clone(&recorder));
    upload(&live, "streamed").send().await.unwrap();
    parts(&live).send().await.unwrap();
    slow(&live).send().await.fails();
    let text = recorder.to_json();
    assert!(text.contains("streamed") && !text.contains("secret part"), "{text}");

    let (player, client) = player(&text);
    let error = upload(&client, "other").send().await.fails();
    assert!(shown(&error).contains("f (PUT /f) with this body"), "{}", shown(&error));
    assert_eq!(*upload(&client, "streamed").send().await.unwrap(), json!(1));
    assert_eq!(*parts(&client).send().await.unwrap(), json!(2));
    let error = slow(&client).send().await.fails();
    assert!(matches!(&error, Error::Timeout(told) if told.limit().is_none()), "{error:?}");
    player.assert_done();
}

#[test]
fn what_is_no_recording_is_refused() {
    let exchange = |answer: &str| {
        let request = r#"{"method":"GET","url":"/a","headers":[],"body":{"text":""}}"#;
        format!(
            r#"{{"recording":1,"hidden":[],"exchanges":[{{"operation":"a","request":{request},"answer":{answer}}}]}}"#
        )
    };
    let table = [
        ("[", "EOF"),
        ("{}", "`recording` is missing"),
        (r#"{"recording":2}"#, "`recording` is not 1"),
        (r#"{"recording":1,"hidden":[],"exchanges":{}}"#, "`exchanges` is no list"),
        (r#"{"recording":1,"hidden":[],"exchanges":[7]}"#, "`request` is missing"),
        (&exchange(r#"{"status":99,"headers":[],"body":{"text":""}}"#), "`status` is none of HTTP"),
        (&exchange(r#"{"status":200,"headers":[],"body":{}}"#), "`text` is missing"),
        (&exchange(r#"{"status":200,"headers":[],"body":{"base64":"?"}}"#), "Invalid"),
        (&exchange(r#"{"failure":7}"#), "`failure` is no text"),
    ];
    for (text, message) in table {
        let error = Player::from_json(text).fails().to_string();
        assert!(error.contains(message), "{text}: {error}");
    }
    let recording =
        Recorder::around(Player::from_json(&exchange(r#"{"failure":"connect"}"#)).unwrap());
    assert!(Player::from_json(&recording.to_json()).is_ok());
}
