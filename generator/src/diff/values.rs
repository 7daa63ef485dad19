//! Changes of enums: of the values that an enum lists, and of the members of a union.

use super::differ::{Differ, Verdict};
use super::relation::{Relation, Written, by_side};
use super::types::Pair;
use super::{Build, Id, Running, rust};
use crate::plan::{Enum, EnumVariant, Union, Variant};

/// Compares two enums of values; variants are the same by their values.
pub(super) fn enumeration(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Enum, after: &Enum) {
    let side = pair.scope.side;
    let path = |of: &str, name: &crate::plan::Name| format!("{of}::{name}");
    if before.kind != after.kind {
        let running = by_side(side, Running::Breaks, Running::Breaks);
        let message = "its values have another JSON type";
        let paths = (pair.old.as_str(), pair.new.as_str());
        differ.note(
            Id::TypeKindChanged,
            Verdict(Build::Breaks, running),
            &pair.scope,
            paths,
            message,
        );
    }
    openness(differ, pair, before, after);
    let is_new = |one: &&EnumVariant| !before.variants.iter().any(|old| old.value == one.value);
    let mut added: Vec<&EnumVariant> = after.variants.iter().filter(is_new).collect();
    for variant in &before.variants {
        let old = path(&pair.old, &variant.name);
        let value = &variant.value;
        if let Some(now) = after.variants.iter().find(|now| now.value == variant.value) {
            if now.name != variant.name {
                let new = path(&pair.new, &now.name);
                let message =
                    format!("`{value}` is `{}` now, and was `{}`", now.name, variant.name);
                let verdict = Verdict(Build::Breaks, Running::Same);
                differ.note(Id::EnumValueRenamed, verdict, &pair.scope, (&old, &new), message);
            }
        } else if let Some(at) = added.iter().position(|now| now.name == variant.name) {
            let now = added.remove(at);
            let new = path(&pair.new, &now.name);
            let other = &now.value;
            let message = format!("it stands for `{other}` now, and stood for `{value}`");
            let running = by_side(side, Running::Breaks, Running::Breaks);
            let verdict = Verdict(Build::Same, running);
            differ.note(Id::EnumValueChanged, verdict, &pair.scope, (&old, &new), message);
        } else {
            let running = by_side(side, Running::Breaks, Running::Same);
            let message = format!("the value `{value}` is gone");
            let verdict = Verdict(Build::Breaks, running);
            differ.note(Id::EnumValueRemoved, verdict, &pair.scope, (&old, ""), message);
        }
    }
    for variant in added {
        let new = path(&pair.new, &variant.name);
        let message = format!("the value `{}` is new", variant.value);
        let unknown = if before.catch_all.is_some() { Running::MayBreak } else { Running::Breaks };
        let running = by_side(side, Running::Same, unknown);
        let verdict = Verdict(Build::Adds, running);
        differ.note(Id::EnumValueAdded, verdict, &pair.scope, ("", &new), message);
    }
}

fn openness(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Enum, after: &Enum) {
    let path = |of: &str, name: &Option<crate::plan::Name>| {
        name.as_ref().map(|name| format!("{of}::{name}")).unwrap_or_default()
    };
    let (old, new) = (path(&pair.old, &before.catch_all), path(&pair.new, &after.catch_all));
    let (id, running, message) = match (&before.catch_all, &after.catch_all) {
        (None, Some(_)) => (Id::EnumOpened, Running::Same, "it keeps values that it does not know"),
        (Some(_), None) => {
            (Id::EnumClosed, Running::MayBreak, "it refuses values that it does not know")
        }
        (Some(one), Some(other)) if one != other => {
            (Id::EnumValueRenamed, Running::Same, "the variant for other values has another name")
        }
        _ => return,
    };
    // A closed server takes fewer values; what it sends is as before.
    let running = by_side(pair.scope.side, running, Running::Same);
    let verdict = Verdict(Build::Breaks, running);
    let change = differ.note(id, verdict, &pair.scope, (&old, &new), message);
    change.items_before.push(pair.old.clone());
    change.items_after.push(pair.new.clone());
}

