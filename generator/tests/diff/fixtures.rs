//! Each id has a fixture, and a fixture's documents make the entries that it says and no others.
//! `xtask/tests/changes` proves the verdicts with the compiler and with servers.

use std::collections::BTreeSet;

use oasmith::diff::{Change, Id, Level};

use super::fixture::{self, Side};
use super::{changes, planned_with};

/// Ids that no pair of documents makes, with the reason.
const ELSEWHERE: &[(&str, &str)] =
    &[("generator-changed", "two generators make it, of which a test has one")];

#[test]
fn fixtures_make_the_entries_that_they_say() {
    let mut faults = Vec::new();
    let mut count = 0;
    for family in fixture::families() {
        let found = changes(&side(&family.name, &family.old), &side(&family.name, &family.new));
        let mut said: BTreeSet<String> = BTreeSet::new();
        for case in &family.cases {
            count += 1;
            said.insert(format!("{} {}", case.id, case.path));
            said.extend(case.also.iter().cloned());
            let mut same = found.iter().filter(|one| is(one, &case.id, &case.path));
            let verdicts = (case.build.as_str(), case.running.as_str());
            match same.next() {
                None => faults.push(format!("{}: no {} at {}", family.name, case.id, case.path)),
                Some(one) if (one.build.word(), one.running.word()) != verdicts => {
                    let (build, running) = (one.build.word(), one.running.word());
                    faults.push(format!(
                        "{}: {} at {} is {build}, {running} and not {}, {}",
                        family.name, case.id, case.path, verdicts.0, verdicts.1
                    ));
                }
                Some(_) => {}
            }
        }
        for one in found.iter().filter(|one| one.level() < Level::Docs) {
            let line = format!("{} {}", one.id, one.path());
            if !said.contains(&line) {
                let (build, running) = (one.build.word(), one.running.word());
                let message = &one.message;
                faults.push(format!("{}: also {line}: {build}, {running}: {message}", family.name));
            }
        }
        let is_found =
            |line: &str| found.iter().any(|one| line == format!("{} {}", one.id, one.path()));
        for line in family.cases.iter().flat_map(|case| &case.also) {
            if !is_found(line) {
                faults.push(format!("{}: no {line}", family.name));
            }
        }
    }
    println!("{count} cases");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn each_id_has_a_fixture() {
    let families = fixture::families();
    let cases: Vec<&str> =
        families.iter().flat_map(|family| &family.cases).map(|case| case.id.as_str()).collect();
    let unknown: Vec<&&str> = cases.iter().filter(|id| Id::parse(id).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let elsewhere: Vec<&str> = ELSEWHERE.iter().map(|(id, _)| *id).collect();
    let known = |id: &Id| cases.contains(&id.name()) || elsewhere.contains(&id.name());
    let missing: Vec<&str> = Id::all().filter(|id| !known(id)).map(Id::name).collect();
    assert!(missing.is_empty(), "{} ids have no fixture: {}", missing.len(), missing.join(" "));
}

fn is(change: &Change, id: &str, path: &str) -> bool {
    change.id.name() == id && change.path() == path
}

fn side(name: &str, side: &Side) -> oasmith::diff::Planned {
    planned_with(&format!("{name}.yaml"), &side.document, &side.config)
        .unwrap_or_else(|fault| panic!("{name}: {fault}"))
}
