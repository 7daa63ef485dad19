//! Enums of values and of types, as the crate will have them.

use super::{Codec, Docs, Literal, Name, RustType, Validation};
use crate::model::SchemaId;

/// An enum of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// The schema that it came from.
    pub schema: SchemaId,
    /// Its documentation.
    pub docs: Docs,
    /// What its values are.
    pub kind: EnumKind,
    /// Its variants.
    pub variants: Vec<EnumVariant>,
    /// The variant for any other value; a closed enum has none.
    pub catch_all: Option<Name>,
}

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumKind {
    /// Texts.
    Text,
    /// Whole numbers.
    Integer,
    /// Values of several JSON types.
    Mixed,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Literal,
    /// What is said about it, beyond the value.
    pub docs: Docs,
}

/// An enum of types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: Name,
    /// The schema that it came from.
    pub schema: SchemaId,
    /// Its documentation.
    pub docs: Docs,
    /// The key whose text tells the variants apart.
    pub tag: Option<String>,
    /// Its variants, in the order in which they are tried.
    pub variants: Vec<Variant>,
    /// The variant for any other value.
    pub catch_all: Name,
    /// What it derives beyond the usual: names and paths.
    pub derives: Vec<String>,
    /// What `validate()` checks, where it is asked for and requests hold the type.
    pub validation: Option<Validation>,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// The index of the union's member that it stands for.
    pub member: usize,
    /// Its type.
    pub ty: RustType,
    /// How the value is written in JSON, if not by its own serde traits.
    pub codec: Option<Codec>,
    /// The texts of the tag that stand for it.
    pub tags: Vec<String>,
    /// Keys that it has and some other variant does not.
    pub keys: Vec<String>,
    /// Whether the tag is no field of the type, so that the union writes it.
    pub lacks_tag: bool,
    /// The method that lends the value.
    pub accessor: Name,
    /// Whether no other variant has the type, so that a value can become the union by itself.
    pub converts: bool,
    /// What is said about it, beyond the type.
    pub docs: Docs,
}
