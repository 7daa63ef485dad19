//! YAML: from the events of saphyr's parser to a tree.

use std::cell::Cell;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::anchors::Anchors;
use super::bounds::{MAX_DEPTH, MAX_LOOKAHEAD};
use super::offsets::Offsets;
use super::tree::{Tree, too_deep};
use super::window::{Padding, Window};
use super::{Node, Value, fault, places, scalar};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Reads a YAML text whose size is within the bound.
///
/// # Errors
/// As [`parse`](super::parse()).
pub(super) fn read(text: &str, file: FileId) -> Result<Node, Diagnostics> {
    let mut reader = Reader {
        text,
        file,
        offsets: Offsets::new(text),
        padding: &Padding::default(),
        tree: Tree::new(file),
        anchors: Anchors::default(),
        open: Vec::new(),
    };
    let stopped = reader.run();
    let (root, mut found) = reader.tree.finish();
    match (stopped, root) {
        (Ok(()), Some(root)) if found.is_empty() => return Ok(root),
        (Ok(()), Some(_)) => {}
        (Ok(()), None) => found.push(empty(file)),
        (Err(stop), _) => found.push(stop),
    }
    found.sort();
    Err(found)
}

struct Reader<'text> {
    text: &'text str,
    file: FileId,
    offsets: Offsets<'text>,
    padding: &'text Padding,
    tree: Tree,
    anchors: Anchors,
    /// The anchor of each open collection, 0 for none.
    open: Vec<usize>,
}

/// A scalar as it is written.
struct Scalar<'text> {
    text: &'text str,
    style: ScalarStyle,
    anchor: usize,
    tag: Option<&'text Tag>,
    /// Its text.
    span: Span,
    /// Its text with the anchor and tag before it.
    whole: Span,
}

