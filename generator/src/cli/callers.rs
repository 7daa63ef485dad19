//! `--callers`: whether a workspace that uses the crate compiles against the new one.
//!
//! `cargo check` runs on a mirror of the workspace (`files/mirror.rs`) in which the crate is the new
//! one. Each error is joined to the change that caused it, by the names at its place; what does not
//! compile with the old crate either is left out. For changes that no compiler sees, the places in the
//! sources where their names stand are listed.

mod check;
mod join;
mod uses;
mod workspace;

use std::fmt::Write as _;
use std::path::Path;

use super::sides::Loaded;
use super::trouble::Trouble;
use crate::diff::{Change, Level};
use crate::files::Mirror;
use crate::generate_from;
use check::Fault;
use workspace::Workspace;

/// How many places are listed for a change.
const MOST_PLACES: usize = 10;

/// What a workspace has to say to the new crate.
pub(super) struct Callers {
    /// What messages call the workspace.
    name: String,
    /// The changes that errors come from, each with its errors.
    broken: Vec<(Change, Vec<Fault>)>,
    /// The errors that no change explains.
    unexplained: Vec<Fault>,
    /// The silent changes that are used, each with the places.
    silent: Vec<(Change, Vec<String>)>,
}

/// Compiles a workspace against the crates of both sides.
pub(super) fn callers(
    path: &Path,
    sides: [&Loaded<'_>; 2],
    changes: &[Change],
) -> Result<Callers, Trouble> {
    let [old, new] = sides;
    // Whoever depends on the old version would not get the new one, whatever it can do.
    let package = &old.config.package;
    let made = |side: &Loaded<'_>| {
        let mut config = side.config.clone();
        config.package.name.clone_from(&package.name);
        config.package.version.clone_from(&package.version);
        let made = generate_from(&side.input.sources, side.input.trees.clone(), &config);
        let sources = &side.input.sources;
        made.map(|made| made.files)
            .map_err(|diagnostics| Trouble::Document { sources: sources.clone(), diagnostics })
    };
    let (old, new) = (made(old)?, made(new)?);
    let workspace = Workspace::find(path, &package.name)?;
    let mirror = Mirror::new(&workspace.root, workspace.replaced()).map_err(Trouble::Write)?;
    let krate = mirror.replace(&new).map_err(Trouble::Write)?;
    let mut faults = check::check(&workspace, &mirror, &krate)?;
    if !faults.is_empty() {
        mirror.replace(&old).map_err(Trouble::Write)?;
        let before = check::check(&workspace, &mirror, &krate)?;
        faults.retain(|fault| !before.iter().any(|other| other.is_same(fault)));
    }
    let mut broken: Vec<(Change, Vec<Fault>)> = Vec::new();
    let mut unexplained = Vec::new();
    for fault in faults {
        let Some(change) = join::cause(&fault, changes) else {
            unexplained.push(fault);
            continue;
        };
        match broken.iter_mut().find(|(other, _)| other == change) {
            Some((_, faults)) => faults.push(fault),
            None => broken.push((change.clone(), vec![fault])),
        }
    }
    let sources = uses::sources(&workspace);
    let silent = changes.iter().filter(|change| change.level() == Level::Silent);
    let silent = silent.filter_map(|change| {
        let places = uses::uses(change, &sources);
        (!places.is_empty()).then(|| (change.clone(), places))
    });
    let silent = silent.collect();
    Ok(Callers { name: path.display().to_string(), broken, unexplained, silent })
}

impl Callers {
    /// Whether the workspace does not compile any more.
    pub(super) fn is_broken(&self) -> bool {
        !self.broken.is_empty() || !self.unexplained.is_empty()
    }

    /// What there is to say, as a list that reads well on a terminal and as Markdown.
    pub(super) fn text(&self) -> String {
        let Self { name, broken, unexplained, silent } = self;
        let mut text = format!("## Callers in {name}\n\n");
        if !self.is_broken() {
            text.push_str("They compile against the new crate.\n");
        }
        for (change, faults) in broken {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "- {}: `{}`: {}", change.id, change.path(), change.message);
            list(
                &mut text,
                faults.iter().map(|fault| format!("`{}` {}", fault.place, fault.title())),
            );
        }
        if !unexplained.is_empty() {
            text.push_str("- no change explains these errors:\n");
            let shown = |fault: &Fault| format!("`{}` {}", fault.place, fault.title());
            list(&mut text, unexplained.iter().map(shown));
        }
        if !silent.is_empty() {
            text.push_str("\nThese compile, and are wrong at run time where they are used:\n\n");
        }
        for (change, places) in silent {
            let _ = writeln!(text, "- {}: `{}`: {}", change.id, change.path(), change.message);
            list(&mut text, places.iter().map(|place| format!("`{place}`")));
        }
        text
    }
}

fn list(text: &mut String, lines: impl ExactSizeIterator<Item = String>) {
    let more = lines.len().saturating_sub(MOST_PLACES);
    for line in lines.take(MOST_PLACES) {
        let _ = writeln!(text, "  - {line}");
    }
    if more > 0 {
        let _ = writeln!(text, "  - and {more} more");
    }
}
