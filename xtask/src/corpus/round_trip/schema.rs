//! The components of a document as JSON Schema 2020-12, for a validator that knows nothing of
//! OpenAPI and nothing of ours.
//!
//! What OpenAPI 3.0 says in its own way is put into the words of JSON Schema: `nullable` allows null,
//! `exclusiveMinimum: true` makes the bound exclusive, and what stands beside a `$ref` is dropped.
//! Everything else stays as it is written.

use serde_json::{Map, Value, json};

use oasmith::yaml::{self, Node};

/// Keys whose value is a map from names to schemas.
pub(super) const MAPS: &[&str] = &["properties", "patternProperties", "dependentSchemas", "$defs"];

/// Keys whose value is a schema.
const SCHEMAS: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// Keys whose value is a list of schemas.
const LISTS: &[&str] = &["allOf", "oneOf", "anyOf", "prefixItems"];

/// Keys that say nothing about values, or that would change what a reference means.
const DROPPED: &[&str] = &[
    "$id",
    "$schema",
    "$anchor",
    "discriminator",
    "xml",
    "example",
    "examples",
    "externalDocs",
    "default",
    "nullable",
    "deprecated",
    "description",
    "title",
    "readOnly",
    "writeOnly",
];

/// A tree of ours as a value of `serde_json`; `None` for a number that it does not take.
pub(super) fn json(node: &Node) -> Option<Value> {
    Some(match &node.value {
        yaml::Value::Null => Value::Null,
        yaml::Value::Bool(value) => Value::Bool(*value),
        yaml::Value::Number(digits) => serde_json::from_str(digits).ok()?,
        yaml::Value::String(text) => Value::String(text.to_string()),
        yaml::Value::List(items) => items.iter().map(json).collect::<Option<Vec<_>>>()?.into(),
        yaml::Value::Map(entries) => {
            let mut map = Map::new();
            for entry in entries {
                map.insert(entry.key.to_string(), json(&entry.node)?);
            }
            Value::Object(map)
        }
    })
}

/// All component schemas under `$defs`, with references that lead there.
pub(super) fn definitions(root: &Value, old: bool) -> Value {
    let mut definitions = Map::new();
    for (name, schema) in root["components"]["schemas"].as_object().into_iter().flatten() {
        definitions.insert(name.clone(), convert(schema, old));
    }
    json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions})
}

/// One schema; `old` says that the document is of 3.0.
fn convert(schema: &Value, old: bool) -> Value {
    let Some(schema) = schema.as_object() else { return schema.clone() };
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str).filter(|_| old) {
        return json!({"$ref": moved(reference)});
    }
    let mut converted = Map::new();
    for (key, value) in schema {
        let value = match (key.as_str(), value) {
            (key, _) if DROPPED.contains(&key) || key.starts_with("x-") => continue,
            ("$ref", Value::String(reference)) => moved(reference).into(),
            (key, Value::Object(map)) if MAPS.contains(&key) => {
                let entries = map.iter().map(|(name, one)| (name.clone(), convert(one, old)));
                Value::Object(entries.collect())
            }
            (key, Value::Array(list)) if LISTS.contains(&key) => {
                list.iter().map(|one| convert(one, old)).collect()
            }
            (key, value) if SCHEMAS.contains(&key) => convert(value, old),
            ("exclusiveMinimum" | "exclusiveMaximum", Value::Bool(_)) => continue,
            ("minimum", _) if schema.get("exclusiveMinimum") == Some(&Value::Bool(true)) => {
                converted.insert("exclusiveMinimum".to_owned(), value.clone());
                continue;
            }
            ("maximum", _) if schema.get("exclusiveMaximum") == Some(&Value::Bool(true)) => {
                converted.insert("exclusiveMaximum".to_owned(), value.clone());
                continue;
            }
            _ => value.clone(),
        };
        converted.insert(key.clone(), value);
    }
    if schema.get("nullable") == Some(&Value::Bool(true)) {
        return json!({"anyOf": [converted, {"type": "null"}]});
    }
    Value::Object(converted)
}

fn moved(reference: &str) -> String {
    reference.replacen("#/components/schemas/", "#/$defs/", 1)
}
