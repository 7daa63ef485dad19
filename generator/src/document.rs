//! The openapiv3 view of a lowered document.
//!
//! The crate openapiv3 buffers a value anew at each level of a schema, so the document is read in
//! pieces: one path item, one component at a time. Each piece knows its place, should it be refused.

use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr};
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Reads a lowered tree as an OpenAPI 3.0 document.
///
/// # Errors
/// `invalid-value` for a piece that openapiv3 refuses. The grammar table of `lower` is meant to
/// leave none.
pub fn read(root: Node) -> Result<OpenAPI, Diagnostics> {
    let mut errors = Diagnostics::new();
    let span = root.span;
    let mut rest = Vec::new();
    let mut paths = Vec::new();
    let mut components = Vec::new();
    for entry in into_entries(root) {
        match &*entry.key {
            "paths" => paths = into_entries(entry.node),
            "components" => components = into_entries(entry.node),
            _ => rest.push(entry),
        }
    }
    rest.push(empty_map("paths", span));

    let whole = Node::new(span, Value::Map(rest));
    let Some(mut api) = piece::<OpenAPI>("the document", span, whole, &mut errors) else {
        return Err(errors);
    };
    for entry in paths {
        if entry.key.starts_with("x-") {
            continue;
        }
        let item: Option<ReferenceOr<PathItem>> =
            piece(&entry.key, entry.key_span, entry.node, &mut errors);
        api.paths.paths.extend(item.map(|item| (entry.key.into(), item)));
    }
    api.components = Some(read_components(components, &mut errors));
    errors.stop(api, &mut Diagnostics::new())
}

fn read_components(sections: Vec<Entry>, errors: &mut Diagnostics) -> Components {
    let mut components = Components::default();
    for section in sections {
        for entry in into_entries(section.node) {
            let (key, span) = (String::from(entry.key), entry.key_span);
            insert(&mut components, &section.key, key, span, entry.node, errors);
        }
    }
    components
}

fn insert(
    components: &mut Components,
    section: &str,
    key: String,
    span: Span,
    node: Node,
    errors: &mut Diagnostics,
) {
    match section {
        "schemas" => {
            let schema = piece(&key, span, node, errors);
            components.schemas.extend(schema.map(|schema| (key, schema)));
        }
        "responses" => {
            let response = piece(&key, span, node, errors);
            components.responses.extend(response.map(|response| (key, response)));
        }
        "parameters" => {
            let parameter = piece(&key, span, node, errors);
            components.parameters.extend(parameter.map(|parameter| (key, parameter)));
        }
        "requestBodies" => {
            let body = piece(&key, span, node, errors);
            components.request_bodies.extend(body.map(|body| (key, body)));
        }
        "securitySchemes" => {
            let scheme = piece(&key, span, node, errors);
            components.security_schemes.extend(scheme.map(|scheme| (key, scheme)));
        }
        "headers" => {
            let header = piece(&key, span, node, errors);
            components.headers.extend(header.map(|header| (key, header)));
        }
        // Examples, links and callbacks have no form in the crate yet.
        _ => {}
    }
}

fn piece<T: DeserializeOwned>(
    name: &str,
    span: Span,
    node: Node,
    errors: &mut Diagnostics,
) -> Option<T> {
    match serde_yaml::from_value(into_value(node)) {
        Ok(piece) => Some(piece),
        Err(error) => {
            errors.push(Diagnostic::error(
                Code::InvalidValue,
                span,
                format!("`{name}` cannot be read as OpenAPI: {error}"),
            ));
            None
        }
    }
}

fn into_entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    }
}

fn empty_map(key: &str, span: Span) -> Entry {
    Entry { key: key.into(), key_span: span, node: Node::new(span, Value::Map(Vec::new())) }
}

fn into_value(node: Node) -> serde_yaml::Value {
    match node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(value) => serde_yaml::Value::Bool(value),
        Value::Number(text) => number(&text),
        Value::String(text) => serde_yaml::Value::String(text.into()),
        Value::List(nodes) => {
            serde_yaml::Value::Sequence(nodes.into_iter().map(into_value).collect())
        }
        Value::Map(entries) => serde_yaml::Value::Mapping(
            entries
                .into_iter()
                .map(|entry| (serde_yaml::Value::String(entry.key.into()), into_value(entry.node)))
                .collect(),
        ),
    }
}

fn number(text: &str) -> serde_yaml::Value {
    let number = if let Ok(value) = text.parse::<u64>() {
        serde_yaml::Number::from(value)
    } else if let Ok(value) = text.parse::<i64>() {
        serde_yaml::Number::from(value)
    } else if let Ok(value) = text.parse::<f64>() {
        serde_yaml::Number::from(value)
    } else {
        return serde_yaml::Value::String(text.to_owned());
    };
    serde_yaml::Value::Number(number)
}
