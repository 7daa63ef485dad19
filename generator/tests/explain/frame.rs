//! Whole documents of what a page shows: pages leave out what says nothing.
//!
//! Keys that begin with `/` are paths, `servers`, `security`, `tags`, `info` and `securitySchemes` what they
//! say, and all others schemas. An operation without a response succeeds with 204, one without a tag is
//! of `Pets`, and a schema `Pet` that is used only has an `id`. Where there are no paths, one
//! operation sends or receives the first schema. A block that begins with `# generator.yaml` is that.

use oasmith::config;
use oasmith::diff::Planned;
use oasmith::source::{Source, Sources};
use oasmith::yaml;
use serde_yaml::{Mapping, Value};

use crate::page::Fence;

/// Which way the data of a row goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Sent,
    Received,
    Both,
}

impl Side {
    /// The side of a row; other rows tell what the documents do not show.
    pub(crate) fn of(row: &str) -> Option<Self> {
        match row {
            "sent" => Some(Self::Sent),
            "received" => Some(Self::Received),
            "always" | "usually" => Some(Self::Both),
            _ => None,
        }
    }
}

/// What a document makes.
pub(crate) struct Made {
    pub(crate) planned: Planned,
    /// The files of the crate that are not of the runtime.
    pub(crate) text: String,
}

pub(crate) fn old(fences: &[Fence], side: Side) -> Result<Made, String> {
    made(fences, side, Fence::before)
}

pub(crate) fn new(fences: &[Fence], side: Side) -> Result<Made, String> {
    made(fences, side, Fence::after)
}

fn made(fences: &[Fence], side: Side, half: impl Fn(&Fence) -> String) -> Result<Made, String> {
    let mut choices = String::new();
    let mut document = Mapping::new();
    for fence in fences {
        let text = half(fence);
        if fence.before().starts_with("# generator.yaml") {
            choices.push_str(&text);
        } else {
            let value: Value = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
            document.extend(value.as_mapping().cloned().unwrap_or_default());
        }
    }
    let is_known = fences
        .iter()
        .any(|fence| format!("\n{}\n{}", fence.before(), fence.after()).contains("\nPet:"));
    if !choices.contains("package:") {
        choices.push_str("package: {name: pets, version: 0.1.0}\n");
    }
    let text = serde_yaml::to_string(&whole(document, side, is_known)).unwrap();
    let sources = Sources::root(Source::new("openapi.yaml", text));
    let mut chosen = Sources::default();
    let file = chosen.add(Source::new("generator.yaml", choices));
    let config = yaml::parse(&chosen, file).and_then(|node| config::read(&node));
    let config = config.map_err(|found| found.render_human(&chosen))?;
    let planned = oasmith::plan(&sources, &config).map_err(|found| found.render_human(&sources))?;
    let files =
        oasmith::generate(&sources, &config).map_err(|found| found.render_human(&sources))?.files;
    let own =
        files.iter().filter(|(path, _)| !path.contains("runtime/") && !path.contains("guide"));
    Ok(Made { planned, text: own.map(|(_, text)| text).collect() })
}

fn whole(fragment: Mapping, side: Side, is_known: bool) -> Value {
    let (mut root, mut paths, mut schemas) = (Mapping::new(), Mapping::new(), Mapping::new());
    let mut components = Mapping::new();
    root.insert("openapi".into(), "3.0.3".into());
    root.insert("info".into(), read("{title: Pets, version: '1'}"));
    for (key, value) in fragment {
        match key.as_str().unwrap() {
            "servers" | "security" | "info" | "tags" => root.insert(key, value),
            "securitySchemes" => components.insert(key, value),
            path if path.starts_with('/') => paths.insert(key, path_item(value)),
            _ => schemas.insert(key, value),
        };
    }
    if let (true, Some(name)) = (paths.is_empty(), schemas.keys().next()) {
        let name = name.as_str().unwrap();
        paths.insert("/frame".into(), path_item(Value::Mapping(framed(name, side))));
    }
    if !is_known {
        let pet = "{type: object, required: [id], properties: {id: {type: string}}}";
        schemas.insert("Pet".into(), read(pet));
    }
    components.insert("schemas".into(), Value::Mapping(schemas));
    root.insert("paths".into(), Value::Mapping(paths));
    root.insert("components".into(), Value::Mapping(components));
    Value::Mapping(root)
}

/// An operation that sends a schema, receives it, or both.
fn framed(name: &str, side: Side) -> Mapping {
    let content =
        format!("{{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}");
    let mut operation = Mapping::new();
    operation.insert("operationId".into(), "frame".into());
    if side != Side::Received {
        operation
            .insert("requestBody".into(), read(&format!("{{required: true, content: {content}}}")));
    }
    if side != Side::Sent {
        operation.insert("responses".into(), read(&format!("{{'200': {{content: {content}}}}}")));
    }
    Mapping::from_iter([("post".into(), Value::Mapping(operation))])
}

fn path_item(mut item: Value) -> Value {
    for (key, operation) in item.as_mapping_mut().into_iter().flatten() {
        let Some(operation) = operation.as_mapping_mut().filter(|_| key != "parameters") else {
            continue;
        };
        operation.entry("tags".into()).or_insert_with(|| read("[Pets]"));
        let responses = operation.entry("responses".into()).or_insert_with(|| read("{'204': {}}"));
        for (_, response) in responses.as_mapping_mut().into_iter().flatten() {
            if let Some(response) = response.as_mapping_mut() {
                response.entry("description".into()).or_insert_with(|| "An answer.".into());
            }
        }
    }
    item
}

fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}
