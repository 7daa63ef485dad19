// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Durations as text, in the forms of protobuf and of ISO 8601.

use std::fmt::{self, Display};
use std::iter::repeat;

use jiff::fmt::temporal::SpanParser;
use jiff::{SignedDuration, SpanRelativeTo};
use serde::ser::Error as _;
use serde::{Deserializer, Serializer};

use super::{Codec, parsed};

/// A duration as protobuf's JSON writes it: seconds with up to nine fractional digits and an `s`,
/// such as `300s` or `-0.500s`.
///
/// It is written with 0, 3, 6 or 9 fractional digits, as few as it needs. Both directions refuse
/// more than 315,576,000,000 seconds, which are about 10,000 years.
pub struct ProtobufDuration;

const MAX_SECONDS: u64 = 315_576_000_000;

impl Codec<SignedDuration> for ProtobufDuration {
    fn encode<S: Serializer>(value: &SignedDuration, serializer: S) -> Result<S::Ok, S::Error> {
        if value.as_secs().unsigned_abs() > MAX_SECONDS {
            return Err(S::Error::custom(format_args!(
                "{}s is beyond the range of {MAX_SECONDS}s",
                value.as_secs()
            )));
        }
        serializer.collect_str(&Seconds(*value))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedDuration, D::Error> {
        let expected =
            format_args!("a duration such as \"1.500s\", of at most {MAX_SECONDS} seconds");
        parsed(deserializer, expected, parse_seconds)
    }
}

struct Seconds(SignedDuration);

impl Display for Seconds {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.is_negative() { "-" } else { "" };
        write!(formatter, "{sign}{}", self.0.as_secs().unsigned_abs())?;
        match self.0.subsec_nanos().unsigned_abs() {
            0 => {}
            nanos if nanos % 1_000_000 == 0 => write!(formatter, ".{:03}", nanos / 1_000_000)?,
            nanos if nanos % 1_000 == 0 => write!(formatter, ".{:06}", nanos / 1_000)?,
            nanos => write!(formatter, ".{nanos:09}")?,
        }
        formatter.write_str("s")
    }
}

fn parse_seconds(text: &str) -> Option<SignedDuration> {
    let number = text.strip_suffix('s')?;
    let (sign, number) = number.strip_prefix('-').map_or((1, number), |number| (-1, number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if !is_digits(whole) || !is_digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let seconds: u64 = whole.parse().ok().filter(|seconds| *seconds <= MAX_SECONDS)?;
    let nanos = fraction
        .bytes()
        .chain(repeat(b'0'))
        .take(9)
        .fold(0, |nanos, digit| nanos * 10 + i32::from(digit - b'0'));
    Some(SignedDuration::new(i64::from(sign) * i64::try_from(seconds).ok()?, sign * nanos))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A duration as ISO 8601 text, such as `PT1H30M` or `P1DT0.5S`.
///
/// A day counts 24 hours and a week seven days. Years and months have no fixed length and are
/// refused. It is written in hours, minutes and seconds.
pub struct Iso8601Duration;

impl Codec<SignedDuration> for Iso8601Duration {
    fn encode<S: Serializer>(value: &SignedDuration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SignedDuration, D::Error> {
        let expected = "an ISO 8601 duration of weeks, days and time, such as \"PT1H30M\"";
        parsed(deserializer, expected, |text| parse_iso8601(text).ok())
    }
}

fn parse_iso8601(text: &str) -> Result<SignedDuration, jiff::Error> {
    // The first parser knows no days, the second no more hours than fit 20,000 years.
    SpanParser::new().parse_duration(text).or_else(|_| {
        SpanParser::new().parse_span(text)?.to_duration(SpanRelativeTo::days_are_24_hours())
    })
}
