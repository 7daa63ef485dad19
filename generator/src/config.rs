//! `generator.yaml`: the choices that an API description does not make.
//!
//! ```yaml
//! package:                      # becomes `[package]` of the crate's manifest
//!   name: conductorone          # required
//!   version: 0.1.0              # required
//!   description: A client for …
//!   license: MIT OR Apache-2.0
//!   repository: https://…       # also homepage, documentation
//!   readme: README.md           # below the crate's folder
//!   keywords: [client]          # at most five, as crates.io wants it
//!   categories: [api-bindings]
//!   rust_version: 1.89
//!   dependencies:               # for types of other crates; the values are TOML
//!     my_types: '{ path = "../my_types" }'
//!   dev_dependencies:           # for tests and examples written by hand; the values are TOML
//!     tokio: '{ version = "1", features = ["full"] }'
//! modules: [c1, mock, recorder, wait]   # modules copied from the templates: `c1` for ConductorOne,
//!                               # `mock` with a transport that answers the tests of who uses the
//!                               # crate, `recorder` that records traffic and plays it back, `wait`
//!                               # that polls until a condition holds
//! naming:
//!   group: x-speakeasy-group            # extension of an operation; otherwise its first tag
//!   method: x-speakeasy-name-override   # extension of an operation; otherwise `operationId`
//!   type: x-speakeasy-name-override     # extension of a schema; otherwise its key
//!   strip_prefixes: [c1.api, c1]        # dotted prefixes of schema names; the longest one is dropped
//!   names: {"#/components/schemas/a.B": Name}   # `plan/places.rs` lists what can be named; also
//!                               # `#/tags/pets` (a group), `#/paths/~1a/get/parameters/query/q`
//! enums:
//!   open: all                   # or `marked`: only those with `marker`
//!   marker: {x-speakeasy-unknown-values: allow}
//! empty_objects: map            # or `struct`: what `type: object` without more is
//! inline_schemas: separate      # or `shared`: equal ones are one type, and an alias at each other place
//! defaults: documented          # or `filled`: an optional property whose default its type can hold
//!                               # is no `Option`; `Default`, `new` and reading an object without the
//!                               # key give the default, and it is always written
//! features:
//!   from_operations: 100        # a Cargo feature per group, from so many operations on
//!   stability: x-stability      # extension of operations and path items whose values (`beta`) are
//!                               # Cargo features; without it, or with `stable`, always compiled
//! pagination:                   # what the document does not tell of pages; see `config/pagination.rs`
//!   operations: {listPets: {query: cursor, next: paging.next, items: pets}}
//! retries:
//!   idempotent: x-idempotent    # extension of operations, `true` or `false`: whether a call may be
//!                               # repeated; without it, `GET`, `PUT`, `DELETE` and their like may
//! formats: {duration: protobuf-duration, uuid: uuid}   # `config/format.rs` lists the types
//! types:                        # by JSON Pointer of a schema in the root document: a type of
//!   "#/components/schemas/App/properties/id": uuid        # `formats`, `any` for untyped JSON,
//!   "#/components/schemas/Money": my_types::Money         # or a type of another crate
//! derives: [Eq, Hash]           # on structs and unions that can have them: none that holds a float;
//!                               # also derive macros of other crates, `my_macros::Describe`
//! validate: true                # types of requests get `validate()`, which checks lengths, ranges,
//!                               # patterns and counts; the caller calls it, the client does not
//! private_key_jwt: true         # OAuth 2.0 clients can sign in with an Ed25519 key (RFC 7523), of which no
//!                               # document tells; `modules: [c1]` has it, and ed25519-dalek comes with it
//! reading_rules: [protobuf-oneof]
//! include:                      # empty or missing: everything
//!   - operation: c1.api.app.v1.Apps.Get
//!   - tag: App Resource
//!   - {path: /api/v1/**, method: get}   # both must apply
//!                               # what no operation reaches is left out: `path: /**` does only that
//! exclude:                      # of what is included; entries are the same
//!   - tag: Internal
//! ```
//!
//! A type of another crate implements `Clone`, `Debug`, `PartialEq`, serde's `Serialize` and
//! `DeserializeOwned`, and is responsible for its form on the wire.
//!
//! A key that is not listed here is an error, and so is an entry that matches nothing: whatever can
//! turn out to be unused keeps its place.

mod format;
mod package;
mod pagination;
mod read;
mod reader;
mod types;

use std::collections::BTreeMap;

pub use format::{Chosen, Formats, TextType};
pub use pagination::{By, Pagination, Paging};
pub use read::read;

use crate::source::Span;
use crate::yaml::Value;

