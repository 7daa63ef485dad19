//! Real documents: each is lowered, and what passes must be read by openapiv3.
//!
//! They lie in `../shared/specs`, whose `index.tsv` tells what is expected of each. Where the folder
//! is missing the tests are skipped.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a skipped test says so, and the others show a table")]

#[path = "support/openapi.rs"]
mod openapi;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use oasmith::diagnostic::Diagnostics;
use oasmith::files::{Input, ReadError, read_sources};
use oasmith::lower::{Options, ReadingRule, join, lower};
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{self, Node, Trees};

/// The folder of real documents, or a line that says why nothing is tested.
fn specs() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs");
    if !folder.join("index.tsv").exists() {
        println!("skipped: {} is missing", folder.display());
        return None;
    }
    Some(folder)
}

/// The tree of a document, joined with the files that it refers to.
fn parse(path: &Path, root: &Path) -> Result<Node, Diagnostics> {
    let input = read_sources(path, Some(root), &[], path);
    let Input { sources, mut trees, .. } = match input {
        Ok(input) => input,
        Err(ReadError::Document { diagnostics, .. }) => return Err(diagnostics),
        Err(error) => panic!("{error}"),
    };
    let root = trees.take(&sources, FileId::default())?;
    join(root, &sources, &mut trees, &mut Diagnostics::new())
}

/// One row of the index.
struct Row {
    path: String,
    expect: String,
    version: String,
}

fn rows(folder: &Path) -> Vec<Row> {
    let index = std::fs::read_to_string(folder.join("index.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Row { path: cell(0), expect: cell(2), version: cell(4) }
    });
    rows.collect()
}

/// Good documents pass, and whatever passes is read by openapiv3.
#[test]
fn what_passes_is_read_by_openapiv3() {
    let Some(folder) = specs() else { return };
    let mut table = BTreeMap::<(String, &str), usize>::new();
    let mut failures = Vec::new();
    for row in rows(&folder) {
        let path = folder.join(&row.path);
        let Ok(root) = parse(&path, &folder) else {
            *table.entry((row.expect, "not parsed")).or_default() += 1;
            continue;
        };
        let mut gaps = Diagnostics::new();
        let options = Options { reading_rules: vec![ReadingRule::ProtobufOneof] };
        let outcome = match lower(root, &options, &mut gaps) {
            Ok(root) => {
                if let Err(error) = openapi::read(root) {
                    failures.push(format!("{}: openapiv3: {error}", row.path));
                }
                if gaps.is_empty() { "passed" } else { "passed with gaps" }
            }
            Err(errors) => {
                if row.expect.starts_with("generate") {
                    for error in errors.iter().take(5) {
                        failures.push(format!("{} ({}): {}", row.path, row.version, error.message));
                    }
                }
                "refused"
            }
        };
        *table.entry((row.expect, outcome)).or_default() += 1;
    }
    for ((expect, outcome), count) in &table {
        println!("{count:4} {expect:18} {outcome}");
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// Every file in the folder, documents and parts of documents alike, ends without a panic.
#[test]
fn no_file_makes_it_panic() {
    let Some(folder) = specs() else { return };
    let mut open = vec![folder];
    let mut count = 0;
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str());
        if !matches!(extension, Some("yaml" | "yml" | "json")) {
            continue;
        }
        let Ok(text) = std::fs::read(&path) else { continue };
        let source = Source::new(path.display().to_string(), String::from_utf8_lossy(&text));
        let sources = Sources::root(source);
        let root = yaml::parse(&sources, FileId::default());
        let joined = |root| join(root, &sources, &mut Trees::default(), &mut Diagnostics::new());
        // Most of the parts refer to others, which are missing here.
        let _ = root.clone().and_then(joined);
        if let Ok(root) = root {
            count += 1;
            let _ = lower(root, &Options::default(), &mut Diagnostics::new());
        }
    }
    println!("{count} files");
}
