//! Which fields have no type of their own, by reason.
//!
//! What counts is a field of a struct and a member of a union, aliases followed: its type is JSON of
//! any kind, or a list or map of that. An alias is no field; the last member of a union, which keeps
//! what is not known, is none either. `google.protobuf.Any` is a type.

use std::collections::BTreeMap;

use super::{Crate, Item, Name, Path, RustType};

/// Why a field has no type.
const OBJECT: &str = "an object of which the document names no property";
const VALUE: &str = "any value: the document gives no type, or a gap says why there is none";
const OTHERS: &str = "further properties beside those that have names";

/// How many aliases of aliases are followed.
const DEEPEST: usize = 64;

/// The fields without a type, by reason.
pub(crate) fn untyped(krate: &Crate) -> BTreeMap<&'static str, usize> {
    let mut items: Vec<(Vec<Name>, &Item)> = Vec::new();
    let mut add = |modules: &[Name], item| items.push((modules.to_vec(), item));
    krate.models.visit(&krate.models_path, &mut add);
    let mut aliases: BTreeMap<(Vec<Name>, Name), &RustType> = BTreeMap::new();
    for (modules, item) in &items {
        if let Item::Alias(alias) = item {
            aliases.insert((modules.clone(), alias.name.clone()), &alias.ty);
        }
    }
    let mut counts = BTreeMap::new();
    let mut count = |ty: &RustType, others: bool| {
        if let Some(reason) = reason(ty, &aliases) {
            *counts.entry(if others { OTHERS } else { reason }).or_default() += 1;
        }
    };
    let of_operations = krate.groups.iter().flat_map(|group| &group.items);
    for item in items.iter().map(|(_, item)| *item).chain(of_operations) {
        match item {
            Item::Struct(item) => {
                item.fields.iter().for_each(|field| count(&field.ty, false));
                item.additional.iter().for_each(|others| count(&others.values, true));
            }
            Item::Union(item) => item.variants.iter().for_each(|one| count(&one.ty, false)),
            Item::Enum(_) | Item::Alias(_) => {}
        }
    }
    counts
}

fn reason(ty: &RustType, aliases: &BTreeMap<(Vec<Name>, Name), &RustType>) -> Option<&'static str> {
    let mut ty = ty;
    for _ in 0..DEEPEST {
        ty = match ty {
            RustType::Value => return Some(VALUE),
            RustType::JsonMap => return Some(OBJECT),
            RustType::Vec(inner)
            | RustType::Map(inner)
            | RustType::Option(inner)
            | RustType::Box(inner) => inner,
            RustType::Tuple(items) => return items.iter().find_map(|item| reason(item, aliases)),
            RustType::Model(Path { modules, name }) => {
                aliases.get(&(modules.clone(), name.clone()))?
            }
            _ => return None,
        };
    }
    None
}
