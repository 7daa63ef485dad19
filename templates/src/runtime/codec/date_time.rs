// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Moments as text.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use serde::{Deserializer, Serializer};

use super::{Codec, parsed};

/// A moment as RFC 3339 writes it, with up to nine fractional digits, such as
/// `2026-01-31T12:00:00.5Z`. An offset is taken into account and not kept.
///
/// [`Timestamp`] ends about a day before the year 9999 does, so that it can be shown in every time
/// zone. A later moment of that year, which in practice says "never", is read as
/// [`Timestamp::MAX`]: it must not fail a whole answer.
pub struct DateTime;

impl Codec<Timestamp> for DateTime {
    fn encode<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        parsed(deserializer, "a date-time such as \"2026-01-31T12:00:00Z\"", |text| {
            text.parse().ok().or_else(|| is_last_day(text).then_some(Timestamp::MAX))
        })
    }
}

/// Whether a text is a moment behind the last timestamp that is still in the year 9999.
fn is_last_day(text: &str) -> bool {
    Pieces::parse(text).is_ok_and(|pieces| {
        let date = pieces.date();
        let last = date.year() == 9999 && date.month() == 12 && date.day() >= 30;
        last && pieces.time().is_some() && pieces.offset().is_some()
    })
}
