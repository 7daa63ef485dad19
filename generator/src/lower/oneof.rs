//! Groups of properties of which at most one may be set: protobuf's `oneof`.
//!
//! The extension `x-oneof-groups` on a schema names them:
//!
//! ```yaml
//! x-oneof-groups:
//!   target: [userRef, groupRef]
//! ```
//!
//! Some documents say the same in the description, in a phrase that their generator writes. The
//! reading rule [`ProtobufOneof`](super::ReadingRule::ProtobufOneof) turns it into the extension:
//!
//! ```text
//! This message contains a oneof named target. Only a single field of the following list may be set at a time:
//!   - userRef
//!   - groupRef
//! ```

use super::entries;
use super::walk::Walk;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const GROUPS: &str = "x-oneof-groups";
const BEFORE_NAME: &str = "This message contains a oneof named ";
const AFTER_NAME: &str = ". Only a single field of the following list may be set at a time:";

/// Checks the extension: a map of names to lists of properties of this schema.
pub(super) fn check(walk: &mut Walk, entries: &[Entry]) {
    let Some(groups) = entries::find(entries, GROUPS) else { return };
    let Some(list) = groups.node.as_map() else {
        let message = format!("`{GROUPS}` must be an object of names and lists of properties");
        walk.error(Diagnostic::error(Code::InvalidOneofGroup, groups.key_span, message));
        return;
    };
    for group in list {
        let Some(members) = group.node.as_list() else {
            let message = format!("the group `{}` must be a list of properties", group.key);
            walk.error(Diagnostic::error(Code::InvalidOneofGroup, group.key_span, message));
            continue;
        };
        for member in members {
            let name = member.as_str();
            if name.is_some_and(|name| has_property(entries, name)) {
                continue;
            }
            let message = match name {
                Some(name) => format!("the schema has no property `{name}`"),
                None => format!("a member of a group must be a string, but is {}", member.kind()),
            };
            walk.error(Diagnostic::error(Code::InvalidOneofGroup, member.span, message));
        }
    }
}

/// Turns the phrase in the description into the extension.
pub(super) fn read(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let Some(at) = entries.iter().position(|entry| &*entry.key == "description") else { return };
    let Some(entry) = entries.get(at) else { return };
    let Some(text) = entry.node.as_str().filter(|text| text.contains(BEFORE_NAME)) else { return };
    let span = entry.node.span;
    let (rest, found) = split(text);
    if found.is_empty() {
        return;
    }
    let mut groups = Vec::new();
    for (name, members) in found {
        let stranger = members.iter().find(|member| !has_property(entries, member));
        if let Some(stranger) = stranger {
            let message = format!("the oneof `{name}` names `{stranger}`, which is no property");
            walk.gap(Code::InvalidOneofGroup, span, message);
        } else {
            groups.push(group(&name, members, span));
        }
    }
    if rest.is_empty() {
        entries.remove(at);
    } else if let Some(entry) = entries.get_mut(at) {
        entry.node.value = Value::String(rest.into());
    }
    add(entries, groups, span);
}

/// Groups that the document states itself come first and win.
fn add(entries: &mut Vec<Entry>, mut groups: Vec<Entry>, span: Span) {
    let stated = entries::find_mut(entries, GROUPS).map(|entry| &mut entry.node.value);
    if let Some(Value::Map(stated)) = stated {
        groups.retain(|group| !entries::has(stated, &group.key));
        stated.append(&mut groups);
    } else if !groups.is_empty() {
        entries::put(entries, GROUPS, span, Value::Map(groups));
    }
}

fn group(name: &str, members: Vec<String>, span: Span) -> Entry {
    let members = members.into_iter().map(|name| Node::new(span, Value::String(name.into())));
    entries::entry(name, span, Node::new(span, Value::List(members.collect())))
}

fn has_property(entries: &[Entry], name: &str) -> bool {
    entries::find(entries, "properties")
        .is_some_and(|properties| properties.node.get(name).is_some())
}

/// A description without the phrases, and the groups that they name.
fn split(text: &str) -> (String, Vec<(String, Vec<String>)>) {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    let mut is_list = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let name = trimmed.strip_prefix(BEFORE_NAME).and_then(|rest| rest.strip_suffix(AFTER_NAME));
        if let Some(name) = name {
            groups.push((name.to_owned(), Vec::new()));
            is_list = true;
        } else if let (true, Some(member), Some((_, members))) =
            (is_list, trimmed.strip_prefix("- "), groups.last_mut())
        {
            members.push(member.trim().to_owned());
        } else {
            is_list = false;
            // One blank line between paragraphs is left of those around a phrase.
            let is_repeated =
                trimmed.is_empty() && kept.last().is_none_or(|last| last.trim().is_empty());
            if !is_repeated || groups.is_empty() {
                kept.push(line);
            }
        }
    }
    while kept.last().is_some_and(|line| line.trim().is_empty()) {
        kept.pop();
    }
    (kept.join("\n"), groups)
}
