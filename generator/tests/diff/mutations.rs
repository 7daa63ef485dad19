//! Pairs that nobody wrote: a real document, and the same with a few things in it changed by chance. For
//! each the closed loop holds, the way back mirrors the way there, and nothing panics.

use std::fs;

use serde_json::{Map, Value, json};

use super::closed_loop::explain;
use super::laws::mirrored;
use super::{planned, shared};

/// How many pairs are made of each document.
const PAIRS: u64 = 60;

/// Numbers that look like chance and are the same in every run (xorshift, G. Marsaglia, 2003).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[test]
fn changes_by_chance_are_explained() {
    let Some(folder) = shared("specs/real") else { return };
    let target = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    let (mut faults, mut pairs, mut lines) = (Vec::new(), 0, 0);
    for name in ["museum/openapi.yaml", "swagger-petstore/openapi.yaml", "tgi/openapi.json"] {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        let document: Value = serde_yaml::from_str(&text).unwrap();
        for seed in 1..=PAIRS {
            let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let mut other = document.clone();
            let count = 1 + chance.below(4);
            let done: Vec<String> =
                (0..count).filter_map(|_| mutate(&mut other, &mut chance)).collect();
            let pair = target.join(format!("{}-{seed}", name.split('/').next().unwrap()));
            fs::create_dir_all(&pair).unwrap();
            let (old, new) = (pair.join("old.json"), pair.join("new.json"));
            fs::write(&old, document.to_string()).unwrap();
            fs::write(&new, other.to_string()).unwrap();
            let known = faults.len();
            // A change by chance can leave a document that no crate is made of.
            let Some(found) = explain(&old, &new, &mut faults) else { continue };
            let (before, after) = (planned(&old).unwrap(), planned(&new).unwrap());
            mirrored(&before, &after, &pair.to_string_lossy());
            (pairs, lines) = (pairs + 1, lines + found);
            if faults.len() > known {
                faults.push(format!("    after {}", done.join("; ")));
            }
        }
    }
    println!("{pairs} pairs, {lines} lines gone or other");
    assert!(pairs > 100, "{pairs} pairs made two crates");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Changes one thing, and tells which; nothing where it met what it knows no change of.
fn mutate(document: &mut Value, chance: &mut Chance) -> Option<String> {
    let mut places = Vec::new();
    for part in ["/paths", "/components"] {
        if let Some(value) = document.pointer(part) {
            objects(value, part.to_owned(), &mut places);
        }
    }
    let place = places.get(chance.below(places.len()))?.clone();
    let map = document.pointer_mut(&place)?.as_object_mut()?;
    let what = change(map, chance)?;
    Some(format!("{what} in {place}"))
}

fn objects(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                objects(inner, format!("{place}/{key}"), places);
            }
            places.push(place);
        }
        Value::Array(items) => {
            for (at, inner) in items.iter().enumerate() {
                objects(inner, format!("{place}/{at}"), places);
            }
        }
        _ => {}
    }
}

fn change(map: &mut Map<String, Value>, chance: &mut Chance) -> Option<String> {
    let keys: Vec<String> = map.keys().cloned().collect();
    let key = keys.get(chance.below(keys.len()))?.clone();
    let types = ["string", "integer", "number", "boolean"];
    let other = json!(types[chance.below(types.len())]);
    let value = map.get_mut(&key)?;
    match (key.as_str(), value) {
        ("type", Value::String(was)) if types.contains(&was.as_str()) => {
            let what = format!("type {was} to {other}");
            map.insert(key, other);
            Some(what)
        }
        ("required", Value::Array(names)) if !names.is_empty() => {
            let gone = names.remove(chance.below(names.len()));
            Some(format!("{gone} is not required"))
        }
        ("required", Value::Bool(flag)) => {
            *flag = !*flag;
            Some(format!("required is {flag}"))
        }
        ("enum", Value::Array(values)) if values.len() > 1 => {
            if chance.below(2) == 0 {
                let gone = values.remove(chance.below(values.len()));
                return Some(format!("the value {gone} is gone"));
            }
            values.push(json!("brand-new"));
            Some("a value is new".to_owned())
        }
        ("properties", Value::Object(fields)) => {
            let names: Vec<String> = fields.keys().cloned().collect();
            let name = names.get(chance.below(names.len()))?.clone();
            match chance.below(4) {
                0 => {
                    fields.remove(&name);
                    Some(format!("{name} is gone"))
                }
                1 => {
                    fields.insert("brand_new".to_owned(), json!({"type": other}));
                    Some("a property is new".to_owned())
                }
                2 => {
                    let field = fields.remove(&name)?;
                    fields.insert(format!("{name}_2"), field);
                    Some(format!("{name} is renamed"))
                }
                _ => {
                    map.insert("required".to_owned(), json!([name]));
                    Some(format!("{name} alone is required"))
                }
            }
        }
        ("operationId" | "name" | "in", Value::String(text)) => {
            let was = text.clone();
            *text = match key.as_str() {
                "in" if was == "query" => "header".to_owned(),
                "in" => return None,
                _ => format!("{was}_2"),
            };
            Some(format!("{key} {was} is another"))
        }
        (
            "format"
            | "nullable"
            | "items"
            | "additionalProperties"
            | "default"
            | "parameters"
            | "requestBody"
            | "get"
            | "put"
            | "post"
            | "delete"
            | "patch",
            _,
        ) => {
            map.remove(&key);
            Some(format!("{key} is gone"))
        }
        (status, Value::Object(_)) if status.len() == 3 && status.starts_with(['2', '4']) => {
            let answer = map.remove(&key)?;
            if chance.below(2) == 0 {
                map.insert("202".to_owned(), answer);
            }
            Some(format!("the answer {key} is gone or another"))
        }
        (path, _) if path.starts_with('/') => {
            let item = map.remove(&key)?;
            map.insert(format!("/v2{key}"), item);
            Some(format!("{key} is elsewhere"))
        }
        (media, Value::Object(_)) if media.contains("json") => {
            let body = map.remove(&key)?;
            map.insert("application/vnd.other+json".to_owned(), body);
            Some(format!("{key} is another media type"))
        }
        _ => None,
    }
}
