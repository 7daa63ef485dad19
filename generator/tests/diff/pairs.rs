//! Pairs of documents with one change each, and what another tool calls it.
//!
//! `missed.tsv` lists the pairs in which that tool sees a break where this crate has none, and
//! `loud.tsv` those in which it sees nothing for a caller where this crate has something, each with
//! the reason. A reason that is not needed is a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use oasmith::diff::{Build, Change, Level, Running};

use super::{changes, planned, shared};

const MISSED: &str = include_str!("missed.tsv");
const LOUD: &str = include_str!("loud.tsv");

/// What the other tool says of a change.
struct Row {
    id: String,
    /// Empty for the whole document.
    operation: String,
    /// Whether callers compile, and whether running programs go on.
    build: String,
    running: String,
}

/// A pair with what is said of it.
struct Pair {
    name: String,
    changes: Vec<Change>,
    rows: Vec<Row>,
    is_same: bool,
}

/// All pairs that make two crates.
fn pairs(folder: &Path) -> Vec<Pair> {
    let checks = table(&fs::read_to_string(folder.join("checks.tsv")).unwrap());
    let verdicts: BTreeMap<&str, (&str, &str)> =
        checks.iter().map(|row| (&*row[5], (&*row[6], &*row[7]))).collect();
    let mut expected: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in table(&fs::read_to_string(folder.join("expected.tsv")).unwrap()) {
        let Some((build, running)) = verdicts.get(&*row[2]) else { continue };
        let operation =
            if row[3].is_empty() { String::new() } else { format!("{} {}", row[3], row[4]) };
        let (build, running) = ((*build).to_owned(), (*running).to_owned());
        expected.entry(row[0].clone()).or_default().push(Row {
            id: row[2].clone(),
            operation,
            build,
            running,
        });
    }
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names: BTreeSet<String> =
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    let mut pairs = Vec::new();
    for name in names {
        let (old, new) =
            (folder.join(&name).join("base.json"), folder.join(&name).join("revision.json"));
        let is_same = value(&old) == value(&new);
        let (Ok(old), Ok(new)) = (planned(&old), planned(&new)) else { continue };
        let rows = expected.remove(&name).unwrap_or_default();
        pairs.push(Pair { changes: changes(&old, &new), rows, is_same, name });
    }
    pairs
}

#[test]
fn the_pairs_of_another_tool_give_entries_on_the_right_axis() {
    let Some(folder) = shared("specs/changes") else { return };
    let pairs = pairs(&folder);
    let (mut verdicts, mut missed) = (0, Vec::new());
    for Pair { name, changes, rows, .. } in &pairs {
        for row in rows {
            let of_it = |change: &&Change| {
                row.operation.is_empty() || change.operations.contains(&row.operation)
            };
            let mut of_it = changes.iter().filter(of_it);
            let axes = [
                (&row.build, "build", of_it.clone().any(|change| change.build == Build::Breaks)),
                (&row.running, "running", of_it.any(|change| change.running == Running::Breaks)),
            ];
            for (_, axis, is_told) in axes.into_iter().filter(|(verdict, ..)| *verdict == "break") {
                verdicts += 1;
                if !is_told {
                    missed.push((
                        name.as_str(),
                        format!("{} of {} on {axis}", row.id, row.operation),
                    ));
                }
            }
        }
    }
    println!(
        "{} pairs, {verdicts} verdicts, {} of them otherwise for a reason",
        pairs.len(),
        missed.len()
    );
    assert!(verdicts > 300, "the table was not read: {verdicts}");
    compare(MISSED, &missed);
}

#[test]
fn what_changes_nothing_for_callers_is_quiet() {
    let Some(folder) = shared("specs/changes") else { return };
    let (pairs, mut loud) = (pairs(&folder), Vec::new());
    for Pair { name, changes, rows, is_same } in &pairs {
        let above = changes.iter().find(|change| change.level() < Level::Docs);
        let is_quiet =
            !rows.is_empty() && rows.iter().all(|row| row.build == "none" && row.running == "none");
        if *is_same {
            assert!(changes.is_empty(), "{name} is twice the same: {changes:#?}");
        }
        if let (true, Some(change)) = (is_quiet, above) {
            loud.push((name.as_str(), format!("{}: {}", change.id, change.message)));
        }
    }
    compare(LOUD, &loud);
}

/// Compares what was found with the reasons for it.
fn compare(reasons: &str, found: &[(&str, String)]) {
    let reasons: BTreeMap<String, String> =
        table(reasons).into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let without: Vec<String> = found
        .iter()
        .filter(|(name, _)| !reasons.contains_key(*name))
        .map(|(name, what)| format!("{name}: {what}"))
        .collect();
    assert!(without.is_empty(), "without a reason:\n{}", without.join("\n"));
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| *name).collect();
    let unused: Vec<&String> =
        reasons.keys().filter(|name| !names.contains(name.as_str())).collect();
    assert!(unused.is_empty(), "reasons that are not needed: {unused:?}");
}

fn value(path: &Path) -> serde_json::Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
