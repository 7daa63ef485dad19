//! Arrays whose first items have schemas of their own.
//!
//! | 3.1 | 3.0 |
//! | --- | --- |
//! | `prefixItems: [A, B]`, and never fewer or more than these | `items: {oneOf: [A, B], x-tuple: true}` |
//! | the same of one schema, and all items are of it | `items: A` |
//! | another schema in `items`, or `items: false` | `items: {anyOf: [A, B, …]}`, with a gap |
//! | any other items | `items: {}`, with a gap |
//!
//! Never fewer is `minItems`, never more is `items: false` or `maxItems` (JSON Schema 2020-12, §10.3.1:
//! `prefixItems` alone allows any number of items). A fixed number of items is read into a tuple, and
//! an answer with another number of them is refused; where the number varies, no tuple can hold all.

use super::members;
use crate::diagnostic::Code;
use crate::lower::walk::Walk;
use crate::lower::{entries, stamp};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The largest tuples that the standard library knows.
const MOST_ITEMS: usize = 12;

/// Makes `items` of `prefixItems`.
pub(super) fn lower(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let Some(entry) = entries::take(entries, "prefixItems") else { return };
    let span = entry.key_span;
    let Value::List(mut first) = entry.node.value else { return };
    if first.is_empty() {
        walk.gap(Code::InvalidValue, span, "`prefixItems` has no members and is left out");
        return;
    }
    let rest = entries::take(entries, "items").map(|entry| entry.node);
    let is_closed = rest.as_ref().is_some_and(members::forbids_all);
    let least = size(entries, "minItems").unwrap_or(0);
    let most = size(entries, "maxItems").filter(|most| !is_closed || *most < first.len());
    let most = most.or(is_closed.then_some(first.len()));
    if most.is_some_and(|most| most <= first.len() && least >= most && most > 0)
        && first.len() <= MOST_ITEMS
    {
        first.truncate(least);
        entries.retain(|entry| !matches!(&*entry.key, "minItems" | "maxItems"));
        let mut items = vec![
            entries::entry("oneOf", span, Node::new(span, Value::List(first))),
            entries::entry(stamp::TUPLE, span, Node::new(span, entries::TRUE)),
        ];
        stamp::object(&mut items, span);
        return put(entries, span, items);
    }
    // Further items are of `items`, or of anything.
    let is_full = most.is_some_and(|most| most <= first.len());
    match rest {
        _ if is_full => {}
        Some(rest) if !members::is_any(&rest) => first.push(rest),
        Some(_) | None => {
            let message = "an array of `prefixItems` that may have other items behind them is a list \
                           of any values: only one with `minItems`, and with `items: false` or \
                           `maxItems`, is a tuple";
            walk.gap(Code::Untyped, span, message);
            let mut items = Vec::new();
            stamp::object(&mut items, span);
            return put(entries, span, items);
        }
    }
    let mut different: Vec<Node> = Vec::with_capacity(first.len());
    for schema in first {
        if !different.iter().any(|one| members::is_same(one, &schema)) {
            different.push(schema);
        }
    }
    if different.len() > 1 {
        let message = "an array of `prefixItems` whose length is not fixed, or is more than 12, is a \
                       list of any of their types: only one with `minItems`, and with `items: false` \
                       or `maxItems`, is a tuple";
        walk.gap(Code::UnsupportedKeyword, span, message);
        let mut items =
            vec![entries::entry("anyOf", span, Node::new(span, Value::List(different)))];
        stamp::object(&mut items, span);
        return put(entries, span, items);
    }
    for one in different {
        entries::put(entries, "items", span, one.value);
    }
}

fn put(entries: &mut Vec<Entry>, span: Span, items: Vec<Entry>) {
    entries::put(entries, "items", span, Value::Map(items));
}

fn size(entries: &[Entry], key: &str) -> Option<usize> {
    match &entries::find(entries, key)?.node.value {
        Value::Number(text) => text.parse().ok(),
        _ => None,
    }
}
