//! Small documents with golden output: `tests/cases/<topic>/openapi.yaml`, a `generator.yaml` where
//! choices matter (without `package`), and what is generated beside them.
//!
//! Files that do not depend on the document (the runtime, the manifest, the front of `lib.rs`) are
//! left out. `UPDATE=1 cargo test -p oasmith --test generation` records the output anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::document::{Document, package};

/// All cases, in the order of their names.
pub(crate) fn all() -> Vec<Document> {
    let folders = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    let cases = folders.iter().map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = fs::read_to_string(path.join("openapi.yaml")).unwrap();
        let config = fs::read_to_string(path.join("generator.yaml")).unwrap_or_default();
        Document::new(name, text).with_config(config)
    });
    cases.collect()
}

fn folder() -> PathBuf {
    package().join("tests/cases")
}

#[test]
fn output_is_as_recorded() {
    let mut failures = Vec::new();
    for case in all() {
        let folder = folder().join(&case.name);
        let generated = case.generate();
        let files = generated.files.iter().filter(|(path, _)| is_golden(path));
        let files: BTreeMap<String, String> =
            files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
        let recorded = recorded(&folder);
        if files == recorded {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            record(&folder, &files, &recorded);
            continue;
        }
        for path in files.keys().chain(recorded.keys()).collect::<std::collections::BTreeSet<_>>() {
            if let Some(difference) = difference(files.get(path), recorded.get(path)) {
                failures.push(format!("{}/{path}: {difference}", case.name));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} files differ (UPDATE=1 records them):\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// Whether a file depends on the document.
fn is_golden(path: &str) -> bool {
    path == "GAPS.md"
        || matches!(path, "src/client.rs" | "src/server.rs" | "src/webhooks.rs")
        || is_own(path)
}

fn is_own(path: &str) -> bool {
    path.starts_with("src/api/") || path.starts_with("src/models/")
}

fn recorded(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_or_file) = open.pop() {
        if folder_or_file.is_dir() {
            open.extend(fs::read_dir(&folder_or_file).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            let inside = folder_or_file.strip_prefix(folder).unwrap();
            let steps = inside.iter().map(|step| step.to_str().unwrap());
            let path = steps.collect::<Vec<_>>().join("/");
            if is_golden(&path) {
                files.insert(path, fs::read_to_string(folder_or_file).unwrap());
            }
        }
    }
    files
}

fn record(folder: &Path, files: &BTreeMap<String, String>, before: &BTreeMap<String, String>) {
    for path in before.keys().filter(|path| !files.contains_key(*path)) {
        fs::remove_file(folder.join(path)).unwrap();
    }
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The first line that differs.
fn difference(made: Option<&String>, recorded: Option<&String>) -> Option<String> {
    let (Some(made), Some(recorded)) = (made, recorded) else {
        return Some(if made.is_some() { "is new" } else { "is not made any more" }.to_owned());
    };
    if made == recorded {
        return None;
    }
    let lines = made.lines().chain([""]).zip(recorded.lines().chain([""]));
    let first = lines.enumerate().find(|(_, (made, recorded))| made != recorded);
    Some(first.map_or("differs at its end".to_owned(), |(at, (made, recorded))| {
        format!("line {}\n  made:     {made}\n  recorded: {recorded}", at + 1)
    }))
}
