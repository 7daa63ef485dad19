//! What is added: schemas, fields and operations of new names, and of names that are close to those
//! that are there, or that Rust has a use for.

use std::collections::BTreeSet;

use oasmith::yaml::{Entry, Node};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

use super::document::{Document, Outcome};

/// One thing to add.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Addition {
    kind: Kind,
    /// What it stands beside, and whose name it has in some way.
    beside: Index,
    /// In which way.
    spelling: Index,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Schema,
    Field,
    Operation,
    /// An operation in a group of its own.
    Group,
}

/// Any addition.
pub(crate) fn additions() -> impl Strategy<Value = Addition> {
    let kinds = vec![Kind::Schema, Kind::Field, Kind::Operation, Kind::Group];
    let parts = (prop::sample::select(kinds), any::<Index>(), any::<Index>());
    parts.prop_map(|(kind, beside, spelling)| Addition { kind, beside, spelling })
}

/// Names that Rust, the runtime, the generator or a file system has a use for.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "type", "self", "Self", "crate", "async", "new", "clone", "fmt", "builder", "server", "client",
    "operations", "models", "Option", "Error", "Client", "Vec", "Default", "Params", "Request",
    "Response", "body", "Unknown", "additional_properties", "con", "", "_", "+1", "2fa", "日本",
];

/// The ways to make a name of one that is there, which stands at `{}`; and two without it.
#[rustfmt::skip]
const SPELLINGS: &[&str] = &[
    "Added", "added one", "{}-", "_{}", "{} ", "{}2", "{}_2", "{} Item", "{} Params", "{}Response",
];

/// The fields of a server-sent event.
const EVENT: &[&str] = &["id", "event", "data", "retry"];

/// What a document has already.
pub(crate) struct Known {
    swagger: bool,
    /// The schemas of the root document, with their properties, if they have some.
    schemas: Vec<(String, Option<Vec<String>>)>,
    /// The operations: id and tag.
    operations: Vec<(String, String)>,
    groups: Vec<String>,
    /// The types of the crate.
    types: Vec<String>,
}

/// What is added, as an overlay, and in words.
pub(crate) struct Added {
    pub(crate) text: String,
    pub(crate) names: Vec<String>,
}

impl Known {
    pub(crate) fn new(document: &Document, outcome: &Outcome) -> Self {
        let root = document.root();
        let swagger = root.get("swagger").is_some();
        let components = root.get("components").and_then(|components| components.get("schemas"));
        let schemas = if swagger { root.get("definitions") } else { components };
        let schemas = entries(schemas).iter().map(|entry| {
            let properties = entry.node.get("properties");
            let names = entries(properties).iter().map(|one| one.key.to_string());
            (entry.key.to_string(), properties.map(|_| names.collect()))
        });
        let operations = outcome.api.operations.iter().map(|operation| {
            let tag = operation.tags.first().cloned().unwrap_or_default();
            (operation.id.clone().unwrap_or_default(), tag)
        });
        let types = outcome.face.keys().filter_map(|path| path.rsplit("::").next());
        let types =
            types.filter(|name| name.starts_with(char::is_uppercase) && !name.contains('.'));
        let types: BTreeSet<&str> = types.collect();
        Self {
            swagger,
            schemas: schemas.collect(),
            operations: operations.collect(),
            groups: outcome.krate.groups.iter().map(|group| group.wire.clone()).collect(),
            types: types.into_iter().map(str::to_owned).collect(),
        }
    }

    /// An overlay that adds all of them, but for those that are there already.
    pub(crate) fn overlay(&self, additions: &[Addition]) -> Added {
        let (mut schemas, mut paths) = (Map::new(), Map::new());
        let mut names = BTreeSet::new();
        for one in additions {
            match one.kind {
                Kind::Schema => self.add_schema(*one, &mut schemas, &mut names),
                Kind::Field => self.add_field(*one, &mut schemas, &mut names),
                Kind::Operation | Kind::Group => self.add_operation(*one, &mut paths, &mut names),
            }
        }
        let update = if self.swagger {
            json!({"definitions": schemas, "paths": paths})
        } else {
            json!({"components": {"schemas": schemas}, "paths": paths})
        };
        let overlay = json!({
            "overlay": "1.0.0", "info": {"title": "Additions", "version": "1"},
            "actions": [{"target": "$", "update": update}],
        });
        Added { text: overlay.to_string(), names: names.into_iter().collect() }
    }

