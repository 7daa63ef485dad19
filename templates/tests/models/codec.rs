//! The codecs: what they read, what they refuse, and what they write.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::de::DeserializeSeed;

use crate::runtime::codec::{
    Base64, Codec, DateTime, Decimal, Decoding, Encoding, Iso8601Duration, Map, ProtobufDuration,
};
use crate::runtime::{Duration, Timestamp};

pub(crate) fn decode<C: Codec<T>, T>(text: &str) -> Result<T, String> {
    let mut input = serde_json::Deserializer::from_str(text);
    Decoding::<C, T>::new().deserialize(&mut input).map_err(|error| error.to_string())
}

pub(crate) fn encode<C: Codec<T>, T>(value: &T) -> Result<String, String> {
    serde_json::to_string(&Encoding::<C, T>::new(value)).map_err(|error| error.to_string())
}

#[track_caller]
fn reads<C: Codec<T>, T: Debug + PartialEq>(text: &str, value: &T) {
    assert_eq!(decode::<C, T>(text).as_ref(), Ok(value), "{text}");
}

/// Refuses a text, with a message that has `part` in it.
#[track_caller]
fn refuses<C: Codec<T>, T: Debug>(text: &str, part: &str) {
    let message = decode::<C, T>(text).unwrap_err();
    assert!(message.contains(part), "{text}: {message}");
}