impl Reader<'_> {
    /// Reads all events up to the first fault.
    fn run(&mut self) -> Result<(), Diagnostic> {
        let left = Cell::new(MAX_LOOKAHEAD);
        let mut parser = Parser::new(Window::new(self.text, &left, self.padding));
        let mut documents = 0;
        let mut before = 0;
        while let Some(next) = parser.next_event() {
            if left.get() == 0 {
                return Err(self.too_long(before));
            }
            left.set(MAX_LOOKAHEAD);
            let (event, span) = next.map_err(|error| self.fault(&error))?;
            let start = self.byte(span.start);
            let end = self.byte(span.end);
            before = end;
            if let Event::DocumentStart(_) = event {
                documents += 1;
                if documents == 2 {
                    return Err(self.second(start));
                }
            }
            self.event(event, start, end)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let whole = self.tree.span(start, end);
                let (start, end) = places::scalar(self.text, style, &text, start, end);
                let span = self.tree.span(start, end);
                self.scalar(&Scalar {
                    text: &text,
                    style,
                    anchor,
                    tag: tag.as_deref(),
                    span,
                    whole,
                })
            }
            Event::SequenceStart(anchor, tag) => {
                let start = self.begin(tag.as_deref(), "seq", start)?;
                self.open.push(anchor);
                self.tree.open_list(start)
            }
            Event::MappingStart(anchor, tag) => {
                let start = self.begin(tag.as_deref(), "map", start)?;
                self.open.push(anchor);
                self.tree.open_map(start)
            }
            Event::SequenceEnd => self.end(start, ']'),
            Event::MappingEnd => self.end(start, '}'),
            Event::Alias(anchor) => self.alias(anchor, self.tree.span(start, end)),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(&mut self, scalar: &Scalar<'_>) -> Result<(), Diagnostic> {
        let Scalar { text, style, anchor, tag, span, whole } = *scalar;
        if self.tree.depth() == 0 && text.is_empty() && tag.is_none() && style == ScalarStyle::Plain
        {
            return Err(empty(self.file));
        }
        let is_key = self.tree.wants_key();
        if is_key && text.is_empty() && style == ScalarStyle::Plain {
            return Err(Diagnostic::error(Code::YamlSyntax, span, "a key is missing here"));
        }
        if is_key && tag.is_none() && anchor == 0 {
            self.key(text, style, span);
            return Ok(());
        }
        let value = match (tag, style) {
            (Some(tag), _) => scalar::tagged(&format!("{}{}", tag.handle, tag.suffix), text),
            (None, ScalarStyle::Plain) => scalar::plain(text),
            (None, _) => Ok(Value::String(text.into())),
        };
        let value = value.map_err(|fault| Diagnostic::error(Code::YamlSyntax, whole, fault))?;
        let node = Node { span, value };
        self.anchors.keep(anchor, &node);
        if is_key {
            self.key(text, style, span);
            return Ok(());
        }
        self.tree.place(node, 1)
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) {
        if text == "<<" && style == ScalarStyle::Plain {
            self.tree.merge();
        }
        self.tree.key(text.into(), span);
    }

    /// Checks a collection that starts and tells where, behind its anchor and tag.
    fn begin(&self, tag: Option<&Tag>, kind: &str, whole: usize) -> Result<usize, Diagnostic> {
        let start = places::behind_properties(self.text, whole);
        let wrong = |at, fault| {
            Diagnostic::error(Code::YamlSyntax, fault::place(self.text, self.file, at), fault)
        };
        if self.tree.wants_key() {
            return Err(wrong(
                start,
                "a key must be a text, not a sequence or a mapping".to_owned(),
            ));
        }
        if let Some(tag) = tag {
            let name = format!("{}{}", tag.handle, tag.suffix);
            scalar::check_collection(&name, kind).map_err(|fault| wrong(whole, fault))?;
        }
        Ok(start)
    }

    /// Ends a collection. A flow collection ends behind its bracket, a block with its last part.
    fn end(&mut self, start: usize, bracket: char) -> Result<(), Diagnostic> {
        let behind =
            self.text.get(start..).filter(|rest| rest.starts_with(bracket)).map(|_| start + 1);
        let anchor = self.open.pop().unwrap_or(0);
        let Some(node) = self.tree.close(behind)? else {
            return Ok(());
        };
        self.anchors.keep(anchor, &node);
        self.tree.place(node, 0)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Diagnostic> {
        let copied = self.anchors.copy(anchor, span)?;
        if self.tree.depth() + copied.height > MAX_DEPTH {
            return Err(too_deep(span));
        }
        if !self.tree.wants_key() {
            return self.tree.place(copied.node, copied.nodes);
        }
        let text = match copied.node.value {
            Value::String(text) | Value::Number(text) => text,
            Value::Bool(value) => value.to_string().into(),
            Value::Null | Value::List(_) | Value::Map(_) => {
                let message =
                    format!("a key must be a text, but this alias is {}", copied.node.kind());
                return Err(Diagnostic::error(Code::YamlSyntax, span, message));
            }
        };
        self.tree.key(text, span);
        Ok(())
    }

    /// The byte that saphyr means.
    fn byte(&self, marker: Marker) -> usize {
        self.offsets.byte(self.padding.remove(marker.index()))
    }

    fn fault(&self, error: &ScanError) -> Diagnostic {
        let at = self.byte(*error.marker());
        if error.info() == "recursion limit exceeded" {
            return too_deep(fault::place(self.text, self.file, at));
        }
        fault::diagnostic(self.text, self.file, at, error.info())
    }

    fn too_long(&self, before: usize) -> Diagnostic {
        let start = places::behind_blanks(self.text, before);
        let message = format!(
            "a text or flow collection has more than {MAX_LOOKAHEAD} characters, which is the bound"
        );
        Diagnostic::error(Code::LimitSize, fault::place(self.text, self.file, start), message)
            .help("write a collection in block style, or the whole document as JSON")
    }

    fn second(&self, start: usize) -> Diagnostic {
        let marker = self.text.get(start..).filter(|rest| rest.starts_with("---"));
        let span = self.tree.span(start, start + marker.map_or(0, |_| 3));
        Diagnostic::error(Code::YamlSyntax, span, "a second YAML document starts here")
            .help("keep one document in the file")
    }
}

fn empty(file: FileId) -> Diagnostic {
    Diagnostic::error(Code::YamlSyntax, Span { file, start: 0, end: 0 }, "the document is empty")
}
