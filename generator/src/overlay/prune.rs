//! Takes the components away that nothing reaches any more.

use std::collections::BTreeSet;

use super::get_mut;
use crate::reference::{self, Section, Target};
use crate::yaml::{Entry, Node, Value};

/// A component by section and name.
type Name = (Section, String);

/// Leaves the components that the rest of the document reaches, by references, by the mapping of a
/// discriminator, and by security requirements. An extension of the document, such as `x-webhooks`,
/// makes nothing in the crate, so what it alone names is not reached.
pub(super) fn prune(root: &mut Node) {
    let reached = reach(root);
    let Some(Value::Map(sections)) = get_mut(root, "components").map(|node| &mut node.value) else {
        return;
    };
    for section in sections {
        let Some(name) = Section::from_key(&section.key) else { continue };
        if let Value::Map(components) = &mut section.node.value {
            components.retain(|entry| reached.contains(&(name, String::from(&*entry.key))));
        }
    }
}

fn reach(root: &Node) -> BTreeSet<Name> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Node> = Vec::new();
    let components = root.get("components");
    for entry in root.as_map().unwrap_or_default() {
        if &*entry.key == "security" {
            schemes(&entry.node, &mut reached);
        } else if &*entry.key != "components" && !entry.key.starts_with("x-") {
            open.push(&entry.node);
        }
    }
    // Each node is looked at once: a component is opened when it is reached first.
    while let Some(node) = open.pop() {
        match &node.value {
            Value::List(nodes) => open.extend(nodes),
            Value::Map(entries) => {
                for entry in entries {
                    for name in named(entry, &mut reached) {
                        let section = components.and_then(|all| all.get(name.0.key()));
                        let component = section.and_then(|section| section.get(&name.1));
                        if reached.insert(name) {
                            open.extend(component);
                        }
                    }
                    open.push(&entry.node);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    reached
}

/// The components that an entry names.
fn named(entry: &Entry, reached: &mut BTreeSet<Name>) -> Vec<Name> {
    match &*entry.key {
        "$ref" => entry.node.as_str().and_then(target).into_iter().collect(),
        "discriminator" => {
            let mapping = entry.node.get("mapping").and_then(Node::as_map).unwrap_or_default();
            let texts = mapping.iter().filter_map(|entry| entry.node.as_str());
            // A schema's name can stand alone here.
            texts.map(|text| target(text).unwrap_or((Section::Schemas, text.to_owned()))).collect()
        }
        "security" => {
            schemes(&entry.node, reached);
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Security schemes name nothing else, so they are reached without being opened.
fn schemes(requirements: &Node, reached: &mut BTreeSet<Name>) {
    let requirements = requirements.as_list().unwrap_or_default();
    for scheme in requirements.iter().filter_map(Node::as_map).flatten() {
        reached.insert((Section::SecuritySchemes, String::from(&*scheme.key)));
    }
}

fn target(text: &str) -> Option<Name> {
    match reference::parse(text) {
        Target::Component(section, name) | Target::InsideComponent(section, name) => {
            Some((section, name))
        }
        Target::Elsewhere => None,
    }
}
