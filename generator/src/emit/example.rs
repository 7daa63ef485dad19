//! The example in the documentation of a method: how it is called, as a caller would write it.
//!
//! What the method takes are arguments of a hidden function, so that the example compiles whatever
//! their types are, and shows nothing that was made up. Doctests compile it and do not run it.

use super::tokens::Place;
use super::{body, parameter};
use crate::plan::{Crate, Group, Method, Presence};

/// The width up to which a call stands on one line.
const WIDTH: usize = 96;

/// The lines of documentation.
pub(super) fn example(krate: &Crate, group: &Group, method: &Method) -> Vec<String> {
    let library = krate.package.name.replace('-', "_");
    let place = Place::outside(&library);
    let modules: Vec<String> = group.modules.iter().map(ToString::to_string).collect();
    let modules = format!("{library}::{}", modules.join("::"));
    let is_taken = method.required.iter().any(|argument| argument.name.as_str() == "client");
    let client = if is_taken { "api" } else { "client" };
    let mut given = vec![format!("{client}: {library}::Client")];
    let mut arguments = Vec::new();
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
    let mut lines = vec![String::new(), "```no_run".to_owned()];
    lines.extend(uses);
    let given = given.join(", ");
    lines.push(format!("# async fn example({given}) -> Result<(), {library}::Error> {{"));
    let calls = [
        format!(".{}()", group.accessor),
        format!(".{}({})", method.name, arguments.join(", ")),
        ".send()".to_owned(),
        ".await?;".to_owned(),
    ];
    let line = format!("let response = {client}{}", calls.concat());
    if line.len() <= WIDTH && !line.contains('\n') {
        lines.push(line);
    } else {
        lines.push(format!("let response = {client}"));
        let calls = calls.iter().flat_map(|call| call.lines().map(|line| format!("    {line}")));
        lines.extend(calls);
    }
    lines.extend(["# Ok(()) }", "```"].map(str::to_owned));
    lines
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
