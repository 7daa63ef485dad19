// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What `object!` calls to write a struct.

use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::codec::{Codec, Encoding};

/// A struct that can write its members.
pub trait Write {
    /// Writes the members, in the order of the table.
    fn write<M: SerializeMap>(&self, members: &mut Writer<M>);
}

/// Writes a struct as an object. How many members it will have is not counted in advance.
///
/// # Errors
/// When the output or a value fails.
pub fn write<T: Write, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members = Writer { map: serializer.serialize_map(None)?, failure: None };
    value.write(&mut members);
    match members.failure {
        None => members.map.end(),
        Some(failure) => Err(failure),
    }
}

/// Writes a struct without fields.
///
/// # Errors
/// When the output fails.
pub fn write_empty<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_map(Some(0))?.end()
}

/// An object that is being written, member by member.
///
/// It keeps the first failure and writes nothing after it, so that the function of a struct has no
/// error to hand on: with thousands of structs, that saves the compiler a tenth of its time.
pub struct Writer<M: SerializeMap> {
    map: M,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes an optional field, unless it is `None`.
    #[inline]
    pub fn write<T: Serialize>(&mut self, key: &'static str, field: &Option<T>) {
        if let Some(value) = field {
            self.entry(key, value);
        }
    }

    /// Writes the additional properties.
    pub fn write_rest<K: Serialize, T: Serialize>(
        &mut self,
        rest: impl IntoIterator<Item = (K, T)>,
    ) {
        for (key, value) in rest {
            self.entry(&key, &value);
        }
    }

    /// For a required field, which is written as it stands.
    pub fn required(&mut self) -> Whole<'_, M> {
        Whole { members: self }
    }

    /// For a nullable field, which is written as it stands: `None` as null.
    pub fn nullable(&mut self) -> Whole<'_, M> {
        Whole { members: self }
    }

    /// For a field in the form of the codec `C`.
    pub fn coded<C>(&mut self, codec: PhantomData<C>) -> Coded<'_, M, C> {
        Coded { members: self, codec }
    }

    #[inline]
    fn entry<K: Serialize + ?Sized, T: Serialize>(&mut self, key: &K, value: &T) {
        if self.failure.is_none() {
            self.failure = self.map.serialize_entry(key, value).err();
        }
    }
}

/// The place of a member that is always written.
pub struct Whole<'writer, M: SerializeMap> {
    members: &'writer mut Writer<M>,
}

impl<M: SerializeMap> Whole<'_, M> {
    /// Writes a field as it stands.
    #[inline]
    pub fn write<T: Serialize>(self, key: &'static str, field: &T) {
        self.members.entry(key, field);
    }
}

/// The place of an optional member in the form of the codec `C`.
pub struct Coded<'writer, M: SerializeMap, C> {
    members: &'writer mut Writer<M>,
    codec: PhantomData<C>,
}

impl<'writer, M: SerializeMap, C> Coded<'writer, M, C> {
    /// Writes an optional field, unless it is `None`.
    #[inline]
    pub fn write<T>(self, key: &'static str, field: &Option<T>)
    where
        C: Codec<T>,
    {
        if let Some(value) = field {
            self.required().write(key, value);
        }
    }

    /// For a required field.
    pub fn required(self) -> CodedWhole<'writer, M, C> {
        CodedWhole { members: self.members, codec: PhantomData }
    }

    /// For a nullable field: `None` is written as null.
    pub fn nullable(self) -> CodedWhole<'writer, M, Option<C>> {
        CodedWhole { members: self.members, codec: PhantomData }
    }
}

/// The place of a member that is always written, in the form of the codec `C`.
pub struct CodedWhole<'writer, M: SerializeMap, C> {
    members: &'writer mut Writer<M>,
    codec: PhantomData<C>,
}

impl<M: SerializeMap, C> CodedWhole<'_, M, C> {
    /// Writes a field as it stands.
    #[inline]
    pub fn write<T>(self, key: &'static str, field: &T)
    where
        C: Codec<T>,
    {
        self.members.entry(key, &Encoding::<C, T>::new(field));
    }
}
