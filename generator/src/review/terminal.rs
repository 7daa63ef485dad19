//! A review for a terminal: a page, verdict and advice first.
//!
//! ```text
//! main:spec/api.yaml → spec/api.yaml
//! 434 → 638 operations, 1,413 → 1,955 schemas, API 1.0 → 1.1
//!
//! Do callers compile?        no: 4 changes break callers, and 1 may
//! Do running programs work?  no: 3 changes break running programs; 1 of them compiles and is wrong …
//! Next version               0.2.0, but the crate still says 0.1.0
//!                            `field-removed` of `models::App::name` breaks callers, and …
//! ```

use super::callers::{self, Callers, Line, MOST_PATH};
use super::waivers;
use super::words::{
    DANGEROUS, add, answers, count, kinds, levels, number, of_level, place, shown, title, users,
    version,
};
use super::{Edition, Review};
use crate::diff::{Change, Level};

/// How many lines a brief review has at most.
const MOST_LINES: usize = 45;

/// How many lines callers have besides, at most.
const MOST_CALLERS: usize = 30;

/// How many characters of a message are shown.
const MOST_MESSAGE: usize = 300;

/// With at most so many failing changes, the line that waives each is shown as well.
const MOST_WAIVERS: usize = 3;

/// Whether colours are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    #[default]
    Plain,
    /// With escape sequences of ECMA-48.
    Colour,
}

/// How much is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// At most 45 lines, and 31 more of callers; the rest is counted.
    #[default]
    Brief,
    /// All changes by which callers or programs fail or may, with the lines that waive them.
    Full,
}

/// Writes a review for a terminal.
pub fn terminal(review: &Review<'_>, style: Style, detail: Detail) -> String {
    let (head, tail) = (head(review, style), tail(review, style));
    let failing = failing(&review.changes).count();
    let waivers = detail == Detail::Full || failing <= MOST_WAIVERS;
    let sections: Vec<Section> =
        DANGEROUS.into_iter().filter_map(|level| section(review, level, style, waivers)).collect();

    // Blank line, heading and the line for what is cut, of each section.
    let frames = 3 * sections.len();
    let room = match detail {
        Detail::Full => usize::MAX,
        Detail::Brief => MOST_LINES.saturating_sub(head.len() + tail.len() + frames),
    };
    let granted = grant(&sections, room);
    let mut lines = head;
    for (section, granted) in sections.into_iter().zip(granted) {
        lines.push(String::new());
        lines.push(section.heading);
        let left = section.entries.len() - granted;
        lines.extend(section.entries.into_iter().take(granted).flatten());
        if left > 0 {
            lines.push(format!("  and {} more; `--format html` shows all", number(left)));
        }
    }
    lines.extend(tail);
    if let Some(callers) = &review.callers {
        let mut callers = of_callers(callers, style);
        if let (Detail::Brief, more @ 1..) = (detail, callers.len().saturating_sub(MOST_CALLERS)) {
            callers.truncate(MOST_CALLERS);
            callers.push(format!("  and {}; `--all` shows them", count(more, "more line")));
        }
        lines.extend(callers);
    }
    let mut text = String::new();
    for line in lines {
        add(&mut text, format_args!("{}\n", line.trim_end()));
    }
    text
}

/// The changes of one level.
struct Section {
    heading: String,
    /// The lines of each.
    entries: Vec<Vec<String>>,
}

/// How many entries of each section are shown: one of each, if there is room, and then the most
/// dangerous ones.
fn grant(sections: &[Section], mut room: usize) -> Vec<usize> {
    let mut granted = vec![0; sections.len()];
    for most in [1, usize::MAX] {
        for (section, granted) in sections.iter().zip(&mut granted) {
            for entry in section.entries.iter().skip(*granted) {
                let Some(left) = room.checked_sub(entry.len()).filter(|_| *granted < most) else {
                    break;
                };
                (room, *granted) = (left, *granted + 1);
            }
        }
    }
    granted
}

fn head(review: &Review<'_>, style: Style) -> Vec<String> {
    let Review { old, new, changes, advice, .. } = review;
    let api = match (shown(&old.version, 40), shown(&new.version, 40)) {
        (old, new) if old == new => format!("API {new}"),
        (old, new) => format!("API {old} → {new}"),
    };
    let names = format!("{} → {}", name(old), name(new));
    let mut lines = vec![
        style.bold(&names),
        format!(
            "{} → {} operations, {} → {} schemas, {api}",
            number(old.operations),
            number(new.operations),
            number(old.schemas),
            number(new.schemas)
        ),
        String::new(),
    ];
    for answer in answers(changes) {
        let word = match answer.word {
            "yes" => style.paint(GREEN, answer.word),
            "no" => style.paint(RED, answer.word),
            _ => style.paint(YELLOW, answer.word),
        };
        lines.push(format!("{:27}{word}: {}", answer.question, answer.reason));
    }
    let reason = shown(&advice.reason, MOST_MESSAGE);
    lines.push(format!("{:27}{}", "Next version", version(advice)));
    lines.push(format!("{:27}{reason}", ""));
    let counts = levels(changes).into_iter().map(|(level, count)| {
        let count = number(count);
        format!("{} {count}", style.paint(colour(level), level.word()))
    });
    let mut counts: Vec<String> = counts.collect();
    if !review.waived.is_empty() {
        counts.push(format!("waived {}", number(review.waived.len())));
    }
    if counts.is_empty() {
        counts.push("no changes".to_owned());
    }
    lines.extend([String::new(), counts.join(" · ")]);
    lines
}

