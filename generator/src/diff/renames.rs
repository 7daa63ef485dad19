//! What follows from the name of a type alone: the names of what is inline in it, and each line that
//! names one of them. They belong to the entry of the type that has another name.

use std::collections::BTreeMap;

use super::Id;
use super::differ::Differ;
use super::half::Half;
use super::surface::{Owner, Surface};
use crate::model::SchemaName;

/// How deep inline types are followed.
const DEEPEST: usize = 64;

/// The old path of the type for whose name a type has another one: its own where it is named by
/// itself, else that of the type around it.
pub(super) fn cause(differ: &Differ<'_>, path: &str) -> String {
    let mut path = path.to_owned();
    for _ in 0..DEEPEST {
        let Some(outer) = outer(differ, &path) else { break };
        path = outer;
    }
    path
}

/// The type that a type is inline in on both sides, where that has another name, too.
fn outer(differ: &Differ<'_>, old: &str) -> Option<String> {
    let new = differ.pairs.renames.get(old)?;
    let (before, left) = holder(&differ.old, old)?;
    let (after, right) = holder(&differ.new, new)?;
    let is_renamed = differ.pairs.renames.get(&before) == Some(&after);
    (left == right && is_renamed).then_some(before)
}

fn holder(half: &Half<'_>, path: &str) -> Option<(String, Vec<crate::model::Step>)> {
    let schema = half.schema(half.types.get(path)?.schema)?;
    let SchemaName::InSchema(owner, steps) = &schema.name else { return None };
    Some((half.path(*owner)?.to_owned(), steps.clone()))
}

/// Gives the entries of renames the lines that read differently for them.
pub(super) fn explain(differ: &mut Differ<'_>) {
    let mut causes: BTreeMap<String, String> = BTreeMap::new();
    let mut backwards: BTreeMap<String, String> = BTreeMap::new();
    for (old, new) in &differ.pairs.renames {
        let cause = cause(differ, old);
        backwards.insert(new.clone(), cause.clone());
        causes.insert(old.clone(), cause);
    }
    if causes.is_empty() {
        return;
    }
    let old = named(&differ.old.surface, &causes);
    let new = named(&differ.new.surface, &backwards);
    for change in differ.changes.iter_mut().filter(|change| change.id == Id::TypeRenamed) {
        let Some(path) = change.before.as_ref().map(|thing| thing.path.clone()) else { continue };
        for (items, lines) in [(&mut change.items_before, &old), (&mut change.items_after, &new)] {
            let more = lines.get(&path).into_iter().flatten();
            items.extend(more.filter(|key| path != **key).cloned());
        }
    }
}

/// The keys of lines that are of renamed types or name one, by the cause of the rename.
fn named(surface: &Surface, causes: &BTreeMap<String, String>) -> BTreeMap<String, Vec<String>> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in surface.lines.values() {
        let own = match &line.owner {
            Owner::Type(path) => causes.get(path),
            Owner::Client | Owner::Operation(_) => None,
        };
        let cause = own.or_else(|| line.names.iter().find_map(|name| causes.get(name)));
        if let Some(cause) = cause {
            lines.entry(cause.clone()).or_default().push(line.key());
        }
    }
    lines
}
