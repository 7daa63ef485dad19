//! What a crate is made of, each thing with its name and its documentation.

use std::collections::BTreeMap;

use super::{Client, Constant, Enum, Features, Group, Name, Union, Validation};
use crate::config::Package;
use crate::model::SchemaId;
use crate::source::Span;

/// A whole crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// What `Cargo.toml` says about the package.
    pub package: Package,
    /// The documentation of the crate.
    pub docs: Vec<String>,
    /// The API's title.
    pub title: String,
    /// Modules of the templates that belong to one API.
    pub modules: Vec<String>,
    /// Whether it can sign assertions with a key.
    pub private_key_jwt: bool,
    /// The module `models`.
    pub models: Module,
    /// Its path: one name.
    pub models_path: Vec<Name>,
    /// One per group of operations, in the order of their first operations.
    pub groups: Vec<Group>,
    /// The payloads of webhooks and callbacks.
    pub webhooks: Vec<Webhook>,
    /// What the client knows without being told.
    pub client: Client,
    /// The letters of its names.
    pub alphabet: Alphabet,
    /// Its Cargo features; `None` when all is always compiled.
    pub features: Option<Features>,
}

/// The payload of a webhook or a callback: an alias.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// Its name.
    pub name: Name,
    /// Its documentation.
    pub docs: Docs,
    /// What it stands for.
    pub ty: RustType,
}

/// The letters that names are made of: the compiler warns of some that are not ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// Only those of ASCII.
    #[default]
    Ascii,
    /// Others as well.
    Unicode,
}

/// A module of models.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Its submodules, by name.
    pub modules: BTreeMap<Name, Module>,
    /// Its files, by name; each holds a schema and what is inline in it.
    pub files: BTreeMap<Name, Vec<Item>>,
}

/// Something in a file.
#[derive(Clone, Debug)]
pub enum Item {
    /// A struct.
    Struct(Struct),
    /// An enum of values.
    Enum(Enum),
    /// An enum of types.
    Union(Union),
    /// A type alias.
    Alias(Alias),
}

/// A struct with serde's traits.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its name.
    pub name: Name,
    /// The schema that it came from.
    pub schema: SchemaId,
    /// Its documentation.
    pub docs: Docs,
    /// Its fields, in the document's order.
    pub fields: Vec<Field>,
    /// The field for properties beside the known ones.
    pub additional: Option<Additional>,
    /// Groups of fields of which at most one may be set.
    pub oneof_groups: Vec<OneofGroup>,
    /// What it derives beyond the usual: names and paths.
    pub derives: Vec<String>,
    /// What `validate()` checks, where it is asked for and requests hold the type.
    pub validation: Option<Validation>,
}

impl Struct {
    /// Whether there is a value for every field without being told one.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }

    /// The fields that `new` takes, in the order of its arguments: that of their keys. The document's
    /// order says nothing, and two arguments of one type that change places would compile and be wrong.
    pub fn arguments(&self) -> Vec<&Field> {
        let required = self.fields.iter().filter(|field| field.presence == Presence::Required);
        let mut required: Vec<&Field> = required.collect();
        required.sort_by(|one, other| one.wire.cmp(&other.wire));
        required
    }
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its key in JSON.
    pub wire: String,
    /// The type of its value, without the `Option` around it.
    pub ty: RustType,
    /// How the value is written in JSON, if not by its own serde traits.
    pub codec: Option<Codec>,
    /// Whether it is an `Option`, and how `None` is written.
    pub presence: Presence,
    /// What an optional one is that is no `Option` but has the document's default.
    pub default: Option<Constant>,
    /// Its setter.
    pub setter: Option<Setter>,
    /// Its documentation.
    pub docs: Docs,
    /// Where the property stands.
    pub span: Span,
}

/// How a field may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Never.
    Required,
    /// `None` is left out.
    Optional,
    /// `None` is written as `null`.
    Nullable,
}

