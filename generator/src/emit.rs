//! The crate as tokens: one small `quote!` per item, and the runtime's files as they stand.
//!
//! Nothing is decided here. Text of the document reaches the code only as literals, as
//! documentation and as checked identifiers.

mod answer;
mod api;
mod body;
mod builder;
mod client;
mod defaults;
mod enums;
mod example;
mod headers;
mod levels;
mod manifest;
mod models;
mod oneof;
mod pages;
mod parameter;
mod parts;
mod server;
mod tokens;
mod validation;
mod webhooks;

use oasmith_templates::{FILES, GUIDE, LIBRARY, MODULES};
use proc_macro2::TokenStream;

pub use manifest::{dependency_names, feature_names};

use crate::plan::Crate;

/// A file of the crate.
#[derive(Clone, Debug)]
pub struct File {
    /// The path below the crate's folder, with `/`.
    pub path: String,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Rust, to be formatted; there is a blank line between the parts.
    Rust(Vec<Part>),
    /// A text that stands as it is.
    Text(String),
}

/// A part of a Rust file.
#[derive(Clone, Debug)]
pub enum Part {
    /// Items.
    Items(TokenStream),
    /// A macro call that is a table: a row a line.
    Table {
        /// The path of the macro.
        path: &'static str,
        /// What the table is about: the first words inside.
        head: String,
        /// The rows, without commas.
        rows: Vec<String>,
    },
}

/// The names of the modules that `generator.yaml` can ask for.
pub fn module_names() -> impl Iterator<Item = &'static str> {
    MODULES
        .iter()
        .filter_map(|(path, _)| path.strip_suffix(".rs"))
        .filter(|path| !path.contains('/'))
}

/// Spells a crate out.
pub fn emit(krate: &Crate) -> Vec<File> {
    let parts = parts::used(krate);
    let mut files = vec![
        manifest::cargo_toml(krate, &parts),
        manifest::rustfmt_toml(),
        client::library(krate, &parts),
        client::client(krate),
    ];
    files.extend(server::server(krate));
    files.extend(webhooks::webhooks(krate));
    let runtime = FILES.iter().filter(|(path, _)| parts.has_file(path));
    files.extend(runtime.map(|(path, text)| as_it_stands(path, parts.lines(text))));
    let library = krate.package.name.replace('-', "_");
    let guide = GUIDE.iter().filter(|(path, _)| parts.has_file(path));
    let named = |text: &str| parts.lines(text).replace(LIBRARY, &library);
    files.extend(guide.map(|(path, text)| as_it_stands(path, named(text))));
    let modules = MODULES.iter().filter(|(path, _)| {
        let module = path.split(['/', '.']).next();
        krate.modules.iter().any(|one| module == Some(one))
    });
    files.extend(modules.map(|(path, text)| as_it_stands(path, (*text).to_owned())));
    files.extend(api::files(krate));
    let features = krate.features.as_ref();
    models::files(&krate.models, &krate.models_path, "src/models", features, &mut files);
    files
}

fn as_it_stands(path: &str, text: String) -> File {
    File { path: format!("src/{path}"), content: Content::Text(text) }
}
