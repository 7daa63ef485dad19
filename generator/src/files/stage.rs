//! Building the new crate beside the old one, and putting it in place.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::swap::{link_or_copy, swap};
use super::{Changes, WriteError, io_error};
use crate::format::Files;

/// How the name of a staging folder begins.
pub(super) const PREFIX: &str = ".oasmith-stage-";

/// The manifest is replaced last: cargo sees the new crate when it is complete.
const LAST: &str = "Cargo.toml";

/// The folder of the crate, ours alone until it is dropped.
pub(super) struct Folder<'p> {
    out: &'p Path,
    /// The open folder, which holds the lock; `None` where folders cannot be opened, as on Windows.
    lock: Option<File>,
    /// Whether this run made the folder.
    created: bool,
}

impl<'p> Folder<'p> {
    /// Creates the folder if it is missing, locks it, and removes what a killed run has left.
    pub(super) fn open(out: &'p Path) -> Result<Self, WriteError> {
        let created = !out.exists();
        fs::create_dir_all(out).map_err(io_error("create the folder", out))?;
        let lock = File::open(out).ok();
        // A file system without locks is used without them.
        if matches!(lock.as_ref().map(File::try_lock), Some(Err(TryLockError::WouldBlock))) {
            return Err(WriteError::Busy { folder: out.to_owned() });
        }
        let entries = fs::read_dir(out).map_err(io_error("read the folder", out))?;
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(PREFIX) {
                // What cannot be removed does no harm, and the next run tries again.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(Self { out, lock, created })
    }

    /// Replaces the old crate by `files`; `changes` is what a survey found.
    pub(super) fn replace(&self, files: &Files, changes: &Changes) -> Result<(), WriteError> {
        if changes.is_empty() {
            return Ok(());
        }
        let files: BTreeMap<&str, &str> = files.iter().collect();
        let units = units(self.out, &files, changes);
        // Whatever fails from here on, the staging folder is removed when it is dropped.
        let stage = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(self.out)
            .map_err(io_error("write in", self.out))?;
        self.build(stage.path(), &units, &files, changes)?;
        self.swap(stage.path(), &units)
    }

    /// Builds all units below the staging folder.
    fn build(
        &self,
        stage: &Path,
        units: &[&str],
        files: &BTreeMap<&str, &str>,
        changes: &Changes,
    ) -> Result<(), WriteError> {
        let different: BTreeSet<&str> = changes.written().collect();
        for unit in units {
            create_parent(&stage.join(unit))?;
            for (path, text) in below(files, unit) {
                let staged = stage.join(path);
                create_parent(&staged)?;
                let written = if different.contains(path) {
                    fs::write(&staged, text)
                } else {
                    link_or_copy(&self.out.join(path), &staged)
                };
                written.map_err(io_error("write", &staged))?;
            }
        }
        Ok(())
    }

    /// Swaps unit by unit; takes the swaps back if one fails.
    fn swap(&self, stage: &Path, units: &[&str]) -> Result<(), WriteError> {
        for (done, unit) in units.iter().enumerate() {
            let place = self.out.join(unit);
            let Err(failure) = swap(&stage.join(unit), &place) else { continue };
            for unit in units.iter().take(done).rev() {
                let place = self.out.join(unit);
                swap(&stage.join(unit), &place)
                    .map_err(|source| WriteError::Torn { path: place, source })?;
            }
            return Err(io_error("replace", &place)(failure));
        }
        Ok(())
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        // Closing would not do: a process that another thread has just forked holds the open folder,
        // and so its lock, until it becomes its program.
        if let Some(lock) = &self.lock {
            let _ = lock.unlock();
        }
        if self.created {
            // Succeeds only if the folder is empty, because this run failed.
            let _ = fs::remove_dir(self.out);
        }
    }
}

/// The places to swap: for each name directly in the folder the deepest place that holds all that
/// differs there. A place moves up while its folder is still missing, or would become empty.
fn units<'p>(out: &Path, files: &BTreeMap<&str, &str>, changes: &'p Changes) -> Vec<&'p str> {
    let mut units: BTreeMap<&str, &str> = BTreeMap::new();
    for path in changes.written().chain(changes.removed.iter().map(String::as_str)) {
        let top = path.split('/').next().unwrap_or_default();
        let unit = units.entry(top).or_insert(path);
        *unit = shared(unit, path);
    }
    for unit in units.values_mut() {
        while let Some((parent, _)) = unit.rsplit_once('/')
            && (below(files, parent).next().is_none() || !out.join(parent).is_dir())
        {
            *unit = parent;
        }
    }
    let mut units: Vec<_> = units.into_values().collect();
    units.sort_by_key(|unit| *unit == LAST);
    units
}

/// The longest path that leads to both.
fn shared<'p>(one: &'p str, other: &str) -> &'p str {
    let pairs = one.split('/').zip(other.split('/'));
    let length: usize =
        pairs.take_while(|(one, other)| one == other).map(|(name, _)| name.len() + 1).sum();
    one.get(..length.saturating_sub(1)).unwrap_or(one)
}

/// The file at a place, or all files below it.
fn below<'f>(
    files: &BTreeMap<&'f str, &'f str>,
    place: &'f str,
) -> impl Iterator<Item = (&'f str, &'f str)> {
    files
        .range(place..)
        .map(|(path, text)| (*path, *text))
        .take_while(move |(path, _)| path.starts_with(place))
        .filter(move |(path, _)| matches!(path.as_bytes().get(place.len()), None | Some(b'/')))
}

fn create_parent(path: &Path) -> Result<(), WriteError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(io_error("create the folder", parent))
}
