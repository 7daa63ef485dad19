//! The types of formats: what they read, what they refuse, and that they are written as they came
//! or in one documented form.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::{decode, encode};
use crate::runtime::codec::{Base64Url, FullDate, Local, Map, UrlText};
use crate::runtime::{
    Date, Decimal, IpAddr, Ipv4Addr, Ipv6Addr, LocalDateTime, Secret, Time, Url, Uuid, object,
};

/// Reads a text and writes it.
#[track_caller]
fn through<T: Serialize + DeserializeOwned>(text: &str) -> Option<String> {
    let value: T = serde_json::from_str(&serde_json::to_string(text).unwrap()).ok()?;
    Some(serde_json::to_value(value).unwrap().as_str().unwrap().to_owned())
}

#[test]
fn each_format_is_written_as_it_came() {
    for text in [r#""00:00:00""#, r#""23:59:59.000000001""#] {
        let time: Time = decode::<Local, _>(text).unwrap();
        assert_eq!(encode::<Local, _>(&time).unwrap(), text);
    }
    for text in [r#""2026-01-31T12:00:00""#, r#""1999-12-31T23:59:59.5""#] {
        let time: LocalDateTime = decode::<Local, _>(text).unwrap();
        assert_eq!(encode::<Local, _>(&time).unwrap(), text);
    }
    for text in
        ["0", "1.50", "-0.10", "79228162514264337593543950335", "0.0000000000000000000000000001"]
    {
        assert_eq!(through::<Decimal>(text).as_deref(), Some(text));
    }
    for text in ["1.2.3.4", "::1"] {
        assert_eq!(through::<IpAddr>(text).as_deref(), Some(text));
    }
    assert_eq!(through::<Ipv4Addr>("255.255.255.255").as_deref(), Some("255.255.255.255"));
    let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    assert_eq!(through::<Uuid>(uuid).as_deref(), Some(uuid));
}

#[test]
fn some_formats_have_a_normal_form() {
    let uuid = Some("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    for text in [
        "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
        "f81d4fae7dec11d0a76500a0c91e6bf6",
        "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
        "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    ] {
        assert_eq!(through::<Uuid>(text).as_deref(), uuid);
    }
    assert_eq!(through::<Ipv6Addr>("2001:DB8:0:0::1").as_deref(), Some("2001:db8::1"));
    let url: Url = decode::<UrlText, _>(r#""HTTPS://Example.com/ä""#).unwrap();
    assert_eq!(encode::<UrlText, _>(&url).unwrap(), r#""https://example.com/%C3%A4""#);
}

#[test]
fn what_is_of_another_format_is_refused() {
    for text in [r#""12:00:00Z""#, r#""12:00:00+01:00""#, r#""12:00-08""#, r#""25:00:00""#, r#""""#]
    {
        let message = decode::<Local, Time>(text).unwrap_err();
        assert!(message.contains("without an offset"), "{message}");
    }
    for text in [r#""2026-01-31T12:00:00Z""#, r#""2026-01-31T12:00:00-01:00""#] {
        assert!(decode::<Local, LocalDateTime>(text).is_err(), "{text}");
    }
    for text in ["", "one", "1,5"] {
        assert_eq!(through::<Decimal>(text), None, "{text}");
    }
    for text in ["10.0.0.0/8", "01.2.3.4", "1.2.3.4:80", ""] {
        assert_eq!(through::<IpAddr>(text), None, "{text}");
    }
    for text in [r#""/relative""#, r#""""#, "1"] {
        let message = decode::<UrlText, Url>(text).unwrap_err();
        assert!(message.contains("expected an absolute URL"), "{message}");
    }
}

#[test]
fn a_day_is_not_read_from_what_says_more() {
    for text in [r#""2026-01-31""#, r#""0001-01-01""#, r#""9999-12-31""#] {
        let day: Date = decode::<FullDate, _>(text).unwrap();
        assert_eq!(encode::<FullDate, _>(&day).unwrap(), text);
    }
    for text in [
        r#""2026-01-31T10:00:00""#,
        r#""2026-01-31T00:00:00Z""#,
        r#""2026-01-31 10:00:00""#,
        r#""2026-01-31t10""#,
        r#""2026-01-31[Europe/Berlin]""#,
        r#""2026-02-30""#,
        r#""""#,
    ] {
        let message = decode::<FullDate, Date>(text).unwrap_err();
        assert!(message.contains("expected a date without a time"), "{message}");
    }
    let days = r#"{"a":["2026-01-31",null]}"#;
    let read = decode::<Map<Vec<Option<FullDate>>>, _>(days).unwrap();
    assert_eq!(encode::<Map<Vec<Option<FullDate>>>, _>(&read).unwrap(), days);
    assert!(decode::<Vec<FullDate>, Vec<Date>>(r#"["2026-01-31T10:00:00"]"#).is_err());
}

#[test]
fn bytes_for_urls_keep_their_alphabet() {
    for text in [r#""--__AA""#, r#""++//AA==""#] {
        let bytes: Vec<u8> = decode::<Base64Url, _>(text).unwrap();
        assert_eq!(bytes, [0xfb, 0xef, 0xff, 0x00]);
        assert_eq!(encode::<Base64Url, _>(&bytes).unwrap(), r#""--__AA""#);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Login {
    password: Option<Secret>,
}

object!(Login { password = "password", });

#[test]
fn a_secret_is_sent_and_never_shown() {
    let login = Login { password: Some("hunter2".into()) };
    let text = serde_json::to_string(&login).unwrap();
    assert_eq!(text, r#"{"password":"hunter2"}"#);
    assert_eq!(serde_json::from_str::<Login>(&text).unwrap(), login);
    assert_eq!(login.password.as_ref().map(Secret::expose), Some("hunter2"));
    for shown in [format!("{login:?}"), format!("{login:#?}")] {
        assert!(!shown.contains("hunter2") && shown.contains("REDACTED"), "{shown}");
    }
    assert_ne!(login, Login { password: Some(String::from("other").into()) });
}
