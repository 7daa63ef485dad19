//! The text as saphyr's scanner reads it, with two things that the scanner does not do.
//!
//! **It reads ahead without bound.** A flow collection at the start of a line may turn out to be a
//! key, so the scanner keeps all of its tokens, each many times larger than its text, until the
//! collection ends. A hostile list of some megabytes would fill the memory before the first event is
//! seen. The window is what may be read between two events; behind it the text seems to end.
//!
//! **It refuses what authors write.** By the letter of YAML, a flow collection must be indented more
//! than the key that it belongs to, its closing bracket included. Other readers do not ask for it,
//! and published documents close the bracket below the key:
//!
//! ```yaml
//! example: {
//!   a: 1
//! }
//! ```
//!
//! Blanks at the start of a line mean nothing inside a flow collection. So lines there are handed
//! out with as many more as they lack, and [`Padding`] takes these out of the places again.

use std::cell::{Cell, RefCell};

use saphyr_parser::Input;
use saphyr_parser::input::{SkipTabs, is_blank_or_breakz, is_break, is_breakz, is_flow};

/// How many characters are handed out at a time; the scanner reserves as much for each scalar.
const BUFFER: usize = 32;

/// How far a line is padded at most, so that hostile lines cost little.
const MAX_INDENTATION: usize = 256;

/// What is left to read.
pub(super) struct Window<'text, 'shared> {
    rest: &'text str,
    /// The text from the start of the current line on.
    line: &'text str,
    /// The last character that was read, until blanks behind it are skipped.
    last: char,
    /// How many characters were handed out, blanks for padding included.
    count: usize,
    /// How many blanks are handed out before the rest.
    pad: usize,
    /// How many flow collections are open.
    depth: usize,
    /// How many blanks a line needs while one is open.
    indentation: usize,
    left: &'shared Cell<usize>,
    padding: &'shared Padding,
}

/// Where blanks were handed out that the text does not have.
#[derive(Default)]
pub(super) struct Padding {
    /// The number of the first blank, how many were added before, and how many there are.
    runs: RefCell<Vec<(usize, usize, usize)>>,
}

impl Padding {
    /// The number in the text of a character that was handed out.
    pub(super) fn remove(&self, character: usize) -> usize {
        let runs = self.runs.borrow();
        let at = runs.partition_point(|(first, _, _)| *first <= character);
        match at.checked_sub(1).and_then(|at| runs.get(at)) {
            None => character,
            Some((first, before, count)) => {
                (character - before).max(first - before + count) - count
            }
        }
    }

    fn add(&self, first: usize, count: usize) {
        let mut runs = self.runs.borrow_mut();
        let before = runs.last().map_or(0, |(_, before, count)| before + count);
        runs.push((first, before, count));
    }
}

impl<'text, 'shared> Window<'text, 'shared> {
    /// A window on the start of a text. It shrinks by one with every character that is read, and
    /// is shut when `left` is zero.
    pub(super) fn new(
        text: &'text str,
        left: &'shared Cell<usize>,
        padding: &'shared Padding,
    ) -> Self {
        Self {
            rest: text,
            line: text,
            last: '\0',
            count: 0,
            pad: 0,
            depth: 0,
            indentation: 0,
            left,
            padding,
        }
    }

    /// Starts a line, padded as far as a flow collection needs it.
    fn start_line(&mut self) {
        self.line = self.rest;
        if self.depth == 0 {
            return;
        }
        let text = self.rest.trim_start_matches(' ');
        let own = self.rest.len() - text.len();
        if own < self.indentation && !text.starts_with(is_break) && !text.is_empty() {
            self.pad = self.indentation - own;
            self.padding.add(self.count, self.pad);
        }
    }

    /// Counts flow collections. The scanner skips blanks right behind a bracket that opens or closes
    /// one, and never behind a bracket inside a scalar; only a directive may end with one.
    fn count_bracket(&mut self) {
        match self.last {
            '[' | '{' if !self.line.starts_with('%') => {
                if self.depth == 0 {
                    let key = self.line.trim_start_matches(['-', '?', ':', ' ']);
                    self.indentation = (self.line.len() - key.len() + 1).min(MAX_INDENTATION);
                }
                self.depth += 1;
            }
            ']' | '}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.last = '\0';
    }
}

impl Input for Window<'_, '_> {
    fn lookahead(&mut self, _count: usize) {}

    fn buflen(&self) -> usize {
        BUFFER
    }

    fn bufmaxlen(&self) -> usize {
        BUFFER
    }

    fn raw_read_ch(&mut self) -> char {
        let next = self.peek();
        self.skip();
        next
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        let next = self.peek_opt().filter(|next| !is_breakz(*next) && *next != '\u{feff}')?;
        self.skip();
        Some(next)
    }

    #[inline]
    fn skip(&mut self) {
        if self.pad > 0 {
            self.pad -= 1;
            self.last = ' ';
        } else {
            let mut rest = self.rest.chars();
            let Some(next) = rest.next() else {
                return;
            };
            self.rest = rest.as_str();
            self.last = next;
        }
        self.count += 1;
        self.left.set(self.left.get().saturating_sub(1));
        if self.last == '\n' {
            self.start_line();
        }
    }

    #[inline]
    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.skip();
        }
    }

    #[inline]
    fn peek(&self) -> char {
        self.peek_opt().unwrap_or('\0')
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        let Some(n) = n.checked_sub(self.pad) else {
            return ' ';
        };
        match self.rest.as_bytes() {
            [first, second, ..] if n == 1 && first.is_ascii() && second.is_ascii() => {
                char::from(*second)
            }
            _ => self.rest.chars().nth(n).unwrap_or('\0'),
        }
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        match (self.left.get(), self.pad) {
            (0, _) => None,
            (_, 0) => self.rest.chars().next(),
            (_, _) => Some(' '),
        }
    }

    #[inline]
    fn next_can_be_plain_scalar(&self, in_flow: bool) -> bool {
        match self.peek() {
            ':' => {
                let next = self.peek_nth(1);
                !(is_blank_or_breakz(next) || in_flow && is_flow(next))
            }
            '\u{feff}' => false,
            next => !(in_flow && is_flow(next)),
        }
    }

    fn skip_ws_to_eol(&mut self, tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        self.count_bracket();
        let start = self.count;
        let (mut blank, mut tab) = (false, false);
        loop {
            match self.peek() {
                ' ' => blank = true,
                '\t' if tabs != SkipTabs::No => tab = true,
                _ => break,
            }
            self.skip();
        }
        if self.peek() != '#' {
            return (self.count - start, Ok(SkipTabs::Result(tab, blank)));
        }
        if !blank && !tab {
            return (self.count - start, Err("a comment needs a blank before it"));
        }
        self.skip_while_non_breakz();
        (self.count - start, Ok(SkipTabs::Result(tab, blank)))
    }
}
