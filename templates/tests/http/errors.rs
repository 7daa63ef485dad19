//! Answers that are not a success.

use std::collections::BTreeMap;
use std::time::Duration;

use oasmith_templates::runtime::{ApiError, Error, Statuses};
use serde_json::Value;

use crate::setup::{BEARER, client, get, shown};
use crate::support::{Fails as _, Reply, Server};

type Numbers = BTreeMap<String, i64>;
type Texts = BTreeMap<String, String>;

async fn failed(reply: Reply) -> Error {
    let server = Server::always(reply).await;
    let request = get(&client(&server)).query("q", "query-value");
    let request = request.error::<Texts>(Statuses::Default).error::<Numbers>(Statuses::Range(4));
    request.error::<Value>(Statuses::Exact(409)).send().await.fails()
}

async fn api_error(reply: Reply) -> Box<ApiError> {
    match failed(reply).await {
        Error::Api(error) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_body_has_the_type_that_its_status_documents() {
    let body = r#"{"a":1}"#;
    assert_eq!(api_error(Reply::json(409, body)).await.body::<Value>().unwrap()["a"], 1);
    assert_eq!(api_error(Reply::json(400, body)).await.body::<Numbers>().unwrap()["a"], 1);
    let error = api_error(Reply::json(500, r#"{"a":"b"}"#)).await;
    assert_eq!(error.body::<Texts>().unwrap()["a"], "b");
    assert!(error.body::<Numbers>().is_none(), "not the documented type");

    for untyped in
        [Reply::json(400, r#"{"a":"b"}"#), Reply::new(502, &["content-type: text/html"], "<html>")]
    {
        let error = api_error(untyped).await;
        assert!(error.body::<Numbers>().is_none() && error.body::<Texts>().is_none());
        assert!(!error.raw_body().is_empty());
        assert_eq!(error.operation_id(), "items.get");
    }
}

#[tokio::test]
async fn the_message_is_found_in_the_usual_shapes() {
    let table = [
        (r#"{"code":5,"message":"no such item","details":[]}"#, Some("no such item")),
        (r#"{"type":"about:blank","title":"Short","detail":"Long"}"#, Some("Long")),
        (r#"{"title":"Short"}"#, Some("Short")),
        (r#"{"error":"invalid_scope","error_description":"Scope?"}"#, Some("Scope?")),
        (r#"{"error":"invalid_scope"}"#, Some("invalid_scope")),
        (r#"{"error":{"code":400,"message":"inner"}}"#, Some("inner")),
        (r#"{"errors":[{"message":"first"},{"message":"second"}]}"#, Some("first")),
        (r#"{"message":" ","error":{"message":7}}"#, None),
        (r#"["message"]"#, None),
        ("not JSON", None),
        ("", None),
    ];
    for (body, message) in table {
        let error = api_error(Reply::json(400, body)).await;
        assert_eq!(error.message(), message, "{body}");
        let end = message.map_or(String::new(), |message| format!(": {message}"));
        assert!(
            error
                .to_string()
                .ends_with(&format!("/items/7): the server answered 400 Bad Request{end}")),
            "{error}"
        );
        assert!(error.to_string().starts_with("items.get (GET http://127.0.0.1:"), "{error}");
    }
}

#[tokio::test]
async fn a_hostile_message_is_shortened_and_made_harmless() {
    let body = serde_json::json!({"message": format!("a\r\nb\u{1b}[31m\u{202e}\u{0}{}", "x".repeat(10_000))});
    let error = api_error(Reply::json(400, body.to_string())).await;
    let message = error.message().unwrap();
    assert!(message.starts_with("a  b\u{fffd}[31m\u{fffd}\u{fffd}xxx"), "{message}");
    assert_eq!(message.chars().count(), 301);

    let echo = format!(r#"{{"message":"bad token {BEARER}"}}"#);
    let error = failed(Reply::new(401, &[&format!("x-echo: {BEARER}")], echo)).await;
    assert!(error.to_string().ends_with("bad token [redacted]"), "{error}");
    assert!(
        !shown(&error).contains(BEARER) && !shown(&error).contains("query-value"),
        "{}",
        shown(&error)
    );

    let deep = format!("{{\"errors\":{}", "[".repeat(50_000));
    assert_eq!(api_error(Reply::json(400, deep)).await.message(), None);
}

#[tokio::test]
async fn the_headers_help() {
    let error = failed(Reply::new(429, &["retry-after: 7", "x-request-id: abc"], "")).await;
    assert_eq!(
        (error.retry_after(), error.request_id()),
        (Some(Duration::from_secs(7)), Some("abc"))
    );
    assert_eq!(error.as_api().unwrap().headers()["retry-after"], "7");

    let past = failed(Reply::new(503, &["retry-after: Sun, 06 Nov 1994 08:49:37 GMT"], "")).await;
    assert_eq!(past.retry_after(), Some(Duration::ZERO));
    let future = failed(Reply::new(503, &["retry-after: Fri, 31 Dec 2100 23:59:59 GMT"], "")).await;
    assert!(future.retry_after().unwrap() > Duration::from_secs(1_000_000));
    for text in ["soon", "-1", "1.5", ""] {
        let error = failed(Reply::new(503, &[&format!("retry-after: {text}")], "")).await;
        assert_eq!((error.retry_after(), error.request_id()), (None, None), "{text}");
    }
    let decode = failed(Reply::new(200, &["x-request-id: abc"], "")).await;
    assert_eq!((decode.request_id(), decode.status().unwrap().as_u16()), (Some("abc"), 200));
}

#[tokio::test]
async fn the_status_counts_even_where_the_body_is_lost() {
    let broken =
        Reply::raw("HTTP/1.1 404 Not Found\r\ncontent-length: 50\r\n\r\n{\"mess").then_close();
    let error = failed(broken).await;
    assert!(error.is_not_found());
    assert_eq!(&error.as_api().unwrap().raw_body()[..], b"{\"mess");

    let large = Reply::new(500, &[], vec![b'x'; 3 * 1024 * 1024]);
    assert_eq!(api_error(large).await.raw_body().len(), 1024 * 1024);
}

#[test]
fn errors_are_small_and_can_be_shared() {
    fn shareable<T: Send + Sync + 'static>() {}
    shareable::<Error>();
    assert!(size_of::<Error>() <= 16);
}
