//! Path items under `components`, which 3.0 does not have, are copied to where they are used.

use std::collections::BTreeMap;

use super::entries;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reference::{self, Section};
use crate::yaml::{Entry, Node, Value};

/// The most nodes that all copies together may have. A path item is seldom used twice, so a
/// document beyond that is made to fill the memory.
const MOST_NODES: usize = 1_000_000;

/// The longest chain of references; longer ones would be cycles, which were refused before.
const LONGEST_CHAIN: usize = 100;

/// Puts path items in the place of references to them. All references are known to be sound.
pub(super) fn inline(root: &mut [Entry], found: &mut Diagnostics) {
    let components = entries::find_mut(root, "components").map(|entry| &mut entry.node.value);
    let items = match components {
        Some(Value::Map(sections)) => entries::take(sections, Section::PathItems.key()),
        _ => None,
    };
    let items = items.and_then(|mut items| entries::take_map(&mut items.node)).unwrap_or_default();
    let items: BTreeMap<&str, &Node> =
        items.iter().map(|entry| (&*entry.key, &entry.node)).collect();
    let paths = entries::find_mut(root, "paths").map(|entry| &mut entry.node.value);
    let Some(Value::Map(paths)) = paths else { return };

    let mut left = MOST_NODES;
    for path in paths {
        for _ in 0..LONGEST_CHAIN {
            let Value::Map(beside) = &mut path.node.value else { break };
            let Some(reference) = entries::take(beside, "$ref") else { break };
            let Some(item) = target(&items, &reference.node) else { break };
            let Some(rest) = left.checked_sub(count(item)) else {
                let message = format!(
                    "references to path items make more than {MOST_NODES} nodes of the document"
                );
                found.push(Diagnostic::error(Code::LimitAliases, reference.node.span, message));
                return;
            };
            left = rest;
            add_missing(beside, item);
        }
    }
}

fn target<'a>(items: &BTreeMap<&str, &'a Node>, reference: &Node) -> Option<&'a Node> {
    items.get(reference::component_name(Section::PathItems, reference.as_str()?)?).copied()
}

/// What stands beside the reference is nearer than what it leads to.
fn add_missing(beside: &mut Vec<Entry>, item: &Node) {
    for entry in item.as_map().unwrap_or_default() {
        if !entries::has(beside, &entry.key) {
            beside.push(entry.clone());
        }
    }
}

/// How many nodes there are in one, itself included.
pub(super) fn count(node: &Node) -> usize {
    let inside = match &node.value {
        Value::List(nodes) => nodes.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|entry| count(&entry.node)).sum(),
        _ => 0,
    };
    1 + inside
}
