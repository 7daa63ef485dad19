//! A review as a comment on a pull request, which is updated in place.
//!
//! It begins with a comment that nobody sees, by which the one that updates it finds it again. GitHub
//! takes 65,536 characters; at most 60,000 bytes are written, and what has no room is counted.

use super::callers::{Callers, Line, MOST_MESSAGE, MOST_PATH};
use super::markup::{block, code, prose, sentence};
use super::words::{
    DANGEROUS, add, answers, count, kinds, levels, number, of_level, place, shown, title, users,
    version,
};
use super::{Review, waivers};
use crate::diff::{Change, Level};

/// What the comment begins with.
const MARK: &str = "<!-- oasmith-review -->\n";

/// How many bytes there are at most.
const MOST: usize = 60_000;

/// How many bytes of these are for callers at most.
const MOST_CALLERS: usize = 15_000;

/// Kept for headings, and for the lines that count what has no room.
const KEPT: usize = 3_000;

/// How many characters of a text of a document are shown.
const MOST_TEXT: usize = 240;

/// Writes a review as Markdown.
pub(super) fn markdown(review: &Review<'_>) -> String {
    let mut text = head(review);
    if let Some(callers) = &review.callers {
        text.push_str(&of_callers(callers));
    }
    for level in DANGEROUS {
        let entries: Vec<&Change> = of_level(&review.changes, level).collect();
        if entries.is_empty() {
            continue;
        }
        add(
            &mut text,
            format_args!(
                "\n### {}: {} ({})\n\n",
                capital(level),
                level.meaning(),
                number(entries.len())
            ),
        );
        fill(&mut text, &entries, |change| short(review, change), |change| details(change));
    }
    for level in [Level::Adds, Level::Deprecates, Level::Docs, Level::None] {
        folded(&mut text, review, level);
    }
    waived(&mut text, review);
    text
}

/// Adds entries, with their details or without, until there is no room; the others are counted.
fn fill<T>(
    text: &mut String,
    entries: &[T],
    short: impl Fn(&T) -> String,
    details: impl Fn(&T) -> String,
) {
    for (at, entry) in entries.iter().enumerate() {
        let short = short(entry);
        let Some(room) = (MOST - KEPT).checked_sub(text.len() + short.len()) else {
            let left = number(entries.len() - at);
            add(text, format_args!("- … and {left} more; `--format html` shows all\n"));
            return;
        };
        text.push_str(&short);
        let details = details(entry);
        if details.len() <= room {
            text.push_str(&details);
        }
    }
}

fn head(review: &Review<'_>) -> String {
    let Review { old, new, changes, waived, advice, callers: _ } = review;
    let mut text = format!(
        "{MARK}## Review of changes: {} → {}\n\n",
        code(&old.name, 120),
        code(&new.name, 120)
    );
    text.push_str("| | |\n| --- | --- |\n");
    for answer in answers(changes) {
        add(
            &mut text,
            format_args!("| {} | **{}**: {} |\n", answer.question, answer.word, answer.reason),
        );
    }
    add(&mut text, format_args!("| Next version | {} |\n\n", prose(&version(advice))));
    add(&mut text, format_args!("{}.\n\n", sentence(&advice.reason, 600)));
    add(
        &mut text,
        format_args!(
            "{} → {} operations, {} → {} schemas",
            number(old.operations),
            number(new.operations),
            number(old.schemas),
            number(new.schemas),
        ),
    );
    let mut counts: Vec<String> = levels(changes)
        .into_iter()
        .map(|(level, count)| format!("{level} {}", number(count)))
        .collect();
    if !waived.is_empty() {
        counts.push(format!("waived {}", number(waived.len())));
    }
    if counts.is_empty() {
        counts.push("no changes".to_owned());
    }
    add(&mut text, format_args!("; {}\n", counts.join(" · ")));
    text
}

