//! Operations as methods of groups.

use std::collections::BTreeMap;

use super::names::{Candidate, Name, Overrides, Scope, Style, join, name, pointer};
use super::planner::Planner;
use super::{
    Argument, Credential, Docs, Form, Group, Location, Method, ParameterStyle, Presence, RustType,
    Writing, answers, bodies, client, docs, headers, levels,
};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{self, Api, Operation, Verb};

/// The names of groups and methods, which inline schemas are named after.
pub(super) struct Grouping {
    pub(super) groups: Vec<GroupNames>,
    /// One for each operation.
    pub(super) methods: Vec<MethodNames>,
}

/// The names of a group.
pub(super) struct GroupNames {
    wire: String,
    name: Name,
    module: Name,
    accessor: Name,
    /// The types that stand in its module.
    pub(super) types: Scope,
}

/// The names of a method.
pub(super) struct MethodNames {
    pub(super) group: usize,
    name: Name,
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
    let groups = name_groups(api, &wires, &members, found);
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
    found: &mut Diagnostics,
) -> Vec<GroupNames> {
    let span = |at: usize| {
        let first = members.get(at).and_then(|members| members.first());
        first.and_then(|at| api.operations.get(*at)).map(|one| one.span).unwrap_or_default()
    };
    let named = |style: Style, scope: &mut Scope, found: &mut Diagnostics| {
        let candidates = wires.iter().enumerate().map(|(at, wire)| {
            let plain = name(style, wire);
            // A number would say nothing: the group `client` is `ClientGroup`.
            let imported = style == Style::Type && IMPORTED.contains(&plain.as_str());
            let name = if imported { join(style, wire, "group") } else { plain };
            Candidate { text: wire, name, span: span(at) }
        });
        scope.assign(&candidates.collect::<Vec<_>>(), found)
    };
    // One collision is one gap: the struct, the module and the method are one name in three forms.
    let mut quiet = Diagnostics::new();
    let types = named(Style::Type, &mut Scope::default(), &mut quiet);
    let modules = named(Style::Module, &mut Scope::default(), found);
    let accessors = named(Style::Field, &mut Scope::reserving(CLIENT_METHODS), &mut quiet);
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
            let place = if overrides.is_empty() {
                None
            } else {
                let verb = verb_text(operation.verb).to_ascii_lowercase();
                overrides.get(&format!("#/paths/{}/{verb}", pointer(&operation.path)))
            };
            let extension = config.naming.method.as_ref();
            let extension = extension.and_then(|key| operation.extensions.get(&key.value));
            let given = place.or(extension.map(String::as_str)).or(operation.id.as_deref());
            let name = name(Style::Field, given.unwrap_or(text));
            Candidate { text, name, span: operation.span }
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

/// The `operationId`, or verb and path where there is none.
pub(super) fn identity(operation: &Operation) -> String {
    let path = || format!("{} {}", verb_text(operation.verb).to_ascii_lowercase(), operation.path);
    operation.id.clone().unwrap_or_else(path)
}

pub(super) fn verb_text(verb: Verb) -> &'static str {
    match verb {
        Verb::Get => "GET",
        Verb::Put => "PUT",
        Verb::Post => "POST",
        Verb::Delete => "DELETE",
        Verb::Options => "OPTIONS",
        Verb::Head => "HEAD",
        Verb::Patch => "PATCH",
        Verb::Trace => "TRACE",
    }
}

/// Decides all groups with their methods.
pub(super) fn plan(api: &Api, grouping: &Grouping, planner: &mut Planner<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = grouping
        .groups
        .iter()
        .map(|group| Group {
            wire: group.wire.clone(),
            name: group.name.clone(),
            module: group.module.clone(),
            modules: group.modules(),
            accessor: group.accessor.clone(),
            docs: Docs::default(),
            methods: Vec::new(),
            items: Vec::new(),
            levels: Vec::new(),
        })
        .collect();
    let mut operations: Vec<(usize, (&Operation, &MethodNames))> =
        api.operations.iter().zip(&grouping.methods).enumerate().collect();
    // Builders and structs of parameters take their names on the way, which is that of the names.
    operations.sort_by_key(|(_, (_, names))| (names.group, &names.name));
    let mut methods: Vec<(usize, usize, Method)> = Vec::with_capacity(operations.len());
    for (at, (operation, names)) in operations {
        if let Some(group) = grouping.groups.get(names.group) {
            let method = method(operation, names, &group.modules(), planner);
            methods.push((at, names.group, method));
        }
    }
    methods.sort_by_key(|(at, ..)| *at);
    for (_, group, method) in methods {
        if let Some(group) = groups.get_mut(group) {
            group.methods.push(method);
        }
    }
    groups.iter_mut().for_each(levels::find);
    let mut tags: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); groups.len()];
    for (operation, names) in api.operations.iter().zip(&grouping.methods) {
        if let (Some(tag), Some(counts)) = (operation.tags.first(), tags.get_mut(names.group)) {
            *counts.entry(tag).or_default() += 1;
        }
    }
    for (group, counts) in groups.iter_mut().zip(tags) {
        group.docs = group_docs(api, counts, &group.wire);
    }
    groups
}

