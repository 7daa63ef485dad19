//! What may be depended on, as `deny.toml` says: licences, sources, versions beside each other, and the
//! Rust versions that crates ask for. It needs no tool and no network.
//!
//! Licences and Rust versions are checked of the crates that this machine compiles, the rest of all.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot read its own repository has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A file at the root of the repository.
fn file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// The texts of a list in `deny.toml`; of tables, their first texts.
fn listed(key: &str) -> BTreeSet<String> {
    let text = file("deny.toml");
    let (_, list) = text.split_once(&format!("\n{key} = [")).unwrap();
    let list = list.split_once("\n]").map_or(list, |(list, _)| list);
    let list = if list.starts_with('\n') { list } else { list.split_once(']').unwrap().0 };
    let entries = list.split('\n').filter(|line| !line.trim_start().starts_with('#'));
    entries.filter_map(|line| Some(line.split('"').nth(1)?.to_owned())).collect()
}

/// What is compiled here.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(["metadata", "--format-version", "1", "--locked", "--offline", "--all-features"]);
    let output = command.args(["--filter-platform", host]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let compiled: BTreeSet<&str> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["id"].as_str().unwrap())
        .collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let packages = packages.filter(|one| compiled.contains(one["id"].as_str().unwrap()));
    packages.cloned().collect()
}

/// Each crate of the lock file: its name, its version and where it is from.
fn locked() -> Vec<(String, String, Option<String>)> {
    let text = file("Cargo.lock");
    let entries = text.split("[[package]]").skip(1).map(|entry| {
        let value = |key: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(&format!("{key} = \"")))?;
            Some(line.trim_end_matches('"').to_owned())
        };
        (value("name").unwrap(), value("version").unwrap(), value("source"))
    });
    entries.collect()
}

/// Whether the licences that are allowed satisfy an expression (SPDX 2.3, annex D; `/` is the older form
/// of `OR`).
fn satisfies(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let is_fine = any(&mut rest, allowed);
    assert!(rest.is_empty(), "{expression} is no licence expression");
    is_fine
}

fn any(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut is_fine = all(words, allowed);
    while let ["OR", after @ ..] = *words {
        *words = after;
        is_fine |= all(words, allowed);
    }
    is_fine
}

fn all(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    let mut is_fine = one(words, allowed);
    while let ["AND", after @ ..] = *words {
        *words = after;
        is_fine &= one(words, allowed);
    }
    is_fine
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> bool {
    match *words {
        ["(", after @ ..] => {
            *words = after;
            let is_fine = any(words, allowed);
            let [")", after @ ..] = *words else { panic!("a parenthesis is open") };
            *words = after;
            is_fine
        }
        [licence, "WITH", exception, after @ ..] => {
            *words = after;
            allowed.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, after @ ..] => {
            *words = after;
            allowed.contains(*licence)
        }
        [] => panic!("a licence is missing"),
    }
}

#[test]
fn licences_are_those_that_are_allowed() {
    let allowed = listed("allow");
    assert!(allowed.contains("MIT") && !allowed.contains("GPL-3.0"), "{allowed:?}");
    let faults: Vec<String> = packages()
        .iter()
        .filter(|package| {
            let licence = package["license"].as_str();
            !licence.is_some_and(|licence| satisfies(licence, &allowed))
        })
        .map(|package| {
            format!("{} {}: {}", package["name"], package["version"], package["license"])
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn expressions_are_read_as_spdx_has_them() {
    let allowed = ["MIT".to_owned(), "Apache-2.0 WITH LLVM-exception".to_owned()].into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("MIT AND (GPL-3.0 OR MIT)", true),
        ("MIT OR GPL-3.0 AND GPL-2.0", true),
        ("(MIT OR GPL-3.0) AND GPL-2.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
    ] {
        assert_eq!(satisfies(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn crates_come_from_one_registry() {
    let allowed = listed("allow-registry");
    for (name, version, source) in locked() {
        let is_fine = source.as_deref().is_none_or(|source| {
            source.strip_prefix("registry+").is_some_and(|source| allowed.contains(source))
        });
        assert!(is_fine, "{name} {version} comes from {source:?}");
    }
}

#[test]
fn no_crate_is_there_twice_that_is_not_listed() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, version, _) in locked() {
        versions.entry(name).or_default().push(version);
    }
    let twice = versions.iter().filter(|(_, all)| all.len() > 1);
    let twice: BTreeSet<String> = twice.map(|(name, _)| name.clone()).collect();
    assert_eq!(twice, listed("skip"), "left is the lock file, right is `skip` in deny.toml");
}

/// The version that is promised is tested by what is known of it: no crate asks for more, and clippy's
/// `incompatible_msrv` reads the same line of the manifest for what is used of the standard library.
#[test]
fn no_crate_asks_for_a_newer_rust() {
    let numbers = |text: &str| -> Vec<u32> {
        text.trim_end_matches(".0").split('.').map(|part| part.parse().unwrap()).collect()
    };
    let manifest = file("Cargo.toml");
    let (_, ours) = manifest.split_once("\nrust-version = \"").unwrap();
    let ours = numbers(ours.split_once('"').unwrap().0);
    let faults: Vec<String> = packages()
        .iter()
        .filter(|package| package["rust_version"].as_str().is_some_and(|one| numbers(one) > ours))
        .map(|one| format!("{} {} asks for {}", one["name"], one["version"], one["rust_version"]))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for line in ["incompatible_msrv = \"deny\"", "rust-version = \"1.89\""] {
        assert!(manifest.contains(line), "{line}");
    }
}
