// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! URLs as text.

use std::fmt;

use serde::de::{self, Visitor};
use serde::{Deserializer, Serializer};
use url::Url;

use super::Codec;

/// An absolute URL, in the normal form of the WHATWG's standard: `HTTP://a` is written as
/// `http://a/`. A relative reference is refused.
pub struct UrlText;

impl Codec<Url> for UrlText {
    fn encode<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.as_str())
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        deserializer.deserialize_str(Text)
    }
}

struct Text;

impl Visitor<'_> for Text {
    type Value = Url;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an absolute URL such as \"https://example.com/\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Url, E> {
        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}
