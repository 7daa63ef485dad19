//! The same document gives the same crate, however its parts are ordered.

use std::collections::BTreeSet;

use super::document::{Document, own, vendors};
use super::items::{items, names};

fn documents() -> Vec<Document> {
    [own()].into_iter().chain(vendors()).collect()
}

#[test]
fn two_runs_give_the_same_bytes() {
    for document in documents() {
        assert!(document.generate().files == document.generate().files, "{}", document.name);
    }
}

#[test]
fn the_order_of_schemas_and_paths_decides_nothing() {
    for document in documents() {
        let reversed = Document { text: reversed(&document.text), ..document.clone() };
        let (one, other) = (items(&document.generate().files), items(&reversed.generate().files));
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (file, items) in one {
            let differences: Vec<&String> = items.symmetric_difference(&other[&file]).collect();
            assert!(differences.is_empty(), "{file}: {differences:#?}");
        }
    }
}

#[test]
fn what_is_added_renames_nothing() {
    let document = own();
    let before = names(&document.generate().files);
    let mut tree: serde_yaml::Value = serde_yaml::from_str(&document.text).unwrap();
    let added = "
        other.v1.User: {type: object, properties: {id: {type: string}}}
        c1.api.app.v1.Aaa: {type: object, properties: {state: {type: string, enum: [A, B]}}}
        Zzz: {type: string}";
    let added: serde_yaml::Mapping = serde_yaml::from_str(added).unwrap();
    let schemas = tree["components"]["schemas"].as_mapping_mut().unwrap();
    schemas.extend(added);
    let field =
        &mut tree["components"]["schemas"]["c1.api.user.v1.User"]["properties"]["aNewField"];
    *field = serde_yaml::from_str("{type: string, enum: [X]}").unwrap();
    let operation = "{get: {operationId: another, x-speakeasy-group: AppResource, responses: {'200': {description: ok}}}}";
    tree["paths"]["/api/v1/another"] = serde_yaml::from_str(operation).unwrap();
    let text = serde_yaml::to_string(&tree).unwrap();
    let after = names(&Document { text, ..document }.generate().files);
    let lost: BTreeSet<&String> = before.difference(&after).collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(after.len() > before.len() + 5);
}

/// The document with its schemas and paths in reversed order.
fn reversed(text: &str) -> String {
    let mut tree: serde_yaml::Value = serde_yaml::from_str(text).unwrap();
    for path in [&["components", "schemas"][..], &["paths"]] {
        let part = path.iter().fold(&mut tree, |tree, key| &mut tree[*key]);
        let entries = std::mem::take(part.as_mapping_mut().unwrap());
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.reverse();
        *part = serde_yaml::Value::Mapping(entries.into_iter().collect());
    }
    serde_yaml::to_string(&tree).unwrap()
}
