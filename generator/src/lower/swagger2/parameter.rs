//! Parameters of a path, a query or a header: the keywords of their type go into a schema.

use super::{Conversion, schema};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::entries;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The keys that a parameter keeps; all others say what its value is.
const OWN: &[&str] = &["name", "in", "description", "required", "allowEmptyValue", "schema"];

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// As it is without a word about it.
    Usual,
    /// As an array in a certain form.
    As { style: &'static str, explode: bool },
    /// In a form that 3.0 does not have.
    Unknown,
}

/// Converts a parameter. The answer is whether it can be said in 3.0; a gap tells if not.
pub(super) fn parameter(conversion: &mut Conversion, node: &mut Node, at: Span) -> bool {
    let Value::Map(entries) = &mut node.value else { return true };
    if entries::has(entries, "$ref") {
        return true;
    }
    let location = entries::text(entries, "in").unwrap_or_default().to_owned();
    let writing = writing(conversion, entries, &location);
    let (own, value) = split(std::mem::take(entries));
    *entries = own;
    if !entries::has(entries, "schema") {
        entries::put(entries, "schema", at, Value::Map(value));
    }
    if let Writing::As { style, explode } = writing {
        entries::put(entries, "style", at, Value::String(style.into()));
        entries::put(entries, "explode", at, Value::Bool(explode));
    }
    writing != Writing::Unknown
}

/// The keys of the parameter itself and the keywords of its value.
pub(super) fn split(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    let is_own = |entry: &Entry| OWN.contains(&&*entry.key) || entry.key.starts_with("x-");
    let (own, value): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(is_own);
    let mut node = Node::new(Span::default(), Value::Map(value));
    items(&mut node);
    (own, entries::take_map(&mut node).unwrap_or_default())
}

/// Makes the items of an array, and of arrays in it, schemas.
pub(super) fn items(node: &mut Node) {
    let mut next = Some(node);
    while let Some(node) = next {
        let Value::Map(entries) = &mut node.value else { return };
        entries::take(entries, "collectionFormat");
        schema::file(entries);
        next = entries::find_mut(entries, "items").map(|entry| &mut entry.node);
    }
}

/// How the value of a parameter is written, with a gap if 3.0 cannot say it.
pub(super) fn writing(conversion: &mut Conversion, entries: &[Entry], location: &str) -> Writing {
    if entries::text(entries, "type") != Some("array") {
        return Writing::Usual;
    }
    let format = entries::find(entries, "collectionFormat");
    let span = format.or_else(|| entries::find(entries, "type")).map(|entry| entry.node.span);
    let name = format.and_then(|entry| entry.node.as_str()).unwrap_or("csv");
    match (location, name) {
        ("path" | "header", "csv") => Writing::Usual,
        ("query" | "formData", "csv") => Writing::As { style: "form", explode: false },
        ("query" | "formData", "ssv") => Writing::As { style: "spaceDelimited", explode: false },
        ("query" | "formData", "pipes") => Writing::As { style: "pipeDelimited", explode: false },
        ("query" | "formData", "multi") => Writing::As { style: "form", explode: true },
        _ => {
            let message = format!("OpenAPI 3 has no form for `collectionFormat: {name}` here");
            let span = span.unwrap_or_default();
            conversion.found.push(Diagnostic::gap(Code::UnsupportedParameter, span, message));
            Writing::Unknown
        }
    }
}
