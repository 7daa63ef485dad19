//! What the API says about operations: parameters, bodies and responses.

use std::collections::BTreeMap;

use super::{Docs, Presence, Requirements, Server, Type};
use crate::source::Span;

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, when there is one.
    pub id: Option<String>,
    /// The HTTP method.
    pub verb: Verb,
    /// The path template.
    pub path: String,
    /// The server that it is sent to, where it is not that of the document.
    pub server: Option<Server>,
    /// The tags, in the document's order.
    pub tags: Vec<String>,
    /// The parameters, in the document's order; those of the path item first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What comes back on success.
    pub successes: Vec<Response>,
    /// Documented bodies of errors.
    pub errors: Vec<ErrorResponse>,
    /// The headers of all its responses, each once.
    pub headers: Vec<Header>,
    /// Whether a credential is needed.
    pub credential: Credential,
    /// What it wants, where it says so itself.
    pub requirements: Option<Requirements>,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
    /// The texts of its extensions (`x-…`), for the plan to choose from.
    pub extensions: BTreeMap<String, String>,
    /// Those of its path item.
    pub path_extensions: BTreeMap<String, String>,
}

impl Operation {
    /// The types of all that it sends and receives.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let bodies = self.body.iter().flat_map(|body| &body.contents);
        let contents = bodies.chain(self.successes.iter().flat_map(|one| &one.contents));
        let contents = contents.flat_map(|content| content.kind.types());
        let rest = self.errors.iter().map(|error| &error.ty);
        let rest = rest.chain(self.headers.iter().map(|header| &header.ty));
        parameters.chain(contents).chain(rest).collect()
    }
}

impl ContentKind {
    /// The types that it names.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Json(ty) | Self::JsonLines(ty) | Self::Events(ty) | Self::Form(ty, _) => vec![ty],
            Self::Multipart(parts) => {
                let values = parts.iter().filter_map(|part| match &part.kind {
                    PartKind::Value(ty) => Some(ty),
                    PartKind::File | PartKind::Files => None,
                });
                values.collect()
            }
            Self::Text | Self::Bytes => Vec::new(),
        }
    }
}

/// The methods of HTTP that a path item can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// DELETE
    Delete,
    /// OPTIONS
    Options,
    /// HEAD
    Head,
    /// PATCH
    Patch,
    /// TRACE
    Trace,
}

/// Whether an operation needs a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// One of the document's requirements must be met.
    Required,
    /// A requirement may be met, or the document says nothing about signing in.
    Optional,
    /// The document says that none is needed.
    None,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// How it is written there.
    pub form: Form,
    /// Whether it must be given.
    pub presence: Presence,
    /// What the server takes where it is not given, as JSON.
    pub default: Option<String>,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// How a value outside of JSON is written: `style` and what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// How members are joined.
    pub style: ParameterStyle,
    /// `explode`: whether each member has a place of its own.
    pub explode: bool,
    /// `allowReserved`
    pub allow_reserved: bool,
    /// `allowEmptyValue`
    pub allow_empty: bool,
}

/// The values of `style`, and the one of `content` that is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// JSON text: the parameter has `content` instead of `schema`.
    Json,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// The forms that it can have: the caller chooses where there are several.
    pub contents: Vec<Content>,
    /// Whether it must be given.
    pub presence: Presence,
    /// What is said about it.
    pub docs: Docs,
}

/// A body in one media type.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type, with its parameters.
    pub media_type: String,
    /// What it holds.
    pub kind: ContentKind,
}

/// What a body of a media type holds.
#[derive(Clone, Debug)]
pub enum ContentKind {
    /// JSON.
    Json(Type),
    /// A JSON value a line, all of this type.
    JsonLines(Type),
    /// Server-sent events, whose data is of this type.
    Events(Type),
    /// Pairs of names and values, with the forms that the document gives to some of them.
    Form(Type, Vec<(String, Form)>),
    /// Parts; none where the document names none.
    Multipart(Vec<Part>),
    /// Text.
    Text,
    /// Anything else.
    Bytes,
}

/// A part of a body of several parts.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: PartKind,
    /// Its media types, where the document gives them.
    pub content_type: Option<String>,
    /// Its headers, where the caller can set them, each with its place.
    pub headers: Vec<(String, Span)>,
    /// Whether it must be there.
    pub presence: Presence,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// What a part holds.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// Bytes.
    File,
    /// Several parts of bytes.
    Files,
    /// A value.
    Value(Type),
}

/// A response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The statuses that it is for.
    pub statuses: Statuses,
    /// The forms that its body can have; none where there is no body.
    pub contents: Vec<Content>,
    /// Where it stands.
    pub span: Span,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name, in the document's spelling.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// A documented body of an error.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The statuses that have it.
    pub statuses: Statuses,
    /// Its type.
    pub ty: Type,
}

/// The statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Statuses {
    /// One status.
    Exact(u16),
    /// A range by its first digit: 4 is `4XX`.
    Range(u8),
    /// All that is not listed.
    Default,
}
