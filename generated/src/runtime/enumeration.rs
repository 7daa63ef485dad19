// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What the macros `open_enum!` and `closed_enum!` call: reading an enumeration from text.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{self, Visitor};

/// Reads an open enumeration.
///
/// # Errors
/// When the input is not text.
pub fn read_open<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'text> From<&'text str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Open(PhantomData))
}

struct Open<T>(PhantomData<T>);

impl<T: for<'text> From<&'text str>> Visitor<'_> for Open<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Reads a closed enumeration.
///
/// # Errors
/// When the input is not text, or is none of the values.
pub fn read_closed<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'text> TryFrom<&'text str, Error = UnknownValue>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Closed(PhantomData))
}

struct Closed<T>(PhantomData<T>);

impl<T: for<'text> TryFrom<&'text str, Error = UnknownValue>> Visitor<'_> for Closed<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::try_from(text).map_err(|unknown| E::unknown_variant(&unknown.text, unknown.expected))
    }
}

/// A text that is none of the values of a closed enumeration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownValue {
    text: String,
    expected: &'static [&'static str],
}

impl UnknownValue {
    /// For a text that is not among the values.
    pub fn new(text: &str, expected: &'static [&'static str]) -> Self {
        Self { text: text.to_owned(), expected }
    }

    /// The text that was met.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The values that there are.
    pub fn expected(&self) -> &'static [&'static str] {
        self.expected
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is none of `{}`", self.text, self.expected.join("`, `"))
    }
}

impl Error for UnknownValue {}
