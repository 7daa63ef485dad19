//! A review for programs. `docs/review.schema.json` is its schema, and `version` that of its form.

use serde::Serialize;

use super::words::{DANGEROUS, of_level};
use super::{Advice, Callers, Edition, Review, Site, waivers};
use crate::diff::{Change, Level, Thing};
use crate::source::Span;

/// Of the form: another one where what a reader relies on is gone or means something else.
const VERSION: u32 = 1;

/// Writes a review as JSON.
pub(super) fn json(review: &Review<'_>) -> String {
    let Review { old, new, changes, waived, advice, callers } = review;
    let waived =
        waived.iter().map(|(change, reason)| Waived { change: one(review, change), reason });
    let root = Root {
        version: VERSION,
        old: edition(old),
        new: edition(new),
        advice: advised(advice),
        counts: counts(changes),
        changes: changes.iter().map(|change| one(review, change)).collect(),
        waived: waived.collect(),
        callers: callers.as_ref().map(of_callers),
    };
    // Texts and numbers alone can always be written.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Root<'a> {
    version: u32,
    old: Side<'a>,
    new: Side<'a>,
    advice: Advised<'a>,
    counts: Counts,
    changes: Vec<One<'a>>,
    waived: Vec<Waived<'a>>,
    callers: Option<Called<'a>>,
}

/// What a workspace of callers meets.
#[derive(Serialize)]
struct Called<'a> {
    name: &'a str,
    errors: Vec<Met<'a>>,
    silent: Vec<Met<'a>>,
}

/// A place in a caller, with the key of the change that it comes from.
#[derive(Serialize)]
struct Met<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    message: &'a str,
    change: Option<String>,
}

/// How many changes each level has.
#[derive(Serialize)]
struct Counts {
    silent: usize,
    build: usize,
    running: usize,
    caution: usize,
    adds: usize,
    deprecates: usize,
    docs: usize,
    none: usize,
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    version: &'a str,
    operations: usize,
    schemas: usize,
}

#[derive(Serialize)]
struct Advised<'a> {
    current: &'a str,
    next: Option<&'a str>,
    actual: &'a str,
    step: &'static str,
    standing: &'static str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Waived<'a> {
    #[serde(flatten)]
    change: One<'a>,
    reason: &'a str,
}

#[derive(Serialize)]
struct One<'a> {
    key: String,
    id: &'static str,
    group: &'static str,
    level: &'static str,
    build: &'static str,
    running: &'static str,
    cause: &'static str,
    side: &'static str,
    message: &'a str,
    before: Option<Shown<'a>>,
    after: Option<Shown<'a>>,
    items_before: &'a [String],
    items_after: &'a [String],
    operations: &'a [String],
    /// What to paste into `waivers.yaml`, of changes by which something fails or may.
    waiver: Option<String>,
}

#[derive(Serialize)]
struct Shown<'a> {
    path: &'a str,
    code: &'a str,
    wire: &'a str,
    place: Option<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

fn counts(changes: &[Change]) -> Counts {
    let of = |level| of_level(changes, level).count();
    Counts {
        silent: of(Level::Silent),
        build: of(Level::Build),
        running: of(Level::Running),
        caution: of(Level::Caution),
        adds: of(Level::Adds),
        deprecates: of(Level::Deprecates),
        docs: of(Level::Docs),
        none: of(Level::None),
    }
}

fn edition<'a>(edition: &'a Edition<'_>) -> Side<'a> {
    let Edition { name, sources: _, version, operations, schemas } = edition;
    Side { name, version, operations: *operations, schemas: *schemas }
}

fn advised(advice: &Advice) -> Advised<'_> {
    let Advice { current, next, actual, bump, standing, reason } = advice;
    Advised {
        current,
        next: Some(&**next).filter(|next| !next.is_empty()),
        actual,
        step: bump.word(),
        standing: standing.word(),
        reason,
    }
}

fn of_callers(callers: &Callers) -> Called<'_> {
    let Callers { name, broken, unexplained, silent } = callers;
    let unknown = unexplained.iter().map(|site| met(None, site));
    Called {
        name,
        errors: all_met(broken).chain(unknown).collect(),
        silent: all_met(silent).collect(),
    }
}

fn all_met(list: &[(Change, Vec<Site>)]) -> impl Iterator<Item = Met<'_>> {
    list.iter().flat_map(|(change, sites)| {
        let key = change.key();
        sites.iter().map(move |site| met(Some(key.clone()), site))
    })
}

fn met(change: Option<String>, site: &Site) -> Met<'_> {
    let Site { file, line, column, message } = site;
    Met { file, line: *line, column: *column, message, change }
}

fn one<'a>(review: &'a Review<'_>, change: &'a Change) -> One<'a> {
    let Change { id, build, running, cause, side, before, after, message, .. } = change;
    let level = change.level();
    One {
        key: change.key(),
        id: id.name(),
        group: id.group().name(),
        level: level.word(),
        build: build.word(),
        running: running.word(),
        cause: cause.word(),
        side: side.word(),
        message,
        before: before.as_ref().map(|thing| shown(thing, &review.old)),
        after: after.as_ref().map(|thing| shown(thing, &review.new)),
        items_before: &change.items_before,
        items_after: &change.items_after,
        operations: &change.operations,
        waiver: DANGEROUS.contains(&level).then(|| waivers::entry(change)),
    }
}

fn shown<'a>(thing: &'a Thing, edition: &'a Edition<'_>) -> Shown<'a> {
    let Thing { path, code, wire, span } = thing;
    let place = span.and_then(|span| place(span, edition));
    Shown { path, code, wire, place }
}

fn place<'a>(span: Span, edition: &'a Edition<'_>) -> Option<Place<'a>> {
    let source = edition.sources.get(span.file)?;
    let (line, column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    Some(Place { file: &source.path, line, column, end_line, end_column })
}
