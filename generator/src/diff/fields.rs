//! Changes of the fields of a struct.

use super::differ::{Differ, Scope, Verdict};
use super::limits;
use super::reach::together;
use super::relation::{Relation, Written, by_side};
use super::rust;
use super::types::Pair;
use super::{Build, Id, Running, Side};
use crate::model::{self, Access, Shape, Type};
use crate::plan::{Field, Presence, Struct};

/// A field with the facts behind it.
#[derive(Clone, Copy)]
struct Known<'a> {
    field: &'a Field,
    fact: Option<&'a model::Field>,
}

/// Compares the fields of two structs; they are the same by their keys in JSON.
pub(super) fn fields(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Struct, after: &Struct) {
    let (old, new) = (facts(differ, pair, Half::Old), facts(differ, pair, Half::New));
    let known = |facts: &[model::Field], field: &Field| {
        facts.iter().find(|fact| fact.wire == field.wire).cloned()
    };
    let is_new = |field: &&Field| !before.fields.iter().any(|one| one.wire == field.wire);
    let mut added: Vec<&Field> = after.fields.iter().filter(is_new).collect();
    for field in &before.fields {
        let fact = known(&old, field);
        let left = Known { field, fact: fact.as_ref() };
        if let Some(now) = after.fields.iter().find(|now| now.wire == field.wire) {
            let fact = known(&new, now);
            both(differ, pair, left, Known { field: now, fact: fact.as_ref() });
        } else if let Some(at) = added.iter().position(|now| now.name == field.name) {
            let now = added.remove(at);
            let fact = known(&new, now);
            rekeyed(differ, pair, left, Known { field: now, fact: fact.as_ref() });
        } else {
            removed(differ, pair, left);
        }
    }
    for field in added {
        let fact = known(&new, field);
        self::added(differ, pair, Known { field, fact: fact.as_ref() });
    }
}

#[derive(Clone, Copy)]
enum Half {
    Old,
    New,
}

fn facts(differ: &Differ<'_>, pair: &Pair<'_>, half: Half) -> Vec<model::Field> {
    let schema = match half {
        Half::Old => differ.old.schema(pair.before.schema),
        Half::New => differ.new.schema(pair.after.schema),
    };
    match schema.map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => object.fields.clone(),
        _ => Vec::new(),
    }
}

impl Known<'_> {
    fn access(self) -> Access {
        self.fact.map_or(Access::ReadWrite, |fact| fact.access)
    }

    fn is_nullable(self) -> bool {
        self.fact.is_some_and(|fact| matches!(fact.ty, Type::Nullable(_) | Type::Any))
    }

    fn is_required(self) -> bool {
        self.fact.map_or(self.field.presence == Presence::Required, |fact| {
            fact.presence == model::Presence::Required
        })
    }

    fn written(&self) -> Written<'_> {
        Written { ty: &self.field.ty, codec: self.field.codec.as_ref() }
    }

    /// Which way its value goes, in a type that goes this way.
    fn side(self, side: Side) -> Side {
        match (self.access(), side) {
            (Access::ReadOnly, Side::Both | Side::Response) => Side::Response,
            (Access::WriteOnly, Side::Both | Side::Request) => Side::Request,
            (Access::ReadOnly | Access::WriteOnly, _) => Side::None,
            (Access::ReadWrite, side) => side,
        }
    }
}

fn scope_of(pair: &Pair<'_>, side: Side) -> Scope {
    Scope { side, operations: pair.scope.operations.clone() }
}

fn removed(differ: &mut Differ<'_>, pair: &Pair<'_>, field: Known<'_>) {
    let scope = scope_of(pair, field.side(pair.scope.side));
    let received = if field.field.presence == Presence::Required {
        Running::Breaks
    } else {
        Running::MayBreak
    };
    let running = by_side(scope.side, Running::MayBreak, received);
    let path = format!("{}::{}", pair.old, field.field.name);
    let message = format!("`{}` is gone", field.field.wire);
    let verdict = Verdict(Build::Breaks, running);
    differ.note(Id::FieldRemoved, verdict, &scope, (&path, ""), message);
}

