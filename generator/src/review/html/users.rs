//! Who uses what: each set of operations once, to which entries refer.

use std::collections::BTreeMap;

use super::super::Review;
use super::super::words::{add, count, number};
use super::text;
use crate::diff::Change;

/// How many bytes all sets have at most.
const MOST: usize = 700_000;

/// How many operations of a set are shown at most.
const MOST_SHOWN: usize = 500;

/// How many characters of an operation are shown.
const MOST_TEXT: usize = 100;

/// The sets of operations of all changes, as they are numbered and shown.
pub(super) struct Users {
    numbers: BTreeMap<Vec<String>, usize>,
    shown: String,
}

/// Collects the sets, in the order of the changes.
pub(super) fn collect(review: &Review<'_>) -> Users {
    let mut users = Users { numbers: BTreeMap::new(), shown: String::new() };
    let waived = review.waived.iter().map(|(change, _)| change);
    for Change { operations, .. } in review.changes.iter().chain(waived) {
        if operations.is_empty() || users.numbers.contains_key(operations) {
            continue;
        }
        let at = users.numbers.len();
        let set = set(at, operations);
        if users.shown.len() + set.len() <= MOST {
            users.shown.push_str(&set);
            users.numbers.insert(operations.clone(), at);
        }
    }
    users
}

impl Users {
    /// The number of the set of a change, if it has one.
    pub(super) fn number(&self, change: &Change) -> Option<usize> {
        self.numbers.get(&change.operations).copied()
    }

    /// All sets.
    pub(super) fn section(&self) -> String {
        if self.shown.is_empty() {
            return String::new();
        }
        let head = "<section id=\"users\">\n<h2>Who uses what</h2>\n\
                    <p class=\"meaning\">the operations that entries refer to</p>\n";
        format!("{head}{}</section>\n", self.shown)
    }
}

fn set(at: usize, operations: &[String]) -> String {
    let mut set =
        format!("<p id=\"u{at}\" class=\"set\"><b>{}</b>", count(operations.len(), "operation"));
    for operation in operations.iter().take(MOST_SHOWN) {
        add(&mut set, format_args!(" <code>{}</code>", text(operation, MOST_TEXT)));
    }
    if let more @ 1.. = operations.len().saturating_sub(MOST_SHOWN) {
        add(&mut set, format_args!(" and {} more", number(more)));
    }
    set.push_str("</p>\n");
    set
}
