//! Names of a document that the macros or Rust's prelude use themselves.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]

use std::collections::BTreeMap;

use serde_json::{from_str, to_string};

#[derive(Clone, Debug, Default, PartialEq)]
struct Result {
    map: Option<i64>,
    key: Option<bool>,
    member: Option<bool>,
    members: Option<bool>,
    deserializer: Option<bool>,
    r#type: Option<bool>,
    rest: BTreeMap<std::string::String, bool>,
}

crate::runtime::object! {
    Result {
        map = "map" as Decimal,
        key = "key",
        member = "member",
        members = "members",
        deserializer = "deserializer",
        r#type = "@type",
        ..rest
    }
}

#[derive(Clone, Debug, PartialEq)]
struct String {
    map: bool,
    key: bool,
    member: Option<bool>,
    buffer: bool,
    members: Option<i64>,
}

crate::runtime::object! {
    String {
        map = "map" required,
        key = "key" required,
        member = "\"me\\mber\n",
        buffer = "buffer" required,
        members = "members" as Decimal,
    }
}

/// Has the name of a codec.
#[derive(Clone, Debug, Default, PartialEq)]
struct Decimal {
    count: Option<u64>,
}

crate::runtime::object! {
    Decimal {
        count = "count" as Decimal,
    }
}

#[derive(Clone, Debug, PartialEq)]
enum From {
    Error,
    Err,
    Ok,
    None,
    Other(std::string::String),
}

crate::runtime::open_enum! {
    From, Other {
        Error = "Error",
        Err = "Err",
        Ok = "Ok",
        None = "None",
    }
}

#[derive(Clone, Debug, PartialEq)]
enum TryFrom {
    Error,
    Err,
    Ok,
    None,
}

crate::runtime::closed_enum! {
    TryFrom {
        Error = "Error",
        Err = "Err",
        Ok = "Ok",
        None = "None",
    }
}

#[test]
fn schemas_and_fields_may_have_any_name() {
    let text = r#"{"map":"1","key":true,"@type":true,"buffer":false}"#;
    assert_eq!(to_string(&from_str::<Result>(text).unwrap()).unwrap(), text);
    let text = r#"{"map":true,"key":true,"\"me\\mber\n":true,"buffer":false,"members":"-1"}"#;
    assert_eq!(to_string(&from_str::<String>(text).unwrap()).unwrap(), text);
    let text = r#"{"count":"1"}"#;
    assert_eq!(to_string(&from_str::<Decimal>(text).unwrap()).unwrap(), text);
}

#[test]
fn values_may_have_any_name() {
    for text in ["Error", "Err", "Ok", "None"] {
        assert!(!matches!(From::from(text), From::Other(_)));
        assert_eq!(From::from(text.to_owned()).as_ref(), text);
        assert_eq!(text.parse::<TryFrom>().unwrap().as_str(), text);
        assert_eq!(TryFrom::try_from(text).unwrap().to_string(), text);
    }
}