/// A `with_…` method.
#[derive(Clone, Debug)]
pub struct Setter {
    /// Its name.
    pub name: Name,
    /// The method that clears the other members of its oneof group.
    pub clears: Option<Name>,
}

/// The field for properties beside the known ones: a map.
#[derive(Clone, Debug)]
pub struct Additional {
    /// Its name.
    pub name: Name,
    /// The type of the values.
    pub values: RustType,
}

/// A oneof group of a struct.
#[derive(Clone, Debug)]
pub struct OneofGroup {
    /// Its name in the document.
    pub wire: String,
    /// The enum of its members.
    pub name: Name,
    /// The method that tells which member is set.
    pub accessor: Name,
    /// The method that clears all members.
    pub clear: Name,
    /// The variants, each with the index of its field.
    pub members: Vec<(Name, usize)>,
}

/// A type alias.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Its name.
    pub name: Name,
    /// The schema that it came from.
    pub schema: SchemaId,
    /// Its documentation.
    pub docs: Docs,
    /// What it stands for.
    pub ty: RustType,
}

/// Documentation, ready for rustdoc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines.
    pub lines: Vec<String>,
    /// Whether `#[deprecated]` is set.
    pub deprecated: bool,
}

/// A type of Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `Vec<u8>`
    Bytes,
    /// A moment.
    Timestamp,
    /// A day.
    Date,
    /// A length of time.
    Duration,
    /// What a text with a format is, where the runtime has a part for it.
    Format(FormatType),
    /// `()`
    Unit,
    /// Any JSON.
    Value,
    /// Any JSON object.
    JsonMap,
    /// `google.protobuf.Any`.
    ProtobufAny,
    /// `Vec<T>`
    Vec(Box<RustType>),
    /// `(T, U)`
    Tuple(Vec<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Box<T>`
    Box(Box<RustType>),
    /// A type of this crate, by its path.
    Model(Path),
    /// A type of another crate, by its path without `::` in front.
    Foreign(String),
}

/// A type of the runtime that only some crates have a use for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatType {
    /// A time of day.
    Time,
    /// A date and a time of day, of no time zone.
    LocalDateTime,
    /// A universally unique identifier.
    Uuid,
    /// An absolute URL.
    Url,
    /// An address of the internet.
    Ip,
    /// The same of version 4.
    Ipv4,
    /// The same of version 6.
    Ipv6,
    /// An exact decimal number.
    Decimal,
    /// A text that is not shown.
    Secret,
}

/// A path to a type of this crate: modules from the root, then the type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// The modules, from `models` or `api`.
    pub modules: Vec<Name>,
    /// The type.
    pub name: Name,
}

/// How a value is written in JSON, if not by its own serde traits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// A number as text.
    Decimal,
    /// A moment (RFC 3339).
    DateTime,
    /// A day (RFC 3339).
    FullDate,
    /// Bytes as text (RFC 4648).
    Base64,
    /// Bytes as text, in the alphabet for URLs.
    Base64Url,
    /// A time without an offset.
    Local,
    /// A URL as text.
    UrlText,
    /// A length of time in seconds, as `ProtoJSON` writes it.
    ProtobufDuration,
    /// A length of time as ISO 8601 writes it.
    Iso8601Duration,
    /// One for each item.
    Vec(Box<Codec>),
    /// One for each value.
    Map(Box<Codec>),
    /// One for what is there.
    Option(Box<Codec>),
    /// One for what is in a box.
    Box(Box<Codec>),
    /// One for each item of a tuple; those without one are written by their own traits.
    Tuple(Vec<Option<Codec>>),
}

impl Codec {
    /// Whether the type itself would be written in another form.
    pub(super) fn changes_form(&self) -> bool {
        match self {
            Self::Vec(inner) | Self::Map(inner) | Self::Option(inner) | Self::Box(inner) => {
                inner.changes_form()
            }
            Self::Tuple(items) => items.iter().flatten().any(Self::changes_form),
            _ => true,
        }
    }
}
