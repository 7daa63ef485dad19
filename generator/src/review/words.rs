//! What all formats say in the same words: answers, counts, titles, places and users.

use std::borrow::Cow;
use std::fmt;

use super::{Advice, Edition, Review, Standing};
use crate::diagnostic::safe;
use crate::diff::{Build, Change, Id, Level, Running, Thing};
use crate::source::Span;

/// How many users of a change are named; the others are counted.
const MOST_USERS: usize = 3;

/// How many kinds of change are named where they are counted.
const MOST_KINDS: usize = 10;

/// The levels whose changes are shown one by one: callers or programs fail, or may.
pub(super) const DANGEROUS: [Level; 4] =
    [Level::Silent, Level::Build, Level::Running, Level::Caution];

/// What is counted under one id, where the id's own word would read badly.
const NOUNS: &[(Id, &str, &str)] = &[
    (Id::PagingAdded, "listing with pages", "listings with pages"),
    (Id::BodyAdded, "body", "bodies"),
    (Id::BodyMediaAdded, "media type of a body", "media types of bodies"),
    (Id::FieldAdded, "field", "fields"),
    (Id::FieldRequiredAdded, "required field", "required fields"),
    (Id::EnumValueAdded, "enum value", "enum values"),
    (Id::ResponseStatusAdded, "status", "statuses"),
    (Id::ResponseMediaAdded, "media type of an answer", "media types of answers"),
    (Id::ServerAdded, "server", "servers"),
    (Id::FeatureAdded, "Cargo feature", "Cargo features"),
];

/// The answer to one of the two questions.
pub(super) struct Answer {
    pub(super) question: &'static str,
    pub(super) word: &'static str,
    pub(super) reason: String,
}

/// Whether callers compile, and whether running programs work.
pub(super) fn answers(changes: &[Change]) -> [Answer; 2] {
    let built = |build| changes.iter().filter(|one| one.build == build).count();
    let ran = |running| changes.iter().filter(|one| one.running == running).count();
    let silent = of_level(changes, Level::Silent).count();
    let mut runs = answer(ran(Running::Breaks), ran(Running::MayBreak), "running programs");
    if silent > 0 {
        let verb = if silent == 1 { "compiles and is" } else { "compile and are" };
        add(&mut runs.1, format_args!("; {} of them {verb} wrong at run time", number(silent)));
    }
    let compiles = answer(built(Build::Breaks), built(Build::MayBreak), "callers");
    [("Do callers compile?", compiles), ("Do running programs work?", runs)]
        .map(|(question, (word, reason))| Answer { question, word, reason })
}

fn answer(breaks: usize, may: usize, whom: &str) -> (&'static str, String) {
    match (breaks, may) {
        (0, 0) => ("yes", format!("no change breaks {whom}")),
        (0, may) => ("maybe", format!("{} may break {whom}", count(may, "change"))),
        (1, 0) => ("no", format!("1 change breaks {whom}")),
        (breaks, 0) => ("no", format!("{} break {whom}", count(breaks, "change"))),
        (breaks, may) => {
            let verb = if breaks == 1 { "breaks" } else { "break" };
            let may = number(may);
            ("no", format!("{} {verb} {whom}, and {may} may", count(breaks, "change")))
        }
    }
}

/// The advice in one sentence, without the reason.
pub(super) fn version(advice: &Advice) -> String {
    let Advice { current, next, actual, standing, .. } = advice;
    let [current, next, actual] = [current, next, actual].map(|text| shown(text, 60));
    match standing {
        Standing::Enough if actual == next => format!("{next}, as the crate says"),
        Standing::Enough => format!("{next} at least, and the crate says {actual}"),
        Standing::TooLow => format!("{next}, but the crate still says {actual}"),
        Standing::Unknown if next.is_empty() => format!("unknown after `{current}`"),
        Standing::Unknown => next.into_owned(),
    }
}

/// The changes of a level, in their order.
pub(super) fn of_level(changes: &[Change], level: Level) -> impl Iterator<Item = &Change> {
    changes.iter().filter(move |one| one.level() == level)
}

