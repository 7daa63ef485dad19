//! What is added to a document renames nothing: the public names of a crate stay, and stand for the
//! same things, when its document gets further schemas, fields and operations, whatever their names.
//!
//! Where two things become one name, one of them has to give way, and no rule that sees one document
//! can tell which of them is new. So a rename there is told: a gap says which name went, and why.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a test says what it was shown on")]

mod addition;
mod document;
mod face;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use addition::{Addition, Known, additions};
use document::{Document, Outcome};
use oasmith::diagnostic::{Code, Diagnostic};
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

/// How often a document is added to, by its bytes: the time of a round grows with it.
fn rounds(document: &Document) -> u32 {
    u32::try_from(300_000 / document.size.max(1)).unwrap().clamp(1, 6)
}

#[test]
fn what_is_added_renames_nothing_silently() {
    let mut documents = document::all();
    documents.sort_by_key(|document| document.size);
    let documents = Mutex::new(documents);
    let faults = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from).min(4) {
            scope.spawn(|| {
                loop {
                    let Some(document) = documents.lock().unwrap().pop() else { return };
                    if let Err(fault) = check(&document) {
                        faults.lock().unwrap().push(format!("{}: {fault}", document.name()));
                    }
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

fn check(document: &Document) -> Result<(), String> {
    let before = document.outcome(None)?;
    let known = Known::new(document, &before);
    let mut runner = TestRunner::new(Config {
        cases: rounds(document),
        max_shrink_iters: 20,
        rng_seed: RngSeed::Fixed(5),
        failure_persistence: None,
        ..Config::default()
    });
    // What is read once only is shown more at once.
    let size = if rounds(document) == 1 { 60..160 } else { 12..32 };
    let strategy = proptest::collection::vec(additions(), size);
    let told = Cell::new(0);
    let outcome = runner.run(&strategy, |list| {
        let gone = compare(document, &before, &known, &list).map_err(TestCaseError::fail)?;
        told.set(told.get() + gone);
        Ok(())
    });
    let (name, all, told) = (document.name(), before.face.len(), told.get());
    println!("{name}: of {all} names {told} went and were told in {} rounds", rounds(document));
    outcome.map_err(|error| match error {
        TestError::Fail(reason, list) => {
            format!("{reason}\nadded: {:#?}", known.overlay(&list).names)
        }
        TestError::Abort(reason) => reason.to_string(),
    })
}

/// All that was there before is there after the additions, or else a gap says what took its name;
/// the number of those that are not.
fn compare(
    document: &Document,
    before: &Outcome,
    known: &Known,
    list: &[Addition],
) -> Result<usize, String> {
    let added = known.overlay(list);
    let after = document.outcome(Some(&added.text))?;
    let known: BTreeSet<&str> = before.gaps.iter().map(|gap| gap.message.as_str()).collect();
    let new = |gap: &&Diagnostic| !known.contains(&*gap.message);
    let collisions = after.gaps.iter().filter(|gap| gap.code == Code::NameCollision).filter(new);
    // Its message has the name that was wanted, and the one that was given.
    let taken = collisions.flat_map(|gap| gap.message.split('`').skip(1).step_by(2).map(plain));
    let taken: BTreeSet<String> = taken.filter(|name| !name.is_empty()).collect();
    let gone = before.face.iter().filter(|(path, what)| after.face.get(*path) != Some(what));
    let gone: Vec<(&String, &String)> = gone.collect();
    let silent = gone.iter().filter(|(path, what)| {
        // Types are named after what they stand in, so a longer name may go with it.
        !words(path).chain(words(what)).any(|word| taken.iter().any(|one| word.starts_with(one)))
    });
    let silent = silent.map(|(path, what)| {
        let now = after.face.get(*path).map_or("nothing", String::as_str);
        format!("{path}\n  was    {what}\n  became {now}")
    });
    let silent: Vec<String> = silent.take(5).collect();
    if silent.is_empty() { Ok(gone.len()) } else { Err(silent.join("\n")) }
}

/// The names in a row, as [`plain`] has them.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '#')).map(plain)
}

/// A name without its case, and without the number that a collision gave it.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}
