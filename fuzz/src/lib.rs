//! What the targets do: from a text to a model or a crate, and changes to documents as trees.
//!
//! ```sh
//! cargo install cargo-fuzz
//! cargo +nightly fuzz run generate -- -max_total_time=1800 -timeout=10 -rss_limit_mb=2048
//! ```
//!
//! The seeds are documents in `fuzz/corpus/generate` and `fuzz/corpus/read`, each a file; those in
//! `generator/tests` are good ones, and real documents better.

use oasmith::config::{Config, Defaults, EmptyObjects, InlineSchemas};
use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::source::{FileId, Source, Sources};
use serde_json::{Map, Value};

/// What takes the place of a value.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "9223372036854775808",
    "1.5e300",
    "\"\"",
    "\"text\"",
    "\"é\\u0000\\u202e```\\n#[x]\"",
    "\"../x\"",
    "\"self\"",
    "[]",
    "{}",
    "[{}]",
    "{\"\": {}}",
    "{\"type\": \"object\"}",
    "{\"type\": \"array\"}",
    "{\"type\": \"string\", \"format\": \"byte\"}",
    "{\"type\": [\"string\", \"integer\", \"null\"]}",
    "{\"const\": 1}",
    "{\"enum\": [\"a\", \"A\", 1, null]}",
    "{\"type\": \"string\", \"format\": \"date-time\", \"nullable\": true}",
    "{\"type\": \"string\", \"contentMediaType\": \"application/octet-stream\"}",
    "{\"additionalProperties\": {\"type\": \"integer\", \"format\": \"uint64\"}}",
    "{\"properties\": {\"a b\": {}, \"type\": {}}, \"required\": [\"a b\", \"c\"], \"additionalProperties\": true}",
    "{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}, {\"type\": \"null\"}]}",
    "{\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"string\", \"enum\": [\"a\"]}]}",
    "{\"allOf\": [{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"string\"}}}, {\"required\": [\"a\"]}]}",
    "{\"prefixItems\": [{\"type\": \"string\"}, {}], \"items\": false}",
    "{\"discriminator\": {\"propertyName\": \"kind\"}}",
    "{\"get\": {\"responses\": {\"2XX\": {\"description\": \"\"}}}}",
    "{\"content\": {\"multipart/form-data\": {\"schema\": {\"type\": \"object\"}}}}",
    "{\"content\": {\"text/event-stream\": {}}, \"description\": \"\"}",
    "{\"name\": \"a\", \"in\": \"query\", \"style\": \"deepObject\", \"explode\": true, \"schema\": {\"type\": \"object\"}}",
    "{\"name\": \"b\", \"in\": \"cookie\", \"schema\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}",
];

/// What takes the place of a key.
const KEYS: &[&str] = &[
    "",
    "a",
    "a b",
    "self",
    "type",
    "$ref",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "prefixItems",
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "enum",
    "const",
    "default",
    "format",
    "nullable",
    "readOnly",
    "discriminator",
    "200",
    "default",
    "2XX",
    "get",
    "parameters",
    "requestBody",
    "responses",
    "headers",
    "content",
    "security",
    "servers",
    "callbacks",
    "links",
    "webhooks",
    "definitions",
    "swagger",
    "openapi",
    "x-oneof-groups",
    "/{a}/{a}",
    "🦀",
    "+1",
    "-1",
];

/// The largest text that is changed as a tree, in bytes.
const LARGEST: usize = 64 << 10;

/// From a text to a model.
pub fn read(text: &str) {
    let sources = sources(text);
    if let Err(faults) = oasmith::read(&sources, &Config::default()) {
        judge(&faults, &sources);
    }
}

/// From a text to a crate; `format` has parsed all that is in it. The length of the text chooses the
/// options, so that a text fails again by itself.
pub fn generate(text: &str) {
    let sources = sources(text);
    let mut config = Config::default();
    config.package.name = "api".to_owned();
    config.package.version = "0.0.0".to_owned();
    let is_on = |bit: u32| text.len() >> bit & 1 == 1;
    if is_on(0) {
        config.inline_schemas = InlineSchemas::Shared;
    }
    if is_on(1) {
        config.defaults = Defaults::Filled;
    }
    if is_on(2) {
        config.empty_objects = EmptyObjects::Struct;
    }
    config.validate = is_on(3);
    config.features.from_operations = is_on(4).then_some(1);
    match oasmith::generate(&sources, &config) {
        Ok(generated) => assert!(generated.files.iter().count() > 3),
        Err(faults) => judge(&faults, &sources),
    }
}

