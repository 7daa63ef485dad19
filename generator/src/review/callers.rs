//! What a workspace that uses the crate meets: where it does not compile any more, each place at its
//! change, and where it uses what compiles and is wrong.

use crate::diff::Change;

/// How many changes of a list are shown, and how many places of each; the others are counted.
const MOST_CHANGES: usize = 20;
const MOST_PLACES: usize = 10;

/// How many characters of a path and of a compiler's message are shown.
pub(super) const MOST_PATH: usize = 160;
pub(super) const MOST_MESSAGE: usize = 200;

/// A workspace that was checked against the new crate.
#[derive(Clone, Debug, Default)]
pub struct Callers {
    /// What the user calls it: the path of its folder.
    pub name: String,
    /// The changes that errors come from, each with the places.
    pub broken: Vec<(Change, Vec<Site>)>,
    /// The errors that no change explains.
    pub unexplained: Vec<Site>,
    /// The silent changes that are used, each with the places.
    pub silent: Vec<(Change, Vec<Site>)>,
}

/// A place in a caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The path, as the user would write it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What the compiler says there, in one line; empty where it says nothing.
    pub message: String,
}

/// What a format shows, line by line.
pub(super) enum Line<'a> {
    /// Over changes.
    Heading(&'static str),
    /// Over its places.
    Change(&'a Change),
    /// Over the places that no change explains.
    Unexplained,
    Site(&'a Site),
    MoreSites(usize),
    MoreChanges(usize),
}

impl Callers {
    /// Whether the workspace does not compile any more.
    pub fn is_broken(&self) -> bool {
        !self.broken.is_empty() || !self.unexplained.is_empty()
    }

    /// What there is to show.
    pub(super) fn lines(&self) -> Vec<Line<'_>> {
        let Self { name: _, broken, unexplained, silent } = self;
        let heading = if self.is_broken() {
            "These places do not compile against the new crate:"
        } else {
            "All of it compiles against the new crate."
        };
        let mut lines = vec![Line::Heading(heading)];
        changes(broken, &mut lines);
        if !unexplained.is_empty() {
            lines.push(Line::Unexplained);
            sites(unexplained, &mut lines);
        }
        if !silent.is_empty() {
            lines.push(Line::Heading("These places compile, and may be wrong at run time:"));
            changes(silent, &mut lines);
        }
        lines
    }
}

fn changes<'a>(list: &'a [(Change, Vec<Site>)], lines: &mut Vec<Line<'a>>) {
    for (change, places) in list.iter().take(MOST_CHANGES) {
        lines.push(Line::Change(change));
        sites(places, lines);
    }
    if let more @ 1.. = list.len().saturating_sub(MOST_CHANGES) {
        lines.push(Line::MoreChanges(more));
    }
}

fn sites<'a>(list: &'a [Site], lines: &mut Vec<Line<'a>>) {
    lines.extend(list.iter().take(MOST_PLACES).map(Line::Site));
    if let more @ 1.. = list.len().saturating_sub(MOST_PLACES) {
        lines.push(Line::MoreSites(more));
    }
}

impl Site {
    /// `src/main.rs:12:5`.
    pub(super) fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}
