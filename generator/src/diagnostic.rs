//! What is said about a document: errors and gaps, each at its place.
//!
//! An **error** means that nothing can be generated soundly. A **gap** means that the document says
//! more than the crate will: a sound, weaker form is generated and the gap is reported.

mod codes;
mod explain;
mod render;
mod shown;

pub use codes::Code;
pub(crate) use shown::safe;

use crate::source::Span;

/// How much a [`Diagnostic`] weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// A weaker form is generated.
    Gap,
}

/// One thing to say about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule speaks.
    pub code: Code,
    /// Error or gap.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where; `None` for what has no place in a text, such as an empty folder.
    pub span: Option<Span>,
    /// What to do.
    pub help: Option<String>,
    /// Other places that belong to it, each with a few words.
    pub related: Vec<(Span, String)>,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, Some(span), message.into())
    }

    /// A gap at a place.
    pub fn gap(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Gap, Some(span), message.into())
    }

    /// An error about something that is not in a text.
    pub fn general(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, None, message.into())
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, span: Span, note: impl Into<String>) -> Self {
        self.related.push((span, note.into()));
        self
    }

    fn new(code: Code, severity: Severity, span: Option<Span>, message: String) -> Self {
        Self { code, severity, message, span, help: None, related: Vec::new() }
    }
}

/// A list of diagnostics. As the error of a stage it holds at least one error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No diagnostics.
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, in the order in which they were found or sorted.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Sorts by place, then by code and message, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.span, a.code.as_str(), &a.message).cmp(&(b.span, b.code.as_str(), &b.message))
        });
        self.list.dedup();
    }

    /// The door of a stage: `value`, with gaps moved to `gaps`, unless an error was found.
    ///
    /// # Errors
    /// The errors alone, sorted, when there is at least one.
    pub fn stop<T>(self, value: T, gaps: &mut Self) -> Result<T, Self> {
        let (errors, found): (Vec<_>, Vec<_>) =
            self.list.into_iter().partition(|one| one.severity == Severity::Error);
        gaps.list.extend(found);
        if errors.is_empty() {
            return Ok(value);
        }
        let mut errors = Self { list: errors };
        errors.sort();
        Err(errors)
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { list: vec![diagnostic] }
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