fn sources(text: &str) -> Sources {
    Sources::root(Source::new("openapi.yaml", text))
}

/// A refusal names the place, and is never the generator's own fault.
fn judge(faults: &Diagnostics, sources: &Sources) {
    assert!(!faults.is_empty());
    for fault in faults {
        assert_ne!(fault.code, Code::Internal, "{}", fault.message);
        let span = fault.span.expect("a fault of the document has a place");
        assert_eq!(span.file, FileId::default());
    }
    let shown = faults.render_human(sources);
    assert!(!shown.is_empty());
}

/// The document with a few changes, as JSON; `None` where the text is none or becomes too long.
pub fn mutate(text: &[u8], longest: usize, seed: u32) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok().filter(|text| text.len() <= LARGEST)?;
    let mut root: Value = match serde_json::from_str(text) {
        Ok(root) => root,
        // serde_yaml takes aliases apart without a bound.
        Err(_) if text.contains('*') => return None,
        Err(_) => serde_yaml::from_str(text).ok()?,
    };
    let mut dice = Dice(u64::from(seed) + 1);
    for _ in 0..=dice.below(3) {
        change(&mut root, &mut dice);
    }
    let changed = serde_json::to_vec(&root).ok()?;
    (changed.len() <= longest).then_some(changed)
}

/// Numbers from a seed (xorshift64*), so that a run can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        number as usize % bound.max(1)
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

fn change(root: &mut Value, dice: &mut Dice) {
    let total = count(root);
    let other = match dice.below(2) {
        0 => serde_json::from_str(dice.one(VALUES)).unwrap_or_default(),
        _ => at(root, &mut dice.below(total)).map(|value| value.take_copy()).unwrap_or_default(),
    };
    let reference = reference(root, dice);
    let Some(place) = at(root, &mut dice.below(total)) else { return };
    match (dice.below(6), place) {
        (0, place) => *place = reference,
        (1, Value::Object(entries)) => rename(entries, dice),
        (2, Value::Object(entries)) if !entries.is_empty() => {
            let key = entries.keys().nth(dice.below(entries.len())).cloned().unwrap_or_default();
            entries.shift_remove(&key);
        }
        (3, Value::Object(entries)) => {
            entries.insert(dice.one(KEYS).to_owned(), other);
        }
        (1..=3, Value::Array(list)) if !list.is_empty() => {
            let gone = dice.below(list.len());
            list.remove(gone);
        }
        (4, Value::Array(list)) => list.push(other),
        (_, place) => *place = other,
    }
}

trait Copied {
    fn take_copy(&self) -> Value;
}

impl Copied for Value {
    /// A copy, unless it is so large that copies of copies would fill the text at once.
    fn take_copy(&self) -> Value {
        if count(self) > 200 { Value::Null } else { self.clone() }
    }
}

/// A reference to a component, or to one that is not there.
fn reference(root: &Value, dice: &mut Dice) -> Value {
    let sections = ["schemas", "parameters", "responses", "requestBodies", "headers", "pathItems"];
    let section = dice.one(&sections);
    let names = root["components"][section].as_object();
    let name = names.and_then(|names| names.keys().nth(dice.below(names.len())));
    let name = name.map_or("Missing", String::as_str).replace('~', "~0").replace('/', "~1");
    serde_json::json!({"$ref": format!("#/components/{section}/{name}")})
}

fn rename(entries: &mut Map<String, Value>, dice: &mut Dice) {
    let chosen = dice.below(entries.len());
    let key = dice.one(KEYS);
    let renamed = std::mem::take(entries).into_iter().enumerate();
    entries.extend(renamed.map(|(number, (old, value))| {
        (if number == chosen { key.to_owned() } else { old }, value)
    }));
}

fn count(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(entries) => entries.values().map(count).sum(),
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
        Value::Array(list) => list.iter_mut().find_map(|value| at(value, number)),
        Value::Object(entries) => entries.values_mut().find_map(|value| at(value, number)),
        _ => None,
    }
}
