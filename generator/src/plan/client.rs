//! What the client knows without being told: its server and what can be said about that.

use super::names::{Candidate, Scope, Style, name};
use super::{Client, Docs, ServerVariable, docs};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Api};
use crate::source::Span;

/// What the client knows without being told.
pub(super) fn plan(api: &Api, found: &mut Diagnostics) -> Client {
    let server = api.servers.first();
    let variables = server.map(|server| server.variables.as_slice()).unwrap_or_default();
    let candidates: Vec<Candidate<'_>> = variables
        .iter()
        .map(|variable| Candidate {
            text: &variable.name,
            name: name(Style::Field, &variable.name),
            span: Span::default(),
        })
        .collect();
    let names = Scope::reserving(BUILDER_METHODS).assign(&candidates, found);
    let url = server.map(|server| server.url.as_str()).unwrap_or_default();
    let variables = variables.iter().zip(names).map(|(variable, name)| ServerVariable {
        name,
        wire: variable.name.clone(),
        default: default(variable, url),
        docs: variable_docs(variable),
    });
    Client {
        server: server.map(|server| server.url.clone()),
        variables: variables.collect(),
        token_url: api.security.token_url.clone(),
    }
}

fn variable_docs(variable: &model::ServerVariable) -> Docs {
    let about = format!("Sets the variable {} of the server's URL.", docs::code(&variable.name));
    let description = variable.description.clone();
    let docs = docs::docs(&model::Docs { description, ..Default::default() }, &[]);
    if docs.lines.is_empty() { Docs { lines: vec![about], ..docs } } else { docs }
}

/// What the builder itself is called by, so that no variable can be.
const BUILDER_METHODS: &[&str] = &[
    "new",
    "auth",
    "anonymous",
    "base_url",
    "build",
    "clone",
    "connect_timeout",
    "fmt",
    "http_client",
    "response_limit",
    "server_variable",
    "tenant",
    "timeout",
    "user_agent",
];

/// A default for a part of the host is an example: a client that took it would send its token to
/// somebody else's tenant. A choice out of a list is the API's own.
fn default(variable: &model::ServerVariable, url: &str) -> Option<String> {
    let authority = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    let in_host = authority.contains(&format!("{{{}}}", variable.name));
    (!in_host || !variable.values.is_empty()).then(|| variable.default.clone())
}
