//! The names that schemas give themselves: `$id`, `$anchor`, `$dynamicAnchor`, and `$self`.

use std::collections::BTreeMap;

use crate::reference::is_url;
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Keys whose values are data, in which nothing is a schema.
const DATA: &[&str] = &["enum", "const", "default", "example", "examples"];

/// All names that schemas give themselves.
#[derive(Debug, Default)]
pub(super) struct Identifiers<'a> {
    /// Schemas by their resolved `$id`.
    schemas: BTreeMap<String, &'a Node>,
    /// The resolved `$id` by the place of the schema.
    uris: BTreeMap<Span, String>,
    /// Schemas by anchor, each with the schema around it that has an `$id`.
    anchors: BTreeMap<String, Vec<(Span, &'a Node)>>,
    dynamic: BTreeMap<String, Vec<&'a Node>>,
}

impl<'a> Identifiers<'a> {
    /// Whether it is worth to search a text.
    pub(super) fn may_have(text: &str) -> bool {
        ["$id", "$anchor", "$dynamicAnchor", "$self"].iter().any(|word| text.contains(word))
    }

    /// Adds the names of a file.
    pub(super) fn collect(&mut self, tree: &'a Node, location: &str) {
        let mut open = vec![(tree, location.to_owned(), tree.span)];
        while let Some((node, base, resource)) = open.pop() {
            match &node.value {
                Value::List(nodes) => {
                    open.extend(nodes.iter().map(|node| (node, base.clone(), resource)));
                }
                Value::Map(entries) => {
                    let (base, resource) = self.node(node, base, resource, tree);
                    for entry in entries {
                        if !DATA.contains(&&*entry.key) {
                            open.push((&entry.node, base.clone(), resource));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn node(
        &mut self,
        node: &'a Node,
        base: String,
        resource: Span,
        tree: &Node,
    ) -> (String, Span) {
        let text = |key| node.get(key).and_then(Node::as_str);
        let own = if std::ptr::eq(node, tree) { text("$self") } else { None };
        // `#name` is how older drafts wrote an anchor.
        let id = own.or_else(|| text("$id")).filter(|id| !id.starts_with('#'));
        let (base, resource) = match id {
            Some(id) => {
                let uri = resolve(&base, id.trim_end_matches('#'));
                self.schemas.entry(uri.clone()).or_insert(node);
                self.uris.insert(node.span, uri.clone());
                (uri, node.span)
            }
            None => (base, resource),
        };
        let old = text("$id").and_then(|id| id.strip_prefix('#'));
        let dynamic = text("$dynamicAnchor");
        for name in [text("$anchor"), dynamic, old].into_iter().flatten() {
            self.anchors.entry(name.to_owned()).or_default().push((resource, node));
        }
        if let Some(name) = dynamic {
            self.dynamic.entry(name.to_owned()).or_default().push(node);
        }
        (base, resource)
    }

    /// The schema with this `$id`, resolved.
    pub(super) fn schema(&self, uri: &str) -> Option<&'a Node> {
        self.schemas.get(uri).copied()
    }

    /// The resolved `$id` of the schema at a place.
    pub(super) fn uri(&self, span: Span) -> Option<&str> {
        self.uris.get(&span).map(String::as_str)
    }

    /// The schema with an anchor in a resource; elsewhere in the same file, if it is the only one.
    pub(super) fn anchor(&self, resource: &Node, name: &str) -> Option<&'a Node> {
        let found = self.anchors.get(name)?;
        let own = found.iter().find(|(around, _)| *around == resource.span);
        let mut same_file = found.iter().filter(|(around, _)| around.file == resource.span.file);
        let only = match (same_file.next(), same_file.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        };
        own.or(only).map(|(_, node)| *node)
    }

    /// The schemas with a `$dynamicAnchor`.
    pub(super) fn dynamic(&self, name: &str) -> &[&'a Node] {
        self.dynamic.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Resolves a reference against a base, a URL or a location (RFC 3986 §5.2, without queries).
pub(super) fn resolve(base: &str, text: &str) -> String {
    if is_url(text) {
        return text.to_owned();
    }
    let (prefix, path) = match base.find("://") {
        Some(scheme) => {
            let host = base.get(scheme + 3..).unwrap_or_default();
            let path = scheme + 3 + host.find('/').unwrap_or(host.len());
            base.split_at(path)
        }
        // `urn:…` has no path to be relative to.
        None if is_url(base) => return text.to_owned(),
        None => ("", base),
    };
    let joined = if text.starts_with('/') {
        text.to_owned()
    } else {
        let folder = path.rfind('/').map_or("", |end| path.get(..=end).unwrap_or_default());
        format!("{folder}{text}")
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in joined.split('/') {
        match step {
            ".." if steps.len() > 1 || !joined.starts_with('/') => drop(steps.pop()),
            "." | ".." => {}
            _ => steps.push(step),
        }
    }
    let path = steps.join("/");
    if !prefix.is_empty() && !path.starts_with('/') {
        return format!("{prefix}/{path}");
    }
    format!("{prefix}{path}")
}
