// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What `object!` calls to write a struct.

use std::marker::PhantomData;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::codec::{Codec, Encoding};

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
pub struct Writer<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> Writer<S> {
    /// Begins an object. How many members it will have is not counted in advance.
    pub fn new(serializer: S) -> Self {
        Self { map: serializer.serialize_map(None) }
    }

    /// Ends the object.
    ///
    /// # Errors
    /// When the output or a value failed.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }

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
    pub fn required(&mut self) -> Whole<'_, S> {
        Whole { members: self }
    }

    /// For a nullable field, which is written as it stands: `None` as null.
    pub fn nullable(&mut self) -> Whole<'_, S> {
        Whole { members: self }
    }

    /// For a field in the form of the codec `C`.
    pub fn coded<C>(&mut self, codec: PhantomData<C>) -> Coded<'_, S, C> {
        Coded { members: self, codec }
    }

    #[inline]
    fn entry<K: Serialize + ?Sized, T: Serialize>(&mut self, key: &K, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(failure) = map.serialize_entry(key, value)
        {
            self.map = Err(failure);
        }
    }
}

/// The place of a member that is always written.
pub struct Whole<'writer, S: Serializer> {
    members: &'writer mut Writer<S>,
}

impl<S: Serializer> Whole<'_, S> {
    /// Writes a field as it stands.
    #[inline]
    pub fn write<T: Serialize>(self, key: &'static str, field: &T) {
        self.members.entry(key, field);
    }
}

/// The place of an optional member in the form of the codec `C`.
pub struct Coded<'writer, S: Serializer, C> {
    members: &'writer mut Writer<S>,
    codec: PhantomData<C>,
}

impl<'writer, S: Serializer, C> Coded<'writer, S, C> {
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
    pub fn required(self) -> CodedWhole<'writer, S, C> {
        CodedWhole { members: self.members, codec: PhantomData }
    }

    /// For a nullable field: `None` is written as null.
    pub fn nullable(self) -> CodedWhole<'writer, S, Option<C>> {
        CodedWhole { members: self.members, codec: PhantomData }
    }
}

/// The place of a member that is always written, in the form of the codec `C`.
pub struct CodedWhole<'writer, S: Serializer, C> {
    members: &'writer mut Writer<S>,
    codec: PhantomData<C>,
}

impl<S: Serializer, C> CodedWhole<'_, S, C> {
    /// Writes a field as it stands.
    #[inline]
    pub fn write<T>(self, key: &'static str, field: &T)
    where
        C: Codec<T>,
    {
        self.members.entry(key, &Encoding::<C, T>::new(field));
    }
}
