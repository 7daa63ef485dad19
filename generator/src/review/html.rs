//! A review as a page: one file that needs no network, is readable without scripts and filters with
//! them.
//!
//! A policy in the page forbids it to load anything. All texts of documents are escaped, and none stand
//! in a script or a style. The page has at most 3 MB: entries are whole as long as there is room, then
//! without the lines of the document and the crate, and then counted; lists of operations stand once
//! ([`users`]), and entries refer to them.

mod entry;
mod picture;
mod users;

use std::fmt::Write as _;

use super::callers::{Line, MOST_MESSAGE, MOST_PATH};
use super::words::{answers, count, levels, number, of_level, shown, title};
use super::{Review, Standing};
use crate::diff::{Change, Group, Level};
use users::Users;

/// How many bytes entries have at most; frame, picture and users are less than a million.
const MOST_ENTRIES: usize = 2_000_000;

/// How many bytes callers have at most.
const MOST_CALLERS: usize = 200_000;

/// With less room than that, no entry is whole any more.
const LEAST_DETAILS: usize = 500;

/// What the page may load: nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// Writes a review as a page.
pub(super) fn html(review: &Review<'_>) -> String {
    let users = users::collect(review);
    let sections = sections(review, &users);
    let title = format!("{} → {}", text(&review.old.name, 120), text(&review.new.name, 120));
    [
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n"),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        "<meta name=\"color-scheme\" content=\"light dark\">\n",
        &format!("<title>Review: {title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"),
        "<a class=\"skip\" href=\"#changes\">To the changes</a>\n",
        &head(review),
        "<div class=\"columns\">\n",
        &contents(review),
        "<main id=\"changes\">\n",
        &picture::picture(&review.changes),
        &of_callers(review, &sections),
        &filters(review),
        &sections,
        &users.section(),
        "</main>\n</div>\n",
        &format!("<script>\n{SCRIPT}</script>\n</body>\n</html>\n"),
    ]
    .concat()
}

fn head(review: &Review<'_>) -> String {
    let Review { old, new, changes, advice, .. } = review;
    let mut head = "<header>\n<p class=\"kind\">Review of changes</p>\n".to_owned();
    let (was, is) = (text(&old.name, 120), text(&new.name, 120));
    let _ = writeln!(head, "<h1><code>{was}</code> <span>→</span> <code>{is}</code></h1>");
    let _ = writeln!(
        head,
        "<p class=\"figures\">API {} → {} · {} → {} operations · {} → {} schemas</p>",
        text(&old.version, 40),
        text(&new.version, 40),
        number(old.operations),
        number(new.operations),
        number(old.schemas),
        number(new.schemas),
    );
    head.push_str("<div class=\"answers\">\n");
    for answer in answers(changes) {
        let _ = writeln!(
            head,
            "<section class=\"{word}\"><h2>{}</h2><p class=\"word\">{word}</p><p>{}</p></section>",
            answer.question,
            answer.reason,
            word = answer.word,
        );
    }
    let (class, next) = match (advice.standing, &*advice.next) {
        (Standing::Enough, next) => ("yes", next),
        (Standing::TooLow, next) => ("no", next),
        (Standing::Unknown, "") => ("maybe", "unknown"),
        (Standing::Unknown, next) => ("maybe", next),
    };
    let compared = match advice.standing {
        Standing::Enough => format!("The crate says {}.", text(&advice.actual, 60)),
        Standing::TooLow => format!("The crate still says {}.", text(&advice.actual, 60)),
        Standing::Unknown => String::new(),
    };
    let _ = writeln!(
        head,
        "<section class=\"{class}\"><h2>Next version</h2><p class=\"word\">{}</p><p>{compared}</p><p>{}.</p></section>\n</div>\n</header>",
        text(next, 60),
        sentence(&advice.reason, 600),
    );
    head
}

/// The table of contents: the levels, each with its count.
fn contents(review: &Review<'_>) -> String {
    let mut contents = "<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n<ul>\n".to_owned();
    for (level, count) in levels(&review.changes) {
        let _ = writeln!(
            contents,
            "<li><a class=\"{level}\" href=\"#level-{level}\"><b>{level}</b> <span>{}</span></a></li>",
            number(count)
        );
    }
    if !review.waived.is_empty() {
        let count = number(review.waived.len());
        let _ = writeln!(
            contents,
            "<li><a class=\"none\" href=\"#waived\"><b>waived</b> <span>{count}</span></a></li>"
        );
    }
    if review.callers.is_some() {
        contents.push_str("<li><a class=\"none\" href=\"#callers\"><b>callers</b></a></li>\n");
    }
    contents.push_str("</ul>\n</nav>\n");
    contents
}

