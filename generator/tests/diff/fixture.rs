//! The fixtures of changes: `fixtures/<family>.yaml`, one pair of documents for each family.
//!
//! A family has cases, each of which is about one change. What a case says of the documents is merged
//! into those of its family, so that a change stands beside the caller that meets it:
//!
//! ```yaml
//! about: What the family shows.
//! base: {…}                 # what is in both documents; `old` and `new` are in one of them
//! config: "…"               # of generator.yaml, below `package`; also `old_config`, `new_config`
//! client: "…"               # how the client is built from `base`, where not by its URL alone
//! cases:
//!   - id: field-removed
//!     path: models::Pet::name           # where the entry is shown
//!     build: breaks                     # its verdicts; of a `may-break`, `shows` says which
//!     running: same                     # of the two outcomes this caller meets
//!     base: {…}                         # also `old`, `new`, as above
//!     caller: |                         # the body of a function of a `client` and its `base` URL
//!       client.pets().list().send().await?;
//!     answer: {status: 200, headers: {}, body: {…}}   # of the new server; `old_answer` of the old
//! ```
//!
//! An operation without responses has 204, and an answer is the first success that the document
//! names where it does not say another one.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

/// A family of changes.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) name: String,
    pub(crate) old: Side,
    pub(crate) new: Side,
    /// The expression that builds the client.
    pub(crate) client: String,
    pub(crate) cases: Vec<Case>,
}

/// A document with its configuration.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) document: String,
    pub(crate) config: String,
}

/// A change with its proof.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) build: String,
    pub(crate) running: String,
    #[serde(default)]
    pub(crate) shows: Shows,
    /// Other entries that come with this one: their ids and paths.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    #[serde(default)]
    base: Value,
    #[serde(default)]
    old: Value,
    #[serde(default)]
    new: Value,
    pub(crate) caller: String,
    /// Cargo features that the caller's manifest names.
    #[serde(default)]
    pub(crate) features: Vec<String>,
    #[serde(default)]
    pub(crate) answer: Answer,
    pub(crate) old_answer: Option<Answer>,
}

/// Which outcome a caller meets where a verdict leaves both open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shows {
    pub(crate) build: Option<String>,
    pub(crate) running: Option<String>,
}

/// What a server answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) headers: std::collections::BTreeMap<String, String>,
    /// JSON, or the text of a body that is none.
    pub(crate) body: Option<Value>,
    /// What comes from the second request on.
    pub(crate) then: Option<Box<Answer>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[expect(dead_code, reason = "for the reader")]
    about: String,
    #[serde(default)]
    base: Value,
    #[serde(default)]
    old: Value,
    #[serde(default)]
    new: Value,
    #[serde(default)]
    config: String,
    #[serde(default)]
    old_config: String,
    #[serde(default)]
    new_config: String,
    client: Option<String>,
    cases: Vec<Case>,
}

/// All families, in the order of their names.
pub(crate) fn families() -> Vec<Family> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/tests/diff/fixtures");
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| family(path)).collect()
}

fn family(path: &Path) -> Family {
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let text = std::fs::read_to_string(path).unwrap();
    let written: Written =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let head = format!("openapi: 3.1.0\ninfo: {{title: {name}, version: '1'}}\npaths: {{}}\n");
    let head: Value = serde_yaml::from_str(&head).unwrap();
    let side = |of_family: &Value, config: &str, of_case: &dyn Fn(&Case) -> Value| {
        let mut document = head.clone();
        for part in [&written.base, of_family] {
            merge(&mut document, part);
        }
        for case in &written.cases {
            merge(&mut document, &case.base);
            merge(&mut document, &of_case(case));
        }
        answer_all(&mut document);
        let document = serde_yaml::to_string(&document).unwrap();
        Side { document, config: format!("{}{config}", written.config) }
    };
    Family {
        old: side(&written.old, &written.old_config, &|case| case.old.clone()),
        new: side(&written.new, &written.new_config, &|case| case.new.clone()),
        client: written
            .client
            .clone()
            .unwrap_or_else(|| "demo::Client::builder().base_url(base)".to_owned()),
        cases: written.cases,
        name,
    }
}

/// Adds what a part says to a document: maps are merged, all else takes the place of what was.
fn merge(document: &mut Value, part: &Value) {
    match (document, part) {
        (_, Value::Null) => {}
        (Value::Mapping(document), Value::Mapping(part)) => {
            for (key, value) in part {
                match document.get_mut(key) {
                    Some(known) if known.is_mapping() => merge(known, value),
                    _ => drop(document.insert(key.clone(), value.clone())),
                }
            }
        }
        (document, part) => *document = part.clone(),
    }
}

/// Gives each operation without responses the usual one.
fn answer_all(document: &mut Value) {
    let done: Value = serde_yaml::from_str("{'204': {description: Done.}}").unwrap();
    let paths = document.get_mut("paths").and_then(Value::as_mapping_mut);
    for item in paths.into_iter().flat_map(Mapping::values_mut) {
        for (key, operation) in item.as_mapping_mut().unwrap() {
            if let (Some("get" | "put" | "post" | "delete" | "patch"), Some(operation)) =
                (key.as_str(), operation.as_mapping_mut())
            {
                operation.entry("responses".into()).or_insert_with(|| done.clone());
            }
        }
    }
}
