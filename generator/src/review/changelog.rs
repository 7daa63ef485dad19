//! What changed, as a section of the crate's own changelog.
//!
//! ```text
//! ## [0.2.0] - Unreleased
//!
//! ### Breaking
//!
//! - `models::Pet::age`: the type is `String`, and was `i64`
//! ```

use super::markup::{code, prose, sentence};
use super::words::{add, kinds, shown, title};
use crate::diff::{Build, Change, Running};

/// How many changes are listed below a heading.
const MOST: usize = 40;

/// How many characters of a text of a document are shown.
const MOST_TEXT: usize = 240;

/// The headings, in their order.
const HEADINGS: [(Heading, &str); 4] = [
    (Heading::Breaking, "Breaking"),
    (Heading::Behaviour, "Behaviour"),
    (Heading::Added, "Added"),
    (Heading::Deprecated, "Deprecated"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Breaking,
    Behaviour,
    Added,
    Deprecated,
}

/// Writes the section of a version, waived changes included by who gives them.
pub fn changelog(changes: &[Change], version: &str) -> String {
    let mut text = format!("## [{}] - Unreleased\n", prose_version(version));
    for (heading, word) in HEADINGS {
        let listed: Vec<&Change> =
            changes.iter().filter(|change| self::heading(change) == Some(heading)).collect();
        if listed.is_empty() {
            continue;
        }
        add(&mut text, format_args!("\n### {word}\n\n"));
        for change in listed.iter().take(MOST) {
            let message = sentence(&change.message, MOST_TEXT);
            add(&mut text, format_args!("- {}: {message}\n", code(&title(change), MOST_TEXT)));
        }
        if let Some(more) = listed.get(MOST..).filter(|more| !more.is_empty()) {
            add(&mut text, format_args!("- and {}\n", kinds(more.iter().copied())));
        }
    }
    text
}

/// Where a change stands; texts and what the crate does not show stand nowhere.
fn heading(change: &Change) -> Option<Heading> {
    match (change.build, change.running) {
        (Build::Breaks | Build::MayBreak, _) => Some(Heading::Breaking),
        (_, Running::Breaks | Running::MayBreak) => Some(Heading::Behaviour),
        (Build::Adds, Running::Same) => Some(Heading::Added),
        (Build::Warns, Running::Same) => Some(Heading::Deprecated),
        (Build::Same | Build::Docs, Running::Same) => None,
    }
}

/// A version as it is, and anything else without markup.
fn prose_version(version: &str) -> String {
    let plain = |one: char| one.is_ascii_alphanumeric() || ".-+".contains(one);
    let version = shown(version, 60);
    if version.chars().all(plain) { version.into_owned() } else { prose(&version) }
}
