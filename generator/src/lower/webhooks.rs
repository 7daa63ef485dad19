//! Calls that the API makes: `webhooks`, and the `callbacks` of operations.
//!
//! openapiv3 has no form for them, and a client needs only the types of their bodies. So each body
//! becomes a component (one that is a reference stays one), and the document gets a list:
//!
//! ```yaml
//! x-webhooks:
//! - {name: newPet, about: the webhook `newPet`, verb: post, description: …, schema: {$ref: …}}
//! ```

use super::{entries, path_items, stamp};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reference::{self, Section};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The longest chain of references; longer ones would be cycles, which were refused before.
const LONGEST_CHAIN: usize = 100;

/// The most nodes that all calls may have together, those behind references each time.
const MOST_NODES: usize = 1_000_000;

/// A path item that the API calls.
struct Call {
    name: String,
    about: String,
    span: Span,
    item: Node,
}

/// Gathers them from the whole document, whose references are known to be sound.
pub(super) fn gather(root: &mut Vec<Entry>, found: &mut Diagnostics) {
    let mut components =
        entries::find_mut(root, "components").and_then(|entry| entries::take_map(&mut entry.node));
    let mut calls = Vec::new();
    let mut left = MOST_NODES;
    if let Some(webhooks) = entries::take(root, "webhooks") {
        for Entry { key, key_span, node } in into_entries(webhooks.node) {
            let about = format!("the webhook `{key}`");
            calls.push(Call { name: key.into(), about, span: key_span, item: node });
        }
    }
    let mut shared = Vec::new();
    if let Some(sections) = &mut components {
        let section = entries::take(sections, Section::Callbacks.key());
        shared = section.map(|entry| into_entries(entry.node)).unwrap_or_default();
        if let Some(items) = entries::find_mut(sections, Section::PathItems.key()) {
            callbacks(&mut items.node, &shared, &mut calls, &mut left, found);
        }
    }
    if let Some(paths) = entries::find_mut(root, "paths") {
        callbacks(&mut paths.node, &shared, &mut calls, &mut left, found);
    }
    let mut listed = Vec::new();
    for call in calls {
        let mut sections = components.take().unwrap_or_default();
        payloads(call, &mut sections, &mut left, &mut listed, found);
        components = Some(sections);
    }
    if let Some(sections) = components {
        match entries::find_mut(root, "components") {
            Some(entry) => entry.node.value = Value::Map(sections),
            None if listed.is_empty() => {}
            None => entries::put(root, "components", Span::default(), Value::Map(sections)),
        }
    }
    if !listed.is_empty() {
        entries::put(root, stamp::WEBHOOKS, Span::default(), Value::List(listed));
    }
}

/// Takes the callbacks out of the operations of path items.
fn callbacks(
    items: &mut Node,
    shared: &[Entry],
    calls: &mut Vec<Call>,
    left: &mut usize,
    found: &mut Diagnostics,
) {
    let Value::Map(items) = &mut items.value else { return };
    for path in items {
        let Value::Map(operations) = &mut path.node.value else { continue };
        for operation in operations.iter_mut().filter(|one| VERBS.contains(&&*one.key)) {
            let Value::Map(members) = &mut operation.node.value else { continue };
            let Some(callbacks) = entries::take(members, "callbacks") else { continue };
            let id = entries::text(members, "operationId");
            let id = id.map_or_else(|| format!("{} {}", operation.key, path.key), str::to_owned);
            for Entry { key, key_span, node } in into_entries(callbacks.node) {
                let about = format!("the callback `{key}` of `{id}`");
                let node = resolve(node, Section::Callbacks, shared);
                if !take(&node, key_span, left, found) {
                    return;
                }
                let expressions = into_entries(node).into_iter();
                for expression in expressions.filter(|one| !one.key.starts_with("x-")) {
                    let (name, about) = (format!("{id} {key}"), about.clone());
                    calls.push(Call { name, about, span: key_span, item: expression.node });
                }
            }
        }
    }
}