/// What callers meet, until there is no room.
fn of_callers(callers: &Callers) -> String {
    let mut text = format!("\n### Callers in {}\n\n", code(&callers.name, MOST_PATH));
    for line in callers.lines() {
        let line = match line {
            Line::Heading(heading) if text.ends_with("\n\n") => format!("{heading}\n\n"),
            Line::Heading(heading) => format!("\n{heading}\n\n"),
            Line::Change(change) => format!(
                "- **{}** (`{}`): {}\n",
                code(&title(change), MOST_TEXT),
                change.id,
                sentence(&change.message, MOST_TEXT)
            ),
            Line::Unexplained => "- errors that no change explains:\n".to_owned(),
            Line::Site(site) => {
                let message = sentence(&site.message, MOST_MESSAGE);
                let place = code(&site.place(), MOST_PATH);
                format!("{}\n", format!("  - {place} {message}").trim_end())
            }
            Line::MoreSites(more) => format!("  - and {} more\n", number(more)),
            Line::MoreChanges(more) => format!("- and {}\n", count(more, "more change")),
        };
        if text.len() + line.len() > MOST_CALLERS {
            text.push_str("- … and more; `--format terminal` and `--format json` show them\n");
            break;
        }
        text.push_str(&line);
    }
    text
}

/// One change in two lines.
fn short(review: &Review<'_>, change: &Change) -> String {
    let mut facts = vec![format!("`{}`", change.id)];
    facts.extend(place(change, review).map(|place| code(&place, MOST_TEXT)));
    facts.extend(users(&change.operations).map(|users| prose(&users)));
    format!(
        "- **{}** {}\n  <br>{}\n",
        code(&title(change), MOST_TEXT),
        sentence(&change.message, MOST_TEXT),
        facts.join(" · ")
    )
}

/// How it reads before and after, and what waives it; folded away.
fn details(change: &Change) -> String {
    let code = |sign, thing: &Option<crate::diff::Thing>| -> Vec<String> {
        let code = thing.as_ref().map_or("", |thing| &*thing.code);
        code.lines().take(6).map(|line| format!("{sign} {line}")).collect()
    };
    let (before, after) = (code("-", &change.before), code("+", &change.after));
    let same = before.iter().map(|line| line.get(1..)).eq(after.iter().map(|line| line.get(1..)));
    let lines: Vec<String> = if same {
        after.iter().map(|line| line.replacen('+', " ", 1)).collect()
    } else {
        [before, after].concat()
    };
    let waiver = waivers::entry(change);
    let mut text = "<details><summary>Rust and waiver</summary>\n\n".to_owned();
    if !lines.is_empty() {
        text.push_str(&block("diff", lines.iter().map(String::as_str)));
        text.push('\n');
    }
    text.push_str(&block("yaml", waiver.lines()));
    text.push_str("\n</details>\n");
    // It stays in the list's item.
    text.lines().fold(String::new(), |text, line| match line {
        "" => text + "\n",
        line => text + "  " + line + "\n",
    })
}

/// The changes of a level that breaks nothing: counted, and listed below that.
fn folded(text: &mut String, review: &Review<'_>, level: Level) {
    let entries: Vec<&Change> = of_level(&review.changes, level).collect();
    if entries.is_empty() {
        return;
    }
    let summary = match level {
        Level::Adds => kinds(entries.iter().copied()),
        _ => format!("{}, {}", count(entries.len(), "change"), level.meaning()),
    };
    add(
        text,
        format_args!("\n<details><summary><b>{}</b>: {summary}</summary>\n\n", capital(level)),
    );
    fill(text, &entries, |change| line(change), |_| String::new());
    text.push_str("\n</details>\n");
}

fn line(change: &Change) -> String {
    let message = sentence(&change.message, MOST_TEXT);
    format!("- {} {message} (`{}`)\n", code(&title(change), MOST_TEXT), change.id)
}

fn waived(text: &mut String, review: &Review<'_>) {
    if review.waived.is_empty() {
        return;
    }
    let waived = number(review.waived.len());
    add(text, format_args!("\n<details><summary><b>Waived</b>: {waived}</summary>\n\n"));
    let line = |(change, reason): &(Change, String)| {
        let reason = prose(&shown(reason, MOST_TEXT));
        format!("- {} (`{}`): {reason}\n", code(&title(change), MOST_TEXT), change.id)
    };
    fill(text, &review.waived, line, |_| String::new());
    text.push_str("\n</details>\n");
}

/// The word of a level as a heading begins.
fn capital(level: Level) -> &'static str {
    match level {
        Level::Silent => "Silent",
        Level::Build => "Build",
        Level::Running => "Running",
        Level::Caution => "Caution",
        Level::Adds => "Adds",
        Level::Deprecates => "Deprecates",
        Level::Docs => "Docs",
        Level::None => "None",
    }
}
