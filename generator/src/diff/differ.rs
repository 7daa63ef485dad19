//! What is at hand while two sides are compared, and how a change is noted.

use std::collections::{BTreeMap, BTreeSet};

use super::half::Half;
use super::pairs::{Pairs, pair};
use super::relation::{Relation, Written, relation};
use super::{Build, Cause, Change, Id, Planned, Running, Side, Thing};
use crate::model::SchemaId;

/// Compares two sides.
#[derive(Debug)]
pub(super) struct Differ<'a> {
    pub(super) old: Half<'a>,
    pub(super) new: Half<'a>,
    pub(super) pairs: Pairs<'a>,
    pub(super) changes: Vec<Change>,
}

/// Who is affected.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    pub(super) side: Side,
    pub(super) operations: Vec<String>,
}

/// Both verdicts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict(pub(super) Build, pub(super) Running);

impl<'a> Differ<'a> {
    pub(super) fn new(old: &'a Planned, new: &'a Planned) -> Self {
        let (old, new) = (Half::new(old), Half::new(new));
        let pairs = pair(&old, &new);
        Self { old, new, pairs, changes: Vec::new() }
    }

    /// Notes a change between the things at two paths; an empty path is nothing.
    pub(super) fn note(
        &mut self,
        id: Id,
        verdict: Verdict,
        scope: &Scope,
        (before, after): (&str, &str),
        message: impl Into<String>,
    ) -> &mut Change {
        let things = (self.old.thing(before), self.new.thing(after));
        self.note_things(id, verdict, scope, things, message)
    }

    /// Notes a change between two things.
    pub(super) fn note_things(
        &mut self,
        id: Id,
        Verdict(build, running): Verdict,
        scope: &Scope,
        (before, after): (Option<Thing>, Option<Thing>),
        message: impl Into<String>,
    ) -> &mut Change {
        let keys = |half: &Half<'_>, thing: &Option<Thing>| {
            let line = thing.as_ref().and_then(|thing| half.surface.at(&thing.path));
            line.map(|line| vec![line.key()]).unwrap_or_default()
        };
        let change = Change {
            items_before: keys(&self.old, &before),
            items_after: keys(&self.new, &after),
            id,
            build,
            running,
            cause: Cause::Document,
            side: scope.side,
            before,
            after,
            message: message.into(),
            operations: scope.operations.clone(),
        };
        self.changes.push(change);
        let last = self.changes.len() - 1;
        // It was pushed in the line above.
        #[expect(clippy::indexing_slicing, reason = "the index of what was just pushed")]
        &mut self.changes[last]
    }

    /// Who is affected by a change in a type: those that used it before, and those that do now.
    pub(super) fn scope(&self, old: Option<SchemaId>, new: Option<SchemaId>) -> Scope {
        let mut scope = Scope::default();
        let now = new.map(|id| (self.new.reach.side(id), self.new.reach.operations(id).collect()));
        let then = old.map(|id| (self.old.reach.side(id), self.old.reach.operations(id).collect()));
        let sides: [Option<(Side, Vec<&str>)>; 2] = [now, then];
        let mut known = BTreeSet::new();
        for (side, operations) in sides.into_iter().flatten() {
            scope.side = super::reach::together(scope.side, side);
            let unknown = operations.into_iter().filter(|one| known.insert(*one));
            scope.operations.extend(unknown.map(str::to_owned));
        }
        scope
    }

    /// How two types relate.
    pub(super) fn relation(&self, before: Written<'_>, after: Written<'_>) -> Relation {
        let renames = &self.pairs.renames;
        relation((&self.old, before), (&self.new, after), &|path| renamed(renames, path))
    }

    /// The key that an old line has now, where it or the type that it is of is renamed.
    pub(super) fn moved(&self, key: &str) -> String {
        let renames = &self.pairs.renames;
        if let Some(new) = renames.get(key) {
            return new.clone();
        }
        let within = key.rsplit_once("::").and_then(|(holder, name)| {
            renames.get(holder).map(|holder| format!("{holder}::{name}"))
        });
        within.unwrap_or_else(|| key.to_owned())
    }

    /// The code of an old line, with what was renamed as it is called now.
    pub(super) fn now(&self, code: &str) -> String {
        words(code, &self.pairs.renames)
    }
}

fn renamed(renames: &BTreeMap<String, String>, path: String) -> String {
    renames.get(&path).cloned().unwrap_or(path)
}

/// Puts the new paths of types in the place of the old ones.
fn words(code: &str, renames: &BTreeMap<String, String>) -> String {
    let is_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let mut text = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(is_path) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|letter| !is_path(letter)).unwrap_or(from.len());
        let (word, behind) = from.split_at(end);
        text.push_str(before);
        text.push_str(renames.get(word).map_or(word, String::as_str));
        rest = behind;
    }
    text.push_str(rest);
    text
}
