//! Swagger 2.0 becomes OpenAPI 3.0, which the other rules then read.
//!
//! | 2.0 | 3.0 |
//! | --- | --- |
//! | `host`, `basePath`, `schemes` | `servers`, https first |
//! | `definitions`, `parameters`, `responses`, `securityDefinitions` | `components` |
//! | `in: body` and `consumes` | `requestBody` |
//! | `in: formData` | a `requestBody` of a form: multipart where `consumes` says so or a part is a file |
//! | `type` … of a parameter | its `schema` |
//! | `collectionFormat` | `style` and `explode`; `tsv` has none, which is a gap |
//! | `schema` and `examples` of a response, `produces` | `content` |
//! | `type: file` | `type: string`, `format: binary` |
//! | `x-nullable` | `nullable` |
//! | `discriminator: name` | `discriminator: {propertyName: name}` |
//! | `type: basic` | `type: http`, `scheme: basic` |
//! | `flow: accessCode`, `application` | `authorizationCode`, `clientCredentials` |
//!
//! Without `consumes` or `produces`, a body is JSON. Places stay those of the document, and so each
//! later message points into it. The document was joined before, so references are those of 3.0.

mod body;
mod operation;
mod parameter;
mod response;
mod schema;
mod security;
mod servers;

use std::collections::BTreeMap;

use self::operation::paths;
use super::grammar::{Kind, Since};
use super::walk::Walk;
use super::{Options, References, entries, stamp};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The most nodes that all copies together may have: a schema is copied for each media type.
const MOST_NODES: usize = 1_000_000;

/// What is known of the whole document while it is converted.
#[derive(Debug)]
struct Conversion {
    /// `consumes` and `produces` of the document.
    consumes: Vec<Node>,
    produces: Vec<Node>,
    /// `parameters` and `responses` of the document by name.
    parameters: BTreeMap<String, Node>,
    responses: BTreeMap<String, Node>,
    servers: servers::Servers,
    /// How many nodes may still be copied.
    left: usize,
    found: Diagnostics,
}

/// Makes a document of 2.0 one of 3.0; any other one stays as it is.
///
/// # Errors
/// Faults against the grammar of 2.0, sorted by place.
pub fn upgrade(mut root: Node, gaps: &mut Diagnostics) -> Result<Node, Diagnostics> {
    if !is_swagger(&root) {
        return Ok(root);
    }
    let options = Options::default();
    let at = stamp::first_line(&root);
    let mut walk = Walk::new(Since::V20, &options, References::swagger(&root));
    walk.object(Kind::Swagger, "the document", &mut root, at);
    walk.found.stop((), gaps)?;

    let mut entries = entries::take_map(&mut root).unwrap_or_default();
    let mut conversion = Conversion::new(&mut entries);
    let converted = conversion.document(entries);
    conversion.found.stop(Node::new(root.span, Value::Map(converted)), gaps)
}

/// Whether a document claims to be of 2.0. `swagger: 2.0` without quotes is a number.
pub(super) fn is_swagger(root: &Node) -> bool {
    let version = root.get("swagger").map(|node| &node.value);
    matches!(version, Some(Value::String(text) | Value::Number(text)) if &**text == "2.0")
        && root.get("openapi").is_none()
}

impl Conversion {
    fn new(root: &mut Vec<Entry>) -> Self {
        let named = |root: &[Entry], key| {
            let map = entries::find(root, key).and_then(|entry| entry.node.as_map());
            let map = map.unwrap_or_default().iter();
            map.map(|entry| (entry.key.to_string(), entry.node.clone())).collect()
        };
        let mut found = Diagnostics::new();
        Self {
            consumes: list(entries::take(root, "consumes")),
            produces: list(entries::take(root, "produces")),
            parameters: named(root, "parameters"),
            responses: named(root, "responses"),
            servers: servers::Servers::new(root, &mut found),
            left: MOST_NODES,
            found,
        }
    }