#[test]
fn integers_are_exact_as_text_and_as_numbers() {
    reads::<Decimal, i64>(r#""9007199254740993""#, &9_007_199_254_740_993);
    reads::<Decimal, i64>("9007199254740993", &9_007_199_254_740_993);
    reads::<Decimal, i64>("-9223372036854775808", &i64::MIN);
    reads::<Decimal, i64>(r#""-9223372036854775808""#, &i64::MIN);
    reads::<Decimal, u64>("18446744073709551615", &u64::MAX);
    reads::<Decimal, u64>(r#""18446744073709551615""#, &u64::MAX);
    reads::<Decimal, i32>(r#""-7""#, &-7);
    reads::<Decimal, u32>("4294967295", &u32::MAX);
    reads::<Decimal, i64>("1e3", &1000);
    reads::<Decimal, i64>("-2.0", &-2);
    reads::<Decimal, u64>("-0", &0);
    reads::<Decimal, i64>("999999999999999.0", &999_999_999_999_999);

    assert_eq!(encode::<Decimal, _>(&u64::MAX).unwrap(), r#""18446744073709551615""#);
    assert_eq!(encode::<Decimal, _>(&i64::MIN).unwrap(), r#""-9223372036854775808""#);
    assert_eq!(encode::<Decimal, _>(&0_i32).unwrap(), r#""0""#);
}

#[test]
fn an_integer_out_of_range_is_named() {
    refuses::<Decimal, i64>("9223372036854775808", "9223372036854775808");
    refuses::<Decimal, i64>(
        r#""9223372036854775808""#,
        r#""9223372036854775808", expected an integer of type i64"#,
    );
    refuses::<Decimal, u64>(r#""18446744073709551616""#, "18446744073709551616");
    refuses::<Decimal, u64>("-1", "-1");
    refuses::<Decimal, u64>(r#""-1""#, r#""-1""#);
    refuses::<Decimal, i32>("2147483648", "2147483648");
    refuses::<Decimal, u32>("4294967296", "4294967296");
    // A float of more digits may have been rounded.
    refuses::<Decimal, i64>("1000000000000001.0", "1000000000000001");
    refuses::<Decimal, i64>("9007199254740993.0", "90071992547409");
    refuses::<Decimal, u64>("18446744073709551616", "1.8446744073709552e+19");
    for text in [
        "1.5",
        r#""1.5""#,
        r#""""#,
        r#"" 1""#,
        r#""1e3""#,
        r#""0x10""#,
        r#""NaN""#,
        "true",
        "null",
        "[]",
        "{}",
    ] {
        refuses::<Decimal, i64>(text, "expected an integer of type i64, as text or as a number");
    }
}

#[test]
fn base64_is_read_in_every_alphabet_and_padding() {
    let bytes = vec![0xfb, 0xef, 0xff, 0x00];
    for text in [r#""++//AA==""#, r#""++//AA""#, r#""--__AA==""#, r#""--__AA""#] {
        reads::<Base64, Vec<u8>>(text, &bytes);
    }
    reads::<Base64, Vec<u8>>(r#""""#, &Vec::new());
    reads::<Base64, Vec<u8>>(r#""aGk=""#, &b"hi".to_vec());
    assert_eq!(encode::<Base64, _>(&bytes).unwrap(), r#""++//AA==""#);

    for text in [r#""a""#, r#""aG k""#, r#""+_AA""#, r#""aGk==""#, r#""é""#, r#""aGl=""#] {
        refuses::<Base64, Vec<u8>>(text, "invalid base64");
    }
    refuses::<Base64, Vec<u8>>("[1]", "bytes as base64 text");
    assert!(!decode::<Base64, Vec<u8>>(r#""secret!""#).unwrap_err().contains("secret"));
}

#[test]
fn protobuf_durations_have_up_to_nine_digits() {
    for (text, seconds, nanos) in [
        ("0s", 0, 0),
        ("300s", 300, 0),
        ("1.500s", 1, 500_000_000),
        ("-0.500s", 0, -500_000_000),
        ("-1.000001s", -1, -1_000),
        ("3.000000001s", 3, 1),
        ("315576000000s", 315_576_000_000, 0),
        ("-315576000000s", -315_576_000_000, 0),
    ] {
        let written = format!("\"{text}\"");
        let duration = Duration::new(seconds, nanos);
        reads::<ProtobufDuration, _>(&written, &duration);
        assert_eq!(encode::<ProtobufDuration, _>(&duration).unwrap(), written);
    }
    reads::<ProtobufDuration, _>(r#""1.5s""#, &Duration::new(1, 500_000_000));
    reads::<ProtobufDuration, _>(r#""-0.12s""#, &Duration::new(0, -120_000_000));
    reads::<ProtobufDuration, _>(r#""007.0s""#, &Duration::new(7, 0));
    reads::<ProtobufDuration, _>(r#""-0s""#, &Duration::ZERO);
}

#[test]
fn what_is_no_protobuf_duration_is_refused() {
    for text in [
        "",
        "s",
        "1",
        "1 s",
        "1S",
        "+1s",
        "--1s",
        "1.s",
        ".5s",
        "-.5s",
        "1..5s",
        "1.5.5s",
        "1e3s",
        "١s",
        "PT1S",
        "1.0000000001s",
        "315576000001s",
        "-315576000001s",
        "99999999999999999999s",
        "1.-5s",
        "1m",
        "∞s",
    ] {
        let written = serde_json::to_string(text).unwrap();
        refuses::<ProtobufDuration, Duration>(&written, &written);
    }
    refuses::<ProtobufDuration, Duration>("300", "expected a duration such as");
    for seconds in [315_576_000_001, -315_576_000_001, i64::MIN, i64::MAX] {
        let message = encode::<ProtobufDuration, _>(&Duration::new(seconds, 0)).unwrap_err();
        assert!(message.contains(&seconds.to_string()), "{message}");
    }
}

#[test]
fn iso_durations_have_fixed_lengths_only() {
    for (text, seconds, nanos, written) in [
        ("PT0S", 0, 0, "PT0S"),
        ("PT1H30M", 5400, 0, "PT1H30M"),
        ("P1DT2H", 93_600, 0, "PT26H"),
        ("P2W", 1_209_600, 0, "PT336H"),
        ("PT0.5S", 0, 500_000_000, "PT0.5S"),
        ("-PT1.000000001S", -1, -1, "-PT1.000000001S"),
    ] {
        let duration = Duration::new(seconds, nanos);
        reads::<Iso8601Duration, _>(&format!("\"{text}\""), &duration);
        assert_eq!(encode::<Iso8601Duration, _>(&duration).unwrap(), format!("\"{written}\""));
    }
    for duration in [Duration::MAX, Duration::MIN] {
        let written = encode::<Iso8601Duration, _>(&duration).unwrap();
        reads::<Iso8601Duration, _>(&written, &duration);
    }
    for text in [
        r#""P1Y""#,
        r#""P1M""#,
        r#""""#,
        r#""P""#,
        r#""1h""#,
        r#""300s""#,
        r#""PT99999999999999999999S""#,
    ] {
        refuses::<Iso8601Duration, Duration>(text, "expected an ISO 8601 duration");
    }
    refuses::<Iso8601Duration, Duration>("1", "expected an ISO 8601 duration");
}

#[test]
fn codecs_compose() {
    type Table = BTreeMap<String, Vec<Option<i64>>>;
    let table = Table::from([("a".into(), vec![Some(1), None]), ("b".into(), vec![])]);
    let text = r#"{"a":["1",null],"b":[]}"#;
    reads::<Map<Vec<Option<Decimal>>>, Table>(text, &table);
    assert_eq!(encode::<Map<Vec<Option<Decimal>>>, _>(&table).unwrap(), text);

    reads::<Option<Base64>, Option<Vec<u8>>>("null", &None);
    assert_eq!(encode::<Option<Base64>, _>(&None).unwrap(), "null");
    refuses::<Vec<Decimal>, Vec<i64>>(r#"["1",null]"#, "null");
    refuses::<Vec<Decimal>, Vec<i64>>("{}", "expected a list");
    refuses::<Map<Decimal>, BTreeMap<String, i64>>("[]", "expected an object");
}

#[test]
fn moments_are_read_to_the_nanosecond_and_to_the_end_of_time() {
    let moment = "2024-02-29T23:59:59.123456789Z";
    reads::<DateTime, Timestamp>(&format!("\"{moment}\""), &moment.parse().unwrap());
    reads::<DateTime, Timestamp>(
        r#""2024-01-01T01:00:00+01:00""#,
        &"2024-01-01T00:00:00Z".parse().unwrap(),
    );
    reads::<DateTime, Timestamp>(r#""9999-12-31T23:59:59.999999999Z""#, &Timestamp::MAX);
    for text in
        [r#""9999-13-31T00:00:00Z""#, r#""9999-12-31T00:00:00""#, r#""9999-12-31""#, r#""""#, "1"]
    {
        refuses::<DateTime, Timestamp>(text, "a date-time such as");
    }
    assert_eq!(
        encode::<DateTime, _>(&Timestamp::UNIX_EPOCH),
        Ok(r#""1970-01-01T00:00:00Z""#.to_owned())
    );
}