fn added(differ: &mut Differ<'_>, pair: &Pair<'_>, field: Known<'_>) {
    let scope = scope_of(pair, field.side(pair.scope.side));
    let path = format!("{}::{}", pair.new, field.field.name);
    let code = super::surface::field_code(field.field);
    let message = format!("`{}` is new", field.field.wire);
    let sent = if field.is_required() { Running::Breaks } else { Running::Same };
    let running = by_side(scope.side, sent, Running::Same);
    let (id, build) = if field.field.presence == Presence::Required {
        (Id::FieldRequiredAdded, Build::Breaks)
    } else if field.is_required() && sent == Running::Breaks && scope.side.is_sent() {
        (Id::FieldRequiredAdded, Build::Adds)
    } else {
        (Id::FieldAdded, Build::Adds)
    };
    let message = match id {
        Id::FieldRequiredAdded => format!("{message} and must be there: `{code}`"),
        _ => message,
    };
    differ.note(id, Verdict(build, running), &scope, ("", &path), message);
}

/// The Rust name stayed, and the key is another one.
fn rekeyed(differ: &mut Differ<'_>, pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) {
    let scope = scope_of(pair, after.side(pair.scope.side));
    let paths = paths(pair, before, after);
    let running = by_side(scope.side, Running::Breaks, Running::Breaks);
    let (old, new) = (&before.field.wire, &after.field.wire);
    let message = format!("its key in JSON is `{new}` now, and was `{old}`");
    let verdict = Verdict(Build::Same, running);
    let paths = (paths.0.as_str(), paths.1.as_str());
    differ.note(Id::FieldWireRenamed, verdict, &scope, paths, message);
    kind(differ, pair, before, after);
    presence(differ, pair, before, after);
}

fn paths(pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) -> (String, String) {
    let old = format!("{}::{}", pair.old, before.field.name);
    (old, format!("{}::{}", pair.new, after.field.name))
}

fn both(differ: &mut Differ<'_>, pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) {
    let (old, new) = paths(pair, before, after);
    let paths = (old.as_str(), new.as_str());
    let side = together(before.side(pair.scope.side), after.side(pair.scope.side));
    let scope = scope_of(pair, side);
    if before.field.name != after.field.name {
        let message = format!("it is `{}` now, and was `{}`", after.field.name, before.field.name);
        let verdict = Verdict(Build::Breaks, Running::Same);
        differ.note(Id::FieldRenamed, verdict, &scope, paths, message);
    }
    kind(differ, pair, before, after);
    presence(differ, pair, before, after);
    access(differ, pair, before, after);
    let (Some(was), Some(is)) = (before.fact, after.fact) else { return };
    let values = ((&was.docs.limits, &was.ty), (&is.docs.limits, &is.ty));
    let change = if differ.relation(before.written(), after.written()) == Relation::Equal {
        limits::compare_values(values.0, values.1)
    } else {
        limits::compare(values.0.0, values.1.0)
    };
    note_limits(differ, Id::FieldLimitsChanged, change, &scope, paths);
    if was.docs.default != is.docs.default {
        let shown = |default: &Option<String>| {
            default.as_ref().map_or_else(|| "none".to_owned(), |text| format!("`{text}`"))
        };
        let message = format!(
            "its default is {} now, and was {}",
            shown(&is.docs.default),
            shown(&was.docs.default)
        );
        let code = before.field.default != after.field.default;
        let build = match (&before.field.default, &after.field.default) {
            (Some(_), None) | (None, Some(_)) => Build::Breaks,
            _ => Build::Docs,
        };
        let running = if code && side != Side::None { Running::MayBreak } else { Running::Same };
        differ.note(Id::FieldDefaultChanged, Verdict(build, running), &scope, paths, message);
    }
}

fn kind(differ: &mut Differ<'_>, pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) {
    let relation = differ.relation(before.written(), after.written());
    if relation == Relation::Equal {
        return;
    }
    let (old, new) = paths(pair, before, after);
    let side = together(before.side(pair.scope.side), after.side(pair.scope.side));
    let text = |known: Known<'_>| rust::text(&known.field.ty, &rust::as_is);
    let mut message = format!("its type is `{}` now, and was `{}`", text(after), text(before));
    let id = match relation {
        Relation::Equal | Relation::Alias | Relation::Other => Id::FieldTypeChanged,
        Relation::Boxed => Id::TypeBoxed,
        Relation::Wider => Id::FieldTypeWidened,
        Relation::Narrower => Id::FieldTypeNarrowed,
        Relation::Encoding | Relation::Readable => {
            let form = |known: Known<'_>| match &known.field.codec {
                Some(codec) => format!("{codec:?}"),
                None => "plain JSON".to_owned(),
            };
            message = format!("it is written as {} now, and was as {}", form(after), form(before));
            Id::FieldEncodingChanged
        }
    };
    let verdict = Verdict(relation.build(), relation.running(side));
    differ.note(id, verdict, &scope_of(pair, side), (&old, &new), message);
}