/// Everything that `generator.yaml` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The manifest of the crate.
    pub package: Package,
    /// The modules beside the runtime that are included, without repetition.
    pub modules: Vec<Spanned<String>>,
    /// Where names come from.
    pub naming: Naming,
    /// Which enums keep values that they do not know.
    pub enums: OpenEnums,
    /// What an object schema without properties becomes.
    pub empty_objects: EmptyObjects,
    /// Whether equal inline schemas are one type.
    pub inline_schemas: InlineSchemas,
    /// What the default of a property does.
    pub defaults: Defaults,
    /// What becomes Cargo features.
    pub features: Features,
    /// The extension of operations that says whether a call may be repeated.
    pub idempotent: Option<Spanned<String>>,
    /// What texts with a `format` become.
    pub formats: Formats,
    /// The types of single schemas, by JSON Pointer; the span is the pointer's.
    pub types: BTreeMap<String, Spanned<Chosen>>,
    /// What structs and unions derive beyond `Clone`, `Debug` and `PartialEq`.
    pub derives: Vec<Spanned<Derive>>,
    /// Whether types of requests get `validate()`.
    pub validate: bool,
    /// Whether the crate can sign client assertions with a key.
    pub private_key_jwt: bool,
    /// How listings come in pages.
    pub pagination: Pagination,
    /// What is read out of descriptions.
    pub reading_rules: Vec<Spanned<ReadingRule>>,
    /// The operations to generate; all of them if this is empty.
    pub include: Vec<Spanned<Filter>>,
    /// The operations to leave out of these.
    pub exclude: Vec<Spanned<Filter>>,
}

/// A value with its place in `generator.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What goes into `[package]` and `[dev-dependencies]` of `Cargo.toml`.
///
/// All texts are checked: they can be quoted into TOML and crates.io accepts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// A name that cargo accepts.
    pub name: String,
    /// A semantic version.
    pub version: String,
    /// What the crate is, in a sentence.
    pub description: Option<String>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The address of the source code.
    pub repository: Option<String>,
    /// The address of the project.
    pub homepage: Option<String>,
    /// The address of the documentation, if it is not docs.rs.
    pub documentation: Option<String>,
    /// The path of the readme, seen from the crate's folder.
    pub readme: Option<String>,
    /// At most five search words.
    pub keywords: Vec<String>,
    /// At most five category slugs of crates.io.
    pub categories: Vec<String>,
    /// The oldest Rust version that is promised, such as `1.89`.
    pub rust_version: Option<String>,
    /// The same as [`Self::dev_dependencies`], for types of other crates; the span is the name's.
    pub dependencies: BTreeMap<String, Spanned<String>>,
    /// Name and TOML value (a text or an inline table, on one line) of each dev-dependency.
    pub dev_dependencies: BTreeMap<String, String>,
}

/// Where the names of groups, methods and types come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// The extension of an operation that names its group, instead of its first tag.
    pub group: Option<Spanned<String>>,
    /// The extension of an operation that names its method, instead of `operationId`.
    pub method: Option<Spanned<String>>,
    /// The extension of a schema that names its type, instead of the schema's key.
    pub type_name: Option<Spanned<String>>,
    /// Dotted prefixes that are dropped from schema names, the longest match first.
    pub strip_prefixes: Vec<Spanned<String>>,
    /// Names by JSON pointer (`#/components/schemas/a.B`), with the names of groups and parameters
    /// in place of their numbers; the span is the pointer's.
    pub names: BTreeMap<String, Spanned<String>>,
}

/// Which enums keep a value that they do not know, instead of failing.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum OpenEnums {
    /// Each of them.
    #[default]
    All,
    /// Those that carry an extension with a certain value.
    Marked(Spanned<Marker>),
}

/// An extension with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// The key, such as `x-speakeasy-unknown-values`.
    pub extension: String,
    /// The value, neither a mapping nor a sequence.
    pub value: Value,
}

/// What a component schema becomes that says `type: object` and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyObjects {
    /// A map from text to any value, which is what JSON Schema means.
    #[default]
    Map,
    /// A struct without fields, which is what documents made from protobuf mean.
    Struct,
}

/// What equal inline schemas become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InlineSchemas {
    /// A type at each place.
    #[default]
    Separate,
    /// One type, and an alias of it at each other place.
    Shared,
}

/// What the default of an optional property does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Defaults {
    /// It stands in the documentation; the field is an `Option`, and `None` until it is set.
    #[default]
    Documented,
    /// The field has it until it is set, where its type can hold it.
    Filled,
}

/// What becomes Cargo features: a large crate can then be compiled in part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// The number of operations from which on groups of operations do; `None` for never.
    pub from_operations: Option<usize>,
    /// The extension of operations and path items that holds their stability level.
    pub stability: Option<Spanned<String>>,
}

impl Features {
    /// Whether a crate with so many operations has a feature for each group.
    #[must_use]
    pub fn is_on(&self, operations: usize) -> bool {
        self.from_operations.is_some_and(|from| operations >= from)
    }
}

/// A trait that structs and unions derive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// `Eq`, where no float is inside.
    Eq,
    /// `Hash`, where neither a float nor a secret is inside.
    Hash,
    /// A macro of another crate, by its path without `::` in front.
    Path(String),
}

/// A rule that turns a fixed phrase of a document's descriptions into facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadingRule {
    /// The sentence about a protobuf `oneof` becomes the extension `x-oneof-groups`.
    ProtobufOneof,
}

/// Selects operations: those to which all that is given applies. Something is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filter {
    /// The `operationId`.
    pub operation: Option<String>,
    /// One of the tags.
    pub tag: Option<String>,
    /// The HTTP method, in lower case.
    pub method: Option<String>,
    /// The path; a pattern in which `*` stands for any text in one segment and `**` for any number
    /// of segments.
    pub path: Option<String>,
}
