//! The facts of schemas: what they are called and what they hold.

use std::collections::BTreeMap;
use std::fmt;

use super::Docs;
use crate::source::Span;

/// The index of a [`Schema`] in [`Api::schemas`](super::Api::schemas).
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
    /// A schema inside an operation, by its index in [`Api::operations`](super::Api::operations).
    InOperation(usize, Vec<Step>),
    /// Nothing: it went into another schema (`allOf`), and no type refers to it.
    LeftOut,
}

/// One step from a named thing to a schema inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A property.
    Property(String),
    /// The items of an array.
    Items,
    /// One of the items of a tuple, counted from 1.
    Item(usize),
    /// The values of a map.
    Values,
    /// A member of a choice, by what it is called.
    Member(String),
    /// A parameter.
    Parameter(String),
    /// The request body.
    RequestBody,
    /// The body of a response, by its status.
    Response(String),
    /// A header of a response.
    Header(String),
}

/// What a schema holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An object with known properties.
    Object(Object),
    /// An object of which nothing is said.
    EmptyObject,
    /// A value out of a list.
    Enum(Enum),
    /// One of several types.
    Union(Union),
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
            Self::Union(union) => union.members.iter().map(|member| &member.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::EmptyObject | Self::Enum(_) => Vec::new(),
        }
    }

    /// The types that it refers to, to be changed.
    pub(crate) fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Object(object) => {
                let fields = object.fields.iter_mut().map(|field| &mut field.ty);
                fields.chain(&mut object.additional).collect()
            }
            Self::Union(union) => union.members.iter_mut().map(|member| &mut member.ty).collect(),
            Self::Alias(ty) => vec![ty],
            Self::EmptyObject | Self::Enum(_) => Vec::new(),
        }
    }
}

/// An object with known properties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Object {
    /// The properties, in the document's order.
    pub fields: Vec<Field>,
    /// The type of properties beside the known ones, when the document speaks of them.
    pub additional: Option<Type>,
    /// Groups of fields of which at most one may be set.
    pub oneof_groups: Vec<OneofGroup>,
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is listed in `required`.
    Required,
    /// It may be left out.
    Optional,
}

/// Who may set a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Both sides.
    ReadWrite,
    /// Only the server (`readOnly`).
    ReadOnly,
    /// Only the client (`writeOnly`).
    WriteOnly,
}

/// A protobuf oneof: at most one of its fields may be set (`x-oneof-groups`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OneofGroup {
    /// Its name.
    pub name: String,
    /// The indices of its members in [`Object::fields`].
    pub members: Vec<usize>,
    /// Where it stands.
    pub span: Span,
}

/// A value out of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Enum {
    /// The values, in the document's order, each once.
    pub values: Vec<EnumValue>,
    /// Whether the document says that there are other texts.
    pub open: bool,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnumValue {
    /// The value itself.
    pub value: Literal,
    /// The name that an extension gives it.
    pub name: Option<String>,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// A constant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Bool(bool),
}

/// As it stands in a document, a text without quotes.
impl fmt::Display for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => formatter.write_str(text),
            Self::Integer(number) => number.fmt(formatter),
            Self::Bool(flag) => flag.fmt(formatter),
        }
    }
}

/// A value of one of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Union {
    /// The types, in the document's order, each once.
    pub members: Vec<Member>,
    /// The property whose value tells the members apart.
    pub tag: Option<String>,
}

/// One of the types of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// What it is called.
    pub label: Label,
    /// The type.
    pub ty: Type,
    /// The values of the union's tag that stand for it.
    pub tags: Vec<String>,
    /// Keys that it requires and some other member does not.
    pub keys: Vec<String>,
    /// Whether it does not list the tag among its properties, so that the union must write it.
    pub lacks_tag: bool,
    /// What is said about it, if it has no name of its own.
    pub docs: Docs,
    /// Where it stands, if it has no name of its own.
    pub span: Span,
}

/// What a member of a union is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// As its type is.
    Type,
    /// By a title or a constant.
    Text(String),
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// Anything.
    Any,
    /// An object with any properties.
    FreeForm,
    /// `google.protobuf.Any` in `ProtoJSON`: an object with `@type` and any other properties.
    ProtobufAny,
    /// Nothing but `null`.
    Null,
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
    /// A list of so many values, each of a type of its own (`prefixItems`).
    Tuple(Vec<Type>),
    /// An object whose values are all of one type.
    Map(Box<Type>),
    /// The type or `null`.
    Nullable(Box<Type>),
    /// A schema with a name.
    Schema(SchemaId),
}

impl Type {
    /// The one schema that it is or holds, however deep.
    #[must_use]
    pub fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema(id) => Some(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.schema(),
            _ => None,
        }
    }

    /// The schemas that it is or holds, however deep.
    #[must_use]
    pub fn schemas(&self) -> Vec<SchemaId> {
        match self {
            Self::Schema(id) => vec![*id],
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.schemas(),
            Self::Tuple(items) => items.iter().flat_map(Self::schemas).collect(),
            _ => Vec::new(),
        }
    }

    /// Puts other schemas in the place of some.
    pub(crate) fn replace(&mut self, with: &BTreeMap<SchemaId, SchemaId>) {
        match self {
            Self::Schema(id) => *id = with.get(id).copied().unwrap_or(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.replace(with),
            Self::Tuple(items) => items.iter_mut().for_each(|item| item.replace(with)),
            _ => {}
        }
    }

    /// The type with `null` beside it, once.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::Nullable(_) | Self::Any | Self::Null => self,
            other => Self::Nullable(Box::new(other)),
        }
    }
}
