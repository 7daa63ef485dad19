//! Request bodies: the parameter `in: body`, or all parameters `in: formData` together.

use super::parameter::{self, Writing};
use super::{Conversion, schema, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{entries, stamp};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The body of a parameter `in: body`, for all media types that are consumed.
pub(super) fn json(conversion: &mut Conversion, parameter: &Node, consumes: &[Node]) -> Node {
    let at = parameter.span;
    let mut body = Vec::new();
    let mut value = Node::new(at, Value::Map(Vec::new()));
    let Some(entries) = parameter.as_map() else { return parameter.clone() };
    for entry in entries {
        match &*entry.key {
            "schema" => {
                value = conversion.copy(&entry.node);
                schema::schema(&mut value);
            }
            "description" | "required" => body.push(entry.clone()),
            key if key.starts_with("x-") => body.push(entry.clone()),
            _ => {}
        }
    }
    if !entries::has(entries, "schema") {
        let message = "a body has no `schema`; it is read as any value";
        let at = stamp::first_line(parameter);
        conversion.found.push(Diagnostic::gap(Code::MissingField, at, message));
    }
    let content = content(conversion, consumes, &value, at, &[]);
    body.push(entries::entry("content", at, content));
    Node::new(at, Value::Map(body))
}

/// `content`: the same schema for each media type, with the example of that type.
pub(super) fn content(
    conversion: &mut Conversion,
    media_types: &[Node],
    schema: &Node,
    at: Span,
    examples: &[Entry],
) -> Node {
    let mut types: Vec<Entry> = Vec::new();
    let mut add = |name: &str, span: Span, types: &mut Vec<Entry>| {
        if entries::has(types, name) {
            return;
        }
        let schema = conversion.copy(schema);
        let mut media = vec![entries::entry("schema", at, schema)];
        if let Some(example) = entries::find(examples, name) {
            let node = conversion.copy(&example.node);
            media.push(Entry { key: "example".into(), key_span: example.key_span, node });
        }
        types.push(entries::entry(name, span, Node::new(span, Value::Map(media))));
    };
    for media_type in media_types {
        if let Some(name) = media_type.as_str() {
            add(name, media_type.span, &mut types);
        }
    }
    if types.is_empty() {
        add("application/json", at, &mut types);
    }
    Node::new(at, Value::Map(types))
}

/// The body of a form. Each part comes with the place of its parameter.
pub(super) fn form(
    conversion: &mut Conversion,
    parts: Vec<(Node, Span)>,
    consumes: &[Node],
) -> Node {
    let at = parts.first().map_or(Span::default(), |(_, at)| *at);
    let is_file = |part: &Node| part.get("type").and_then(Node::as_str) == Some("file");
    let has_file = parts.iter().any(|(part, _)| is_file(part));
    let takes = |name: &str| consumes.iter().any(|node| node.as_str() == Some(name));
    let media_types: Vec<&str> = match (takes(MULTIPART), takes(URLENCODED)) {
        _ if has_file => vec![MULTIPART],
        (true, true) => vec![MULTIPART, URLENCODED],
        (true, false) => vec![MULTIPART],
        (false, _) => vec![URLENCODED],
    };

    let (mut properties, mut required, mut encoding) = (Vec::new(), Vec::new(), Vec::new());
    for (part, at) in parts {
        let Value::Map(entries) = part.value else { continue };
        let Some(name) = entries::find(&entries, "name").map(|entry| entry.node.clone()) else {
            continue;
        };
        let Some(key) = name.as_str().map(str::to_owned) else { continue };
        let writing = parameter::writing(conversion, &entries, "formData");
        if writing == Writing::Unknown {
            continue;
        }
        let (mut own, mut value) = parameter::split(entries);
        if entries::find(&own, "required").is_some_and(|entry| entry.node.value == entries::TRUE) {
            required.push(name.clone());
        }
        value.extend(entries::take(&mut own, "description"));
        value.extend(own.into_iter().filter(|entry| entry.key.starts_with("x-")));
        properties.push(entries::entry(&key, at, Node::new(at, Value::Map(value))));
        if let Writing::As { style, explode } = writing {
            let style = entries::entry("style", at, text(at, style));
            let explode = entries::entry("explode", at, Node::new(at, Value::Bool(explode)));
            let writing = Node::new(at, Value::Map(vec![style, explode]));
            encoding.push(entries::entry(&key, at, writing));
        }
    }
    let is_required = !required.is_empty();
    let mut schema = vec![
        entries::entry("type", at, text(at, "object")),
        entries::entry("properties", at, Node::new(at, Value::Map(properties))),
    ];
    if is_required {
        schema.push(entries::entry("required", at, Node::new(at, Value::List(required))));
    }
    let schema = Node::new(at, Value::Map(schema));
    let mut types = Vec::new();
    for name in media_types {
        let mut media = vec![entries::entry("schema", at, conversion.copy(&schema))];
        // In 3.0, how arrays are written is a matter of URL-encoded forms only.
        if name == URLENCODED && !encoding.is_empty() {
            let encoding = Node::new(at, Value::Map(encoding.clone()));
            media.push(entries::entry("encoding", at, encoding));
        }
        types.push(entries::entry(name, at, Node::new(at, Value::Map(media))));
    }
    let mut body = vec![entries::entry("content", at, Node::new(at, Value::Map(types)))];
    if is_required {
        body.push(entries::entry("required", at, Node::new(at, entries::TRUE)));
    }
    Node::new(at, Value::Map(body))
}
