//! Keywords of JSON Schema that 3.0 says in another way or not at all.

use crate::diagnostic::Code;
use crate::lower::entries;
use crate::lower::walk::Walk;
use crate::yaml::{Entry, Node, Value};

/// The encoding and media type of a string become its format.
pub(super) fn content(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let media = entries::take(entries, "contentMediaType");
    let encoding = entries::take(entries, "contentEncoding");
    let format = match (&encoding, &media) {
        (Some(encoding), _) => match encoding.node.as_str() {
            Some("base64") => Some("byte"),
            Some("base64url") => Some("base64url"),
            _ => None,
        },
        (None, Some(media)) => match media.node.as_str() {
            Some("application/octet-stream") => Some("binary"),
            _ => None,
        },
        (None, None) => return,
    };
    let Some(entry) = encoding.or(media) else { return };
    match format {
        Some(format) if !entries::has(entries, "format") => {
            entries::put(entries, "format", entry.key_span, Value::String(format.into()));
            if !entries::has(entries, "type") {
                entries::put(entries, "type", entry.key_span, Value::String("string".into()));
            }
        }
        Some(_) => {}
        None => {
            let message = format!("this `{}` cannot be expressed and is left out", entry.key);
            walk.gap(Code::UnsupportedKeyword, entry.key_span, message);
        }
    }
}

/// `not` takes values away, which no type can say. It stays, since the reading of its neighbours
/// depends on it. An empty one is the schema `false`.
pub(super) fn negation(walk: &mut Walk, entries: &[Entry]) {
    let Some(entry) = entries::find(entries, "not") else { return };
    let is_false = entry
        .node
        .as_map()
        .is_some_and(|members| members.iter().all(|member| member.key.starts_with("x-")));
    if !is_false {
        let message = "what `not` forbids is not checked: it is read as any other value";
        walk.gap(Code::UnsupportedKeyword, entry.key_span, message);
    }
}

/// The first of `examples` is as good as all for 3.0.
pub(super) fn examples(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let Some(mut examples) = entries::take(entries, "examples") else { return };
    let Value::List(nodes) = &mut examples.node.value else {
        let message = "`examples` of a schema must be an array; it is left out";
        walk.gap(Code::WrongType, examples.key_span, message);
        return;
    };
    if nodes.is_empty() || entries::has(entries, "example") {
        return;
    }
    let first = nodes.swap_remove(0);
    entries.push(entries::entry("example", examples.key_span, first));
}

/// A number as exclusive bound becomes the bound and a flag; the narrower of two bounds stays.
pub(super) fn exclusive_bounds(entries: &mut Vec<Entry>) {
    for (exclusive, inclusive, sign) in
        [("exclusiveMinimum", "minimum", 1.0), ("exclusiveMaximum", "maximum", -1.0)]
    {
        let Some(entry) = entries::find(entries, exclusive) else { continue };
        let Some(number) = value(&entry.node) else { continue };
        let other = entries::find(entries, inclusive).and_then(|entry| value(&entry.node));
        let Some(entry) = entries::take(entries, exclusive) else { continue };
        if other.is_some_and(|other| sign * other > sign * number) {
            continue;
        }
        entries::put(entries, exclusive, entry.key_span, entries::TRUE);
        entries::put(entries, inclusive, entry.node.span, entry.node.value);
    }
}

fn value(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}
