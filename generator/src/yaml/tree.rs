//! A tree under construction, with an explicit stack, so that nesting never costs stack space.
//!
//! Both readers, of YAML and of JSON, build through it; so both have the same bounds and the same
//! rule for keys.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{MAX_DEPTH, MAX_DUPLICATES, MAX_NODES};
use super::offsets::to_u32;
use super::{Entry, Node, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// A tree under construction.
pub(super) struct Tree {
    file: FileId,
    /// The collections that are open, outermost first.
    open: Vec<Open>,
    /// The complete items of all open sequences, so that each closed one is allocated once.
    items: Vec<Node>,
    /// The complete entries of all open mappings.
    entries: Vec<Entry>,
    /// The outermost value, when it is complete.
    root: Option<Node>,
    /// How many nodes there are, copies included.
    nodes: usize,
    /// What was found without having to stop.
    found: Diagnostics,
}

/// A collection that is open.
struct Open {
    start: u32,
    kind: Kind,
}

enum Kind {
    List {
        /// Where its items start.
        first: usize,
    },
    Map {
        /// Where its entries start.
        first: usize,
        /// The key whose value comes next.
        key: Option<(Box<str>, Span)>,
        /// The entry whose value is to be merged into this mapping.
        merge: Option<usize>,
    },
}

impl Tree {
    /// An empty tree.
    pub(super) fn new(file: FileId) -> Self {
        Self {
            file,
            open: Vec::new(),
            items: Vec::new(),
            entries: Vec::new(),
            root: None,
            nodes: 0,
            found: Diagnostics::new(),
        }
    }

    /// How many collections are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether the innermost open collection is a mapping that waits for a key.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::Map { key: None, .. }, .. }))
    }

    /// The place of some bytes.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: to_u32(start), end: to_u32(end) }
    }

    /// Opens a sequence.
    pub(super) fn open_list(&mut self, start: usize) -> Result<(), Diagnostic> {
        let first = self.items.len();
        self.push(start, Kind::List { first })
    }

    /// Opens a mapping.
    pub(super) fn open_map(&mut self, start: usize) -> Result<(), Diagnostic> {
        let first = self.entries.len();
        self.push(start, Kind::Map { first, key: None, merge: None })
    }

    /// Sets the key of the next value.
    pub(super) fn key(&mut self, text: Box<str>, span: Span) {
        if let Some(Open { kind: Kind::Map { key, .. }, .. }) = self.open.last_mut() {
            *key = Some((text, span));
        }
    }

    /// Says that the next value is to be merged into the mapping; its key is set as usual.
    pub(super) fn merge(&mut self) {
        let next = self.entries.len();
        if let Some(Open { kind: Kind::Map { merge, .. }, .. }) = self.open.last_mut() {
            *merge = merge.or(Some(next));
        }
    }

    /// Puts a complete value where it belongs. For the bound it counts as `nodes`: a scalar is one,
    /// a collection was counted when it was opened, a copy is as many as it holds.
    pub(super) fn place(&mut self, node: Node, nodes: usize) -> Result<(), Diagnostic> {
        self.count(node.span, nodes)?;
        match self.open.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(Kind::List { .. }) => self.items.push(node),
            Some(Kind::Map { key, .. }) => {
                if let Some((key, key_span)) = key.take() {
                    self.entries.push(Entry { key, key_span, node });
                }
            }
        }
        Ok(())
    }

    /// Closes the innermost collection, which then is to be placed. Its end is that of its last
    /// part unless it is given.
    pub(super) fn close(&mut self, end: Option<usize>) -> Result<Option<Node>, Diagnostic> {
        let Some(Open { start, kind }) = self.open.pop() else {
            return Ok(None);
        };
        let (value, last) = match kind {
            Kind::List { first } => {
                let items = self.items.split_off(first);
                let last = items.last().map(|item| item.span.end);
                (Value::List(items), last)
            }
            Kind::Map { first, merge, .. } => {
                let mut entries = self.entries.split_off(first);
                let last = entries.last();
                let last = last.map(|entry| entry.node.span.end.max(entry.key_span.end));
                self.check_keys(&entries)?;
                if let Some(at) = merge {
                    merge_into(&mut entries, at - first)?;
                }
                (Value::Map(entries), last)
            }
        };
        let end = end.map_or_else(|| last.unwrap_or(start), to_u32).max(start);
        Ok(Some(Node { span: Span { file: self.file, start, end }, value }))
    }

    /// The whole tree, and all that was found. What a fault left open is still checked for keys.
    pub(super) fn finish(mut self) -> (Option<Node>, Diagnostics) {
        while let Some(Open { kind, .. }) = self.open.pop() {
            if let Kind::Map { first, .. } = kind {
                let entries = self.entries.split_off(first);
                if self.check_keys(&entries).is_err() {
                    break;
                }
            }
        }
        (self.root, self.found)
    }

    fn push(&mut self, start: usize, kind: Kind) -> Result<(), Diagnostic> {
        let span = self.span(start, start + 1);
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(span));
        }
        self.count(span, 1)?;
        self.open.push(Open { start: span.start, kind });
        Ok(())
    }

    fn count(&mut self, span: Span, nodes: usize) -> Result<(), Diagnostic> {
        self.nodes += nodes;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        let message = format!("the document has more than {MAX_NODES} values, which is the bound");
        Err(Diagnostic::error(Code::LimitSize, span, message))
    }

    /// Finds keys that are written twice, in the order of the document.
    fn check_keys(&mut self, entries: &[Entry]) -> Result<(), Diagnostic> {
        if !has_twins(entries) {
            return Ok(());
        }
        let mut known = BTreeMap::new();
        for Entry { key, key_span, .. } in entries {
            let Some(first) = known.get(key) else {
                known.insert(key, *key_span);
                continue;
            };
            let twin = |message| {
                let twin = Diagnostic::error(Code::DuplicateKey, *key_span, message);
                twin.related(*first, "it is first written here")
            };
            if self.found.len() == MAX_DUPLICATES {
                let message = format!("more than {MAX_DUPLICATES} keys are written twice");
                return Err(twin(message));
            }
            let help = "remove or rename one of the two: readers differ in which one they take";
            self.found.push(twin(format!("the key `{key}` is written twice")).help(help));
        }
        Ok(())
    }
}

