//! Reading one side: the document with all its files, and the choices that hold for it.
//!
//! A revision has its own `generator.yaml`; a plain file has that of the working tree, and so has a
//! revision that is older than it. Where there is none at all, nothing is chosen, so that any two
//! documents can be compared.

use std::path::{Path, PathBuf};

use super::{Inputs, Origin, Side, Trouble};
use crate::config::{self, Config};
use crate::files::{self, Input, Place, ReadError, Store};
use crate::yaml;

/// What stands in for a missing `generator.yaml`.
const NOTHING_CHOSEN: &str = "package: {name: client, version: 0.1.0}\n";

/// One side, read.
pub(in crate::cli) struct Loaded<'a> {
    /// What reports call it.
    pub(in crate::cli) name: String,
    pub(in crate::cli) origin: &'a Origin,
    pub(in crate::cli) input: Input,
    pub(in crate::cli) config: Config,
    /// The folder of the crate that was made of it, where it is known.
    pub(in crate::cli) out: Option<Place<'a>>,
    /// What was not there, and what was taken in its place.
    pub(in crate::cli) notes: Vec<String>,
}

/// Which choices a user named.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Choices {
    /// None: the usual file, if it is there.
    Usual,
    /// A file, which must be there.
    Named,
}

/// Reads a side.
pub(in crate::cli) fn load<'a>(
    side: &'a Side,
    inputs: &Inputs,
    choices: Choices,
) -> Result<Loaded<'a>, Trouble> {
    let Inputs { spec, root, overlays, config, out } = inputs;
    let mut notes = Vec::new();
    let disk = |paths: &[PathBuf]| paths.iter().map(Place::disk).collect();
    let (spec, root, overlays, config, out) = match &side.origin {
        Origin::Tree => {
            let config = working(config, choices);
            (Place::disk(spec), root.clone(), disk(overlays), config, Some(Place::disk(out)))
        }
        // Its own folder is the root of its files.
        Origin::File(file) => {
            (Place::disk(file), None, disk(overlays), working(config, choices), None)
        }
        Origin::Commit { commit, repository, spec: own } => {
            let at = |path: &Path| {
                let place = repository.place(path).map(PathBuf::from);
                place.map(|path| Place { store: Store::Commit(commit), path })
            };
            let outside = || {
                let (spec, top) = (spec.display(), repository.top().display());
                Trouble::Usage(format!("{spec} is not in the repository {top}; use --spec"))
            };
            let document = match own {
                Some(path) => Place { store: Store::Commit(commit), path: path.clone() },
                None => at(spec).ok_or_else(outside)?,
            };
            let root = match own {
                Some(_) => None,
                None => root.as_deref().and_then(at).map(|place| place.path),
            };
            let config = at(config).filter(Place::is_file).unwrap_or_else(|| {
                let (name, config) = (&side.name, config.display());
                notes.push(format!("{name} has no {config}; that of the working tree holds"));
                working(&inputs.config, choices)
            });
            let out = own.is_none().then(|| at(out)).flatten();
            let overlays = overlays_at(side, overlays, at, &mut notes);
            (document, root, overlays, config, out)
        }
    };
    let input = files::read_sources_at(&spec, root.as_deref(), &overlays, &config)?;
    let read = yaml::parse(&input.sources, input.config).and_then(|root| config::read(&root));
    let config = match read {
        Ok(config) => config,
        Err(diagnostics) => {
            return Err(ReadError::Document { sources: input.sources, diagnostics }.into());
        }
    };
    Ok(Loaded { name: side.name.clone(), origin: &side.origin, input, config, out, notes })
}

/// The choices of the working tree.
fn working(config: &Path, choices: Choices) -> Place<'static> {
    if choices == Choices::Named || config.is_file() {
        return Place::disk(config);
    }
    Place { store: Store::Text(NOTHING_CHOSEN), path: config.to_owned() }
}

/// The overlays of a commit. One that is younger does not belong to it.
fn overlays_at<'a>(
    side: &Side,
    overlays: &[PathBuf],
    at: impl Fn(&Path) -> Option<Place<'a>>,
    notes: &mut Vec<String>,
) -> Vec<Place<'a>> {
    let mut found = Vec::new();
    for overlay in overlays {
        match at(overlay) {
            Some(place) if place.is_file() => found.push(place),
            Some(_) => {
                let (name, overlay) = (&side.name, overlay.display());
                notes.push(format!("{name} has no overlay {overlay}, and goes without it"));
            }
            // What is outside of the repository has no revisions.
            None => found.push(Place::disk(overlay)),
        }
    }
    found
}
