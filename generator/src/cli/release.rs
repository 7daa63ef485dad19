//! What a new document means for the next release, told when the crate is written.
//!
//! The crate is compared with that of `HEAD`, where the document and the crate are committed; a crate
//! that nobody commits has no callers who could be told. The entries go into `CHANGELOG.md` in the
//! crate's folder, of which only one part is ours; see `changelog`.

mod changelog;
mod version;

use std::path::Path;

use super::report::tell;
use super::sides::{Choices, Loaded, head, load};
use super::{Inputs, Outcome};
use crate::diff::{Change, Level};
use crate::files::{self, Place, WriteError};
use crate::plan_from;
use crate::review::{self, Advice, Standing};
use crate::source::{FileId, Sources};
use crate::yaml::Trees;
use changelog::Unreleased;

/// The name of the changelog in the crate's folder.
const CHANGELOG: &str = "CHANGELOG.md";

/// What is to be released.
pub(super) struct Release {
    changes: Vec<Change>,
    advice: Advice,
    unreleased: Unreleased,
}

/// Compares what was made with what was committed; `None` where nothing was, or nothing changed.
pub(super) fn release(inputs: &Inputs, outcome: &Outcome) -> Option<Release> {
    let side = head(inputs)?;
    let old = load(&side, inputs, Choices::Usual).ok()?;
    let out = old.out.as_ref()?;
    let manifest = Place { store: out.store, path: out.path.join("Cargo.toml") };
    if !old.notes.is_empty() || !manifest.is_file() || is_same(&old.input.sources, &outcome.sources)
    {
        return None;
    }
    let changes = changes(&old, outcome)?;
    let was = Place { store: out.store, path: out.path.join(CHANGELOG) }.text();
    let was = was.as_deref().and_then(changelog::read);
    let (current, actual) = (&old.config.package.version, &outcome.config.package.version);
    // What the last commit has not released yet still counts from the version before.
    let since = was.as_ref().map_or(current, |was| &was.since).clone();
    let mut advice = review::advise(&changes, &since, actual);
    if let Some(was) = &was
        && review::advise(&changes, &since, &was.version).standing == Standing::Enough
    {
        advice = Advice { next: was.version.clone(), ..advice };
        let low = review::advise(&[], &was.version, actual).standing;
        advice.standing = low;
    }
    let version = match advice.standing {
        Standing::Enough => advice.actual.clone(),
        Standing::TooLow | Standing::Unknown => advice.next.clone(),
    };
    let entries = changelog::headings(review::changelog(&changes, &version).lines());
    let entries = changelog::together(was.map(|was| was.headings).unwrap_or_default(), entries);
    let unreleased = Unreleased { since, version, headings: entries };
    (!changes.is_empty()).then_some(Release { changes, advice, unreleased })
}

fn changes(old: &Loaded<'_>, outcome: &Outcome) -> Option<Vec<Change>> {
    let was = plan_from(&old.input.sources, old.input.trees.clone(), &old.config).ok()?;
    let mut changes = super::diff::changes(&was, None, &outcome.planned);
    if old.config != outcome.config {
        let middle = plan_from(&outcome.sources, Trees::default(), &old.config).ok();
        changes = super::diff::changes(&was, middle.as_ref(), &outcome.planned);
    }
    changes.retain(|change| change.level() < Level::None);
    Some(changes)
}

/// Whether two inputs are the same, text by text; then so are the crates.
fn is_same(one: &Sources, other: &Sources) -> bool {
    let texts = |sources: &Sources| -> Vec<String> {
        let files = (0..).map_while(|at| sources.get(FileId(at)));
        let mut texts: Vec<String> = files.map(|file| file.text.replace("\r\n", "\n")).collect();
        texts.sort();
        texts
    };
    texts(one) == texts(other)
}

impl Release {
    /// Writes the entries to the changelog.
    pub(super) fn write(&self, inputs: &Inputs) -> Result<(), WriteError> {
        let path = inputs.out.join(CHANGELOG);
        let old = Place::disk(&path).raw_text();
        let new = changelog::write(old.as_deref(), &self.unreleased);
        if old.as_deref() == Some(new.as_str()) { Ok(()) } else { files::write_text(&path, &new) }
    }

    /// The version to set in `generator.yaml`, if the one that it has is too low.
    pub(super) fn version(&self) -> Option<&str> {
        (self.advice.standing == Standing::TooLow).then_some(&self.advice.next)
    }

    /// Tells what changed and which version that asks for.
    pub(super) fn tell(&self, inputs: &Inputs, command: &str) {
        let Advice { next, actual, reason, standing, .. } = &self.advice;
        let levels = Level::ALL.into_iter().filter_map(|level| {
            let count = self.changes.iter().filter(|change| change.level() == level).count();
            (count > 0).then(|| format!("{count} {level}"))
        });
        let levels = levels.collect::<Vec<_>>().join(", ");
        let changelog = inputs.out.join(CHANGELOG);
        tell(format_args!("since HEAD: {levels}; see {}", changelog.display()));
        match standing {
            Standing::Enough => tell(format_args!("version {actual} is enough: {reason}")),
            Standing::TooLow => {
                tell(format_args!("version {next} is needed instead of {actual}: {reason}"));
                tell(format_args!("run this to set it: {command} --set-version"));
            }
            Standing::Unknown => tell(format_args!("no version can be advised: {reason}")),
        }
    }
}

/// Sets the version in `generator.yaml`.
pub(super) fn set_version(config: &Path, version: &str) -> Result<(), WriteError> {
    let text = Place::disk(config).raw_text().unwrap_or_default();
    match version::with_version(&text, version) {
        Some(text) => files::write_text(config, &text),
        None => Ok(()),
    }
}
