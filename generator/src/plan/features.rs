//! Cargo features: one for each group of operations, so that a user compiles what is used, and one
//! for each stability level, so that nobody uses what may change without saying so.
//!
//! A file of models is compiled with the groups that reach it: with `tasks` alone, only what the
//! operations of `Task` can send or receive, and of an operation in beta only with `beta` as well.
//! What more than [`SHARED`] groups reach is always there: a list of so many features would tell a
//! reader nothing. What none reaches comes with [`FULL`], which is all groups and levels and the
//! default, so only who wants less has to know of features.

use std::collections::{BTreeMap, BTreeSet};

use super::calls::Group;
use super::identity::Names;
use super::items::{Item, Module};
use super::names::Name;
use super::recursion::named;
use crate::config::Config;
use crate::model::{Api, SchemaId};

/// The number of groups, each level of one counted, beyond which a file is always compiled.
const SHARED: usize = 8;

/// The feature of all groups and levels.
pub const FULL: &str = "full";

/// Features that stand for neither: the runtime's, and those that it may come to have.
pub(super) const RESERVED: &[&str] =
    &["blocking", "brotli", "default", "deflate", FULL, "gzip", "tower", "tracing", "zstd"];

/// Which feature compiles what.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// The feature of each group, in the order of the groups; empty where groups have none.
    pub groups: Vec<String>,
    /// The features of stability levels, in the order of the alphabet.
    pub levels: Vec<String>,
    /// The gates of each file of models, by the path of its module; a file that is always
    /// compiled is missing.
    files: BTreeMap<Vec<Name>, Vec<Gate>>,
}

/// Features that must be on together.
pub(crate) type Gate = Vec<String>;

impl Features {
    /// The gates of which one must be open for a file of models to be compiled; none for always.
    pub fn of_file(&self, modules: &[Name], file: &Name) -> &[Gate] {
        let path: Vec<Name> = modules.iter().chain([file]).cloned().collect();
        self.files.get(&path).map_or(&[], Vec::as_slice)
    }
}

/// Operations that are compiled together: those of a group, and of a stability level in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    /// The group, where groups have features.
    group: Option<usize>,
    level: Option<String>,
}

/// Finds out what each group and level reaches; `None` where nothing is a feature.
pub(super) fn plan(
    api: &Api,
    config: &Config,
    names: &Names,
    models: &Module,
    groups: &[Group],
) -> Option<Features> {
    let has_groups = config.features.is_on(api.operations.len());
    let levels: BTreeSet<&str> =
        groups.iter().flat_map(|group| &group.levels).map(|one| one.feature.as_str()).collect();
    if !has_groups && levels.is_empty() {
        return None;
    }
    let of_groups = if has_groups { feature_names(groups, &levels) } else { Vec::new() };
    let unit = |at: usize| Unit {
        group: has_groups.then(|| names.group_of(at)),
        level: names.level_of(at).map(str::to_owned),
    };
    let mut units: BTreeMap<Unit, Vec<usize>> = BTreeMap::new();
    for at in 0..api.operations.len() {
        units.entry(unit(at)).or_default().push(at);
    }
    let (units, operations): (Vec<Unit>, Vec<Vec<usize>>) = units.into_iter().unzip();
    let reached = reached(api, names, &operations);
    let mut files = BTreeMap::new();
    let path = vec![super::names::name(super::names::Style::Module, "models")];
    each_file(models, &path, &mut |path, item| {
        let reached = reached.get(names.home(item.schema()).0).map_or(&[][..], Vec::as_slice);
        // What a file names is reached by all that reach the file, so it is always there as well.
        if reached.len() <= SHARED {
            let reached: Vec<&Unit> = reached.iter().filter_map(|at| units.get(*at)).collect();
            let gates = gates(&reached, &of_groups);
            if !gates.is_empty() {
                files.insert(path, gates);
            }
        }
    });
    let levels = levels.into_iter().map(str::to_owned).collect();
    Some(Features { groups: of_groups, levels, files })
}

/// The gates of a file that these reach.
fn gates(reached: &[&Unit], groups: &[String]) -> Vec<Gate> {
    if reached.is_empty() {
        return vec![vec![FULL.to_owned()]];
    }
    // With its group alone, a file needs no level.
    let is_needed = |unit: &Unit| {
        unit.level.is_none() || !reached.contains(&&Unit { level: None, ..unit.clone() })
    };
    let gates = reached.iter().filter(|unit| is_needed(unit)).map(|unit| {
        let group = unit.group.and_then(|group| groups.get(group));
        group.into_iter().chain(&unit.level).cloned().collect::<Gate>()
    });
    let mut gates: Vec<Gate> = gates.collect();
    if gates.iter().any(Vec::is_empty) {
        return Vec::new();
    }
    gates.sort();
    gates
}

/// The name of each group's feature: that of its module, in the spelling of Cargo.
fn feature_names(groups: &[Group], levels: &BTreeSet<&str>) -> Vec<String> {
    let plain = |group: &Group| group.module.stem().trim_matches('_').replace('_', "-");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for group in groups {
        *counts.entry(plain(group)).or_default() += 1;
    }
    let name = |group: &Group| {
        let plain = plain(group);
        let alone = counts.get(&plain).is_none_or(|count| *count == 1);
        let taken = RESERVED.contains(&&*plain) || levels.contains(&*plain);
        if alone && !plain.is_empty() && !taken {
            return plain;
        }
        // Modules are unique, and no plain name or level starts with an underscore.
        format!("_{}", group.module.stem())
    };
    groups.iter().map(name).collect()
}

/// For each component, the units that reach its file, of these operations each.
fn reached(api: &Api, names: &Names, units: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut references: Vec<Vec<usize>> = vec![Vec::new(); api.schemas.len()];
    for (at, schema) in api.schemas.iter().enumerate() {
        if let Some(references) = references.get_mut(names.home(SchemaId(at)).0) {
            let held = schema.shape.types().into_iter().flat_map(named);
            references.extend(held.map(|held| names.home(SchemaId(held)).0));
        }
    }
    let roots = units.iter().map(|operations| {
        let operations = operations.iter().filter_map(|at| api.operations.get(*at));
        let held = operations.flat_map(|one| one.types()).flat_map(named);
        held.map(|held| names.home(SchemaId(held)).0).collect::<Vec<usize>>()
    });
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); api.schemas.len()];
    for (unit, mut open) in roots.enumerate() {
        while let Some(at) = open.pop() {
            match reached.get_mut(at) {
                Some(units) if units.last() != Some(&unit) => units.push(unit),
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
