//! What the operations of a crate are made of: groups, methods, parameters, bodies and answers.

use std::collections::BTreeSet;

use super::{
    Credential, Docs, Field, Form, Item, Listing, Location, Name, Presence, Requirements, RustType,
    Statuses, Verb,
};
use crate::model::SchemaId;
use crate::source::Span;

/// A sub-client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name in the document.
    pub wire: String,
    /// The struct.
    pub name: Name,
    /// The module.
    pub module: Name,
    /// The modules from the crate's root.
    pub modules: Vec<Name>,
    /// The method of the client.
    pub accessor: Name,
    /// Its documentation.
    pub docs: Docs,
    /// Its methods, in the document's order.
    pub methods: Vec<Method>,
    /// Types that are inline in its operations.
    pub items: Vec<Item>,
    /// The stability levels of its operations, in the order of their features.
    pub levels: Vec<Level>,
}

/// A stability level in a group: a file of its own, which is compiled with a feature.
#[derive(Clone, Debug)]
pub struct Level {
    /// The feature.
    pub feature: String,
    /// The module, below that of the group. It is private, and the group's exports what is in it,
    /// so an operation that becomes stable keeps all its paths.
    pub module: Name,
    /// The schemas that are inline in its operations.
    pub schemas: BTreeSet<SchemaId>,
}

/// A method of a sub-client.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: Name,
    /// The `operationId`, or verb and path where there is none.
    pub id: String,
    /// The HTTP method.
    pub verb: Verb,
    /// The path template.
    pub path: String,
    /// The URL template of its own server, with the defaults of its variables.
    pub server: Option<(String, Vec<(String, String)>)>,
    /// The feature of its stability level; `None` for a stable one.
    pub level: Option<String>,
    /// Its documentation.
    pub docs: Docs,
    /// The parameters that must be given.
    pub required: Vec<Argument>,
    /// The struct that holds them when there is more than one.
    pub params: Option<Name>,
    /// The parameters that may be given: setters of the builder.
    pub optional: Vec<Argument>,
    /// The builder, when the runtime's own is not enough.
    pub builder: Option<Name>,
    /// The request body.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// Documented bodies of errors.
    pub errors: Vec<(Statuses, RustType)>,
    /// The documented headers of what comes back, if there are any.
    pub headers: Option<Headers>,
    /// Whether a call may be repeated, where the document says so.
    pub idempotent: Option<bool>,
    /// The header of an idempotency key that the client makes where the caller gives none.
    pub idempotency_key: Option<String>,
    /// How it comes in pages, if it is a listing that does.
    pub pages: Option<Listing>,
    /// Whether a credential is sent.
    pub credential: Credential,
    /// What it wants, where that is not what most operations want.
    pub requirements: Option<Requirements>,
    /// Where the operation stands.
    pub span: Span,
}

/// The struct of the headers of a method's answers.
#[derive(Clone, Debug)]
pub struct Headers {
    /// Its name.
    pub name: Name,
    /// Its fields, all optional, with the names of the headers in lower case.
    pub fields: Vec<Field>,
}

/// A parameter of a method.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub ty: RustType,
    /// How its value is written there.
    pub writing: Writing,
    /// Its documentation.
    pub docs: Docs,
    /// Where the parameter stands.
    pub span: Span,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// By its `Display`.
    Display,
    /// By its members, joined in this form.
    Styled(Form),
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The enum of its forms, where there are several.
    pub choice: Option<Name>,
    /// Its forms, at least one.
    pub contents: Vec<Content>,
    /// Whether it is an argument or a setter.
    pub presence: Presence,
}

/// A request body in one media type.
#[derive(Clone, Debug)]
pub struct Content {
    /// The variant of the enum.
    pub variant: Name,
    /// The media type.
    pub media_type: String,
    /// What it holds.
    pub kind: ContentKind,
}

/// What a request body of a media type holds.
#[derive(Clone, Debug)]
pub enum ContentKind {
    /// JSON.
    Json(RustType),
    /// Lines of JSON.
    JsonLines(RustType),
    /// Pairs, some of them in a form of their own.
    Form(RustType, Vec<(String, Form)>),
    /// Parts that the document names.
    Multipart(Multipart),
    /// Any parts.
    AnyParts,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A body of several parts: a struct with a method for each of them.
#[derive(Clone, Debug)]
pub struct Multipart {
    /// Its name.
    pub name: Name,
    /// The parts that must be there.
    pub required: Vec<Part>,
    /// The others.
    pub optional: Vec<Part>,
}

impl Multipart {
    /// The parts that `new` takes, in the order of its arguments: that of their names, as for a
    /// [`Struct`](super::Struct).
    pub fn arguments(&self) -> Vec<&Part> {
        let mut required: Vec<&Part> = self.required.iter().collect();
        required.sort_by(|one, other| one.wire.cmp(&other.wire));
        required
    }
}

/// A part of a body.
#[derive(Clone, Debug)]
pub struct Part {
    /// The name of its argument or method.
    pub name: Name,
    /// Its name on the wire.
    pub wire: String,
    /// What it holds.
    pub kind: PartKind,
    /// Its media type, where the document gives one.
    pub media_type: Option<String>,
    /// What is said about its headers, where the document names some.
    pub headers: Option<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// Bytes.
    File,
    /// Bytes, several times.
    Files,
    /// What is written by its `Display`.
    Text(RustType),
    /// Any other value.
    Value(RustType),
}

/// What comes back on success.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// One thing, asked for in these media types.
    One(Reading, String),
    /// JSON, or nothing.
    Optional(RustType, String),
    /// One of several things: an enum.
    Choice(Choice),
}

/// How a body is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// JSON.
    Json(RustType),
    /// Text.
    Text,
    /// Bytes as they arrive.
    Download,
    /// Events whose data is JSON of a type, or text.
    Events(Option<RustType>),
    /// Lines of JSON.
    JsonLines(RustType),
}

/// An enum of answers.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub name: Name,
    /// The media types to ask for.
    pub accept: String,
    /// Its variants.
    pub cases: Vec<Case>,
}

/// An answer among several.
#[derive(Clone, Debug)]
pub struct Case {
    /// The variant.
    pub variant: Name,
    /// The statuses that it is for.
    pub statuses: Statuses,
    /// Its media type and how it is read; `None` without a body.
    pub body: Option<(String, Reading)>,
}
