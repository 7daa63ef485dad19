// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The tables of unions and of enumerations of other values than text.
//!
//! A union is a value of one of several types. Each row names a variant, its type, and what tells it
//! from the others; see [`union`](super::union) for how a value is read:
//!
//! ```text
//! crate::runtime::union!(Pet, Unknown by "petType" {
//!     Cat(Cat) = "cat" | "kitten" => as_cat + From,  // by the text of `petType`
//!     Dog(Dog) = "dog" adding "dog" => as_dog + From, // `Dog` has no `petType`: it is written here
//! });
//! crate::runtime::union!(Found, Unknown {
//!     Person(Person) with "email" => as_person + From,      // has these keys
//!     DateTime(runtime::Timestamp as DateTime) => as_date_time + From,  // in a form of `codec`
//!     String(String) => as_string + From,
//! });
//! crate::runtime::integer_enum!(Level, Unknown { Low = 1, High = 2 });
//! crate::runtime::value_enum!(Ratio, Unknown { Auto = "auto", None = 0 });
//! ```

#![allow(unused_imports, unused_macros, reason = "a document may have no use for one of them")]

/// Implements `Serialize`, `Deserialize`, `From` and the methods that lend a variant's value.
macro_rules! union {
    ($name:ident, $other:ident $(by $tag:literal)? {
        $(
            $variant:ident($ty:ty $(as $codec:ty)?)
            $(= $($text:literal)|+)? $(adding $added:literal)? $(with $($key:literal),+)?
            => $accessor:ident $(+ From $(@$from:tt)?)?,
        )*
    }) => {
        impl $name {
            $(
                #[doc = concat!("The value, if it is `", stringify!($variant), "`.")]
                pub fn $accessor(&self) -> ::std::option::Option<&$ty> {
                    match self {
                        Self::$variant(value) => ::std::option::Option::Some(value),
                        _ => ::std::option::Option::None,
                    }
                }
            )*
        }
        $($(
            $(@$from)?
            impl ::std::convert::From<$ty> for $name {
                fn from(value: $ty) -> Self {
                    Self::$variant(value.into())
                }
            }
        )?)*
        impl crate::runtime::union::Union for $name {
            const TAG: ::std::option::Option<&'static str> =
                crate::runtime::union::first(&[$($tag)?]);

            const MEMBERS: &'static [crate::runtime::union::Member<Self>] = &[$(
                crate::runtime::union::Member {
                    tags: &[$($($text),+)?],
                    keys: &[$($($key),+)?],
                    read: |value| {
                        crate::runtime::union::Reader::<$ty>::new()
                            $(.coded({
                                use crate::runtime::codec::*;
                                ::std::marker::PhantomData::<$codec>
                            }))?
                            .read(value)
                            .map(|value| Self::$variant(value.into()))
                    },
                },
            )*];

            fn unknown(value: crate::runtime::Value) -> Self {
                Self::$other(value)
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(
                        Self::$variant(value) => crate::runtime::union::Writer::<$ty>::new(value)
                            $(.coded({
                                use crate::runtime::codec::*;
                                ::std::marker::PhantomData::<$codec>
                            }))?
                            $(.tagged(<Self as crate::runtime::union::Union>::TAG, $added))?
                            .write(serializer),
                    )*
                    Self::$other(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::union::read(deserializer)
            }
        }
    };
}

/// Implements `value`, `From<i64>`, `Display`, `Serialize` and `Deserialize` for an open enumeration
/// of whole numbers. A number that is a known value never becomes the variant for other numbers.
macro_rules! integer_enum {
    ($name:ident, $other:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// The number as the API writes it.
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::$other(value) => *value,
                }
            }
        }
        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::$other(value),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), formatter)
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.value())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::runtime::union::read_integer(deserializer).map(Self::from)
            }
        }
    };
}

/// Implements `value`, `From<Value>`, `Display`, `Serialize` and `Deserialize` for an open
/// enumeration of texts, whole numbers and booleans.
macro_rules! value_enum {
    ($name:ident, $other:ident { $($variant:ident = $value:literal,)* }) => {
        impl $name {
            /// The value as the API writes it.
            pub fn value(&self) -> crate::runtime::Value {
                match self {
                    $(Self::$variant => crate::runtime::Value::from($value),)*
                    Self::$other(value) => value.clone(),
                }
            }
        }
        impl ::std::convert::From<crate::runtime::Value> for $name {
            fn from(value: crate::runtime::Value) -> Self {
                $(
                    if value == $value {
                        return Self::$variant;
                    }
                )*
                Self::$other(value)
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::runtime::union::write_plain(&self.value(), formatter)
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.value(), serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <crate::runtime::Value as ::serde::Deserialize>::deserialize(deserializer)
                    .map(Self::from)
            }
        }
    };
}

pub(crate) use {integer_enum, union, value_enum};
