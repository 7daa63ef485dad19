//! Schemas whose type the user chooses: what they say of the shape of a value gives way.
//!
//! Such a schema becomes a text with a format that names the choice, [`PREFIX`] and the pointer, so
//! the rooms behind this one treat it as any other format; `plan` knows what was chosen. What
//! annotates it stays, and so does `null`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The start of the format of a schema whose type was chosen; its pointer follows.
pub const PREFIX: &str = "chosen-type:";

/// Keywords that say something about a value without shaping it.
const KEPT: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
];

/// Keywords whose value holds schemas by name or by number.
const HOLDERS: &[&str] = &[
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "schemas",
    "allOf",
    "oneOf",
    "anyOf",
    "prefixItems",
];

/// Makes the schemas at some pointers texts of a format of their own.
///
/// # Errors
/// `unused-config` for each pointer at which no schema stands.
pub fn retype<'a>(
    mut root: Node,
    pointers: impl IntoIterator<Item = (&'a str, Span)>,
) -> Result<Node, Diagnostics> {
    let mut found = Diagnostics::new();
    for (pointer, span) in pointers {
        if let Some(node) = schema_at(&mut root, pointer) {
            replace(node, pointer);
            continue;
        }
        let message = format!("no schema stands at `{pointer}`");
        let help = "a pointer is that of the place where the schema is written in the root \
                    document; references are not followed";
        found.push(Diagnostic::error(Code::UnusedConfig, span, message).help(help));
    }
    found.stop(root, &mut Diagnostics::new())
}

/// The object at a pointer, if the steps to it are those to a schema.
fn schema_at<'a>(root: &'a mut Node, pointer: &str) -> Option<&'a mut Node> {
    let steps: Vec<String> = pointer
        .strip_prefix("#/")?
        .split('/')
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect();
    let names: Vec<&str> = steps.iter().map(String::as_str).collect();
    let is_schema = match names.as_slice() {
        [.., _, "schema" | "items" | "additionalProperties"] => true,
        [.., holder, _] => HOLDERS.contains(holder),
        _ => false,
    };
    let mut node = root;
    for step in &steps {
        node = match &mut node.value {
            Value::Map(entries) => &mut entries.iter_mut().find(|entry| *entry.key == **step)?.node,
            Value::List(nodes) => nodes.get_mut(step.parse::<usize>().ok()?)?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
    }
    (is_schema && node.as_map().is_some()).then_some(node)
}

fn replace(node: &mut Node, pointer: &str) {
    let span = node.span;
    let text = |text: &str| Node::new(span, Value::String(text.into()));
    let Value::Map(entries) = &mut node.value else { return };
    let ty = if entries.iter().any(allows_null) {
        Node::new(span, Value::List(vec![text("string"), text("null")]))
    } else {
        text("string")
    };
    entries.retain(|entry| KEPT.contains(&&*entry.key) || entry.key.starts_with("x-"));
    let format = text(&format!("{PREFIX}{pointer}"));
    for (key, node) in [("type", ty), ("format", format)] {
        entries.push(Entry { key: key.into(), key_span: span, node });
    }
}

/// Whether a keyword says, in the words of 3.1, that null is a value.
fn allows_null(entry: &Entry) -> bool {
    let is_null = |node: &Node| node.as_str() == Some("null");
    let mut members = entry.node.as_list().unwrap_or_default().iter();
    match &*entry.key {
        "type" => members.any(is_null),
        "oneOf" | "anyOf" => members.any(|member| member.get("type").is_some_and(is_null)),
        _ => false,
    }
}
