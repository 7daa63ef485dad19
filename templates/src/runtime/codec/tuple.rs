// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Arrays of a fixed number of values, each in a form of its own.

use std::fmt;

use serde::de::{DeserializeOwned, Error, IgnoredAny, SeqAccess, Visitor};
use serde::ser::SerializeTuple;
use serde::{Deserializer, Serialize, Serializer};

use super::{Codec, Decoding, Encoding};

/// The form that a type gives itself.
pub struct Plain;

impl<T: Serialize + DeserializeOwned> Codec<T> for Plain {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

impl<T, C: Codec<T>> Codec<Box<T>> for Box<C> {
    fn encode<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }

    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::decode(deserializer).map(Box::new)
    }
}

/// Implements the codec of the tuples of so many values.
macro_rules! tuple {
    ($count:literal: $($codec:ident $value:ident $at:tt),+) => {
        impl<$($value, $codec: Codec<$value>),+> Codec<($($value,)+)> for ($($codec,)+) {
            fn encode<S: Serializer>(
                values: &($($value,)+),
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                let mut items = serializer.serialize_tuple($count)?;
                $(items.serialize_element(&Encoding::<$codec, $value>::new(&values.$at))?;)+
                items.end()
            }

            fn decode<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<($($value,)+), D::Error> {
                // Not `deserialize_tuple`: what stands behind the last item is told better here.
                deserializer.deserialize_seq(Decoding::<Self, ($($value,)+)>::new())
            }
        }

        impl<'de, $($value, $codec: Codec<$value>),+> Visitor<'de>
            for Decoding<($($codec,)+), ($($value,)+)>
        {
            type Value = ($($value,)+);

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(concat!("an array of length ", $count))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let values = ($(
                    match items.next_element_seed(Decoding::<$codec, $value>::new())? {
                        Some(value) => value,
                        None => return Err(A::Error::invalid_length($at, &self)),
                    },
                )+);
                let mut length = $count;
                while items.next_element::<IgnoredAny>()?.is_some() {
                    length += 1;
                }
                if length == $count { Ok(values) } else { Err(A::Error::invalid_length(length, &self)) }
            }
        }
    };
}

tuple!(1: C0 T0 0);
tuple!(2: C0 T0 0, C1 T1 1);
tuple!(3: C0 T0 0, C1 T1 1, C2 T2 2);
tuple!(4: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3);
tuple!(5: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4);
tuple!(6: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5);
tuple!(7: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6);
tuple!(8: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6, C7 T7 7);
tuple!(9: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6, C7 T7 7, C8 T8 8);
tuple!(10: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6, C7 T7 7, C8 T8 8, C9 T9 9);
tuple!(11: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6, C7 T7 7, C8 T8 8, C9 T9 9, C10 T10 10);
tuple!(12: C0 T0 0, C1 T1 1, C2 T2 2, C3 T3 3, C4 T4 4, C5 T5 5, C6 T6 6, C7 T7 7, C8 T8 8, C9 T9 9, C10 T10 10, C11 T11 11);
