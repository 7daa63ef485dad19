//! Answers that only look like a success. Each has an error of its own.

use std::time::Duration;

use conductorone::runtime::{DecodeErrorKind, RedirectError, TransportErrorKind, Value};
use conductorone::{Credentials, Error};

use crate::operations::{Operation, plain};
use crate::setup::{Stage, builder, client, get_user_owner, shown};
use crate::support::{Fails as _, Reply, Server};

/// The same for all operations.
async fn errors(reply: Reply) -> Vec<Error> {
    let server = Server::always(reply).await;
    let credentials = Credentials::bearer("t");
    let client = builder(&server).response_limit(64).auth(credentials).build().unwrap();
    let mut errors = Vec::new();
    for operation in Operation::ALL {
        let error = operation.call(&client, plain).await.fails();
        assert!(error.to_string().starts_with(operation.id()), "{error}");
        errors.push(error);
    }
    errors
}

async fn undecodable(reply: Reply, expected: DecodeErrorKind, message: &str) {
    for error in errors(reply).await {
        assert!(error.to_string().ends_with(message), "{error}");
        let Error::Decode(error) = error else { panic!("{error:?}") };
        assert_eq!(error.kind(), &expected);
    }
}

#[tokio::test]
async fn an_empty_body() {
    let message = "has an empty body, but a JSON value is documented";
    for reply in [Reply::json(200, ""), Reply::json(200, "\r\n "), Reply::new(204, &[], "")] {
        undecodable(reply, DecodeErrorKind::Empty, message).await;
    }
}

#[tokio::test]
async fn html_with_status_200() {
    let page = "<!doctype html><title>Sign in</title>";
    for content_type in ["text/html; charset=utf-8", "application/json"] {
        let reply = Reply::new(200, &[&format!("content-type: {content_type}")], page);
        let kind = DecodeErrorKind::NotJson { content_type: Some(content_type.to_owned()) };
        let message = format!("is not JSON (its content type is `{content_type}`)");
        undecodable(reply, kind, &message).await;
    }
}

#[tokio::test]
async fn a_body_beyond_the_limit() {
    let long = format!(r#"{{"unknown":"{}"}}"#, "x".repeat(64));
    let unannounced = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{long}");
    for reply in [Reply::json(200, &long), Reply::raw(unannounced).then_close()] {
        let kind = DecodeErrorKind::TooLarge { limit: 64 };
        undecodable(reply, kind, "is larger than the bound of 64 bytes").await;
    }
}

#[tokio::test]
async fn a_body_that_is_cut_in_the_middle() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 40\r\n\r\n";
    for error in errors(Reply::raw(format!("{head}{{\"appRes")).then_close()).await {
        let Error::Transport(error) = error else { panic!("{error:?}") };
        assert_eq!(error.kind(), &TransportErrorKind::Receive);
    }
    // Cut by a server that then counts what is left.
    for error in errors(Reply::json(200, r#"{"unknown":{"a":[1,"#)).await {
        let Error::Decode(error) = error else { panic!("{error:?}") };
        let DecodeErrorKind::Json { message, line, .. } = error.kind() else { panic!("{error:?}") };
        assert_eq!((&**message, *line), ("EOF while parsing a value", 1));
    }
}

#[tokio::test]
async fn json_of_another_shape() {
    let table = [
        ("null", ".", "invalid type: null"),
        ("[]", ".", "invalid type: sequence"),
        ("\"hush\"", ".", "invalid type: string …"),
        ("{} hush", ".", "trailing characters"),
        (r#"{"connectorOwnerUser":"hush"}"#, "connectorOwnerUser", "invalid type: string …"),
        (r#"{"connectorOwnerUser":{},"connectorOwnerUser":{}}"#, ".", "duplicate field"),
        (
            r#"{"connectorOwnerUser":{"user":{"emails":["hush",7]}}}"#,
            "connectorOwnerUser.user.emails[1]",
            "invalid type: integer …",
        ),
        (
            r#"{"connectorOwnerUser":{"user":{"status":{"hush":1}}}}"#,
            "connectorOwnerUser.user.status",
            "invalid type: map",
        ),
        (
            r#"{"connectorOwnerUser":{"user":{"profile":["hush"]}}}"#,
            "connectorOwnerUser.user.profile",
            "invalid type: sequence",
        ),
    ];
    let stage = Stage::new().await;
    for (body, expected_path, expected_message) in table {
        stage.reply(Reply::json(200, body));
        let error = get_user_owner(&stage.client).send().await.fails();
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
        let Error::Decode(error) = error else { panic!("{body}: {error:?}") };
        let DecodeErrorKind::Json { path, message, .. } = error.kind() else { panic!("{error:?}") };
        assert_eq!(path, expected_path, "{body}");
        assert!(message.starts_with(expected_message), "{body}: {message}");
    }
}

/// A few kilobytes must not end the process.
#[tokio::test]
async fn json_that_is_nested_without_end() {
    let stage = Stage::new().await;
    let nested = |open: &str| format!("{open}{}", open.repeat(20_000));
    let steps = r#"{"multiStep":{"provisionSteps":["#.repeat(5_000);
    for body in [
        nested("["),
        nested(r#"{"connectorOwnerUser":"#),
        format!(
            r#"{{"connectorOwnerEntitlement":{{"appEntitlement":{{"provisionerPolicy":{steps}"#
        ),
        format!(r#"{{"connectorOwnerUser":{{"user":{{"profile":{}"#, nested("{\"a\":")),
        format!(r#"{{"unknown":{}"#, nested("[")),
    ] {
        stage.reply(Reply::json(200, body));
        for operation in [Operation::GetUserOwner, Operation::GetEntitlementOwner] {
            let error = operation.call(&stage.client, plain).await.fails();
            assert!(matches!(error, Error::Decode(_)), "{error:?}");
        }
    }
}

#[tokio::test]
async fn no_answer_in_time() {
    let server = Server::always(Reply::json(200, "{}").after(Duration::from_secs(60))).await;
    let limit = Duration::from_millis(50);
    let client = builder(&server).timeout(limit).anonymous().build().unwrap();
    for operation in Operation::ALL {
        let error = operation.call(&client, plain).await.fails();
        assert!(error.is_timeout() && matches!(error, Error::Timeout(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_elsewhere_is_not_followed() {
    let elsewhere = Server::always(Reply::json(200, "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        for error in errors(Reply::redirect(status, &format!("{}/x", elsewhere.url()))).await {
            let Error::Transport(error) = error else { panic!("{error:?}") };
            let TransportErrorKind::Redirect(reason) = error.kind() else { panic!("{error:?}") };
            assert_eq!(reason, &RedirectError::OtherOrigin { origin: elsewhere.url() });
        }
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_redirect_within_the_server_is_followed() {
    let server = Server::start(|number, _| match number {
        0 => Reply::redirect(307, "/moved"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let answer: Value = Operation::CreateUserOwner.call(&client(&server), plain).await.unwrap();
    assert_eq!(answer, serde_json::json!({}));
    let [first, second] = server.requests().try_into().unwrap();
    assert_eq!(second.line, "POST /moved HTTP/1.1");
    assert_eq!(first.header("authorization"), second.header("authorization"));
}
