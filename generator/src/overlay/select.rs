//! Takes the operations away that nothing selects.

use std::collections::BTreeMap;

use super::{Selection, Selector, get_mut, glob};
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

/// Which selectors named something.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) include: Vec<bool>,
    pub(super) exclude: Vec<bool>,
}

/// Leaves the selected operations, and tells for each selector whether it named one.
pub(super) fn select(root: &mut Node, selection: &Selection) -> Used {
    let Selection { include, exclude } = selection;
    let mut used =
        Used { include: vec![false; include.len()], exclude: vec![false; exclude.len()] };
    let Value::Map(entries) = &mut root.value else { return used };
    if !include.is_empty() {
        entries.retain(|entry| &*entry.key != "webhooks");
    }
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
        let is_path = mark_path(include, &path.key, &mut used.include) || include.is_empty();
        let excluded = mark_path(exclude, &path.key, &mut used.exclude);
        let mut keeps_reference = false;
        if let Some((name, item)) = shared_item(path.node.get("$ref"), shared) {
            let verbs = selected_verbs(&path.key, item, selection, &mut used);
            keeps_reference = !verbs.is_empty();
            wanted.entry(name.into()).or_default().verbs.extend(verbs);
        }
        let verbs = selected_verbs(&path.key, &path.node, selection, &mut used);
        retain_verbs(&mut path.node, &verbs);
        // What is malformed, or refers to where the filter cannot look, is for `lower` to report.
        let is_opaque = path.node.as_map().is_none() || has_other_reference(&path.node);
        !verbs.is_empty() || keeps_reference || (is_path && !excluded && is_opaque)
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
fn mark(selectors: &[Selector], used: &mut [bool], matches: impl Fn(&Selector) -> bool) -> bool {
    let mut any = false;
    for (selector, used) in selectors.iter().zip(used) {
        if matches(selector) {
            *used = true;
            any = true;
        }
    }
    any
}

/// Marks the selectors that select a whole path.
fn mark_path(selectors: &[Selector], path: &str, used: &mut [bool]) -> bool {
    mark(selectors, used, |selector| match selector {
        Selector { operation: None, tag: None, method: None, path: Some(pattern), span: _ } => {
            glob::matches(pattern, path)
        }
        _ => false,
    })
}

/// The operations of a path item that are selected.
fn selected_verbs(
    path: &str,
    item: &Node,
    selection: &Selection,
    used: &mut Used,
) -> Vec<Box<str>> {
    let Selection { include, exclude } = selection;
    let operations = item.as_map().unwrap_or_default().iter();
    let operations = operations.filter(|entry| VERBS.contains(&&*entry.key));
    let selected = operations.filter(|entry| {
        let id = entry.node.get("operationId").and_then(Node::as_str);
        let tags = entry.node.get("tags").and_then(Node::as_list).unwrap_or_default();
        let matches = |selector: &Selector| {
            let Selector { operation, tag, method, path: pattern, span: _ } = selector;
            operation.as_ref().is_none_or(|wanted| id == Some(wanted))
                && tag.as_ref().is_none_or(|tag| tags.iter().any(|one| one.as_str() == Some(tag)))
                && method.as_ref().is_none_or(|method| **method == *entry.key)
                && pattern.as_ref().is_none_or(|pattern| glob::matches(pattern, path))
        };
        let included = mark(include, &mut used.include, matches) || include.is_empty();
        included & !mark(exclude, &mut used.exclude, matches)
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
