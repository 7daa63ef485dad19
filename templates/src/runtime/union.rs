// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What the tables of `macros/choices` call: reading a value of one of several types, and writing it.
//!
//! How a member is chosen:
//! 1. If the value is an object whose tag is the text of a member, it is that member, and what does
//!    not fit is an error. A text that is no member's leaves the members without one.
//! 2. Of the others, those whose keys the value has are tried in the order of the table. The first
//!    that keeps every key of the value is taken; else the first of those that keep most, since an
//!    API may add keys at any time.
//! 3. What fits no member is kept as it is.
//!
//! Objects can hold values to be chosen in their turn, so trying all members on all levels could
//! take as long as there are combinations. Inside six such choices only the first member
//! that has its keys is tried, and what it would not keep whole stays as it is.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::runtime::codec::{Codec, Encoding};

/// How many choices can stand in each other in which several members are tried.
const DEEPEST: usize = 6;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// A value of one of several types.
pub trait Union: Serialize + Sized + 'static {
    /// The key whose text tells members apart.
    const TAG: Option<&'static str>;

    /// The members, in the order in which they are tried.
    const MEMBERS: &'static [Member<Self>];

    /// Keeps a value that is no member.
    fn unknown(value: Value) -> Self;
}

/// A member of a union.
pub struct Member<T> {
    /// The texts of the tag that stand for it.
    pub tags: &'static [&'static str],
    /// Keys that it has and some other member does not.
    pub keys: &'static [&'static str],
    /// Reads a value; a failure is a text with the place inside the value.
    pub read: fn(&Value) -> Result<T, String>,
}

/// The first of some texts.
pub const fn first(texts: &[&'static str]) -> Option<&'static str> {
    match texts {
        [first, ..] => Some(first),
        [] => None,
    }
}

/// Reads a union.
///
/// # Errors
/// When the input is broken, or the tag names a member that the rest does not fit.
pub fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let tag = T::TAG.and_then(|key| value.get(key)?.as_str());
    if let Some(text) = tag
        && let Some(member) = T::MEMBERS.iter().find(|member| member.tags.contains(&text))
    {
        return (member.read)(&value).map_err(D::Error::custom);
    }
    let fits = |member: &&Member<T>| {
        let tagged = tag.is_some() && !member.tags.is_empty();
        !tagged && member.keys.iter().all(|key| value.get(key).is_some())
    };
    let candidates: Vec<&Member<T>> = T::MEMBERS.iter().filter(fits).collect();
    Ok(best(&value, &candidates).unwrap_or_else(|| T::unknown(value)))
}

/// The candidate that keeps most of a value.
fn best<T: Union>(value: &Value, candidates: &[&Member<T>]) -> Option<T> {
    let depth = DEPTH.get();
    let tried = match candidates {
        [] => return None,
        [only] => return (only.read)(value).ok(),
        [first, ..] if depth >= DEEPEST => {
            // Another member may keep more, so this one is only right if it keeps everything.
            return (first.read)(value).ok().filter(|read| lost_by(value, read) == 0);
        }
        several => several,
    };
    DEPTH.set(depth + 1);
    let mut best: Option<(usize, T)> = None;
    for member in tried {
        let Ok(read) = (member.read)(value) else { continue };
        let lost = lost_by(value, &read);
        if best.as_ref().is_none_or(|(least, _)| lost < *least) {
            best = Some((lost, read));
        }
        if lost == 0 {
            break;
        }
    }
    DEPTH.set(depth);
    best.map(|(_, read)| read)
}

/// How many parts of a value are not written again by what was read from it.
fn lost_by<T: Serialize>(value: &Value, read: &T) -> usize {
    serde_json::to_value(read).map_or(usize::MAX, |written| lost(value, &written))
}

/// How many members of objects were read and are not written again, and how many values are written as
/// another JSON type. A member that is null may be left out.
fn lost(read: &Value, written: &Value) -> usize {
    match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            let members = read.iter().filter(|(_, value)| !value.is_null());
            let counts = members.map(|(key, value)| match written.get(key) {
                Some(written) => lost(value, written),
                None => 1,
            });
            counts.sum()
        }
        (Value::Array(read), Value::Array(written)) => {
            read.iter().zip(written).map(|(read, written)| lost(read, written)).sum()
        }
        // A number that would come back as a text, or the other way round, is not kept either.
        _ => usize::from(std::mem::discriminant(read) != std::mem::discriminant(written)),
    }
}

