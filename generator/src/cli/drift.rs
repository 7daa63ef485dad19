//! Why the crate is not what the document makes: each file by name, with the first lines that differ.
//!
//! Who changed a file cannot be seen in it. So it is compared with three texts: what the document
//! makes now, what the document of `HEAD` makes, and what `HEAD` holds.
//!
//! | the file | is called |
//! | --- | --- |
//! | is what the document of `HEAD` makes | stale |
//! | is another text than `HEAD` holds, where both documents make the same one | edited by hand |
//! | has lost the line that marks generated files | edited by hand |
//! | is what `HEAD` holds, where both documents make the same one | committed so: edited by hand before, or made by another generator |
//! | is none of the three | of neither document: edited by hand, or made in between |
//! | is not there | missing |
//! | is not made, but the document of `HEAD` makes it | not made any more |
//! | is made by neither, and marked as generated | stray |
//! | is not made, and not marked | not ours |
//!
//! Without git, files that differ are only said to differ.

mod before;
mod lines;

use std::fmt;

use serde::Serialize;

use super::Inputs;
use super::report::tell;
use crate::files::{Changes, Place, UNMARKED};
use crate::format::Files;
use before::Before;
use lines::Difference;

/// How many files of a kind are listed for people.
const MOST_FILES: usize = 20;

/// All that differs.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Drift {
    files: Vec<Drifted>,
}

/// A file that is not as it should be.
#[derive(Clone, Debug, Serialize)]
struct Drifted {
    file: String,
    kind: Kind,
    #[serde(flatten)]
    difference: Option<Difference>,
}

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Stale,
    Edited,
    CommittedSo,
    OfNeither,
    Differs,
    Missing,
    NotMade,
    Stray,
    Foreign,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Stale,
        Self::Edited,
        Self::CommittedSo,
        Self::OfNeither,
        Self::Differs,
        Self::Missing,
        Self::NotMade,
        Self::Stray,
        Self::Foreign,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Stale => "stale",
            Self::Edited => "edited by hand",
            Self::CommittedSo => "committed so, edited by hand before or made by another generator",
            Self::OfNeither => "of neither document, edited by hand or made in between",
            Self::Differs => "differs",
            Self::Missing => "missing",
            Self::NotMade => "not made any more",
            Self::Stray => "stray",
            Self::Foreign => "not ours, move it away first",
        }
    }
}

impl Drift {
    /// Looks at what differs: `files` is what the document makes.
    pub fn of(inputs: &Inputs, files: &Files, changes: &Changes) -> Self {
        let Changes { added, changed, removed, foreign, unchanged: _ } = changes;
        let (unmarked, foreign): (Vec<&str>, Vec<&str>) = foreign
            .iter()
            .map(|shown| shown.strip_suffix(&format!(" ({UNMARKED})")).unwrap_or(shown))
            .partition(|path| files.get(path).is_some());
        if changed.is_empty() && removed.is_empty() && unmarked.is_empty() {
            return Self { files: rest(added, &foreign).collect() };
        }
        let before = before::before(inputs);
        let mut found = Vec::new();
        let differing = changed.iter().map(|path| (path.as_str(), None));
        let unmarked = unmarked.into_iter().map(|path| (path, Some(Kind::Edited)));
        for (path, kind) in differing.chain(unmarked) {
            let is = Place::disk(inputs.out.join(path)).text().unwrap_or_default();
            let made = files.get(path).unwrap_or_default();
            let kind = kind.unwrap_or_else(|| match &before {
                Some(before) => compared(before, path, &is, made),
                None => Kind::Differs,
            });
            let difference = Some(lines::difference(&is, made));
            found.push(Drifted { file: path.to_owned(), kind, difference });
        }
        for path in removed {
            let is_known = before.as_ref().is_some_and(|before| before.makes(path).is_some());
            let kind = if is_known { Kind::NotMade } else { Kind::Stray };
            found.push(Drifted { file: path.clone(), kind, difference: None });
        }
        found.extend(rest(added, &foreign));
        Self { files: found }
    }
}

/// What is missing, and what is not ours.
fn rest(missing: &[String], foreign: &[&str]) -> impl Iterator<Item = Drifted> {
    let missing = missing.iter().map(|path| (path.clone(), Kind::Missing));
    let foreign = foreign.iter().map(|path| ((*path).to_owned(), Kind::Foreign));
    missing.chain(foreign).map(|(file, kind)| Drifted { file, kind, difference: None })
}

/// Compares a file with what there was; the table at the head of this file tells how.
fn compared(before: &Before, path: &str, is: &str, made: &str) -> Kind {
    let was_made = before.makes(path);
    if was_made == Some(is) {
        return Kind::Stale;
    }
    let is_committed = before.holds(path).is_some_and(|committed| committed == is);
    match (was_made == Some(made), is_committed) {
        (true, true) => Kind::CommittedSo,
        (true, false) => Kind::Edited,
        (false, _) => Kind::OfNeither,
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in Kind::ALL {
            let words = kind.words();
            let of_kind = || self.files.iter().filter(move |file| file.kind == kind);
            for Drifted { file, difference, .. } in of_kind().take(MOST_FILES) {
                write!(f, "\n  {words}: {file}")?;
                if let Some(difference) = difference {
                    write!(f, "{difference}")?;
                }
            }
            if let Some(more @ 1..) = of_kind().count().checked_sub(MOST_FILES) {
                write!(f, "\n  {words}: {more} more")?;
            }
        }
        Ok(())
    }
}

/// Tells that the crate is not what the document makes, where, and what to run.
pub(super) fn tell_drift(inputs: &Inputs, drift: &Drift, command: &str) {
    tell(format_args!("error: {}{drift}", drifted(inputs)));
    tell(format_args!("run this to bring it up to date: {command}"));
}

/// That the crate is not what the document makes.
pub(super) fn drifted(inputs: &Inputs) -> String {
    let Inputs { spec, config, out, root: _, overlays: _ } = inputs;
    format!("{} is not what {} and {} make", out.display(), spec.display(), config.display())
}
