//! Where a scalar's text starts and ends.
//!
//! saphyr's places are wider than the value: they begin at an anchor or tag, and a quoted text ends
//! behind the comment of its line.

use saphyr_parser::ScalarStyle;

/// The bytes of a scalar whose event has the bytes `start..end`, and the value `value`.
pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    value: &str,
    start: usize,
    end: usize,
) -> (usize, usize) {
    let bytes = text.as_bytes();
    if style == ScalarStyle::Plain && value.is_empty() && start == end {
        return nothing(text, start);
    }
    let start = behind_properties(text, start).min(end);
    let end = match style {
        ScalarStyle::Plain => end,
        ScalarStyle::SingleQuoted => behind_quote(bytes, start, b'\''),
        ScalarStyle::DoubleQuoted => behind_quote(bytes, start, b'"'),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let written = text.get(start..end).unwrap_or_default().trim_ascii_end();
            start + written.len()
        }
    };
    (start, end)
}

/// The place of a value that is not written: behind its colon, or else behind what is before it.
fn nothing(text: &str, at: usize) -> (usize, usize) {
    let at = match text.as_bytes().get(at) {
        Some(b':') => at + 1,
        _ => text.get(..at).unwrap_or_default().trim_ascii_end().len(),
    };
    (at, at)
}

/// The first byte behind the anchors and tags that start at `at`.
pub(super) fn behind_properties(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    while let Some(b'&' | b'!') = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(u8::is_ascii_whitespace);
        at = behind_blanks(text, at + length.unwrap_or(rest.len()));
    }
    at
}

/// The first byte behind the blanks, line ends and comments that start at `at`.
pub(super) fn behind_blanks(text: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_ascii_start().len();
        at += blanks;
        let rest = text.get(at..).unwrap_or_default();
        if !rest.starts_with('#') {
            return at;
        }
        at += rest.find('\n').unwrap_or(rest.len());
    }
}

/// The byte behind the quote that closes the one at `start`.
fn behind_quote(bytes: &[u8], start: usize, quote: u8) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match *byte {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at) == Some(&quote) => at += 1,
            byte if byte == quote => return at,
            _ => {}
        }
    }
    bytes.len()
}