/// Compares two unions; members are the same by their types, then by tags, then by names.
pub(super) fn union(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Union, after: &Union) {
    let side = pair.scope.side;
    let mut left: Vec<&Variant> = after.variants.iter().collect();
    let mut order = Vec::new();
    let path = |of: &str, variant: &Variant| format!("{of}::{}", variant.name);
    if before.tag != after.tag {
        let shown = |tag: &Option<String>| match tag {
            Some(tag) => format!("by `{tag}`"),
            None => "without a property for it".to_owned(),
        };
        let message = format!(
            "members are told apart {} now, and were {}",
            shown(&after.tag),
            shown(&before.tag)
        );
        let running = by_side(side, Running::MayBreak, Running::MayBreak);
        let paths = (pair.old.as_str(), pair.new.as_str());
        differ.note(
            Id::UnionTagChanged,
            Verdict(Build::Docs, running),
            &pair.scope,
            paths,
            message,
        );
    }
    for variant in &before.variants {
        let old = path(&pair.old, variant);
        let same = |now: &&Variant| relation(differ, variant, now) == Relation::Equal;
        let tagged = |now: &&Variant| now.tags.iter().any(|tag| variant.tags.contains(tag));
        let named = |now: &&Variant| now.name == variant.name;
        let at = left.iter().position(|now| same(now) && named(now));
        let at = at.or_else(|| left.iter().position(same));
        let at = at.or_else(|| left.iter().position(tagged));
        let at = at.or_else(|| left.iter().position(named));
        let Some(at) = at else {
            let running = by_side(side, Running::Breaks, Running::Same);
            let message = format!("the member `{}` is gone", variant.name);
            let verdict = Verdict(Build::Breaks, running);
            let change =
                differ.note(Id::UnionVariantRemoved, verdict, &pair.scope, (&old, ""), message);
            change.items_before.push(format!("{}::{}()", pair.old, variant.accessor));
            continue;
        };
        let now = left.remove(at);
        order.extend(after.variants.iter().position(|one| one.name == now.name));
        kept(differ, pair, variant, now);
    }
    for variant in left {
        let new = path(&pair.new, variant);
        let message = format!("the member `{}` is new", variant.name);
        let running = by_side(side, Running::Same, Running::MayBreak);
        let verdict = Verdict(Build::Adds, running);
        let change = differ.note(Id::UnionVariantAdded, verdict, &pair.scope, ("", &new), message);
        change.items_after.push(format!("{}::{}()", pair.new, variant.accessor));
    }
    let is_tried = before.tag.is_none() && after.tag.is_none();
    if is_tried && order.windows(2).any(|two| matches!(two, [one, next] if one > next)) {
        let message =
            "its members are tried in another order, so that a value may become another one";
        let running = by_side(side, Running::Same, Running::MayBreak);
        let paths = (pair.old.as_str(), pair.new.as_str());
        differ.note(
            Id::UnionOrderChanged,
            Verdict(Build::Docs, running),
            &pair.scope,
            paths,
            message,
        );
    }
}

fn relation(differ: &Differ<'_>, before: &Variant, after: &Variant) -> Relation {
    let left = Written { ty: &before.ty, codec: before.codec.as_ref() };
    let right = Written { ty: &after.ty, codec: after.codec.as_ref() };
    differ.relation(left, right)
}

fn kept(differ: &mut Differ<'_>, pair: &Pair<'_>, before: &Variant, after: &Variant) {
    let side = pair.scope.side;
    let (old, new) =
        (format!("{}::{}", pair.old, before.name), format!("{}::{}", pair.new, after.name));
    let paths = (old.as_str(), new.as_str());
    if before.name != after.name {
        let message = format!("it is `{}` now, and was `{}`", after.name, before.name);
        let verdict = Verdict(Build::Breaks, Running::Same);
        let change = differ.note(Id::UnionVariantRenamed, verdict, &pair.scope, paths, message);
        change.items_before.push(format!("{}::{}()", pair.old, before.accessor));
        change.items_after.push(format!("{}::{}()", pair.new, after.accessor));
    }
    let relation = relation(differ, before, after);
    if relation != Relation::Equal {
        let text = |variant: &Variant| rust::text(&variant.ty, &rust::as_is);
        let message = format!("it holds `{}` now, and held `{}`", text(after), text(before));
        let verdict = Verdict(relation.build(), relation.running(side));
        differ.note(Id::UnionVariantTypeChanged, verdict, &pair.scope, paths, message);
    }
    let sorted = |tags: &[String]| {
        let mut tags = tags.to_vec();
        tags.sort();
        tags
    };
    let tagged = !before.tags.is_empty() && !after.tags.is_empty();
    if tagged && sorted(&before.tags) != sorted(&after.tags) {
        let shown = |tags: &[String]| format!("`{}`", tags.join("`, `"));
        let message =
            format!("its tag is {} now, and was {}", shown(&after.tags), shown(&before.tags));
        let gone = before.tags.iter().any(|tag| !after.tags.contains(tag));
        let sent = if gone { Running::Breaks } else { Running::Same };
        let running = by_side(side, sent, Running::MayBreak);
        differ.note(
            Id::UnionTagChanged,
            Verdict(Build::Docs, running),
            &pair.scope,
            paths,
            message,
        );
    }
}
