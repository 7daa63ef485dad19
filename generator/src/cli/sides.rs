//! What is compared: what the two arguments of `diff` name, and what was committed last.
//!
//! A file that is there is a file, whatever git says. Otherwise `REV:path` is a file of a commit, as
//! git writes it (from the root of the repository, or with `./` from here), and anything else is a
//! revision, whose document and choices stand at the same paths as in the working tree.

mod base;
mod load;

use std::path::{Path, PathBuf};

pub(super) use load::{Choices, Loaded, load};

use super::Inputs;
use super::report::tell;
use super::trouble::Trouble;
use crate::files::{Commit, GitError, Repository};

/// One of the two sides.
#[derive(Debug)]
pub(super) struct Side {
    /// What reports call it.
    pub(in crate::cli) name: String,
    pub(in crate::cli) origin: Origin,
}

/// Where a side comes from.
#[derive(Debug)]
pub(super) enum Origin {
    /// The working tree.
    Tree,
    /// A file that stands for itself.
    File(PathBuf),
    /// A commit.
    Commit {
        commit: Commit,
        repository: Repository,
        /// The document, if it is not the usual one.
        spec: Option<PathBuf>,
    },
}

/// Both sides.
pub(super) fn sides(
    old: Option<&str>,
    new: Option<&str>,
    inputs: &Inputs,
) -> Result<(Side, Side), Trouble> {
    let old = match old {
        Some(old) => named(old, inputs)?,
        None => default(inputs)?,
    };
    let new = match new {
        Some(new) => named(new, inputs)?,
        None => Side { name: "working tree".to_owned(), origin: Origin::Tree },
    };
    Ok((old, new))
}

/// What was committed last, if there is git.
pub(super) fn head(inputs: &Inputs) -> Option<Side> {
    let repository = repository(inputs).ok()?;
    let commit = repository.commit("HEAD").ok()?;
    let origin = Origin::Commit { commit, repository, spec: None };
    Some(Side { name: "HEAD".to_owned(), origin })
}

/// Where the current branch left the default one.
fn default(inputs: &Inputs) -> Result<Side, Trouble> {
    let repository = repository(inputs)?;
    let base = base::base(&repository, inputs)?;
    tell(format_args!("comparing with {}, {}", base.name, base.reason));
    let mut commit = repository.commit(&base.revision)?;
    commit.name.clone_from(&base.name);
    let origin = Origin::Commit { commit, repository, spec: None };
    Ok(Side { name: base.name, origin })
}

fn named(text: &str, inputs: &Inputs) -> Result<Side, Trouble> {
    let path = Path::new(text);
    // A pipe is one as well.
    if path.exists() && !path.is_dir() {
        return Ok(Side { name: text.to_owned(), origin: Origin::File(path.to_owned()) });
    }
    let repository = repository(inputs).map_err(|error| match error {
        GitError::Outside { .. } => {
            Trouble::Usage(format!("there is no file `{text}`, and no git to look for a revision"))
        }
        other => Trouble::Git(other),
    })?;
    if let Some((revision, path)) = text.split_once(':')
        && repository.resolve(revision)?.is_some()
    {
        let spec = match path.strip_prefix("./").or_else(|| path.starts_with("../").then_some(path))
        {
            Some(below) => repository.place(Path::new(below)).unwrap_or_default(),
            None => path.to_owned(),
        };
        let commit = repository.commit(revision)?;
        let origin = Origin::Commit { commit, repository, spec: Some(PathBuf::from(spec)) };
        return Ok(Side { name: text.to_owned(), origin });
    }
    let commit = repository.commit(text)?;
    Ok(Side { name: text.to_owned(), origin: Origin::Commit { commit, repository, spec: None } })
}

/// The repository that the document is in.
fn repository(inputs: &Inputs) -> Result<Repository, GitError> {
    let folder = inputs.spec.ancestors().skip(1).find(|folder| folder.is_dir());
    Repository::around(folder.unwrap_or(Path::new("")))
}
