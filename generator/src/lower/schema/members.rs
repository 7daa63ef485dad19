//! The members of objects beside those that have names of their own.
//!
//! | 3.1 | 3.0 |
//! | --- | --- |
//! | one schema in `patternProperties` | `additionalProperties` |
//! | several of them that differ, or another one in `additionalProperties` | `additionalProperties: true`, with a gap |
//! | `properties` and `patternProperties`, but not `additionalProperties: false` | the same |
//! | `propertyNames`, alone | `additionalProperties: true` |
//!
//! Beside `properties`, names that match no pattern may hold anything unless the schema says
//! otherwise, and a property that an API adds later must not fail an answer. A schema that has
//! patterns only describes a map, whose values are of one type; a gap tells that other names are
//! read in the same way.
//!
//! Names are texts. What limits them goes into the documentation, by way of `x-property-names`.

use crate::diagnostic::Code;
use crate::lower::entries;
use crate::lower::stamp::{self, PROPERTY_NAMES};
use crate::lower::walk::Walk;
use crate::yaml::{Entry, Node, Value};

/// What says nothing about the values of a schema.
const WORDS: &[&str] = &["title", "description", "example", "x-at", "x-places", "x-enum-places"];

/// Makes `additionalProperties` of `patternProperties` and `propertyNames`.
pub(super) fn lower(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let mut limits = names(walk, entries);
    if let Some(patterns) = patterns(walk, entries) {
        limits.push(patterns);
    }
    if let Some(first) = limits.first() {
        let span = first.key_span;
        entries::put(entries, PROPERTY_NAMES, span, Value::Map(limits));
    }
}

/// The limits of names in `propertyNames`.
fn names(walk: &mut Walk, entries: &mut Vec<Entry>) -> Vec<Entry> {
    let Some(Entry { key_span, mut node, .. }) = entries::take(entries, "propertyNames") else {
        return Vec::new();
    };
    let about = ["properties", "additionalProperties", "patternProperties"];
    let combined = ["allOf", "oneOf", "anyOf"];
    if !about.iter().chain(&combined).any(|key| entries::has(entries, key)) {
        entries::put(entries, "additionalProperties", key_span, entries::TRUE);
    }
    let mut limits = entries::take_map(&mut node).unwrap_or_default();
    limits.retain(|limit| {
        let is_text = limit.node.as_str().is_some();
        let is_number = matches!(limit.node.value, Value::Number(_));
        match &*limit.key {
            "pattern" if is_text => true,
            "minLength" | "maxLength" if is_number => true,
            "enum" if limit.node.as_list().is_some() => true,
            "type" if limit.node.as_str() == Some("string") => false,
            "title" | "description" | "example" | "examples" | "default" => false,
            key if key.starts_with("x-") => false,
            key => {
                let message = format!("`{key}` of `propertyNames` is left out: names are any text");
                walk.gap(Code::UnsupportedKeyword, limit.key_span, message);
                false
            }
        }
    });
    limits
}

/// Gives the values of all patterns one schema. The patterns limit the names of a map.
fn patterns(walk: &mut Walk, entries: &mut Vec<Entry>) -> Option<Entry> {
    let Entry { key_span, mut node, .. } = entries::take(entries, "patternProperties")?;
    let mut patterns = entries::take_map(&mut node)?;
    patterns.retain(|pattern| {
        let is_forbidden = forbids_all(&pattern.node);
        if is_forbidden {
            let message = format!("that no name matches `{}` is left out", pattern.key);
            walk.gap(Code::UnsupportedKeyword, pattern.key_span, message);
        }
        !is_forbidden
    });
    let has_properties = entries::find(entries, "properties")
        .and_then(|entry| entry.node.as_map())
        .is_some_and(|properties| !properties.is_empty());
    let names =
        patterns.iter().map(|entry| Node::new(entry.key_span, Value::String(entry.key.clone())));
    let names =
        entries::entry("patterns", key_span, Node::new(key_span, Value::List(names.collect())));

    let mut schemas = patterns.into_iter().map(|entry| entry.node);
    let first = schemas.next()?;
    let mut one = schemas.all(|next| is_same(&first, &next));
    let others = entries::find(entries, "additionalProperties").map(|entry| &entry.node);
    let (is_closed, is_open) = match others.map(|others| &others.value) {
        Some(Value::Bool(open)) => (!open, *open),
        Some(_) => (false, false),
        None => (false, has_properties),
    };
    if let Some(others) = others.filter(|others| !matches!(others.value, Value::Bool(_))) {
        one = one && is_same(&first, others);
    }
    if is_any(&first) && one {
        entries::put(entries, "additionalProperties", key_span, entries::TRUE);
    } else if !one || is_open {
        let message = if one {
            "names that match no pattern may hold anything: members beside the listed ones are untyped"
        } else {
            "the schemas of members beside the listed ones differ: these members are untyped"
        };
        walk.gap(Code::Untyped, key_span, message);
        entries::put(entries, "additionalProperties", key_span, entries::TRUE);
    } else {
        if others.is_none() {
            let message = "names that match no pattern are read as those of `patternProperties`";
            walk.gap(Code::UnsupportedKeyword, key_span, message);
        }
        entries::put(entries, "additionalProperties", key_span, first.value);
    }
    (is_closed && !has_properties).then_some(names)
}

/// Whether two schemas say the same of their values.
pub(super) fn is_same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(one), Value::Map(other)) => {
            let said = |entries: &[Entry]| -> Vec<Entry> {
                entries.iter().filter(|entry| !WORDS.contains(&&*entry.key)).cloned().collect()
            };
            is_equal_map(&said(one), &said(other))
        }
        _ => is_equal(one, other),
    }
}

fn is_equal(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(one), Value::Map(other)) => is_equal_map(one, other),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (one, other) => one == other,
    }
}

/// Whether two mappings are equal but for their places.
fn is_equal_map(one: &[Entry], other: &[Entry]) -> bool {
    let mut one = one.iter().filter(|entry| !stamp::is_place(&entry.key));
    let mut other = other.iter().filter(|entry| !stamp::is_place(&entry.key));
    loop {
        match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(one), Some(other))
                if one.key == other.key && is_equal(&one.node, &other.node) => {}
            _ => return false,
        }
    }
}

/// Whether a schema is `false`.
pub(super) fn forbids_all(schema: &Node) -> bool {
    schema.get("not").and_then(Node::as_map).is_some_and(<[Entry]>::is_empty)
}

/// Whether a schema says nothing of its values.
pub(super) fn is_any(schema: &Node) -> bool {
    schema.as_map().is_some_and(|entries| entries.iter().all(|entry| WORDS.contains(&&*entry.key)))
}
