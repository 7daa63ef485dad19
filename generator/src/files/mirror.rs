//! A workspace in another place, made of links, in which one folder holds something else.
//!
//! Who compiles the mirror compiles the workspace as it is, but for that folder; neither its files nor
//! its lock file are touched. All folders above are mirrored as well, so that relative paths that lead
//! out of the workspace lead to the same files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::TempDir;

use super::{Mode, WriteError, io_error, path, write};
use crate::format::Files;

/// What is in a workspace and belongs to who compiles it.
const TARGET: &str = "target";

/// The lock file, which is copied, for cargo writes to it.
const LOCK: &str = "Cargo.lock";

/// The mirror; it goes when it is dropped.
#[derive(Debug)]
pub struct Mirror {
    scratch: TempDir,
    /// The folder that holds something else, as it is called in the file system.
    replaced: Option<PathBuf>,
}

impl Mirror {
    /// Mirrors a workspace; both paths are those that the file system has for them.
    ///
    /// # Errors
    /// [`WriteError::Io`], also where the system has no symbolic links.
    pub fn new(workspace: &Path, replaced: Option<&Path>) -> Result<Self, WriteError> {
        let here = std::env::temp_dir();
        let scratch = tempfile::Builder::new().prefix("oasmith-callers-").tempdir();
        let scratch = scratch.map_err(io_error("write in", &here))?;
        let mirror = Self { scratch, replaced: replaced.map(Path::to_owned) };
        // These are folders of their own; all else is a link.
        let made: BTreeSet<&Path> =
            workspace.ancestors().chain(replaced.into_iter().flat_map(Path::ancestors)).collect();
        for folder in &made {
            let mirrored = mirror.place(folder);
            fs::create_dir_all(&mirrored).map_err(io_error("create the folder", &mirrored))?;
            // A folder above may be closed to us, and then nothing there is needed by name.
            let Ok(entries) = fs::read_dir(folder) else { continue };
            for entry in entries.flatten() {
                let (name, real) = (entry.file_name(), entry.path());
                let text = name.to_string_lossy();
                let is_left = made.contains(real.as_path())
                    || (*folder == workspace && (text == TARGET || text == LOCK))
                    || (replaced == Some(*folder) && (!path::is_reserved(&text) || text == TARGET));
                if !is_left {
                    let place = mirrored.join(&name);
                    link(&real, &place).map_err(io_error("link", &place))?;
                }
            }
        }
        let lock = workspace.join(LOCK);
        if lock.is_file() {
            let copy = mirror.place(&lock);
            fs::copy(&lock, &copy).map_err(io_error("write", &copy))?;
        }
        Ok(mirror)
    }

    /// Where a path is in the mirror.
    pub fn place(&self, real: &Path) -> PathBuf {
        let mut place = self.scratch.path().join("mirror");
        // Without the root, and the drive of Windows.
        place.extend(real.components().filter(|part| matches!(part, Component::Normal(_))));
        place
    }

    /// Writes what the folder holds instead, and tells where; it lies apart if none was named.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn replace(&self, files: &Files) -> Result<PathBuf, WriteError> {
        let folder = match &self.replaced {
            Some(replaced) => self.place(replaced),
            None => self.scratch.path().join("crate"),
        };
        write(&folder, files, Mode::Write)?;
        Ok(folder)
    }

    /// A folder for what is compiled.
    pub fn target(&self) -> PathBuf {
        self.scratch.path().join(TARGET)
    }
}

#[cfg(unix)]
fn link(real: &Path, place: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(real, place)
}

#[cfg(windows)]
fn link(real: &Path, place: &Path) -> io::Result<()> {
    if real.is_dir() {
        std::os::windows::fs::symlink_dir(real, place)
    } else {
        std::os::windows::fs::symlink_file(real, place)
    }
}

#[cfg(not(any(unix, windows)))]
fn link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
