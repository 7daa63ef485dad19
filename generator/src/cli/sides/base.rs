//! What is compared with where nothing is named: the commit at which the current branch left the
//! default one.
//!
//! The default branch is `origin/HEAD`, else `main`, else `master`. On that branch itself, and where
//! there is no such branch, it is the last commit: `HEAD` if the working tree differs from it, and
//! otherwise the one before, so that a check of what was just pushed sees what was pushed.

use std::path::{Path, PathBuf};

use super::Inputs;
use crate::files::{GitError, Repository};

/// The commit to compare with.
pub(super) struct Base {
    /// Its hash.
    pub(super) revision: String,
    /// What reports call it.
    pub(super) name: String,
    /// Why it was taken.
    pub(super) reason: String,
}

/// Finds it.
pub(super) fn base(repository: &Repository, inputs: &Inputs) -> Result<Base, GitError> {
    let Some(head) = repository.resolve("HEAD")? else {
        let reason = "HEAD has no commit yet; name what to compare with".to_owned();
        return Err(GitError::Failed { asked: "rev-parse HEAD".to_owned(), reason });
    };
    let branch = branch(repository)?;
    if let Some((branch, _)) = &branch
        && let Some(revision) = repository.ask(&["merge-base", "HEAD", branch])?
        && revision != head
    {
        let shown = short(branch);
        let reason = format!("where HEAD left {shown}");
        return Ok(Base { name: named(repository, &revision)?, revision, reason });
    }
    let is_unrelated = match &branch {
        Some((_, tip)) => repository.ask(&["merge-base", "HEAD", tip])?.is_none(),
        None => true,
    };
    let why = match &branch {
        Some((branch, _)) if !is_unrelated => format!("for {} has all of HEAD", short(branch)),
        Some((branch, _)) => format!("for {} has no commit in common with it", short(branch)),
        None => "for there is neither origin/HEAD nor main nor master".to_owned(),
    };
    let parent = repository.resolve("HEAD^")?;
    Ok(match parent {
        Some(parent) if !repository.is_changed(&compared(repository, inputs))? => Base {
            name: named(repository, &parent)?,
            revision: parent,
            reason: format!("the commit before HEAD, {why}"),
        },
        _ => {
            let reason = format!("which is HEAD, {why}");
            Base { name: named(repository, &head)?, revision: head, reason }
        }
    })
}

/// The default branch and its commit.
fn branch(repository: &Repository) -> Result<Option<(String, String)>, GitError> {
    let pointed = repository.ask(&["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"])?;
    let usual = ["refs/heads/main", "refs/heads/master"].map(str::to_owned);
    for name in pointed.into_iter().chain(usual) {
        if let Some(tip) = repository.resolve(&name)? {
            return Ok(Some((name, tip)));
        }
    }
    Ok(None)
}

/// A ref without the folder that it stands in.
fn short(name: &str) -> &str {
    let name = name.strip_prefix("refs/").unwrap_or(name);
    let local = name.strip_prefix("heads/");
    local.or_else(|| name.strip_prefix("remotes/")).unwrap_or(name)
}

/// A commit in few letters.
fn named(repository: &Repository, revision: &str) -> Result<String, GitError> {
    let short = repository.ask(&["rev-parse", "--short", revision])?;
    Ok(short.unwrap_or_else(|| revision.to_owned()))
}

/// The paths that a comparison looks at.
fn compared(repository: &Repository, inputs: &Inputs) -> Vec<String> {
    let Inputs { spec, root, overlays, config, out } = inputs;
    // The files of a document lie in its folder.
    let folder = root.as_deref().or_else(|| spec.parent());
    let folder = folder.filter(|folder| *folder != Path::new(""));
    let all = folder.into_iter().chain([spec.as_path(), config.as_path(), out.as_path()]);
    let all = all.chain(overlays.iter().map(PathBuf::as_path));
    let places = all.filter_map(|path| repository.place(path));
    places.filter(|place| !place.is_empty()).collect()
}
