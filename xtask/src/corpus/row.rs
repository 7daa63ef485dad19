//! What came of one document, and whether that is right.

use std::collections::BTreeMap;

use serde::Serialize;

use super::documents::{Document, Expectation};
use super::reasons::Reason;

/// What came of a document. As JSON, this is one line of the report; keys are only ever added.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Row {
    /// Where the document is, from the folder of the corpus.
    pub(super) path: String,
    /// What the index calls it.
    pub(super) kind: String,
    /// What the index expects.
    pub(super) expect: Expectation,
    /// What the generator did.
    pub(super) verdict: Verdict,
    /// What is not as it should be; null where all is.
    pub(super) fault: Option<String>,
    /// Why the verdict may differ from the expectation, where it does.
    pub(super) reason: Option<&'static str>,
    /// The name of the crate.
    #[serde(rename = "crate")]
    pub(super) name: String,
    /// What is in the crate; null unless one was generated.
    pub(super) made: Option<Made>,
    /// The errors of a document that was refused, as `--message-format json` writes them.
    pub(super) errors: Vec<serde_json::Value>,
    /// What the generator printed, where that is not known messages: the panic of a crash.
    pub(super) said: Option<String>,
    /// Seconds of the processor that the generator used; null if that is not known.
    pub(super) cpu: Option<f64>,
    /// The largest resident set of the generator, in bytes.
    pub(super) peak: Option<u64>,
    /// What the compiler says; null unless it was asked.
    pub(super) check: Option<Judgement>,
    /// What clippy says; null unless it was asked.
    pub(super) clippy: Option<Judgement>,
    /// What rustdoc says; null unless it was asked.
    pub(super) doc: Option<Judgement>,
    /// What the round trip found; null unless it was asked for.
    pub(super) round_trip: Option<RoundTrip>,
}

/// What came of instances on their way through the generated types.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct RoundTrip {
    /// Why it was not run to its end.
    pub(super) fault: Option<String>,
    /// Components that are types of their own.
    pub(super) schemas: usize,
    /// Instances that were sent.
    pub(super) instances: usize,
    /// Components without an instance, each with the reason.
    pub(super) skipped: Vec<String>,
    /// How many instances came back otherwise.
    pub(super) differences: usize,
    /// The first of them.
    pub(super) shown: Vec<Difference>,
}

/// An instance that came back otherwise.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Difference {
    /// The component.
    pub(super) schema: String,
    /// The first place that differs, as a JSON Pointer into the instance.
    pub(super) path: String,
    /// What was read there.
    pub(super) read: serde_json::Value,
    /// What was written there, or an object with `error`.
    pub(super) written: serde_json::Value,
}

/// What the generator did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verdict {
    /// It wrote a crate.
    Generated,
    /// It refused the document.
    Refused,
    /// It could not read or write a file.
    Trouble,
    /// It ended otherwise: a panic, a signal.
    Crashed,
    /// It did not end within its time.
    Hung,
}

impl Verdict {
    /// The word for it.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Refused => "refused",
            Self::Trouble => "trouble",
            Self::Crashed => "crashed",
            Self::Hung => "hung",
        }
    }
}

/// What is in a crate.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Made {
    /// Operations that are methods.
    pub(super) operations: u64,
    /// Components that are types.
    pub(super) schemas: u64,
    /// How many gaps there are.
    pub(super) gaps: usize,
    /// The same by code.
    pub(super) gaps_by_code: BTreeMap<String, usize>,
    /// Fields and members of unions whose type is JSON of any kind, as the generator counts them.
    pub(super) untyped: usize,
    /// The same by reason.
    pub(super) untyped_by_reason: BTreeMap<String, usize>,
    /// Lines of Rust, runtime included.
    pub(super) lines: usize,
}

/// What a tool says about a crate.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Judgement {
    /// Whether it came to its end without an error.
    pub(super) passed: bool,
    /// How many warnings there are.
    pub(super) warnings: usize,
    /// How many errors there are.
    pub(super) errors: usize,
    /// The first few of both, in the tool's words.
    pub(super) messages: Vec<String>,
    /// Seconds of the processor for this crate alone; null if that is not known.
    pub(super) cpu: Option<f64>,
    /// The largest resident set, in bytes.
    pub(super) peak: Option<u64>,
}

impl Row {
    /// Sets [`Row::fault`] and [`Row::reason`]; what was found about the crate counts, too.
    pub(super) fn judge(&mut self, document: &Document, reasons: &[Reason]) {
        let covering = reasons.iter().find(|one| one.covers(&document.path, self.verdict));
        let expected = match (self.expect, self.verdict) {
            (Expectation::Any | Expectation::Swagger, Verdict::Generated | Verdict::Refused)
            | (Expectation::Generate | Expectation::GenerateLenient, Verdict::Generated)
            | (Expectation::Reject, Verdict::Refused) => true,
            _ => {
                self.reason = covering.map(|reason| reason.text);
                covering.is_some()
            }
        };
        self.fault = if expected { self.unsound() } else { Some(self.unexpected()) };
    }

    /// What came instead of what is expected.
    fn unexpected(&self) -> String {
        let first = self.errors.first().and_then(|error| error["message"].as_str());
        match (first, &self.said) {
            (Some(message), _) => format!("{}: {message}", self.verdict.as_str()),
            (None, Some(said)) => {
                let line = said.lines().find(|line| !line.trim().is_empty());
                format!("{}: {}", self.verdict.as_str(), line.unwrap_or_default())
            }
            (None, None) => self.verdict.as_str().to_owned(),
        }
    }

    /// What is wrong with a result of the right kind.
    fn unsound(&self) -> Option<String> {
        if self.verdict == Verdict::Refused {
            let placed = |error: &serde_json::Value| {
                ["file", "line", "column"].iter().all(|key| !error[*key].is_null())
            };
            return match self.errors.iter().find(|error| !placed(error)) {
                Some(error) => Some(format!("an error without its place: {}", error["message"])),
                None if self.errors.is_empty() => Some("refused without an error".to_owned()),
                None => None,
            };
        }
        if let Some(fault) = self.round_trip.as_ref().and_then(RoundTrip::unsound) {
            return Some(fault);
        }
        let tools = [("check", &self.check), ("clippy", &self.clippy), ("doc", &self.doc)];
        tools.iter().find_map(|(tool, judgement)| {
            let judgement = judgement.as_ref()?;
            let first = judgement.messages.first().map_or("", String::as_str);
            match (judgement.passed, judgement.errors, judgement.warnings) {
                (true, 0, 0) => None,
                (false, 0, 0) => Some(format!("{tool} did not come to its end")),
                (_, 0, warnings) => Some(format!("{tool}: {warnings} warnings: {first}")),
                (_, errors, _) => Some(format!("{tool}: {errors} errors: {first}")),
            }
        })
    }
}

impl RoundTrip {
    /// What is wrong with it.
    fn unsound(&self) -> Option<String> {
        if let Some(fault) = &self.fault {
            return Some(format!("round trip: {fault}"));
        }
        let Difference { schema, path, read, written } = self.shown.first()?;
        let (count, all) = (self.differences, self.instances);
        let mut line = format!(
            "round trip: {count} of {all} differ: {schema} at `{path}`: {read} is {written}"
        );
        if let Some((end, _)) = line.char_indices().nth(400) {
            line.truncate(end);
            line.push('…');
        }
        Some(line)
    }
}
