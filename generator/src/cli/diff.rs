//! `diff`: what a new document means for callers of the crate.
//!
//! The review goes to standard output, or to the file that `--output` names; everything else goes to
//! standard error.
//!
//! | status | meaning |
//! | --- | --- |
//! | 0 | no change is at or above the level of `--fail-on` |
//! | 1 | there is such a change |
//! | 2 | not run to its end: bad usage, a file that cannot be read, a document that is refused, a waiver that is expired or unused |
//! | 3 | the crate in the working tree is not what its document makes, so it is not what was reviewed |

mod causes;
mod runtime;
mod select;
mod waivers;

use std::io::{IsTerminal as _, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::callers;
use super::drift::{Drift, tell_drift};
use super::report::{say, tell};
use super::sides::{Choices, Loaded, load, sides};
use super::trouble::Trouble;
use super::{Defaults, Paths};
use crate::diff::{Change, Level, Planned};
use crate::files::{self, Mode};
use crate::review::{Callers, Detail, Edition, Format, Review, Style, advise, render, terminal};
pub(super) use causes::changes;
use select::Selection;
use waivers::{State, Waived};

/// What to compare, and how to tell it.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct DiffFlags {
    /// What was: a revision of git, `REV:path`, or a file; by default, where HEAD left the default
    /// branch
    pub old: Option<String>,
    /// What is: the same; by default, the working tree
    pub new: Option<String>,
    /// Where the document and its choices are, in a revision as in the working tree.
    #[command(flatten)]
    pub paths: Paths,
    /// How the review is written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: FormatFlag,
    /// Show every failing change on a terminal, and not only a page
    #[arg(long)]
    pub all: bool,
    /// Write the review to a file
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Exit with 1 for a change of this level, or of a more dangerous one
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    pub fail_on: FailOn,
    /// Show, and fail on, only changes of this id, group or level; can be repeated
    #[arg(long, value_name = "ID|GROUP|LEVEL")]
    pub only: Vec<String>,
    /// Show, and fail on, only changes that operations are affected by: `GET /path`, an operationId,
    /// or a pattern with `*`; can be repeated
    #[arg(long = "operation", value_name = "OPERATION")]
    pub operations: Vec<String>,
    /// The changes that somebody knows of; by default, waivers.yaml beside generator.yaml
    #[arg(long, value_name = "FILE")]
    pub waivers: Option<PathBuf>,
    /// A workspace that uses the crate, to be checked against the new one
    #[arg(long, value_name = "DIR")]
    pub callers: Option<PathBuf>,
}

/// For whom a review is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatFlag {
    /// A page or so of plain text
    #[default]
    Terminal,
    /// A comment on a pull request
    Markdown,
    /// One file that needs no network
    Html,
    /// For programs
    Json,
    /// Annotations of GitHub's workflows
    Github,
}

/// From which level on a run fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FailOn {
    /// It compiles, and is wrong at run time
    Silent,
    /// Callers do not compile
    #[default]
    Build,
    /// Running programs fail
    Running,
    /// There is more to call
    Adds,
    /// Anything changed in the crate
    Any,
    /// Always exit with 0
    Never,
}

/// Compares, and tells the exit status.
pub(super) fn diff(flags: &DiffFlags, defaults: &Defaults) -> ExitCode {
    match compare(flags, defaults) {
        Ok(status) => ExitCode::from(status),
        Err(trouble) => {
            trouble.tell();
            ExitCode::from(2)
        }
    }
}

