//! Derives that the user asks for, on the types that can have them.
//!
//! `Eq` and `Hash` hold for a struct or union whose fields have them: a float has neither, so a type
//! that holds one, also through other types, goes without. A derive macro of another crate is put on
//! all structs and unions; whether it takes their fields is its own matter.

use std::collections::BTreeMap;

use super::{EnumKind, FormatType, Group, Item, Module, Name, Path, RustType};
use crate::config::{Derive, Spanned};

/// Puts the derives on the types of the crate.
pub(super) fn plan(
    wanted: &[Spanned<Derive>],
    models: &mut Module,
    models_path: &[Name],
    groups: &mut [Group],
) {
    if wanted.is_empty() {
        return;
    }
    let mut items = Vec::new();
    models.visit_mut(models_path, &mut |modules, item| items.push((path(modules, item), item)));
    for group in groups {
        let (modules, own) = (&group.modules, &mut group.items);
        items.extend(own.iter_mut().map(|item| (path(modules, item), item)));
    }
    for derive in wanted {
        let lacking = match &derive.value {
            Derive::Path(_) => vec![false; items.len()],
            known => lacking(&items, known),
        };
        let text = match &derive.value {
            Derive::Eq => "Eq".to_owned(),
            Derive::Hash => "Hash".to_owned(),
            Derive::Path(path) => format!("::{path}"),
        };
        for ((_, item), lacks) in items.iter_mut().zip(lacking) {
            match item {
                Item::Struct(item) if !lacks => item.derives.push(text.clone()),
                Item::Union(item) if !lacks => item.derives.push(text.clone()),
                Item::Struct(_) | Item::Union(_) | Item::Enum(_) | Item::Alias(_) => {}
            }
        }
    }
}

fn path(modules: &[Name], item: &Item) -> Path {
    Path { modules: modules.to_vec(), name: item.name().clone() }
}

/// For each item, whether it lacks a trait: because of what it holds, or of what that holds.
fn lacking(items: &[(Path, &mut Item)], derive: &Derive) -> Vec<bool> {
    let index: BTreeMap<&Path, usize> =
        items.iter().enumerate().map(|(at, (path, _))| (path, at)).collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
    let mut open = Vec::new();
    for (at, (_, item)) in items.iter().enumerate() {
        let mut lacks = matches!(&**item, Item::Enum(item) if item.kind == EnumKind::Mixed);
        for ty in held(item).into_iter().flat_map(leaves) {
            match ty {
                RustType::Model(path) => {
                    if let Some(holders) = index.get(path).and_then(|at| holders.get_mut(*at)) {
                        holders.push(at);
                    }
                }
                other => lacks |= lacks_trait(other, derive),
            }
        }
        open.extend(lacks.then_some(at));
    }
    let mut lacking = vec![false; items.len()];
    while let Some(at) = open.pop() {
        match lacking.get_mut(at) {
            Some(done) if !*done => *done = true,
            _ => continue,
        }
        open.extend(holders.get(at).into_iter().flatten());
    }
    lacking
}

fn held(item: &Item) -> Vec<&RustType> {
    match item {
        Item::Struct(item) => {
            let fields = item.fields.iter().map(|field| &field.ty);
            fields.chain(item.additional.iter().map(|additional| &additional.values)).collect()
        }
        Item::Union(item) => item.variants.iter().map(|variant| &variant.ty).collect(),
        Item::Alias(item) => vec![&item.ty],
        Item::Enum(_) => Vec::new(),
    }
}

/// The types inside of lists, tuples, maps, options and boxes, which have what these have.
fn leaves(ty: &RustType) -> Vec<&RustType> {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => leaves(inner),
        RustType::Tuple(items) => items.iter().flat_map(leaves).collect(),
        other => vec![other],
    }
}

fn lacks_trait(ty: &RustType, derive: &Derive) -> bool {
    match ty {
        // Nothing is known of a type of another crate.
        RustType::F32 | RustType::F64 | RustType::ProtobufAny | RustType::Foreign(_) => true,
        RustType::Format(FormatType::Secret) => *derive == Derive::Hash,
        _ => false,
    }
}
