//! What texts with a `format` become.
//!
//! | format | type | why |
//! | --- | --- | --- |
//! | `date-time` | [`TextType::DateTime`] | RFC 3339, as JSON Schema says |
//! | `date` | [`TextType::Date`] | RFC 3339 `full-date` |
//! | `duration` | [`TextType::Iso8601Duration`] | JSON Schema's meaning; protobuf's needs an entry |
//! | `byte` | [`TextType::Base64`] | OpenAPI 3.0's meaning |
//! | `int32` `uint32` `int64` `uint64` | the integers | JSON made from protobuf writes 64 bits as text |
//!
//! All other formats stay texts, unless `formats` in `generator.yaml` says something else.

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
        ("int32-text", Self::Int32Text),
        ("uint32-text", Self::UInt32Text),
        ("int64-text", Self::Int64Text),
        ("uint64-text", Self::UInt64Text),
    ];
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
            "int32" => TextType::Int32Text,
            "uint32" => TextType::UInt32Text,
            "int64" => TextType::Int64Text,
            "uint64" => TextType::UInt64Text,
            _ => TextType::Text,
        }
    }
}
