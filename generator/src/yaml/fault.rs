//! What a scanner's complaint means to the person who wrote the text.

use super::offsets::to_u32;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The complaint `info` of saphyr about the byte `at`.
pub(super) fn diagnostic(text: &str, file: FileId, at: usize, info: &str) -> Diagnostic {
    if let Some(tab) = tab_in_indentation(text, at, info) {
        let message = "this is not YAML: a tab is used as indentation";
        return Diagnostic::error(Code::YamlSyntax, place(text, file, tab), message)
            .help("indent with spaces");
    }
    let message = format!("this is not YAML: {}", message(info));
    let fault = Diagnostic::error(Code::YamlSyntax, place(text, file, at), message);
    match help(info) {
        Some(help) => fault.help(help),
        None => fault,
    }
}

/// The character at a byte, or no length at a line end.
pub(super) fn place(text: &str, file: FileId, at: usize) -> Span {
    let next = text.get(at..).and_then(|rest| rest.chars().next());
    let length = next.filter(|next| !next.is_control() || *next == '\t').map_or(0, char::len_utf8);
    Span { file, start: to_u32(at), end: to_u32(at + length) }
}

/// The first tab in the indentation of the line of a byte, or of a line after it when the scanner
/// met a tab: it then tells where the text before that line starts.
fn tab_in_indentation(text: &str, at: usize, info: &str) -> Option<usize> {
    let mut start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    for line in text.get(start..)?.split_inclusive('\n') {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = line.get(..blank).and_then(|blank| blank.find('\t'));
        if let Some(tab) = tab.filter(|_| start + blank >= at || info.contains("tab")) {
            return Some(start + tab);
        }
        if !info.contains("tab") {
            return None;
        }
        start += line.len();
    }
    None
}

/// The complaint in plain words, where the scanner's own are hard to read.
fn message(info: &str) -> String {
    let plain = match info {
        "while parsing node, found unknown anchor" => "no anchor of this name is before the alias",
        "while parsing a block mapping, did not find expected key" => {
            "a key was expected here, at the indentation of the keys before it"
        }
        "while parsing a block collection, did not find expected '-' indicator" => {
            "a `-` was expected here, as for the items before it"
        }
        "while parsing a flow mapping, did not find expected ',' or '}'" => {
            "a `,` or `}` was expected here"
        }
        "while parsing a flow sequence, expected ',' or ']'" => "a `,` or `]` was expected here",
        "while parsing a node, did not find expected node content" => "a value was expected here",
        "while scanning a quoted scalar, found unexpected end of stream"
        | "invalid indentation in quoted scalar" => "the quote is not closed",
        "simple key expected" | "simple key expect ':'" => "a key before this has no `:`",
        "mapping values are not allowed in this context" => "no `:` is allowed here",
        "illegal placement of ':' indicator" => {
            "no `:` is allowed here; a bracket before it may not be closed"
        }
        "':' must be followed by a valid YAML whitespace" => {
            "a blank was expected after the `:`, not a tab"
        }
        "did not find expected <document start>" => "text follows after the end of the document",
        "misplaced bracket" => "this bracket closes nothing",
        _ => info,
    };
    // The scanner starts with what it was doing, which is seldom what the author had in mind.
    match plain.split_once(", ") {
        Some((doing, found)) if doing.starts_with("while ") => found.to_owned(),
        _ => plain.to_owned(),
    }
}

/// What to do, for the faults that are met most.
fn help(info: &str) -> Option<&'static str> {
    match info {
        "mapping values are not allowed in this context" => {
            Some("put the text into quotes if the `:` belongs to it")
        }
        "while scanning a quoted scalar, found unexpected end of stream"
        | "invalid indentation in quoted scalar" => {
            Some("close it, or write a quote inside the text as `\\\"` or `''`")
        }
        _ if info.starts_with("unexpected character") => Some("put the text into quotes"),
        _ => None,
    }
}
