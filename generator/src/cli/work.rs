//! One run, from files to files, without a word to the user.

use std::path::PathBuf;

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::diff::Planned;
use crate::files::{self, Changes, Input, Mode, ReadError, WriteError};
use crate::format::Files;
use crate::source::Sources;
use crate::{Generated, Summary, plan_and_generate_from, yaml};

/// Where a run reads and writes.
#[derive(Clone, Debug)]
pub struct Inputs {
    /// The OpenAPI document.
    pub spec: PathBuf,
    /// The folder in which all its files lie; its own one, if there is none.
    pub root: Option<PathBuf>,
    /// The overlays, in the order in which they are applied.
    pub overlays: Vec<PathBuf>,
    /// `generator.yaml`.
    pub config: PathBuf,
    /// The folder of the crate.
    pub out: PathBuf,
}

/// What gaps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Something to know.
    Lenient,
    /// Errors.
    Strict,
}

/// What a run did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The texts that were read, for showing places.
    pub sources: Sources,
    /// How much there is in the crate.
    pub summary: Summary,
    /// Where the document says more than the crate does.
    pub gaps: Diagnostics,
    /// What was written, or differs.
    pub changes: Changes,
    /// The files of the crate.
    pub files: Files,
    /// What the crate says.
    pub planned: Planned,
    /// What `generator.yaml` says.
    pub config: Config,
}

/// Why a run made nothing.
#[derive(Debug)]
pub enum Failure {
    /// A file could not be read.
    Read(ReadError),
    /// The document or `generator.yaml` is bad.
    Document {
        /// The texts, for showing places.
        sources: Sources,
        /// What is wrong with them.
        diagnostics: Diagnostics,
    },
    /// The crate could not be written.
    Write(WriteError),
}

/// Reads, generates, and writes or compares. `enter` is told each stage.
///
/// # Errors
/// [`Failure`]; nothing is written then.
pub fn work(
    inputs: &Inputs,
    mode: Mode,
    strictness: Strictness,
    enter: impl Fn(&'static str),
) -> Result<Outcome, Failure> {
    enter("reading");
    let Inputs { spec, root, overlays, config, out: _ } = inputs;
    let read = files::read_sources(spec, root.as_deref(), overlays, config);
    let Input { sources, trees, config } = read.map_err(|error| match error {
        ReadError::Document { sources, diagnostics } => Failure::Document { sources, diagnostics },
        ReadError::Io { .. } => Failure::Read(error),
    })?;
    enter("generating");
    let result = yaml::parse(&sources, config)
        .and_then(|root| config::read(&root))
        .and_then(|config| Ok((plan_and_generate_from(&sources, trees, &config)?, config)))
        .and_then(|((planned, made), config)| Ok((planned, accept(made, strictness)?, config)));
    let (planned, Generated { files, gaps, summary, components: _ }, config) = match result {
        Ok(all) => all,
        Err(diagnostics) => return Err(Failure::Document { sources, diagnostics }),
    };
    enter(match mode {
        Mode::Write => "writing",
        Mode::Check => "comparing",
    });
    let changes = files::write(&inputs.out, &files, mode).map_err(Failure::Write)?;
    Ok(Outcome { sources, summary, gaps, changes, files, planned, config })
}

/// Turns gaps into errors, if that was asked for.
fn accept(generated: Generated, strictness: Strictness) -> Result<Generated, Diagnostics> {
    if strictness == Strictness::Lenient || generated.gaps.is_empty() {
        return Ok(generated);
    }
    let mut errors = Diagnostics::new();
    for gap in &generated.gaps {
        errors.push(Diagnostic { severity: Severity::Error, ..gap.clone() });
    }
    Err(errors)
}
