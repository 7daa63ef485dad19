//! `oneOf`, `anyOf` and `allOf`: null as a member, and single members.

use super::ANNOTATIONS;
use crate::diagnostic::Code;
use crate::lower::entries;
use crate::lower::walk::Walk;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The keywords whose members describe the same value as the schema around them.
const CHOICES: [&str; 2] = ["oneOf", "anyOf"];

/// Takes members that only allow null out of `oneOf` and `anyOf`, and tells where one was.
pub(super) fn take_nulls(entries: &mut [Entry]) -> Option<Span> {
    let mut found = None;
    for key in CHOICES {
        let Some(entry) = entries::find_mut(entries, key) else { continue };
        let Value::List(members) = &mut entry.node.value else { continue };
        members.retain(|member| {
            let is_null = is_null(member);
            if is_null {
                found = Some(member.span);
            }
            !is_null
        });
    }
    found
}

/// `{type: "null"}`, also as a list, a constant or an enum; YAML's `{type: null}` means it, too.
fn is_null(member: &Node) -> bool {
    let Some(entries) = member.as_map() else { return false };
    let mut says_null = false;
    for entry in entries {
        let value = &entry.node;
        let only = match value.as_list() {
            Some([only]) => only,
            Some(_) => return false,
            None => value,
        };
        match &*entry.key {
            "type" if only.as_str() == Some("null") => says_null = true,
            "type" | "const" | "enum" if only.value == Value::Null => says_null = true,
            key if ANNOTATIONS.contains(&key) || key.starts_with("x-") => {}
            _ => return false,
        }
    }
    says_null
}

/// Makes what has one member that member, or `allOf` of it. `nullable` is the place of a null
/// member that was taken out.
pub(super) fn lower(walk: &mut Walk, entries: &mut Vec<Entry>, nullable: Option<Span>) {
    for key in CHOICES {
        let is_union = entries::has(entries, "discriminator");
        let Some(entry) = entries::find(entries, key) else { continue };
        let count = entry.node.as_list().map_or(0, <[Node]>::len);
        let span = entry.key_span;
        if count == 0 {
            entries::take(entries, key);
            if let Some(null) = nullable
                && super::types::only_null(entries, null)
            {
                continue;
            }
            let message = match nullable {
                Some(_) => format!("only null is left of `{key}`; it is read as any value or null"),
                None => format!("`{key}` has no members and is left out"),
            };
            walk.gap(
                if nullable.is_some() { Code::Untyped } else { Code::InvalidValue },
                span,
                message,
            );
        } else if count == 1 && !is_union {
            only_member(entries, key);
        }
    }
    let members = entries::find(entries, "allOf").and_then(|entry| entry.node.as_list());
    match members.map(<[Node]>::len) {
        Some(0) => {
            entries::take(entries, "allOf");
        }
        Some(1) => single(entries),
        Some(_) | None => {}
    }
}

/// A choice of one is no choice: the member goes to `allOf`.
fn only_member(entries: &mut Vec<Entry>, key: &str) {
    let Some(choice) = entries::take(entries, key) else { return };
    if let Value::List(mut members) = choice.node.value {
        members.extend(take_all(entries));
        entries::put(entries, "allOf", choice.key_span, Value::List(members));
    }
}

/// The members of `allOf`, taken out.
pub(super) fn take_all(entries: &mut Vec<Entry>) -> Vec<Node> {
    match entries::take(entries, "allOf").map(|entry| entry.node.value) {
        Some(Value::List(members)) => members,
        _ => Vec::new(),
    }
}

/// `allOf` of one member: merged into the schema around it where both say different things.
fn single(entries: &mut Vec<Entry>) {
    let Some(mut all) = entries::take(entries, "allOf") else { return };
    let Value::List(members) = &mut all.node.value else { return };
    let Some(mut inner) = members.first_mut().and_then(entries::take_map) else { return };

    let is_reference = super::is_reference(&inner);
    if is_reference {
        // The target says its type itself, so a repetition would only hide that this is one name.
        entries::take(entries, "type");
        if entries.is_empty() {
            entries.append(&mut inner);
            return;
        }
    } else if merges(entries, &inner) {
        merge(entries, inner);
        return;
    }
    if let Some(member) = members.first_mut() {
        member.value = Value::Map(inner);
    }
    entries.push(all);
}

/// Only words that annotate, and the same type, may stand beside a member that is merged: what
/// `additionalProperties` means, for example, depends on its neighbours.
fn merges(outer: &[Entry], inner: &[Entry]) -> bool {
    outer.iter().all(|entry| match &*entry.key {
        "type" => entries::text(inner, "type").is_none_or(|ty| entry.node.as_str() == Some(ty)),
        key => ANNOTATIONS.contains(&key) || key.starts_with("x-"),
    })
}

/// What is said at the place of use is nearer than what is said inside.
fn merge(outer: &mut Vec<Entry>, inner: Vec<Entry>) {
    for entry in inner {
        let is_true = entry.node.value == Value::Bool(true);
        match entries::find_mut(outer, &entry.key) {
            None => outer.push(entry),
            Some(found) if is_true => found.node = entry.node,
            Some(_) => {}
        }
    }
}
