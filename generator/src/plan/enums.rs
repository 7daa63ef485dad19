//! Enums: a variant for each value, and one for all others.

use super::names::{Candidate, Name, Scope, Style, name};
use super::places::Place;
use super::{Docs, Enum, EnumKind, EnumVariant, docs, unions};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Literal, SchemaId};

/// Decides an enum. One of numbers or of several types is always open.
pub(super) fn plan(
    schema: SchemaId,
    type_name: Name,
    docs: Docs,
    source: &model::Enum,
    open: bool,
    found: &mut Diagnostics,
) -> Enum {
    let texts: Vec<String> = source.values.iter().map(|one| one.value.to_string()).collect();
    let prefix = unspecified_prefix(&texts);
    let candidates: Vec<Candidate<'_>> = source
        .values
        .iter()
        .zip(&texts)
        .map(|(one, text)| {
            let short = text.strip_prefix(prefix).filter(|short| !short.is_empty());
            let name = name(Style::Variant, one.name.as_deref().or(short).unwrap_or(text));
            Candidate { text, name, span: one.span, place: Place::None }
        })
        .collect();
    let mut scope = Scope::default();
    let names = scope.assign(&candidates, found);
    let kind = kind(source);
    let open = open || source.open || kind != EnumKind::Text;
    let catch_all = open.then(|| unions::catch_all(&names, &mut scope));
    let variants = names.into_iter().zip(&source.values).map(|(name, one)| EnumVariant {
        name,
        value: one.value.clone(),
        docs: docs::docs(&one.docs, &[]),
    });
    let variants = variants.collect();
    Enum { name: type_name, schema, docs, kind, variants, catch_all }
}

fn kind(source: &model::Enum) -> EnumKind {
    let all = |is: fn(&Literal) -> bool| source.values.iter().all(|one| is(&one.value));
    if all(|one| matches!(one, Literal::Text(_))) {
        EnumKind::Text
    } else if all(|one| matches!(one, Literal::Integer(_))) {
        EnumKind::Integer
    } else {
        EnumKind::Mixed
    }
}

/// The prefix that protobuf's style guide gives all values of an enum: that of the first value,
/// which ends in `_UNSPECIFIED`. It depends on that value alone, so a new value renames nothing.
fn unspecified_prefix(texts: &[String]) -> &str {
    let first = texts.iter().find_map(|text| text.strip_suffix("UNSPECIFIED"));
    first.filter(|prefix| prefix.ends_with('_')).unwrap_or_default()
}
