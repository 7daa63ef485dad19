//! Which change an error comes from: the one whose names stand at its place.
//!
//! A change names the items that are gone or other (`models::Pet::age`). The compiler points at a word
//! of the caller (`pet.age`), names others in its message (no field `age` on type `Pet`), and may point
//! at the definition in the crate. The last name of an item must be among these; the name of what it
//! belongs to makes it more certain.

use super::check::Fault;
use crate::diff::{Build, Change};

/// What the last name counts, by where it stands, and what its owner adds.
const POINTED: u32 = 4;
const NAMED: u32 = 3;
const OF_CRATE: u32 = 3;
const OWNER: u32 = 3;

/// The change that an error comes from; the most dangerous of several that fit equally well.
pub(super) fn cause<'c>(fault: &Fault, changes: &'c [Change]) -> Option<&'c Change> {
    let mut best: Option<(u32, &Change)> = None;
    for change in changes.iter().filter(|change| is_seen(change)) {
        let items = change.items_before.iter().chain(&change.items_after);
        let score = items.map(|item| score(fault, item)).max().unwrap_or_default();
        if score > best.map_or(0, |(score, _)| score) {
            best = Some((score, change));
        }
    }
    best.map(|(_, change)| change)
}

/// Whether a compiler can see a change.
fn is_seen(change: &Change) -> bool {
    matches!(change.build, Build::Breaks | Build::MayBreak)
}

fn score(fault: &Fault, item: &str) -> u32 {
    let mut names = item.rsplit("::").map(|name| name.trim_start_matches("r#"));
    let (Some(last), owner) = (names.next(), names.next()) else { return 0 };
    let Fault { pointed, named, of_crate, .. } = fault;
    let has = |words: &[String], name: &str| {
        words.iter().any(|word| word == name || word.strip_prefix("with_") == Some(name))
    };
    let lists = [(pointed, POINTED), (named, NAMED), (of_crate, OF_CRATE)];
    let own: u32 = lists.iter().filter(|(words, _)| has(words, last)).map(|(_, count)| count).sum();
    let has_owner = owner.is_some_and(|name| lists.iter().any(|(words, _)| has(words, name)));
    match (own, has_owner) {
        (0, _) => 0,
        (own, true) => own + OWNER,
        (own, false) => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Cause, Id, Running, Side};

    fn change(id: Id, item: &str) -> Change {
        Change {
            id,
            build: Build::Breaks,
            running: Running::Same,
            cause: Cause::Document,
            side: Side::None,
            before: None,
            after: None,
            message: String::new(),
            items_before: vec![item.to_owned()],
            items_after: Vec::new(),
            operations: Vec::new(),
        }
    }

    #[test]
    fn an_error_belongs_to_the_change_whose_names_it_has() {
        let changes = [
            change(Id::FieldRemoved, "models::Owner::name"),
            change(Id::FieldRemoved, "models::Pet::name"),
            change(Id::OperationRenamed, "api::Pets::get_pet"),
            change(Id::TypeRemoved, "models::Cat"),
        ];
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (pointed, named, expected) in [
            ("name", "name Pet", Some(1)),
            ("name", "name Owner", Some(0)),
            ("with_name", "with_name Pet", Some(1)),
            ("get_pet", "get_pet acme api Pets", Some(2)),
            ("acme models Cat", "Cat models", Some(3)),
            ("other", "other Pet", None),
        ] {
            let fault = Fault::of_words(words(pointed), words(named));
            let expected = expected.and_then(|at: usize| changes.get(at));
            assert_eq!(cause(&fault, &changes), expected, "{pointed}: {named}");
        }
    }
}