    fn add_schema(
        &self,
        one: Addition,
        schemas: &mut Map<String, Value>,
        names: &mut BTreeSet<String>,
    ) {
        let keys: Vec<&str> = self.schemas.iter().map(|(name, _)| name.as_str()).collect();
        let name = self.name(one, &keys);
        if !keys.contains(&&*name) && names.insert(format!("schema {name}")) {
            let state = json!({"type": "string", "enum": ["on", "off"]});
            schemas.insert(name, json!({"type": "object", "properties": {"state": state}}));
        }
    }

    fn add_field(
        &self,
        one: Addition,
        schemas: &mut Map<String, Value>,
        names: &mut BTreeSet<String>,
    ) {
        // The envelope of a server-sent event has these properties only; another one makes it data.
        let is_envelope = |all: &&Vec<String>| all.iter().all(|one| EVENT.contains(&one.as_str()));
        let objects = self.schemas.iter().filter_map(|(name, fields)| {
            Some((name, fields.as_ref().filter(|fields| !is_envelope(fields))?))
        });
        let objects: Vec<(&String, &Vec<String>)> = objects.collect();
        let Some((object, fields)) = chosen(&objects, one.beside) else { return };
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        let name = self.name(one, &fields);
        if !fields.contains(&&*name) && names.insert(format!("field {object}.{name}")) {
            let object =
                schemas.entry(object.as_str()).or_insert_with(|| json!({"properties": {}}));
            object["properties"][name] = json!({"type": "string", "enum": ["on", "off"]});
        }
    }

    fn add_operation(
        &self,
        one: Addition,
        paths: &mut Map<String, Value>,
        names: &mut BTreeSet<String>,
    ) {
        let (beside, group) = chosen(&self.operations, one.beside).cloned().unwrap_or_default();
        let ids: Vec<&str> = self.operations.iter().map(|(id, _)| id.as_str()).collect();
        let groups: Vec<&str> = self.groups.iter().map(String::as_str).collect();
        let (id, group) = match one.kind {
            Kind::Group => (format!("added {}", names.len()), self.name(one, &groups)),
            _ => (self.name(one, &[&beside]), group),
        };
        if ids.contains(&&*id) || !names.insert(format!("operation {id}")) {
            return;
        }
        let state = json!({"type": "string", "enum": ["on", "off"]});
        let (parameter, response) = if self.swagger {
            (json!({"name": "q", "in": "query", "type": "string"}), json!({"schema": state}))
        } else {
            let content = json!({"application/json": {"schema": state}});
            (json!({"name": "q", "in": "query", "schema": state}), json!({"content": content}))
        };
        let mut operation = json!({
            "operationId": id, "parameters": [parameter],
            "responses": {"200": {"description": "Done."}},
        });
        operation["responses"]["200"]
            .as_object_mut()
            .unwrap()
            .extend(response.as_object().unwrap().clone());
        if !group.is_empty() {
            names.insert(format!("group {group}"));
            operation["tags"] = json!([group]);
        }
        paths.insert(format!("/added/{}", paths.len()), json!({"get": operation}));
    }

    /// The name of an addition to these.
    fn name(&self, one: Addition, others: &[&str]) -> String {
        let other = chosen(others, one.beside).copied().unwrap_or("nothing");
        let types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        let ways = SPELLINGS.len() + 6;
        match one.spelling.index(ways).checked_sub(SPELLINGS.len()) {
            None => SPELLINGS[one.spelling.index(ways)].replace("{}", other),
            Some(0) => other.to_uppercase(),
            Some(1) => other.to_lowercase(),
            Some(2) => other.replace(['_', '-', ' '], "."),
            Some(3) => chosen(&self.groups, one.beside).cloned().unwrap_or_default(),
            Some(4) => chosen(&types, one.beside).copied().unwrap_or("nothing").to_owned(),
            Some(_) => chosen(RESERVED, one.beside).copied().unwrap_or_default().to_owned(),
        }
    }
}

fn entries(node: Option<&Node>) -> &[Entry] {
    node.and_then(Node::as_map).unwrap_or_default()
}

fn chosen<T>(list: &[T], index: Index) -> Option<&T> {
    if list.is_empty() { None } else { list.get(index.index(list.len())) }
}
