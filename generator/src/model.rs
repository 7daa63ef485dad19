//! What the API says, in the words of OpenAPI and JSON Schema: no Rust in sight.
//!
//! Schemas live in an arena; a reference is a [`SchemaId`], never a copy. An inline object or enum
//! is a schema of its own whose name tells where it stands.

mod both;
mod build;
mod calls;
mod content;
mod enumeration;
mod headers;
mod inheritance;
mod kinds;
mod limits;
mod merge;
mod multipart;
mod narrow;
mod operation;
mod parameter;
mod parts;
mod schema;
mod security;
mod shapes;
mod tags;
mod tuples;
mod union;
mod view;
mod webhooks;

pub use build::build;
pub use calls::*;
pub use limits::{Bound, Limits, Names, Sizes};
pub use shapes::*;

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
    /// The calls that the API makes.
    pub webhooks: Vec<Webhook>,
    /// All schemas: the components in the document's order, then the inline ones.
    pub schemas: Vec<Schema>,
}

/// A call that the API makes, by a webhook or a callback.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// What it is called.
    pub name: String,
    /// What it is, in words.
    pub about: String,
    /// The HTTP method, in lower case.
    pub verb: String,
    /// The type of its body.
    pub payload: Type,
    /// What is said about it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
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
    /// The schemes that are API keys.
    pub keys: Vec<ApiKey>,
    /// What operations want that say nothing else.
    pub requirements: Requirements,
}

/// Alternatives, each of them the names of the schemes that it takes together.
pub type Requirements = Vec<Vec<String>>;

/// A security scheme that is an API key.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// The name of the scheme.
    pub scheme: String,
    /// Where the key goes.
    pub location: Location,
    /// The name that it has there.
    pub name: String,
    /// What is said about it.
    pub description: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What is said about a thing for people to read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// A summary or title: one line.
    pub summary: Option<String>,
    /// The description: `CommonMark`.
    pub description: Option<String>,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// What its values must keep to.
    pub limits: Limits,
    /// The value that the API takes in its place when it is left out, as JSON.
    pub default: Option<String>,
}
