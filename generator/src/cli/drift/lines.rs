//! The first lines in which two texts differ.

use std::fmt;

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// How many lines are shown.
const MOST_LINES: usize = 6;

/// How much of a line is shown, in letters.
const WIDTH: usize = 100;

/// Where a file begins to differ from what it should be.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Difference {
    /// The line of the file, from 1.
    line: usize,
    /// `-` and what is there, `+` and what should be there.
    lines: Vec<String>,
    /// How many more lines there are.
    more: usize,
}

/// Compares a file with what it should be.
pub(super) fn difference(is: &str, should: &str) -> Difference {
    let diff = TextDiff::from_lines(is, should);
    let mut found = Difference { line: 0, lines: Vec::new(), more: 0 };
    let mut line = 1;
    for change in diff.iter_all_changes() {
        let mark = match change.tag() {
            ChangeTag::Equal => {
                line += 1;
                continue;
            }
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        if found.line == 0 {
            found.line = line;
        }
        if found.lines.len() < MOST_LINES {
            found.lines.push(format!("{mark} {}", shown(change.value())));
        } else {
            found.more += 1;
        }
        line += usize::from(mark == '-');
    }
    found
}

/// A line that fits on a terminal, and does nothing to it.
fn shown(line: &str) -> String {
    let line = line.trim_end_matches('\n').replace(char::is_control, "\u{fffd}");
    if line.chars().count() <= WIDTH {
        return line;
    }
    line.chars().take(WIDTH - 1).chain(['…']).collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ", line {}", self.line)?;
        self.lines.iter().try_for_each(|line| write!(f, "\n      {line}"))?;
        match self.more {
            0 => Ok(()),
            1 => f.write_str("\n      and one more line"),
            more => write!(f, "\n      and {more} more lines"),
        }
    }
}
