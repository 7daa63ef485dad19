//! The lines that no entry explains yet. Each goes to the entry that brought it about: one of the
//! same operation or type, or one that named it. What is left then is an entry of its own, so that
//! no line of a crate is gone or other without a word.

use std::collections::BTreeMap;

use super::differ::{Differ, Scope, Verdict};
use super::surface::{Kind, Line, Owner, Surface};
use super::{Build, Change, Group, Id, Running, Side};

/// Explains all lines.
pub(super) fn rest(differ: &mut Differ<'_>) {
    let (gone, new) = lines(differ);
    let mut gone = Open { lines: gone, is_old: true };
    let mut new = Open { lines: new, is_old: false };
    gone.drop_claimed(&differ.changes);
    new.drop_claimed(&differ.changes);
    loop {
        let before = gone.lines.len() + new.lines.len();
        let index = Index::new(&differ.changes, &differ.old.surface, &differ.new.surface);
        gone.give(&index, &mut differ.changes);
        new.give(&index, &mut differ.changes);
        if gone.lines.len() + new.lines.len() == before {
            break;
        }
    }
    own_entries(differ, &gone.lines, &new.lines);
}

/// The lines that are gone or other, and those that are new or other, by their keys.
fn lines(differ: &Differ<'_>) -> (Vec<Line>, Vec<Line>) {
    let mut expected: BTreeMap<String, String> = BTreeMap::new();
    let mut gone = Vec::new();
    for line in differ.old.surface.lines.values() {
        let key = differ.moved(&line.key());
        let code = named_now(line, &key, differ.now(&line.code));
        if differ.new.surface.get(&key).is_none_or(|now| now.code != code) {
            gone.push(line.clone());
        }
        expected.insert(key, code);
    }
    let is_new = |line: &&Line| expected.get(&line.key()) != Some(&line.code);
    let new = differ.new.surface.lines.values().filter(is_new).cloned().collect();
    (gone, new)
}

/// The code of a type whose name is another one, with the one that it has now.
fn named_now(line: &Line, key: &str, code: String) -> String {
    let last = |path: &str| path.rsplit("::").next().unwrap_or_default().to_owned();
    let (old, new) = (last(&line.path), last(key));
    let is_whole = matches!(line.kind, Kind::Type | Kind::Alias);
    if is_whole && old != new { code.replace(&old, &new) } else { code }
}

/// Lines that nobody explains.
struct Open {
    lines: Vec<Line>,
    is_old: bool,
}

/// Which change explains what is not explained yet.
struct Index {
    operations: BTreeMap<String, usize>,
    types: BTreeMap<String, usize>,
    /// The types that explained lines name.
    named: BTreeMap<String, usize>,
}

impl Index {
    fn new(changes: &[Change], old: &Surface, new: &Surface) -> Self {
        let mut index =
            Self { operations: BTreeMap::new(), types: BTreeMap::new(), named: BTreeMap::new() };
        for (at, change) in changes.iter().enumerate() {
            let whole = [(&change.items_before, old), (&change.items_after, new)];
            for (key, surface) in
                whole.iter().flat_map(|(keys, surface)| keys.iter().map(move |key| (key, surface)))
            {
                let Some(line) = surface.get(key) else { continue };
                for name in &line.names {
                    index.named.entry(name.clone()).or_insert(at);
                }
                if let Owner::Type(path) = &line.owner {
                    index.types.entry(path.clone()).or_insert(at);
                }
                // A group comes and goes with its operations, and its accessor with it.
                if let (Kind::Method, Some((group, _))) = (line.kind, line.path.rsplit_once("::")) {
                    index.named.entry(group.to_owned()).or_insert(at);
                }
            }
            let is_call = matches!(
                change.id.group(),
                Group::Operations | Group::CallSurface | Group::Responses
            );
            if is_call && change.build >= Build::Adds {
                for operation in &change.operations {
                    index.operations.entry(operation.clone()).or_insert(at);
                }
            }
        }
        index
    }

    fn of(&self, line: &Line) -> Option<usize> {
        let own = match &line.owner {
            Owner::Client => line.names.iter().find_map(|name| self.named.get(name)),
            Owner::Operation(label) => self.operations.get(label),
            Owner::Type(path) => self.types.get(path).or_else(|| self.named.get(path)),
        };
        own.or_else(|| self.named.get(&line.path)).copied()
    }
}

