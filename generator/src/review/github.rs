//! A review as annotations of GitHub's workflows: one command a line, which GitHub reads in the log.
//!
//! GitHub shows ten errors, ten warnings and ten notices of a step, so no more are written, and the
//! rest is counted in a line that is no command. Where a thing is gone, its place is one of the older
//! document, whose lines are not those of the branch; so the annotation is of the file alone.

use super::words::{add, number, of_level, shown, title, users};
use super::{Callers, Review, Site};
use crate::diff::{Change, Level};

/// How many annotations of a kind GitHub shows.
const MOST: usize = 10;

/// How many characters of a message are shown.
const MOST_MESSAGE: usize = 400;

/// The commands, each with what it is counted as and the levels that it is for.
const COMMANDS: [(&str, &str, &[Level]); 3] = [
    ("error", "errors", &[Level::Silent, Level::Build, Level::Running]),
    ("warning", "warnings", &[Level::Caution]),
    ("notice", "notices", &[Level::Adds, Level::Deprecates]),
];

/// Writes a review as workflow commands.
pub(super) fn github(review: &Review<'_>) -> String {
    let mut lines = Vec::new();
    let mut left = Vec::new();
    for (command, counted, levels) in COMMANDS {
        let mut annotations: Vec<String> = Vec::new();
        // Where callers stand is where somebody has to do something.
        if command == "error" {
            annotations.extend(review.callers.iter().flat_map(of_callers));
        }
        let changes = levels.iter().flat_map(|level| of_level(&review.changes, *level));
        annotations.extend(changes.map(|change| annotation(command, review, change)));
        if let more @ 1.. = annotations.len().saturating_sub(MOST) {
            left.push(format!("{} more {counted}", number(more)));
        }
        lines.extend(annotations.into_iter().take(MOST));
    }
    if !left.is_empty() {
        lines.push(format!("and {}", left.join(", ")));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn annotation(command: &str, review: &Review<'_>, change: &Change) -> String {
    let mut properties = Vec::new();
    let is = change.after.as_ref().and_then(|thing| thing.span);
    let was = change.before.as_ref().and_then(|thing| thing.span);
    let mut message = format!("{}: {}", title(change), shown(&change.message, MOST_MESSAGE));
    if let Some((source, span)) =
        is.and_then(|span| Some((review.new.sources.get(span.file)?, span)))
    {
        let (line, column) = source.position(span.start);
        properties.push(format!("file={}", property(&source.path)));
        properties.push(format!("line={line},col={column}"));
    } else if let Some((source, span)) =
        was.and_then(|span| Some((review.old.sources.get(span.file)?, span)))
    {
        let (line, _) = source.position(span.start);
        properties.push(format!("file={}", property(&source.path)));
        add(&mut message, format_args!(" (line {line} of {})", shown(&review.old.name, 120)));
    }
    properties.push(format!("title={}", property(&format!("{}: {}", change.level(), change.id))));
    if let Some(users) = users(&change.operations) {
        add(&mut message, format_args!("\n{users}"));
    }
    format!("::{command} {}::{}", properties.join(","), data(&message))
}

/// The places where callers do not compile, or are wrong at run time.
fn of_callers(callers: &Callers) -> Vec<String> {
    let Callers { name: _, broken, unexplained, silent } = callers;
    let of_changes = broken.iter().chain(silent);
    let known =
        of_changes.flat_map(|(change, sites)| sites.iter().map(move |site| (Some(change), site)));
    let unknown = unexplained.iter().map(|site| (None, site));
    let annotations = known.chain(unknown).map(|(change, site)| {
        let Site { file, line, column, message } = site;
        let name = change.map_or("no change explains it", |change| change.id.name());
        let title = change.map_or(String::new(), |change| {
            format!("{}: {}", title(change), shown(&change.message, MOST_MESSAGE))
        });
        let message = shown(message, MOST_MESSAGE);
        let both = if title.is_empty() || message.is_empty() { "" } else { "\n" };
        // A path that is cut would be no path.
        let file = property(&shown(file, usize::MAX));
        let text = data(&format!("{message}{both}{title}"));
        format!("::error file={file},line={line},col={column},title=caller%3A {name}::{text}")
    });
    annotations.collect()
}

/// What stands behind the command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands between commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