/// A group is documented by the tag that most of its operations have first; of several, by the
/// first in the alphabet.
fn group_docs(api: &Api, counts: BTreeMap<&str, usize>, wire: &str) -> Docs {
    let tag = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(tag, _)| tag);
    // The tag's description says more than its label.
    let description = tag.and_then(|tag| api.tags.get(tag)).cloned();
    let label = description.is_none().then(|| tag.unwrap_or(wire).to_owned());
    let source = model::Docs { summary: label, description, ..model::Docs::default() };
    docs::docs(&source, &[])
}

fn method(
    operation: &Operation,
    names: &MethodNames,
    modules: &[Name],
    planner: &mut Planner<'_>,
) -> Method {
    let (required, optional) = arguments(operation, planner);
    let params = (required.len() > 1)
        .then(|| join(Style::Type, names.type_name.as_str(), "Params"))
        .map(|name| planner.type_name(modules, &identity(operation), name, operation.span));
    let body = bodies::body(operation, names.type_name.as_str(), modules, planner);
    let answer = answers::answer(operation, names.type_name.as_str(), modules, planner);
    let headers = headers::headers(operation, names.type_name.as_str(), modules, planner);
    // The runtime's own request takes a body of JSON only.
    let needs_setter = body.as_ref().is_some_and(|body| {
        let plain = matches!(body.contents.as_slice(), [one] if one.is_json());
        body.presence != Presence::Required && !plain
    });
    let builder = (!optional.is_empty() || needs_setter).then(|| {
        let plain = names.type_name.clone();
        let imported = IMPORTED.contains(&plain.as_str());
        let name = if imported { join(Style::Type, plain.as_str(), "Request") } else { plain };
        planner.type_name(modules, &identity(operation), name, operation.span)
    });
    let place = docs::code(&format!("{} {}", verb_text(operation.verb), operation.path));
    let server = operation.server.as_ref().map(client::own_server);
    let own = server.as_ref().map(|(url, _)| {
        let what =
            if operation.credential == Credential::None { "" } else { ", credentials included" };
        format!("It is sent to a server of its own, {}{what}.", docs::code(url))
    });
    let notes: Vec<String> = [place].into_iter().chain(own).chain(levels::note(names)).collect();
    Method {
        name: names.name.clone(),
        id: identity(operation),
        verb: operation.verb,
        path: operation.path.clone(),
        server,
        level: names.level.clone(),
        docs: docs::docs(&docs::without_repetition(&operation.docs, names.name.stem()), &notes),
        required,
        params,
        optional,
        builder,
        body,
        answer,
        errors: operation
            .errors
            .iter()
            .map(|error| (error.statuses, planner.whole(&error.ty, "the error", operation.span)))
            .collect(),
        headers,
        credential: operation.credential,
        requirements: operation
            .requirements
            .clone()
            .filter(|own| !own.is_empty() && planner.has_other_security(own)),
        span: operation.span,
    }
}

fn arguments(operation: &Operation, planner: &mut Planner<'_>) -> (Vec<Argument>, Vec<Argument>) {
    let is_required = |one: &&model::Parameter| one.presence == model::Presence::Required;
    let mut list = |wanted: bool, reserved: &[&str]| -> Vec<Argument> {
        let chosen = operation.parameters.iter().filter(|one| is_required(one) == wanted);
        let chosen: Vec<&model::Parameter> = chosen.collect();
        let candidates: Vec<Candidate<'_>> = chosen
            .iter()
            .map(|one| Candidate {
                text: &one.name,
                name: name(Style::Field, &one.name),
                span: one.span,
            })
            .collect();
        let names = Scope::reserving(reserved).assign(&candidates, &mut planner.found);
        let arguments = chosen.iter().zip(names);
        arguments.map(|(source, name)| argument(source, name, planner)).collect()
    };
    // A positional argument must not hide the body, a setter not the builder's own methods.
    (list(true, &["body", "params"]), list(false, &["body", "options", "send"]))
}

fn argument(source: &model::Parameter, name: Name, planner: &Planner<'_>) -> Argument {
    let ty = match planner.types.parameter(&source.ty) {
        RustType::Option(inner) => *inner,
        other => other,
    };
    let (usual, explode) = match source.location {
        Location::Path | Location::Header => (ParameterStyle::Simple, false),
        Location::Query | Location::Cookie => (ParameterStyle::Form, true),
    };
    let Form { style, explode: _, allow_reserved, allow_empty } = source.form;
    let shown = planner.types.has_display(&source.ty);
    // A text can be empty by itself.
    let allow_empty = allow_empty && ty != RustType::String;
    let plain = shown && style == usual && !allow_reserved && !allow_empty;
    let writing = if plain {
        Writing::Display
    } else if shown {
        // `explode` says nothing of a value without members.
        Writing::Styled(Form { explode, allow_empty, ..source.form })
    } else {
        Writing::Styled(Form { allow_empty, ..source.form })
    };
    let ty = if allow_empty && shown { RustType::Option(Box::new(ty)) } else { ty };
    let said = model::Docs { default: source.default.clone(), ..source.docs.clone() };
    Argument {
        name,
        wire: source.name.clone(),
        location: source.location,
        ty,
        writing,
        docs: docs::docs(&said, &[]),
    }
}
