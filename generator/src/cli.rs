//! The command line, for `oasmith` itself and for an xtask with paths of its own.
//!
//! Standard output gets the result: one summary line, or nothing where a check finds nothing.
//! Everything else goes to standard error.
//!
//! | status | meaning |
//! | --- | --- |
//! | 0 | done, or nothing to do |
//! | 1 | the document or `generator.yaml` is bad, or a check found differences |
//! | 2 | not run to its end: bad usage, a file that cannot be read, a folder that is refused |
//!
//! `diff` has statuses of its own, which stand in `cli/diff.rs`.

mod callers;
mod diff;
mod drift;
mod explain;
mod index;
mod init;
mod progress;
mod release;
mod report;
mod sides;
mod trouble;
mod work;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

pub use diff::DiffFlags;
pub use drift::Drift;
pub use index::IndexFlags;
pub use init::{InitFlags, init};
pub use work::{Failure, Inputs, Outcome, Strictness, work};

use clap::builder::styling::{AnsiColor, Styles};

use crate::files::Mode;
use progress::Progress;
use report::Report;

/// The colours of help and of bad usage.
pub const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// What is used where a flag is not given.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// `generator.yaml`.
    pub config: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
    /// The command that brings the crate up to date, such as `cargo xtask regenerate`.
    pub command_to_fix: &'static str,
}

/// What a user can ask for.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Task {
    /// Write the client crate, or bring it up to date
    Generate(GenerateFlags),
    /// Tell whether the client crate is what the document makes, and what to run if it is not
    Check(Flags),
    /// Tell what changed for callers of the crate, and which version it should have
    Diff(Box<DiffFlags>),
    /// Tell where items of the crate stand in the document, and what they are called there
    Index(IndexFlags),
    /// Tell more about the code of an error or a gap, or about a kind of change
    Explain(ExplainFlags),
}

/// Where a run reads and writes; what is not given stands in [`Defaults`].
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Paths {
    /// The OpenAPI document, YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// The folder that the files of the document lie in, if it is not the document's own one
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// An overlay to apply to the document (`OpenAPI` Overlay 1.0 or 1.1); can be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
    /// The choices that the document does not make
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of the client crate
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// The flags of every run.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Flags {
    /// Where it reads and writes.
    #[command(flatten)]
    pub paths: Paths,
    /// Take gaps for errors
    #[arg(long)]
    pub strict: bool,
    /// How errors, gaps and the summary are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub message_format: MessageFormat,
}

/// The flags of a run that writes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct GenerateFlags {
    /// Those of every run.
    #[command(flatten)]
    pub flags: Flags,
    /// Write nothing, only tell what differs
    #[arg(long)]
    pub check: bool,
    /// Set the version in generator.yaml to the one that the changes since HEAD ask for, if it is lower
    #[arg(long, conflicts_with = "check")]
    pub set_version: bool,
}

/// What to explain.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ExplainFlags {
    /// The code, as it stands in brackets behind `error` or `gap`, or the id of a change; without
    /// it, all codes and ids are listed
    #[arg(value_parser = explain::words(), hide_possible_values = true)]
    pub code: Option<String>,
}

/// For whom messages are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// For people, with the lines of the document
    #[default]
    Human,
    /// For programs, one JSON object in each line
    Json,
}

/// Does what was asked for, and tells the exit status.
pub fn run(task: &Task, defaults: &Defaults) -> ExitCode {
    match task {
        Task::Generate(GenerateFlags { flags, check: true, .. }) | Task::Check(flags) => {
            make(flags, Mode::Check, Version::Keep, defaults)
        }
        Task::Generate(GenerateFlags { flags, set_version: true, .. }) => {
            make(flags, Mode::Write, Version::Set, defaults)
        }
        Task::Generate(GenerateFlags { flags, .. }) => {
            make(flags, Mode::Write, Version::Keep, defaults)
        }
        Task::Diff(flags) => diff::diff(flags, defaults),
        Task::Index(flags) => index::index(flags, defaults),
        Task::Explain(ExplainFlags { code }) => explain::explain(code.as_deref()),
    }
}

/// What happens to a version in `generator.yaml` that is too low.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Keep,
    Set,
}

fn make(flags: &Flags, mode: Mode, version: Version, defaults: &Defaults) -> ExitCode {
    let start = Instant::now();
    let inputs = flags.paths.inputs(defaults);
    let strictness = if flags.strict { Strictness::Strict } else { Strictness::Lenient };
    let progress = Progress::start();
    let mut result = work(&inputs, mode, strictness, |stage| progress.enter(stage));
    let mut command = flags.paths.command(defaults.command_to_fix);
    if flags.strict {
        command.push_str(" --strict");
    }
    let mut released = None;
    if let (Mode::Write, Ok(outcome)) = (mode, &result) {
        progress.enter("comparing with HEAD");
        released = release::release(&inputs, outcome);
        // The manifest has the version, so the crate is written once more.
        if let (Version::Set, Some(number)) =
            (version, released.as_ref().and_then(release::Release::version))
        {
            result = release::set_version(&inputs.config, number)
                .map_err(Failure::Write)
                .and_then(|()| work(&inputs, mode, strictness, |stage| progress.enter(stage)));
            released = result.as_ref().ok().and_then(|outcome| release::release(&inputs, outcome));
        }
    }
    drop(progress);

    let format = flags.message_format;
    let report = Report { format, inputs: &inputs, command: &command };
    if let (Ok(_), Some(released)) = (&result, &released) {
        if let Err(error) = released.write(&inputs) {
            return report.failed(&Failure::Write(error));
        }
        if format == MessageFormat::Human {
            released.tell(&inputs, &command);
        }
    }
    match (result, mode) {
        (Ok(outcome), Mode::Write) => report.written(&outcome, start.elapsed()),
        (Ok(outcome), Mode::Check) => report.checked(&outcome, start.elapsed()),
        (Err(failure), _) => report.failed(&failure),
    }
}

impl Paths {
    /// The paths, with what is not given from the defaults.
    fn inputs(&self, defaults: &Defaults) -> Inputs {
        let or = |given: &Option<PathBuf>, default: &Path| match given {
            Some(path) => path.clone(),
            None => default.to_owned(),
        };
        Inputs {
            spec: or(&self.spec, &defaults.spec),
            root: self.root.clone(),
            overlays: self.overlays.clone(),
            config: or(&self.config, &defaults.config),
            out: or(&self.out, &defaults.out),
        }
    }

    /// The command that brings the crate up to date, with the paths that were given.
    fn command(&self, command: &str) -> String {
        let Self { spec, root, overlays, config, out } = self;
        let mut words = vec![command.to_owned()];
        let flags = [("--spec", spec), ("--root", root), ("--config", config), ("--out", out)];
        for (flag, path) in flags {
            if let Some(path) = path {
                words.extend([flag.to_owned(), quoted(&path.to_string_lossy())]);
            }
        }
        for overlay in overlays {
            words.extend(["--overlay".to_owned(), quoted(&overlay.to_string_lossy())]);
        }
        words.join(" ")
    }
}

/// A word that a shell takes for one word.
fn quoted(word: &str) -> String {
    let plain = |one: char| one.is_alphanumeric() || "_-./:=@%+,".contains(one);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