/// Reads a member by its own form.
pub struct Reader<T>(PhantomData<T>);

impl<T> Reader<T> {
    /// For a type.
    pub fn new() -> Self {
        Self(PhantomData)
    }

    /// The same in the form of the codec `C`.
    pub fn coded<C>(self, _: PhantomData<C>) -> CodedReader<C, T> {
        CodedReader(PhantomData)
    }
}

impl<T> Default for Reader<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: DeserializeOwned> Reader<T> {
    /// Reads a value.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn read(self, value: &Value) -> Result<T, String> {
        serde_path_to_error::deserialize(value).map_err(|error| placed(&error))
    }
}

/// Reads a member in the form of the codec `C`.
pub struct CodedReader<C, T>(PhantomData<(C, T)>);

impl<C: Codec<T>, T> CodedReader<C, T> {
    /// Reads a value.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn read(self, value: &Value) -> Result<T, String> {
        C::decode(value).map_err(|error| error.to_string())
    }
}

fn placed(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let path = error.path().to_string();
    if path == "." { error.inner().to_string() } else { format!("{path}: {}", error.inner()) }
}

/// Writes a member by its own form.
pub struct Writer<'value, T> {
    value: &'value T,
}

impl<'value, T> Writer<'value, T> {
    /// For a value.
    pub fn new(value: &'value T) -> Self {
        Self { value }
    }

    /// The same in the form of the codec `C`.
    pub fn coded<C>(self, _: PhantomData<C>) -> CodedWriter<'value, C, T> {
        CodedWriter { value: self.value, codec: PhantomData }
    }

    /// The same with the tag of the union, which the type does not have itself.
    pub fn tagged(self, key: Option<&'static str>, text: &'static str) -> TaggedWriter<'value, T> {
        TaggedWriter { value: self.value, key, text }
    }
}

impl<T: Serialize> Writer<'_, T> {
    /// Writes the value.
    ///
    /// # Errors
    /// When the output or the value fails.
    pub fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// Writes a member in the form of the codec `C`.
pub struct CodedWriter<'value, C, T> {
    value: &'value T,
    codec: PhantomData<C>,
}

impl<C: Codec<T>, T> CodedWriter<'_, C, T> {
    /// Writes the value.
    ///
    /// # Errors
    /// When the output or the value fails.
    pub fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        Encoding::<C, T>::new(self.value).serialize(serializer)
    }
}

/// Writes a member with the tag of the union.
pub struct TaggedWriter<'value, T> {
    value: &'value T,
    key: Option<&'static str>,
    text: &'static str,
}

impl<T: Serialize> TaggedWriter<'_, T> {
    /// Writes the value.
    ///
    /// # Errors
    /// When the output or the value fails.
    pub fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = serde_json::to_value(self.value).map_err(S::Error::custom)?;
        if let (Value::Object(members), Some(key)) = (&mut value, self.key) {
            members.entry(key).or_insert_with(|| self.text.into());
        }
        value.serialize(serializer)
    }
}

/// Reads a whole number.
///
/// # Errors
/// When the input is no whole number of 64 bits.
pub fn read_integer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    i64::deserialize(deserializer)
}

/// Writes a value as a parameter has it: a text without quotes.
///
/// # Errors
/// When the formatter fails.
pub fn write_plain(value: &Value, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::String(text) => formatter.pad(text),
        other => fmt::Display::fmt(other, formatter),
    }
}
