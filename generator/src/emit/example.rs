//! The example in the documentation of a method: how it is called, as a caller would write it. The crate's
//! front page shows one of them, with the client that it needs.
//!
//! What the method takes are arguments of a hidden function, so that the example compiles whatever
//! their types are, and shows nothing that was made up. Doctests compile it and do not run it.

use std::fmt::Write as _;

use oasmith_templates::MODULE_CREDENTIALS;

use super::tokens::Place;
use super::{body, parameter};
use crate::plan::{Crate, Credential, Group, Method, Presence, Verb};

/// The width up to which a call stands on one line.
const WIDTH: usize = 96;

/// The lines of documentation.
pub(super) fn example(krate: &Crate, group: &Group, method: &Method) -> Vec<String> {
    let library = library(krate);
    let is_taken = method.required.iter().any(|argument| argument.name.as_str() == "client");
    let client = if is_taken { "api" } else { "client" };
    let Call { uses, mut given, lines: call } = call(&library, client, group, method);
    given.insert(0, format!("{client}: {library}::Client"));
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    lines.extend(uses);
    lines.push(function(&library, &given));
    lines.extend(call);
    lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
    lines
}

/// The front page's example, of the operation that needs least, with the client that it takes; and the
/// way to the guide.
pub(super) fn first_call(krate: &Crate) -> Vec<String> {
    let mut lines = vec![String::new()];
    if let Some((group, method)) = first_method(krate) {
        let library = library(krate);
        let Call { uses, mut given, lines: call } = call(&library, "client", group, method);
        let (builder, takes) = builder(krate, method);
        given.splice(0..0, takes.map(|ty| format!("credentials: {library}::{ty}")));
        lines.extend(["# A first call", "", "```no_run"].map(str::to_owned));
        let has_credentials = builder.contains("Credentials::");
        let names = if has_credentials { "{Client, Credentials}" } else { "Client" };
        lines.extend(uses);
        lines.push(format!("use {library}::{names};"));
        lines.push(function(&library, &given));
        lines.push(format!("let client = Client::builder(){builder}.build()?;"));
        lines.extend(call);
        lines.extend(["# Ok(()) }", "```", ""].map(str::to_owned));
    }
    lines.push("[`guide`] tells the rest, a page for each thing that a caller does.".to_owned());
    lines
}

/// The operation that needs least, a read before others.
fn first_method(krate: &Crate) -> Option<(&Group, &Method)> {
    let methods = krate.groups.iter().flat_map(|group| {
        let methods = group.methods.iter();
        methods.map(move |method| (group, method))
    });
    let is_plain = |method: &Method| {
        let taken = ["client", "credentials", "key"];
        !method.required.iter().any(|argument| taken.contains(&argument.name.as_str()))
    };
    let methods = methods.filter(|(_, method)| is_plain(method));
    methods.min_by_key(|(_, method)| {
        (
            method.level.is_some() || method.docs.deprecated,
            method.verb != Verb::Get,
            method.body.as_ref().is_some_and(|body| body.presence == Presence::Required),
            method.required.len(),
        )
    })
}

/// The calls of the builder's methods that a client for this method takes, and the type of `credentials`,
/// where they are used.
fn builder(krate: &Crate, method: &Method) -> (String, Option<&'static str>) {
    let brought =
        MODULE_CREDENTIALS.iter().find(|(module, _)| krate.modules.iter().any(|one| one == module));
    if let Some((_, credentials)) = brought {
        return (format!(".auth({credentials})"), None);
    }
    let is_whole = krate.client.server.as_ref().is_some_and(|url| url.contains("://"))
        && krate.client.defaults.iter().all(|(_, default)| default.is_some());
    let mut calls = String::new();
    if !is_whole {
        calls.push_str(".base_url(\"https://api.example.com\")");
    }
    if method.credential == Credential::None {
        return (calls + ".anonymous()", None);
    }
    let wanted = method.requirements.as_ref().unwrap_or(&krate.client.requirements);
    let key = |scheme: &String| krate.client.keys.iter().find(|key| key.scheme == *scheme);
    let keys = wanted.first().and_then(|all| all.iter().map(key).collect::<Option<Vec<_>>>());
    match keys.filter(|keys| !keys.is_empty()) {
        Some(keys) => {
            for key in keys {
                let _ = write!(calls, ".{}(\"the key\")", key.name);
            }
            (calls, None)
        }
        None => (calls + ".auth(credentials)", Some("Credentials")),
    }
}

/// A call of a method.
struct Call {
    uses: Vec<String>,
    /// What the function around it takes.
    given: Vec<String>,
    lines: Vec<String>,
}

fn library(krate: &Crate) -> String {
    krate.package.name.replace('-', "_")
}

/// The head of the hidden function around an example.
fn function(library: &str, given: &[String]) -> String {
    let given = given.join(", ");
    format!("# async fn example({given}) -> Result<(), {library}::Error> {{")
}

fn call(library: &str, client: &str, group: &Group, method: &Method) -> Call {
    let place = Place::outside(library);
    let modules: Vec<String> = group.modules.iter().map(ToString::to_string).collect();
    let modules = format!("{library}::{}", modules.join("::"));
    let (mut given, mut arguments) = (Vec::new(), Vec::new());
    for argument in &method.required {
        let ty = match method.params {
            Some(_) => parameter::field(argument, &place),
            None => parameter::argument(argument, &place),
        };
        given.push(format!("{}: {}", argument.name, spelled(&ty.to_string())));
        arguments.push(argument.name.to_string());
    }
    let mut uses = Vec::new();
    if let Some(params) = &method.params {
        uses.push(format!("use {modules}::{params};"));
        arguments = vec![structure(params.as_str(), &arguments)];
    }
    if let Some(body) = method.body.as_ref().filter(|body| body.presence == Presence::Required) {
        let ty = spelled(&body::argument(body, &place).to_string());
        // A choice, parts and bytes go by names of the group's file.
        if !ty.contains(&format!("{library}::")) {
            uses.push(format!("# use {{{modules}::*, {library}::runtime::*}};"));
        }
        given.push(format!("body: {ty}"));
        arguments.push("body".to_owned());
    }
    let calls = [
        format!(".{}()", group.accessor),
        format!(".{}({})", method.name, arguments.join(", ")),
        ".send()".to_owned(),
        ".await?;".to_owned(),
    ];
    let line = format!("let response = {client}{}", calls.concat());
    let lines = if line.len() <= WIDTH && !line.contains('\n') {
        vec![line]
    } else {
        let calls = calls.iter().flat_map(|call| call.lines().map(|line| format!("    {line}")));
        [format!("let response = {client}")].into_iter().chain(calls).collect()
    };
    Call { uses, given, lines }
}

/// A struct with fields from variables of their names.
fn structure(path: &str, fields: &[String]) -> String {
    let line = format!("{path} {{ {} }}", fields.join(", "));
    if line.len() <= WIDTH - 20 {
        return line;
    }
    let fields: Vec<String> = fields.iter().map(|field| format!("    {field},\n")).collect();
    format!("{path} {{\n{}}}", fields.concat())
}

/// A type as people write it: tokens print with blanks between them, and lifetimes need no name.
fn spelled(tokens: &str) -> String {
    let blanks = [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        ("&'a ", "&"),
        ("'body", "'_"),
    ];
    blanks.iter().fold(tokens.to_owned(), |text, (from, to)| text.replace(from, to))
}
