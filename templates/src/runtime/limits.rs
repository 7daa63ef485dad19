// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The table of what values must keep to, for `validate: true` in `generator.yaml`.
//!
//! A row names a field, its key, the limits of the document by their keywords, and `nested` where
//! the value has limits of its own; what all of the struct must keep to stands behind its name. A
//! union lists the variants that have something to check:
//!
//! ```text
//! crate::runtime::limits!(App [MaxProperties(20)] {
//!     name = "name": [MinLength(1), MaxLength(64), Pattern("^[a-z]+$")],
//!     size = "size" as Option<Decimal>: [MaxLength(9)],   // in a form of `runtime::codec`
//!     tags = "tags": [MaxItems(10), Items(&[MaxLength(20)])],
//!     owner = "owner": nested,
//!     ..additional_properties: [Values(&[Maximum("100")])]
//! });
//! crate::runtime::limits!(enum Pet {
//!     Cat: nested,
//!     String: [MaxLength(5)],
//! });
//! ```

#![allow(unused_imports, unused_macros, reason = "a document may have no use for one of them")]

/// Implements `Validate` and the method `validate`.
macro_rules! limits {
    // One value, in a form of `runtime::codec` where it has one.
    (
        @check $value:expr, $place:expr
        $(, as $codec:ty)? $(, [$($limit:tt)*])? $(, nested $(@$nested:tt)?)?
    ) => {
        crate::runtime::validate::Checked::new($value, $place)
            $(.coded({
                use crate::runtime::codec::*;
                ::std::marker::PhantomData::<$codec>
            }))?
            $(.keeps({
                use crate::runtime::validate::Limit::*;
                &[$($limit)*]
            })?)?
            $($(@$nested)?.nested()?)?;
    };
    (enum $name:ident $([$($own:tt)*])? {
        $(
            $variant:ident $(as $codec:ty)?:
            $([$($limit:tt)*])? $(nested $(@$nested:tt)?)?,
        )*
    }) => {
        impl crate::runtime::Validate for $name {
            fn validate_at(
                &self,
                place: &crate::runtime::validate::Location<'_>,
            ) -> ::std::result::Result<(), crate::runtime::ValidateError> {
                let _ = place;
                $(crate::runtime::limits!(@check self, place, [$($own)*]);)?
                $(
                    if let Self::$variant(value) = self {
                        crate::runtime::limits!(
                            @check value, place $(, as $codec)? $(, [$($limit)*])?
                            $(, nested $(@$nested)?)?
                        );
                    }
                )*
                Ok(())
            }
        }
        crate::runtime::limits!(method $name);
    };
    ($name:ident $([$($own:tt)*])? {
        $(
            $field:ident = $wire:literal $(as $codec:ty)?:
            $([$($limit:tt)*])? $(nested $(@$nested:tt)?)?,
        )*
        $(..$rest:ident: $([$($values:tt)*])? $(nested $(@$deep:tt)?)?)?
    }) => {
        impl crate::runtime::Validate for $name {
            fn validate_at(
                &self,
                place: &crate::runtime::validate::Location<'_>,
            ) -> ::std::result::Result<(), crate::runtime::ValidateError> {
                let _ = place;
                $(crate::runtime::limits!(@check self, place, [$($own)*]);)?
                $(
                    crate::runtime::limits!(
                        @check &self.$field, &place.key($wire) $(, as $codec)? $(, [$($limit)*])?
                        $(, nested $(@$nested)?)?
                    );
                )*
                // The members of the map are members of the struct, so its name is in no path.
                $(
                    crate::runtime::limits!(
                        @check &self.$rest, place $(, [$($values)*])? $(, nested $(@$deep)?)?
                    );
                )?
                Ok(())
            }
        }
        crate::runtime::limits!(method $name);
    };
    (method $name:ident) => {
        impl $name {
            /// Checks what the API's document asks of the value beyond its type: lengths, ranges,
            /// patterns, numbers of items and of properties, also of the values inside. What is
            /// `None` and what this crate does not know is not checked.
            ///
            /// # Errors
            /// The first value that breaks a limit, by its path.
            pub fn validate(&self) -> ::std::result::Result<(), crate::runtime::ValidateError> {
                crate::runtime::Validate::validate(self)
            }
        }
    };
}

pub(crate) use limits;
