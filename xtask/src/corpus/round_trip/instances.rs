//! Instances of a schema, made from the document alone.
//!
//! The words of a schema are first brought together: references are followed, `allOf` is merged, and
//! of `oneOf` and `anyOf` one member is taken, a different one in each instance. What comes out need
//! not be valid; the validator has the last word.

use std::cell::Cell;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::scalars;

/// How much an instance holds, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// What is required.
    Minimal,
    /// All properties, two items in each list.
    Full,
    /// All properties with values at the edges of their types.
    Hard,
    /// All properties, null where it is allowed.
    Null,
    /// All properties; texts, lists and maps are empty.
    Empty,
    /// All properties, each enum of several values with one that it does not know. Not valid, but what
    /// a newer server may send, and open enums promise to keep.
    Unknown,
}

/// How deep references are followed with all properties, and at all.
const FULL_DEPTH: usize = 2;
const DEPTH: usize = 24;

/// How many schemas may be looked at for one instance: the rest is minimal after the first part of
/// them, and at the end of all there is no instance.
const BUDGET: usize = 20_000;
const PLENTY: usize = 18_000;

/// How many of one kind are made.
const CHOICES: usize = 8;
/// How many members of a choice are tried beside those of another one.
const MEMBERS: usize = 64;

/// Makes instances of the components of a document.
pub(super) struct Maker<'d> {
    pub(super) root: &'d Value,
    /// Whether the document is of 3.0.
    pub(super) old: bool,
    budget: Cell<usize>,
}

/// What is the same in all of one instance.
#[derive(Clone, Copy)]
struct Way {
    fill: Fill,
    choice: usize,
}

impl<'d> Maker<'d> {
    pub(super) fn new(root: &'d Value) -> Self {
        let version = root["openapi"].as_str().unwrap_or_default();
        Self { root, old: version.starts_with("3.0"), budget: Cell::new(0) }
    }

    /// Instances of a component, each once.
    pub(super) fn instances(&self, name: &str) -> Vec<(Fill, Value)> {
        let mut seen = BTreeSet::new();
        let mut instances = Vec::new();
        let schema = json!({"$ref": format!("#/components/schemas/{}", escaped(name))});
        let many = [Fill::Full, Fill::Hard]
            .into_iter()
            .flat_map(|fill| (0..CHOICES).map(move |one| (fill, one)));
        let few = [Fill::Minimal, Fill::Null, Fill::Empty, Fill::Unknown];
        let few = few.into_iter().flat_map(|fill| (0..3).map(move |one| (fill, one)));
        for (fill, choice) in few.chain(many) {
            self.budget.set(BUDGET);
            let Some(instance) = self.value(&schema, Way { fill, choice }, 0) else { continue };
            if seen.insert(instance.to_string()) {
                instances.push((fill, instance));
            }
        }
        instances
    }

    /// A value of a schema; `None` where none was found in time.
    fn value(&self, schema: &Value, way: Way, depth: usize) -> Option<Value> {
        let poor = depth > FULL_DEPTH || self.budget.get() < PLENTY;
        let keeps = way.fill == Fill::Unknown && depth <= DEPTH / 4;
        let way = if poor && !keeps { Way { fill: Fill::Minimal, ..way } } else { way };
        let flat = self.flat(schema, None, way, depth)?;
        if let Some(value) = flat.get("const") {
            return Some(value.clone());
        }
        let types: Vec<&str> = match flat.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let nullable = flat.get("nullable") == Some(&Value::Bool(true)) || types.contains(&"null");
        let types: Vec<&str> = types.into_iter().filter(|one| *one != "null").collect();
        if nullable
            && depth > 0
            && (way.fill == Fill::Null || types.is_empty() && flat.contains_key("type"))
        {
            return Some(Value::Null);
        }
        if let Some(values) = flat.get("enum").and_then(Value::as_array) {
            let values: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
            // An only value is a constant: it often says which member of a choice this is, and with
            // another one the rest would be of no member.
            let open = values.len() > 1 && values.iter().all(|value| value.is_string());
            if way.fill == Fill::Unknown && open {
                return Some("an unknown value \u{1f980}".into());
            }
            return values.get(way.choice % values.len().max(1)).map(|value| (*value).clone());
        }
        let object = ["properties", "additionalProperties", "required"];
        let implied = match () {
            () if object.iter().any(|key| flat.contains_key(*key)) => "object",
            () if flat.contains_key("items") || flat.contains_key("prefixItems") => "array",
            () => "",
        };
        match types.get(way.choice % types.len().max(1)).copied().unwrap_or(implied) {
            "object" => self.object(&flat, way, depth),
            "array" => self.array(&flat, way, depth),
            "string" => scalars::text(&flat, way.fill, way.choice),
            "integer" => Some(scalars::number(&flat, true, way.fill, way.choice)),
            "number" => Some(scalars::number(&flat, false, way.fill, way.choice)),
            "boolean" => Some(Value::Bool(way.choice % 2 == 0)),
            _ => Some(json!({"free": [1, "two", null, 0.5]})),
        }
    }

