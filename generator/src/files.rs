//! Reading the sources and writing the crate: the only room that touches the file system, and git.
//!
//! # What is ours
//! In the folder of the crate, a file belongs to the generator if one of its first lines says
//! `@generated` and `oasmith`. Only such files are replaced or removed (and empty ones, which hold
//! nothing). `tests/`, `examples/`, `benches/`, `target/`, `Cargo.lock`, `CHANGELOG.md` and
//! `.git*` are for others and are never looked at. Anything else that is not ours, and any symbolic link, is
//! foreign: the folder is refused as it is.
//!
//! # How a crate is replaced
//! 1. *Survey*: the folder is compared with the new files, byte by byte but for the ends
//!    of lines, which a checkout may change. If nothing differs, nothing is written, and no time
//!    stamp changes.
//! 2. *Units*: what differs is covered by a few places, at most one for each name directly in the
//!    folder: `Cargo.toml`, and for `src` the deepest folder (or the one file) that holds all changes.
//! 3. *Stage*: each unit is built, complete, in a staging folder beside the old ones. Files that
//!    stay the same are hard links to the old ones, so they keep their time stamps and cargo
//!    rebuilds nothing for them. A full disk shows here.
//! 4. *Swap*: each unit changes places with the old one by one atomic exchange, `Cargo.toml` last.
//!    A swap undoes itself when done again, so after a failure the swaps so far are taken back.
//! 5. The staging folder, which now holds the old crate, is removed.
//!
//! A run that is killed before step 4 leaves the old crate and a staging folder that the next run
//! removes; after step 4, the new crate. In step 4 one exchange is all that happens to `src`, so it
//! is never seen in parts. Only between two exchanges, which is the time of a system call, can a
//! kill leave a new `src` with an old `Cargo.toml`, or a new `GAPS.md` with an old `src`; the next
//! run sees the difference and completes the crate. Where the system has no exchange (Windows, some
//! network file systems), a folder is replaced by two renames instead of one.
//!
//! Files are not forced to the disk one by one: that takes seconds for a large crate, and protects
//! only against a power cut right after the run. What that leaves, mostly empty files, the next run
//! sees and repairs.

mod blobs;
mod git;
mod input;
mod mirror;
mod path;
mod stage;
mod store;
mod survey;
mod swap;

use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

pub use git::{Commit, GitError, Repository};
pub use input::{Input, MAX_SIZE, ReadError, read_sources, read_sources_at};
pub use mirror::Mirror;
pub use store::{Place, Store};

use crate::format::Files;

/// What a foreign file is that could be ours by its name.
pub const UNMARKED: &str = "no `@generated` line";

/// What to do about differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bring the folder up to date.
    Write,
    /// Only tell them.
    Check,
}

/// What differs between the folder and the files; paths are relative, with `/`, and sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files that are not there yet.
    pub added: Vec<String>,
    /// Files of ours with another content.
    pub changed: Vec<String>,
    /// Files of an earlier run that are not made any more.
    pub removed: Vec<String>,
    /// The first few files and links that are not ours, with what they are. With [`Mode::Write`]
    /// always empty: they are an error.
    pub foreign: Vec<String>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

impl Changes {
    /// Whether the folder is (or was) as it should be.
    pub fn is_empty(&self) -> bool {
        let Self { added, changed, removed, foreign, unchanged: _ } = self;
        [added, changed, removed, foreign].iter().all(|paths| paths.is_empty())
    }

    /// The files that are (or were) written.
    pub fn written(&self) -> impl Iterator<Item = &str> {
        self.added.iter().chain(&self.changed).map(String::as_str)
    }
}

/// Why the crate was not written. Except after [`WriteError::Torn`], the folder is as it was before.
#[derive(Debug)]
pub enum WriteError {
    /// A path of the generator's is not a plain relative path. This is a fault of the generator.
    Path {
        /// The path.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The folder holds files that the generator did not write.
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first of them, at most ten, and a last line if there are more.
        files: Vec<String>,
    },
    /// Another run is writing to the folder.
    Busy {
        /// The folder.
        folder: PathBuf,
    },
    /// The operating system refused.
    Io {
        /// What was tried, such as `write`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// The operating system refused in the middle of the swaps, and then to undo them.
    Torn {
        /// The place that was not undone.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path { path, reason } => {
                write!(f, "the generator made the path {path:?}, which {reason}")
            }
            Self::Foreign { folder, files } => {
                write!(f, "{} holds what oasmith did not write:", folder.display())?;
                files.iter().try_for_each(|file| write!(f, "\n  {file}"))?;
                f.write_str("\nmove it away, or choose another folder; nothing was changed")
            }
            Self::Busy { folder } => {
                write!(f, "another run is writing to {}; nothing was changed", folder.display())
            }
            Self::Io { action, path, source } => {
                let path = path.display();
                write!(f, "cannot {action} {path}: {source}; the crate is as it was before")
            }
            Self::Torn { path, source } => {
                let path = path.display();
                write!(f, "cannot restore {path}: {source}; run again to complete the crate")
            }
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Torn { source, .. } => Some(source),
            Self::Path { .. } | Self::Foreign { .. } | Self::Busy { .. } => None,
        }
    }
}

/// Makes the folder `out` hold exactly `files`, or tells what differs; see the top of this file.
///
/// # Errors
/// [`WriteError`]; the folder is then as it was before, as far as the system lets us.
pub fn write(out: &Path, files: &Files, mode: Mode) -> Result<Changes, WriteError> {
    path::check(files)?;
    match mode {
        Mode::Check => survey::survey(out, files),
        Mode::Write => {
            let folder = stage::Folder::open(out)?;
            let changes = survey::survey(out, files)?;
            if !changes.foreign.is_empty() {
                let folder = out.to_owned();
                return Err(WriteError::Foreign { folder, files: changes.foreign });
            }
            folder.replace(files, &changes)?;
            Ok(changes)
        }
    }
}

/// Replaces one text, at once: whoever reads it sees the old one or the new one.
///
/// # Errors
/// [`WriteError::Io`]; the file is then as it was before.
pub fn write_text(path: &Path, text: &str) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let write = || {
        let mut file = tempfile::Builder::new().prefix(stage::PREFIX).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        // A temporary file is for its owner alone.
        if let Ok(about) = std::fs::metadata(path) {
            file.as_file().set_permissions(about.permissions())?;
        }
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(io_error("write", path))
}

/// Turns an error of the operating system into ours.
fn io_error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    move |source| WriteError::Io { action, path: path.to_owned(), source }
}
