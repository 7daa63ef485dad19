//! What of the old crate is what of the new one.
//!
//! - **Operations** are the same by method and path, whatever the names in the path; then by
//!   `operationId`.
//! - **Types** are the same by the name of their component; inline ones by their Rust path. What is
//!   left is paired where paired things name it on both sides and it has the same shape (a struct
//!   with mostly the same keys), and so on from there: that is a rename.

use std::collections::{BTreeMap, BTreeSet};

use super::half::{Half, Placed};
use super::surface;
use crate::model::SchemaName;
use crate::plan::{Group, Item, Method, Name, RustType};

/// A method with its group.
pub(super) type Operation<'a> = (&'a Group, &'a Method);

/// What belongs together.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairs<'a> {
    pub(super) operations: Vec<(Operation<'a>, Operation<'a>)>,
    pub(super) removed: Vec<Operation<'a>>,
    pub(super) added: Vec<Operation<'a>>,
    /// The paths of types, old and new, in the order of the new ones.
    pub(super) types: Vec<(String, String)>,
    /// The new paths of old types that have another one now.
    pub(super) renames: BTreeMap<String, String>,
}

/// Pairs the two sides.
pub(super) fn pair<'a>(old: &Half<'a>, new: &Half<'a>) -> Pairs<'a> {
    let mut pairs = Pairs::default();
    operations(old, new, &mut pairs);
    types(old, new, &mut pairs);
    pairs
}

/// A path without the names of its parameters.
pub(super) fn shape(path: &str) -> String {
    let mut shape = String::new();
    let mut is_name = false;
    for letter in path.chars() {
        match letter {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name => continue,
            _ => {}
        }
        shape.push(letter);
    }
    shape
}

