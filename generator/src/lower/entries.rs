//! Small changes to the entries of a mapping.

use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The place of an entry among its neighbours.
fn position(entries: &[Entry], key: &str) -> Option<usize> {
    entries.iter().position(|entry| &*entry.key == key)
}

/// The entry with this key.
pub(super) fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| &*entry.key == key)
}

/// The entry with this key, to be changed.
pub(super) fn find_mut<'a>(entries: &'a mut [Entry], key: &str) -> Option<&'a mut Entry> {
    entries.iter_mut().find(|entry| &*entry.key == key)
}

/// The text of the entry with this key.
pub(super) fn text<'a>(entries: &'a [Entry], key: &str) -> Option<&'a str> {
    find(entries, key)?.node.as_str()
}

/// Whether there is an entry with this key.
pub(super) fn has(entries: &[Entry], key: &str) -> bool {
    position(entries, key).is_some()
}

/// Takes the entry with this key out.
pub(super) fn take(entries: &mut Vec<Entry>, key: &str) -> Option<Entry> {
    position(entries, key).map(|at| entries.remove(at))
}

/// Replaces the value of a key, or adds it at the end.
pub(super) fn put(entries: &mut Vec<Entry>, key: &str, span: Span, value: Value) {
    let node = Node::new(span, value);
    match find_mut(entries, key) {
        Some(entry) => entry.node = node,
        None => entries.push(entry(key, span, node)),
    }
}

/// An entry that is not written in the document, with the place that caused it.
pub(super) fn entry(key: &str, span: Span, node: Node) -> Entry {
    Entry { key: key.into(), key_span: span, node }
}

/// `true` as a value.
pub(super) const TRUE: Value = Value::Bool(true);

/// The entries of a mapping, taken out of it.
pub(super) fn take_map(node: &mut Node) -> Option<Vec<Entry>> {
    match &mut node.value {
        Value::Map(entries) => Some(std::mem::take(entries)),
        _ => None,
    }
}
