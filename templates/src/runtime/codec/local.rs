// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Times without an offset, as text.

use std::any::type_name;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};

use super::Codec;

/// A time of day, `12:00:00.5`, or a date with one, `2026-01-31T12:00:00.5` (RFC 9557 calls them
/// local). One with an offset is refused, since it would be lost.
pub struct Local;

impl<T: Display + FromStr> Codec<T> for Local {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

struct Text<T>(PhantomData<T>);

impl<T: FromStr> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a {} without an offset", type_name::<T>())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let time = text.split_once(':').map_or("", |(_, minutes)| minutes);
        let parsed = text.parse().ok().filter(|_| !time.contains(['Z', 'z', '+', '-', '[']));
        parsed.ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