/// The error for nesting beyond the bound.
pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("the nesting is deeper than {MAX_DEPTH} levels, which is the bound");
    Diagnostic::error(Code::LimitDepth, span, message)
}

/// Whether some key occurs twice. Most mappings are small, and comparing all pairs needs no memory.
fn has_twins(entries: &[Entry]) -> bool {
    const SMALL: usize = 16;
    if entries.len() <= SMALL {
        let mut rest = entries;
        while let [first, others @ ..] = rest {
            if others.iter().any(|other| other.key == first.key) {
                return true;
            }
            rest = others;
        }
        return false;
    }
    let mut keys: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| pair.first() == pair.last())
}

/// Replaces the merge key at `at` by the entries of its mappings. Keys that are written in the
/// mapping itself win, and so does an earlier mapping over a later one.
fn merge_into(entries: &mut Vec<Entry>, at: usize) -> Result<(), Diagnostic> {
    let Entry { key_span, node, .. } = entries.remove(at);
    let sources = match node.value {
        Value::List(nodes) => nodes,
        _ => vec![node],
    };
    let mut known: BTreeSet<Box<str>> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut merged = Vec::new();
    for source in sources {
        let Value::Map(inherited) = source.value else {
            let message = format!("`<<` merges mappings, but this is {}", source.kind());
            let wrong = Diagnostic::error(Code::YamlSyntax, source.span, message);
            return Err(wrong.related(key_span, "the merge key"));
        };
        merged.extend(inherited.into_iter().filter(|entry| known.insert(entry.key.clone())));
    }
    entries.splice(at..at, merged);
    Ok(())
}