fn name<'a>(edition: &'a Edition<'_>) -> std::borrow::Cow<'a, str> {
    shown(&edition.name, 120)
}

fn section(review: &Review<'_>, level: Level, style: Style, waivers: bool) -> Option<Section> {
    let entries: Vec<Vec<String>> = of_level(&review.changes, level)
        .map(|change| entry(review, change, style, waivers && is_failing(change)))
        .collect();
    let word = style.paint(colour(level), &level.word().to_uppercase());
    let heading = format!("{word}  {} ({})", level.meaning(), number(entries.len()));
    (!entries.is_empty()).then_some(Section { heading, entries })
}

fn entry(review: &Review<'_>, change: &Change, style: Style, waiver: bool) -> Vec<String> {
    let message = shown(&change.message, MOST_MESSAGE);
    let facts =
        [Some(change.id.name().to_owned()), place(change, review), users(&change.operations)];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let mut lines = vec![
        format!("  {}: {message}", style.bold(&title(change))),
        format!("    {}", style.faint(&facts.join(", "))),
    ];
    if waiver {
        let waiver = waivers::entry(change);
        lines.extend(waiver.lines().map(|line| format!("    {}", style.faint(line))));
    }
    lines
}

/// What is counted only.
fn tail(review: &Review<'_>, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    let of = |level| of_level(&review.changes, level);
    let adds = of(Level::Adds).count();
    if adds > 0 {
        let word = style.paint(colour(Level::Adds), Level::Adds.word());
        lines.push(format!("{word}: {}", kinds(of(Level::Adds))));
    }
    let quiet =
        [Level::Deprecates, Level::Docs, Level::None].map(|level| (level, of(level).count()));
    let quiet = quiet.into_iter().filter(|(_, count)| *count > 0);
    let quiet: Vec<String> = quiet
        .map(|(level, changes)| {
            let word = style.paint(colour(level), level.word());
            format!("{word}: {} ({})", count(changes, "change"), level.meaning())
        })
        .collect();
    if !quiet.is_empty() {
        lines.push(quiet.join("; "));
    }
    if let [(first, reason), rest @ ..] = &*review.waived {
        let more = match rest.len() {
            0 => String::new(),
            more => format!(", and {} more", number(more)),
        };
        let reason = shown(reason, 120);
        lines.push(format!("waived: {} ({}: {reason}){more}", title(first), first.id));
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines
}

/// What callers meet; these lines come on top of the page.
fn of_callers(callers: &Callers, style: Style) -> Vec<String> {
    let name = format!("Callers in {}", shown(&callers.name, MOST_PATH));
    let mut lines = vec![String::new(), style.bold(&name)];
    lines.extend(callers.lines().into_iter().map(|line| match line {
        Line::Heading(heading) => heading.to_owned(),
        Line::Change(change) => {
            let message = shown(&change.message, MOST_MESSAGE);
            format!("  {} ({}): {message}", style.bold(&title(change)), change.id)
        }
        Line::Unexplained => "  errors that no change explains:".to_owned(),
        Line::Site(site) => {
            let place = site.place();
            let place = shown(&place, MOST_PATH);
            match &*shown(&site.message, callers::MOST_MESSAGE) {
                "" => format!("    {place}"),
                message => format!("    {place} {}", style.faint(message)),
            }
        }
        Line::MoreSites(more) => format!("    and {} more", number(more)),
        Line::MoreChanges(more) => format!("  and {}", count(more, "more change")),
    }));
    lines
}

/// The changes that make callers or programs fail for certain.
fn failing(changes: &[Change]) -> impl Iterator<Item = &Change> {
    changes.iter().filter(|change| is_failing(change))
}

fn is_failing(change: &Change) -> bool {
    matches!(change.level(), Level::Silent | Level::Build | Level::Running)
}

const RED: u8 = 31;
const GREEN: u8 = 32;
const YELLOW: u8 = 33;
const BLUE: u8 = 34;
const MAGENTA: u8 = 35;
const GREY: u8 = 90;

fn colour(level: Level) -> u8 {
    match level {
        Level::Silent => MAGENTA,
        Level::Build | Level::Running => RED,
        Level::Caution => YELLOW,
        Level::Adds => GREEN,
        Level::Deprecates => BLUE,
        Level::Docs | Level::None => GREY,
    }
}

impl Style {
    fn bold(self, text: &str) -> String {
        self.escaped("1", text)
    }

    fn faint(self, text: &str) -> String {
        self.escaped("2", text)
    }

    fn paint(self, colour: u8, text: &str) -> String {
        self.escaped(&format!("1;{colour}"), text)
    }

    fn escaped(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }
}
