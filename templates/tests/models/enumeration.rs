//! `open_enum!` and `closed_enum!`: text in, text out, and what happens to a text that is not known.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]

use serde_json::{from_reader, from_str, from_value, json, to_string};

use crate::runtime::enumeration::UnknownValue;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Unspecified,
    Ready,
    /// `UNKNOWN` is a value of the API, so the variant for other texts has another name.
    Unknown,
    Other(String),
}

crate::runtime::open_enum! {
    Status, Other {
        Unspecified = "STATUS_UNSPECIFIED",
        Ready = "STATUS_READY",
        Unknown = "UNKNOWN",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Ascending,
    Descending,
}

crate::runtime::closed_enum! {
    Direction {
        Ascending = "asc",
        Descending = "desc",
    }
}

#[test]
fn known_texts_are_variants_and_others_are_kept() {
    for (text, status) in [
        ("STATUS_UNSPECIFIED", Status::Unspecified),
        ("STATUS_READY", Status::Ready),
        ("UNKNOWN", Status::Unknown),
        ("STATUS_NEW", Status::Other("STATUS_NEW".into())),
        ("status_ready", Status::Other("status_ready".into())),
        ("", Status::Other(String::new())),
        ("a \"quoted\"\n\u{1f600}", Status::Other("a \"quoted\"\n\u{1f600}".into())),
    ] {
        let written = to_string(text).unwrap();
        assert_eq!(from_str::<Status>(&written).unwrap(), status);
        assert_eq!(from_reader::<_, Status>(written.as_bytes()).unwrap(), status);
        assert_eq!(from_value::<Status>(json!(text)).unwrap(), status);
        assert_eq!(Status::from(text), status);
        assert_eq!(Status::from(text.to_owned()), status);
        assert_eq!(to_string(&status).unwrap(), written);
        assert_eq!(status.to_string(), text);
        assert_eq!((status.as_str(), status.as_ref()), (text, text));
    }
    assert_eq!(format!("{:>14}|{:.3}", Status::Ready, Status::Ready), "  STATUS_READY|STA");
}

#[test]
fn an_enumeration_is_text_and_nothing_else() {
    for text in ["null", "1", "true", "[]", "{}", r#"{"STATUS_READY":null}"#] {
        let error = from_str::<Status>(text).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{text}: {error}");
        let error = from_str::<Direction>(text).unwrap_err().to_string();
        assert!(error.contains("expected a string"), "{text}: {error}");
    }
}

#[test]
fn a_closed_enumeration_refuses_other_texts_and_lists_its_values() {
    for (text, direction) in [("asc", Direction::Ascending), ("desc", Direction::Descending)] {
        let written = to_string(text).unwrap();
        assert_eq!(from_str::<Direction>(&written).unwrap(), direction);
        assert_eq!(text.parse(), Ok(direction));
        assert_eq!(to_string(&direction).unwrap(), written);
        assert_eq!((direction.as_str(), direction.as_ref()), (text, text));
        assert_eq!(direction.to_string(), text);
    }

    let error = from_str::<Direction>(r#""up""#).unwrap_err().to_string();
    assert!(error.starts_with("unknown variant `up`, expected `asc` or `desc`"), "{error}");
    let error: UnknownValue = Direction::try_from("ASC").unwrap_err();
    assert_eq!((error.text(), error.expected()), ("ASC", &["asc", "desc"][..]));
    assert_eq!(error.to_string(), "`ASC` is none of `asc`, `desc`");
}
