//! Diagnostics as text: for people, and for programs.
//!
//! ```text
//! api.yaml:12:5: error[duplicate-key]: the key `a` is written twice
//! 12 |     a: 1
//!    |     ^
//!    = help: remove or rename one of the two
//! api.yaml:3:5: note: it is first written here
//!  3 |     a: 0
//!    |     ^
//! ```

use std::fmt::Write;

use serde::Serialize;

use super::shown::{self, safe};
use super::{Diagnostic, Diagnostics, Severity};
use crate::source::{Source, Sources, Span};

impl Severity {
    /// The word for it: `error` or `gap`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Gap => "gap",
        }
    }
}

impl Diagnostics {
    /// All diagnostics for a terminal, with their source lines, an empty line between two.
    ///
    /// Lines and columns count from 1. Nothing from the document acts on the terminal: control
    /// characters and those that change the direction of text are escaped.
    pub fn render_human(&self, sources: &Sources) -> String {
        self.lines(sources, Paint::Plain)
    }

    /// The same with colours, as escape sequences of ECMA-48: errors are red, gaps yellow.
    pub fn render_terminal(&self, sources: &Sources) -> String {
        self.lines(sources, Paint::Colours)
    }

    fn lines(&self, sources: &Sources, paint: Paint) -> String {
        let all: Vec<String> = self.iter().map(|one| human(one, sources, paint)).collect();
        all.join("\n")
    }

    /// All diagnostics for a program: one JSON object in each line.
    ///
    /// Its keys are always there and in this order: `severity` (`error` or `gap`), `code`,
    /// `message`, `file`, `line`, `column`, `end_line`, `end_column`, `help`, `related`. Lines and
    /// columns count from 1, in characters; the end is behind the last character. What a diagnostic
    /// does not have is null. `related` is a list of objects with `message` and the keys of a place.
    pub fn render_json(&self, sources: &Sources) -> String {
        let mut text = String::new();
        for one in self {
            // Texts and numbers alone can always be written.
            text.push_str(&serde_json::to_string(&object(one, sources)).unwrap_or_default());
            text.push('\n');
        }
        text
    }
}

/// Whether colours are shown.
#[derive(Clone, Copy)]
enum Paint {
    Plain,
    Colours,
}

impl Paint {
    /// A text in bold letters of a colour.
    fn show(self, colour: u8, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colours if text.is_empty() => String::new(),
            Self::Colours => format!("\x1b[1;{colour}m{text}\x1b[0m"),
        }
    }
}

/// The colours of notes and help.
const CYAN: u8 = 36;

fn human(one: &Diagnostic, sources: &Sources, paint: Paint) -> String {
    let Diagnostic { code, severity, message, span, help, related } = one;
    let places = span.iter().chain(related.iter().map(|(span, _)| span));
    let lines = places.filter_map(|span| Some(sources.get(span.file)?.position(span.start).0));
    let gutter = lines.max().map_or(0, |line| line.to_string().len());

    let place = span.and_then(|span| Some((sources.get(span.file)?, span)));
    let colour = match severity {
        Severity::Error => 31,
        Severity::Gap => 33,
    };
    let word = paint.show(colour, &format!("{}[{code}]", severity.as_str()));
    let title = format!("{word}: {}", safe(message));
    let marks = |marks: &str| paint.show(colour, marks);
    let mut text = match place {
        Some((source, span)) => excerpt(source, span, &title, gutter, marks),
        None => format!("{title}\n"),
    };
    if let Some(help) = help {
        push(&mut text, format_args!("{:gutter$} = help: {}", "", safe(help)));
    }
    for (span, note) in related {
        if let Some(source) = sources.get(span.file) {
            let title = format!("{}: {}", paint.show(CYAN, "note"), safe(note));
            let marks = |marks: &str| paint.show(CYAN, marks);
            text.push_str(&excerpt(source, *span, &title, gutter, marks));
        }
    }
    text
}

/// A place with a title, its line, and carets under the first line of it.
fn excerpt(
    source: &Source,
    span: Span,
    title: &str,
    gutter: usize,
    paint: impl Fn(&str) -> String,
) -> String {
    let (line, column) = source.position(span.start);
    let text = source.line(line);
    let start = (span.start - source.line_start(line)) as usize;
    let end = (span.end.max(span.start) - source.line_start(line)) as usize;
    let shown::Line { text, before, marked } = shown::line(text, start, end);

    let mut excerpt = String::new();
    push(&mut excerpt, format_args!("{}:{line}:{column}: {title}", safe(&source.path)));
    push(&mut excerpt, format_args!("{line:>gutter$} | {text}"));
    push(
        &mut excerpt,
        format_args!("{:gutter$} | {:before$}{}", "", "", paint(&"^".repeat(marked))),
    );
    excerpt
}

/// Adds a line without blanks at its end. Writing to a text cannot fail.
fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    let _ = write!(text, "{line}");
    text.truncate(text.trim_end().len());
    text.push('\n');
}

#[derive(Serialize)]
struct Object<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Default, Serialize)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

fn object<'a>(one: &'a Diagnostic, sources: &'a Sources) -> Object<'a> {
    let related = one.related.iter();
    Object {
        severity: one.severity.as_str(),
        code: one.code.as_str(),
        message: &one.message,
        place: one.span.map(|span| place(span, sources)).unwrap_or_default(),
        help: one.help.as_deref(),
        related: related
            .map(|(span, note)| Related { message: note, place: place(*span, sources) })
            .collect(),
    }
}

fn place(span: Span, sources: &Sources) -> Place<'_> {
    let Some(source) = sources.get(span.file) else {
        return Place::default();
    };
    let (line, column) = source.position(span.start);
    let (end_line, end_column) = source.position(span.end);
    Place {
        file: Some(&source.path),
        line: Some(line),
        column: Some(column),
        end_line: Some(end_line),
        end_column: Some(end_column),
    }
}
