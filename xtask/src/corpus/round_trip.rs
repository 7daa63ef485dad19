//! `--round-trip`: instances of each component go through the generated types and come back.
//!
//! The instances are made from the document ([`instances`]), not from what the generator made of
//! it, and a validator of JSON Schema confirms that they are valid ([`schema`]). A program over the
//! generated crate decodes and encodes each ([`program`]), and the result must be the same
//! ([`equal`]). Aliases are covered where they are used.

mod equal;
mod instances;
mod program;
mod scalars;
mod schema;

use std::collections::BTreeMap;
use std::path::Path;

use jsonschema::{Registry, Validator};
use oasmith::source::FileId;
use oasmith::{config, files, yaml};
use serde_json::{Value, json};

use super::documents::Document;
use super::generation::Folders;
use super::row::{Difference, RoundTrip};
use instances::{Fill, Maker};

/// How many differences of a document are kept.
const MOST: usize = 200;

/// Runs the round trip of one document whose crate was generated.
pub(super) fn round_trip(document: &Document, folders: &Folders) -> RoundTrip {
    match try_round_trip(document, folders) {
        Ok(result) => result,
        Err(fault) => RoundTrip { fault: Some(fault), ..RoundTrip::default() },
    }
}

fn try_round_trip(document: &Document, folders: &Folders) -> Result<RoundTrip, String> {
    let config = folders.configs.join(format!("{}.yaml", document.name));
    let (root, types) = read(&document.file, &document.root, &config)?;
    let mut result = RoundTrip { schemas: types.len(), ..RoundTrip::default() };
    if types.is_empty() {
        return Ok(result);
    }
    let program = program::build(&document.name, &types, folders)?;
    let maker = Maker::new(&root);
    let definitions = schema::definitions(&root, maker.old);
    let registry = Registry::new()
        .add("urn:document", definitions)
        .and_then(jsonschema::RegistryBuilder::prepare)
        .map_err(|error| error.to_string())?;
    let mut sent: Vec<(&str, Value)> = Vec::new();
    let mut lines = Vec::new();
    for (row, name) in types.keys().enumerate() {
        let validator = validator(name, &registry);
        let before = sent.len();
        for (fill, instance) in maker.instances(name) {
            let valid = match &validator {
                Ok(validator) => fill == Fill::Unknown || validator.is_valid(&instance),
                Err(_) => false,
            };
            if valid {
                lines.push(format!("{row}\t{instance}"));
                sent.push((name, instance));
            }
        }
        if sent.len() == before {
            let reason =
                validator.err().unwrap_or_else(|| "no valid instance was found".to_owned());
            result.skipped.push(format!("{name}: {reason}"));
        }
    }
    result.instances = sent.len();
    for ((name, instance), answer) in sent.iter().zip(program::run(&program, &lines)?) {
        let found = match answer.split_at_checked(1) {
            Some(("+", text)) => {
                let written = serde_json::from_str(text).unwrap_or(Value::Null);
                equal::difference(instance, &written)
            }
            _ => Some((
                String::new(),
                instance.clone(),
                json!({"error": answer.trim_start_matches('-')}),
            )),
        };
        if let Some((path, read, written)) = found {
            result.differences += 1;
            if result.shown.len() < MOST {
                result.shown.push(Difference { schema: (*name).to_owned(), path, read, written });
            }
        }
    }
    Ok(result)
}

/// The document as plain JSON, and the types of its components.
fn read(
    spec: &Path,
    folder: &Path,
    config: &Path,
) -> Result<(Value, BTreeMap<String, String>), String> {
    let input = files::read_sources(spec, Some(folder), &[], config);
    let files::Input { sources, trees, config } = input.map_err(|error| error.to_string())?;
    let made = yaml::parse(&sources, config)
        .and_then(|root| config::read(&root))
        .and_then(|config| oasmith::generate_from(&sources, trees, &config));
    let made = made.map_err(|faults| faults.render_human(&sources))?;
    let root = yaml::parse(&sources, FileId::default());
    let root = root.map_err(|faults| faults.render_human(&sources))?;
    let root = schema::json(&root).ok_or("a number of the document is no number of JSON")?;
    Ok((root, made.components))
}

fn validator(name: &str, registry: &Registry) -> Result<Validator, String> {
    let pointer = name.replace('~', "~0").replace('/', "~1");
    let schema = json!({"$ref": format!("urn:document#/$defs/{pointer}")});
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    let options = options.with_registry(registry).offline();
    options.build(&schema).map_err(|error| error.to_string())
}
