//! What the user is told, and the exit status that goes with it.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;

use super::drift::{Drift, drifted, tell_drift};
use super::{Failure, Inputs, MessageFormat, Outcome};
use crate::diagnostic::Diagnostics;
use crate::files::Changes;
use crate::source::Sources;

/// How many gaps are shown; all of them stand in `GAPS.md`.
const MOST_GAPS: usize = 3;

/// The status of a bad document and of differences.
const FAULT: u8 = 1;

/// The status of a run that did not come to an answer.
const TROUBLE: u8 = 2;

/// Tells the result of one run.
pub(super) struct Report<'a> {
    pub(super) format: MessageFormat,
    pub(super) inputs: &'a Inputs,
    /// What to run when a check found differences.
    pub(super) command: &'a str,
}

impl Report<'_> {
    /// The crate was written.
    pub(super) fn written(&self, outcome: &Outcome, time: Duration) -> ExitCode {
        self.gaps(outcome);
        match self.format {
            MessageFormat::Human => say(summary(outcome, time)),
            MessageFormat::Json => say(summary_json(outcome, &Drift::default(), time)),
        }
        ExitCode::SUCCESS
    }

    /// The crate was compared.
    pub(super) fn checked(&self, outcome: &Outcome, time: Duration) -> ExitCode {
        let drift = Drift::of(self.inputs, &outcome.files, &outcome.changes);
        if self.format == MessageFormat::Json {
            say(summary_json(outcome, &drift, time));
        }
        if outcome.changes.is_empty() {
            return ExitCode::SUCCESS;
        }
        match self.format {
            MessageFormat::Human => tell_drift(self.inputs, &drift, self.command),
            MessageFormat::Json => self.error(&drifted(self.inputs), Some(self.command)),
        }
        ExitCode::from(FAULT)
    }

    /// There is no crate.
    pub(super) fn failed(&self, failure: &Failure) -> ExitCode {
        let (message, status) = match failure {
            Failure::Document { sources, diagnostics } => {
                self.diagnostics(diagnostics, sources);
                if self.format == MessageFormat::Human {
                    let errors = count(diagnostics.len(), "error");
                    tell(format_args!("\n{errors}; nothing was written"));
                }
                return ExitCode::from(FAULT);
            }
            Failure::Read(error) => (error.to_string(), TROUBLE),
            Failure::Write(error) => (error.to_string(), TROUBLE),
        };
        self.error(&message, None);
        ExitCode::from(status)
    }

    /// The first gaps and where to find the others; all of them for a program.
    fn gaps(&self, outcome: &Outcome) {
        let Outcome { gaps, sources, .. } = outcome;
        match self.format {
            MessageFormat::Json => self.diagnostics(gaps, sources),
            MessageFormat::Human if gaps.is_empty() => {}
            MessageFormat::Human => {
                let mut first = Diagnostics::new();
                gaps.iter().take(MOST_GAPS).for_each(|gap| first.push(gap.clone()));
                self.diagnostics(&first, sources);
                let page = self.inputs.out.join("GAPS.md");
                let gaps = count(gaps.len(), "gap");
                tell(format_args!("\n{gaps} in all, see {}", page.display()));
            }
        }
    }

    fn diagnostics(&self, diagnostics: &Diagnostics, sources: &Sources) {
        Faults { format: self.format }.tell(diagnostics, sources);
    }

    /// An error that has no place in a document.
    fn error(&self, message: &str, help: Option<&str>) {
        match self.format {
            MessageFormat::Human => tell(format_args!("error: {message}")),
            MessageFormat::Json => {
                let severity = "error";
                tell(json(&ErrorLine { severity, message, help, ..ErrorLine::default() }));
            }
        }
    }
}

/// Tells diagnostics.
pub(super) struct Faults {
    pub(super) format: MessageFormat,
}

impl Faults {
    pub(super) fn tell(&self, diagnostics: &Diagnostics, sources: &Sources) {
        let text = match self.format {
            MessageFormat::Human if is_colourful() => diagnostics.render_terminal(sources),
            MessageFormat::Human => diagnostics.render_human(sources),
            MessageFormat::Json => diagnostics.render_json(sources),
        };
        if !text.is_empty() {
            tell(text.trim_end());
        }
    }
}

/// Whether standard error shows colours: it is a terminal, and nobody asked for none
/// (<https://no-color.org>).
fn is_colourful() -> bool {
    let unset = |name| std::env::var_os(name).is_none_or(|value| value.is_empty());
    let plain = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stderr().is_terminal() && unset("NO_COLOR") && !plain
}

/// Writes a line to standard output. A reader that went away is not an error of ours.
pub(super) fn say(line: impl Display) {
    let _ = writeln!(stdout(), "{line}");
}

/// Writes a line to standard error.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(stderr(), "{line}");
}

fn summary(outcome: &Outcome, time: Duration) -> String {
    let Outcome { summary, gaps, changes, .. } = outcome;
    format!(
        "{}, {}: {} written, {} removed, {} unchanged, {}, {:.2} s",
        count(summary.operations, "operation"),
        count(summary.schemas, "schema"),
        count(changes.written().count(), "file"),
        changes.removed.len(),
        changes.unchanged,
        count(gaps.len(), "gap"),
        time.as_secs_f64(),
    )
}

/// `1 gap`, `2 gaps`.
fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

/// The summary for a program.
#[derive(Serialize)]
struct SummaryLine<'a> {
    operations: usize,
    schemas: usize,
    untyped: &'a BTreeMap<&'static str, usize>,
    added: &'a [String],
    changed: &'a [String],
    removed: &'a [String],
    foreign: &'a [String],
    drift: &'a Drift,
    unchanged: usize,
    gaps: usize,
    seconds: f64,
}

fn summary_json(outcome: &Outcome, drift: &Drift, time: Duration) -> String {
    let Outcome { summary, gaps, changes, .. } = outcome;
    let Changes { added, changed, removed, foreign, unchanged } = changes;
    json(&SummaryLine {
        operations: summary.operations,
        schemas: summary.schemas,
        untyped: &summary.untyped,
        added,
        changed,
        removed,
        foreign,
        drift,
        unchanged: *unchanged,
        gaps: gaps.len(),
        seconds: time.as_secs_f64(),
    })
}

/// An error with the keys that a diagnostic has in JSON.
#[derive(Default, Serialize)]
struct ErrorLine<'a> {
    severity: &'a str,
    code: Option<&'a str>,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: Option<&'a str>,
    related: [(); 0],
}

/// Texts and numbers alone can always be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
