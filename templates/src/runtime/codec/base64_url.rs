// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Bytes as base64 text in the alphabet for URLs.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserializer, Serializer};

use super::{Base64, Codec};

/// Bytes as base64url (RFC 4648, section 5): reads what [`Base64`] reads, and writes the URL-safe
/// alphabet without padding.
pub struct Base64Url;

impl Codec<Vec<u8>> for Base64Url {
    fn encode<S: Serializer>(value: &Vec<u8>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(value))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        Base64::decode(deserializer)
    }
}
