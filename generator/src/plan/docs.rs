//! Descriptions as rustdoc, whatever they hold.
//!
//! A description is `CommonMark` by somebody else. In rustdoc a fence or an indented line would be
//! compiled as a test, `[a]` would be a link to an item and `<a>` an HTML tag, so:
//! - a fence without a language becomes a `text` fence, one with a language keeps it only when
//!   rustdoc does not take it for Rust; an open fence is closed;
//! - an indented line loses its indentation down to three spaces, and so does what stands behind
//!   the mark of a quote or of a list item, where a fence is no fence;
//! - outside of code, `[`, `]` and `<` are escaped, save in links to `http`, and bare URLs become
//!   links;
//! - control characters and those that change the direction of text are left out.

use crate::model;

use super::Docs;

/// The documentation of a thing: its summary, its description and more lines of ours.
pub(super) fn docs(source: &model::Docs, more: &[String]) -> Docs {
    let summary = source.summary.as_deref().unwrap_or_default().trim();
    let description = source.description.as_deref().unwrap_or_default().trim();
    let mut text = summary.to_owned();
    let repeats = description
        .strip_prefix(summary)
        .is_some_and(|rest| summary.is_empty() || rest.is_empty() || rest.starts_with('\n'));
    if repeats {
        description.clone_into(&mut text);
    } else if !description.is_empty() {
        text.push_str("\n\n");
        text.push_str(description);
    }
    let mut lines = lines(&text);
    let limits = super::limits::line(&source.limits, source.default.as_deref());
    for one in limits.iter().chain(more) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(one.lines().map(str::to_owned));
    }
    Docs { lines, deprecated: source.deprecated }
}

/// A short text of the document, such as a name, as code in one line.
pub(super) fn code(text: &str) -> String {
    let text = clean(&text.lines().collect::<Vec<_>>().join(" "));
    format!("`{}`", text.replace('`', "'"))
}

/// A summary that is the name once more (`Access Review` of `AccessReview`) says nothing beside a
/// description.
pub(super) fn without_repetition(source: &model::Docs, name: &str) -> model::Docs {
    let letters = |text: &str| -> String {
        text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let mut docs = source.clone();
    let repeats = |summary: &String| letters(summary) == letters(name);
    if docs.description.is_some() && docs.summary.as_ref().is_some_and(repeats) {
        docs.summary = None;
    }
    docs
}

/// A text of the document as lines that are safe in rustdoc.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.trim().lines() {
        let line = clean(line);
        let line = line.trim_end();
        if let Some(marker) = fence_marker(line) {
            match &fence {
                Some(open) if closes(line, open) => {
                    lines.push(open.clone());
                    fence = None;
                }
                Some(_) => lines.push(line.trim_start().to_owned()),
                None => {
                    lines.push(format!("{marker}{}", language(line)));
                    fence = Some(marker);
                }
            }
        } else if fence.is_some() {
            lines.push(line.to_owned());
        } else {
            let indent = line.len() - line.trim_start().len();
            let line = line.get(indent.saturating_sub(3)..).unwrap_or_default();
            let blank = lines.last().is_some_and(String::is_empty);
            if !(line.is_empty() && blank) {
                lines.push(contained(line));
            }
        }
    }
    lines.extend(fence);
    // What was only hidden characters is nothing.
    let end = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    lines.truncate(end);
    let start = lines.iter().position(|line| !line.is_empty()).unwrap_or_default();
    lines.split_off(start)
}

/// The line without characters that a reader cannot see, and with spaces for tabs.
fn clean(line: &str) -> String {
    let hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}'
                | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    line.replace('\t', "    ").chars().filter(|letter| !hidden(*letter)).collect()
}

/// The run of three or more backticks or tildes that starts a line.
fn fence_marker(line: &str) -> Option<String> {
    let line = line.trim_start();
    let first = line.chars().next().filter(|first| matches!(first, '`' | '~'))?;
    let marker: String = line.chars().take_while(|letter| *letter == first).collect();
    let info = line.get(marker.len()..).unwrap_or_default();
    (marker.len() >= 3 && !info.contains('`')).then_some(marker)
}

fn closes(line: &str, open: &str) -> bool {
    let line = line.trim();
    line.len() >= open.len() && line.chars().all(|letter| open.starts_with(letter))
}

