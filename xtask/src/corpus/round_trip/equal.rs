//! When what was written back is the same as what was read.
//!
//! - A member that is null and a member that is absent are the same.
//! - Numbers are equal by value: `1`, `1.0` and `1e0`. What a 64-bit float cannot tell apart is equal
//!   unless both are whole numbers.
//! - Two texts that are moments of RFC 3339 are equal when they are the same instant, to the
//!   nanosecond; what lies after the last moment that the runtime can hold is that moment, see its
//!   `codec/date_time.rs`. Two texts that are durations of protobuf (`1.50s`) or of ISO 8601
//!   without years and months (`P1DT2H`) are equal by value, a day being 24 hours. UUIDs are
//!   equal in upper and lower case (RFC 9562, section 4).
//! - Everything else is equal when it is the same. The order of members does not matter, that of
//!   items does.

use std::cmp::Ordering;

use serde_json::{Number, Value};

/// The first place where two values differ, as a JSON Pointer with both parts.
pub(super) fn difference(read: &Value, written: &Value) -> Option<(String, Value, Value)> {
    match (read, written) {
        (Value::Object(one), Value::Object(other)) => {
            let null = &Value::Null;
            let keys = one.keys().chain(other.keys().filter(|key| !one.contains_key(*key)));
            keys.into_iter().find_map(|key| {
                let (one, other) = (one.get(key).unwrap_or(null), other.get(key).unwrap_or(null));
                below(key, difference(one, other))
            })
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let pairs = one.iter().zip(other).enumerate();
            pairs
                .into_iter()
                .find_map(|(at, (one, other))| below(&at.to_string(), difference(one, other)))
        }
        (Value::Number(one), Value::Number(other)) if same_number(one, other) => None,
        (Value::String(one), Value::String(other)) if same_text(one, other) => None,
        (one, other) if one == other => None,
        _ => Some((String::new(), read.clone(), written.clone())),
    }
}

fn below(step: &str, found: Option<(String, Value, Value)>) -> Option<(String, Value, Value)> {
    let (path, read, written) = found?;
    Some((format!("/{}{path}", step.replace('~', "~0").replace('/', "~1")), read, written))
}

fn same_number(one: &Number, other: &Number) -> bool {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => one == other,
        _ => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => one.partial_cmp(&other) == Some(Ordering::Equal),
            _ => one == other,
        },
    }
}

fn same_text(one: &str, other: &str) -> bool {
    let last = moment(LAST).unwrap_or(i128::MAX);
    let moments = || Some(moment(one)?.min(last) == moment(other)?.min(last));
    let durations = || Some(duration(one)? == duration(other)?);
    one == other
        || moments().or_else(durations).unwrap_or(false)
        || (is_uuid(one) && one.eq_ignore_ascii_case(other))
}

/// The last moment of `jiff::Timestamp`.
const LAST: &str = "9999-12-30T22:00:00.999999999Z";

/// Nanoseconds since the year 0 of a moment of RFC 3339, section 5.6.
fn moment(text: &str) -> Option<i128> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let mut date = date.splitn(3, '-').map(|part| part.parse::<i128>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (time, offset) = if let Some(time) = rest.strip_suffix(['Z', 'z']) {
        (time, 0)
    } else {
        let at = rest.rfind(['+', '-'])?;
        let (time, offset) = rest.split_at(at);
        let (hours, minutes) = offset.get(1..)?.split_once(':')?;
        let minutes = hours.parse::<i128>().ok()? * 60 + minutes.parse::<i128>().ok()?;
        (time, if offset.starts_with('-') { -minutes } else { minutes })
    };
    let mut time = time.splitn(3, ':');
    let (hours, minutes) = (time.next()?.parse::<i128>().ok()?, time.next()?.parse::<i128>().ok()?);
    let nanoseconds = fixed(time.next()?)?;
    // Days by the calendar of Rata Die, with the year beginning in March.
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month - 457) / 5 + day;
    let minutes = (days * 24 + hours) * 60 + minutes - offset;
    Some(minutes * 60_000_000_000 + nanoseconds)
}

/// Nanoseconds of a duration, as protobuf or as ISO 8601 writes it.
fn duration(text: &str) -> Option<i128> {
    seconds(text).or_else(|| periods(text))
}

/// A duration as ISO 8601 writes it; how long years and months are, cannot be said.
fn periods(text: &str) -> Option<i128> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let text = text.strip_prefix('P')?;
    let (days, times) = text.split_once('T').unwrap_or((text, ""));
    let mut sum = 0;
    for (part, units) in [(days, "WD"), (times, "HMS")] {
        let mut rest = part;
        while let Some(at) = rest.find(|letter: char| units.contains(letter)) {
            let unit = match rest.get(at..=at)? {
                "W" => 604_800,
                "D" => 86_400,
                "H" => 3_600,
                "M" => 60,
                _ => 1,
            };
            sum += fixed(rest.get(..at)?)? * unit;
            rest = rest.get(at + 1..)?;
        }
        if !rest.is_empty() {
            return None;
        }
    }
    Some(sign * sum)
}

/// A duration as protobuf writes it.
fn seconds(text: &str) -> Option<i128> {
    let text = text.strip_suffix('s')?;
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    Some(sign * fixed(text)?)
}

/// Seconds with at most nine places, in nanoseconds.
fn fixed(text: &str) -> Option<i128> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 9 {
        return None;
    }
    Some(whole.parse::<i128>().ok()? * 1_000_000_000 + format!("{part:0<9}").parse::<i128>().ok()?)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|one| one == '-' || one.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::json;

    #[test]
    fn what_means_the_same_is_equal() {
        for (one, other) in [
            (json!({"a": null, "b": 1}), json!({"b": 1.0})),
            (json!({"b": 1}), json!({"a": null, "b": 1})),
            (json!("2024-02-29T12:00:00.50+02:00"), json!("2024-02-29T10:00:00.5Z")),
            (json!("2023-12-31T23:30:00-01:00"), json!("2024-01-01T00:30:00Z")),
            (json!("1.50s"), json!("1.500s")),
            (json!("P1DT2H"), json!("PT26H")),
            (json!("-P1WT0.5S"), json!("-PT168H0.50S")),
            (
                json!("A8098C1A-F86E-11DA-BD1A-00112444BE1E"),
                json!("a8098c1a-f86e-11da-bd1a-00112444be1e"),
            ),
        ] {
            assert_eq!(difference(&one, &other), None);
        }
    }

    #[test]
    fn what_differs_is_shown_with_its_place() {
        for (one, other, path) in [
            (json!({"a/b": [1, {"c": 2}]}), json!({"a/b": [1, {"c": 3}]}), "/a~1b/1/c"),
            (json!([]), json!([1]), ""),
            (json!({"a": []}), json!({}), "/a"),
            (json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64), ""),
            (json!("2024-02-29T12:00:00Z"), json!("2024-02-29T12:00:00.000000001Z"), ""),
            (json!("A"), json!("a"), ""),
            (json!("P1M"), json!("PT1M"), ""),
        ] {
            assert_eq!(difference(&one, &other).unwrap().0, path);
        }
    }
}
