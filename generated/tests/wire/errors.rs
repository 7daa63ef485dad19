//! Answers with an error status.

use std::time::Duration;

use conductorone::models::google::rpc::Status;
use conductorone::{ApiError, Error};
use serde_json::json;

use crate::operations::{Operation, plain};
use crate::setup::{BEARER, Stage, client, get_user_owner, shown};
use crate::support::{Fails as _, Reply, Server};

async fn error(reply: Reply) -> Error {
    let server = Server::always(reply).await;
    get_user_owner(&client(&server)).send().await.fails()
}

fn api(error: &Error) -> &ApiError {
    error.as_api().unwrap_or_else(|| panic!("{error:?}"))
}

#[tokio::test]
async fn every_operation_has_a_typed_error_body() {
    let stage = Stage::new().await;
    let statuses = [(400, 3), (403, 7), (404, 5), (409, 6), (429, 8), (500, 13), (503, 14)];
    for operation in Operation::ALL {
        for (status, code) in statuses {
            let body = json!({
                "code": code,
                "message": "what went wrong",
                "details": [{
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "REASON",
                    "metadata": {"of": "it"},
                }],
            });
            stage.reply(Reply::json(status, body.to_string()));
            let error = operation.call(&stage.client, plain).await.fails();
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.is_not_found(), status == 404);
            let answer = api(&error);
            assert_eq!(answer.operation_id(), operation.id());
            assert_eq!(answer.message(), Some("what went wrong"));
            let typed = answer.body::<Status>().unwrap();
            assert_eq!((typed.code, typed.message.as_deref()), (Some(code), answer.message()));
            let [detail] = typed.details.as_deref().unwrap() else { panic!("{typed:?}") };
            assert!(detail.is("google.rpc.ErrorInfo") && !detail.is("ErrorInfo"));
            assert_eq!(detail.value()["metadata"]["of"], "it");
            assert_eq!(serde_json::to_value(typed).unwrap(), body);
            let expected = format!(
                "{} ({} {}{}): the server answered {}: what went wrong",
                operation.id(),
                operation.method(),
                stage.server.url(),
                operation.path(plain),
                answer.status(),
            );
            assert_eq!(error.to_string(), expected);
        }
    }
}

#[tokio::test]
async fn an_error_body_may_hold_little() {
    for body in ["{}", r#"{"code":0,"message":"","details":null}"#, r#"{"later":1}"#] {
        let error = error(Reply::json(400, body)).await;
        assert_eq!(api(&error).message(), None);
        let typed = api(&error).body::<Status>().unwrap();
        assert_eq!(typed.details, None);
    }
}

#[tokio::test]
async fn an_error_body_of_another_form_is_kept_as_it_came() {
    let table = [
        (Reply::json(502, r#"["down"]"#), None, r#"["down"]"#),
        (Reply::json(400, r#"{"code":"not a number","message":"m"}"#), Some("m"), ""),
        (
            Reply::json(500, r#"{"message":"m","details":{"a":1}}"#),
            Some("m"),
            r#"{"message":"m","details":{"a":1}}"#,
        ),
        (Reply::new(502, &["content-type: text/html"], "<html>bad"), None, "<html>bad"),
        (Reply::new(500, &[], ""), None, ""),
        (Reply::json(500, r#"{"code": 5, "mess"#), None, r#"{"code": 5, "mess"#),
    ];
    for (reply, message, raw) in table {
        let error = error(reply).await;
        let error = api(&error);
        assert_eq!(error.message(), message);
        assert!(error.body::<Status>().is_none(), "{error:?}");
        assert!(error.raw_body().starts_with(raw.as_bytes()), "{error:?}");
    }
}

#[tokio::test]
async fn headers_of_an_error_are_read() {
    let headers = ["retry-after: 7", "x-request-id: abc-1", "content-type: application/json"];
    let error = error(Reply::new(429, &headers, "{}")).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.request_id(), Some("abc-1"));
    assert_eq!(api(&error).headers()["retry-after"], "7");
}

#[tokio::test]
async fn an_error_body_that_breaks_off_still_has_a_status() {
    let bytes = "HTTP/1.1 404 Not Found\r\ncontent-length: 99\r\n\r\n{\"code\":5";
    let error = error(Reply::raw(bytes).then_close()).await;
    assert!(error.is_not_found(), "{error:?}");
    assert_eq!(&**api(&error).raw_body(), b"{\"code\":5");
}

#[tokio::test]
async fn a_server_that_repeats_the_token_brings_it_into_no_log() {
    let body = json!({"code": 16, "message": format!("bad token {BEARER}\u{1b}[31m")});
    for status in [401, 403] {
        let error = error(Reply::json(status, body.to_string())).await;
        assert_eq!(error.status().unwrap().as_u16(), status);
        let shown = shown(&error);
        assert!(!shown.contains(BEARER) && !shown.contains('\u{1b}'), "{shown}");
    }
}
