//! Places as extensions, which openapiv3 carries to the model.
//!
//! | extension | on | value |
//! | --- | --- | --- |
//! | `x-at` | each object that can have extensions | `[file, start, end]` |
//! | `x-places` | schemas with properties | the place of each property's key, in order |
//! | `x-enum-places` | schemas with an enum | the place of each value, in order |
//! | `x-webhooks` | the document | the calls that the API makes |
//! | `x-property-names` | schemas of objects | what limits the names of properties |
//! | `x-null` | schemas | that `null` is the only value |
//! | `x-tuple` | the items of an array | that `oneOf` lists one schema for each item |
//!
//! `x-at` is the key's place when the object is the value of a key, and its first line otherwise. A
//! property that is a reference has no slot for a stamp, so the object around it keeps its place.

use super::entries;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const AT: &str = "x-at";
const PLACES: &str = "x-places";
const ENUM_PLACES: &str = "x-enum-places";
/// The list that [`webhooks`](super::webhooks) makes, on the document.
pub(super) const WEBHOOKS: &str = "x-webhooks";
/// The limits of names that `schema/members.rs` keeps for the documentation.
pub(super) const PROPERTY_NAMES: &str = "x-property-names";
/// What tells that null is the only value.
pub(super) const NULL: &str = "x-null";
/// What tells that the members of `oneOf` are the items of a tuple.
pub(super) const TUPLE: &str = "x-tuple";

/// Whether an extension of the document has a name that only stamps may have.
pub(super) fn is_reserved(key: &str) -> bool {
    is_place(key) || matches!(key, WEBHOOKS | PROPERTY_NAMES | NULL | TUPLE)
}

/// Whether an extension holds nothing but places.
pub(super) fn is_place(key: &str) -> bool {
    matches!(key, AT | PLACES | ENUM_PLACES)
}

/// Stamps an object with its place.
pub(super) fn object(entries: &mut Vec<Entry>, at: Span) {
    entries::put(entries, AT, at, place(at));
}

/// Stamps a schema with its place and those of its properties and enum values.
pub(super) fn schema(entries: &mut Vec<Entry>, at: Span) {
    object(entries, at);
    let keys = entries::find(entries, "properties").and_then(|entry| entry.node.as_map());
    if let Some(keys) = keys.filter(|keys| !keys.is_empty()) {
        let places = keys.iter().map(|entry| place_node(entry.key_span)).collect();
        entries::put(entries, PLACES, at, Value::List(places));
    }
    let values = entries::find(entries, "enum").and_then(|entry| entry.node.as_list());
    if let Some(values) = values {
        let places = values.iter().map(|value| place_node(value.span)).collect();
        entries::put(entries, ENUM_PLACES, at, Value::List(places));
    }
}

/// The first line of a value that stands for itself, such as one in a list.
///
/// The text is not at hand, so the first line of a mapping is its first key, with the value where
/// that is so short that it stands on the same line.
pub(super) fn first_line(node: &Node) -> Span {
    let first = match &node.value {
        Value::Map(entries) => entries.first().map(|entry| match &entry.node.value {
            Value::String(text) if is_one_line(text, entry.node.span) => {
                entry.key_span.start..entry.node.span.end
            }
            _ => entry.key_span.start..entry.key_span.end,
        }),
        Value::List(nodes) => nodes.first().map(|node| {
            let first = first_line(node);
            first.start..first.end
        }),
        _ => None,
    };
    first.map_or(node.span, |range| Span { start: range.start, end: range.end, ..node.span })
}

/// A text over several lines takes more bytes than the text and its quotes.
fn is_one_line(text: &str, span: Span) -> bool {
    !text.contains('\n') && (span.end.saturating_sub(span.start)) as usize <= text.len() + 2
}

fn place_node(span: Span) -> Node {
    Node::new(span, place(span))
}

fn place(span: Span) -> Value {
    let number = |value: u32| Node::new(span, Value::Number(value.to_string().into()));
    Value::List(vec![number(span.file.0), number(span.start), number(span.end)])
}
