// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Whether a value keeps to the limits of the document (JSON Schema Validation 2020-12, section 6).
//!
//! What is checked is the form on the wire: a value is written into a serializer that counts and
//! compares instead of writing, so a date is as long as its text. A limit meets the JSON type that
//! it is about, and no other.
#![doc(hidden)]

mod checker;
mod number;
mod pattern; // part: pattern

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use self::checker::{Checker, Fault};
use crate::runtime::codec::{Codec, Encoding};

/// A value whose limits are known: a type that requests hold, and lists, maps and options of them.
pub trait Validate {
    /// Checks what the API's document asks of the value beyond its type.
    ///
    /// # Errors
    /// The first value that breaks a limit, by its path.
    fn validate(&self) -> Result<(), ValidateError> {
        self.validate_at(&Location { parent: None, step: Step::Root })
    }

    /// The same for a value inside of another one.
    ///
    /// # Errors
    /// The first value that breaks a limit, by its path.
    #[doc(hidden)]
    fn validate_at(&self, place: &Location<'_>) -> Result<(), ValidateError>;
}

impl<T: Validate> Validate for Option<T> {
    fn validate_at(&self, place: &Location<'_>) -> Result<(), ValidateError> {
        self.as_ref().map_or(Ok(()), |value| value.validate_at(place))
    }
}

impl<T: Validate> Validate for Box<T> {
    fn validate_at(&self, place: &Location<'_>) -> Result<(), ValidateError> {
        self.as_ref().validate_at(place)
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn validate_at(&self, place: &Location<'_>) -> Result<(), ValidateError> {
        self.iter().enumerate().try_for_each(|(at, value)| value.validate_at(&place.index(at)))
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn validate_at(&self, place: &Location<'_>) -> Result<(), ValidateError> {
        self.iter().try_for_each(|(key, value)| value.validate_at(&place.key(key)))
    }
}

/// A value breaks a limit of the API's document.
///
/// It shows the path, the limit and how far the value is from it, but no text of a value: that may be
/// a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidateError {
    path: String,
    message: String,
}

impl ValidateError {
    fn new(place: &Location<'_>, message: String) -> Self {
        Self { path: place.to_string(), message }
    }

