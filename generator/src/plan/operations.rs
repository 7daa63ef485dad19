//! Operations as methods of groups.

use std::collections::BTreeMap;

use super::grouping::{Grouping, MethodNames};
use super::names::{Candidate, Name, Scope, Style, join, name};
use super::places::Place;
use super::planner::Planner;
use super::{
    Argument, Credential, Docs, Form, Group, Location, Method, ParameterStyle, Presence, RustType,
    Writing, answers, bodies, client, docs, headers, levels, retries,
};
use crate::model::{self, Api, Operation, Verb};

/// The `operationId`, or verb and path where there is none.
pub(super) fn identity(operation: &Operation) -> String {
    let path = || format!("{} {}", verb_text(operation.verb).to_ascii_lowercase(), operation.path);
    operation.id.clone().unwrap_or_else(path)
}

/// The HTTP method, as requests have it.
pub(crate) fn verb_text(verb: Verb) -> &'static str {
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
            let is_listing = planner.listings.contains_key(&at);
            let method = method(operation, names, &group.modules(), is_listing, planner);
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
    is_listing: bool,
    planner: &mut Planner<'_>,
) -> Method {
    let (required, optional) = arguments(operation, is_listing, planner);
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
    let builder = (!optional.is_empty() || needs_setter || is_listing)
        .then(|| planner.type_name(modules, &identity(operation), names.builder(), operation.span));
    let place = docs::code(&format!("{} {}", verb_text(operation.verb), operation.path));
    let server = operation.server.as_ref().map(client::own_server);
    let own = server.as_ref().map(|(url, _)| {
        let what =
            if operation.credential == Credential::None { "" } else { ", credentials included" };
        format!("It is sent to a server of its own, {}{what}.", docs::code(url))
    });
    let notes: Vec<String> = [place]
        .into_iter()
        .chain(own)
        .chain(retries::note(operation))
        .chain(levels::note(names))
        .collect();
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
        pages: None,
        idempotent: retries::idempotent(operation, planner.config),
        idempotency_key: retries::key(operation).map(str::to_owned),
        credential: operation.credential,
        requirements: operation
            .requirements
            .clone()
            .filter(|own| !own.is_empty() && planner.has_other_security(own)),
        span: operation.span,
    }
}

fn arguments(
    operation: &Operation,
    is_listing: bool,
    planner: &mut Planner<'_>,
) -> (Vec<Argument>, Vec<Argument>) {
    let is_required = |one: &&model::Parameter| one.presence == model::Presence::Required;
    let mut list = |wanted: bool, reserved: &[&str]| -> Vec<Argument> {
        let chosen = operation.parameters.iter().filter(|one| is_required(one) == wanted);
        let chosen: Vec<&model::Parameter> = chosen.collect();
        let mut given = |one: &model::Parameter| {
            let given = planner.overrides.get(Place::Parameter(operation, one));
            name(Style::Field, given.unwrap_or(&one.name))
        };
        let candidates: Vec<Candidate<'_>> = chosen
            .iter()
            .map(|one| Candidate {
                text: &one.name,
                name: given(one),
                span: one.span,
                place: Place::Parameter(operation, one),
            })
            .collect();
        let names = Scope::reserving(reserved).assign(&candidates, &mut planner.found);
        let arguments = chosen.iter().zip(names);
        arguments.map(|(source, name)| argument(source, name, planner)).collect()
    };
    // A positional argument must not hide the body, a setter not the builder's own methods.
    let own: &[&str] = if is_listing {
        &["body", "items", "options", "pages", "send"]
    } else {
        &["body", "options", "send"]
    };
    (list(true, &["body", "params"]), list(false, own))
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
        span: source.span,
    }
}
