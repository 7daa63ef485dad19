//! Pairs of documents with one change each, and what another tool calls it.

use std::collections::BTreeMap;
use std::fs;

use oasmith::diff::{Build, Change, Level, Running};

use super::{changes, planned, shared};

#[test]
fn the_pairs_of_another_tool_give_entries_on_the_right_axis() {
    let Some(folder) = shared("specs/changes") else { return };
    let checks = table(&fs::read_to_string(folder.join("checks.tsv")).unwrap());
    let verdicts: BTreeMap<&str, (&str, &str)> =
        checks.iter().map(|row| (row[5].as_str(), (row[6].as_str(), row[7].as_str()))).collect();
    let rows = table(&fs::read_to_string(folder.join("expected.tsv")).unwrap());
    let mut expected: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
    for row in &rows {
        expected.entry(&row[0]).or_default().push(row);
    }
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    let (mut wanted, mut missed, mut loud, mut quiet) = (0, Vec::new(), Vec::new(), 0);
    for name in &names {
        let (old, new) = (
            planned(&folder.join(name).join("base.json")),
            planned(&folder.join(name).join("revision.json")),
        );
        let (Ok(old), Ok(new)) = (old, new) else {
            println!("refused {name}");
            continue;
        };
        let found = changes(&old, &new);
        let rows = expected.get(name.as_str()).cloned().unwrap_or_default();
        if rows.is_empty() {
            quiet += 1;
            if let Some(change) = found.iter().find(|change| change.level() < Level::Docs) {
                loud.push(format!("{name}: no row, but {} {}", change.id, change.message));
            }
        }
        for row in &rows {
            let (id, operation) = (row[2].as_str(), format!("{} {}", row[3], row[4]));
            let Some((build, running)) = verdicts.get(id) else { continue };
            let of_it =
                |change: &&Change| row[3].is_empty() || change.operations.contains(&operation);
            if *build == "break" {
                wanted += 1;
                if !found.iter().filter(of_it).any(|change| change.build == Build::Breaks) {
                    missed.push(format!("{name}: {id} {operation} build"));
                }
            }
            if *running == "break" {
                wanted += 1;
                if !found.iter().filter(of_it).any(|change| change.running == Running::Breaks) {
                    missed.push(format!("{name}: {id} {operation} running"));
                }
            }
        }
        let all_none =
            rows.iter().all(|row| verdicts.get(row[2].as_str()) == Some(&("none", "none")));
        if !rows.is_empty()
            && all_none
            && let Some(change) = found.iter().find(|change| change.level() < Level::Docs)
        {
            let ids: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
            loud.push(format!("{name}: {} but {} {}", ids.join(" "), change.id, change.message));
        }
    }
    println!(
        "{} pairs, {quiet} without a row; {wanted} verdicts, {} missed",
        names.len(),
        missed.len()
    );
    for line in &missed {
        println!("MISSED {line}");
    }
    for line in &loud {
        println!("LOUD {line}");
    }
}

fn table(text: &str) -> Vec<Vec<String>> {
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}
