//! Random models and random input, compared with serde's derive.

use std::collections::BTreeMap;
use std::fmt::Write;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{from_reader, from_str, from_value, to_string, to_value};

use crate::codec::{decode, encode};
use crate::runtime::codec::{Base64, Decimal, Iso8601Duration, Map, ProtobufDuration};
use crate::runtime::{Duration, Timestamp};

/// What `object!` makes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Filled {
    name: Option<String>,
    count: Option<i32>,
    tags: Option<Vec<String>>,
    at: Option<Timestamp>,
}

crate::runtime::object! {
    Filled {
        name = "name",
        count = "count",
        tags = "tags",
        at = "at",
    }
}

/// What `object!` makes where fields are required.
#[derive(Clone, Debug, PartialEq)]
struct Collected {
    name: String,
    count: Option<i32>,
    tags: Option<Vec<String>>,
    at: Timestamp,
}

crate::runtime::object! {
    Collected {
        name = "name" required,
        count = "count",
        tags = "tags" nullable,
        at = "at" required,
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DerivedFilled {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct DerivedCollected {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<i32>,
    tags: Option<Vec<String>>,
    at: Timestamp,
}

/// Objects with known and unknown keys, good and bad values, cut off at times. No key comes twice:
/// there, derive and `object!` differ on a null.
fn input() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec!["name", "n\\u0061me", "count", "tags", "at", "new", ""]);
    let value = prop::sample::select(vec![
        "null",
        "\"text\"",
        "\"\\u00e9\\n\"",
        "7",
        "-7.5",
        "4294967296",
        "[]",
        "[\"a\",\"b\"]",
        "[null]",
        "\"2025-01-02T03:04:05.000000001Z\"",
        "{\"name\":{}}",
        "true",
    ]);
    (prop::collection::btree_map(key, value, 0..6), 0..40_usize).prop_map(|(members, cut)| {
        let mut text = String::from("{");
        let twice = members.contains_key("name") && members.contains_key("n\\u0061me");
        for (key, value) in members.into_iter().filter(|(key, _)| !twice || *key != "name") {
            let comma = if text.len() > 1 { "," } else { "" };
            write!(text, "{comma}\"{key}\":{value}").unwrap();
        }
        text.push('}');
        if cut == 0 {
            text.pop();
        }
        text
    })
}

fn duration(limit: i64) -> impl Strategy<Value = Duration> {
    (
        -limit..=limit,
        0..1_000_000_000_i32,
        prop::sample::select(vec![1, 1_000, 1_000_000, 1_000_000_000]),
    )
        .prop_map(|(seconds, nanos, unit)| {
            let nanos = nanos / unit * unit;
            Duration::new(seconds, if seconds < 0 { -nanos } else { nanos })
        })
}

proptest! {
    #[test]
    fn objects_are_read_as_derive_reads_them(text in input()) {
        let derived = from_str::<DerivedFilled>(&text);
        let filled = from_str::<Filled>(&text);
        prop_assert_eq!(derived.is_ok(), filled.is_ok(), "{:?} {:?}", derived, filled);
        if let (Ok(derived), Ok(filled)) = (derived, filled) {
            prop_assert_eq!(to_string(&derived).unwrap(), to_string(&filled).unwrap());
            prop_assert_eq!(&from_reader::<_, Filled>(text.as_bytes()).unwrap(), &filled);
            prop_assert_eq!(&from_value::<Filled>(from_str(&text).unwrap()).unwrap(), &filled);
        }

        let derived = from_str::<DerivedCollected>(&text);
        let collected = from_str::<Collected>(&text);
        prop_assert_eq!(derived.is_ok(), collected.is_ok(), "{:?} {:?}", derived, collected);
        if let (Ok(derived), Ok(collected)) = (derived, collected) {
            prop_assert_eq!(to_string(&derived).unwrap(), to_string(&collected).unwrap());
            prop_assert_eq!(from_reader::<_, Collected>(text.as_bytes()).unwrap(), collected);
        }
    }

    #[test]
    fn objects_come_back_as_they_were(
        name in any::<Option<String>>(),
        count in any::<Option<i32>>(),
        tags in any::<Option<Vec<String>>>(),
        nanos in any::<Option<i64>>(),
    ) {
        let at = nanos.map(|nanos| Timestamp::from_nanosecond(i128::from(nanos)).unwrap());
        let value = Filled { name, count, tags, at };
        prop_assert_eq!(&from_str::<Filled>(&to_string(&value).unwrap()).unwrap(), &value);
        prop_assert_eq!(&from_value::<Filled>(to_value(&value).unwrap()).unwrap(), &value);
    }

    #[test]
    fn integers_come_back(signed: i64, unsigned: u64, small: i32) {
        prop_assert_eq!(decode::<Decimal, i64>(&encode::<Decimal, i64>(&signed).unwrap()), Ok(signed));
        prop_assert_eq!(decode::<Decimal, i64>(&signed.to_string()), Ok(signed));
        prop_assert_eq!(decode::<Decimal, u64>(&unsigned.to_string()), Ok(unsigned));
        prop_assert_eq!(decode::<Decimal, i32>(&format!("{small}.0")), Ok(small));
        prop_assert_eq!(decode::<Decimal, i32>(&unsigned.to_string()).ok(), i32::try_from(unsigned).ok());
    }

    #[test]
    fn tables_come_back(table: BTreeMap<String, Vec<Option<u64>>>) {
        type Table = BTreeMap<String, Vec<Option<u64>>>;
        let text = encode::<Map<Vec<Option<Decimal>>>, Table>(&table).unwrap();
        prop_assert_eq!(decode::<Map<Vec<Option<Decimal>>>, Table>(&text), Ok(table));
    }

    #[test]
    fn bytes_come_back(bytes: Vec<u8>) {
        let text = encode::<Base64, _>(&bytes).unwrap();
        prop_assert_eq!(decode::<Base64, Vec<u8>>(&text), Ok(bytes.clone()));
        let text = text.replace('+', "-").replace('/', "_").replace('=', "");
        prop_assert_eq!(decode::<Base64, Vec<u8>>(&text), Ok(bytes.clone()));
    }

    #[test]
    fn durations_come_back(protobuf in duration(315_576_000_000), iso in duration(i64::MAX)) {
        let text = encode::<ProtobufDuration, _>(&protobuf).unwrap();
        prop_assert_eq!(decode::<ProtobufDuration, Duration>(&text), Ok(protobuf));
        let fraction = text.trim_matches('"').trim_end_matches('s').split_once('.').map_or(0, |(_, digits)| digits.len());
        prop_assert!(matches!(fraction, 0 | 3 | 6 | 9), "{}", text);
        let text = encode::<Iso8601Duration, _>(&iso).unwrap();
        prop_assert_eq!(decode::<Iso8601Duration, Duration>(&text), Ok(iso));
    }

    #[test]
    fn no_text_breaks_a_codec(text: String) {
        let text = to_string(&text).unwrap();
        let _ = decode::<Decimal, i64>(&text);
        let _ = decode::<Base64, Vec<u8>>(&text);
        let _ = decode::<ProtobufDuration, Duration>(&text);
        let _ = decode::<Iso8601Duration, Duration>(&text);
    }
}
