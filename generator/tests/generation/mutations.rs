//! Documents that nobody wrote: the cases with values replaced, moved, renamed and left out. Each
//! is refused or becomes a crate; nothing panics, and whatever is made is Rust.

use std::cell::Cell;
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use serde_yaml::{Mapping, Value};

use super::document::Document;
use super::{cases, items};

/// What takes the place of a value, as YAML.
const OTHERS: &[&str] = &[
    "null",
    "true",
    "-1",
    "1.5e300",
    "text",
    "''",
    "\"quote \\\" fence\\n```\\n#[x]\"",
    "[]",
    "[text, text]",
    "{}",
    "{'': {}}",
    "{type: object}",
    "{type: object, properties: {'': {type: string}, a b: {type: string, format: int64}}}",
    "{type: array}",
    "{type: string, enum: ['', a, A, self]}",
    "{type: string, format: byte}",
    "{type: [string, 'null']}",
    "{additionalProperties: {type: string, format: date-time}}",
    "{oneOf: [{type: string}, {type: integer}]}",
    "{allOf: [{type: object}]}",
    "{$ref: '#/components/schemas/Thing'}",
    "{$ref: '#/components/schemas/Tree'}",
    "{get: {responses: {200: {description: a}}}}",
];

/// What takes the place of a key.
const KEYS: &[&str] = &[
    "",
    "a",
    "a b",
    "self",
    "type",
    "Box",
    "🦀",
    "../x",
    "$ref",
    "x-oneof-groups",
    "200",
    "/{a}/{a}",
];

/// One change: the number of the place, what is done there, with what.
#[derive(Clone, Copy, Debug)]
struct Change {
    place: prop::sample::Index,
    action: Action,
    with: prop::sample::Index,
}

#[derive(Clone, Copy, Debug)]
enum Action {
    /// Another value, out of [`OTHERS`].
    Replace,
    /// A value of another place of the document.
    Copy,
    /// Another key, out of [`KEYS`].
    Rename,
    /// The entry goes.
    Remove,
}

fn documents() -> &'static [(Document, Value)] {
    static DOCUMENTS: OnceLock<Vec<(Document, Value)>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let parsed = cases::all().into_iter().map(|case| {
            let value = serde_yaml::from_str(&case.text).unwrap();
            (case, value)
        });
        parsed.collect()
    })
}

fn count(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Sequence(list) => list.iter().map(count).sum(),
        Value::Mapping(entries) => entries.values().map(count).sum(),
        _ => 0,
    };
    inside + 1
}

/// The value with a number, counted in the document's order.
fn at<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Sequence(list) => list.iter_mut().find_map(|value| at(value, number)),
        Value::Mapping(entries) => entries.values_mut().find_map(|value| at(value, number)),
        _ => None,
    }
}

fn change(root: &mut Value, change: Change) {
    let total = count(root);
    let other = match change.action {
        Action::Copy => at(&mut root.clone(), &mut change.with.index(total)).cloned(),
        _ => serde_yaml::from_str(OTHERS[change.with.index(OTHERS.len())]).ok(),
    };
    let Some(place) = at(root, &mut change.place.index(total)) else { return };
    match (change.action, place) {
        (Action::Replace | Action::Copy, place) => *place = other.unwrap_or_default(),
        (Action::Rename, Value::Mapping(entries)) => rename(entries, change.with),
        (Action::Remove, Value::Mapping(entries)) if !entries.is_empty() => {
            let key = entries.keys().nth(change.with.index(entries.len())).cloned();
            entries.shift_remove(key.unwrap_or_default());
        }
        (Action::Remove, Value::Sequence(list)) if !list.is_empty() => {
            list.remove(change.with.index(list.len()));
        }
        (Action::Rename | Action::Remove, _) => {}
    }
}

fn rename(entries: &mut Mapping, with: prop::sample::Index) {
    if entries.is_empty() {
        return;
    }
    let chosen = with.index(entries.len());
    let key = Value::from(KEYS[with.index(KEYS.len())]);
    let renamed = std::mem::take(entries).into_iter().enumerate();
    entries.extend(
        renamed.map(|(at, (old, value))| (if at == chosen { key.clone() } else { old }, value)),
    );
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let action = prop_oneof![
        4 => Just(Action::Replace),
        2 => Just(Action::Copy),
        2 => Just(Action::Rename),
        1 => Just(Action::Remove),
    ];
    let index = any::<prop::sample::Index>;
    let one = (index(), action, index());
    let one = one.prop_map(|(place, action, with)| Change { place, action, with });
    prop::collection::vec(one, 1..4)
}

#[test]
fn changed_documents_are_refused_or_become_rust() {
    let (made, total) = (Cell::new(0), 1_500);
    let config = Config {
        cases: total,
        rng_seed: RngSeed::Fixed(11),
        failure_persistence: None,
        ..Config::default()
    };
    let strategy = (any::<prop::sample::Index>(), changes());
    proptest!(config, |((case, changes) in strategy)| {
        let (document, value) = &documents()[case.index(documents().len())];
        let mut value = value.clone();
        for one in changes {
            change(&mut value, one);
        }
        let text = serde_yaml::to_string(&value).unwrap();
        if let Ok(generated) = (Document { text, ..document.clone() }).try_generate() {
            items::parsed(&generated.files);
            made.set(made.get() + 1);
        }
    });
    let made = made.get();
    println!("{made} of {total} became a crate");
    assert!(made > total / 5, "only {made} of {total} became a crate, so little was shown");
}
