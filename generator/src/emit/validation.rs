//! The tables of limits, from which the runtime makes `validate()`.

use super::Part;
use super::tokens::{codec, literal};
use crate::plan::{Check, Codec, Limit, Struct, Union, Validation};

const TABLE: &str = "crate::runtime::limits";

/// The parts of the runtime that check.
pub(super) fn parts(validation: &Validation) -> Vec<&'static str> {
    let mut parts = vec!["validate"];
    let checks = validation.checks.iter().map(|(_, check)| check).chain(&validation.rest);
    let mut limits = checks.flat_map(|check| &check.limits).chain(&validation.own);
    parts.extend(limits.any(has_pattern).then_some("pattern"));
    parts
}

fn has_pattern(limit: &Limit) -> bool {
    match limit {
        Limit::Pattern(_) => true,
        Limit::Items(limits) | Limit::Values(limits) => limits.iter().any(has_pattern),
        _ => false,
    }
}

/// The table of a struct.
pub(super) fn structure(item: &Struct) -> Option<Part> {
    let validation = item.validation.as_ref()?;
    let head = format!("{}{}", item.name, own(validation));
    let rows = validation.checks.iter().filter_map(|(at, check)| {
        let field = item.fields.get(*at)?;
        let form = form(field.codec.as_ref(), check, field.is_option());
        Some(format!("{} = {}{form}:{}", field.name, literal(&field.wire), rules(check)))
    });
    let rest = validation.rest.as_ref().zip(item.additional.as_ref());
    let rest = rest.map(|(check, map)| format!("..{}:{}", map.name, rules(check)));
    Some(Part::Table { path: TABLE, head, rows: rows.chain(rest).collect() })
}

/// The table of a union.
pub(super) fn union(item: &Union) -> Option<Part> {
    let validation = item.validation.as_ref()?;
    let rows = validation.checks.iter().filter_map(|(at, check)| {
        let variant = item.variants.get(*at)?;
        let form = form(variant.codec.as_ref(), check, false);
        Some(format!("{}{form}:{}", variant.name, rules(check)))
    });
    let head = format!("enum {}{}", item.name, own(validation));
    Some(Part::Table { path: TABLE, head, rows: rows.collect() })
}

fn own(validation: &Validation) -> String {
    if validation.own.is_empty() { String::new() } else { format!(" {}", limits(&validation.own)) }
}

/// The codec of a value whose limits are checked.
fn form(form: Option<&Codec>, check: &Check, is_option: bool) -> String {
    let form = form.filter(|_| !check.limits.is_empty()).map(codec);
    form.map_or_else(String::new, |form| {
        if is_option { format!(" as Option<{form}>") } else { format!(" as {form}") }
    })
}

fn rules(check: &Check) -> String {
    let limits = (!check.limits.is_empty()).then(|| format!(" {}", limits(&check.limits)));
    let nested = if check.nested { " nested" } else { "" };
    format!("{}{nested}", limits.unwrap_or_default())
}

fn limits(limits: &[Limit]) -> String {
    format!("[{}]", limits.iter().map(limit).collect::<Vec<_>>().join(", "))
}

fn limit(one: &Limit) -> String {
    match one {
        Limit::MinLength(count) => format!("MinLength({count})"),
        Limit::MaxLength(count) => format!("MaxLength({count})"),
        Limit::Pattern(pattern) => format!("Pattern({})", literal(pattern)),
        Limit::Minimum(number) => format!("Minimum({})", literal(number)),
        Limit::ExclusiveMinimum(number) => format!("ExclusiveMinimum({})", literal(number)),
        Limit::Maximum(number) => format!("Maximum({})", literal(number)),
        Limit::ExclusiveMaximum(number) => format!("ExclusiveMaximum({})", literal(number)),
        Limit::MultipleOf(number) => format!("MultipleOf({})", literal(number)),
        Limit::MinItems(count) => format!("MinItems({count})"),
        Limit::MaxItems(count) => format!("MaxItems({count})"),
        Limit::UniqueItems => "UniqueItems".to_owned(),
        Limit::Items(inner) => format!("Items(&{})", limits(inner)),
        Limit::MinProperties(count) => format!("MinProperties({count})"),
        Limit::MaxProperties(count) => format!("MaxProperties({count})"),
        Limit::Values(inner) => format!("Values(&{})", limits(inner)),
    }
}
