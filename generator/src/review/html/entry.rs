//! One change on the page: in short, and with the document, the crate, its users and its waiver.

use std::fmt::Write as _;

use super::super::words::{number, place, shown, title, users as used_by};
use super::super::{Edition, Review, waivers};
use super::users::Users;
use super::{escape, sentence, text};
use crate::diff::{Cause, Change, Group, Level, Side, Thing};
use crate::source::Span;

/// How many characters of a message are shown.
const MOST_MESSAGE: usize = 400;

/// How many characters of a line of the document are shown, and of it before the place.
const MOST_LINE: usize = 120;
const BEFORE: usize = 40;

/// How many lines of a place are shown, and of the crate's code.
const MOST_LINES: usize = 8;

/// How many Rust paths are listed.
const MOST_ITEMS: usize = 12;

/// A change without its details.
pub(super) fn short(
    review: &Review<'_>,
    change: &Change,
    reason: Option<&str>,
    users: &Users,
) -> String {
    entry(review, change, reason, users, "")
}

/// A change with all that is known of it.
pub(super) fn whole(
    review: &Review<'_>,
    change: &Change,
    reason: Option<&str>,
    users: &Users,
) -> String {
    let open = match change.level() {
        Level::Silent | Level::Build | Level::Running => " open",
        Level::Caution | Level::Adds | Level::Deprecates | Level::Docs | Level::None => "",
    };
    let mut details = format!("<details{open}><summary>Details</summary>\n");
    let _ = writeln!(
        details,
        "<p class=\"tags\"><span>build <b>{}</b></span> <span>running <b>{}</b></span>{}{}</p>",
        change.build.word(),
        change.running.word(),
        match change.side {
            Side::None => String::new(),
            side => format!(" <span>side <b>{}</b></span>", side.word()),
        },
        match change.cause {
            Cause::Document => String::new(),
            cause => format!(" <span>cause <b>{}</b></span>", cause.word()),
        },
    );
    details.push_str(&rust(change));
    details.push_str(&document(review, change));
    details.push_str(&items("Gone or other", &change.items_before));
    details.push_str(&items("New or other", &change.items_after));
    if reason.is_none() && change.level() != Level::None {
        let waiver = escape(&waivers::entry(change));
        let _ = writeln!(
            details,
            "<h4>Waiver, for waivers.yaml</h4>\n<pre class=\"waiver\">{waiver}</pre>"
        );
    }
    details.push_str("</details>\n");
    entry(review, change, reason, users, &details)
}

fn entry(
    review: &Review<'_>,
    change: &Change,
    reason: Option<&str>,
    users: &Users,
    details: &str,
) -> String {
    let key = change.key();
    let group = Group::all().position(|group| group == change.id.group()).unwrap_or_default();
    let mut entry = format!("<article id=\"{key}\" data-g=\"{group}\"");
    let set = users.number(change);
    if let Some(set) = set {
        let _ = write!(entry, " data-u=\"{set}\"");
    }
    let _ = writeln!(
        entry,
        "><h3><a href=\"#{key}\">{}</a></h3><p>{}</p>",
        escape(&title(change)),
        sentence(&change.message, MOST_MESSAGE)
    );
    let _ = write!(entry, "<p class=\"facts\"><code>{}</code>", change.id);
    if let Some(place) = place(change, review) {
        let _ = write!(entry, " <span>{}</span>", escape(&place));
    }
    if let Some(used) = used_by(&change.operations) {
        let used = escape(&used);
        match set.filter(|_| change.operations.len() > 1) {
            Some(set) => {
                let _ = write!(entry, " <a href=\"#u{set}\">{used}</a>");
            }
            None => {
                let _ = write!(entry, " <span>{used}</span>");
            }
        }
    }
    entry.push_str("</p>\n");
    if let Some(reason) = reason {
        let _ = writeln!(entry, "<p class=\"reason\">Waived: {}</p>", text(reason, MOST_MESSAGE));
    }
    entry.push_str(details);
    entry.push_str("</article>\n");
    entry
}

/// How it reads in Rust, before and after, with what differs marked.
fn rust(change: &Change) -> String {
    let code = |thing: &Option<Thing>| {
        thing.as_ref().map(|thing| &*thing.code).filter(|code| !code.is_empty()).map(lines)
    };
    let (before, after) = (code(&change.before), code(&change.after));
    let blocks = match (before, after) {
        (None, None) => return String::new(),
        (Some(before), Some(after)) if before == after => {
            format!("<pre class=\"same\">{}</pre>", escape(&after))
        }
        (Some(before), Some(after)) => {
            let (start, end) = differing(&before, &after);
            let marked = |code: &str| {
                let middle = code.len().saturating_sub(end).max(start);
                let part = |range| code.get(range).map(escape).unwrap_or_default();
                let [a, b, c] = [part(0..start), part(start..middle), part(middle..code.len())];
                format!("{a}<mark>{b}</mark>{c}")
            };
            let (before, after) = (marked(&before), marked(&after));
            format!("<pre class=\"was\">{before}</pre>\n<pre class=\"is\">{after}</pre>")
        }
        (Some(before), None) => format!("<pre class=\"was\">{}</pre>", escape(&before)),
        (None, Some(after)) => format!("<pre class=\"is\">{}</pre>", escape(&after)),
    };
    format!("<h4>Rust</h4>\n<div class=\"code\">{blocks}</div>\n")
}