/// How many changes each level has that has some.
pub(super) fn levels(changes: &[Change]) -> Vec<(Level, usize)> {
    let counts = Level::ALL.map(|level| (level, of_level(changes, level).count()));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// What the changes of a level are, counted by kind: `204 operations, 186 fields`.
pub(super) fn kinds<'c>(changes: impl Iterator<Item = &'c Change>) -> String {
    let mut counts: Vec<(Id, usize)> = Vec::new();
    for change in changes {
        match counts.iter_mut().find(|(id, _)| *id == change.id) {
            Some((_, count)) => *count += 1,
            None => counts.push((change.id, 1)),
        }
    }
    counts.sort_by_key(|(id, count)| (usize::MAX - count, *id));
    let left = counts.iter().skip(MOST_KINDS).map(|(_, count)| count).sum::<usize>();
    let mut words: Vec<String> =
        counts.iter().take(MOST_KINDS).map(|(id, count)| kind(*id, *count)).collect();
    if left > 0 {
        words.push(format!("{} of other kinds", number(left)));
    }
    words.join(", ")
}

/// `1 field`, `12 fields`, and of what is no addition `12 × field-type-changed`.
fn kind(id: Id, count: usize) -> String {
    if let Some((_, one, many)) = NOUNS.iter().find(|(known, ..)| *known == id) {
        return format!("{} {}", number(count), if count == 1 { one } else { many });
    }
    match id.name().strip_suffix("-added") {
        Some(noun) => self::count(count, &noun.replace('-', " ")),
        None => format!("{} × {id}", number(count)),
    }
}

/// What a change is about: the Rust path, and both names of what has another one.
pub(super) fn title(change: &Change) -> String {
    // It stands in a code span in some formats, and in a sentence.
    let path = |thing: &Thing| match &*thing.path {
        "" => thing.wire.replace('`', ""),
        path => path.replace('`', ""),
    };
    let named_anew = change.id.name().contains("renamed") || change.id.name().contains("moved");
    let title = match (&change.before, &change.after) {
        (Some(before), Some(after)) if path(before) != path(after) => {
            format!("{} → {}", path(before), path(after))
        }
        (Some(before), Some(after)) if named_anew && before.wire != after.wire => {
            let [old, new] = [before, after].map(|thing| thing.wire.replace('`', ""));
            format!("{} ({old} → {new})", path(after))
        }
        (_, Some(thing)) | (Some(thing), None) => path(thing),
        (None, None) => String::new(),
    };
    if title.is_empty() { "the crate".to_owned() } else { shown(&title, 240).into_owned() }
}

/// Where it stands, as a path and a line: the new place, or the old one of what is gone.
pub(super) fn place(change: &Change, review: &Review<'_>) -> Option<String> {
    let after = change.after.as_ref().and_then(|thing| thing.span);
    let before = change.before.as_ref().and_then(|thing| thing.span);
    match (after, before) {
        (Some(span), _) => at(span, &review.new),
        (None, Some(span)) => at(span, &review.old).map(|place| format!("{place} (old)")),
        (None, None) => None,
    }
}

/// A place as a path and a line.
pub(super) fn at(span: Span, edition: &Edition<'_>) -> Option<String> {
    let source = edition.sources.get(span.file)?;
    let (line, _) = source.position(span.start);
    Some(format!("{}:{line}", shown(&source.path, 120)))
}

/// Who uses it: `used by 14 operations: a, b, c and 11 more`.
pub(super) fn users(operations: &[String]) -> Option<String> {
    let named: Vec<Cow<'_, str>> =
        operations.iter().take(MOST_USERS).map(|one| shown(one, 80)).collect();
    let named = named.join(", ");
    match (operations.len(), operations.len().saturating_sub(MOST_USERS)) {
        (0, _) => None,
        (1, _) => Some(format!("used by {named}")),
        (all, 0) => Some(format!("used by {all} operations: {named}")),
        (all, more) => Some(format!("used by {} operations: {named} and {more} more", number(all))),
    }
}

/// A text of a document on one line of at most so many characters, without characters that act on
/// what shows it.
pub(super) fn shown(text: &str, most: usize) -> Cow<'_, str> {
    let end = text.char_indices().nth(most).map(|(at, _)| at);
    match end.and_then(|end| text.get(..end)) {
        Some(start) => Cow::Owned(format!("{}…", safe(start))),
        None => safe(text),
    }
}

/// `1 change`, `2,480 changes`.
pub(super) fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", self::number(number))
}

/// A number with its thousands apart.
pub(super) fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Adds to a text, which cannot fail.
pub(super) fn add(text: &mut String, more: fmt::Arguments<'_>) {
    let _ = fmt::Write::write_fmt(text, more);
}
