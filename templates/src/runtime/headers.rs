// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The headers of an answer as a struct, which is filled as models are: its table has the names of
//! the headers in lower case.
//!
//! A header's value is written in the style `simple` of OpenAPI: a list is separated by commas, and
//! so are the members of an object, as `R,100,G,200` or `R=100,G=200`. A list or an object may be
//! JSON as well. Several lines of one header are one list (RFC 9110, section 5.3), save those of
//! `Set-Cookie`, whose values have commas of their own. A moment may be a date of HTTP (section
//! 5.6.7) instead of one of RFC 3339.

use std::error::Error as StdError;
use std::fmt;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::fmt::rfc2822;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

use super::error::printable;
use super::{ApiError, Response, Value};

/// A struct of the headers that an operation documents for its answers.
pub trait Headers: DeserializeOwned {}

impl<T> Response<T> {
    /// The headers as the type that the operation documents for them. A header that is absent or
    /// empty is `None`.
    ///
    /// # Errors
    /// [`HeaderError`] where the value of a header is not what is documented.
    pub fn read_headers<H: Headers>(&self) -> Result<H, HeaderError> {
        read(self.headers())
    }
}

impl ApiError {
    /// The headers as the type that the operation documents for them, as those of a
    /// [`Response`].
    ///
    /// # Errors
    /// [`HeaderError`] where the value of a header is not what is documented.
    pub fn read_headers<H: Headers>(&self) -> Result<H, HeaderError> {
        read(self.headers())
    }
}

fn read<H: Headers>(headers: &HeaderMap) -> Result<H, HeaderError> {
    H::deserialize(All(headers))
}

/// A header does not hold what is documented for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    header: String,
    message: String,
}

impl HeaderError {
    /// The name of the header, in lower case.
    pub fn header(&self) -> &str {
        &self.header
    }
}

/// The value is left out, because it may be what must not be logged.
impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` of the answer cannot be read: {}", self.header, self.message)
    }
}

impl StdError for HeaderError {}

impl serde::de::Error for HeaderError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // serde quotes the value that it refuses: what it expected says enough.
        let message = message.to_string();
        let message = match message.rsplit_once(", expected ") {
            Some((_, expected)) => format!("expected {expected}"),
            None => "its form is not the documented one".to_owned(),
        };
        Self { header: String::new(), message: printable(&message, &[]) }
    }
}

/// All headers, as an object.
struct All<'a>(&'a HeaderMap);

impl<'de> Deserializer<'de> for All<'_> {
    type Error = HeaderError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        let (names, last) = (self.0.keys(), None);
        visitor.visit_map(Members { headers: self.0, names, last })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Members<'a> {
    headers: &'a HeaderMap,
    names: http::header::Keys<'a, HeaderValue>,
    last: Option<&'a HeaderName>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = HeaderError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, HeaderError> {
        self.last = self.names.next();
        let Some(name) = self.last else { return Ok(None) };
        seed.deserialize(name.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, HeaderError> {
        let Some(name) = self.last else {
            return Err(serde::de::Error::custom("nothing, expected a header"));
        };
        let lines = self.headers.get_all(name).iter().map(text).collect();
        let value = Text { lines, is_cookie: *name == SET_COOKIE };
        seed.deserialize(value)
            .map_err(|error| HeaderError { header: name.as_str().to_owned(), ..error })
    }
}

/// Bytes that are not UTF-8 are of ISO 8859-1, which was the charset of headers (RFC 9110, section
/// 5.5).
fn text(value: &HeaderValue) -> String {
    let bytes = value.as_bytes();
    let text = std::str::from_utf8(bytes).map(str::to_owned);
    text.unwrap_or_else(|_| bytes.iter().copied().map(char::from).collect())
}

/// The value of a header, or of one of its items.
struct Text {
    /// The values of its lines.
    lines: Vec<String>,
    /// Whether each line is an item.
    is_cookie: bool,
}

impl Text {
    fn item(text: &str) -> Self {
        Self { lines: vec![text.trim().to_owned()], is_cookie: false }
    }

    fn joined(&self) -> String {
        self.lines.join(", ")
    }

    fn parsed<T: std::str::FromStr>(&self, expected: &str) -> Result<T, HeaderError> {
        self.joined().trim().parse().map_err(|_| {
            serde::de::Error::custom(format_args!("another text, expected {expected}"))
        })
    }
}

impl IntoDeserializer<'_, HeaderError> for Text {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Numbers and booleans, by their texts.
macro_rules! scalars {
    ($($method:ident: $ty:ty => $visit:ident, $expected:literal;)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
                visitor.$visit(self.parsed::<$ty>($expected)?)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Text {
    type Error = HeaderError;

    scalars! {
        deserialize_bool: bool => visit_bool, "`true` or `false`";
        deserialize_i32: i32 => visit_i32, "a whole number of 32 bits";
        deserialize_i64: i64 => visit_i64, "a whole number of 64 bits";
        deserialize_u32: u32 => visit_u32, "a whole number of 32 bits that is not negative";
        deserialize_u64: u64 => visit_u64, "a whole number of 64 bits that is not negative";
        deserialize_f32: f32 => visit_f32, "a number";
        deserialize_f64: f64 => visit_f64, "a number";
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        visitor.visit_string(self.joined())
    }

    /// Codecs of text ask for this, and texts for a `String`: a date of HTTP becomes one of
    /// RFC 3339.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        let text = self.joined();
        match text.ends_with("GMT").then(|| rfc2822::parse(&text)) {
            Some(Ok(date)) => visitor.visit_string(date.timestamp().to_string()),
            Some(Err(_)) | None => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        if self.lines.iter().all(|line| line.trim().is_empty()) {
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, HeaderError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        if self.is_cookie {
            let items = self.lines.iter().map(|line| Self::item(line));
            return visitor.visit_seq(SeqDeserializer::new(items));
        }
        let text = self.joined();
        if text.starts_with('[') {
            return json(&text)?.deserialize_seq(visitor).map_err(serde::de::Error::custom);
        }
        visitor.visit_seq(SeqDeserializer::new(text.split(',').map(Self::item)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, HeaderError> {
        let text = self.joined();
        if text.starts_with('{') {
            return json(&text)?.deserialize_map(visitor).map_err(serde::de::Error::custom);
        }
        let items: Vec<&str> = text.split(',').collect();
        let pairs: Option<Vec<(&str, &str)>> = if items.iter().all(|item| item.contains('=')) {
            items.iter().map(|item| item.split_once('=')).collect()
        } else {
            let pairs = items.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?)));
            pairs.collect()
        };
        let Some(pairs) = pairs else {
            return Err(serde::de::Error::custom("a text, expected pairs of names and values"));
        };
        let pairs = pairs.into_iter().map(|(name, value)| (Self::item(name), Self::item(value)));
        visitor.visit_map(MapDeserializer::new(pairs))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, HeaderError> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u128 char string bytes byte_buf unit unit_struct tuple tuple_struct enum
        identifier ignored_any
    }
}

/// A list or an object that is JSON.
fn json(text: &str) -> Result<Value, HeaderError> {
    serde_json::from_str(text).map_err(|_| serde::de::Error::custom("a text, expected JSON"))
}
