// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What `object!` calls to read a struct.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::runtime::codec::{Codec, Decoding};

const AN_OBJECT: &str = "an object";

/// A struct whose fields are all optional: reading fills its default value.
pub trait Fill: Default {
    /// Reads the value of the member `key` into its field, or skips it.
    ///
    /// # Errors
    /// When the value does not fit the field, or the field has a value already.
    fn fill<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        member: Member<'_, A>,
    ) -> Result<(), A::Error>;
}

/// A struct with required fields: reading collects all fields before there can be a value.
pub trait Collect: Sized {
    /// Reads the members of an object to its end.
    ///
    /// # Errors
    /// When a value does not fit its field, and when a member is missing or comes twice.
    fn collect<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Reads a struct whose fields are all optional.
///
/// # Errors
/// When the input is not an object, or one of its values does not fit.
pub fn fill<'de, T: Fill, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Filling<T>(PhantomData<T>);

    impl<'de, T: Fill> Visitor<'de> for Filling<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(AN_OBJECT)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
            let mut value = T::default();
            let mut buffer = String::new();
            while let Some(key) = next_key(&mut map, &mut buffer)? {
                value.fill(key, Member::new(&mut map))?;
            }
            Ok(value)
        }
    }

    deserializer.deserialize_map(Filling(PhantomData))
}

/// Reads a struct with required fields.
///
/// # Errors
/// When the input is not an object, lacks a required member, or has a value that does not fit.
pub fn collect<'de, T: Collect, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Collecting<T>(PhantomData<T>);

    impl<'de, T: Collect> Visitor<'de> for Collecting<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(AN_OBJECT)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::collect(map)
        }
    }

    deserializer.deserialize_map(Collecting(PhantomData))
}

/// Reads a struct without fields: any object, whose members are skipped.
///
/// # Errors
/// When the input is not an object.
pub fn read_empty<'de, T: Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Skipping;

    impl<'de> Visitor<'de> for Skipping {
        type Value = ();

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(AN_OBJECT)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(())
        }
    }

    deserializer.deserialize_map(Skipping)?;
    Ok(T::default())
}

/// The next key of an object: lent by the input if it can, and otherwise copied into `buffer`.
///
/// # Errors
/// When the input is broken or the key is not text.
#[inline]
pub fn next_key<'key, 'de: 'key, A: MapAccess<'de>>(
    map: &mut A,
    buffer: &'key mut String,
) -> Result<Option<&'key str>, A::Error> {
    let key = map.next_key_seed(Key { buffer: &mut *buffer })?;
    Ok(key.map(|key| match key {
        Some(lent) => lent,
        None => buffer.as_str(),
    }))
}

/// Reads a key as `Some` text that the input lends, or as `None` and the text in the buffer.
struct Key<'buffer> {
    buffer: &'buffer mut String,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<&'de str>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Some(key))
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        self.buffer.clear();
        self.buffer.push_str(key);
        Ok(None)
    }
}

/// A member whose key was read and whose value comes next.
pub struct Member<'map, A> {
    map: &'map mut A,
}

impl<'map, 'de, A: MapAccess<'de>> Member<'map, A> {
    /// The member of `map` whose key was read last.
    pub fn new(map: &'map mut A) -> Self {
        Self { map }
    }

    /// Reads the value into its field. Null leaves the field as it is.
    ///
    /// # Errors
    /// When the field has a value already, or the value does not fit.
    #[inline]
    pub fn read<T: Deserialize<'de>>(
        self,
        key: &'static str,
        field: &mut Option<T>,
    ) -> Result<(), A::Error> {
        if field.is_some() {
            return Err(A::Error::duplicate_field(key));
        }
        *field = self.map.next_value()?;
        Ok(())
    }

    /// The same member, to be read in the form of the codec `C`.
    pub fn coded<C>(self, _: PhantomData<C>) -> CodedMember<'map, A, C> {
        CodedMember { map: self.map, codec: PhantomData }
    }

    /// The same member, to be kept among the additional properties.
    pub fn kept<'rest, R: Rest>(
        self,
        key: &'rest str,
        rest: &'rest mut R,
    ) -> KeptMember<'map, 'rest, A, R> {
        KeptMember { map: self.map, key, rest }
    }

    /// Skips a value that has no field.
    ///
    /// # Errors
    /// When the value is broken.
    pub fn unknown(self) -> Result<(), A::Error> {
        self.map.next_value::<IgnoredAny>()?;
        Ok(())
    }
}

/// A member to be read in the form of the codec `C`.
pub struct CodedMember<'map, A, C> {
    map: &'map mut A,
    codec: PhantomData<C>,
}

impl<'de, A: MapAccess<'de>, C> CodedMember<'_, A, C> {
    /// Reads the value into its field. Null leaves the field as it is.
    ///
    /// # Errors
    /// When the field has a value already, or the value does not fit.
    #[inline]
    pub fn read<T>(self, key: &'static str, field: &mut Option<T>) -> Result<(), A::Error>
    where
        C: Codec<T>,
    {
        if field.is_some() {
            return Err(A::Error::duplicate_field(key));
        }
        *field = self.map.next_value_seed(Decoding::<Option<C>, Option<T>>::new())?;
        Ok(())
    }
}

/// A map of additional properties: the members of an object that have no field of their own.
pub trait Rest {
    /// The value of each.
    type Value;

    /// Adds a member, and returns the value that its key had before.
    fn insert(&mut self, key: String, value: Self::Value) -> Option<Self::Value>;
}

impl<T> Rest for BTreeMap<String, T> {
    type Value = T;

    fn insert(&mut self, key: String, value: T) -> Option<T> {
        Self::insert(self, key, value)
    }
}

impl Rest for Map<String, Value> {
    type Value = Value;

    fn insert(&mut self, key: String, value: Value) -> Option<Value> {
        Self::insert(self, key, value)
    }
}

/// A member to be kept among the additional properties.
pub struct KeptMember<'map, 'rest, A, R> {
    map: &'map mut A,
    key: &'rest str,
    rest: &'rest mut R,
}

impl<'de, A: MapAccess<'de>, R: Rest<Value: Deserialize<'de>>> KeptMember<'_, '_, A, R> {
    /// Keeps a value that has no field of its own.
    ///
    /// # Errors
    /// When the key has a value already, or the value does not fit.
    pub fn unknown(self) -> Result<(), A::Error> {
        match self.rest.insert(self.key.to_owned(), self.map.next_value()?) {
            None => Ok(()),
            Some(_) => Err(A::Error::custom(format_args!("duplicate field `{}`", self.key))),
        }
    }
}
