// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A serializer that checks what it is given instead of writing it.

use std::collections::BTreeSet;
use std::fmt::Display;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Value;

use super::{ITEMS, Limit, Location, PROPERTIES, ValidateError, at_least, at_most, number, text};

/// Checks one value.
#[derive(Clone, Copy)]
pub(super) struct Checker<'a> {
    pub(super) limits: &'static [Limit],
    pub(super) place: &'a Location<'a>,
}

/// Why a value does not pass.
#[derive(Debug)]
pub(super) enum Fault {
    /// It breaks a limit.
    Limit(ValidateError),
    /// It has no form on the wire.
    Form(String),
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Limit(error) => error.fmt(formatter),
            Self::Form(message) => formatter.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::Form(message.to_string())
    }
}

impl Checker<'_> {
    fn done(&self, result: Result<(), String>) -> Result<(), Fault> {
        result.map_err(|message| Fault::Limit(ValidateError::new(self.place, message)))
    }

    fn number(&self, value: impl Display) -> Result<(), Fault> {
        self.done(number::check(&value.to_string(), self.limits))
    }

    /// A float that is not finite has no form in JSON, and would be sent as null.
    fn float(&self, is_finite: bool, value: impl Display) -> Result<(), Fault> {
        if is_finite {
            self.number(value)
        } else {
            self.done(Err(format!("{value}, but a number")))
        }
    }
}

/// Methods for values that are numbers.
macro_rules! numbers {
    ($($method:ident($ty:ty))*) => {
        $(fn $method(self, value: $ty) -> Result<(), Fault> {
            self.number(value)
        })*
    };
}

impl<'a> Serializer for Checker<'a> {
    type Ok = ();
    type Error = Fault;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Unchecked;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Unchecked;

    numbers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32)
        serialize_u64(u64) serialize_u128(u128)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Fault> {
        self.float(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Fault> {
        self.float(value.is_finite(), value)
    }

    fn serialize_bool(self, _: bool) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Fault> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Fault> {
        self.done(text(value, self.limits))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Fault> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Fault> {
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, Fault> {
        Ok(Items::new(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, Fault> {
        Ok(Items::new(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, Fault> {
        Ok(Items::new(self))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Unchecked, Fault> {
        Ok(Unchecked)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Fault> {
        Ok(Members::new(self))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Fault> {
        Ok(Members::new(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Unchecked, Fault> {
        Ok(Unchecked)
    }
}

/// A list, whose items are looked at only where a limit is about them.
pub(super) struct Items<'a> {
    list: Checker<'a>,
    count: usize,
    /// The texts of the items before, where no two may be equal.
    seen: BTreeSet<String>,
}

impl<'a> Items<'a> {
    fn new(list: Checker<'a>) -> Self {
        Self { list, count: 0, seen: BTreeSet::new() }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        let place = self.list.place.index(self.count);
        self.count += 1;
        for limit in self.list.limits {
            match limit {
                Limit::Items(limits) => value.serialize(Checker { limits, place: &place })?,
                Limit::UniqueItems => {
                    // The members of an object come in the order of their keys.
                    let value = serde_json::to_value(value).map_err(Fault::custom)?;
                    if !self.seen.insert(value.to_string()) {
                        let message = "equals an item before it, but no two may be equal";
                        let error = ValidateError::new(&place, message.to_owned());
                        return Err(Fault::Limit(error));
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Fault> {
        self.list.done(self.list.limits.iter().try_for_each(|limit| match limit {
            Limit::MinItems(least) => at_least(self.count, *least, ITEMS),
            Limit::MaxItems(most) => at_most(self.count, *most, ITEMS),
            _ => Ok(()),
        }))
    }
}

/// An object, whose values are looked at only where a limit is about them.
pub(super) struct Members<'a> {
    object: Checker<'a>,
    count: usize,
    key: String,
}

impl<'a> Members<'a> {
    fn new(object: Checker<'a>) -> Self {
        Self { object, count: 0, key: String::new() }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.count += 1;
        for limit in self.object.limits {
            if let Limit::Values(limits) = limit {
                let place = self.object.place.key(&self.key);
                value.serialize(Checker { limits, place: &place })?;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Fault> {
        self.object.done(self.object.limits.iter().try_for_each(|limit| match limit {
            Limit::MinProperties(least) => at_least(self.count, *least, PROPERTIES),
            Limit::MaxProperties(most) => at_most(self.count, *most, PROPERTIES),
            _ => Ok(()),
        }))
    }
}

/// A variant with data: a form that only types of other crates have, and that no limit is about.
pub(super) struct Unchecked;

/// The traits of compound values, which differ in the names of their methods only.
macro_rules! compound {
    ($($name:ty, $trait:ident, $method:ident => $check:ident;)*) => {
        $(impl $trait for $name {
            type Ok = ();
            type Error = Fault;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
                self.$check(value)
            }

            fn end(self) -> Result<(), Fault> {
                self.finish()
            }
        })*
    };
}

compound! {
    Items<'_>, SerializeSeq, serialize_element => item;
    Items<'_>, SerializeTuple, serialize_element => item;
    Items<'_>, SerializeTupleStruct, serialize_field => item;
    Unchecked, SerializeTupleVariant, serialize_field => value;
}

impl Unchecked {
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "called by `compound!`")]
    fn value<T: ?Sized>(&mut self, _: &T) -> Result<(), Fault> {
        Ok(())
    }

    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "called by `compound!`")]
    fn finish(self) -> Result<(), Fault> {
        Ok(())
    }
}

impl SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        match serde_json::to_value(key).map_err(Fault::custom)? {
            Value::String(key) => self.key = key,
            other => self.key = other.to_string(),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Fault> {
        self.value(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.finish()
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        key.clone_into(&mut self.key);
        self.value(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.finish()
    }
}

impl SerializeStructVariant for Unchecked {
    type Ok = ();
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Fault> {
        self.value(value)
    }

    fn end(self) -> Result<(), Fault> {
        self.finish()
    }
}
