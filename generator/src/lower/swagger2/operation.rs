//! Path items and operations.

use super::body;
use super::{Conversion, each, list, location, parameter, response};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::{entries, stamp};
use crate::reference::{Section, Target, component, parse};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The keys of operations.
const VERBS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch"];

/// A parameter of an operation, with its place. What was shared is looked up.
struct Parameter {
    node: Node,
    at: Span,
    /// The name under which the document shares it.
    shared: Option<String>,
}

/// Converts all path items.
pub(super) fn paths(conversion: &mut Conversion, node: &mut Node) {
    each(node, |item| {
        let Value::Map(entries) = &mut item.value else { return };
        let common = list(entries::take(entries, "parameters"));
        // Only operations have bodies in 3.0.
        let common = common.into_iter().map(|node| resolve(conversion, node)).collect();
        let (bodies, mut others): (Vec<Parameter>, Vec<Parameter>) =
            Vec::into_iter(common).partition(|one| is_body(&one.node));
        if !others.is_empty() {
            let span = others.first().map_or(item.span, |first| first.at);
            let others = parameters(conversion, std::mem::take(&mut others));
            entries.push(entries::entry("parameters", span, Node::new(span, Value::List(others))));
        }
        entries.retain_mut(|entry| {
            !VERBS.contains(&&*entry.key) || operation(conversion, entry, &bodies)
        });
    });
}

/// Converts an operation. The answer is whether it can be kept; a gap tells if not.
fn operation(conversion: &mut Conversion, entry: &mut Entry, common: &[Parameter]) -> bool {
    let at = entry.key_span;
    let Value::Map(entries) = &mut entry.node.value else { return true };
    let own = |key: &str, entries: &mut Vec<Entry>| {
        entries::take(entries, key).map(|entry| list(Some(entry)))
    };
    let consumes = own("consumes", entries);
    let is_usual = consumes.is_none();
    let consumes = consumes.unwrap_or_else(|| conversion.consumes.clone());
    let produces = own("produces", entries);
    if let Some(schemes) = own("schemes", entries).filter(|schemes| !schemes.is_empty()) {
        let servers = conversion.servers.with(&schemes);
        if servers != conversion.servers.all() {
            entries::put(entries, "servers", at, Value::List(servers));
        }
    }
    if let Some(responses) = entries::find_mut(entries, "responses") {
        each(&mut responses.node, |node| response(conversion, node, produces.as_deref()));
    }

    let given = list(entries::take(entries, "parameters"));
    let given: Vec<Parameter> = given.into_iter().map(|node| resolve(conversion, node)).collect();
    let (mut bodies, others): (Vec<Parameter>, Vec<Parameter>) =
        given.into_iter().partition(|one| is_body(&one.node));
    for one in common {
        if !bodies.iter().any(|other| replaces(&other.node, &one.node)) {
            let node = conversion.copy(&one.node);
            bodies.push(Parameter { node, at: one.at, shared: one.shared.clone() });
        }
    }
    let required = others.iter().any(|one| {
        one.node.get("required").is_some_and(|node| node.value == entries::TRUE)
            && is_tabbed(&one.node)
    });
    let others = parameters(conversion, others);
    if !others.is_empty() {
        entries::put(entries, "parameters", at, Value::List(others));
    }
    if let Some((node, at)) = request_body(conversion, bodies, &consumes, is_usual) {
        entries::put(entries, "requestBody", at, node.value);
    }
    if required {
        let message = "this operation is left out; a parameter that it needs cannot be written";
        conversion.found.push(Diagnostic::gap(Code::SkippedOperation, at, message));
    }
    !required
}

/// What a reference to a shared parameter leads to.
fn resolve(conversion: &mut Conversion, node: Node) -> Parameter {
    let at = stamp::first_line(&node);
    let mut name = target(&node, Section::Parameters);
    let first = name.clone();
    // A chain of references ends, or is one that `cycles` reports later.
    for _ in 0..conversion.parameters.len() {
        let Some(found) = name.as_ref().and_then(|name| conversion.parameters.get(name)) else {
            break;
        };
        let Some(next) = target(found, Section::Parameters) else {
            let found = found.clone();
            return Parameter { node: conversion.copy(&found), at, shared: name };
        };
        name = Some(next);
    }
    Parameter { node, at, shared: first }
}