/// Lists the bodies of a call.
fn payloads(
    call: Call,
    sections: &mut Vec<Entry>,
    left: &mut usize,
    listed: &mut Vec<Node>,
    found: &mut Diagnostics,
) {
    let Call { name, about, span, item } = call;
    let item = resolve(item, Section::PathItems, listed_in(sections, Section::PathItems));
    let operations = into_entries(item).into_iter();
    let operations: Vec<Entry> = operations.filter(|entry| VERBS.contains(&&*entry.key)).collect();
    let several = operations.len() > 1;
    for Entry { key: verb, node, .. } in operations {
        let mut members = into_entries(node);
        let Some(body) = entries::take(&mut members, "requestBody") else { continue };
        let bodies = listed_in(sections, Section::RequestBodies);
        let body = resolve(body.node, Section::RequestBodies, bodies);
        if !take(&body, span, left, found) {
            return;
        }
        let content = entries::take(&mut into_entries(body), "content");
        let content = content.map(|entry| into_entries(entry.node)).unwrap_or_default();
        let has_types = !content.is_empty();
        let Some(media) = content.into_iter().find(|media| is_json(&media.key)) else {
            if has_types {
                let message = format!("the body of {about} is not JSON, and has no type");
                found.push(Diagnostic::gap(Code::UnsupportedBody, span, message));
            }
            continue;
        };
        let Some(schema) = entries::take(&mut into_entries(media.node), "schema") else { continue };
        let name = if several { format!("{name} {verb}") } else { name.clone() };
        let schema = component(&name, schema, sections);
        let text = |text: &str| Node::new(span, Value::String(text.into()));
        let mut webhook = vec![
            entries::entry("name", span, text(&name)),
            entries::entry("about", span, text(&about)),
            entries::entry("verb", span, text(&verb)),
            entries::entry("schema", span, text(&schema)),
        ];
        let told = ["summary", "description", "deprecated"];
        webhook.extend(told.iter().filter_map(|key| entries::take(&mut members, key)));
        stamp::object(&mut webhook, span);
        listed.push(Node::new(span, Value::Map(webhook)));
    }
}

/// The reference to a schema, which becomes a component where it is none.
fn component(name: &str, schema: Entry, sections: &mut Vec<Entry>) -> String {
    let members = schema.node.as_map().unwrap_or_default();
    if let (1, Some(reference)) = (members.len(), entries::text(members, "$ref")) {
        return reference.to_owned();
    }
    let key = Section::Schemas.key();
    if !entries::has(sections, key) {
        entries::put(sections, key, schema.key_span, Value::Map(Vec::new()));
    }
    let mut free = format!("{name} payload");
    if let Some(Value::Map(schemas)) =
        entries::find_mut(sections, key).map(|entry| &mut entry.node.value)
    {
        while entries::has(schemas, &free) {
            free.push_str(" body");
        }
        schemas.push(entries::entry(&free, schema.key_span, schema.node));
    }
    format!("#/components/{key}/{free}")
}

/// Counts what was copied; it is an error where it is too much.
fn take(copy: &Node, span: Span, left: &mut usize, found: &mut Diagnostics) -> bool {
    let rest = left.checked_sub(path_items::count(copy));
    if rest.is_none() && *left > 0 {
        let message = format!("webhooks and callbacks make more than {MOST_NODES} nodes");
        found.push(Diagnostic::error(Code::LimitAliases, span, message));
    }
    *left = rest.unwrap_or(0);
    rest.is_some()
}

/// The components of a section.
fn listed_in(sections: &[Entry], section: Section) -> &[Entry] {
    let entry = entries::find(sections, section.key());
    entry.and_then(|entry| entry.node.as_map()).unwrap_or_default()
}

/// What a reference to a component leads to.
fn resolve(node: Node, section: Section, listed: &[Entry]) -> Node {
    let mut node = node;
    for _ in 0..LONGEST_CHAIN {
        let reference = node.as_map().and_then(|members| entries::text(members, "$ref"));
        let name = reference.and_then(|text| reference::component_name(section, text));
        match name.and_then(|name| entries::find(listed, name)) {
            Some(target) => node = target.node.clone(),
            None => break,
        }
    }
    node
}

fn into_entries(mut node: Node) -> Vec<Entry> {
    entries::take_map(&mut node).unwrap_or_default()
}

/// Whether a media type is JSON, or a range that holds it.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(&*essence, "application/json" | "text/json" | "*/*" | "application/*")
        || essence.ends_with("+json")
}
