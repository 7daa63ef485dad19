//! Values at the edges of their types. None may lose a digit, and none that does not fit may become
//! another one.

use std::time::Duration;

use conductorone::runtime::{Timestamp, Value};
use conductorone::{Error, runtime};
use serde_json::json;

use crate::operations::{Operation, plain};
use crate::setup::Stage;
use crate::support::{Fails as _, Reply};

/// Where a value stands in the answer of an operation.
#[derive(Clone, Copy)]
struct Spot {
    operation: Operation,
    pointer: &'static str,
}

const CREATED: Spot =
    Spot { operation: Operation::CreateResource, pointer: "/appResource/createdAt" };
const GRANTS: Spot =
    Spot { operation: Operation::CreateResource, pointer: "/appResource/grantCount" };
const LONGEST: Spot = Spot {
    operation: Operation::GetEntitlementOwner,
    pointer: "/connectorOwnerEntitlement/appEntitlement/durationGrant",
};
const RANK: Spot = Spot {
    operation: Operation::GetUserOwner,
    pointer: "/connectorOwnerUser/user/emailSources/0/priority",
};

/// Puts the JSON text of a value into an answer as it stands, and returns what is written for it.
async fn through(stage: &Stage, spot: Spot, text: &str) -> Result<Value, Error> {
    let parts = spot.pointer.trim_start_matches('/').split('/');
    let answer = parts.rev().fold(text.to_owned(), |inner, part| match part {
        "0" => format!("[{inner}]"),
        name => format!(r#"{{"{name}":{inner}}}"#),
    });
    stage.reply(Reply::json(200, answer));
    let answer = spot.operation.call(&stage.client, plain).await?;
    Ok(answer.pointer(spot.pointer).unwrap().clone())
}

/// The path of the value that could not be read, and what was expected there.
fn refused(result: Result<Value, Error>) -> (String, String) {
    match result.seen() {
        Err(Error::Decode(error)) => (error.path().unwrap().to_owned(), error.to_string()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn integers_keep_all_their_digits() {
    let stage = Stage::new().await;
    for text in [
        "0",
        "-1",
        "9007199254740993",
        "-9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
    ] {
        // As protobuf writes them, and as a number, which some servers send.
        for form in [format!("\"{text}\""), text.to_owned()] {
            assert_eq!(through(&stage, GRANTS, &form).await.unwrap(), json!(text));
        }
    }
    for text in [
        "\"9223372036854775808\"",
        "9223372036854775808",
        "\"-9223372036854775809\"",
        "1.5",
        "1e30",
        "\"\"",
        "\" 1\"",
        "\"0x1\"",
        "true",
        "[1]",
    ] {
        let (path, message) = refused(through(&stage, GRANTS, text).await);
        assert_eq!(path, "appResource.grantCount", "{text}");
        assert!(message.contains("an integer of type i64"), "{message}");
    }
}

#[tokio::test]
async fn a_rank_has_32_bits() {
    let stage = Stage::new().await;
    for text in ["0", "4294967295"] {
        assert_eq!(through(&stage, RANK, text).await.unwrap().to_string(), text);
    }
    for text in ["4294967296", "-1", "0.5"] {
        let (path, _) = refused(through(&stage, RANK, text).await);
        assert_eq!(path, "connectorOwnerUser.user.emailSources[0].priority", "{text}");
    }
}

#[tokio::test]
async fn times_keep_nine_fractional_digits() {
    let stage = Stage::new().await;
    for (text, expected) in [
        ("2024-02-29T23:59:59.123456789Z", "2024-02-29T23:59:59.123456789Z"),
        ("2024-02-29T23:59:59.000000001Z", "2024-02-29T23:59:59.000000001Z"),
        ("2024-02-29T23:59:59.120Z", "2024-02-29T23:59:59.12Z"),
        ("2024-02-29t23:59:59z", "2024-02-29T23:59:59Z"),
        ("2024-03-01T01:29:59.5+01:30", "2024-02-29T23:59:59.5Z"),
        ("1969-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.999999999Z"),
        // The first moment that protobuf knows.
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ] {
        let is = through(&stage, CREATED, &format!("\"{text}\"")).await.unwrap();
        assert_eq!(is, json!(expected));
        let (is, expected): (Timestamp, Timestamp) =
            (is.as_str().unwrap().parse().unwrap(), text.parse().unwrap());
        assert_eq!(is, expected);
    }
    for text in ["\"\"", "\"2023-02-29T00:00:00Z\"", "\"2024-02-29T23:59:59\"", "1709251199", "{}"]
    {
        assert_eq!(
            refused(through(&stage, CREATED, text).await).0,
            "appResource.createdAt",
            "{text}"
        );
    }
}

/// Protobuf's last moment stands for "never" in many systems. It is behind the last `Timestamp`,
/// and must not fail the answer for that.
#[tokio::test]
async fn the_last_moment_of_protobuf_is_the_last_timestamp() {
    let stage = Stage::new().await;
    for last in ["9999-12-31T23:59:59.999999999Z", "9999-12-31T00:00:00Z"] {
        let is = through(&stage, CREATED, &format!("\"{last}\"")).await.unwrap();
        assert_eq!(is, json!(Timestamp::MAX.to_string()));
    }
}

#[tokio::test]
async fn durations_may_be_negative_and_fractional() {
    let stage = Stage::new().await;
    for (text, expected) in [
        ("0s", "0s"),
        ("300s", "300s"),
        ("1.5s", "1.500s"),
        ("0.000001s", "0.000001s"),
        ("0.123456789s", "0.123456789s"),
        ("-0.5s", "-0.500s"),
        ("-3600.000000001s", "-3600.000000001s"),
        ("315576000000s", "315576000000s"),
        ("-315576000000s", "-315576000000s"),
    ] {
        let is = through(&stage, LONGEST, &format!("\"{text}\"")).await.unwrap();
        assert_eq!(is, json!(expected));
    }
    for text in
        ["\"\"", "\"s\"", "\"5\"", "\"PT5M\"", "\"1.s\"", "\"1e3s\"", "\"315576000001s\"", "300"]
    {
        let path = "connectorOwnerEntitlement.appEntitlement.durationGrant";
        assert_eq!(refused(through(&stage, LONGEST, text).await).0, path, "{text}");
    }
}

#[test]
fn a_duration_is_one_of_the_standard_library_where_it_can_be() {
    let minute: runtime::Duration = Duration::from_secs(60).try_into().unwrap();
    assert_eq!(Duration::try_from(minute).unwrap().as_secs(), 60);
    Duration::try_from(-minute).fails();
}
