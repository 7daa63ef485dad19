//! JSON: a strict reader of its own.
//!
//! A YAML scanner holds a whole flow document as tokens before it tells the first event, and reads
//! escapes of surrogate pairs as faults; JSON needs neither the patience nor the memory.

use super::tree::Tree;
use super::{Node, Value, fault};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::FileId;

/// Reads a JSON text whose size is within the bound.
///
/// # Errors
/// As [`parse`](super::parse()); a text that is not JSON is a `yaml-syntax` error.
pub(super) fn read(text: &str, file: FileId) -> Result<Node, Diagnostics> {
    let mut reader = Reader { text, file, at: 0, tree: Tree::new(file) };
    let stopped = reader.run();
    let (root, mut found) = reader.tree.finish();
    match (stopped, root) {
        (Ok(()), Some(root)) if found.is_empty() => return Ok(root),
        (Ok(()), _) => {}
        (Err(stop), _) => found.push(stop),
    }
    found.sort();
    Err(found)
}

struct Reader<'text> {
    text: &'text str,
    file: FileId,
    /// The next byte.
    at: usize,
    tree: Tree,
}

impl<'text> Reader<'text> {
    fn run(&mut self) -> Result<(), Diagnostic> {
        loop {
            self.value()?;
            if !self.behind_value()? {
                break;
            }
        }
        match self.next() {
            None => Ok(()),
            Some(_) => Err(self.expected("the end of the document")),
        }
    }

    /// Reads a scalar, or opens collections up to the first scalar or empty collection.
    fn value(&mut self) -> Result<(), Diagnostic> {
        loop {
            match self.next() {
                Some(b'{') => {
                    self.tree.open_map(self.at)?;
                    self.at += 1;
                    if self.next() == Some(b'}') {
                        return self.close();
                    }
                    self.key()?;
                }
                Some(b'[') => {
                    self.tree.open_list(self.at)?;
                    self.at += 1;
                    if self.next() == Some(b']') {
                        return self.close();
                    }
                }
                _ => return self.scalar(),
            }
        }
    }

    /// Reads commas and closing brackets up to where the next value starts, if there is one.
    fn behind_value(&mut self) -> Result<bool, Diagnostic> {
        while self.tree.depth() > 0 {
            let in_map = self.tree.wants_key();
            match self.next() {
                Some(b',') => {
                    self.at += 1;
                    if in_map {
                        self.key()?;
                    }
                    return Ok(true);
                }
                Some(b'}') if in_map => self.close()?,
                Some(b']') if !in_map => self.close()?,
                _ if in_map => return Err(self.expected("`,` or `}`")),
                _ => return Err(self.expected("`,` or `]`")),
            }
        }
        Ok(false)
    }

    fn key(&mut self) -> Result<(), Diagnostic> {
        if self.next() != Some(b'"') {
            return Err(self.expected("a key in double quotes"));
        }
        let start = self.at;
        let key = self.string()?;
        self.tree.key(key, self.tree.span(start, self.at));
        if self.next() != Some(b':') {
            return Err(self.expected("`:`"));
        }
        self.at += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        self.at += 1;
        match self.tree.close(Some(self.at))? {
            Some(node) => self.tree.place(node, 0),
            None => Ok(()),
        }
    }

    fn scalar(&mut self) -> Result<(), Diagnostic> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?.into()),
            Some(b'a'..=b'z') => self.word()?,
            _ => return Err(self.expected("a value")),
        };
        let span = self.tree.span(start, self.at);
        self.tree.place(Node { span, value }, 1)
    }

    fn word(&mut self) -> Result<Value, Diagnostic> {
        let words =
            [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))];
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.find(|next: char| !next.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        match words.into_iter().find(|(known, _)| *known == word) {
            Some((_, value)) => {
                self.at += length;
                Ok(value)
            }
            None => Err(self.expected("a value")),
        }
    }

    fn number(&mut self) -> Result<&'text str, Diagnostic> {
        let start = self.at;
        self.skip(b'-');
        if !self.skip(b'0') {
            self.digits()?;
        }
        if self.skip(b'.') {
            self.digits()?;
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _ = self.skip(b'+') || self.skip(b'-');
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Result<(), Diagnostic> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    /// Reads a text from its opening to its closing quote.
    fn string(&mut self) -> Result<Box<str>, Diagnostic> {
        self.at += 1;
        let mut read = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)) {
                self.at += 1;
            }
            let part = self.text.get(start..self.at).unwrap_or_default();
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    if read.is_empty() {
                        return Ok(part.into());
                    }
                    read.push_str(part);
                    return Ok(read.into());
                }
                Some(b'\\') => {
                    read.push_str(part);
                    read.push(self.escape()?);
                }
                Some(_) => return Err(self.fault("a control character must be written as `\\u…`")),
                None => return Err(self.fault("the text is never closed")),
            }
        }
    }

    /// Reads an escape; two of them when it is the first half of a surrogate pair.
    fn escape(&mut self) -> Result<char, Diagnostic> {
        let start = self.at;
        self.at += 2;
        let named = match self.text.as_bytes().get(start + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => {
                self.at = start;
                return Err(self.fault("JSON does not have this escape"));
            }
        };
        Ok(named)
    }

    fn unicode(&mut self, start: usize) -> Result<char, Diagnostic> {
        let first = self.hexadecimal(start)?;
        let code = match first {
            0xd800..=0xdbff
                if self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) =>
            {
                let half = self.at;
                self.at += 2;
                let second = self.hexadecimal(half)?;
                if !(0xdc00..=0xdfff).contains(&second) {
                    self.at = start;
                    return Err(self.fault("the second half of the surrogate pair is missing"));
                }
                0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
            }
            code => code,
        };
        char::from_u32(code).ok_or_else(|| {
            self.at = start;
            self.fault("half of a surrogate pair is not a character")
        })
    }

    /// Reads four hexadecimal digits of the escape at `start`.
    fn hexadecimal(&mut self, start: usize) -> Result<u32, Diagnostic> {
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        if let Some(code) = code {
            self.at += 4;
            return Ok(code);
        }
        self.at = start;
        Err(self.fault("`\\u` needs four hexadecimal digits"))
    }

    /// Skips blanks and shows the next byte.
    fn next(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
        self.peek()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn expected(&self, what: &str) -> Diagnostic {
        self.fault(&format!("{what} was expected here"))
    }

    fn fault(&self, what: &str) -> Diagnostic {
        let span = fault::place(self.text, self.file, self.at);
        Diagnostic::error(Code::YamlSyntax, span, format!("this is not JSON: {what}"))
    }
}