    /// The path of the value in JSON, such as `items[3].name`; `.` is the whole value.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the value is and what it must be, such as `5 characters, but at most 4`.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ValidateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for ValidateError {}

/// What a value must keep to: the keywords of JSON Schema.
///
/// Numbers are in the text of JSON, so that nothing of them is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At least so many characters (Unicode code points, section 6.3.2).
    MinLength(usize),
    /// At most so many characters.
    MaxLength(usize),
    /// A part of the text matches the regular expression.
    Pattern(&'static str), // part: pattern
    /// At least this number.
    Minimum(&'static str),
    /// More than this number.
    ExclusiveMinimum(&'static str),
    /// At most this number.
    Maximum(&'static str),
    /// Less than this number.
    ExclusiveMaximum(&'static str),
    /// A whole multiple of this number.
    MultipleOf(&'static str),
    /// At least so many items.
    MinItems(usize),
    /// At most so many items.
    MaxItems(usize),
    /// No two items are equal.
    UniqueItems,
    /// Each item keeps to these.
    Items(&'static [Limit]),
    /// At least so many properties.
    MinProperties(usize),
    /// At most so many properties.
    MaxProperties(usize),
    /// The value of each property keeps to these.
    Values(&'static [Limit]),
}

/// Where a value stands in the one that is checked.
#[derive(Clone, Copy)]
pub struct Location<'a> {
    parent: Option<&'a Location<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl Location<'_> {
    /// A member of the object here.
    pub fn key<'b>(&'b self, key: &'b str) -> Location<'b> {
        Location { parent: Some(self), step: Step::Key(key) }
    }

    /// An item of the list here.
    pub fn index(&self, at: usize) -> Location<'_> {
        Location { parent: Some(self), step: Step::Index(at) }
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut steps = Vec::new();
        let mut open = Some(self);
        while let Some(place) = open {
            steps.push(place.step);
            open = place.parent;
        }
        if steps.len() == 1 {
            return formatter.write_str(".");
        }
        for (depth, step) in steps.iter().rev().enumerate() {
            let is_word = |key: &str| {
                !key.is_empty()
                    && key.chars().all(|one| one.is_alphanumeric() || "_-$@".contains(one))
            };
            match step {
                Step::Root => {}
                Step::Key(key) if !is_word(key) => write!(formatter, "[{key:?}]")?,
                Step::Key(key) if depth == 1 => formatter.write_str(key)?,
                Step::Key(key) => write!(formatter, ".{key}")?,
                Step::Index(at) => write!(formatter, "[{at}]")?,
            }
        }
        Ok(())
    }
}

/// A value that is to be checked, and where it stands.
pub struct Checked<'a, T> {
    value: &'a T,
    place: &'a Location<'a>,
}

impl<'a, T> Checked<'a, T> {
    /// Begins.
    pub fn new(value: &'a T, place: &'a Location<'a>) -> Self {
        Self { value, place }
    }

    /// The same value in the form of the codec `C`.
    pub fn coded<C>(self, codec: PhantomData<C>) -> Coded<'a, T, C> {
        Coded { checked: self, codec }
    }

    /// Checks the value itself.
    ///
    /// # Errors
    /// When it breaks a limit.
    pub fn keeps(self, limits: &'static [Limit]) -> Result<Self, ValidateError>
    where
        T: Serialize,
    {
        check(self.value, limits, self.place)?;
        Ok(self)
    }

    /// Checks what is inside.
    ///
    /// # Errors
    /// When it breaks a limit.
    pub fn nested(self) -> Result<(), ValidateError>
    where
        T: Validate,
    {
        self.value.validate_at(self.place)
    }
}

/// A value that is to be checked in the form of the codec `C`.
pub struct Coded<'a, T, C> {
    checked: Checked<'a, T>,
    codec: PhantomData<C>,
}

impl<T, C: Codec<T>> Coded<'_, T, C> {
    /// Checks the value.
    ///
    /// # Errors
    /// When it breaks a limit.
    pub fn keeps(self, limits: &'static [Limit]) -> Result<Self, ValidateError> {
        check(&Encoding::<C, T>::new(self.checked.value), limits, self.checked.place)?;
        Ok(self)
    }
}

fn check<T: Serialize + ?Sized>(
    value: &T,
    limits: &'static [Limit],
    place: &Location<'_>,
) -> Result<(), ValidateError> {
    value.serialize(Checker { limits, place }).map_err(|fault| match fault {
        Fault::Limit(error) => error,
        Fault::Form(message) => ValidateError::new(place, format!("cannot be sent: {message}")),
    })
}

/// Checks a text.
fn text(text: &str, limits: &[Limit]) -> Result<(), String> {
    limits.iter().try_for_each(|limit| match limit {
        Limit::MinLength(least) => at_least(text.chars().count(), *least, CHARACTERS),
        Limit::MaxLength(most) => at_most(text.chars().count(), *most, CHARACTERS),
        Limit::Pattern(pattern) => pattern::check(text, pattern), // part: pattern
        _ => Ok(()),
    })
}

const CHARACTERS: [&str; 2] = ["character", "characters"];
const ITEMS: [&str; 2] = ["item", "items"];
const PROPERTIES: [&str; 2] = ["property", "properties"];

fn at_least(count: usize, least: usize, units: [&str; 2]) -> Result<(), String> {
    if count >= least { Ok(()) } else { Err(counted(count, units, "at least", least)) }
}

fn at_most(count: usize, most: usize, units: [&str; 2]) -> Result<(), String> {
    if count <= most { Ok(()) } else { Err(counted(count, units, "at most", most)) }
}

fn counted(count: usize, [one, several]: [&str; 2], word: &str, limit: usize) -> String {
    let unit = if count == 1 { one } else { several };
    format!("{count} {unit}, but {word} {limit}")
}
