//! The names of places that become components.
//!
//! | place | name |
//! | --- | --- |
//! | `models/pet.yaml` | `pet` |
//! | `models.yaml#/Pet`, `pet.yaml#/components/schemas/Pet`, `#/$defs/Pet` | `Pet` |
//! | `#/components/schemas/Pet/properties/owner/items` | `Pet_owner_item` |
//! | `#/paths/~1pets/get/responses/200/content/…/schema` | `listPets_response`, or `get_pets_response` |
//!
//! So what stands inside a component is named as it would be without a reference to it. Where several
//! want the same name, however spelt, a component that is written under that name keeps it, or else
//! the first in the alphabet of locations; the others put the name of their file or folder before
//! theirs, and a number behind it when nothing else is left. The order of the document decides
//! nothing. A schema whose name a component has that is written in the root document is a gap, so that
//! a new component does not rename it silently.

use std::collections::BTreeMap;

use super::collect::Moved;
use super::locate::{Locator, Place};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reference::Section;
use crate::source::Span;
use crate::yaml::Node;

/// Steps that do not tell anything apart.
const SILENT: &[&str] = &["content", "schema", "value", "callbacks"];

/// The keys of operations.
const VERBS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The names that components have, with the places of those that are written in the root document.
pub(super) type Taken = BTreeMap<Section, BTreeMap<String, Option<Span>>>;

/// The name of each place, in their order. `taken` are the components that the document has.
pub(super) fn names(
    moved: &[Moved],
    mut taken: Taken,
    locator: &Locator,
    found: &mut Diagnostics,
) -> Vec<String> {
    let mut wishes: Vec<(String, &str, &[String], usize)> = Vec::new();
    let mut names = vec![String::new(); moved.len()];
    for (index, one) in moved.iter().enumerate() {
        if let (Some(name), Some(slot)) = (&one.claimed, names.get_mut(index)) {
            name.clone_into(slot);
        } else {
            let location = locator.location(one.place.base.file);
            let name = wanted(&one.place, locator);
            wishes.push((name, location, &one.place.steps, index));
        }
    }
    wishes.sort();
    for (name, location, steps, index) in wishes {
        let (Some(one), Some(slot)) = (moved.get(index), names.get_mut(index)) else { continue };
        let taken = taken.entry(one.section).or_default();
        *slot = free(&name, location, steps.is_empty(), taken);
        if let (Section::Schemas, Some(Some(first))) = (one.section, taken.get(&sound(&name))) {
            let message =
                format!("several schemas are named `{name}`, so this one is called `{slot}`");
            let help = format!(
                "another name can be given in generator.yaml, under `naming: names:`: \
                 `\"#/components/schemas/{slot}\": …`"
            );
            let gap = Diagnostic::gap(Code::NameCollision, one.place.at, message);
            found.push(gap.related(*first, "the name is taken here").help(help));
        }
        taken.insert(sound(slot), None);
    }
    names
}

/// The first free form of a name.
fn free(
    name: &str,
    location: &str,
    is_file: bool,
    taken: &BTreeMap<String, Option<Span>>,
) -> String {
    let mut folders: Vec<&str> = location.split('/').collect();
    let file = folders.pop().map(stem).filter(|_| !is_file);
    let folders = folders.into_iter().map(str::to_owned).rev();
    // `models/pet.yaml` in `users` is rather a pet of users than one of models.
    let around = file.into_iter().chain(folders).filter(|step| !step.is_empty());
    let qualified = around.map(|step| format!("{step}_{name}"));
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    let mut forms = std::iter::once(name.to_owned()).chain(qualified).chain(numbered);
    forms.find(|form| !taken.contains_key(&sound(form))).unwrap_or_default()
}

/// The name that a place would have if it were alone.
pub(super) fn wanted(place: &Place, locator: &Locator) -> String {
    let location = locator.location(place.base.file);
    let mut words: Vec<String> = Vec::new();
    let mut steps = place.steps.iter().map(String::as_str);
    let mut node = locator.document(place.base.file);
    while let Some(step) = steps.next() {
        node = node.and_then(|node| child(node, step));
        match step {
            "components" => {
                steps.next();
                words = named(&mut steps, &mut node);
                node = None;
            }
            "definitions" | "$defs" => {
                words = steps.next().into_iter().map(str::to_owned).collect();
            }
            "paths" | "webhooks" => words = named(&mut steps, &mut node),
            "properties" | "headers" | "patternProperties" => {
                words.extend(steps.next().map(str::to_owned));
            }
            "items" => words.push("item".to_owned()),
            "additionalProperties" => words.push("value".to_owned()),
            "requestBody" => words.push("request".to_owned()),
            "responses" => {
                words.push("response".to_owned());
                let status = steps.next().filter(|status| !status.starts_with('2'));
                words.extend(status.map(str::to_owned));
            }
            "allOf" | "oneOf" | "anyOf" | "prefixItems" | "parameters" | "not" => {
                let number = steps.next().and_then(|index| index.parse::<usize>().ok());
                words.push(step.to_owned());
                words.extend(number.map(|index| (index + 1).to_string()));
            }
            verb if VERBS.contains(&verb) && !words.is_empty() => {
                let id = node.and_then(|node| node.get("operationId")).and_then(Node::as_str);
                match id {
                    Some(id) => words = vec![id.to_owned()],
                    None => words.insert(0, verb.to_owned()),
                }
            }
            step if SILENT.contains(&step) || step.contains('/') => {}
            // The name of something in a file of definitions.
            step => words = vec![step.to_owned()],
        }
    }
    if words.is_empty() { stem(location) } else { words.join("_") }
}

/// The name behind a section, or the words of a path.
fn named<'n>(steps: &mut impl Iterator<Item = &'n str>, node: &mut Option<&Node>) -> Vec<String> {
    let Some(step) = steps.next() else { return Vec::new() };
    *node = node.and_then(|node| child(node, step));
    if !step.starts_with('/') {
        return vec![step.to_owned()];
    }
    let words = step.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn child<'n>(node: &'n Node, step: &str) -> Option<&'n Node> {
    match node.as_list() {
        Some(nodes) => nodes.get(step.parse::<usize>().ok()?),
        None => node.get(step),
    }
}

/// The name of a file without its ending. A dot would be read as the end of a module's name.
fn stem(location: &str) -> String {
    let file = location.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    stem.replace('.', "_")
}

/// What is left of a name when spelling is put aside.
pub(super) fn sound(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric() || *letter == '.');
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether two names differ in spelling only.
pub(super) fn sounds_like(left: &str, right: &str) -> bool {
    sound(left) == sound(right)
}
