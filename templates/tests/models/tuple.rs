//! Arrays of a fixed length as tuples, and null as a type of its own.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]

use crate::runtime::{Date, Timestamp, object, union};

#[derive(Clone, Debug, PartialEq)]
struct Route {
    from: (f64, f64),
    period: (Timestamp, Option<Date>),
    next: Option<Box<(Date, Route)>>,
    stops: Option<Vec<(String, i64)>>,
    nothing: Option<()>,
    never: Option<()>,
}

object!(Route {
    from = "from" required as (Plain, Plain),
    period = "period" required as (DateTime, Option<FullDate>),
    next = "next" as Box<(FullDate, Plain)>,
    stops = "stops" as Vec<(Plain, Plain)>,
    nothing = "nothing" nullable,
    never = "never",
});

fn read(text: &str) -> Result<Route, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

const SHORT: &str = r#"{"from":[1.0,2.5],"period":["2026-01-31T12:00:00Z",null],"nothing":null}"#;

#[test]
fn tuples_are_written_as_they_came() {
    let inner = SHORT.replace("null]", "\"2026-02-01\"]");
    let long = SHORT.replace(
        r#","nothing""#,
        &format!(r#","next":["2026-01-31",{inner}],"stops":[["a",1],["b",2]],"nothing""#),
    );
    for text in [SHORT, &inner, &long] {
        let route = read(text).unwrap();
        assert_eq!(serde_json::to_string(&route).unwrap(), text);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Route>(value).unwrap(), route);
    }
}

#[test]
fn another_length_is_refused_in_words() {
    for (from, length) in [("[]", 0), ("[1.0]", 1), ("[1.0,2.5,3.5]", 3), ("[1.0,2.5,3.5,{}]", 4)] {
        let message = read(&SHORT.replace("[1.0,2.5]", from)).unwrap_err();
        let wanted = format!("invalid length {length}, expected an array of length 2");
        assert!(message.contains(&wanted), "{message}");
    }
    let message = read(&SHORT.replace("[1.0,2.5]", r#"{"x":1}"#)).unwrap_err();
    assert!(message.contains("expected an array of length 2"), "{message}");
    let message = read(&SHORT.replace("[1.0,2.5]", r#"[1.0,"2"]"#)).unwrap_err();
    assert!(message.contains("expected f64"), "{message}");
}

#[test]
fn null_is_its_only_value() {
    let never = SHORT.replace("null}", "null,\"never\":null}");
    assert_eq!(read(&never).unwrap().never, None);
    for wrong in ["0", "\"\"", "[]", "{}", "false"] {
        let text = SHORT.replace("\"nothing\":null", &format!("\"nothing\":{wrong}"));
        assert!(read(&text).is_err(), "{text}");
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Tuple((String, i64)),
    StringArray(Vec<String>),
    Null(()),
    Unknown(crate::runtime::Value),
}

union!(Choice, Unknown {
    Tuple((String, i64) as (Plain, Plain)) => as_tuple + From,
    StringArray(Vec<String>) => as_string_array + From,
    Null(()) => as_null + From,
});

#[test]
fn a_choice_tells_tuples_from_lists_and_null() {
    let read = |text: &str| serde_json::from_str::<Choice>(text).unwrap();
    assert_eq!(read(r#"["a",1]"#), Choice::Tuple(("a".to_owned(), 1)));
    assert_eq!(read(r#"["a","b"]"#), Choice::StringArray(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(read("null").as_null(), Some(&()));
    assert_eq!(read(r#"["a",1]"#).as_tuple().map(|tuple| tuple.1), Some(1));
    assert_eq!(read(r#"["a"]"#).as_string_array().map(Vec::len), Some(1));
    assert!(matches!(read(r#"["a",1,2]"#), Choice::Unknown(_)));
    for text in [r#"["a",1]"#, "null", r#"["a",1,2]"#] {
        assert_eq!(serde_json::to_string(&read(text)).unwrap(), text);
    }
}