fn compare(flags: &DiffFlags, defaults: &Defaults) -> Result<u8, Trouble> {
    let inputs = flags.paths.inputs(defaults);
    let selection = Selection::new(&flags.only, &flags.operations).map_err(Trouble::Usage)?;
    let (old, new) = sides(flags.old.as_deref(), flags.new.as_deref(), &inputs)?;
    let choices = if flags.paths.config.is_some() { Choices::Named } else { Choices::Usual };
    let (old, new) = (load(&old, &inputs, choices)?, load(&new, &inputs, choices)?);
    for note in old.notes.iter().chain(&new.notes) {
        tell(format_args!("note: {note}"));
    }
    let crates = causes::plan(&old, &new)?;
    let mut changes = changes(&crates.old, crates.middle.as_ref(), &crates.new);
    changes.extend(runtime::change(&old, &new));
    changes.sort_by_key(Change::level);

    let callers = match &flags.callers {
        Some(path) => Some(callers::callers(path, [&old, &new], &changes)?),
        None => None,
    };

    // What is waived asks for a version all the same.
    let version = |side: &Loaded<'_>| side.config.package.version.clone();
    let advice = advise(&changes, &version(&old), &version(&new));
    let Waived { changes, known, state } =
        waivers::waive(changes, flags.waivers.as_deref(), &inputs.config)?;
    let fails = |level| flags.fail_on.is_reached(level);
    let is_broken = callers.as_ref().is_some_and(Callers::is_broken) && fails(Level::Build);
    let review = Review {
        old: edition(&old, &crates.old),
        new: edition(&new, &crates.new),
        changes: selection.select(changes, &crates).map_err(Trouble::Usage)?,
        waived: known,
        advice,
        callers,
    };
    let reaches = review.changes.iter().any(|change| fails(change.level())) || is_broken;
    let text = match flags.format {
        FormatFlag::Terminal => terminal(&review, style(flags), detail(flags)),
        other => render(&review, other.format()),
    };
    write(text.trim_start_matches('\n'), flags.output.as_deref())?;

    if let Some(files) = crates.files.as_ref().filter(|_| inputs.out.is_dir()) {
        let found = files::write(&inputs.out, files, Mode::Check).map_err(Trouble::Write)?;
        if !found.is_empty() {
            let command = flags.paths.command(defaults.command_to_fix);
            tell_drift(&inputs, &Drift::of(&inputs, files, &found), &command);
            return Ok(3);
        }
    }
    Ok(if state == State::Bad { 2 } else { u8::from(reaches) })
}

/// Colours are for a terminal whose user wants them (<https://no-color.org>).
fn style(flags: &DiffFlags) -> Style {
    let unset = |name| std::env::var_os(name).is_none_or(|value| value.is_empty());
    let plain = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if flags.output.is_none() && stdout().is_terminal() && unset("NO_COLOR") && !plain {
        Style::Colour
    } else {
        Style::Plain
    }
}

fn detail(flags: &DiffFlags) -> Detail {
    if flags.all { Detail::Full } else { Detail::Brief }
}

fn edition<'a>(side: &'a Loaded<'_>, planned: &Planned) -> Edition<'a> {
    Edition {
        name: side.name.clone(),
        sources: &side.input.sources,
        version: planned.api.version.clone(),
        operations: planned.api.operations.len(),
        schemas: crate::components_of(&planned.api),
    }
}

/// Writes the review to where it is wanted.
fn write(text: &str, output: Option<&Path>) -> Result<(), Trouble> {
    let Some(path) = output else {
        if !text.is_empty() {
            say(text.trim_end_matches('\n'));
        }
        return Ok(());
    };
    std::fs::write(path, text).map_err(|error| Trouble::Output { path: path.to_owned(), error })
}

impl FormatFlag {
    fn format(self) -> Format {
        match self {
            Self::Terminal => Format::Terminal,
            Self::Markdown => Format::Markdown,
            Self::Html => Format::Html,
            Self::Json => Format::Json,
            Self::Github => Format::Github,
        }
    }
}

impl FailOn {
    /// Whether a change of this level lets the run fail.
    fn is_reached(self, level: Level) -> bool {
        match self {
            Self::Silent => level <= Level::Silent,
            Self::Build => level <= Level::Build,
            Self::Running => level <= Level::Running,
            Self::Adds => level <= Level::Adds,
            Self::Any => level < Level::None,
            Self::Never => false,
        }
    }
}
