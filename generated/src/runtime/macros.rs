// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The tables that models are written in.
//!
//! A client of a large API has thousands of structs, and serde's derive costs the compiler several
//! times what everything else about them does. So a struct states only its fields and their names
//! on the wire; the visitor, the keys, the skipping of unknown members and of absent values are
//! written once, in [`object`](super::object):
//!
//! ```text
//! crate::runtime::object!(Task {
//!     id = "id" required,         // `id: T`; the key must be there, and not null
//!     note = "note" nullable,     // `note: Option<T>`; `None` is written as null
//!     title = "title",            // `title: Option<T>`; `None` is not written
//!     size = "size" as Decimal,   // `size: Option<i64>`, in a form of `runtime::codec`
//!     text = "text" => with_text(String),   // and a method that sets it
//!     link = "link" => with_link(String) clearing clear_content, // which calls another first
//!     ..additional_properties     // every other member, as a `BTreeMap<String, T>`
//! });
//! ```
//!
//! Absent and null are the same on reading. A second value for a key is an error.
//!
//! An API may add a value to an enumeration at any time. An open one keeps a text that this crate
//! does not know in one more variant, which is named beside the type; a closed one refuses it:
//!
//! ```text
//! crate::runtime::open_enum!(Status, Unknown {
//!     Ready = "STATUS_READY",
//! });
//! crate::runtime::closed_enum!(Direction {
//!     Ascending = "asc",
//! });
//! ```
//!
//! The macros spell every type with its whole path: a document may well name a schema `Result`.

#![allow(unused_imports, unused_macros, reason = "a document may have no use for one of them")]

mod choices;

/// Implements `Serialize` and `Deserialize` for a struct, and the setters that its rows name.
///
/// A struct without required fields is filled member by member, beginning with its default value:
/// the form that costs the compiler least. With a required field, all of them are collected first.
/// `$(word $(@$word:tt)?)?` matches an optional word: only a variable, here one that never matches
/// anything, can tell the right side that the word was there.
macro_rules! object {
    ($name:ident {}) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                crate::runtime::object::write_empty(serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::object::read_empty(deserializer)
            }
        }
    };
    ($name:ident {
        $($field:ident = $wire:literal $(nullable $(@$nullable:tt)?)? $(as $codec:ty)?,)*
        $(..$rest:ident)?
    }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let mut members = crate::runtime::object::Writer::new(serializer);
                $(
                    members
                        $(.coded({
                            use crate::runtime::codec::*;
                            ::std::marker::PhantomData::<$codec>
                        }))?
                        $($(@$nullable)?.nullable())?
                        .write($wire, &self.$field);
                )*
                $(members.write_rest(&self.$rest);)?
                members.end()
            }
        }
        impl crate::runtime::object::Fill for $name {
            fn fill<'de, A: ::serde::de::MapAccess<'de>>(
                &mut self,
                member: &mut crate::runtime::object::Member<'_, 'de, A>,
            ) {
                $(
                    member
                        $(.coded({
                            use crate::runtime::codec::*;
                            ::std::marker::PhantomData::<$codec>
                        }))?
                        .read($wire, &mut self.$field);
                )*
                $(member.keep(&mut self.$rest);)?
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::object::fill(deserializer)
            }
        }
    };
    ($name:ident {
        $(
            $field:ident = $wire:literal
            $(required $(@$required:tt)?)? $(nullable $(@$nullable:tt)?)? $(as $codec:ty)?,
        )*
        $(..$rest:ident)?
    }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let mut members = crate::runtime::object::Writer::new(serializer);
                $(
                    members
                        $(.coded({
                            use crate::runtime::codec::*;
                            ::std::marker::PhantomData::<$codec>
                        }))?
                        $($(@$required)?.required())?
                        $($(@$nullable)?.nullable())?
                        .write($wire, &self.$field);
                )*
                $(members.write_rest(&self.$rest);)?
                members.end()
            }
        }
        impl crate::runtime::object::Collect for $name {
            fn collect<'de, A: ::serde::de::MapAccess<'de>>(
                mut map: A,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = ::std::default::Default::default();)?
                let mut buffer = ::std::string::String::new();
                while let Some(mut member) = crate::runtime::object::next(&mut map, &mut buffer)? {
                    $(
                        member
                            $(.coded({
                                use crate::runtime::codec::*;
                                ::std::marker::PhantomData::<$codec>
                            }))?
                            .read($wire, &mut $field);
                    )*
                    $(member.keep(&mut $rest);)?
                    member.end()?;
                }
                // One exit for all: each of its own would cost the compiler as much as a field.
                let missing = 'missing: {
                    $($(
                        $(@$required)?
                        let Some($field) = $field else { break 'missing $wire };
                    )?)*
                    return Ok(Self { $($field,)* $($rest,)? });
                };
                Err(<A::Error as ::serde::de::Error>::missing_field(missing))
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::object::collect(deserializer)
            }
        }
    };
    // A struct with setters: they have an `impl` of their own, which the many others do without.
    ($name:ident {
        $(
            $field:ident = $wire:literal
            $(required $(@$required:tt)?)? $(nullable $(@$nullable:tt)?)? $(as $codec:ty)?
            $(=> $setter:ident($value:ty) $(clearing $clear:ident)?)?,
        )*
        $(..$rest:ident)?
    }) => {
        impl $name {
            $($(
                #[doc = concat!("Sets `", stringify!($field), "`.")]
                #[must_use]
                pub fn $setter(mut self, value: impl ::std::convert::Into<$value>) -> Self {
                    $(self.$clear();)?
                    self.$field = ::std::option::Option::Some(value.into());
                    self
                }
            )?)*
        }
        crate::runtime::object! {
            $name {
                $(
                    $field = $wire
                    $(required $(@$required)?)? $(nullable $(@$nullable)?)? $(as $codec)?,
                )*
                $(..$rest)?
            }
        }
    };
}

/// Implements `as_str`, `From`, `Display`, `AsRef<str>`, `Serialize` and `Deserialize` for an open
/// enumeration. A text that is a known value never becomes the variant for other texts.
macro_rules! open_enum {
    ($name:ident, $other:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// The value as the API writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$other(text) => text,
                }
            }
        }
        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($wire => Self::$variant,)*
                    _ => Self::$other(text.to_owned()),
                }
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::enumeration::read_open(deserializer)
            }
        }
    };
}

/// Implements `as_str`, `TryFrom<&str>`, `FromStr`, `Display`, `AsRef<str>`, `Serialize` and
/// `Deserialize` for a closed enumeration. Another text is an error that lists the values.
macro_rules! closed_enum {
    ($name:ident { $($variant:ident = $wire:literal,)* }) => {
        impl $name {
            /// The value as the API writes it.
            pub fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }
        }
        impl ::std::convert::TryFrom<&str> for $name {
            type Error = crate::runtime::enumeration::UnknownValue;

            fn try_from(
                text: &str,
            ) -> ::std::result::Result<Self, crate::runtime::enumeration::UnknownValue> {
                match text {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err(crate::runtime::enumeration::UnknownValue::new(text, &[$($wire),*])),
                }
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = crate::runtime::enumeration::UnknownValue;

            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, crate::runtime::enumeration::UnknownValue> {
                Self::try_from(text)
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::enumeration::read_closed(deserializer)
            }
        }
    };
}

pub(crate) use super::modules::modules;
pub(crate) use choices::*;
pub(crate) use {closed_enum, object, open_enum};
