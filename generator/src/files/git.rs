//! Asking git: what a revision is, and what its commit holds.
//!
//! `git` runs as a child process, so that what counts is the git that the user has, with its
//! configuration. Nothing is written to the repository, not even its index.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::blobs::Blobs;
use super::store::Content;

/// A repository with its working tree.
#[derive(Clone, Debug)]
pub struct Repository {
    top: PathBuf,
}

/// A commit whose files can be read; their paths lead from the root of the repository.
#[derive(Debug)]
pub struct Commit {
    /// What messages call it: the revision as the user gave it.
    pub name: String,
    /// The whole hash.
    pub id: String,
    repository: Repository,
    /// The child that is asked for files, one after the other.
    blobs: RefCell<Blobs>,
}

/// Why git gave no answer.
#[derive(Debug)]
pub enum GitError {
    /// There is no program `git`, or it does not start.
    Missing(io::Error),
    /// The folder belongs to no working tree.
    Outside {
        /// The folder.
        folder: PathBuf,
        /// What git says.
        reason: String,
    },
    /// No commit has this name.
    Unknown {
        /// The revision.
        revision: String,
    },
    /// Git failed at something that it can do as a rule.
    Failed {
        /// What was asked.
        asked: String,
        /// What git says.
        reason: String,
    },
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(error) => {
                write!(f, "cannot run git, which tells what a revision holds: {error}")
            }
            Self::Outside { folder, reason } => {
                write!(f, "{} is in no git repository: {reason}", folder.display())
            }
            Self::Unknown { revision } => {
                write!(f, "`{revision}` is neither a file nor a revision that git knows")
            }
            Self::Failed { asked, reason } => write!(f, "git {asked} failed: {reason}"),
        }
    }
}

impl std::error::Error for GitError {}

impl Repository {
    /// The repository that a folder lies in.
    ///
    /// # Errors
    /// [`GitError`] where there is no git, or no repository.
    pub fn around(folder: &Path) -> Result<Self, GitError> {
        let here = if folder == Path::new("") { Path::new(".") } else { folder };
        let output = run(here, &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            let reason = said(&output.stderr);
            return Err(GitError::Outside { folder: here.to_owned(), reason });
        }
        let top = PathBuf::from(said(&output.stdout));
        Ok(Self { top: top.canonicalize().unwrap_or(top) })
    }

    /// The root of the working tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// The hash of the commit that a revision names, if it names one.
    ///
    /// # Errors
    /// [`GitError`] where git does not run.
    pub fn resolve(&self, revision: &str) -> Result<Option<String>, GitError> {
        // What begins so is a flag, and no ref can be called so.
        if revision.starts_with('-') || revision.is_empty() {
            return Ok(None);
        }
        self.ask(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
    }

    /// The answer to a question, without its line end; `None` if git says no.
    ///
    /// # Errors
    /// [`GitError`] where git does not run.
    pub fn ask(&self, arguments: &[&str]) -> Result<Option<String>, GitError> {
        let output = run(&self.top, arguments)?;
        Ok(output.status.success().then(|| said(&output.stdout)))
    }

    /// Opens a commit for reading.
    ///
    /// # Errors
    /// [`GitError`] where there is no such commit, or git does not run.
    pub fn commit(&self, revision: &str) -> Result<Commit, GitError> {
        let Some(id) = self.resolve(revision)? else {
            return Err(GitError::Unknown { revision: revision.to_owned() });
        };
        let blobs = Blobs::start(&mut command(&self.top)).map_err(GitError::Missing)?;
        let (repository, blobs) = (self.clone(), RefCell::new(blobs));
        Ok(Commit { name: revision.to_owned(), id, repository, blobs })
    }

    /// Whether any of the paths, which lead from the root, differs from `HEAD` or is not in it.
    ///
    /// # Errors
    /// [`GitError`] where git does not run.
    pub fn is_changed(&self, paths: &[String]) -> Result<bool, GitError> {
        let mut arguments = vec!["status", "--porcelain", "--untracked-files=all", "--"];
        arguments.extend(paths.iter().map(String::as_str));
        Ok(self.ask(&arguments)?.is_none_or(|listed| !listed.is_empty()))
    }

    /// A path as seen from the root of the repository; `None` for one outside.
    pub fn place(&self, path: &Path) -> Option<String> {
        let real = real(path)?;
        let below = real.strip_prefix(&self.top).ok()?;
        let steps = below.components().map(|step| step.as_os_str().to_string_lossy());
        Some(steps.collect::<Vec<_>>().join("/"))
    }
}

impl Commit {
    /// What a file holds.
    pub(super) fn content(&self, path: &str) -> io::Result<Content> {
        self.blobs.borrow_mut().content(&format!("{}:{path}", self.id))
    }

    /// The files below a folder, sorted; none if there is no such folder.
    pub(super) fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let inside = format!("{folder}/");
        let arguments = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", &self.id, &inside];
        let listed = self.repository.ask(&arguments).map_err(io::Error::other)?;
        let listed = listed.unwrap_or_default();
        let mut paths: Vec<String> =
            listed.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        paths.sort();
        Ok(paths)
    }
}

/// The path of a file with all links above it followed. The file itself may be missing.
fn real(path: &Path) -> Option<PathBuf> {
    let mut above = std::path::absolute(path).ok()?;
    let mut below = vec![above.file_name()?.to_owned()];
    loop {
        above = above.parent()?.to_owned();
        if let Ok(found) = above.canonicalize() {
            return Some(below.iter().rev().fold(found, |path, step| path.join(step)));
        }
        below.push(above.file_name()?.to_owned());
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    command(folder).args(arguments).stdin(Stdio::null()).output().map_err(GitError::Missing)
}

fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // `status` would bring the index up to date; patterns have no place in the paths of a document.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_LITERAL_PATHSPECS", "1").env("LC_ALL", "C");
    command.arg("-C").arg(folder);
    command
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches(['\n', '\r']).to_owned()
}