/// What callers meet; each change is a link to its entry, which is among these sections.
fn of_callers(review: &Review<'_>, sections: &str) -> String {
    let Some(callers) = &review.callers else { return String::new() };
    let name = text(&callers.name, MOST_PATH);
    let mut part = format!("<section id=\"callers\">\n<h2>Callers in <code>{name}</code></h2>\n");
    for line in callers.lines() {
        let line = match line {
            Line::Heading(heading) => format!("<p class=\"meaning\">{heading}</p>"),
            Line::Change(change) => {
                let (key, title) = (change.key(), escape(&title(change)));
                let link = if sections.contains(&format!("<article id=\"{key}\"")) {
                    format!("<a href=\"#{key}\">{title}</a>")
                } else {
                    title
                };
                format!("<h3>{link}</h3>\n<p>{}</p>", sentence(&change.message, MOST_MESSAGE))
            }
            Line::Unexplained => "<h3>Errors that no change explains</h3>".to_owned(),
            Line::Site(site) => {
                let message = sentence(&site.message, MOST_MESSAGE);
                let place = text(&site.place(), MOST_PATH);
                format!("<p>{}</p>", format!("<code>{place}</code> {message}").trim_end())
            }
            Line::MoreSites(more) => format!("<p>and {} more</p>", number(more)),
            Line::MoreChanges(more) => format!("<p>and {}</p>", count(more, "more change")),
        };
        if part.len() + line.len() > MOST_CALLERS {
            part.push_str("<p>… and more; <code>--format json</code> has all.</p>\n");
            break;
        }
        part.push_str(&line);
        part.push('\n');
    }
    part.push_str("</section>\n");
    part
}

/// What filters entries; scripts show it.
fn filters(review: &Review<'_>) -> String {
    let mut form = "<form id=\"filters\" role=\"search\" hidden>\n\
         <label>Search <input id=\"text\" type=\"search\" placeholder=\"name, id, text\" autocomplete=\"off\"></label>\n\
         <label>Operation <input id=\"operation\" list=\"operations\" placeholder=\"GET /…\" autocomplete=\"off\"></label>\n\
         <datalist id=\"operations\"></datalist>\n\
         <label>Group <select id=\"group\"><option value=\"\">all</option>"
        .to_owned();
    for (at, group) in Group::all().enumerate() {
        if review.changes.iter().any(|change| change.id.group() == group) {
            let _ = write!(form, "<option value=\"{at}\">{}</option>", group.name());
        }
    }
    form.push_str("</select></label>\n<fieldset><legend>Levels</legend>");
    for (level, _) in levels(&review.changes) {
        let _ = write!(
            form,
            "<button type=\"button\" class=\"{level}\" data-level=\"{level}\" aria-pressed=\"true\">{level}</button>"
        );
    }
    form.push_str(
        "</fieldset>\n<p><output id=\"count\"></output> <button type=\"reset\">Show all</button></p>\n</form>\n",
    );
    form
}

/// The entries, level by level, and what is waived.
fn sections(review: &Review<'_>, users: &Users) -> String {
    let all: Vec<&Change> =
        Level::ALL.iter().flat_map(|level| of_level(&review.changes, *level)).collect();
    let waived = review.waived.iter().map(|(change, reason)| (change, Some(&**reason)));
    let shown = all.into_iter().map(|change| (change, None)).chain(waived);

    // First how many have room at all, then how many of them are whole.
    let mut room = MOST_ENTRIES;
    let mut entries = Vec::new();
    for (change, reason) in shown.clone() {
        let entry = entry::short(review, change, reason, users);
        let Some(left) = room.checked_sub(entry.len()) else { break };
        room = left;
        entries.push(entry);
    }
    for (entry, (change, reason)) in entries.iter_mut().zip(shown) {
        if room < LEAST_DETAILS {
            break;
        }
        let whole = entry::whole(review, change, reason, users);
        if let Some(left) = room.checked_sub(whole.len().saturating_sub(entry.len())) {
            (room, *entry) = (left, whole);
        }
    }

    let mut sections = String::new();
    let mut entries = entries.iter();
    for (level, count) in levels(&review.changes) {
        let id = format!("level-{level}");
        section(&mut sections, (&id, level.word(), level.meaning()), count, &mut entries);
    }
    let waived = review.waived.len();
    if waived > 0 {
        section(
            &mut sections,
            ("waived", "none", "known, each with a reason"),
            waived,
            &mut entries,
        );
    }
    if sections.is_empty() {
        sections.push_str("<p class=\"nothing\">Nothing changed.</p>\n");
    }
    sections
}

fn section<'e>(
    text: &mut String,
    (id, class, meaning): (&str, &str, &str),
    count: usize,
    entries: &mut impl Iterator<Item = &'e String>,
) {
    let word = id.strip_prefix("level-").unwrap_or(id);
    let _ = writeln!(
        text,
        "<section class=\"level {class}\" id=\"{id}\" data-level=\"{word}\">\n<h2>{word} <span>{}</span></h2>\n<p class=\"meaning\">{meaning}</p>",
        number(count)
    );
    let mut listed = 0;
    for entry in entries.take(count) {
        text.push_str(entry);
        listed += 1;
    }
    if listed < count {
        let more = number(count - listed);
        let _ = writeln!(text, "<p>… and {more} more; <code>--format json</code> has all.</p>");
    }
    text.push_str("</section>\n");
}

/// A text of a document on one line, of at most so many characters.
fn text(text: &str, most: usize) -> String {
    escape(&shown(text, most))
}

/// A sentence whose parts between backticks are code.
fn sentence(sentence: &str, most: usize) -> String {
    let sentence = shown(sentence, most);
    let parts: Vec<&str> = sentence.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escape(&sentence);
    }
    let parts = parts.iter().enumerate().map(|(at, part)| match at % 2 {
        0 => escape(part),
        _ => format!("<code>{}</code>", escape(part)),
    });
    parts.collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(one),
        }
    }
    escaped
}
