//! Successful answers, and those that only look like one.

use std::collections::BTreeMap;
use std::time::Duration;

use oasmith_templates::runtime::{
    ClientBuilder, DEFAULT_HEADER_LIMIT, DecodeErrorKind, Error, NoBody, Request, RequestOptions,
    Response, TransportErrorKind, Verb,
};
use serde_json::Value;

use crate::setup::{builder, client, get, shown};
use crate::support::{Fails as _, Reply, Server};

async fn answer(reply: Reply) -> Result<Value, Error> {
    let server = Server::always(reply).await;
    let client = builder(&server).response_limit(100).anonymous().build().unwrap();
    get(&client).send().await.map(Response::into_inner).seen()
}

async fn refused(reply: Reply) -> DecodeErrorKind {
    match answer(reply).await.seen() {
        Err(Error::Decode(error)) => {
            assert_eq!(error.operation_id(), "items.get");
            error.kind().clone()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn json_is_read_however_it_is_announced() {
    let types = [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=\"UTF-8\"",
        "application/problem+json",
        "application/vnd.api+json; version=1",
        "text/json",
    ];
    for content_type in types {
        let reply = Reply::new(200, &[&format!("content-type: {content_type}")], "{\"n\":1}");
        assert_eq!(answer(reply).await.unwrap()["n"], 1, "{content_type}");
    }
    assert_eq!(answer(Reply::new(200, &[], " {\"n\":1}\n")).await.unwrap()["n"], 1);
    assert_eq!(answer(Reply::json(200, "\u{feff}{\"n\":1}")).await.unwrap()["n"], 1);
    assert_eq!(answer(Reply::json(201, "null")).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn an_answer_has_status_headers_and_value() {
    let server =
        Server::always(Reply::new(202, &["content-type: application/json", "x-a: b"], "[1]")).await;
    let response = get(&client(&server)).send().await.unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.headers()["x-a"], "b");
    assert_eq!(response.as_array().unwrap().len(), 1);
    assert_eq!(format!("{response:?}"), "Response { status: 202, value: Array [Number(1)], .. }");
}

#[tokio::test]
async fn an_empty_body_is_an_error_of_its_own() {
    for reply in [
        Reply::json(200, ""),
        Reply::json(200, " \r\n"),
        Reply::new(200, &["content-type: text/html"], ""),
        Reply::new(204, &[], ""),
        Reply::new(205, &[], ""),
    ] {
        assert_eq!(refused(reply).await, DecodeErrorKind::Empty);
    }
}

#[tokio::test]
async fn html_is_an_error_of_its_own() {
    let table = [
        (
            &["content-type: text/html; charset=utf-8"][..],
            "<!doctype html>",
            Some("text/html; charset=utf-8"),
        ),
        (&["content-type: application/json"][..], "\n <html>", Some("application/json")),
        (&[][..], "<html>", None),
        (&["content-type: text/html"][..], "{}", Some("text/html")),
        (&["content-type: text/plain"][..], "ok", Some("text/plain")),
        (
            &["content-type: application/octet-stream"][..],
            "\0\u{1}",
            Some("application/octet-stream"),
        ),
    ];
    for (headers, body, content_type) in table {
        let expected = DecodeErrorKind::NotJson { content_type: content_type.map(str::to_owned) };
        assert_eq!(refused(Reply::new(200, headers, body)).await, expected);
    }
}

#[tokio::test]
async fn an_answer_is_not_larger_than_the_bound() {
    let exact = format!("\"{}\"", "a".repeat(98));
    assert_eq!(answer(Reply::json(200, &exact)).await.unwrap().as_str().unwrap().len(), 98);
    let larger = format!("{exact} ");
    let unannounced = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{larger}");
    let chunked =
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n65\r\n{larger}\r\n0\r\n\r\n");
    let endless = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999\r\n\r\n".to_vec();
    for reply in [
        Reply::json(200, &larger),
        Reply::raw(unannounced).then_close(),
        Reply::raw(chunked),
        Reply::raw(endless),
    ] {
        assert_eq!(refused(reply).await, DecodeErrorKind::TooLarge { limit: 100 });
    }
}

#[tokio::test]
async fn headers_have_a_bound() {
    for status in [200, 404] {
        let ask = async |line: &str, limit: Option<usize>| {
            let server = Server::always(Reply::new(status, &[line], "{}")).await;
            let builder = builder(&server).anonymous();
            let client = limit.into_iter().fold(builder, ClientBuilder::header_limit).build();
            get(&client.unwrap()).send().await.map(drop)
        };
        let is_refused = |result: Result<(), Error>, bound: usize| match result.seen() {
            Err(Error::Decode(error)) => {
                assert_eq!(error.kind(), &DecodeErrorKind::HeadersTooLarge { limit: bound });
                assert!(error.headers().is_empty() && error.status() == status);
                true
            }
            Ok(()) => false,
            Err(error) => {
                assert_eq!(error.status().unwrap(), status);
                false
            }
        };
        // `a` and ten bytes, `content-length` and one.
        let line = format!("a: {}", "x".repeat(10));
        assert!(!is_refused(ask(&line, Some(26)).await, 26));
        assert!(is_refused(ask(&line, Some(25)).await, 25));
        let line = format!("a: {}", "x".repeat(DEFAULT_HEADER_LIMIT));
        assert!(is_refused(ask(&line, None).await, DEFAULT_HEADER_LIMIT));
        assert!(!is_refused(ask(&line, Some(usize::MAX)).await, 0));
        // What the HTTP client bounds is no answer, however large the bound is.
        let line = "a: b\r\n".repeat(120);
        let error = ask(line.trim_end(), Some(usize::MAX)).await.fails();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        let line = format!("a: {}", "x".repeat(2_000_000));
        let error = ask(&line, Some(usize::MAX)).await.fails();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[tokio::test]
async fn an_announced_length_alone_claims_no_memory() {
    let endless = "HTTP/1.1 200 OK\r\ncontent-length: 9223372036854775807\r\n\r\n{}";
    let server = Server::always(Reply::raw(endless).then_close()).await;
    let client = builder(&server).response_limit(usize::MAX).anonymous().build().unwrap();
    assert!(matches!(get(&client).send().await.seen(), Err(Error::Transport(_))));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_transport_error() {
    for bytes in [
        "HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"n\":1}",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7\r\n{\"n\":1}\r\n",
    ] {
        match answer(Reply::raw(bytes).then_close()).await.seen() {
            Err(Error::Transport(error)) => assert_eq!(error.kind(), &TransportErrorKind::Receive),
            other => panic!("{other:?}"),
        }
    }
    match answer(Reply::raw("").then_close()).await.seen() {
        Err(Error::Transport(error)) => assert_eq!(error.kind(), &TransportErrorKind::Send),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        answer(Reply::raw("nonsense\r\n\r\n").then_close()).await.seen(),
        Err(Error::Transport(_))
    ));
}

#[tokio::test]
async fn a_failure_to_read_names_the_path_and_no_value() {
    type Shape = BTreeMap<String, BTreeMap<String, Vec<i64>>>;
    let table = [
        (r#"{"a":{"b":[1,"hush"]}}"#, "a.b[1]", "invalid type: string …, expected i64"),
        (r#"{"a":{"b":[1,-7.25]}}"#, "a.b[1]", "invalid type: floating point …, expected i64"),
        (r#"{"a":{"b":[1,"hush, expected x"]}}"#, "a.b[1]", "invalid type: string …, expected i64"),
        (r#"{"a":"hush"}"#, "a", "invalid type: string …, expected a map"),
        (r#"{"a":{"b":[1,"#, "a.b", "EOF while parsing a value"),
        (r#"{"a":{}} hush"#, ".", "trailing characters"),
        ("hush", ".", "expected value"),
    ];
    for (body, expected_path, expected_message) in table {
        let server = Server::always(Reply::json(200, body)).await;
        let request: Request<NoBody, Shape> =
            Request::new(&client(&server), Verb::Get, "/x").operation("items.get");
        let error = request.send().await.fails();
        assert!(
            !shown(&error).contains("hush") && !shown(&error).contains("7.25"),
            "{}",
            shown(&error)
        );
        let Error::Decode(error) = error else { panic!("{error:?}") };
        let DecodeErrorKind::Json { path, message, line, .. } = error.kind() else {
            panic!("{error:?}")
        };
        assert_eq!(
            (path.as_str(), message.as_str(), *line),
            (expected_path, expected_message, 1),
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_operation_without_content_takes_any_success() {
    for reply in [
        Reply::new(204, &[], ""),
        Reply::new(200, &["content-type: text/html"], "<html>"),
        Reply::json(202, "{\"ignored\":true}"),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nx").then_close(),
    ] {
        let server = Server::always(reply).await;
        let request: Request<NoBody, ()> =
            Request::new(&client(&server), Verb::Delete, "/items/{id}")
                .operation("items.delete")
                .without_content()
                .path("id", 1);
        request.send().await.unwrap();
    }
    let server = Server::always(Reply::json(404, "{}")).await;
    let request: Request<NoBody, ()> =
        Request::new(&client(&server), Verb::Delete, "/items").operation("x").without_content();
    assert!(request.send().await.fails().is_not_found());
}

#[tokio::test]
async fn a_time_limit_covers_the_whole_answer() {
    let limit = Duration::from_millis(150);
    let never = Server::always(Reply::json(200, "{}").after(Duration::from_secs(60))).await;
    let half = Server::always(Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")).await;
    for server in [&never, &half] {
        let error =
            get(&builder(server).timeout(limit).anonymous().build().unwrap()).send().await.fails();
        let expected =
            format!("items.get (GET {}/items/7): no whole answer within 150ms", server.url());
        assert_eq!(error.to_string(), expected);
        assert!(error.is_timeout() && matches!(error, Error::Timeout(_)));

        let options = RequestOptions::new().timeout(limit);
        assert!(get(&client(server)).options(options).send().await.fails().is_timeout());

        let own = reqwest::Client::builder().timeout(limit).build().unwrap();
        let client = builder(server).http_client(own).anonymous().build().unwrap();
        let error = get(&client).send().await.fails();
        assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    }
}
