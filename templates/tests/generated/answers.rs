//! Answers of every kind.

use std::time::{Duration, Instant};

use http::StatusCode;

use crate::api::answers::{SeveralAnswer, TypesAnswer};
use crate::client;
use crate::models::{Color, Order};
use crate::runtime::{Client, DecodeErrorKind, Error, RequestOptions};
use crate::support::{Fails as _, Reply, Server};

async fn answered(status: u16, content_type: &str, body: &str) -> Server {
    let header = format!("content-type: {content_type}");
    Server::always(Reply::new(status, &[&header], body)).await
}

#[tokio::test]
async fn an_answer_may_have_no_content() {
    let server = answered(200, "application/json; charset=UTF-8", r#"{"R":1}"#).await;
    let answer = client(&server).answers().optional().send().await.unwrap();
    assert_eq!(answer.into_inner(), Some(Color::default().with_r(1)));
    for reply in [Reply::new(204, &[], ""), Reply::new(200, &[], " ")] {
        let server = Server::always(reply).await;
        let answer = client(&server).answers().optional().send().await.unwrap();
        assert_eq!(*answer, None);
    }
    let server = answered(200, "application/json", "[]").await;
    let error = client(&server).answers().optional().send().await.fails();
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

#[tokio::test]
async fn statuses_choose_among_several() {
    let ask = async |status, content_type: &str, body: &str| {
        let server = answered(status, content_type, body).await;
        let answer = client(&server).answers().several().send().await;
        assert_eq!(server.only_request().header("accept"), Some("application/json, text/plain"));
        answer.map(crate::runtime::Response::into_inner)
    };
    let json = "application/json";
    assert!(
        matches!(ask(200, json, r#"{"R":1}"#).await, Ok(SeveralAnswer::Ok(color)) if color.r == Some(1))
    );
    assert!(
        matches!(ask(202, json, r#"{"id":"5"}"#).await, Ok(SeveralAnswer::Accepted(order)) if order.id == Some(5))
    );
    assert!(matches!(ask(204, json, "").await, Ok(SeveralAnswer::NoContent)));
    assert!(
        matches!(ask(206, "text/plain; a=b", "t").await, Ok(SeveralAnswer::Success(text)) if text == "t")
    );
    // A status counts more than a media type, which many servers get wrong.
    assert!(matches!(ask(202, "text/plain", "{}").await.seen(), Err(Error::Decode(_))));

    let error = ask(404, "application/problem+json", r#"{"id":"6"}"#).await.fails();
    let error = error.as_api().unwrap();
    assert_eq!(error.body::<Order>().and_then(|order| order.id), Some(6));
    let error = ask(500, json, r#"{"R":2}"#).await.fails();
    let error = error.as_api().unwrap();
    assert_eq!(error.body::<Color>().and_then(|color| color.r), Some(2));
}

#[tokio::test]
async fn media_types_choose_among_several() {
    let ask = async |content_type: &str, body: &str| {
        let server = answered(200, content_type, body).await;
        client(&server).answers().types().send().await.unwrap().into_inner()
    };
    assert!(matches!(ask("application/json; x=y", "{}").await, TypesAnswer::Json(_)));
    assert!(matches!(ask("application/problem+json", "{}").await, TypesAnswer::Json(_)));
    assert!(matches!(ask("Text/CSV", "a,b").await, TypesAnswer::Csv(text) if text == "a,b"));
    let TypesAnswer::Events(mut events) = ask("text/event-stream", "data: {\"R\":1}\n\n").await
    else {
        panic!("no events")
    };
    assert_eq!(events.next().await.unwrap().unwrap().data.r, Some(1));
    let TypesAnswer::Pdf(file) = ask("application/pdf", "%PDF").await else { panic!("no file") };
    assert_eq!(file.bytes(100).await.unwrap(), "%PDF");
}

#[tokio::test]
async fn an_answer_that_is_not_documented_says_so() {
    let server = answered(299, "image/png", "x").await;
    let error = client(&server).answers().types().send().await.fails();
    let Error::Decode(error) = error else { panic!("{error}") };
    assert_eq!(*error.kind(), DecodeErrorKind::Undocumented);
    assert_eq!(error.status(), StatusCode::from_u16(299).unwrap());
}

#[tokio::test]
async fn media_types_of_one_schema_are_one_answer() {
    for status in [200, 201] {
        let server = answered(status, "application/vnd.color+json", "{}").await;
        client(&server).answers().same().send().await.unwrap();
        assert_eq!(server.only_request().header("accept"), Some("application/vnd.color+json"));
    }
}

#[tokio::test]
async fn text_is_read_in_its_charset() {
    for (content_type, body, expected) in [
        ("text/html", "é".as_bytes(), "é"),
        ("text/html; charset=ISO-8859-1", &[0xe9], "é"),
        ("text/html; charset=utf-8", b"\xef\xbb\xbfa\xff", "a\u{fffd}"),
    ] {
        let header = format!("content-type: {content_type}");
        let server = Server::always(Reply::new(200, &[&header], body)).await;
        let answer = client(&server).answers().page().send().await.unwrap();
        assert_eq!(answer.as_str(), expected);
        assert_eq!(server.only_request().header("accept"), Some("text/html"));
    }
}

#[tokio::test]
async fn a_download_has_a_size_and_a_name() {
    let table = [
        ("attachment; filename=\"a b.txt\"", Some("a b.txt")),
        ("attachment; filename=plain.txt; size=3", Some("plain.txt")),
        ("attachment; filename=\"old\"; filename*=UTF-8''%e2%82%ac%20rates", Some("€ rates")),
        ("attachment; filename*=iso-8859-1'en'%A3%20rates", Some("£ rates")),
        ("attachment; filename=\"a\\\"b;c\"; x=1", Some("a\"b;c")),
        ("attachment; FILENAME=\"../../etc/passwd\"", Some("passwd")),
        ("attachment; filename=\"C:\\\\x\\\\y.txt\"", Some("y.txt")),
        ("attachment; filename=\"..\"", None),
        ("attachment", None),
        ("inline; filename=\"\"", None),
    ];
    for (disposition, expected) in table {
        let header = format!("content-disposition: {disposition}");
        let server = Server::always(Reply::new(200, &[&header], "abc")).await;
        let mut file = client(&server).answers().file().send().await.unwrap().into_inner();
        assert_eq!(file.file_name().as_deref(), expected, "{disposition}");
        assert_eq!(file.size(), Some(3));
        assert_eq!(file.chunk().await.unwrap().unwrap(), "abc");
        assert_eq!(file.chunk().await.unwrap(), None);
    }
    let server = Server::always(Reply::new(200, &[], "abc")).await;
    let file = client(&server).answers().file().send().await.unwrap().into_inner();
    let error = file.bytes(2).await.fails();
    assert!(matches!(error, Error::Decode(_)), "{error}");
    // The error of a download is an error, not a file.
    let server = Server::always(Reply::json(404, r#"{"message":"gone"}"#)).await;
    let error = client(&server).answers().file().send().await.fails();
    assert!(error.is_not_found(), "{error}");
}

#[tokio::test]
async fn a_download_that_breaks_is_an_error() {
    let reply = Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc").then_close();
    let server = Server::always(reply).await;
    let file = client(&server).answers().file().send().await.unwrap().into_inner();
    let error = file.bytes(100).await.fails();
    assert!(matches!(error, Error::Transport(_)), "{error}");
}

/// A server that goes silent in the middle is not waited for without end.
#[tokio::test]
async fn a_stream_that_stalls_is_an_error() {
    let limit = Duration::from_millis(200);
    let reply = |content_type: &str, body: &str| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\n");
        Reply::raw(format!("{head}content-length: 99\r\n\r\n{body}"))
    };
    let stalls = |error: Error| {
        let Error::Timeout(error) = error else { panic!("{error}") };
        assert_eq!(error.limit(), Some(limit));
        assert!(error.to_string().ends_with("nothing more came within 200ms"), "{error}");
    };

    let server = Server::always(reply("application/octet-stream", "abc")).await;
    let builder = Client::builder().base_url(server.url()).anonymous().idle_timeout(limit);
    let impatient = builder.build().unwrap();
    let mut file = impatient.answers().file().send().await.unwrap().into_inner();
    assert_eq!(file.chunk().await.unwrap().unwrap(), "abc");
    // Whoever is slow to ask has not waited yet.
    tokio::time::sleep(2 * limit).await;
    let started = Instant::now();
    stalls(file.chunk().await.fails());
    assert!(started.elapsed() >= limit);

    // A request may say otherwise, and the limit of the request is not that of the stream.
    let options = || RequestOptions::new().timeout(Duration::from_secs(9)).idle_timeout(limit);
    let server = Server::always(reply("text/event-stream", "data: a\n\ndata: b\n")).await;
    let request = client(&server).answers().text_events().options(options());
    let mut events = request.send().await.unwrap().into_inner();
    assert_eq!(events.next().await.unwrap().unwrap().data, "a");
    stalls(events.next().await.fails());
    assert!(events.next().await.unwrap().is_none());
}

/// The examples of WHATWG HTML, section 9.2.6, and the ends of lines that it allows.
#[tokio::test]
async fn events_are_read_as_the_standard_says() {
    let body = "\u{feff}: a comment\n\ndata: first\ndata\ndata: third\nid: 1\n\n\
                event: add\r\ndata:  x\r\rretry: 10\nretry: x\ndata:y\nid\n\n\
                id: 3\n\nid: a\0b\ndata: z\nunknown: u\n\ndata: not complete\n";
    let server = answered(200, "text/event-stream", body).await;
    let mut events = client(&server).answers().text_events().send().await.unwrap().into_inner();
    let mut seen = Vec::new();
    while let Some(event) = events.next().await.unwrap() {
        seen.push((event.event, event.data, event.id, event.retry));
    }
    let event = |event: &str, data: &str, id: &str, retry: Option<u64>| {
        (event.to_owned(), data.to_owned(), id.to_owned(), retry.map(Duration::from_millis))
    };
    assert_eq!(
        seen,
        [
            event("message", "first\n\nthird", "1", None),
            event("add", " x", "1", None),
            event("message", "y", "", Some(10)),
            event("message", "z", "3", None),
        ]
    );
    assert_eq!(events.last_event_id(), "3");
}

#[tokio::test]
async fn events_of_json_go_on_behind_a_bad_one_and_end_when_done() {
    let body = "data: {\"R\": 1}\n\ndata: nonsense\n\ndata: {\ndata: \"R\": 2}\n\ndata: [DONE]\n\ndata: {}\n\n";
    let server = answered(200, "text/event-stream", body).await;
    let mut events = client(&server).answers().events().send().await.unwrap().into_inner();
    assert_eq!(server.only_request().header("accept"), Some("text/event-stream"));
    assert_eq!(events.next().await.unwrap().unwrap().data.r, Some(1));
    assert!(matches!(events.next().await.seen(), Err(Error::Decode(_))));
    assert_eq!(events.next().await.unwrap().unwrap().data.r, Some(2));
    assert_eq!(events.next().await.unwrap(), None);
}

#[tokio::test]
async fn events_arrive_before_the_answer_ends() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {}\n\n";
    // No length and no end: the connection stays open.
    let server = Server::always(Reply::raw(head)).await;
    let mut events = client(&server).answers().events().send().await.unwrap().into_inner();
    let first = tokio::time::timeout(Duration::from_secs(5), events.next()).await.unwrap();
    assert!(first.unwrap().is_some());
}

#[tokio::test]
async fn lines_are_values() {
    let body = "{\"R\":1}\n\n\u{1e}{\"R\":2}\r\nnonsense\n{\"R\":3}";
    let server = answered(200, "application/jsonl", body).await;
    let mut rows = client(&server).answers().rows().send().await.unwrap().into_inner();
    assert_eq!(rows.next().await.unwrap().unwrap().r, Some(1));
    assert_eq!(rows.next().await.unwrap().unwrap().r, Some(2));
    assert!(matches!(rows.next().await.seen(), Err(Error::Decode(_))));
    assert_eq!(rows.next().await.unwrap().unwrap().r, Some(3));
    assert_eq!(rows.next().await.unwrap(), None);
}

#[tokio::test]
async fn an_answer_to_head_has_no_content() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n";
    let server = Server::always(Reply::raw(head)).await;
    let answer = client(&server).answers().head().send().await.unwrap();
    assert_eq!(answer.headers()["content-length"], "7");
    client(&Server::always(Reply::new(200, &[], "")).await).answers().none().send().await.unwrap();
}