    fn object(&self, flat: &Map<String, Value>, way: Way, depth: usize) -> Option<Value> {
        let required: Vec<&str> = flat
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let none = Map::new();
        let properties = flat.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let mut object = Map::new();
        for (name, schema) in properties {
            let needed = required.contains(&name.as_str());
            if way.fill == Fill::Minimal && !needed {
                continue;
            }
            match self.value(schema, way, depth + 1) {
                Some(value) => {
                    object.insert(name.clone(), value);
                }
                None if needed => return None,
                None => {}
            }
        }
        let free = json!({});
        let others = match flat.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(Value::Bool(true)) => Some(&free),
            Some(schema) => Some(schema),
            None if properties.is_empty() && !flat.contains_key("patternProperties") => Some(&free),
            None => None,
        };
        for name in required.iter().filter(|name| !properties.contains_key(**name)) {
            object.insert((*name).to_owned(), self.value(others.unwrap_or(&free), way, depth + 1)?);
        }
        if let Some(others) = others.filter(|_| !matches!(way.fill, Fill::Minimal | Fill::Empty)) {
            let names = if way.fill == Fill::Hard {
                ["é \u{1f980}", "self"]
            } else {
                ["another", "one_more"]
            };
            for name in names {
                if let Some(value) = self.value(others, way, depth + 1) {
                    object.entry(name).or_insert(value);
                }
            }
        }
        Some(Value::Object(object))
    }

    fn array(&self, flat: &Map<String, Value>, way: Way, depth: usize) -> Option<Value> {
        let size = |key: &str| {
            flat.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
        };
        let least = size("minItems").unwrap_or_default().min(64);
        let wanted =
            if matches!(way.fill, Fill::Minimal | Fill::Empty) { least } else { least.max(2) };
        let wanted = wanted.min(size("maxItems").unwrap_or(usize::MAX));
        let free = json!({});
        let mut array = Vec::new();
        for schema in flat.get("prefixItems").and_then(Value::as_array).into_iter().flatten() {
            array.push(self.value(schema, way, depth + 1)?);
        }
        let items = flat.get("items").filter(|items| !items.is_boolean()).unwrap_or(&free);
        for at in array.len()..wanted {
            let way = Way { choice: way.choice + at, ..way };
            let Some(value) = self.value(items, way, depth + 1) else { break };
            if flat.get("uniqueItems") != Some(&Value::Bool(true)) || !array.contains(&value) {
                array.push(value);
            }
        }
        (array.len() >= least).then_some(Value::Array(array))
    }

    /// The words of a schema with those of all that it refers to; `name` is the component that led
    /// here, which a discriminator of a parent wants to know.
    fn flat(
        &self,
        schema: &Value,
        name: Option<&str>,
        way: Way,
        depth: usize,
    ) -> Option<Map<String, Value>> {
        self.budget.set(self.budget.get().checked_sub(1)?);
        if depth > DEPTH {
            return None;
        }
        let Some(words) = schema.as_object() else {
            return (schema == &Value::Bool(true)).then(Map::new);
        };
        if let Some(reference) = words.get("$ref").and_then(Value::as_str) {
            let target = self.root.pointer(&decoded(reference.strip_prefix('#')?))?;
            let component = reference.strip_prefix("#/components/schemas/").map(unescaped);
            let mut flat = self.flat(target, component.as_deref().or(name), way, depth + 1)?;
            if !self.old {
                let siblings = words.iter().filter(|(key, _)| *key != "$ref");
                let siblings: Map<_, _> =
                    siblings.map(|(key, one)| (key.clone(), one.clone())).collect();
                merge(&mut flat, self.flat(&Value::Object(siblings), name, way, depth + 1)?);
            }
            return Some(flat);
        }
        let mut flat = words.clone();
        flat.retain(|key, _| !["allOf", "oneOf", "anyOf", "discriminator"].contains(&key.as_str()));
        for part in words.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let mut other = self.flat(part, name, way, depth + 1)?;
            // Members of two choices go together only where their constants do.
            for more in 1..MEMBERS {
                if !contradicts(&flat, &other) {
                    break;
                }
                let way = Way { choice: way.choice + more, ..way };
                other = self.flat(part, name, way, depth + 1)?;
            }
            merge(&mut flat, other);
        }
        let property = words.get("discriminator").and_then(|one| one["propertyName"].as_str());
        let members = ["oneOf", "anyOf"].iter().filter_map(|key| words.get(*key)?.as_array());
        let mut chosen = None;
        for members in members {
            let is_null = |one: &&Value| {
                one["type"] == "null"
                    || one["enum"] == json!([null])
                    || one.get("const") == Some(&Value::Null)
            };
            if members.iter().any(|one| is_null(&one)) {
                flat.insert("nullable".to_owned(), Value::Bool(true));
            }
            let members: Vec<&Value> = members.iter().filter(|one| !is_null(one)).collect();
            if members.is_empty() {
                continue;
            }
            let member = members.get(way.choice % members.len())?;
            chosen = member["$ref"].as_str();
            merge(&mut flat, self.flat(member, name, way, depth + 1)?);
        }
        if let Some(property) = property {
            let mapping = words["discriminator"]["mapping"].as_object();
            let target = match chosen {
                Some(reference) => unescaped(reference.rsplit('/').next().unwrap_or_default()),
                None => name.unwrap_or_default().to_owned(),
            };
            let mapped = mapping.into_iter().flatten().find(|(_, one)| {
                one.as_str().is_some_and(|one| {
                    unescaped(one.rsplit('/').next().unwrap_or_default()) == target
                })
            });
            let key = mapped.map_or(target.clone(), |(key, _)| key.clone());
            let tag = json!({"properties": {property: {"const": key}}, "required": [property]});
            // Members often fix their own value, which then says more than a missing mapping.
            let fixed = flat.get("properties").is_some_and(|all| {
                all[property].get("const").is_some()
                    || all[property]["enum"].as_array().is_some_and(|all| all.len() == 1)
            });
            if (mapped.is_some() || !fixed)
                && let Value::Object(tag) = tag
            {
                flat.entry("properties").or_insert_with(|| json!({}));
                if let Some(properties) = flat.get_mut("properties").and_then(Value::as_object_mut)
                {
                    properties.remove(property);
                }
                merge(&mut flat, tag);
            }
        }
        Some(flat)
    }
}