    fn document(&mut self, root: Vec<Entry>) -> Vec<Entry> {
        let (mut out, mut components) = (Vec::new(), Vec::new());
        for Entry { key, key_span, mut node } in root {
            match &*key {
                "swagger" => {
                    let version = Node::new(node.span, Value::String("3.0.3".into()));
                    out.push(Entry { key: "openapi".into(), key_span, node: version });
                    let servers = self.servers.all();
                    if !servers.is_empty() {
                        let node = Node::new(key_span, Value::List(servers));
                        out.push(entries::entry("servers", key_span, node));
                    }
                }
                "paths" => {
                    paths(self, &mut node);
                    out.push(Entry { key, key_span, node });
                }
                "definitions" => {
                    each(&mut node, schema::schema);
                    components.push(Entry { key: "schemas".into(), key_span, node });
                }
                "parameters" => self.parameters(key_span, node, &mut components),
                "responses" => {
                    let produces = self.produces.clone();
                    each(&mut node, |node| response::response(self, node, &produces));
                    components.push(Entry { key, key_span, node });
                }
                "securityDefinitions" => {
                    security::schemes(self, &mut node);
                    components.push(Entry { key: "securitySchemes".into(), key_span, node });
                }
                _ => out.push(Entry { key, key_span, node }),
            }
        }
        if let Some(first) = components.first() {
            let span = first.key_span;
            out.push(entries::entry("components", span, Node::new(span, Value::Map(components))));
        }
        out
    }

    /// Shared parameters: bodies become shared request bodies, parts of forms go where they are used.
    fn parameters(&mut self, span: Span, node: Node, components: &mut Vec<Entry>) {
        let Value::Map(shared) = node.value else { return };
        let (mut parameters, mut bodies) = (Vec::new(), Vec::new());
        for mut entry in shared {
            match location(&entry.node) {
                Some("body") => {
                    let consumes = self.consumes.clone();
                    let body = body::json(self, &entry.node, &consumes);
                    bodies.push(Entry { node: body, ..entry });
                }
                Some("formData") => {}
                Some(_) => {
                    if parameter::parameter(self, &mut entry.node, entry.key_span) {
                        parameters.push(entry);
                    }
                }
                // A reference to another shared parameter.
                None => parameters.push(entry),
            }
        }
        for (key, entries) in [("parameters", parameters), ("requestBodies", bodies)] {
            let node = Node::new(node.span, Value::Map(entries));
            components.push(Entry { key: key.into(), key_span: span, node });
        }
    }

    /// A copy, unless there were too many.
    fn copy(&mut self, node: &Node) -> Node {
        let count = super::path_items::count(node);
        if let Some(left) = self.left.checked_sub(count) {
            self.left = left;
            return node.clone();
        }
        if self.left > 0 {
            self.left = 0;
            let message = format!(
                "the schemas of all media types together have more than {MOST_NODES} nodes"
            );
            self.found.push(Diagnostic::error(Code::LimitAliases, node.span, message));
        }
        Node::new(node.span, Value::Map(Vec::new()))
    }
}

/// Where a parameter stands; `None` for a reference.
fn location(parameter: &Node) -> Option<&str> {
    parameter.get("in").and_then(Node::as_str)
}

/// Changes each value of a mapping.
fn each(node: &mut Node, mut change: impl FnMut(&mut Node)) {
    if let Value::Map(entries) = &mut node.value {
        for entry in entries {
            change(&mut entry.node);
        }
    }
}

/// The items of an entry that is a list.
fn list(entry: Option<Entry>) -> Vec<Node> {
    match entry.map(|entry| entry.node.value) {
        Some(Value::List(nodes)) => nodes,
        _ => Vec::new(),
    }
}

/// A text at a place.
fn text(span: Span, text: &str) -> Node {
    Node::new(span, Value::String(text.into()))
}
