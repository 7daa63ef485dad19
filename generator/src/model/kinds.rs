//! The JSON types that the values of a type can have.

use super::build::Builder;
use super::parts::Part;
use super::union::{Alternative, choices};
use super::{SchemaId, Type};

/// How far to look into choices of choices; what is further away can be anything.
const DEEPEST: usize = 16;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds(u8);

const STRING: Kinds = Kinds(1);
const BOOLEAN: Kinds = Kinds(2);
const INTEGER: Kinds = Kinds(4);
const NUMBER: Kinds = Kinds(4 | 8);
const ARRAY: Kinds = Kinds(16);
const OBJECT: Kinds = Kinds(32);
const NULL: Kinds = Kinds(64);
const ALL: Kinds = Kinds(127);
const NONE: Kinds = Kinds(0);

impl Kinds {
    /// Whether a value can be of both.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it has fewer types.
    pub(super) fn fewer_than(self, other: Self) -> bool {
        self.0.count_ones() < other.0.count_ones()
    }

    /// The types in words, for messages.
    pub(super) fn words(self) -> String {
        if self == ALL {
            return "anything".to_owned();
        }
        let number = if self.0 & NUMBER.0 == INTEGER.0 {
            (INTEGER, "an integer")
        } else {
            (NUMBER, "a number")
        };
        let names = [
            (STRING, "a string"),
            (BOOLEAN, "a boolean"),
            number,
            (ARRAY, "an array"),
            (OBJECT, "an object"),
            (NULL, "null"),
        ];
        let names = names.iter().filter(|(kind, _)| self.meets(*kind)).map(|(_, name)| *name);
        names.collect::<Vec<_>>().join(" or ")
    }
}

impl<'a> Builder<'a> {
    /// The JSON types of a type, without the null that may stand for it.
    pub(super) fn kinds(&self, ty: &Type) -> Kinds {
        match ty {
            Type::Any => ALL,
            Type::Null => NULL,
            Type::Bool => BOOLEAN,
            Type::Integer(_) => INTEGER,
            Type::Number(_) => NUMBER,
            Type::Text(_) => STRING,
            Type::List(_) | Type::Tuple(_) => ARRAY,
            Type::FreeForm | Type::ProtobufAny | Type::Map(_) => OBJECT,
            Type::Nullable(inner) => self.kinds(inner),
            Type::Schema(id) => self.kinds_of_schema(*id),
        }
    }

    fn kinds_of_schema(&self, id: SchemaId) -> Kinds {
        self.kinds_of_parts(&self.parts_of(id), 0)
    }

    fn kinds_of_parts(&self, parts: &[Part<'a>], depth: usize) -> Kinds {
        let mut all = ALL;
        for part in parts {
            let own = match part.view.kind {
                Some("string") => STRING,
                Some("boolean") => BOOLEAN,
                Some("integer") => INTEGER,
                Some("number") => NUMBER,
                Some("array") => ARRAY,
                Some("object") => OBJECT,
                Some("null") => NULL,
                _ => ALL,
            };
            all = Kinds(all.0 & own.0);
            if depth == DEEPEST {
                continue;
            }
            for choice in choices(part, parts) {
                let members = choice.members.iter().map(|member| match member {
                    Alternative::Inline(source) => self.parts(source, &choice.place),
                    Alternative::Component(name) => self.parts_of_component(name),
                });
                let kinds = members.map(|parts| self.kinds_of_parts(&parts, depth + 1));
                let kinds = kinds.fold(NONE, |all, next| Kinds(all.0 | next.0));
                all = Kinds(all.0 & kinds.0);
            }
        }
        all
    }
}