/// Lines without characters that act on what shows them.
fn lines(code: &str) -> String {
    let mut lines: Vec<_> = code.lines().take(MOST_LINES).map(|line| shown(line, 200)).collect();
    if code.lines().count() > MOST_LINES {
        lines.push("…".into());
    }
    lines.join("\n")
}

/// How many bytes are the same at the start and at the end of both, in whole words.
fn differing(one: &str, other: &str) -> (usize, usize) {
    let in_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
    let word = |letters: &mut dyn Iterator<Item = char>| -> usize {
        letters.take_while(in_word).map(char::len_utf8).sum()
    };
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let start: usize = same.map(|(a, _)| a.len_utf8()).sum();
    let start = start - word(&mut one.get(..start).unwrap_or_default().chars().rev());
    let rest = |text: &str| text.len().saturating_sub(start);
    let room = rest(one).min(rest(other));
    let mut end = 0;
    for (a, b) in one.chars().rev().zip(other.chars().rev()) {
        if a != b || end + a.len_utf8() > room {
            break;
        }
        end += a.len_utf8();
    }
    let last = one.get(one.len() - end..).unwrap_or_default();
    (start, end - word(&mut last.chars()))
}

/// The lines of the document, before and after.
fn document(review: &Review<'_>, change: &Change) -> String {
    let side = |thing: &Option<Thing>, edition: &Edition<'_>, word: &str| {
        let thing = thing.as_ref()?;
        let (place, lines) = excerpt(thing.span?, edition)?;
        let name = text(&edition.name, 120);
        Some(format!(
            "<figure><figcaption><b>{word}</b> {name} <span>{place}</span></figcaption><pre>{lines}</pre></figure>\n"
        ))
    };
    let before = side(&change.before, &review.old, "before");
    let after = side(&change.after, &review.new, "after");
    if before.is_none() && after.is_none() {
        return String::new();
    }
    let figures: String = [before, after].into_iter().flatten().collect();
    format!("<h4>Document</h4>\n<div class=\"sides\">{figures}</div>\n")
}

/// A place as path and line, and its lines with their numbers.
fn excerpt(span: Span, edition: &Edition<'_>) -> Option<(String, String)> {
    let source = edition.sources.get(span.file)?;
    let (first, column) = source.position(span.start);
    let (last, _) = source.position(span.end.max(span.start + 1) - 1);
    let end = last.min(first + MOST_LINES - 1);
    let mut lines = String::new();
    for line in first.saturating_sub(2).max(1)..=end {
        let whole = source.line(line);
        // A document can stand on one line.
        let from = if line == first && column > MOST_LINE - BEFORE { column - BEFORE } else { 0 };
        let start = whole.char_indices().nth(from).map_or(0, |(at, _)| at);
        let cut = if start > 0 { "…" } else { "" };
        let near: String =
            whole.get(start..).unwrap_or_default().chars().take(4 * MOST_LINE).collect();
        let shown = text(&near.replace('\t', "    "), MOST_LINE);
        let bare = shown.trim_start_matches(' ');
        let marked = if line < first {
            shown
        } else {
            let indent = " ".repeat(shown.len() - bare.len());
            format!("{indent}<mark>{cut}{bare}</mark>")
        };
        let _ = writeln!(lines, "<i>{line}</i>{marked}");
    }
    if last > end {
        let _ = writeln!(lines, "<i>⋮</i>{} more lines", number(last - end));
    }
    Some((format!("{}:{first}", text(&source.path, 120)), lines))
}

/// Rust paths that go with a change.
fn items(word: &str, items: &[String]) -> String {
    // The first is the entry's own.
    if items.len() < 2 {
        return String::new();
    }
    let shown: Vec<String> = items
        .iter()
        .take(MOST_ITEMS)
        .map(|item| format!("<code>{}</code>", text(item, 160)))
        .collect();
    let more = match items.len().saturating_sub(MOST_ITEMS) {
        0 => String::new(),
        more => format!(" and {} more", number(more)),
    };
    format!("<p class=\"items\">{word}: {}{more}</p>\n", shown.join(" "))
}
