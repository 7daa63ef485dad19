//! Changes of types that are in both crates.

use super::differ::{Differ, Scope, Verdict};
use super::half::Placed;
use super::relation::{Relation, Written, by_side};
use super::{Build, Id, Running, Side, fields, limits, renames, values};
use crate::model::Limits;
use crate::plan::{Alias, Item, Struct};

/// A type on both sides.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    pub(super) before: Placed<'a>,
    pub(super) after: Placed<'a>,
    /// The paths.
    pub(super) old: String,
    pub(super) new: String,
    pub(super) scope: Scope,
}

/// Compares all types.
pub(super) fn types(differ: &mut Differ<'_>) {
    for (old, new) in differ.pairs.types.clone() {
        let before = differ.old.types.get(&old).copied();
        let after = differ.new.types.get(&new).copied();
        let (Some(before), Some(after)) = (before, after) else { continue };
        let scope = differ.scope(Some(before.schema), Some(after.schema));
        let pair = Pair { before, after, old, new, scope };
        if pair.old != pair.new && renames::cause(differ, &pair.old) == pair.old {
            let message = format!("the type `{}` is `{}` now", pair.old, pair.new);
            let verdict = Verdict(Build::Breaks, Running::Same);
            differ.note(Id::TypeRenamed, verdict, &pair.scope, (&pair.old, &pair.new), message);
        }
        one(differ, &pair);
    }
    renames::explain(differ);
}

fn one(differ: &mut Differ<'_>, pair: &Pair<'_>) {
    match (pair.before.item, pair.after.item) {
        (Item::Struct(before), Item::Struct(after)) => structure(differ, pair, before, after),
        (Item::Enum(before), Item::Enum(after)) => values::enumeration(differ, pair, before, after),
        (Item::Union(before), Item::Union(after)) => values::union(differ, pair, before, after),
        (Item::Alias(before), Item::Alias(after)) => alias(differ, pair, before, after),
        (before, after) => {
            let message = format!("it is {} now, and was {}", kind(after), kind(before));
            let running = by_side(pair.scope.side, Running::Breaks, Running::Breaks);
            let verdict = Verdict(Build::Breaks, kinds(before, after, pair.scope.side, running));
            let paths = (pair.old.as_str(), pair.new.as_str());
            differ.note(Id::TypeKindChanged, verdict, &pair.scope, paths, message);
        }
    }
    own_limits(differ, pair);
}

/// An enum that becomes a text loses nothing that is sent; a struct that becomes a map neither.
fn kinds(before: &Item, after: &Item, side: Side, other: Running) -> Running {
    use crate::plan::RustType as R;
    match (before, after) {
        (Item::Enum(_), Item::Alias(alias)) if alias.ty == R::String => {
            Relation::Wider.running(side)
        }
        (Item::Alias(alias), Item::Enum(_)) if alias.ty == R::String => {
            Relation::Narrower.running(side)
        }
        (_, Item::Alias(alias)) if matches!(alias.ty, R::Value | R::JsonMap | R::Map(_)) => {
            Relation::Wider.running(side)
        }
        (Item::Alias(alias), _) if matches!(alias.ty, R::Value | R::JsonMap | R::Map(_)) => {
            Relation::Narrower.running(side)
        }
        (Item::Struct(_), Item::Union(_)) => Relation::Wider.running(side),
        (Item::Union(_), Item::Struct(_)) => Relation::Narrower.running(side),
        _ => other,
    }
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Struct(_) => "a struct",
        Item::Enum(_) => "an enum of values",
        Item::Union(_) => "an enum of types",
        Item::Alias(_) => "an alias",
    }
}

