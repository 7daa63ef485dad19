// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Integers as decimal text, as protobuf's JSON writes those of 64 bits.

use std::any::type_name;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::Codec;

/// An integer (`i32`, `u32`, `i64`, `u64`) as text: `"9007199254740993"`.
///
/// A JSON number is read too. No digit of an integer is ever lost: one that the type cannot hold, or
/// that is written as a float of more than 15 digits, is an error that names it.
pub struct Decimal;

impl<T> Codec<T> for Decimal
where
    T: Display + FromStr + TryFrom<i64> + TryFrom<u64>,
{
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(Integer(PhantomData))
    }
}

struct Integer<T>(PhantomData<T>);

impl<T> Visitor<'_> for Integer<T>
where
    T: FromStr + TryFrom<i64> + TryFrom<u64>,
{
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an integer of type {}, as text or as a number", type_name::<T>())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    /// A number such as `1e3`. With more than 15 digits, a float may stand for a neighbour of the
    /// number that was written.
    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        const EXACT_BELOW: f64 = 1e15;

        if number.fract() == 0.0 && number.abs() < EXACT_BELOW {
            // Printed without a fraction, it is the text of the integer; adding zero drops the sign of -0.
            if let Ok(integer) = format!("{:.0}", number + 0.0).parse() {
                return Ok(integer);
            }
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }
}
