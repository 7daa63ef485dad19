//! Why a comparison came to no end, and how that is told.

use std::io;
use std::path::PathBuf;

use super::MessageFormat;
use super::report::{Faults, tell};
use crate::diagnostic::Diagnostics;
use crate::files::{GitError, ReadError, WriteError};
use crate::source::Sources;

/// Why there is no review.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What was asked for makes no sense.
    Usage(String),
    Git(GitError),
    Read(ReadError),
    Document {
        sources: Sources,
        diagnostics: Diagnostics,
    },
    Write(WriteError),
    /// The workspace of callers cannot be checked.
    Callers {
        path: PathBuf,
        message: String,
    },
    Output {
        path: PathBuf,
        error: io::Error,
    },
}

impl Trouble {
    pub(super) fn tell(&self) {
        match self {
            Self::Usage(message) => tell(format_args!("error: {message}")),
            Self::Git(error) => tell(format_args!("error: {error}")),
            Self::Read(error) => tell(format_args!("error: {error}")),
            Self::Write(error) => tell(format_args!("error: {error}")),
            Self::Document { sources, diagnostics } => {
                Faults { format: MessageFormat::Human }.tell(diagnostics, sources);
            }
            Self::Callers { path, message } => {
                tell(format_args!(
                    "error: cannot check the callers in {}: {message}",
                    path.display()
                ));
            }
            Self::Output { path, error } => {
                tell(format_args!("error: cannot write {}: {error}", path.display()));
            }
        }
    }
}

impl From<GitError> for Trouble {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Document { sources, diagnostics } => Self::Document { sources, diagnostics },
            ReadError::Io { .. } => Self::Read(error),
        }
    }
}