/// The language of a fence, `text` unless it is one that rustdoc leaves alone.
fn language(line: &str) -> &'static str {
    const LEFT_ALONE: &[&str] =
        &["json", "yaml", "xml", "html", "http", "bash", "sh", "shell", "console", "sql", "text"];
    let info = line.trim_start().trim_start_matches(['`', '~']).trim().to_ascii_lowercase();
    LEFT_ALONE.iter().find(|language| **language == info).copied().unwrap_or("text")
}

/// A line outside of fences: behind the marks of quotes and list items, neither spaces nor a fence
/// can start code.
fn contained(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(mark) = container_mark(rest) {
        let (before, after) = rest.split_at(mark);
        text.push_str(before);
        rest = after.trim_start();
        if !rest.is_empty() {
            text.push(' ');
        }
    }
    if !text.is_empty() && rest.starts_with("~~~") {
        text.push('\\');
    }
    text.push_str(&escape(rest));
    text
}

/// The length of the mark that opens a quote (`>`) or a list item (`-`, `1.`) at the start of a
/// line, with the spaces in front of it (`CommonMark` §5).
fn container_mark(line: &str) -> Option<usize> {
    let rest = line.trim_start();
    let indent = line.len() - rest.len();
    if rest.starts_with('>') {
        return Some(indent + 1);
    }
    let digits = rest.len() - rest.trim_start_matches(|one: char| one.is_ascii_digit()).len();
    let mark = if digits > 0 {
        rest.get(digits..)?.starts_with(['.', ')']).then_some(digits + 1)?
    } else {
        rest.starts_with(['-', '+', '*']).then_some(1)?
    };
    rest.get(mark..)?.starts_with(' ').then_some(indent + mark)
}

/// Escapes what rustdoc would take for links or HTML, outside of code spans.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if letter == '\\' {
            // A backslash that escapes nothing stands for itself, and must not escape what follows.
            rest = rest.get(1..).unwrap_or_default();
            let next = rest.chars().next().filter(char::is_ascii_punctuation).unwrap_or('\\');
            escaped.extend(['\\', next]);
            rest = rest.strip_prefix(next).unwrap_or(rest);
        } else if letter == '`'
            && let Some(code) = code_span(rest)
        {
            escaped.push_str(code);
            rest = rest.get(code.len()..).unwrap_or_default();
        } else if let Some(link) = link(rest) {
            escaped.push_str(link);
            rest = rest.get(link.len()..).unwrap_or_default();
        } else if let Some(url) = url(rest) {
            escaped.push('<');
            escaped.push_str(url);
            escaped.push('>');
            rest = rest.get(url.len()..).unwrap_or_default();
        } else {
            if matches!(letter, '[' | ']' | '<' | '`') {
                escaped.push('\\');
            }
            escaped.push(letter);
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
    }
    escaped
}

/// A code span, with its backticks (`CommonMark` §6.1).
fn code_span(text: &str) -> Option<&str> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let marker = text.get(..ticks)?;
    let mut from = ticks;
    while let Some(at) = text.get(from..)?.find(marker) {
        let start = from + at;
        let run = text.get(start..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        if length == ticks {
            return text.get(..start + length);
        }
        from = start + length;
    }
    None
}

/// An inline link to the web, whole: `[text](https://…)`.
fn link(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let (label, target) = inner.split_once("](")?;
    let (target, _) = target.split_once(')')?;
    let plain = !label.contains(['[', ']', '<', '`']);
    let web = target.starts_with("https://") || target.starts_with("http://");
    let whole = !target.contains(['<', ' ', '(']);
    (plain && web && whole).then(|| text.get(..label.len() + target.len() + 4)).flatten()
}

/// A bare URL, without the punctuation that ends a sentence.
fn url(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let end = |letter: char| {
        letter.is_whitespace()
            || !letter.is_ascii()
            || matches!(
                letter,
                '<' | '>' | '"' | '`' | '[' | ']' | '(' | ')' | '\\' | '{' | '}' | '|' | '^'
            )
    };
    let length = rest.find(end).unwrap_or(rest.len());
    let scheme = text.len() - rest.len();
    let url = text
        .get(..scheme + length)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    (url.len() > scheme).then_some(url)
}
