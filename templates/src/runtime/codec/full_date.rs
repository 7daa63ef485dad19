// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Days as text.

use std::fmt;

use jiff::civil::Date;
use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};

use super::Codec;

/// A day as RFC 3339 writes it (its `full-date`), such as `2026-01-31`. A text that goes on with a
/// time of day is refused, since that would be lost.
pub struct FullDate;

impl Codec<Date> for FullDate {
    fn encode<S: Serializer>(value: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Date;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a date without a time, such as \"2026-01-31\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
        let parsed = text.parse().ok().filter(|_| !text.contains(['T', 't', ' ', '[']));
        parsed.ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
