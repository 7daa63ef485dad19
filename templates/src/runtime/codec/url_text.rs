// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! URLs as text.

use serde::{Deserializer, Serializer};
use url::Url;

use super::{Codec, parsed};

/// An absolute URL, in the normal form of the WHATWG's standard: `HTTP://a` is written as
/// `http://a/`. A relative reference is refused.
pub struct UrlText;

impl Codec<Url> for UrlText {
    fn encode<S: Serializer>(value: &Url, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(value.as_str())
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
        parsed(deserializer, "an absolute URL such as \"https://example.com/\"", |text| {
            text.parse().ok()
        })
    }
}
