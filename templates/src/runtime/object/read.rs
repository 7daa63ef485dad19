// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What `object!` calls to read a struct.

#![expect(
    clippy::inline_always,
    reason = "a member is offered to each field, and reading would take a half longer with a call for it"
)]

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
    /// Offers a member to each field, of which the one that has its key reads the value.
    fn fill<'de, A: MapAccess<'de>>(&mut self, member: &mut Member<'_, 'de, A>);
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
            while let Some(mut member) = next(&mut map, &mut buffer)? {
                value.fill(&mut member);
                member.end()?;
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

/// The next member of an object. Its key is lent by the input if it can, and otherwise copied into
/// `buffer`.
///
/// # Errors
/// When the input is broken or the key is not text.
#[inline]
pub fn next<'map, 'de: 'map, A: MapAccess<'de>>(
    map: &'map mut A,
    buffer: &'map mut String,
) -> Result<Option<Member<'map, 'de, A>>, A::Error> {
    let key = map.next_key_seed(Key { buffer: &mut *buffer })?;
    Ok(key.map(|lent| Member { map, key: Some(lent.unwrap_or(buffer)), outcome: Ok(()) }))
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

/// A member whose key was read and whose value comes next. It is offered to one field after the other,
/// until one takes it.
///
/// It keeps the failure of that one, so that the function of a struct has neither branches nor errors
/// to hand on: a `match` of the key costs the compiler twice as much. Text is read as fast as with one,
/// and a `Value` a tenth slower.
pub struct Member<'map, 'de, A: MapAccess<'de>> {
    map: &'map mut A,
    /// None once the value is taken.
    key: Option<&'map str>,
    outcome: Result<(), A::Error>,
}

impl<'map, 'de, A: MapAccess<'de>> Member<'map, 'de, A> {
    /// Reads the value into the field if it is that of `key`. Null leaves the field as it is.
    #[inline(always)]
    pub fn read<T: Deserialize<'de>>(&mut self, key: &'static str, field: &mut Option<T>) {
        if self.key == Some(key) {
            self.take(key, field, PhantomData);
            // Last, so that what is compiled for the next field knows it and goes to the end.
            self.key = None;
        }
    }

    /// The same member, to be read in the form of the codec `C`.
    #[inline(always)]
    pub fn coded<C>(&mut self, codec: PhantomData<C>) -> CodedMember<'_, 'map, 'de, A, C> {
        CodedMember { member: self, codec }
    }

    /// Keeps the value among the additional properties if no field has taken it.
    #[inline(always)]
    pub fn keep<R: Rest<Value: Deserialize<'de>>>(&mut self, rest: &mut R) {
        if let Some(key) = self.key.take() {
            self.outcome = keep(self.map, key, rest);
        }
    }

    #[inline]
    fn take<T, S>(&mut self, key: &'static str, field: &mut Option<T>, seed: S)
    where
        S: DeserializeSeed<'de, Value = Option<T>>,
    {
        if field.is_some() {
            self.outcome = Err(A::Error::duplicate_field(key));
            return;
        }
        match self.map.next_value_seed(seed) {
            Ok(value) => *field = value,
            Err(failure) => self.outcome = Err(failure),
        }
    }

    /// Ends the member, and skips a value that no field has taken.
    ///
    /// # Errors
    /// When the field has a value already, the value does not fit, or the input is broken.
    #[inline(always)]
    pub fn end(self) -> Result<(), A::Error> {
        match self.key {
            None => self.outcome,
            Some(_) => self.map.next_value::<IgnoredAny>().map(drop),
        }
    }
}

fn keep<'de, A, R>(map: &mut A, key: &str, rest: &mut R) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
    R: Rest<Value: Deserialize<'de>>,
{
    match rest.insert(key.to_owned(), map.next_value()?) {
        None => Ok(()),
        Some(_) => Err(A::Error::custom(format_args!("duplicate field `{key}`"))),
    }
}

/// A member to be read in the form of the codec `C`.
pub struct CodedMember<'member, 'map, 'de, A: MapAccess<'de>, C> {
    member: &'member mut Member<'map, 'de, A>,
    codec: PhantomData<C>,
}

impl<'de, A: MapAccess<'de>, C> CodedMember<'_, '_, 'de, A, C> {
    /// Reads the value into the field if it is that of `key`. Null leaves the field as it is.
    #[inline(always)]
    pub fn read<T>(self, key: &'static str, field: &mut Option<T>)
    where
        C: Codec<T>,
    {
        if self.member.key == Some(key) {
            self.member.take(key, field, Decoding::<Option<C>, Option<T>>::new());
            self.member.key = None;
        }
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
