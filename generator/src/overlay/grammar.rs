//! The grammar of overlays. A fault in one is an error, since the user wrote it for this run.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// An overlay.
#[derive(Debug)]
pub(super) struct Overlay<'a> {
    pub(super) version: Version,
    pub(super) actions: Vec<Action<'a>>,
}

/// The feature set that an overlay claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    V10,
    V11,
}

/// One change of a document.
#[derive(Debug)]
pub(super) struct Action<'a> {
    pub(super) target: &'a str,
    pub(super) target_span: Span,
    pub(super) change: Change<'a>,
}

/// What an action does with its targets.
#[derive(Debug)]
pub(super) enum Change<'a> {
    Remove,
    Update(&'a Node),
    /// From the one node that a JSONPath selects.
    Copy(&'a str, Span),
}

/// Reads an overlay.
pub(super) fn read(root: &Node) -> Result<Overlay<'_>, Diagnostics> {
    let mut found = Diagnostics::new();
    let version = version(root, &mut found);
    keys(root, "an overlay", &["overlay", "info", "extends", "actions"], &mut found);
    if let Some(info) = required(root, "an overlay", "info", &mut found) {
        let fields = if version == Version::V10 {
            &["title", "version"][..]
        } else {
            &["title", "version", "description"]
        };
        keys(info, "the info of an overlay", fields, &mut found);
        for key in ["title", "version"] {
            if let Some(node) = required(info, "the info of an overlay", key, &mut found) {
                text(key, node, &mut found);
            }
        }
    }
    if let Some(extends) = root.get("extends") {
        text("extends", extends, &mut found);
    }
    let mut actions = Vec::new();
    if let Some(node) = required(root, "an overlay", "actions", &mut found) {
        match node.as_list() {
            Some([]) => found.push(error(Code::InvalidValue, node, "an overlay needs an action")),
            Some(nodes) => {
                actions.extend(nodes.iter().filter_map(|node| action(node, version, &mut found)));
            }
            None => wrong_type("actions", "an array", node, &mut found),
        }
    }
    found.stop(Overlay { version, actions }, &mut Diagnostics::new())
}

fn version(root: &Node, found: &mut Diagnostics) -> Version {
    let Some(node) = required(root, "an overlay", "overlay", found) else { return Version::V11 };
    let (Value::String(version) | Value::Number(version)) = &node.value else {
        wrong_type("overlay", "a string", node, found);
        return Version::V11;
    };
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("1"), Some("0")) => Version::V10,
        (Some("1"), Some("1")) => Version::V11,
        _ => {
            let message = format!("`{version}` is not a version of overlays that can be read");
            let error = error(Code::UnsupportedVersion, node, message);
            found.push(error.help("overlays of 1.0 and 1.1 are read"));
            Version::V11
        }
    }
}

fn action<'a>(node: &'a Node, version: Version, found: &mut Diagnostics) -> Option<Action<'a>> {
    let fields = match version {
        Version::V10 => &["target", "description", "update", "remove"][..],
        Version::V11 => &["target", "description", "update", "copy", "remove"],
    };
    keys(node, "an action", fields, found);
    let target_node = required(node, "an action", "target", found)?;
    let target = text("target", target_node, found)?;
    if let Some(description) = node.get("description") {
        text("description", description, found);
    }
    let removes = match node.get("remove").map(|node| (&node.value, node)) {
        Some((Value::Bool(removes), _)) => *removes,
        Some((_, node)) => {
            wrong_type("remove", "a boolean", node, found);
            return None;
        }
        None => false,
    };
    let copy = node.get("copy").filter(|_| version == Version::V11);
    let change = match (node.get("update"), copy) {
        _ if removes => Change::Remove,
        (Some(_), Some(copy)) => {
            let message = "an action has either `update` or `copy`";
            found.push(error(Code::InvalidValue, copy, message));
            return None;
        }
        (Some(update), None) => Change::Update(update),
        (None, Some(copy)) => Change::Copy(text("copy", copy, found)?, copy.span),
        (None, None) => {
            let message = "an action without `update`, `copy` or `remove: true` changes nothing";
            found.push(error(Code::MissingField, target_node, message));
            return None;
        }
    };
    Some(Action { target, target_span: target_node.span, change })
}

fn required<'a>(
    node: &'a Node,
    what: &str,
    key: &str,
    found: &mut Diagnostics,
) -> Option<&'a Node> {
    let value = node.get(key);
    if value.is_none() && node.as_map().is_some() {
        found.push(error(Code::MissingField, node, format!("{what} has no `{key}`")));
    }
    value
}

fn keys(node: &Node, what: &str, known: &[&str], found: &mut Diagnostics) {
    let Some(entries) = node.as_map() else {
        return wrong_type(what, "an object", node, found);
    };
    for Entry { key, key_span, .. } in entries {
        if known.contains(&&**key) || key.starts_with("x-") {
            continue;
        }
        let message = format!("{what} has no `{key}`");
        let mut error = Diagnostic::error(Code::UnknownKeyword, *key_span, message);
        if let Some(near) = nearest(key, known.iter().copied()) {
            error = error.help(format!("did you mean `{near}`?"));
        }
        found.push(error);
    }
}

fn text<'a>(key: &str, node: &'a Node, found: &mut Diagnostics) -> Option<&'a str> {
    if node.as_str().is_none() {
        wrong_type(key, "a string", node, found);
    }
    node.as_str()
}

fn wrong_type(key: &str, expected: &str, node: &Node, found: &mut Diagnostics) {
    let message = format!("`{key}` must be {expected}, but is {}", node.kind());
    found.push(error(Code::WrongType, node, message));
}

fn error(code: Code, node: &Node, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(code, node.span, message)
}
