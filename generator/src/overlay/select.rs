//! Takes the operations away that nothing selects.

use std::collections::BTreeMap;

use super::{Selector, SelectorKind, get_mut, glob};
use crate::reference::{self, Section, Target};
use crate::yaml::{Entry, Node, Value};

/// The keys of operations in a path item, those of newer versions included.
const VERBS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Which operations of a path item under `components` are wanted.
#[derive(Debug, Default)]
struct Wanted {
    verbs: Vec<Box<str>>,
}

/// Leaves the selected operations, and tells for each selector whether it named one.
pub(super) fn select(root: &mut Node, selection: &[Selector]) -> Vec<bool> {
    let mut used = vec![false; selection.len()];
    let Value::Map(entries) = &mut root.value else { return used };
    entries.retain(|entry| &*entry.key != "webhooks");
    let mut paths = match entries.iter_mut().find(|entry| &*entry.key == "paths") {
        Some(Entry { node: Node { value: Value::Map(paths), .. }, .. }) => std::mem::take(paths),
        _ => return used,
    };

    let mut wanted = BTreeMap::<Box<str>, Wanted>::new();
    let shared = root.get("components").and_then(|components| components.get("pathItems"));
    paths.retain_mut(|path| {
        if !path.key.starts_with('/') {
            return true;
        }
        let is_path = mark(selection, &mut used, |kind| match kind {
            SelectorKind::Path(pattern) => glob::matches(pattern, &path.key),
            SelectorKind::Operation(_) | SelectorKind::Tag(_) => false,
        });
        let mut keeps_reference = false;
        if let Some((name, item)) = shared_item(path.node.get("$ref"), shared) {
            let verbs = selected_verbs(item, selection, &mut used, is_path);
            keeps_reference = !verbs.is_empty();
            wanted.entry(name.into()).or_default().verbs.extend(verbs);
        }
        let verbs = selected_verbs(&path.node, selection, &mut used, is_path);
        retain_verbs(&mut path.node, &verbs);
        // What is malformed, or refers to where the filter cannot look, is for `lower` to report.
        let is_opaque = path.node.as_map().is_none() || has_other_reference(&path.node);
        !verbs.is_empty() || keeps_reference || (is_path && is_opaque)
    });

    restrict_shared(root, &wanted);
    if let Value::Map(entries) = &mut root.value {
        for entry in entries.iter_mut().filter(|entry| &*entry.key == "paths") {
            entry.node.value = Value::Map(std::mem::take(&mut paths));
        }
    }
    used
}

/// Marks the selectors that match; the answer is whether there is one.
fn mark(
    selection: &[Selector],
    used: &mut [bool],
    matches: impl Fn(&SelectorKind) -> bool,
) -> bool {
    let mut any = false;
    for (selector, used) in selection.iter().zip(used) {
        if matches(&selector.kind) {
            *used = true;
            any = true;
        }
    }
    any
}

/// The operations of a path item that are selected, all of them when the path is.
fn selected_verbs(
    item: &Node,
    selection: &[Selector],
    used: &mut [bool],
    is_path: bool,
) -> Vec<Box<str>> {
    let operations = item.as_map().unwrap_or_default().iter();
    let operations = operations.filter(|entry| VERBS.contains(&&*entry.key));
    let selected = operations.filter(|entry| {
        let id = entry.node.get("operationId").and_then(Node::as_str);
        let tags = entry.node.get("tags").and_then(Node::as_list).unwrap_or_default();
        let is_operation = mark(selection, used, |kind| match kind {
            SelectorKind::Operation(wanted) => id == Some(wanted),
            SelectorKind::Tag(wanted) => tags.iter().any(|tag| tag.as_str() == Some(wanted)),
            SelectorKind::Path(_) => false,
        });
        is_path || is_operation
    });
    selected.map(|entry| entry.key.clone()).collect()
}

fn retain_verbs(item: &mut Node, verbs: &[Box<str>]) {
    if let Value::Map(entries) = &mut item.value {
        entries.retain(|entry| !VERBS.contains(&&*entry.key) || verbs.contains(&entry.key));
    }
}

/// The path item under `components` that a reference leads to.
fn shared_item<'a>(
    reference: Option<&Node>,
    shared: Option<&'a Node>,
) -> Option<(String, &'a Node)> {
    match reference::parse(reference?.as_str()?) {
        Target::Component(Section::PathItems, name) => {
            let item = shared?.get(&name)?;
            Some((name, item))
        }
        _ => None,
    }
}

fn has_other_reference(item: &Node) -> bool {
    let text = item.get("$ref").and_then(Node::as_str);
    text.is_some_and(|text| {
        !matches!(reference::parse(text), Target::Component(Section::PathItems, _))
    })
}

/// Leaves the wanted operations in path items under `components`.
fn restrict_shared(root: &mut Node, wanted: &BTreeMap<Box<str>, Wanted>) {
    let items = get_mut(root, "components").and_then(|components| get_mut(components, "pathItems"));
    let Some(Value::Map(items)) = items.map(|items| &mut items.value) else { return };
    for item in items {
        if let Some(wanted) = wanted.get(&item.key) {
            retain_verbs(&mut item.node, &wanted.verbs);
        }
    }
}
