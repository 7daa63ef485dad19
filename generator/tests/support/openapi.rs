//! A lowered tree as openapiv3 reads it, for the tests that check that it can be read.

use oasmith::source::Span;
use oasmith::yaml::{Entry, Node, Value};
use openapiv3::{
    Callback, Example, Header, Link, OpenAPI, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, Schema, SecurityScheme,
};
use serde::de::DeserializeOwned;

/// Reads a document in pieces, because openapiv3 needs quadratic time for a whole one.
pub(super) fn read(root: Node) -> Result<(), String> {
    let mut whole = Vec::new();
    for mut entry in entries(root) {
        match &*entry.key {
            "paths" => {
                let empty = Node::new(entry.node.span, Value::Map(Vec::new()));
                let paths = entries(std::mem::replace(&mut entry.node, empty));
                for path in paths.into_iter().filter(|path| path.key.starts_with('/')) {
                    piece::<ReferenceOr<PathItem>>(path)?;
                }
                whole.push(entry);
            }
            "components" => {
                for section in entries(entry.node) {
                    for component in entries(section.node) {
                        component_of(&section.key, component)?;
                    }
                }
            }
            _ => whole.push(entry),
        }
    }
    let node = Node::new(Span::default(), Value::Map(whole));
    piece::<OpenAPI>(Entry { key: "the document".into(), key_span: Span::default(), node })
}

fn component_of(section: &str, entry: Entry) -> Result<(), String> {
    match section {
        "schemas" => piece::<ReferenceOr<Schema>>(entry),
        "responses" => piece::<ReferenceOr<Response>>(entry),
        "parameters" => piece::<ReferenceOr<Parameter>>(entry),
        "examples" => piece::<ReferenceOr<Example>>(entry),
        "requestBodies" => piece::<ReferenceOr<RequestBody>>(entry),
        "headers" => piece::<ReferenceOr<Header>>(entry),
        "securitySchemes" => piece::<ReferenceOr<SecurityScheme>>(entry),
        "links" => piece::<ReferenceOr<Link>>(entry),
        "callbacks" => piece::<ReferenceOr<Callback>>(entry),
        _ => Ok(()),
    }
}

fn piece<T: DeserializeOwned>(entry: Entry) -> Result<(), String> {
    let read: Result<T, _> = serde_yaml::from_value(value(entry.node));
    read.map(drop).map_err(|error| format!("{}: {error}", entry.key))
}

fn entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    }
}

fn value(node: Node) -> serde_yaml::Value {
    match node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(flag) => flag.into(),
        Value::Number(text) => number(&text),
        Value::String(text) => String::from(text).into(),
        Value::List(nodes) => nodes.into_iter().map(value).collect::<Vec<_>>().into(),
        Value::Map(entries) => serde_yaml::Value::Mapping(
            entries
                .into_iter()
                .map(|entry| (String::from(entry.key).into(), value(entry.node)))
                .collect(),
        ),
    }
}

fn number(text: &str) -> serde_yaml::Value {
    let whole = text.parse::<u64>().map(serde_yaml::Value::from);
    let whole = whole.or_else(|_| text.parse::<i64>().map(serde_yaml::Value::from));
    whole.unwrap_or_else(|_| text.parse::<f64>().unwrap().into())
}
