//! `Any`: a message of any type, known or not.

use serde_json::{from_str, json, to_string};

use crate::runtime::Any;

#[derive(Clone, Debug, Default, PartialEq)]
struct ErrorInfo {
    reason: Option<String>,
}

crate::runtime::object! {
    ErrorInfo {
        reason = "reason",
    }
}

const INFO: &str =
    r#"{"@type":"type.googleapis.com/google.rpc.ErrorInfo","domain":"c1","reason":"GONE"}"#;

#[test]
fn a_message_comes_back_as_it_came() {
    let any: Any = from_str(INFO).unwrap();
    assert_eq!(any.type_url(), Some("type.googleapis.com/google.rpc.ErrorInfo"));
    assert_eq!(json!(any.value()), json!({"domain": "c1", "reason": "GONE"}));
    assert_eq!(to_string(&any).unwrap(), INFO);
    assert_eq!(any.decode::<ErrorInfo>().unwrap().reason.as_deref(), Some("GONE"));

    // `@type` need not be the first member.
    let any: Any = from_str(r#"{"reason":"r","@type":"x/T"}"#).unwrap();
    assert_eq!(to_string(&any).unwrap(), r#"{"@type":"x/T","reason":"r"}"#);
}

#[test]
fn a_message_may_have_no_type() {
    for text in ["{}", r#"{"@type":null}"#] {
        let any: Any = from_str(text).unwrap();
        assert_eq!(any, Any::default());
        assert_eq!(any.type_url(), None);
        assert!(!any.is(""));
        assert_eq!(to_string(&any).unwrap(), "{}");
    }
}

#[test]
fn a_type_is_named_by_its_url_or_its_name() {
    let any: Any = from_str(INFO).unwrap();
    assert!(any.is("type.googleapis.com/google.rpc.ErrorInfo"));
    assert!(any.is("google.rpc.ErrorInfo"));
    for other in [
        "ErrorInfo",
        "rpc.ErrorInfo",
        "/google.rpc.ErrorInfo",
        "",
        "other.com/google.rpc.ErrorInfo",
    ] {
        assert!(!any.is(other), "{other}");
    }
    assert!(Any::new("x.Y", &json!({})).unwrap().is("x.Y"));
}

#[test]
fn a_message_is_packed_from_an_object() {
    let info = ErrorInfo { reason: Some("GONE".into()) };
    let any = Any::new("type.googleapis.com/google.rpc.ErrorInfo", &info).unwrap();
    assert_eq!(any.decode::<ErrorInfo>().unwrap(), info);
    assert!(any.is("google.rpc.ErrorInfo"));

    assert!(Any::new("x/Y", &json!([1])).is_err());
    assert!(Any::new("x/Y", &"text").is_err());
    assert!(Any::new("x/Y", &any).is_err());
}

#[test]
fn what_is_no_message_is_refused() {
    for text in ["null", "[]", "1", r#""x""#, r#"{"@type":1}"#, r#"{"@type":"a","@type":"b"}"#] {
        assert!(from_str::<Any>(text).is_err(), "{text}");
    }
    let any: Any = from_str(r#"{"@type":"x/T","reason":5}"#).unwrap();
    assert!(any.decode::<ErrorInfo>().unwrap_err().to_string().contains("expected a string"));
}
