//! Cargo features: one for each group of operations, so that a user compiles what is used.
//!
//! A file of models is compiled with the groups that reach it: with `tasks` alone, only what the
//! operations of `Task` can send or receive. What more than [`SHARED`] groups reach is always there: a
//! list of so many features would tell a reader nothing. What none reaches comes with [`FULL`], which
//! is all groups and the default, so only who wants less has to know of features.

use std::collections::BTreeMap;

use super::calls::Group;
use super::identity::Names;
use super::items::{Item, Module};
use super::names::Name;
use super::recursion::named;
use crate::model::{Api, SchemaId};

/// The number of groups beyond which a file is always compiled.
const SHARED: usize = 8;

/// The feature of all groups.
pub const FULL: &str = "full";

/// Features that stand for no group.
const RESERVED: &[&str] = &["default", FULL];

/// Which feature compiles what.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// The feature of each group, in the order of the groups.
    pub groups: Vec<String>,
    /// The features of each file of models, by the path of its module; a file that is always
    /// compiled is missing.
    files: BTreeMap<Vec<Name>, Vec<String>>,
}

impl Features {
    /// The features of which one must be on for a file of models to be compiled; none for always.
    pub fn of_file(&self, modules: &[Name], file: &Name) -> &[String] {
        let path: Vec<Name> = modules.iter().chain([file]).cloned().collect();
        self.files.get(&path).map_or(&[], Vec::as_slice)
    }
}

/// Finds out what each group reaches.
pub(super) fn plan(api: &Api, names: &Names, models: &Module, groups: &[Group]) -> Features {
    let features = feature_names(groups);
    let reached = reached(api, names, groups.len());
    let mut files = BTreeMap::new();
    let path = vec![super::names::name(super::names::Style::Module, "models")];
    each_file(models, &path, &mut |path, item| {
        let groups = reached.get(names.home(schema(item)).0).map_or(&[][..], Vec::as_slice);
        if groups.len() > SHARED {
            return;
        }
        let gates = groups.iter().filter_map(|group| features.get(*group).cloned());
        let mut gates: Vec<String> = gates.collect();
        if gates.is_empty() {
            gates.push(FULL.to_owned());
        }
        gates.sort();
        files.insert(path, gates);
    });
    Features { groups: features, files }
}

/// The name of each group's feature: that of its module, in the spelling of Cargo.
fn feature_names(groups: &[Group]) -> Vec<String> {
    let plain = |group: &Group| group.module.stem().trim_matches('_').replace('_', "-");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        *counts.entry(plain(group)).or_default() += 1;
    }
    let name = |group: &Group| {
        let plain = plain(group);
        let alone = counts.get(&plain).is_none_or(|count| *count == 1);
        if alone && !plain.is_empty() && !RESERVED.contains(&plain.as_str()) {
            return plain;
        }
        // Modules are unique, and no plain name starts with an underscore.
        format!("_{}", group.module.stem())
    };
    groups.iter().map(name).collect()
}

/// For each component, the groups that reach its file.
fn reached(api: &Api, names: &Names, groups: usize) -> Vec<Vec<usize>> {
    let mut references: Vec<Vec<usize>> = vec![Vec::new(); api.schemas.len()];
    for (at, schema) in api.schemas.iter().enumerate() {
        if let Some(references) = references.get_mut(names.home(SchemaId(at)).0) {
            let held = schema.shape.types().into_iter().filter_map(named);
            references.extend(held.map(|held| names.home(SchemaId(held)).0));
        }
    }
    let mut roots: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (at, operation) in api.operations.iter().enumerate() {
        if let Some(roots) = roots.get_mut(names.group_of(at)) {
            let held = operation.types().into_iter().filter_map(named);
            roots.extend(held.map(|held| names.home(SchemaId(held)).0));
        }
    }
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); api.schemas.len()];
    for (group, mut open) in roots.into_iter().enumerate() {
        while let Some(at) = open.pop() {
            match reached.get_mut(at) {
                Some(groups) if groups.last() != Some(&group) => groups.push(group),
                _ => continue,
            }
            open.extend(references.get(at).into_iter().flatten());
        }
    }
    reached
}

fn each_file(module: &Module, path: &[Name], found: &mut impl FnMut(Vec<Name>, &Item)) {
    let below = |name: &Name| path.iter().chain([name]).cloned().collect::<Vec<Name>>();
    for (name, items) in &module.files {
        if let Some(first) = items.first() {
            found(below(name), first);
        }
    }
    for (name, module) in &module.modules {
        each_file(module, &below(name), found);
    }
}

fn schema(item: &Item) -> SchemaId {
    match item {
        Item::Struct(item) => item.schema,
        Item::Enum(item) => item.schema,
        Item::Union(item) => item.schema,
        Item::Alias(item) => item.schema,
    }
}
