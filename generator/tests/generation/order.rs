//! What is made does not depend on the order of the document, and what is added renames nothing.

use oasmith::diagnostic::Code;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_json::json;
use serde_yaml::{Mapping, Value};

use super::document::{Document, own, vendors};
use super::{cases, conductorone, items};

fn parse(document: &Document) -> Value {
    serde_yaml::from_str(&document.text).unwrap()
}

fn print(document: &Document, value: &Value) -> Document {
    Document { text: serde_yaml::to_string(value).unwrap(), ..document.clone() }
}

/// A mapping inside the document, by its keys.
fn mapping<'a>(root: &'a mut Value, keys: &[&str]) -> Option<&'a mut Mapping> {
    keys.iter().try_fold(root, |node, key| node.get_mut(key))?.as_mapping_mut()
}

/// The document with its schemas, paths, parameters and responses the other way round.
fn reversed(document: &Document) -> Document {
    let mut root = parse(document);
    let components = ["schemas", "parameters", "responses", "requestBodies", "securitySchemes"];
    let places = components.iter().map(|kind| vec!["components", kind]);
    for place in places.chain([vec!["paths"], vec!["components"]]) {
        if let Some(entries) = mapping(&mut root, &place) {
            let forward: Vec<(Value, Value)> = std::mem::take(entries).into_iter().collect();
            entries.extend(forward.into_iter().rev());
        }
    }
    print(document, &root)
}

/// Two runs give the same bytes, and the reversed document the same items.
fn assert_order_is_free(document: &Document) {
    let first = document.generate();
    assert_eq!(first.files, document.generate().files, "two runs of {}", document.name);
    assert_same_items(&first, &reversed(document).generate());
}

fn assert_same_items(first: &oasmith::Generated, other: &oasmith::Generated) {
    let (first, other) = (items::items(&first.files), items::items(&other.files));
    assert_eq!(first.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (path, items) in &first {
        let others = other.get(path).unwrap();
        let differences: Vec<&String> = items.symmetric_difference(others).collect();
        assert!(differences.is_empty(), "{path}: {differences:#?}");
    }
}

#[test]
fn order_decides_nothing() {
    assert_order_is_free(&own());
    for case in cases::all() {
        assert_order_is_free(&case);
    }
}

#[test]
fn order_decides_nothing_in_the_whole_document() {
    let (Some(document), Some(whole)) = (vendors(), conductorone::whole()) else { return };
    assert_eq!(whole.files, document.generate().files);
    assert_same_items(whole, &reversed(&document).generate());
}

/// All public names of a document are there after `add` has added to it.
fn assert_nothing_is_renamed(document: &Document, add: impl Fn(&mut Value)) {
    let before = items::paths(&document.generate().files);
    let mut root = parse(document);
    add(&mut root);
    let after = items::paths(&print(document, &root).generate().files);
    let gone: Vec<&String> = before.difference(&after).collect();
    assert!(gone.is_empty(), "{}: {gone:?}", document.name);
    assert!(after.len() > before.len(), "{}: nothing was added", document.name);
}

fn value(json: &serde_json::Value) -> Value {
    serde_yaml::from_str(&json.to_string()).unwrap()
}

/// Puts an entry first, where it takes a name before all others if order counts.
fn put_first(entries: &mut Mapping, key: &str, entry: &serde_json::Value) {
    let rest = std::mem::take(entries);
    entries.insert(Value::from(key), value(entry));
    entries.extend(rest);
}

/// What is equal and comes before all others is the type then, and the name that was one is an alias.
#[test]
fn a_new_place_of_a_shared_schema_renames_nothing() {
    let document = cases::all().into_iter().find(|case| case.name == "shared-schemas").unwrap();
    let mut root = parse(&document);
    let schemas = mapping(&mut root, &["components", "schemas"]).unwrap();
    let shrub = schemas.get("Shrub").unwrap().clone();
    schemas.insert("Aloe".into(), shrub);
    let (before, after) = (document.generate(), print(&document, &root).generate());
    // What an alias holds stands at its target.
    let types = items::paths(&before.files).into_iter().filter(|name| !name.contains([':', '.']));
    let now = items::paths(&after.files);
    let gone: Vec<String> = types.filter(|name| !now.contains(name)).collect();
    assert!(gone.is_empty(), "{gone:?}");
    let (before, after) = (items::face(&before.files), items::face(&after.files));
    assert_eq!(before["models/shrub_soil.rs ShrubSoil"], "struct");
    assert_eq!(after["models/shrub.rs ShrubSoil"], "super :: AloeSoil");
    assert_eq!(after["models/shrub.rs Shrub.soil"], "Option < ShrubSoil >", "fields keep theirs");
}

fn documents() -> Vec<Document> {
    // Documents without schemas or paths have no place for an addition.
    let cases = cases::all().into_iter().filter(|case| !matches!(&*case.name, "empty" | "servers"));
    std::iter::once(own()).chain(cases).collect()
}

#[test]
fn a_new_schema_renames_nothing() {
    let schema =
        json!({"type": "object", "properties": {"state": {"type": "string", "enum": ["a"]}}});
    for document in documents() {
        assert_nothing_is_renamed(&document, |root| {
            if root.get("components").is_none() {
                let empty = value(&json!({"schemas": {}}));
                root.as_mapping_mut().unwrap().insert("components".into(), empty);
            }
            let components = mapping(root, &["components"]).unwrap();
            let schemas = components.entry("schemas".into()).or_insert(Mapping::new().into());
            // A name that becomes that of another gives way, unless there are numbers already.
            let gaps = document.generate().gaps;
            let numbered = gaps.iter().any(|gap| gap.code == Code::NameCollision);
            let others = schemas.as_mapping().unwrap().keys().filter(|_| !numbered);
            let others = others.filter_map(|key| Some(format!("{}-", key.as_str()?)));
            let others: Vec<String> = others.collect();
            for name in others.iter().map(String::as_str).chain(["A0", "Zz", "c1.api.app.v1.A0"]) {
                put_first(schemas.as_mapping_mut().unwrap(), name, &schema);
            }
        });
    }
}

#[test]
fn a_new_field_renames_nothing() {
    let fields = json!({"type": "object", "properties": {"a0": {"type": "string", "enum": ["a"]}}});
    for document in documents() {
        let mut root = parse(&document);
        let has_objects = mapping(&mut root, &["components", "schemas"]).is_some_and(|schemas| {
            schemas.values().any(|schema| schema.get("properties").is_some())
        });
        if !has_objects {
            continue;
        }
        assert_nothing_is_renamed(&document, |root| {
            let schemas = mapping(root, &["components", "schemas"]).unwrap();
            for properties in schemas.values_mut().filter_map(|one| one.get_mut("properties")) {
                put_first(properties.as_mapping_mut().unwrap(), "a0", &json!({"type": "string"}));
                put_first(properties.as_mapping_mut().unwrap(), "a0Object", &fields);
            }
        });
    }
}

#[test]
fn a_new_operation_renames_nothing() {
    let operation = |id: &str, tags: &[&str]| {
        json!({
            "operationId": id, "tags": tags,
            "parameters": [{"name": "q", "in": "query", "schema": {"type": "string", "enum": ["a"]}}],
            "responses": {"204": {"description": "Done."}},
        })
    };
    for document in documents() {
        assert_nothing_is_renamed(&document, |root| {
            let all = parse(&document);
            let tags = all.get("paths").and_then(Value::as_mapping).into_iter().flatten();
            let tags = tags.flat_map(|(_, item)| item.as_mapping().into_iter().flatten());
            let tags = tags.filter_map(|(_, operation)| operation.get("tags")?.get(0)?.as_str());
            let tags: Vec<&str> = tags.chain(["A0"]).collect();
            let paths = mapping(root, &["paths"]).unwrap();
            for (at, tag) in tags.iter().enumerate() {
                let path = format!("/a0/{at}");
                put_first(paths, &path, &json!({"get": operation(&format!("a0{at}"), &[tag])}));
            }
            put_first(paths, "/a0", &json!({"get": operation("a0", &[])}));
        });
    }
}

/// A short name out of few letters, so that names meet.
fn word() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec!["a", "A", "b", "B", "_", "-", ".", "1", "Ü"]),
        1..5,
    )
    .prop_map(|letters| letters.concat())
}

