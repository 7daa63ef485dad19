//! Whether the generator itself is another one: the runtime's files that both sides committed tell.
//!
//! A crate has only the parts of the runtime that its document has a use for, so another document
//! can bring other files, too. What the generator of today makes of the old document settles it: if
//! that is what was committed, the generator is the same.

use std::collections::{BTreeMap, BTreeSet};

use super::Loaded;
use crate::diff::{Build, Cause, Change, Id, Running, Side};
use crate::files::Place;
use crate::generate_from;

/// Where the runtime is in a crate.
const RUNTIME: &str = "src/runtime";

/// Texts by path.
type Texts = BTreeMap<String, String>;

/// The change of the generator, if there is one.
pub(super) fn change(old: &Loaded<'_>, new: &Loaded<'_>) -> Option<Change> {
    let (was, is) = (committed(old)?, committed(new)?);
    if was == is || was.is_empty() || is.is_empty() || was == made(old)? {
        return None;
    }
    let paths: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let count = paths.iter().filter(|path| was.get(**path) != is.get(**path)).count();
    let (before, after) = (public(&was), public(&is));
    let build = if before.difference(&after).next().is_some() {
        Build::MayBreak
    } else if before == after {
        Build::Same
    } else {
        Build::Adds
    };
    Some(Change {
        id: Id::GeneratorChanged,
        build,
        // What was compiled has the old runtime in it.
        running: Running::Same,
        cause: Cause::Generator,
        side: Side::None,
        before: None,
        after: None,
        message: match count {
            1 => "one file of the runtime is another one".to_owned(),
            _ => format!("{count} files of the runtime are others"),
        },
        items_before: Vec::new(),
        items_after: Vec::new(),
        operations: Vec::new(),
    })
}

/// The runtime's files of the crate that a side committed. What cannot be read says nothing.
fn committed(side: &Loaded<'_>) -> Option<Texts> {
    let out = side.out.as_ref()?;
    let runtime = Place { store: out.store, path: out.path.join(RUNTIME) };
    runtime.texts().ok().map(|texts| texts.into_iter().collect())
}

/// The runtime's files as the generator of today makes them.
fn made(side: &Loaded<'_>) -> Option<Texts> {
    let input = &side.input;
    let made = generate_from(&input.sources, input.trees.clone(), &side.config).ok()?;
    let inside = |(path, text): (&str, &str)| {
        let path = path.strip_prefix(RUNTIME)?.strip_prefix('/')?;
        Some((path.to_owned(), text.to_owned()))
    };
    Some(made.files.iter().filter_map(inside).collect())
}

/// The lines that say what callers can use.
fn public(texts: &Texts) -> BTreeSet<&str> {
    let lines = texts.values().flat_map(|text| text.lines().map(str::trim));
    lines.filter(|line| line.starts_with("pub ")).collect()
}
