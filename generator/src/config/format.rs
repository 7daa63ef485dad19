//! What texts with a `format` become.
//!
//! | format | type | why |
//! | --- | --- | --- |
//! | `date-time` | [`TextType::DateTime`] | RFC 3339, as JSON Schema says |
//! | `date` | [`TextType::Date`] | RFC 3339 `full-date` |
//! | `duration` | [`TextType::Iso8601Duration`] | JSON Schema's meaning; protobuf's needs an entry |
//! | `byte` | [`TextType::Base64`] | OpenAPI 3.0's meaning |
//! | `base64url` | [`TextType::Base64Url`] | the format registry's meaning; also `contentEncoding` |
//! | `password` | [`TextType::Secret`] | it must not end up in a log; any text can be one |
//! | `int32` `uint32` `int64` `uint64` | the integers | JSON made from protobuf writes 64 bits as text |
//!
//! All other formats stay texts, unless `formats` in `generator.yaml` says something else. That goes
//! for `uuid`, `uri`, `ipv4`, `ipv6`, `time` and `decimal` too, although there are types for them:
//! servers write an empty text where there is none, an id of an older kind, a host with a port or a
//! range in place of an address, and a whole answer would fail for it, where a caller may not even
//! look at that property. Who knows the server says `formats: {uuid: uuid, uri: url}`; a crate depends
//! on `uuid` and `rust_decimal` only then.

use std::collections::BTreeMap;

use super::Spanned;

/// The type of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextType {
    /// `text`: as it stands.
    Text,
    /// `date-time`: a moment, `2026-01-31T12:00:00.5Z`.
    DateTime,
    /// `date`: a day, `2026-01-31`.
    Date,
    /// `protobuf-duration`: seconds, `300s` or `1.5s`.
    ProtobufDuration,
    /// `iso8601-duration`: `PT5M`.
    Iso8601Duration,
    /// `bytes`: base64.
    Base64,
    /// `base64url`: base64 in the alphabet for URLs, written without padding.
    Base64Url,
    /// `time`: a time of day without an offset, `12:00:00.5`. With an offset, as RFC 3339 wants
    /// `full-time`, it is refused.
    Time,
    /// `local-date-time`: a date and a time without an offset, `2026-01-31T12:00:00.5`.
    LocalDateTime,
    /// `uuid`: RFC 9562, in every form; written in lower case with hyphens.
    Uuid,
    /// `url`: an absolute URL; written in the normal form of the WHATWG's standard, so
    /// `HTTP://a` becomes `http://a/`.
    Url,
    /// `ip`: an address of either version; one of version 6 is written as RFC 5952 says.
    Ip,
    /// `ipv4`: an address of version 4.
    Ipv4,
    /// `ipv6`: an address of version 6, written as RFC 5952 says.
    Ipv6,
    /// `decimal`: a decimal number of up to 28 digits, exact with its trailing zeros.
    Decimal,
    /// `secret`: a text that is never shown.
    Secret,
    /// `int32-text`: decimal digits.
    Int32Text,
    /// `uint32-text`: decimal digits.
    UInt32Text,
    /// `int64-text`: decimal digits.
    Int64Text,
    /// `uint64-text`: decimal digits.
    UInt64Text,
}

impl TextType {
    /// Each type with its name in `generator.yaml`.
    pub(super) const NAMES: &[(&str, Self)] = &[
        ("text", Self::Text),
        ("date-time", Self::DateTime),
        ("date", Self::Date),
        ("protobuf-duration", Self::ProtobufDuration),
        ("iso8601-duration", Self::Iso8601Duration),
        ("bytes", Self::Base64),
        ("base64url", Self::Base64Url),
        ("time", Self::Time),
        ("local-date-time", Self::LocalDateTime),
        ("uuid", Self::Uuid),
        ("url", Self::Url),
        ("ip", Self::Ip),
        ("ipv4", Self::Ipv4),
        ("ipv6", Self::Ipv6),
        ("decimal", Self::Decimal),
        ("secret", Self::Secret),
        ("int32-text", Self::Int32Text),
        ("uint32-text", Self::UInt32Text),
        ("int64-text", Self::Int64Text),
        ("uint64-text", Self::UInt64Text),
    ];
}

/// The type of one schema that `generator.yaml` chooses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chosen {
    /// A type of texts, by its name.
    Text(TextType),
    /// `any`: untyped JSON.
    Any,
    /// A type of another crate, by its path without `::` in front, such as `my_types::Money`.
    Path(String),
}

impl Default for Chosen {
    fn default() -> Self {
        Self::Text(TextType::Text)
    }
}

/// The types of all formats: the defaults, and the entries of `formats`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// What `generator.yaml` says, by format; the span is the format's.
    pub entries: BTreeMap<String, Spanned<TextType>>,
}

impl Formats {
    /// The type of a text with this format: the entry, else the default.
    pub fn text_type(&self, format: &str) -> TextType {
        if let Some(entry) = self.entries.get(format) {
            return entry.value;
        }
        match format {
            "date-time" => TextType::DateTime,
            "date" => TextType::Date,
            "duration" => TextType::Iso8601Duration,
            "byte" => TextType::Base64,
            "base64url" => TextType::Base64Url,
            "password" => TextType::Secret,
            "int32" => TextType::Int32Text,
            "uint32" => TextType::UInt32Text,
            "int64" => TextType::Int64Text,
            "uint64" => TextType::UInt64Text,
            _ => TextType::Text,
        }
    }
}
