//! What holds for any two documents: one is no change to itself, other spellings are none, and the
//! way back mirrors the way there.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use oasmith::diff::{Change, Level, Planned};
use serde_json::Value;

use super::{changes, planned, planned_text, shared};

/// Documents of many kinds, each in its own words; the largest would take minutes.
fn documents() -> Vec<(PathBuf, Planned, Value)> {
    let Some(folder) = shared("specs/real") else { return Vec::new() };
    let mut found = Vec::new();
    let folders = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_document = path.extension().is_some_and(|end| end == "yaml" || end == "json");
            if !is_document || fs::metadata(&path).unwrap().len() > 4_000_000 {
                continue;
            }
            let Ok(planned) = planned(&path) else { continue };
            let text = fs::read_to_string(&path).unwrap();
            if let Ok(value) = serde_yaml::from_str::<Value>(&text) {
                found.push((path, planned, value));
            }
        }
    }
    assert!(found.len() >= 10, "only {} documents were found", found.len());
    found
}

#[test]
fn a_document_is_no_change_to_itself_in_any_spelling() {
    for (path, before, value) in documents() {
        let path = path.to_string_lossy();
        assert_eq!(changes(&before, &before), [], "{path}");
        // These maps have their keys in the order of the alphabet.
        let json = planned_text("document.json", &value.to_string()).unwrap();
        quiet(&changes(&before, &json), &format!("{path} as JSON"));
        let mut other = value;
        respell(&mut other);
        wrap(&mut other, false);
        let other = planned_text("document.json", &other.to_string()).unwrap();
        quiet(
            &changes(&before, &other),
            &format!("{path} with other words for null, and references in `allOf`"),
        );
    }
}

fn quiet(changes: &[Change], what: &str) {
    let loud: Vec<String> = changes
        .iter()
        .filter(|change| change.level() != Level::None)
        .map(|change| format!("{} {}: {}", change.id, change.path(), change.message))
        .collect();
    assert!(loud.is_empty(), "{what}:\n{}", loud.join("\n"));
}

/// Puts each reference to a schema into an `allOf` of one, save those that are a list's: members of a
/// choice are told apart by what they refer to.
fn wrap(value: &mut Value, is_member: bool) {
    match value {
        Value::Object(map) => {
            let target = map.get("$ref").and_then(Value::as_str);
            let is_schema = target.is_some_and(|target| target.contains("/schemas/"));
            if is_schema && map.len() == 1 && !is_member {
                let inner = Value::Object(std::mem::take(map));
                map.insert("allOf".to_owned(), Value::Array(vec![inner]));
            } else {
                map.values_mut().for_each(|value| wrap(value, false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| wrap(item, true)),
        _ => {}
    }
}

/// Null as a member of a choice: the same in other words.
fn respell(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(respell);
            let nullable = match map.get("type") {
                Some(Value::Array(types)) if types.len() == 2 => {
                    let other = types.iter().find(|one| *one != "null").cloned();
                    other.filter(|_| types.iter().any(|one| one == "null"))
                }
                _ => None,
            };
            if let (Some(other), false) = (nullable, map.contains_key("enum")) {
                map.insert("type".to_owned(), other);
                let inner = Value::Object(std::mem::take(map));
                let null = serde_json::json!({"type": "null"});
                map.insert("oneOf".to_owned(), Value::Array(vec![inner, null]));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(respell),
        _ => {}
    }
}

#[test]
fn the_way_back_mirrors_the_way_there() {
    let Some(folder) = shared("specs/changes") else { return };
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut count = 0;
    for folder in folders {
        let (old, new) =
            (planned(&folder.join("base.json")), planned(&folder.join("revision.json")));
        let (Ok(old), Ok(new)) = (old, new) else { continue };
        mirrored(&old, &new, &folder.to_string_lossy());
        count += 1;
    }
    println!("{count} pairs are mirrored");
    if let Some(folder) = shared("specs/history/conductorone") {
        let old = planned(&folder.join("2025-04-21.yaml")).unwrap();
        let new = planned(&folder.join("2025-08-07.yaml")).unwrap();
        mirrored(&old, &new, "conductorone");
    }
}

/// What tells a change from others, and both of its things.
type Seen = (String, String, String);

pub(super) fn mirrored(old: &Planned, new: &Planned, what: &str) {
    let path = |thing: &Option<oasmith::diff::Thing>| {
        thing.as_ref().map(|thing| thing.path.clone()).unwrap_or_default()
    };
    let count = |seen: Vec<Seen>| {
        let mut counts: BTreeMap<Seen, usize> = BTreeMap::new();
        for one in seen {
            *counts.entry(one).or_default() += 1;
        }
        counts
    };
    let there = changes(old, new);
    let there = there
        .iter()
        .map(|change| (change.id.mirror().to_string(), path(&change.after), path(&change.before)));
    let back = changes(new, old);
    let required =
        |id: String| if id == "field-required-added" { "field-added".to_owned() } else { id };
    let back = back
        .iter()
        .map(|change| (required(change.id.to_string()), path(&change.before), path(&change.after)));
    let (back, there) = (count(back.collect()), count(there.collect()));
    let only = |one: &BTreeMap<Seen, usize>, other: &BTreeMap<Seen, usize>| {
        let found = one.iter().filter(|(seen, count)| other.get(*seen) != Some(count));
        found.map(|(seen, count)| format!("{count} {seen:?}")).collect::<Vec<_>>().join("\n")
    };
    let (left, right) = (only(&there, &back), only(&back, &there));
    assert!(left.is_empty() && right.is_empty(), "{what}: there\n{left}\nback\n{right}");
}