fn operations<'a>(old: &Half<'a>, new: &Half<'a>, pairs: &mut Pairs<'a>) {
    let mut rest: Vec<Operation<'a>> = old.operations.clone();
    let mut left: Vec<Operation<'a>> = new.operations.clone();
    let label = |(_, method): &Operation<'_>| surface::label(method.verb, &method.path);
    let loose = |(_, method): &Operation<'_>| surface::label(method.verb, &shape(&method.path));
    let id = |(_, method): &Operation<'_>| method.id.clone();
    let name = |(group, method): &Operation<'_>| format!("{}::{}", group.module, method.name);
    let keys: [&dyn Fn(&Operation<'_>) -> String; 4] = [&label, &loose, &id, &name];
    for key in keys {
        let mut known: BTreeMap<String, Vec<Operation<'a>>> = BTreeMap::new();
        for one in rest.drain(..) {
            known.entry(key(&one)).or_default().push(one);
        }
        let mut next = Vec::new();
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for one in &left {
            *counts.entry(key(one)).or_default() += 1;
        }
        for one in left {
            let key = key(&one);
            match known.get_mut(&key) {
                // Two of the same key tell nothing.
                Some(found) if found.len() == 1 && counts.get(&key) == Some(&1) => {
                    pairs.operations.extend(found.pop().map(|before| (before, one)));
                }
                _ => next.push(one),
            }
        }
        left = next;
        rest.clone_from(&old.operations);
        let paired: BTreeSet<String> =
            pairs.operations.iter().map(|(before, _)| label(before)).collect();
        rest.retain(|one| !paired.contains(&label(one)));
    }
    pairs.removed = rest;
    pairs.added = left;
}

fn types<'a>(old: &Half<'a>, new: &Half<'a>, pairs: &mut Pairs<'a>) {
    let mut paired: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let component = |half: &Half<'_>, placed: &Placed<'_>| {
        let schema = half.planned.api.schemas.get(placed.schema.0)?;
        match &schema.name {
            SchemaName::Component(name) => Some(name.clone()),
            _ => None,
        }
    };
    let by_name: BTreeMap<String, &String> = old
        .types
        .iter()
        .filter_map(|(path, placed)| Some((component(old, placed)?, path)))
        .collect();
    for (path, placed) in &new.types {
        let before = match component(new, placed) {
            Some(name) => by_name.get(&name).copied(),
            None => old.types.get_key_value(path).map(|(path, _)| path).filter(|path| {
                old.types.get(*path).is_some_and(|placed| component(old, placed).is_none())
            }),
        };
        if let Some(before) = before {
            paired.insert(before.clone(), path.clone());
            taken.insert(path.clone());
        }
    }
    renamed(old, new, &pairs.operations, &mut paired, &mut taken);
    pairs.renames = paired
        .iter()
        .filter(|(old, new)| old != new)
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    let back: BTreeMap<&String, &String> = paired.iter().map(|(old, new)| (new, old)).collect();
    let types =
        new.types.keys().filter_map(|path| Some(((*back.get(path)?).clone(), path.clone())));
    pairs.types = types.collect();
}

/// Pairs types that are named at the same place and have the same shape, until there are no more.
fn renamed(
    old: &Half<'_>,
    new: &Half<'_>,
    operations: &[(Operation<'_>, Operation<'_>)],
    paired: &mut BTreeMap<String, String>,
    taken: &mut BTreeSet<String>,
) {
    let mut votes: Vec<(String, String)> = Vec::new();
    for ((_, before), (_, after)) in operations {
        let (left, right) = (surface::rust_types(before), surface::rust_types(after));
        if left.len() == right.len() {
            left.iter().zip(right).for_each(|(left, right)| vote(left, right, &mut votes));
        }
    }
    let mut open: Vec<(String, String)> =
        paired.iter().map(|(old, new)| (old.clone(), new.clone())).collect();
    loop {
        for (before, after) in open.drain(..) {
            if let (Some(before), Some(after)) = (old.types.get(&before), new.types.get(&after)) {
                inside(before.item, after.item, &mut votes);
            }
        }
        for (before, after) in votes.drain(..) {
            let (Some(left), Some(right)) = (old.types.get(&before), new.types.get(&after)) else {
                continue;
            };
            let free = !paired.contains_key(&before) && !taken.contains(&after);
            if free && is_alike(left.item, right.item) {
                paired.insert(before.clone(), after.clone());
                taken.insert(after.clone());
                open.push((before, after));
            }
        }
        if open.is_empty() {
            return;
        }
    }
}

/// Takes note of what two types name at the same place.
fn vote(before: &RustType, after: &RustType, votes: &mut Vec<(String, String)>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    super::rust::named(before, &mut left);
    super::rust::named(after, &mut right);
    if let ([left], [right]) = (left.as_slice(), right.as_slice()) {
        votes.push((left.clone(), right.clone()));
    }
}

fn inside(before: &Item, after: &Item, votes: &mut Vec<(String, String)>) {
    match (before, after) {
        (Item::Struct(before), Item::Struct(after)) => {
            for left in &before.fields {
                if let Some(right) = after.fields.iter().find(|right| right.wire == left.wire) {
                    vote(&left.ty, &right.ty, votes);
                }
            }
        }
        (Item::Union(before), Item::Union(after)) => {
            for left in &before.variants {
                let same = |right: &&crate::plan::Variant| {
                    right.tags == left.tags && !left.tags.is_empty()
                };
                if let Some(right) = after.variants.iter().find(same) {
                    vote(&left.ty, &right.ty, votes);
                }
            }
        }
        (Item::Alias(before), Item::Alias(after)) => vote(&before.ty, &after.ty, votes),
        _ => {}
    }
}

/// Whether two types have the same shape: of their keys or values, at least half are in both.
fn is_alike(before: &Item, after: &Item) -> bool {
    let keys = |item: &Item| -> Option<(u8, BTreeSet<String>)> {
        match item {
            Item::Struct(one) => {
                Some((0, one.fields.iter().map(|field| field.wire.clone()).collect()))
            }
            Item::Enum(one) => {
                let values = one.variants.iter().map(|one| one.value.to_string());
                Some((1, values.collect()))
            }
            Item::Union(one) => {
                Some((2, one.variants.iter().map(|one| one.name.to_string()).collect()))
            }
            Item::Alias(one) => {
                let text = super::rust::text(&one.ty, &super::rust::as_is);
                Some((3, BTreeSet::from([text])))
            }
        }
    };
    let (Some((kind, left)), Some((other, right))) = (keys(before), keys(after)) else {
        return false;
    };
    let common = left.intersection(&right).count();
    let all = left.union(&right).count();
    kind == other && common * 2 >= all
}

/// The name of a method's group and its own.
pub(super) fn method_path(group: &Group, name: &Name) -> String {
    format!("{}::{}::{name}", surface::module(group), group.name)
}
