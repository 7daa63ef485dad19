//! Answers that are made from the document: every field of every schema that an operation's answer
//! reaches, each with a value of its own, so that a field that is lost or swapped shows.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::operations::Operation;

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/conductorone.yaml");
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
});

/// How often a schema may be inside of itself.
const NESTING: usize = 3;

/// What an answer holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Every field, with a value that says something.
    Full,
    /// Every field, with the value that protobuf's JSON has for an unset one. Messages are there, so
    /// that their fields are, too.
    Zero,
    /// As full, but messages at this depth hold nothing but null.
    NullAt(usize),
    /// As full, and in each message there is more than the document knows.
    UnknownFields,
    /// As full, with enum values that the document does not know.
    UnknownValues,
}

/// The answer of an operation, and what of it a client can know.
pub(crate) struct Answer {
    pub(crate) sent: Value,
    /// Without nulls and without unknown fields.
    pub(crate) known: Value,
    /// The names of the schemas that are in it.
    pub(crate) schemas: BTreeSet<&'static str>,
}

/// The names of all schemas of the document.
pub(crate) fn schemas() -> BTreeSet<&'static str> {
    DOCUMENT["components"]["schemas"].as_object().unwrap().keys().map(String::as_str).collect()
}

pub(crate) fn answer(operation: Operation, shape: Shape) -> Answer {
    let mut author = Author { shape, number: 0, open: Vec::new(), reached: BTreeSet::new() };
    let sent = author.value("$", answer_schema(operation)).unwrap();
    let known = known(&sent);
    Answer { sent, known, schemas: author.reached }
}

/// How deep messages are nested in the answer of an operation.
pub(crate) fn depth(operation: Operation) -> usize {
    fn depth(value: &Value) -> usize {
        let members = value.as_object().into_iter().flat_map(Map::values);
        let items = value.as_array().into_iter().flatten();
        let inner = members.chain(items).map(depth).max().unwrap_or(0);
        inner + usize::from(value.is_object())
    }
    depth(&answer(operation, Shape::Full).sent)
}

fn answer_schema(operation: Operation) -> &'static Value {
    let paths = DOCUMENT["paths"].as_object().unwrap().values();
    let operation = paths
        .flat_map(|item| item.as_object().unwrap().values())
        .find(|candidate| candidate["operationId"] == operation.id())
        .unwrap();
    &operation["responses"]["200"]["content"]["application/json"]["schema"]
}

/// The members that unknown fields have. Each is of another type.
const UNKNOWN: [(&str, &str); 4] = [
    ("aFieldOfTomorrow", r#"{"deep":[{"er":null}]}"#),
    ("id2", "\"text\""),
    ("", "[1, 2.5e300, true]"),
    ("@type", "null"),
];

struct Author {
    shape: Shape,
    /// The last number that was used. Numbers are not used twice.
    number: u64,
    /// The schemas that are being written, from the outside to the inside.
    open: Vec<&'static str>,
    reached: BTreeSet<&'static str>,
}

impl Author {
    /// A value for a schema; `None` where it would nest too deep. `place` becomes the text of texts.
    fn value(&mut self, place: &str, schema: &'static Value) -> Option<Value> {
        if let Some(name) = schema["$ref"].as_str() {
            return self.message(place, name.rsplit('/').next().unwrap());
        }
        if let Some(choice) = schema["oneOf"].as_array() {
            return self.value(place, &choice[0]);
        }
        self.number += 1;
        let zero = self.shape == Shape::Zero;
        let kind = if schema["type"].is_array() { &schema["type"][0] } else { &schema["type"] };
        let nullable = schema["type"].is_array();
        Some(match (kind.as_str().unwrap(), schema["format"].as_str()) {
            ("array", _) if zero => json!([]),
            ("array", _) => {
                let places = [format!("{place}[0]"), format!("{place}[1]")];
                places.iter().filter_map(|place| self.value(place, &schema["items"])).collect()
            }
            ("object", _) if nullable && zero => Value::Null,
            ("object", _) => self.map(place, &schema["additionalProperties"]),
            ("boolean", _) => json!(!zero),
            ("integer", Some("uint32")) if zero => json!(0),
            ("integer", Some("uint32")) => json!(u64::from(u32::MAX) - self.number),
            ("string", _) if nullable && zero => Value::Null,
            ("string", Some("int64")) if zero => json!("0"),
            // Beyond what a float can tell apart.
            ("string", Some("int64")) => json!((9_007_199_254_740_993 + self.number).to_string()),
            ("string", Some("date-time")) => {
                json!(format!("2024-02-29T23:59:59.{:09}Z", 10 * self.number + 1))
            }
            ("string", Some("duration")) => json!(format!("{}.000000001s", self.number)),
            ("string", None) if schema["enum"].is_array() => self.enumerated(schema),
            ("string", None) if zero => json!(""),
            ("string", None) => json!(place),
            other => panic!("{place}: the tests know no {other:?}"),
        })
    }

    fn enumerated(&self, schema: &Value) -> Value {
        let values = schema["enum"].as_array().unwrap();
        match self.shape {
            Shape::Zero => values[0].clone(),
            Shape::UnknownValues => json!(format!("VALUE_OF_TOMORROW_{}", self.number)),
            Shape::Full | Shape::NullAt(_) | Shape::UnknownFields => values[1].clone(),
        }
    }

    fn map(&self, place: &str, values: &Value) -> Value {
        match values {
            Value::Object(_) if self.shape != Shape::Zero => {
                json!({ format!("key of {place}"): place, "": "" })
            }
            // Without a null that is a member: what a client knows is made by leaving these out.
            Value::Bool(true) => json!({
                "text": place, "number": 0.1, "large": u64::MAX, "list": [null, {}, []], "": {"a": -1},
            }),
            _ => json!({}),
        }
    }

    fn message(&mut self, place: &str, name: &'static str) -> Option<Value> {
        if self.open.iter().filter(|open| **open == name).count() == NESTING {
            return None;
        }
        let level = self.open.len();
        let schema = &DOCUMENT["components"]["schemas"][name];
        self.open.push(name);
        self.reached.insert(name);
        let mut members = Map::new();
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            let value = self.value(&format!("{place}.{field}"), schema);
            let null = self.shape == Shape::NullAt(level);
            members
                .extend(value.map(|value| (field.clone(), if null { Value::Null } else { value })));
        }
        if self.shape == Shape::UnknownFields {
            let unknown = UNKNOWN.iter().map(|(name, json)| (name, serde_json::from_str(json)));
            members.extend(unknown.map(|(name, value)| ((*name).to_owned(), value.unwrap())));
        }
        self.open.pop();
        Some(Value::Object(members))
    }
}

/// A message without the members that are null. What is unknown is recognised by a member that no
/// free-form object has.
fn known(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let unknown = members.contains_key(UNKNOWN[0].0);
            let is_known = |name: &str| !unknown || UNKNOWN.iter().all(|(other, _)| *other != name);
            let members = members.iter().filter(|(name, value)| !value.is_null() && is_known(name));
            members.map(|(name, value)| (name.clone(), known(value))).collect()
        }
        Value::Array(items) => items.iter().map(known).collect(),
        _ => value.clone(),
    }
}