impl Open {
    fn drop_claimed(&mut self, changes: &[Change]) {
        let keys: std::collections::BTreeSet<&String> =
            changes.iter().flat_map(|change| self.keys(change)).collect();
        let lines = std::mem::take(&mut self.lines);
        self.lines = lines.into_iter().filter(|line| !keys.contains(&line.key())).collect();
    }

    fn keys<'a>(&self, change: &'a Change) -> &'a Vec<String> {
        if self.is_old { &change.items_before } else { &change.items_after }
    }

    /// Gives each line to the change that explains it, if there is one.
    fn give(&mut self, index: &Index, changes: &mut [Change]) {
        let is_old = self.is_old;
        self.lines.retain(|line| {
            let change = index.of(line).and_then(|at| changes.get_mut(at));
            let Some(change) = change else { return true };
            let items = if is_old { &mut change.items_before } else { &mut change.items_after };
            items.push(line.key());
            false
        });
    }
}

/// What nothing explains is told as it is.
fn own_entries(differ: &mut Differ<'_>, gone: &[Line], new: &[Line]) {
    let scope_of = |differ: &Differ<'_>, line: &Line| match &line.owner {
        Owner::Client => Scope::default(),
        Owner::Operation(label) => Scope { side: Side::Both, operations: vec![label.clone()] },
        Owner::Type(path) => {
            let old = differ.old.types.get(path).map(|one| one.schema);
            let new = differ.new.types.get(path).map(|one| one.schema);
            differ.scope(old, new)
        }
    };
    // A type stands for all that is in it.
    let is_whole = |line: &Line| matches!(line.kind, Kind::Type | Kind::Alias);
    let is_inside = |line: &Line, lines: &[Line]| {
        !is_whole(line)
            && lines
                .iter()
                .any(|other| is_whole(other) && Owner::Type(other.path.clone()) == line.owner)
    };
    for line in gone.iter().filter(|line| !is_inside(line, gone)) {
        let key = line.key();
        let now = new.iter().find(|now| now.key() == differ.moved(&key));
        let scope = scope_of(differ, line);
        let after = now.map(|now| now.path.clone()).unwrap_or_default();
        let (id, build, message) = match (now, line.kind) {
            (Some(_), Kind::Type) => {
                (Id::TypeTraitsChanged, Build::MayBreak, "it reads differently".to_owned())
            }
            (None, Kind::Type | Kind::Alias) => {
                (Id::TypeRemoved, Build::Breaks, format!("`{}` is gone", line.path))
            }
            (Some(now), _) => (
                of_line(line),
                Build::Breaks,
                format!("it is `{}` now, and was `{}`", now.code, line.code),
            ),
            (None, _) => (of_line(line), Build::Breaks, format!("`{}` is gone", line.path)),
        };
        let verdict = Verdict(build, Running::Same);
        let inside: Vec<String> = gone
            .iter()
            .filter(|one| one.owner == Owner::Type(line.path.clone()))
            .map(Line::key)
            .collect();
        let change = differ.note(id, verdict, &scope, (&line.path, &after), message);
        change.items_before.extend(inside.into_iter().filter(|other| *other != key));
    }
    let known = |line: &&Line| {
        !is_inside(line, new) && !gone.iter().any(|old| differ.moved(&old.key()) == line.key())
    };
    let fresh: Vec<Line> = new.iter().filter(known).cloned().collect();
    for line in fresh {
        let scope = scope_of(differ, &line);
        let id = if is_whole(&line) { Id::TypeAdded } else { of_line(&line) };
        let message = format!("`{}` is new", line.path);
        let inside: Vec<String> = new
            .iter()
            .filter(|one| one.owner == Owner::Type(line.path.clone()))
            .map(Line::key)
            .collect();
        let verdict = Verdict(Build::Adds, Running::Same);
        let key = line.key();
        let change = differ.note(id, verdict, &scope, ("", &line.path), message);
        change.items_after.extend(inside.into_iter().filter(|other| *other != key));
    }
}

/// What a line that is gone or new by itself is about: a setter comes and goes with requests.
fn of_line(line: &Line) -> Id {
    match line.kind {
        Kind::Function if matches!(line.owner, Owner::Type(_)) => Id::FieldAccessChanged,
        Kind::Field => Id::FieldTypeChanged,
        Kind::Variant => Id::UnionVariantTypeChanged,
        Kind::Alias => Id::AliasTypeChanged,
        Kind::Parameter => Id::ParameterTypeChanged,
        Kind::Method | Kind::Function => Id::ResponseTypeChanged,
        Kind::Type => Id::TypeTraitsChanged,
    }
}
