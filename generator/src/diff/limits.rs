//! Whether a value may have more or fewer forms than before, by its limits.

use crate::model::{Bound, Limits, Sizes, Type};

/// How new limits relate to old ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// They are the same.
    None,
    /// All that was allowed is, and more.
    Looser,
    /// Something that was allowed is not.
    Tighter,
}

/// Compares limits.
pub(super) fn compare(old: &Limits, new: &Limits) -> Change {
    if old == new {
        return Change::None;
    }
    if is_within(old, new) { Change::Looser } else { Change::Tighter }
}

/// Compares limits and the formats of types that are one in Rust: a format is a limit of its text.
pub(super) fn compare_values((old, was): (&Limits, &Type), (new, is): (&Limits, &Type)) -> Change {
    match (compare(old, new), formats(was, is)) {
        (Change::None, change) | (change, Change::None) => change,
        (Change::Tighter, _) | (_, Change::Tighter) => Change::Tighter,
        (Change::Looser, Change::Looser) => Change::Looser,
    }
}

fn formats(was: &Type, is: &Type) -> Change {
    match (was, is) {
        (Type::Nullable(was), is) => formats(was, is),
        (was, Type::Nullable(is)) => formats(was, is),
        (Type::List(was), Type::List(is)) | (Type::Map(was), Type::Map(is)) => formats(was, is),
        (Type::Text(was), Type::Text(is))
        | (Type::Integer(was), Type::Integer(is))
        | (Type::Number(was), Type::Number(is)) => match (was, is) {
            (was, is) if was == is => Change::None,
            (_, None) => Change::Looser,
            _ => Change::Tighter,
        },
        _ => Change::None,
    }
}

/// Whether all that the old limits allow is allowed by the new ones.
fn is_within(old: &Limits, new: &Limits) -> bool {
    let Limits {
        length,
        items,
        properties,
        unique,
        minimum,
        maximum,
        multiple_of,
        pattern,
        each,
        values,
        names,
    } = new;
    let inner = |old: &Option<Box<Limits>>, new: &Option<Box<Limits>>| match (old, new) {
        (_, None) => true,
        (None, Some(new)) => is_within(&Limits::default(), new),
        (Some(old), Some(new)) => is_within(old, new),
    };
    sizes(old.length, *length)
        && sizes(old.items, *items)
        && sizes(old.properties, *properties)
        && (!unique || old.unique)
        && least(old.minimum.as_ref(), minimum.as_ref(), 1.0)
        && least(old.maximum.as_ref(), maximum.as_ref(), -1.0)
        && (multiple_of.is_none() || old.multiple_of == *multiple_of)
        && (pattern.is_none() || old.pattern == *pattern || is_any(pattern.as_deref()))
        && inner(&old.each, each)
        && inner(&old.values, values)
        && (names.is_none() || old.names == *names)
}

/// Whether a pattern matches every text.
fn is_any(pattern: Option<&str>) -> bool {
    matches!(pattern, Some("" | ".*" | "^.*$" | "^.*" | ".*$"))
}

fn sizes(old: Sizes, new: Sizes) -> bool {
    let least = new.least.is_none_or(|new| old.least.is_some_and(|old| old >= new));
    let most = new.most.is_none_or(|new| old.most.is_some_and(|old| old <= new));
    least && most
}

/// Whether a bound lets through what the old one does; `sign` is 1 for lower bounds and -1 for
/// upper ones.
fn least(old: Option<&Bound>, new: Option<&Bound>, sign: f64) -> bool {
    let (Some(new), Some(old)) = (new, old) else { return new.is_none() };
    let (Some(new_value), Some(old_value)) = (new.value.as_f64(), old.value.as_f64()) else {
        return new == old;
    };
    let (new_value, old_value) = (new_value * sign, old_value * sign);
    old_value > new_value || (old_value >= new_value && (old.exclusive || !new.exclusive))
}
