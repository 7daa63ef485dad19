//! Reviews of changes: for a terminal, for a pull request, as a page, and for programs.

use crate::diff::Change;
use crate::source::Sources;

/// What a reviewer is shown.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// What was.
    pub old: Edition<'a>,
    /// What is.
    pub new: Edition<'a>,
    /// All changes that nobody waived, the most dangerous first.
    pub changes: Vec<Change>,
    /// The changes that somebody knows of, each with the reason.
    pub waived: Vec<(Change, String)>,
    /// What version the crate should have.
    pub advice: Advice,
}

/// One of the two sides.
#[derive(Clone, Debug)]
pub struct Edition<'a> {
    /// What it is called in reports: a revision, or a path.
    pub name: String,
    /// The texts, for showing places.
    pub sources: &'a Sources,
    /// The API's version.
    pub version: String,
    /// How many operations it has.
    pub operations: usize,
    /// How many schemas it has.
    pub schemas: usize,
}

/// What version the crate should have, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// The version of the crate as it was.
    pub current: String,
    /// The least version that semver allows for the crate as it is.
    pub next: String,
    /// What it has now.
    pub actual: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// For whom a review is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page or so of plain text.
    Terminal,
    /// A comment on a pull request, of a bounded size.
    Markdown,
    /// One file that needs no network.
    Html,
    /// For programs; its schema stands in `docs/`.
    Json,
    /// Annotations of GitHub's workflows.
    Github,
}

/// Writes a review.
pub fn render(review: &Review<'_>, format: Format) -> String {
    let _ = (review, format);
    String::new()
}
