//! The verdicts of `diff`, proved: the fixtures of `generator/tests/diff/fixtures` are compiled and run.
//!
//! For each family two crates are made, and all callers are compiled against the old ones, which must
//! work, and against the new ones, where those must fail that `build` says break. Then one program
//! runs all callers, made with the old crates, against a server of the old document, where all must
//! succeed, and one of the new document, where those must fail that `running` says break.
#![cfg(feature = "round-trip")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod callers;
mod checks;
mod crates;
#[expect(dead_code, reason = "what else comes with an entry is for the test of the library")]
#[path = "../../../generator/tests/diff/fixture.rs"]
mod fixture;
mod http;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use fixture::{Case, Family};

/// A case by its family and its number there.
type Key = (String, usize);

#[test]
fn verdicts_are_what_the_compiler_and_the_servers_say() {
    let families = fixture::families();
    let started = Instant::now();
    let workspace = crates::write(&families);
    let features = callers::missing_features(&workspace, &families);
    let program = callers::build_old(&workspace);
    println!("callers compile with the old crates: {:.1?}", started.elapsed());
    let checked = callers::check_new(&workspace, &families);
    println!("callers are checked with the new crates: {:.1?}", started.elapsed());
    let server = server::Server::start(&families);
    let results = callers::run(&program, &server.url());
    println!("callers ran against both servers: {:.1?}", started.elapsed());

    let mut faults = server.faults();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (key, family, case) in all(&families) {
        let name = format!("{} {}: {} at {}", family.name, key.1, case.id, case.path);
        *counts.entry(("build", &case.build)).or_default() += 1;
        *counts.entry(("running", &case.running)).or_default() += 1;
        let error = checked.errors.get(&key).cloned().or_else(|| features.get(&key).cloned());
        let breaks = outcome(&case.build, case.shows.build.as_deref(), &name);
        match (breaks, error) {
            (true, None) => faults.push(format!("{name}: it compiles with the new crate")),
            (false, Some(error)) => faults.push(format!("{name}: it does not compile: {error}")),
            _ => {}
        }
        let warns = checked.warned.contains(&key);
        if warns != (case.build == "warns") {
            faults.push(format!("{name}: the compiler warns: {warns}"));
        }
        if let Some(error) = &results[&(key.clone(), "old".to_owned())] {
            faults.push(format!("{name}: it fails with the old server: {error}"));
        }
        let breaks = outcome(&case.running, case.shows.running.as_deref(), &name);
        match (breaks, &results[&(key, "new".to_owned())]) {
            (true, None) => faults.push(format!("{name}: it works with the new server")),
            (false, Some(error)) => {
                faults.push(format!("{name}: it fails with the new server: {error}"));
            }
            _ => {}
        }
    }
    let ids: BTreeSet<&str> = all(&families).map(|(_, _, case)| case.id.as_str()).collect();
    println!("{} families, {} cases of {} ids", families.len(), results.len() / 2, ids.len());
    for ((axis, word), count) in counts {
        println!("{axis} {word}: {count}");
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// All cases.
fn all(families: &[Family]) -> impl Iterator<Item = (Key, &Family, &Case)> {
    families.iter().flat_map(|family| {
        let cases = family.cases.iter().enumerate();
        cases.map(move |(number, case)| ((family.name.clone(), number), family, case))
    })
}

/// Whether a verdict says that this caller fails.
fn outcome(verdict: &str, shows: Option<&str>, name: &str) -> bool {
    match (verdict, shows) {
        ("may-break", Some("breaks")) | ("breaks", None) => true,
        ("may-break", Some("same")) => false,
        ("may-break", _) | (_, Some(_)) => {
            panic!("{name}: `shows` says what a caller meets whose verdict is may-break")
        }
        _ => false,
    }
}