/// Whether it is an `Option`, which `required` and null decide together.
fn presence(differ: &mut Differ<'_>, pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) {
    let (old, new) = paths(pair, before, after);
    let paths = (old.as_str(), new.as_str());
    let side = together(before.side(pair.scope.side), after.side(pair.scope.side));
    let scope = scope_of(pair, side);
    let shape = |known: Known<'_>| known.field.is_option();
    let build = if shape(before) == shape(after) { Build::Same } else { Build::Breaks };
    match (before.is_required(), after.is_required()) {
        (true, false) => {
            let is_read = before.field.presence == Presence::Required;
            let received = if is_read { Running::Breaks } else { Running::Same };
            let running = by_side(side, Running::Same, received);
            let message = "it may be missing, and had to be there";
            differ.note(Id::FieldBecameOptional, Verdict(build, running), &scope, paths, message);
            return;
        }
        (false, true) => {
            let running = by_side(side, Running::Breaks, Running::Same);
            let message = "it must be there, and could be missing";
            differ.note(Id::FieldBecameRequired, Verdict(build, running), &scope, paths, message);
            return;
        }
        _ => {}
    }
    let null = (before.is_nullable(), after.is_nullable());
    if before.fact.is_none() || after.fact.is_none() || null.0 == null.1 {
        return;
    }
    let is_strict = |known: Known<'_>| known.field.presence == Presence::Required;
    let (running, message) = if null.1 {
        let received = if is_strict(before) { Running::Breaks } else { Running::Same };
        (by_side(side, Running::Same, received), "it may be null")
    } else {
        let is_sent = before.field.presence == Presence::Nullable;
        let sent = if is_sent { Running::MayBreak } else { Running::Same };
        (by_side(side, sent, Running::Same), "it may be null no more")
    };
    // What is an `Option` for being left out reads and writes as it did.
    if (build, running) == (Build::Same, Running::Same) {
        return;
    }
    differ.note(Id::FieldNullChanged, Verdict(build, running), &scope, paths, message);
}

fn access(differ: &mut Differ<'_>, pair: &Pair<'_>, before: Known<'_>, after: Known<'_>) {
    if before.access() == after.access() {
        return;
    }
    let (old, new) = paths(pair, before, after);
    let word = |access| match access {
        Access::ReadWrite => "both sides",
        Access::ReadOnly => "the server alone",
        Access::WriteOnly => "the client alone",
    };
    let message =
        format!("{} may set it now, and {} did", word(after.access()), word(before.access()));
    let build = match (&before.field.setter, &after.field.setter) {
        (Some(_), None) => Build::Breaks,
        (None, Some(_)) => Build::Adds,
        _ => Build::Docs,
    };
    let sent = if after.access() == Access::ReadOnly { Running::MayBreak } else { Running::Same };
    let received =
        if after.access() == Access::WriteOnly { Running::MayBreak } else { Running::Same };
    let running = by_side(pair.scope.side, sent, received);
    let change = differ.note(
        Id::FieldAccessChanged,
        Verdict(build, running),
        &pair.scope,
        (&old, &new),
        message,
    );
    let setter = |known: Known<'_>, path: &str| {
        known.field.setter.as_ref().map(|setter| format!("{path}::{}()", setter.name))
    };
    change.items_before.extend(setter(before, &pair.old));
    change.items_after.extend(setter(after, &pair.new));
}

/// Notes that limits are others; what the server promises of its own values breaks nobody.
pub(super) fn note_limits(
    differ: &mut Differ<'_>,
    id: Id,
    change: limits::Change,
    scope: &Scope,
    paths: (&str, &str),
) {
    let (running, message) = match change {
        limits::Change::None => return,
        limits::Change::Looser => (Running::Same, "more values are allowed"),
        limits::Change::Tighter => {
            let running = by_side(scope.side, Running::MayBreak, Running::Same);
            (running, "fewer values are allowed")
        }
    };
    differ.note(id, Verdict(Build::Docs, running), scope, paths, message);
}
