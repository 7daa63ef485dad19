// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Forms on the wire that differ from what serde makes of a type by itself.
//!
//! A codec is a type without values that reads and writes a `T` in one form. `object!` names it
//! after `as`. Around a codec, `Vec<C>`, `Map<C>` and `Option<C>` are codecs of lists, of maps and
//! of values that may be null, so that `Vec<Option<Decimal>>` codes a `Vec<Option<i64>>`.

mod base64_url; // part: base64url
mod bytes;
mod date_time;
mod decimal;
mod duration;
mod full_date; // part: date
mod local; // part: local
mod tuple; // part: tuple
mod url_text; // part: url

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserializer, Serialize, Serializer};

pub use base64_url::Base64Url; // part: base64url
pub use bytes::Base64;
pub use date_time::DateTime;
pub use decimal::Decimal;
pub use duration::{Iso8601Duration, ProtobufDuration};
pub use full_date::FullDate; // part: date
pub use local::Local; // part: local
pub use tuple::Plain; // part: tuple
pub use url_text::UrlText; // part: url

/// A form of `T` on the wire.
pub trait Codec<T> {
    /// Writes a value.
    ///
    /// # Errors
    /// When the output fails, or the form cannot say the value.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    /// When the input is broken, or is not of this form.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// A value that is to be written in the form of the codec `C`.
pub struct Encoding<'value, C, T> {
    value: &'value T,
    codec: PhantomData<C>,
}

impl<'value, C, T> Encoding<'value, C, T> {
    /// Lends the value to a serializer.
    pub fn new(value: &'value T) -> Self {
        Self { value, codec: PhantomData }
    }
}

impl<T, C: Codec<T>> Serialize for Encoding<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(self.value, serializer)
    }
}

/// A value of type `T` that is to be read in the form of the codec `C`.
pub struct Decoding<C, T> {
    codec: PhantomData<(C, T)>,
}

impl<C, T> Decoding<C, T> {
    /// Says how to read the next value.
    pub fn new() -> Self {
        Self { codec: PhantomData }
    }
}

impl<C, T> Default for Decoding<C, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for Decoding<C, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        C::decode(deserializer)
    }
}

impl<T, C: Codec<T>> Codec<Option<T>> for Option<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&Encoding::<C, T>::new(value)),
            None => serializer.serialize_none(),
        }
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(Decoding::<Self, Option<T>>::new())
    }
}

impl<'de, T, C: Codec<T>> Visitor<'de> for Decoding<Option<C>, Option<T>> {
    type Value = Option<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        C::decode(deserializer).map(Some)
    }
}

impl<T, C: Codec<T>> Codec<Vec<T>> for Vec<C> {
    fn encode<S: Serializer>(values: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(Encoding::<C, T>::new))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(Decoding::<Self, Vec<T>>::new())
    }
}

impl<'de, T, C: Codec<T>> Visitor<'de> for Decoding<Vec<C>, Vec<T>> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        // The input's own claim of a length is not trusted, so the list grows as it is read.
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Decoding::<C, T>::new())? {
            values.push(value);
        }
        Ok(values)
    }
}

/// The codec of a map from text to values, each in the form of the codec `C`.
pub struct Map<C> {
    codec: PhantomData<C>,
}

impl<T, C: Codec<T>> Codec<BTreeMap<String, T>> for Map<C> {
    fn encode<S: Serializer>(
        values: &BTreeMap<String, T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer
            .collect_map(values.iter().map(|(key, value)| (key, Encoding::<C, T>::new(value))))
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error> {
        deserializer.deserialize_map(Decoding::<Self, BTreeMap<String, T>>::new())
    }
}

impl<'de, T, C: Codec<T>> Visitor<'de> for Decoding<Map<C>, BTreeMap<String, T>> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(key) = map.next_key()? {
            values.insert(key, map.next_value_seed(Decoding::<C, T>::new())?);
        }
        Ok(values)
    }
}

/// Reads a text that `parse` understands; `expected` says what it should have been.
fn parsed<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    expected: impl fmt::Display,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Text<X, F>(X, F);

    impl<T, X: fmt::Display, F: Fn(&str) -> Option<T>> Visitor<'_> for Text<X, F> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(formatter)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.1)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
        }
    }

    deserializer.deserialize_str(Text(expected, parse))
}
