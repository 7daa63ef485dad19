// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A message of any type, as protobuf's JSON writes a `google.protobuf.Any`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::ser::Error;
use serde_json::{Map, Value};

/// A message of any type: an object whose member `@type` names the type.
///
/// The type may be one that this crate does not know; the members are then still at hand in
/// [`value`](Self::value), and are written back as they came. Types with a JSON form of their own,
/// such as `google.protobuf.Duration`, have that form in the member `value`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Any {
    type_url: Option<String>,
    value: Map<String, Value>,
}

impl Any {
    /// Packs a message with the URL of its type, such as `type.googleapis.com/google.rpc.ErrorInfo`.
    ///
    /// # Errors
    /// When the message is not written as an object, or has a member `@type` of its own.
    pub fn new(
        type_url: impl Into<String>,
        message: &impl Serialize,
    ) -> Result<Self, serde_json::Error> {
        match serde_json::to_value(message)? {
            Value::Object(value) if value.contains_key("@type") => {
                Err(serde_json::Error::custom("the message has a member `@type` of its own"))
            }
            Value::Object(value) => Ok(Self { type_url: Some(type_url.into()), value }),
            _ => Err(serde_json::Error::custom("the message is not an object")),
        }
    }

    /// The URL of the type, where the message has one.
    pub fn type_url(&self) -> Option<&str> {
        self.type_url.as_deref()
    }

    /// The members of the message, without `@type`.
    pub fn value(&self) -> &Map<String, Value> {
        &self.value
    }

    /// Whether the message is of a type, given as its URL (`type.googleapis.com/google.rpc.Help`) or
    /// as its name alone (`google.rpc.Help`), which is the last segment of the URL.
    pub fn is(&self, type_name: &str) -> bool {
        self.type_url.as_deref().is_some_and(|url| {
            url == type_name || url.rsplit_once('/').is_some_and(|(_, name)| name == type_name)
        })
    }

    /// The message as a `T`, whatever its type is said to be; ask [`is`](Self::is) first.
    ///
    /// # Errors
    /// When the members do not fit `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.value)
    }
}

crate::runtime::object! {
    Any {
        type_url = "@type",
        ..value
    }
}