prop_compose! {
    /// An object with a field, an inline enum, an inline object and a group.
    fn object()(
        fields in prop::collection::btree_map(word(), 0..4_u8, 1..5),
        group in word(),
    ) -> serde_json::Value {
        let kinds = [
            json!({"type": "string"}),
            json!({"type": "string", "enum": ["a", "A"]}),
            json!({"type": "object", "properties": {"a": {"type": "string", "enum": ["b"]}}}),
            json!({"type": "array", "items": {"type": "object", "properties": {"a": {"type": "integer"}}}}),
        ];
        let members: Vec<&String> = fields.keys().collect();
        let properties: serde_json::Map<String, serde_json::Value> =
            fields.iter().map(|(name, kind)| (name.clone(), kinds[usize::from(*kind)].clone())).collect();
        json!({"type": "object", "properties": properties, "x-oneof-groups": {group: members}})
    }
}

prop_compose! {
    /// A document whose names meet more often than in any real one.
    fn document()(
        schemas in prop::collection::btree_map(word(), object(), 1..6),
        operations in prop::collection::btree_map(word(), (word(), word(), prop::bool::ANY), 1..6),
    ) -> Document {
        let paths: serde_json::Map<String, serde_json::Value> = operations
            .into_iter()
            .enumerate()
            .map(|(at, (id, (tag, parameter, required)))| {
                let two = |name: &str| json!({"name": name, "in": "query", "required": required, "schema": {"type": "string", "enum": ["a"]}});
                let operation = json!({
                    "operationId": id, "tags": [tag],
                    "parameters": [two(&parameter), two(&format!("{parameter}-"))],
                    "responses": {"204": {"description": "Done."}},
                });
                (format!("/{at}"), json!({"get": operation}))
            })
            .collect();
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Words", "version": "1"},
            "paths": paths, "components": {"schemas": schemas},
        });
        Document::new("words", document.to_string())
    }
}

proptest! {
    #![proptest_config(Config { cases: 64, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..Config::default() })]

    #[test]
    fn order_decides_nothing_where_names_meet(document in document()) {
        assert_order_is_free(&document);
    }
}
