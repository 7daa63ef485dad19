//! Text of a document as a terminal may show it.
//!
//! A document is not trusted: control characters could move the cursor, and bidirectional controls
//! could make a line read as another. Both are shown as `\u{…}`.

use std::borrow::Cow;

/// How many columns of a source line are shown.
const WIDTH: usize = 100;

/// How many columns are shown before the place when a line is cut.
const BEFORE: usize = 40;

/// Where a tab leads to: the next multiple of this.
const TAB: usize = 4;

/// Stands for the part of a line that is cut off.
const CUT: char = '…';

/// A text without characters that act on a terminal. Line ends and tabs are such, too.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|one| push(&mut shown, one));
    Cow::Owned(shown)
}

/// A line as it is shown.
pub(super) struct Line {
    /// The text, cut where it is long.
    pub(super) text: String,
    /// How many columns are before the marked part.
    pub(super) before: usize,
    /// How many columns the marked part has, at least 1.
    pub(super) marked: usize,
}

/// Shows a line of which the bytes `start..end` are marked; the end may lie behind the line.
pub(super) fn line(text: &str, start: usize, end: usize) -> Line {
    let head = text.get(..start).unwrap_or(text);
    let mut shown = Line { text: String::new(), before: 0, marked: 0 };
    let mut columns = 0;
    // Only characters near the place are looked at: a line can be as long as the document.
    let near = head.char_indices().rev().nth(WIDTH - 1).map_or(0, |(at, _)| at);
    let widths: usize = head.get(near..).unwrap_or_default().chars().map(width).sum();
    let mut from = near;
    if near > 0 || widths > WIDTH - BEFORE {
        let mut left = BEFORE;
        from = start;
        for (at, one) in head.char_indices().rev() {
            let Some(rest) = left.checked_sub(width(one)) else {
                break;
            };
            (left, from) = (rest, at);
        }
    }
    if from > 0 {
        shown.text.push(CUT);
        columns = 1;
    }
    let rest = text.get(from..).unwrap_or_default();
    for (at, one) in rest.char_indices().map(|(at, one)| (from + at, one)) {
        if at == start {
            shown.before = columns;
        }
        let wide = if one == '\t' { TAB - columns % TAB } else { width(one) };
        if columns + wide > WIDTH {
            shown.text.push(CUT);
            break;
        }
        if one == '\t' {
            shown.text.extend(std::iter::repeat_n(' ', wide));
        } else {
            push(&mut shown.text, one);
        }
        columns += wide;
        if (start..end).contains(&at) {
            shown.marked += wide;
        }
    }
    if start >= text.len() {
        shown.before = columns;
    }
    shown.marked = shown.marked.max(1);
    shown
}

fn push(shown: &mut String, one: char) {
    if acts(one) {
        shown.extend(one.escape_unicode());
    } else {
        shown.push(one);
    }
}

/// Whether a character does something to a terminal, or cannot be seen in it.
fn acts(one: char) -> bool {
    one.is_control()
        || matches!(one, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}')
        || matches!(one, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(one, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// How many columns a terminal gives to a character, near enough to set carets. A tab counts as
/// its largest width.
fn width(one: char) -> usize {
    match one {
        '\t' => TAB,
        ' '..='~' => 1,
        _ if acts(one) => one.escape_unicode().count(),
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
