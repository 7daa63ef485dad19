//! The schema of the JSON form lists what there is; `xtask/tests/review.rs` holds a review to it.

use oasmith::diff::{Group, Id, Level};
use oasmith::review::{Format, render};
use serde_json::Value;

use super::set;

#[test]
fn the_schema_lists_all_levels_groups_and_ids() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/review.schema.json");
    let mut text = std::fs::read_to_string(path).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        text = with_ids(&text);
        std::fs::write(path, &text).unwrap();
    }
    let schema: Value = serde_json::from_str(&text).unwrap();
    let listed = |pointer: &str| -> Vec<String> {
        let list = schema.pointer(pointer).unwrap().as_array().unwrap();
        list.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let ids: Vec<&str> = Id::all().map(Id::name).collect();
    assert_eq!(listed("/$defs/id/enum"), ids, "UPDATE=1 writes them anew");
    let groups: Vec<&str> = Group::all().map(Group::name).collect();
    assert_eq!(listed("/$defs/group/enum"), groups);
    let levels = Level::ALL.map(Level::word);
    assert_eq!(listed("/$defs/level/enum"), levels);
    assert_eq!(listed("/properties/counts/required"), levels);
}

/// The text of the schema with the ids that there are.
fn with_ids(text: &str) -> String {
    let (before, rest) = text.split_once("\"id\": {\n      \"description\"").unwrap();
    let (description, rest) = rest.split_once("\"enum\": [").unwrap();
    let (_, after) = rest.split_once(']').unwrap();
    let ids: Vec<String> = Id::all().map(|id| format!("\n        \"{id}\"")).collect();
    let ids = ids.join(",");
    format!(
        "{before}\"id\": {{\n      \"description\"{description}\"enum\": [{ids}\n      ]{after}"
    )
}

#[test]
fn texts_come_as_they_are() {
    let texts = set::texts();
    let review = set::review(&texts);
    let root: Value = serde_json::from_str(&render(&review, Format::Json)).unwrap();
    let changes = root["changes"].as_array().unwrap();
    assert_eq!(changes.len(), review.changes.len());
    for (shown, change) in changes.iter().zip(&review.changes) {
        assert_eq!(shown["message"], change.message);
        assert_eq!(shown["level"], change.level().word());
    }
}
