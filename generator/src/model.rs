//! What the API says, in the words of OpenAPI and JSON Schema: no Rust in sight.
//!
//! Schemas live in an arena; a reference is a [`SchemaId`], never a copy. An inline object or enum
//! is a schema of its own whose name tells where it stands.

mod build;
mod calls;
mod content;
mod multipart;
mod operation;
mod parameter;
mod schema;
mod security;

pub use build::build;
pub use calls::*;

use std::collections::BTreeMap;

use crate::source::Span;

/// A whole API.
#[derive(Clone, Debug)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The servers, in the document's order.
    pub servers: Vec<Server>,
    /// What signing in means.
    pub security: Security,
    /// The descriptions of tags, by name.
    pub tags: BTreeMap<String, String>,
    /// All operations, in the document's order.
    pub operations: Vec<Operation>,
    /// All schemas: the components in the document's order, then the inline ones.
    pub schemas: Vec<Schema>,
}

/// A server and the variables of its URL.
#[derive(Clone, Debug)]
pub struct Server {
    /// The URL, with `{name}` for variables; may be relative.
    pub url: String,
    /// What it is for.
    pub description: Option<String>,
    /// The variables, in the document's order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the template.
    pub name: String,
    /// The default that the document gives.
    pub default: String,
    /// The values that are allowed; empty when any is.
    pub values: Vec<String>,
    /// What it is for.
    pub description: Option<String>,
}

/// Where a token comes from and goes to.
#[derive(Clone, Debug, Default)]
pub struct Security {
    /// The token URL of an OAuth2 client credentials flow, absolute or relative to the server.
    pub token_url: Option<String>,
}

/// What is said about a thing for people to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// A summary or title: one line.
    pub summary: Option<String>,
    /// The description: `CommonMark`.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
}

/// The index of a [`Schema`] in [`Api::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub usize);

/// A schema that becomes a type of its own.
#[derive(Clone, Debug)]
pub struct Schema {
    /// What it is called.
    pub name: SchemaName,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
    /// What it holds.
    pub shape: Shape,
    /// Whether `null` stands for it as well.
    pub nullable: bool,
    /// The texts of its extensions (`x-…`), for the plan to choose from.
    pub extensions: BTreeMap<String, String>,
}

/// What a schema is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaName {
    /// The key under `components/schemas`.
    Component(String),
    /// A schema inside another one.
    InSchema(SchemaId, Vec<Step>),
    /// A schema inside an operation, by its index in [`Api::operations`].
    InOperation(usize, Vec<Step>),
}

/// One step from a named thing to a schema inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A property.
    Property(String),
    /// The items of an array.
    Items,
    /// The values of a map.
    Values,
    /// A parameter.
    Parameter(String),
    /// The request body.
    RequestBody,
    /// The body of a response, by its status.
    Response(String),
}

/// What a schema holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with known properties.
    Object(Object),
    /// An object of which nothing is said.
    EmptyObject,
    /// A text out of a list.
    Enum(Enum),
    /// Another type under this name.
    Alias(Type),
}

impl Shape {
    /// The types that it refers to.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Object(object) => {
                object.fields.iter().map(|field| &field.ty).chain(&object.additional).collect()
            }
            Self::Alias(ty) => vec![ty],
            Self::EmptyObject | Self::Enum(_) => Vec::new(),
        }
    }
}

/// An object with known properties.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// The type of properties beside the known ones, when the document speaks of them.
    pub additional: Option<Type>,
    /// Groups of fields of which at most one may be set.
    pub oneof_groups: Vec<OneofGroup>,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key in JSON.
    pub wire: String,
    /// Its type.
    pub ty: Type,
    /// Whether it must be there.
    pub presence: Presence,
    /// Who may set it.
    pub access: Access,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// Whether a property must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is listed in `required`.
    Required,
    /// It may be left out.
    Optional,
}

/// Who may set a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both sides.
    ReadWrite,
    /// Only the server (`readOnly`).
    ReadOnly,
    /// Only the client (`writeOnly`).
    WriteOnly,
}

/// A protobuf oneof: at most one of its fields may be set (`x-oneof-groups`).
#[derive(Clone, Debug)]
pub struct OneofGroup {
    /// Its name.
    pub name: String,
    /// The indices of its members in [`Object::fields`].
    pub members: Vec<usize>,
    /// Where it stands.
    pub span: Span,
}

/// A text out of a list.
#[derive(Clone, Debug)]
pub struct Enum {
    /// The values with their places, in the document's order, each once.
    pub values: Vec<(String, Span)>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Anything.
    Any,
    /// An object with any properties.
    FreeForm,
    /// `google.protobuf.Any` in `ProtoJSON`: an object with `@type` and any other properties.
    ProtobufAny,
    /// `true` or `false`.
    Bool,
    /// A whole number, with its `format`.
    Integer(Option<String>),
    /// A number, with its `format`.
    Number(Option<String>),
    /// A text, with its `format`.
    Text(Option<String>),
    /// A list.
    List(Box<Type>),
    /// An object whose values are all of one type.
    Map(Box<Type>),
    /// The type or `null`.
    Nullable(Box<Type>),
    /// A schema with a name.
    Schema(SchemaId),
}

impl Type {
    /// The type with `null` beside it, once.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any => self,
            other => Self::Nullable(Box::new(other)),
        }
    }
}
