//! From the crate back to the document: where each item comes from, what it is called on the wire,
//! and which operations send or receive it.
//!
//! | item | place | wire name |
//! | --- | --- | --- |
//! | `models::Pet` | `#/components/schemas/Pet` | `Pet` |
//! | `models::Pet::name`, `models::Pet::with_name` | `#/components/schemas/Pet/properties/name` | `name` |
//! | `models::Status::Open` | `#/components/schemas/Status/enum/0` | `open` |
//! | `api::Pets::list` | `#/paths/~1pets/get` | `GET /pets` |
//! | `api::pets::ListPets::limit` | `#/paths/~1pets/get` | `limit` |
//!
//! Places are JSON Pointers rather than lines, so that an edit elsewhere in the document changes
//! nothing here.

mod rows;

pub(crate) use rows::index;

/// An item of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its path from the root of the crate.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Where the document says it, as a JSON Pointer.
    pub place: String,
    /// What it is called there: a key, a value, or method and path.
    pub wire: String,
    /// The operations that send or receive it, in the document's order.
    pub operations: Vec<String>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A struct, an enum or an alias.
    Type,
    /// A field of a struct.
    Field,
    /// A method that sets a field.
    Setter,
    /// A variant of an enum.
    Variant,
    /// A method that calls an operation.
    Method,
    /// A parameter of an operation: a field of its struct, or a method of its builder.
    Parameter,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Field => "field",
            Self::Setter => "setter",
            Self::Variant => "variant",
            Self::Method => "method",
            Self::Parameter => "parameter",
        }
    }
}
