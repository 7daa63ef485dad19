//! What the client knows without being told: its server and what can be said about that.

use super::names::{Candidate, Scope, Style, name};
use super::places::Place;
use super::{ApiKey, Client, Docs, Location, ServerVariable, docs, servers};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Api};
use crate::source::Span;

/// What the client knows without being told.
pub(super) fn plan(api: &Api, found: &mut Diagnostics) -> Client {
    let declared = servers::variables(api);
    let candidates: Vec<Candidate<'_>> = declared
        .iter()
        .map(|variable| Candidate {
            text: variable.name,
            name: name(Style::Field, variable.name),
            span: Span::default(),
            place: Place::None,
        })
        .collect();
    let mut scope = Scope::reserving(BUILDER_METHODS);
    let names = scope.assign(&candidates, found);
    let keys = keys(api, &mut scope, found);
    let choices = servers::choices(&declared, found);
    // The one that needs nobody to say where the document lies.
    let absolute = api.servers.iter().find(|server| server.url.contains("://"));
    let server = absolute.or(api.servers.first());
    let variables = declared.iter().zip(names).zip(choices);
    let variables = variables.map(|((variable, name), choice)| ServerVariable {
        name,
        wire: variable.name.to_owned(),
        choice,
        docs: variable_docs(variable.name, variable.description),
    });
    Client {
        server: server.map(|server| server.url.clone()),
        defaults: servers::defaults(server, &declared),
        variables: variables.collect(),
        token_url: api.security.token_url.clone(),
        keys,
        requirements: if api.security.keys.is_empty() {
            Vec::new()
        } else {
            api.security.requirements.clone()
        },
        servers: servers::plan(api, &declared, found),
    }
}

/// The server of an operation: its URL, and what stands for its variables without a value.
pub(super) fn own_server(server: &model::Server) -> (String, Vec<(String, String)>) {
    let defaults = server
        .variables
        .iter()
        .filter_map(|variable| Some((variable.name.clone(), default(variable, &server.url)?)));
    (server.url.clone(), defaults.collect())
}

/// The methods that take API keys, named after their schemes.
fn keys(api: &Api, scope: &mut Scope, found: &mut Diagnostics) -> Vec<ApiKey> {
    let mut keys = Vec::with_capacity(api.security.keys.len());
    let mut sorted: Vec<&model::ApiKey> = api.security.keys.iter().collect();
    sorted.sort_by_key(|key| &key.scheme);
    for key in sorted {
        let name = name(Style::Field, &key.scheme);
        let candidate = Candidate { text: &key.scheme, name, span: key.span, place: Place::None };
        let name = scope.take(&candidate, found);
        let place = match key.location {
            Location::Header | Location::Path => "the header",
            Location::Query => "the query parameter",
            Location::Cookie => "the cookie",
        };
        let about = format!(
            "The key of the security scheme {}, which goes into {place} {}.",
            docs::code(&key.scheme),
            docs::code(&key.name)
        );
        let description = key.description.clone();
        let source = model::Docs { description, ..model::Docs::default() };
        keys.push(ApiKey {
            name,
            scheme: key.scheme.clone(),
            location: key.location,
            wire: key.name.clone(),
            docs: docs::docs(&source, &[about]),
        });
    }
    keys
}

fn variable_docs(name: &str, description: Option<&str>) -> Docs {
    let about = format!("Sets the variable {} of the server's URL.", docs::code(name));
    let description = description.map(str::to_owned);
    let docs = docs::docs(&model::Docs { description, ..Default::default() }, &[]);
    if docs.lines.is_empty() { Docs { lines: vec![about], ..docs } } else { docs }
}

/// What the builder itself is called by, so that no variable can be.
const BUILDER_METHODS: &[&str] = &[
    "anonymous",
    "api_key",
    "attempt_timeout",
    "auth",
    "base_url",
    "build",
    "clone",
    "connect_timeout",
    "fmt",
    "header_limit",
    "hook",
    "http_client",
    "idle_timeout",
    "new",
    "redirect_limit",
    "response_limit",
    "retry",
    "server",
    "server_variable",
    "tenant",
    "timeout",
    "transport",
    "user_agent",
];

/// A default for a part of the host is an example: a client that took it would send its token to
/// somebody else's tenant. A choice out of a list is the API's own.
pub(super) fn default(variable: &model::ServerVariable, url: &str) -> Option<String> {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    let in_host = authority.contains(&format!("{{{}}}", variable.name));
    (!in_host || !variable.values.is_empty()).then(|| variable.default.clone())
}
