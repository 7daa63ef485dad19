//! The servers of a document, as choices: which one, and the values of their variables.
//!
//! A server is called by its description, where that is short: `Sandbox` for "Sandbox server". Else
//! it is called by what its host has before the domain, and by the whole URL where several have the
//! same; `http` is told where `https` is there as well.

use std::collections::{BTreeMap, BTreeSet};

use super::client::default;
use super::names::{Candidate, Scope, Style, name};
use super::places::Place;
use super::{Server, VariableChoice, docs};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Api};
use crate::source::Span;

/// How many words a description has at most that is a name.
const WORDS: usize = 3;

/// What the file of the enums calls by its name alone.
const IMPORTED: &[&str] = &["Api", "ClientBuilder", "Self", "Server", "ServerVariable"];

/// A variable of some server.
#[derive(Debug)]
pub(super) struct Declared<'a> {
    pub(super) name: &'a str,
    pub(super) description: Option<&'a str>,
    /// The values that it may have; none where a server leaves them open.
    values: Vec<&'a str>,
    /// Whether no server of the document has it.
    is_operations_own: bool,
}

/// The variables of all servers, those of the first server first, each once.
pub(super) fn variables(api: &Api) -> Vec<Declared<'_>> {
    let mut all: Vec<Declared<'_>> = Vec::new();
    let own = api.operations.iter().filter_map(|operation| operation.server.as_ref());
    let servers = api.servers.iter().map(|server| (server, false));
    let servers = servers.chain(own.map(|server| (server, true)));
    let declared =
        servers.flat_map(|(server, own)| server.variables.iter().map(move |one| (one, own)));
    for (variable, is_operations_own) in declared {
        let values = variable.values.iter().map(String::as_str);
        match all.iter_mut().find(|known| known.name == variable.name) {
            None => all.push(Declared {
                name: &variable.name,
                description: variable.description.as_deref(),
                values: values.collect(),
                is_operations_own,
            }),
            Some(known) if variable.values.is_empty() => known.values.clear(),
            Some(known) if known.values.is_empty() => {}
            Some(known) => {
                for value in values {
                    if !known.values.contains(&value) {
                        known.values.push(value);
                    }
                }
            }
        }
    }
    all
}

/// The variables that a server knows, with their defaults.
pub(super) fn defaults(
    server: Option<&model::Server>,
    all: &[Declared<'_>],
) -> Vec<(String, Option<String>)> {
    let own = server.into_iter().flat_map(|server| {
        let variables = server.variables.iter();
        variables.map(|variable| (variable.name.clone(), default(variable, &server.url)))
    });
    let others = all.iter().filter(|one| one.is_operations_own);
    own.chain(others.map(|one| (one.name.to_owned(), None))).collect()
}

/// For each variable the enum of its values, where the document lists them.
pub(super) fn choices(
    variables: &[Declared<'_>],
    found: &mut Diagnostics,
) -> Vec<Option<VariableChoice>> {
    let mut scope = Scope::reserving(IMPORTED);
    let choices = variables.iter().map(|variable| {
        if variable.values.is_empty() {
            return None;
        }
        let text = variable.name;
        let name = name(Style::Type, text);
        let name =
            scope.take(&Candidate { text, name, span: Span::default(), place: Place::None }, found);
        let candidates: Vec<Candidate<'_>> = variable
            .values
            .iter()
            .map(|value| Candidate {
                text: value,
                name: super::names::name(Style::Variant, value),
                span: Span::default(),
                place: Place::None,
            })
            .collect();
        let variants = Scope::default().assign(&candidates, found);
        let values = variable.values.iter().map(|value| (*value).to_owned());
        Some(VariableChoice { name, variants: variants.into_iter().zip(values).collect() })
    });
    choices.collect()
}

/// The servers to choose from; none where there is only one.
pub(super) fn plan(api: &Api, variables: &[Declared<'_>], found: &mut Diagnostics) -> Vec<Server> {
    let mut servers: Vec<&model::Server> = Vec::new();
    for server in &api.servers {
        // A relative URL has no host to send to: the caller gives the base URL.
        let is_known = servers.iter().any(|known| known.url == server.url);
        if server.url.contains("://") && !is_known {
            servers.push(server);
        }
    }
    if servers.len() < 2 {
        return Vec::new();
    }
    let words = words(&servers);
    let candidates = servers.iter().zip(&words).map(|(server, word)| Candidate {
        text: &server.url,
        name: name(Style::Variant, word),
        span: Span::default(),
        place: Place::None,
    });
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    let names = Scope::reserving(&["Self"]).assign(&candidates, found);
    let servers = servers.into_iter().zip(names).map(|(server, name)| {
        let description = server.description.clone();
        let source = model::Docs { description, ..Default::default() };
        Server {
            name,
            url: server.url.clone(),
            defaults: defaults(Some(server), variables),
            docs: docs::docs(&source, &[docs::code(&server.url)]),
        }
    });
    servers.collect()
}

/// What servers are called: those that differ in the scheme alone, by the same words, and with the
/// scheme where it is not `https`.
fn words(servers: &[&model::Server]) -> Vec<String> {
    let hosts: Vec<String> = servers.iter().map(|server| word(server)).collect();
    let mut same: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (server, host) in servers.iter().zip(&hosts) {
        same.entry(host).or_default().insert(after_scheme(&server.url));
    }
    let words = servers.iter().zip(&hosts).map(|(server, host)| {
        let is_one = same.get(host.as_str()).is_none_or(|urls| urls.len() == 1);
        if is_one { host.as_str() } else { after_scheme(&server.url) }
    });
    let words: Vec<&str> = words.collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in &words {
        *counts.entry(word).or_default() += 1;
    }
    let named = servers.iter().zip(words).map(|(server, word)| {
        let scheme = server.url.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_alone = counts.get(word).is_none_or(|count| *count == 1);
        if is_alone || scheme == "https" { word.to_owned() } else { format!("{word} {scheme}") }
    });
    named.collect()
}

/// What a server is called.
fn word(server: &model::Server) -> String {
    let description = server.description.as_deref().unwrap_or_default().trim();
    let mut words: Vec<&str> = description.trim_end_matches('.').split_whitespace().collect();
    let is_filler = |word: &str| {
        ["the", "server", "environment", "api", "url", "endpoint"]
            .iter()
            .any(|filler| word.eq_ignore_ascii_case(filler))
    };
    while words.len() > 1 && words.last().is_some_and(|word| is_filler(word)) {
        words.pop();
    }
    while words.len() > 1 && words.first().is_some_and(|word| is_filler(word)) {
        words.remove(0);
    }
    let says = |word: &&str| !is_filler(word) && word.chars().any(char::is_alphabetic);
    if (1..=WORDS).contains(&words.len()) && words.iter().any(says) {
        return words.join(" ");
    }
    let host = after_scheme(&server.url).split(['/', ':']).next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    match labels.len() {
        0..=2 => host.to_owned(),
        length => labels.get(..length - 2).unwrap_or_default().join(" "),
    }
}

fn after_scheme(url: &str) -> &str {
    url.split_once("://").map_or(url, |(_, rest)| rest)
}
