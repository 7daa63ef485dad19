// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Tables of structs whose fields have values of the document while nothing else is known, for
//! `defaults: filled` in `generator.yaml`.
//!
//! ```text
//! crate::runtime::object!(Search {
//!     id = "id" required,
//!     limit = "limit" or(20),            // `limit: T`; 20 where the key is missing or null
//!     after = "after" or(-1) as Decimal, // in a form of `runtime::codec`
//!     order = "order" or(Order::Desc) => with_order(Order), // and a method that sets it
//! });
//! ```
//!
//! Such a field is always written. A struct without required fields has `Default` from its table;
//! where no row has `or`, it is derived, and [`object!`](super::object) needs nothing of this.

#![allow(unused_imports, unused_macros, reason = "a document may have no use for one of them")]

/// Implements `Serialize` and `Deserialize` for a struct, the setters that its rows name, and
/// `Default` where no field is required. Reading collects all fields before there is a value, so
/// that a second value for a key is seen.
macro_rules! with_defaults {
    (@impls $name:ident {
        $(
            $field:ident = $wire:literal
            $(required $(@$required:tt)?)? $(nullable $(@$nullable:tt)?)?
            $(or $(@$or:tt)? ($default:expr))? $(as $codec:ty)?
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
                    // A field with a default is the type itself, any other an `Option` of it.
                    let value: $value = value.into();
                    self.$field = value.into();
                    self
                }
            )?)*
        }
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
                        $($(@$or)?.required())?
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
                let whole = 'whole: {
                    $(
                        $(
                            $(@$required)?
                            let Some($field) = $field else { break 'whole Err($wire) };
                        )?
                        $(let $field = $field.unwrap_or_else(|| $default);)?
                    )*
                    // Without a required field, this is the only use of the label.
                    break 'whole Ok(Self { $($field,)* $($rest,)? });
                };
                whole.map_err(<A::Error as ::serde::de::Error>::missing_field)
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
    (@value) => { ::std::default::Default::default() };
    (@value $default:expr) => { $default };
    ($name:ident {
        $(
            $field:ident = $wire:literal
            $(nullable $(@$nullable:tt)?)? $(or($default:expr))? $(as $codec:ty)?
            $(=> $setter:ident($value:ty) $(clearing $clear:ident)?)?,
        )*
        $(..$rest:ident)?
    }) => {
        impl ::std::default::Default for $name {
            fn default() -> Self {
                Self {
                    $($field: crate::runtime::with_defaults!(@value $($default)?),)*
                    $($rest: ::std::default::Default::default(),)?
                }
            }
        }
        crate::runtime::with_defaults! {
            @impls $name {
                $(
                    $field = $wire
                    $(nullable $(@$nullable)?)? $(or($default))? $(as $codec)?
                    $(=> $setter($value) $(clearing $clear)?)?,
                )*
                $(..$rest)?
            }
        }
    };
    ($name:ident { $($rows:tt)* }) => {
        crate::runtime::with_defaults! { @impls $name { $($rows)* } }
    };
}

pub(crate) use with_defaults;