fn target(node: &Node, section: Section) -> Option<String> {
    match parse(node.get("$ref")?.as_str()?) {
        Target::Component(found, name) if found == section => Some(name),
        _ => None,
    }
}

fn is_body(node: &Node) -> bool {
    matches!(location(node), Some("body" | "formData"))
}

/// Whether a parameter of an operation takes the place of one of its path item.
fn replaces(own: &Node, common: &Node) -> bool {
    let name = |node: &Node| node.get("name").and_then(Node::as_str).map(str::to_owned);
    location(own) == location(common)
        && (location(own) == Some("body") || name(own) == name(common))
}

/// An array that 3.0 cannot write: it must not be left out where it is required.
fn is_tabbed(node: &Node) -> bool {
    let format = node.get("collectionFormat").and_then(Node::as_str).unwrap_or("csv");
    let is_array = node.get("type").and_then(Node::as_str) == Some("array");
    match location(node) {
        Some("path" | "header") => is_array && format != "csv",
        _ => is_array && format == "tsv",
    }
}

/// Parameters that are no bodies; those that are shared stay references.
fn parameters(conversion: &mut Conversion, given: Vec<Parameter>) -> Vec<Node> {
    let mut kept = Vec::new();
    for Parameter { mut node, at, shared } in given {
        let is_known = parameter::parameter(conversion, &mut node, at);
        match shared.filter(|_| is_known && node.get("$ref").is_none()) {
            Some(name) => kept.push(reference(Section::Parameters, &name, at)),
            None if is_known => kept.push(node),
            None => {}
        }
    }
    kept
}

fn reference(section: Section, name: &str, at: Span) -> Node {
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    let text = super::text(at, &component(section, &name));
    Node::new(at, Value::Map(vec![entries::entry("$ref", at, text)]))
}

/// The body of an operation. A shared one stays a reference if it has the usual media types.
fn request_body(
    conversion: &mut Conversion,
    bodies: Vec<Parameter>,
    consumes: &[Node],
    is_usual: bool,
) -> Option<(Node, Span)> {
    let (json, parts): (Vec<Parameter>, Vec<Parameter>) =
        bodies.into_iter().partition(|one| location(&one.node) == Some("body"));
    let mut rest = json.iter().skip(1).chain(if json.is_empty() { &[][..] } else { &parts });
    if let (Some(second), Some(first)) = (rest.next(), json.first()) {
        let message = "an operation can have one body, or parts of a form, but not both";
        let error = Diagnostic::error(Code::InvalidValue, second.at, message);
        conversion.found.push(error.related(first.at, "the body is here"));
        return None;
    }
    if let Some(Parameter { node, at, shared }) = json.into_iter().next() {
        let body = match shared.filter(|_| is_usual) {
            Some(name) => reference(Section::RequestBodies, &name, at),
            None => body::json(conversion, &node, consumes),
        };
        return Some((body, at));
    }
    let at = parts.first()?.at;
    let parts = parts.into_iter().map(|one| (one.node, one.at)).collect();
    Some((body::form(conversion, parts, consumes), at))
}

/// A response; a shared one stays a reference unless the operation has media types of its own.
fn response(conversion: &mut Conversion, node: &mut Node, produces: Option<&[Node]>) {
    let shared = target(node, Section::Responses);
    match (shared, produces) {
        (Some(name), Some(produces)) => {
            let Some(found) = conversion.responses.get(&name).cloned() else { return };
            if target(&found, Section::Responses).is_some() || found.get("schema").is_none() {
                return;
            }
            *node = conversion.copy(&found);
            response::response(conversion, node, produces);
        }
        (Some(_), None) => {}
        (None, produces) => {
            let usual = conversion.produces.clone();
            response::response(conversion, node, produces.unwrap_or(&usual));
        }
    }
}
