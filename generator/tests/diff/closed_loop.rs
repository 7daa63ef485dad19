//! The closed loop: the public items of both crates are listed from their sources with syn, which
//! knows nothing of the comparison. Each line that is gone or reads differently is explained by an
//! entry, and each entry that says "callers do not compile" points at such a line.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use oasmith::diff::{Build, Cause, Change, Id};
use oasmith::source::{Source, Sources};

use super::listing::listing;
use super::{changes, plain_config, planned, shared};

#[test]
fn each_line_of_the_crates_has_an_entry_and_each_break_a_line() {
    let Some(folder) = shared("specs/changes") else { return };
    let mut pairs: Vec<(PathBuf, PathBuf)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.join("base.json"), path.join("revision.json")))
        .collect();
    pairs.sort();
    let mut faults = Vec::new();
    let (mut lines, mut crates) = (0, 0);
    for (old, new) in &pairs {
        let Some(found) = explain(old, new, &mut faults) else { continue };
        lines += found;
        crates += 1;
    }
    println!("{crates} pairs, {lines} lines gone or other");
    assert!(crates > 600 && lines > 300, "{crates} pairs, {lines} lines");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_line_of_c1s_update_has_an_entry_and_each_break_a_line() {
    let Some(folder) = shared("specs/history/conductorone") else { return };
    let mut faults = Vec::new();
    for (old, new) in [("2025-04-21", "2025-08-07"), ("2026-05-07", "2026-05-15")] {
        let path = |name: &str| folder.join(format!("{name}.yaml"));
        let lines = explain(&path(old), &path(new), &mut faults).unwrap();
        println!("{old} to {new}: {lines} lines gone or other");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// The number of lines that are gone or read differently; nothing where a document is refused.
pub(super) fn explain(old: &PathBuf, new: &PathBuf, faults: &mut Vec<String>) -> Option<usize> {
    let (before, after) = (lines(old)?, lines(new)?);
    let changes = changes(&planned(old).ok()?, &planned(new).ok()?);
    let gone: BTreeSet<&String> = before
        .iter()
        .filter(|(path, code)| after.get(*path) != Some(code))
        .map(|(path, _)| path)
        .collect();
    let told: BTreeSet<&str> = changes.iter().flat_map(explained).collect();
    let name = old.parent().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy();
    for path in &gone {
        let path = path.trim_end_matches("()");
        let is_told =
            told.contains(path) || told.contains(holder(path)) && is_inside(&changes, path);
        if !is_told {
            faults.push(format!(
                "{name}: no entry for {path}: {} now {:?}",
                before
                    .get(path)
                    .or_else(|| before.get(&format!("{path}()")))
                    .cloned()
                    .unwrap_or_default(),
                after.get(path)
            ));
        }
    }
    for change in &changes {
        let is_of_crate =
            change.cause == Cause::Document && change.id.group() != oasmith::diff::Group::Client;
        let points = change
            .items_before
            .iter()
            .chain(&change.items_after)
            .flat_map(|item| [item.clone(), format!("{item}()")])
            .any(|item| before.get(&item) != after.get(&item));
        if change.build == Build::Breaks && is_of_crate && !points {
            faults.push(format!("{name}: {} at {} points at no line", change.id, change.path()));
        }
    }
    Some(gone.len())
}

fn explained(change: &Change) -> impl Iterator<Item = &str> {
    // What only reads differently in its documentation explains no code.
    let is_text = matches!(change.id, Id::DocsChanged | Id::DocumentReencoded);
    change.items_before.iter().filter(move |_| !is_text).map(String::as_str)
}

fn holder(path: &str) -> &str {
    path.rsplit_once("::").map_or("", |(holder, _)| holder)
}

/// Whether an entry is about the whole thing that a line stands in.
fn is_inside(changes: &[Change], path: &str) -> bool {
    let whole = holder(path);
    changes.iter().any(|change| {
        let is_whole = change.after.as_ref().is_none_or(|thing| thing.path != whole);
        is_whole && change.items_before.iter().any(|item| item == whole)
    })
}

/// The public lines of the crate that a document makes.
fn lines(path: &PathBuf) -> Option<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).ok()?;
    let sources = Sources::root(Source::new(path.to_string_lossy(), text));
    let generated = oasmith::generate(&sources, &plain_config()).ok()?;
    let mut lines = BTreeMap::new();
    for (path, text) in generated.files.iter() {
        let is_ours =
            ["src/models/", "src/api/", "src/client.rs", "src/server.rs", "src/webhooks.rs"];
        if Path::new(path).extension().is_some_and(|end| end == "rs")
            && is_ours.iter().any(|start| path.starts_with(start))
        {
            listing(path, text, &mut lines);
        }
    }
    Some(lines)
}
