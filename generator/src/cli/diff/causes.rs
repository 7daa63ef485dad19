//! What was changed: the document, or the choices of `generator.yaml`.
//!
//! Three crates tell: the old document with the old choices, the new document with the old choices,
//! and the new document with the new ones. From the first to the second it is the document, from
//! there to the third the choices.

use super::{Loaded, Trouble, tell};
use crate::cli::sides::Origin;
use crate::diagnostic::Diagnostics;
use crate::diff::{self, Cause, Change, Planned};
use crate::format::Files;
use crate::{plan_and_generate_from, plan_from};

/// The three crates.
pub(super) struct Crates {
    pub(super) old: Planned,
    /// The new document with the old choices; `None` where the choices are the same, or where these
    /// cannot be had together.
    pub(super) middle: Option<Planned>,
    pub(super) new: Planned,
    /// The files of the new crate, where a committed one can be compared with them.
    pub(super) files: Option<Files>,
}

/// Plans them.
pub(super) fn plan(old: &Loaded<'_>, new: &Loaded<'_>) -> Result<Crates, Trouble> {
    let planned = |side: &Loaded<'_>| {
        plan_from(&side.input.sources, side.input.trees.clone(), &side.config)
            .map_err(|diagnostics| refused(side, diagnostics))
    };
    let old_crate = planned(old)?;
    let middle = middle(old, new);
    let (new, files) = match new.origin {
        Origin::Tree => {
            let trees = new.input.trees.clone();
            let made = plan_and_generate_from(&new.input.sources, trees, &new.config);
            let (planned, made) = made.map_err(|diagnostics| refused(new, diagnostics))?;
            (planned, Some(made.files))
        }
        Origin::File(_) | Origin::Commit { .. } => (planned(new)?, None),
    };
    Ok(Crates { old: old_crate, middle, new, files })
}

fn middle(old: &Loaded<'_>, new: &Loaded<'_>) -> Option<Planned> {
    let text = |side: &Loaded<'_>| {
        let source = side.input.sources.get(side.input.config);
        source.map(|source| source.text.replace("\r\n", "\n"))
    };
    if text(old) == text(new) {
        return None;
    }
    let planned = plan_from(&new.input.sources, new.input.trees.clone(), &old.config);
    if planned.is_err() {
        tell(format_args!(
            "note: the document of {} cannot be had with the choices of {}, so all changes count \
             as the document's",
            new.name, old.name
        ));
    }
    planned.ok()
}

fn refused(side: &Loaded<'_>, diagnostics: Diagnostics) -> Trouble {
    tell(format_args!("the document of {} is refused:", side.name));
    Trouble::Document { sources: side.input.sources.clone(), diagnostics }
}

/// All changes, each with its cause; without a crate in the middle, it is the document.
pub(in crate::cli) fn changes(
    old: &Planned,
    middle: Option<&Planned>,
    new: &Planned,
) -> Vec<Change> {
    let Some(middle) = middle else { return diff::diff(old, new) };
    let mut changes = diff::diff(old, middle);
    for mut change in diff::diff(middle, new) {
        change.cause = Cause::Config;
        // The crate in the middle has the places of the new document, and no report shows them as
        // those of the old one.
        if let Some(before) = &mut change.before {
            before.span = None;
        }
        changes.push(change);
    }
    changes.sort_by_key(Change::level);
    changes
}