fn alias(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Alias, after: &Alias) {
    let left = Written { ty: &before.ty, codec: None };
    let right = Written { ty: &after.ty, codec: None };
    let relation = differ.relation(left, right);
    if relation == Relation::Equal {
        return;
    }
    let message = format!(
        "it stands for `{}` now, and stood for `{}`",
        super::rust::text(&after.ty, &super::rust::as_is),
        super::rust::text(&before.ty, &super::rust::as_is)
    );
    let verdict = Verdict(relation.build(), relation.running(pair.scope.side));
    let id = if relation == Relation::Boxed { Id::TypeBoxed } else { Id::AliasTypeChanged };
    differ.note(id, verdict, &pair.scope, (&pair.old, &pair.new), message);
}

/// The limits that a schema has by itself: those of an alias, and of a struct's size.
fn own_limits(differ: &mut Differ<'_>, pair: &Pair<'_>) {
    let none = Limits::default();
    let left = differ.old.schema(pair.before.schema).map_or(&none, |one| &one.docs.limits);
    let right = differ.new.schema(pair.after.schema).map_or(&none, |one| &one.docs.limits);
    let change = limits::compare(left, right);
    let paths = (pair.old.as_str(), pair.new.as_str());
    fields::note_limits(differ, Id::FieldLimitsChanged, change, &pair.scope, paths);
}

fn structure(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Struct, after: &Struct) {
    fields::fields(differ, pair, before, after);
    additional(differ, pair, before, after);
    let groups = |item: &Struct| -> Vec<(String, Vec<String>)> {
        let groups = item.oneof_groups.iter().map(|group| {
            let members = group.members.iter().filter_map(|(_, at)| item.fields.get(*at));
            (group.wire.clone(), members.map(|field| field.wire.clone()).collect())
        });
        groups.collect()
    };
    let (left, right) = (groups(before), groups(after));
    if left != right {
        let names = |groups: &[(String, Vec<String>)]| {
            let names = groups
                .iter()
                .map(|(name, members)| format!("`{name}` of `{}`", members.join("`, `")));
            names.collect::<Vec<_>>().join(" and ")
        };
        let message = match (left.is_empty(), right.is_empty()) {
            (true, _) => format!("at most one may be set in {}", names(&right)),
            (_, true) => format!("any may be set together, not one in {} alone", names(&left)),
            _ => {
                format!("at most one may be set in {}, and was in {}", names(&right), names(&left))
            }
        };
        let gone = left.iter().any(|(name, members)| {
            let same = right.iter().find(|(other, _)| other == name);
            same.is_none_or(|(_, now)| members.iter().any(|one| !now.contains(one)))
        });
        let build = if gone { Build::Breaks } else { Build::Adds };
        let grown = right.iter().any(|group| !left.contains(group));
        let sent = if grown { Running::MayBreak } else { Running::Same };
        let running = by_side(pair.scope.side, sent, Running::Same);
        let paths = (pair.old.as_str(), pair.new.as_str());
        differ.note(Id::OneofGroupChanged, Verdict(build, running), &pair.scope, paths, message);
    }
}

fn additional(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Struct, after: &Struct) {
    let at = |item: &Struct, path: &str| {
        item.additional.as_ref().map(|one| format!("{path}::{}", one.name))
    };
    let (old, new) = (at(before, &pair.old), at(after, &pair.new));
    let paths = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
    let side = pair.scope.side;
    let (verdict, message) = match (&before.additional, &after.additional) {
        (None, None) => return,
        (None, Some(_)) => {
            (Verdict(Build::Adds, Running::Same), "properties that are not named are kept")
        }
        (Some(_), None) => {
            let running = by_side(side, Running::MayBreak, Running::Same);
            (Verdict(Build::Breaks, running), "properties that are not named are kept no more")
        }
        (Some(left), Some(right)) => {
            let left = Written { ty: &left.values, codec: None };
            let right = Written { ty: &right.values, codec: None };
            let relation = differ.relation(left, right);
            if relation == Relation::Equal {
                return;
            }
            let verdict = Verdict(relation.build(), relation.running(side));
            (verdict, "properties that are not named have another type")
        }
    };
    differ.note(Id::AdditionalChanged, verdict, &pair.scope, paths, message);
}
