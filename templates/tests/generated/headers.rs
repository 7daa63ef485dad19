//! Typed headers of answers.

use crate::api::answers::{LimitedHeaders, LimitedXLevel};
use crate::client;
use crate::models::{Color, Kind};
use crate::runtime::{Error, HeaderError};
use crate::support::{Fails as _, Reply, Server};

async fn read(headers: &[&str]) -> Result<LimitedHeaders, HeaderError> {
    let server = Server::always(Reply::new(200, headers, "{}")).await;
    client(&server).answers().limited().send().await.unwrap().read_headers()
}

#[tokio::test]
async fn each_type_is_read() {
    let headers = read(&[
        "x-rate-limit-remaining: 12",
        "X-Ratio: 0.5",
        "X-Cached: true",
        "X-Kind: very large",
        "X-Level: 2",
        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT",
        "X-Day: 2026-01-31",
        "X-Ids: 1, 2,3",
        "X-Color: R=1,G=2",
        r#"X-Json: {"R":1, "B":3}"#,
        "Link: <https://example.com/?page=2>; rel=\"next\"",
        "Set-Cookie: a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT",
        "Set-Cookie: b=2",
        "X-Unknown: 1",
    ]);
    let headers = headers.await.unwrap();
    assert_eq!(headers.x_rate_limit_remaining, Some(12));
    assert_eq!(headers.x_ratio, Some(0.5));
    assert_eq!(headers.x_cached, Some(true));
    assert_eq!(headers.x_kind, Some(Kind::VeryLarge));
    #[expect(deprecated, reason = "it is read all the same")]
    let level = headers.x_level;
    assert_eq!(level, Some(LimitedXLevel::Value2));
    assert_eq!(headers.last_modified.unwrap().to_string(), "1994-11-06T08:49:37Z");
    assert_eq!(headers.x_day.unwrap().to_string(), "2026-01-31");
    assert_eq!(headers.x_ids, Some(vec![1, 2, 3]));
    assert_eq!(headers.x_color, Some(Color::default().with_r(1).with_g(2)));
    assert_eq!(headers.x_json, Some(Color::default().with_r(1).with_b(3)));
    assert_eq!(headers.link.as_deref(), Some("<https://example.com/?page=2>; rel=\"next\""));
    let cookies = ["a=1; Expires=Sun, 06 Nov 1994 08:49:37 GMT", "b=2"];
    assert_eq!(headers.set_cookie.unwrap(), cookies);
}

#[tokio::test]
async fn other_forms_are_read_as_well() {
    let headers = read(&[
        "X-Ids: 1",
        "X-Ids: 2, 3",
        "X-Color: R,1,G,2",
        "Last-Modified: 2026-01-31T12:00:00+01:00",
        "X-Kind: enormous",
    ]);
    let headers = headers.await.unwrap();
    assert_eq!(headers.x_ids, Some(vec![1, 2, 3]));
    assert_eq!(headers.x_color, Some(Color::default().with_r(1).with_g(2)));
    assert_eq!(headers.last_modified.unwrap().to_string(), "2026-01-31T11:00:00Z");
    assert_eq!(headers.x_kind.unwrap().as_str(), "enormous");
}

#[tokio::test]
async fn what_is_absent_or_empty_is_none() {
    let headers = read(&["X-Rate-Limit-Remaining:", "Set-Cookie:", "X-Color: "]).await.unwrap();
    assert_eq!(headers, LimitedHeaders::default());
}

#[tokio::test]
async fn an_error_names_the_header_and_not_its_value() {
    for (header, name, expected) in [
        ("X-Rate-Limit-Remaining: secret", "x-rate-limit-remaining", "a whole number of 64 bits"),
        ("X-Ratio: secret", "x-ratio", "a number"),
        ("X-Cached: secret", "x-cached", "`true` or `false`"),
        ("Last-Modified: secret", "last-modified", "a date-time such as"),
        ("X-Day: secret", "x-day", ""),
        ("X-Ids: 1,secret", "x-ids", "an integer of type i64"),
        ("X-Color: R,1,secret", "x-color", "pairs of names and values"),
        ("X-Color: R=secret", "x-color", "a whole number of 64 bits"),
        ("X-Json: {secret", "x-json", "JSON"),
        ("X-Json: {\"R\": \"secret\"}", "x-json", "i64"),
    ] {
        let error = read(&[header]).await.fails();
        assert_eq!(error.header(), name);
        let message = error.to_string();
        assert!(message.starts_with(&format!("the header `{name}` of the answer")), "{message}");
        assert!(message.contains(expected), "{message}");
        assert!(!format!("{error:?} {message}").contains("secret"), "{message}");
    }
}

#[tokio::test]
async fn errors_have_headers_too() {
    let server = Server::always(Reply::new(404, &["Retry-After: 5"], "")).await;
    let error = client(&server).answers().limited().send().await.fails();
    let Error::Api(error) = error else { panic!("{error}") };
    assert_eq!(error.read_headers::<LimitedHeaders>().unwrap().retry_after, Some(5));
}