/// Whether two schemas give a property constants of which none is one of both.
fn contradicts(flat: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let properties = |words: &Map<String, Value>| words.get("properties")?.as_object().cloned();
    let constants = |one: &Value| match (one.get("const"), one.get("enum")) {
        (Some(one), _) => vec![one.clone()],
        (None, Some(Value::Array(all))) => all.clone(),
        _ => Vec::new(),
    };
    let others = properties(other).unwrap_or_default();
    properties(flat).into_iter().flatten().any(|(key, mine)| {
        let (mine, other) = (constants(&mine), others.get(&key).map(constants));
        let other = other.unwrap_or_default();
        !mine.is_empty() && !other.is_empty() && !mine.iter().any(|one| other.contains(one))
    })
}

/// Adds the words of another schema that holds as well.
fn merge(flat: &mut Map<String, Value>, other: Map<String, Value>) {
    for (key, value) in other {
        let Some(mine) = flat.get_mut(&key) else {
            flat.insert(key, value);
            continue;
        };
        match (key.as_str(), mine, value) {
            ("properties", Value::Object(mine), Value::Object(value)) => {
                for (name, schema) in value {
                    let both = match mine.get(&name) {
                        Some(before) if *before != schema => json!({"allOf": [before, schema]}),
                        _ => schema,
                    };
                    mine.insert(name, both);
                }
            }
            ("required", Value::Array(mine), Value::Array(value)) => mine.extend(value),
            ("enum", Value::Array(mine), Value::Array(value)) => {
                mine.retain(|one| value.contains(one));
            }
            ("type", mine, value) => {
                let list = |value: &Value| match value {
                    Value::Array(list) => list.clone(),
                    one => vec![one.clone()],
                };
                let other = list(&value);
                // Integers are numbers: of both, integers are left.
                let fits = |one: &Value| match one.as_str() {
                    Some("integer") => other.contains(&"number".into()),
                    _ => false,
                };
                let narrowed = |one: &Value| match one.as_str() {
                    Some("number") if other.contains(&"integer".into()) => "integer".into(),
                    _ => one.clone(),
                };
                let both: Vec<Value> = list(mine)
                    .iter()
                    .map(narrowed)
                    .filter(|one| other.contains(one) || fits(one))
                    .collect();
                *mine = if both.is_empty() { value } else { both.into() };
            }
            _ => {}
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn unescaped(name: &str) -> String {
    name.replace("~1", "/").replace("~0", "~")
}

/// The pointer of a fragment, whose bytes may be percent-encoded.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut parts = fragment.split('%');
    bytes.extend(parts.next().unwrap_or_default().bytes());
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        let (code, rest) =
            code.map_or((b'%', part), |code| (code, part.get(2..).unwrap_or_default()));
        bytes.push(code);
        bytes.extend(rest.bytes());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
