//! Reviews of changes: for a terminal, for a pull request, as a page, and for programs.
//!
//! Every format answers first whether callers compile and whether running programs work, then says
//! which version that asks for, and then shows the changes, the most dangerous first. All of them are
//! bounded: what has no room is counted. Text of a document is untrusted in each of them; `words` takes
//! out what acts on a terminal, and each format escapes what means something to it.

mod advice;
mod callers;
mod changelog;
mod github;
mod html;
mod json;
mod markdown;
mod markup;
mod terminal;
pub mod waivers;
mod words;

pub use advice::{Advice, Bump, Standing, advise};
pub use callers::{Callers, Site};
pub use changelog::changelog;
pub use terminal::{Detail, Style, terminal};

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
    /// The workspace of callers that was checked, if one was.
    pub callers: Option<Callers>,
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

/// Writes a review. For a terminal, [`terminal`] has choices.
pub fn render(review: &Review<'_>, format: Format) -> String {
    match format {
        Format::Terminal => terminal(review, Style::Plain, Detail::Brief),
        Format::Json => json::json(review),
        Format::Markdown => markdown::markdown(review),
        Format::Html => html::html(review),
        Format::Github => github::github(review),
    }
}
