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

use std::path::Path;

use super::sides::Loaded;
use super::trouble::Trouble;
use crate::diff::{Change, Level};
use crate::files::Mirror;
use crate::generate_from;
use crate::review::{Callers, Site};
use workspace::Workspace;

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
    let mut broken: Vec<(Change, Vec<Site>)> = Vec::new();
    let mut unexplained = Vec::new();
    for fault in faults {
        let Some(change) = join::cause(&fault, changes) else {
            unexplained.push(fault.site);
            continue;
        };
        match broken.iter_mut().find(|(other, _)| other == change) {
            Some((_, places)) => places.push(fault.site),
            None => broken.push((change.clone(), vec![fault.site])),
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
