// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Days as text.

use jiff::civil::Date;
use serde::{Deserializer, Serializer};

use super::{Codec, parsed};

/// A day as RFC 3339 writes it (its `full-date`), such as `2026-01-31`. A text that goes on with a
/// time of day is refused, since that would be lost.
pub struct FullDate;

impl Codec<Date> for FullDate {
    fn encode<S: Serializer>(value: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        parsed(deserializer, "a date without a time, such as \"2026-01-31\"", |text| {
            text.parse().ok().filter(|_| !text.contains(['T', 't', ' ', '[']))
        })
    }
}
