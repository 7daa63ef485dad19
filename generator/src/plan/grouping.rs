//! Operations in groups: what both are called.

use std::collections::{BTreeMap, BTreeSet};

use super::levels;
use super::names::{Candidate, Name, Scope, Style, join, name};
use super::operations::identity;
use super::places::{Overrides, Place};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{Api, Operation};

/// The names of groups and methods, which inline schemas are named after.
pub(super) struct Grouping {
    pub(super) groups: Vec<GroupNames>,
    /// One for each operation.
    pub(super) methods: Vec<MethodNames>,
}

/// The names of a group.
pub(super) struct GroupNames {
    pub(super) wire: String,
    pub(super) name: Name,
    pub(super) module: Name,
    pub(super) accessor: Name,
    /// The types that stand in its module.
    pub(super) types: Scope,
}

/// The names of a method.
pub(super) struct MethodNames {
    pub(super) group: usize,
    pub(super) name: Name,
    /// The start of the names of its types.
    pub(super) type_name: Name,
    /// The feature of its stability level.
    pub(super) level: Option<String>,
}

impl GroupNames {
    /// The modules from the crate's root.
    pub(super) fn modules(&self) -> Vec<Name> {
        vec![name(Style::Module, "api"), self.module.clone()]
    }
}

impl MethodNames {
    /// The builder's name: that of the method as a type, unless its file imports something of that
    /// name.
    pub(super) fn builder(&self) -> Name {
        let plain = self.type_name.as_str();
        let imported = IMPORTED.contains(&plain);
        if imported { join(Style::Type, plain, "Request") } else { self.type_name.clone() }
    }
}

/// What the client itself is called by, so that no group can be.
const CLIENT_METHODS: &[&str] = &["builder", "clone", "fmt", "new", "server"];

/// What a group's file and `client.rs` call by its name alone.
const IMPORTED: &[&str] = &[
    "Api",
    "ApiKey",
    "BTreeMap",
    "Body",
    "Borrow",
    "Box",
    "Case",
    "Choice",
    "Chosen",
    "Client",
    "ClientBuilder",
    "Download",
    "Err",
    "Error",
    "EventStream",
    "Into",
    "JsonLines",
    "KeyLocation",
    "Multipart",
    "NoBody",
    "None",
    "Ok",
    "Option",
    "Part",
    "Request",
    "RequestOptions",
    "Response",
    "ResponseFuture",
    "Result",
    "SecretString",
    "ServerVariable",
    "Some",
    "Statuses",
    "String",
    "Style",
    "Texts",
    "Vec",
    "Verb",
];

/// Sorts operations into groups and names both.
pub(super) fn group(
    api: &Api,
    config: &Config,
    overrides: &mut Overrides<'_>,
    found: &mut Diagnostics,
) -> Grouping {
    let mut wires: Vec<&str> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        let wire = group_text(operation, config);
        let group = *index.entry(wire).or_insert(wires.len());
        if group == wires.len() {
            wires.push(wire);
            members.push(Vec::new());
        }
        if let Some(members) = members.get_mut(group) {
            members.push(at);
        }
    }
    let groups = name_groups(api, &wires, &members, overrides, found);
    let mut methods: Vec<Option<MethodNames>> = api.operations.iter().map(|_| None).collect();
    for (group, members) in members.iter().enumerate() {
        for (at, method) in name_methods(api, config, group, members, overrides, found) {
            if let Some(slot) = methods.get_mut(at) {
                *slot = Some(method);
            }
        }
    }
    Grouping { groups, methods: methods.into_iter().flatten().collect() }
}

fn group_text<'a>(operation: &'a Operation, config: &Config) -> &'a str {
    let extension = config.naming.group.as_ref();
    let named = extension.and_then(|key| operation.extensions.get(&key.value));
    named.or_else(|| operation.tags.first()).map_or("operations", String::as_str)
}

fn name_groups(
    api: &Api,
    wires: &[&str],
    members: &[Vec<usize>],
    overrides: &mut Overrides<'_>,
    found: &mut Diagnostics,
) -> Vec<GroupNames> {
    let span = |at: usize| {
        let first = members.get(at).and_then(|members| members.first());
        first.and_then(|at| api.operations.get(*at)).map(|one| one.span).unwrap_or_default()
    };
    let mut named = |style: Style, scope: &mut Scope, found: &mut Diagnostics| {
        let candidates = wires.iter().enumerate().map(|(at, wire)| {
            let place = Place::Group(wire);
            let given = overrides.get(place).unwrap_or(wire);
            let plain = name(style, given);
            // A number would say nothing: the group `client` is `ClientGroup`.
            let imported = style == Style::Type && IMPORTED.contains(&plain.as_str());
            let name = if imported { join(style, given, "group") } else { plain };
            Candidate { text: wire, name, span: span(at), place }
        });
        scope.assign(&candidates.collect::<Vec<_>>(), found)
    };
    // One collision is one gap: the struct, the module and the method are one name in three forms.
    let mut collisions = [Diagnostics::new(), Diagnostics::new(), Diagnostics::new()];
    let [of_modules, of_types, of_accessors] = &mut collisions;
    let types = named(Style::Type, &mut Scope::default(), of_types);
    let modules = named(Style::Module, &mut Scope::default(), of_modules);
    let accessors = named(Style::Field, &mut Scope::reserving(CLIENT_METHODS), of_accessors);
    let mut told = BTreeSet::new();
    for gap in collisions.iter().flat_map(Diagnostics::iter) {
        if told.insert(gap.span) {
            found.push(gap.clone());
        }
    }
    let parts = types.into_iter().zip(modules).zip(accessors).zip(wires);
    parts
        .map(|(((name, module), accessor), wire)| {
            let types = Scope::reserving(&[IMPORTED, &[name.as_str()]].concat());
            GroupNames { wire: (*wire).to_owned(), name, module, accessor, types }
        })
        .collect()
}

fn name_methods(
    api: &Api,
    config: &Config,
    group: usize,
    members: &[usize],
    overrides: &mut Overrides<'_>,
    found: &mut Diagnostics,
) -> Vec<(usize, MethodNames)> {
    let operations = members.iter().filter_map(|at| Some((*at, api.operations.get(*at)?)));
    let operations: Vec<(usize, &Operation)> = operations.collect();
    let texts: Vec<String> = operations.iter().map(|(_, one)| identity(one)).collect();
    let candidates: Vec<Candidate<'_>> = operations
        .iter()
        .zip(&texts)
        .map(|((_, operation), text)| {
            let place = Place::Operation(operation);
            let extension = config.naming.method.as_ref();
            let extension = extension.and_then(|key| operation.extensions.get(&key.value));
            let given = overrides.get(place).or(extension.map(String::as_str));
            let given = given.or(operation.id.as_deref());
            let name = name(Style::Field, given.unwrap_or(text));
            Candidate { text, name, span: operation.span, place }
        })
        .collect();
    let names = Scope::reserving(&["new", "clone", "fmt"]).assign(&candidates, found);
    let methods = operations.iter().zip(names).map(|((at, operation), method)| {
        let type_name = name(Style::Type, method.stem());
        let level = levels::level(operation, config);
        (*at, MethodNames { group, name: method, type_name, level })
    });
    methods.collect()
}
