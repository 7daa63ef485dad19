//! Changes of texts alone: documentation, and a document that says the same in other words.

use std::collections::BTreeSet;
use std::hash::Hasher as _;

use super::differ::{Differ, Scope, Verdict};
use super::surface::{Kind, Line, Owner};
use super::{Build, Id, Running, Thing};
use crate::model::SchemaName;

/// Notes fields and types that are deprecated, documentation, and other words.
pub(super) fn text(differ: &mut Differ<'_>) {
    deprecated(differ);
    documentation(differ);
    reencoded(differ);
}

/// The lines that are on both sides.
fn both(differ: &Differ<'_>) -> Vec<(Line, Line)> {
    let lines = differ.old.surface.lines.values();
    let pair = |line: &Line| {
        Some((line.clone(), differ.new.surface.get(&differ.moved(&line.key()))?.clone()))
    };
    lines.filter_map(pair).collect()
}

fn deprecated(differ: &mut Differ<'_>) {
    for (was, is) in both(differ) {
        if was.docs.deprecated == is.docs.deprecated
            || !matches!(was.kind, Kind::Type | Kind::Alias | Kind::Field | Kind::Variant)
        {
            continue;
        }
        let scope = match &is.owner {
            Owner::Type(path) => {
                let new = differ.new.types.get(path).map(|one| one.schema);
                differ.scope(None, new)
            }
            Owner::Operation(label) => {
                Scope { operations: vec![label.clone()], ..Scope::default() }
            }
            Owner::Client => Scope::default(),
        };
        let (build, message) = if is.docs.deprecated {
            (Build::Warns, "it is deprecated")
        } else {
            (Build::Docs, "it is deprecated no more")
        };
        let verdict = Verdict(build, Running::Same);
        differ.note(Id::FieldDeprecated, verdict, &scope, (&was.path, &is.path), message);
    }
}

/// How many paths are named.
const NAMED: usize = 3;

fn documentation(differ: &mut Differ<'_>) {
    let told: BTreeSet<&String> =
        differ.changes.iter().flat_map(|change| change.items_after.iter()).collect();
    let differs =
        |(was, is): &(Line, Line)| was.docs.lines != is.docs.lines && !told.contains(&is.key());
    let found: Vec<(Line, Line)> = both(differ).into_iter().filter(differs).collect();
    if found.is_empty() {
        return;
    }
    let named: Vec<String> =
        found.iter().take(NAMED).map(|(_, line)| format!("`{}`", line.path)).collect();
    let more = found.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let message = format!("documentation reads differently: {}{more}", named.join(", "));
    let verdict = Verdict(Build::Docs, Running::Same);
    // How all of it reads is what a waiver of it is bound to.
    let digest = |lines: &mut dyn Iterator<Item = &Line>| {
        let mut hash = fnv::FnvHasher::default();
        lines.flat_map(|line| &line.docs.lines).for_each(|text| hash.write(text.as_bytes()));
        let code = format!("{} items, {:016x}", found.len(), hash.finish());
        Thing { path: "crate".to_owned(), code, ..Thing::default() }
    };
    let old = digest(&mut found.iter().map(|(was, _)| was));
    let new = digest(&mut found.iter().map(|(_, is)| is));
    let scope = Scope::default();
    let things = (Some(old), Some(new));
    let change = differ.note_things(Id::DocsChanged, verdict, &scope, things, message);
    change.items_before = found.iter().map(|(line, _)| line.key()).collect();
    change.items_after = found.iter().map(|(_, line)| line.key()).collect();
}

/// Operations and schemas that are written differently, and that no entry is about.
fn reencoded(differ: &mut Differ<'_>) {
    let (old, new) = (&differ.old.planned.wording, &differ.new.planned.wording);
    let differs =
        |(pointer, digest): &(&String, &u64)| old.get(*pointer).is_some_and(|was| was != *digest);
    let pointers = new.iter().filter(differs).map(|(pointer, _)| pointer.clone());
    let told: BTreeSet<String> = differ
        .changes
        .iter()
        .flat_map(|change| change.items_after.iter().chain(&change.items_before))
        .map(|key| owner(differ, key))
        .collect();
    let quiet = pointers.filter(|pointer| !told.contains(pointer)).count();
    if quiet == 0 {
        return;
    }
    let things = if quiet == 1 { "place is" } else { "places are" };
    let message = format!("{quiet} {things} written differently and mean the same");
    let count =
        |text: &str| Thing { path: "crate".to_owned(), code: text.to_owned(), ..Thing::default() };
    let things = (Some(count("")), Some(count(&message)));
    let verdict = Verdict(Build::Same, Running::Same);
    differ.note_things(Id::DocumentReencoded, verdict, &Scope::default(), things, message);
}

/// The JSON Pointer of the operation or component that a line belongs to.
fn owner(differ: &Differ<'_>, key: &str) -> String {
    let line = differ.new.surface.get(key).or_else(|| differ.old.surface.get(key));
    let escaped = |text: &str| text.replace('~', "~0").replace('/', "~1");
    match line.map(|line| &line.owner) {
        Some(Owner::Operation(label)) => match label.split_once(' ') {
            Some((verb, path)) => {
                format!("/paths/{}/{}", escaped(path), verb.to_ascii_lowercase())
            }
            None => String::new(),
        },
        Some(Owner::Type(path)) => {
            let half = if differ.new.types.contains_key(path) { &differ.new } else { &differ.old };
            let mut id = half.types.get(path).map(|one| one.schema);
            // An inline schema is written where its owner is.
            for _ in 0..16 {
                let Some(schema) = id.and_then(|id| half.schema(id)) else { break };
                match &schema.name {
                    SchemaName::Component(name) => {
                        return format!("/components/schemas/{}", escaped(name));
                    }
                    SchemaName::InSchema(owner, _) => id = Some(*owner),
                    SchemaName::InOperation(at, _) => {
                        let operation = half.planned.api.operations.get(*at);
                        return operation.map_or_else(String::new, |one| {
                            let label = super::surface::operation_label(one);
                            let verb = label.split(' ').next().unwrap_or_default();
                            let verb = verb.to_ascii_lowercase();
                            format!("/paths/{}/{verb}", escaped(&one.path))
                        });
                    }
                    SchemaName::LeftOut => break,
                }
            }
            String::new()
        }
        Some(Owner::Client) | None => String::new(),
    }
}
