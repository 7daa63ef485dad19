//! Anchors and aliases, bounded in what they copy.
//!
//! A value with an anchor is kept as a copy, and each alias copies it again. Both count, in values
//! and in bytes of text, so a bomb stops at the alias that would pass the bound, before it copies.

use std::collections::BTreeMap;

use super::bounds::{MAX_COPIED_NODES, MAX_COPIED_TEXT};
use super::{Node, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// The values that have an anchor, by saphyr's number for it.
#[derive(Default)]
pub(super) struct Anchors {
    kept: BTreeMap<usize, Kept>,
    nodes: usize,
    text: usize,
}

/// A value that has an anchor.
enum Kept {
    /// It can be copied.
    Whole(Copy),
    /// A copy would pass the bound.
    TooLarge,
}

/// A copy of a value with what it weighs.
#[derive(Clone)]
pub(super) struct Copy {
    /// The value.
    pub(super) node: Node,
    /// How many values it holds, itself included.
    pub(super) nodes: usize,
    /// How many bytes of text it holds.
    text: usize,
    /// How many collections lie in each other in it.
    pub(super) height: usize,
}

impl Anchors {
    /// Keeps a value if it has an anchor; 0 is none.
    pub(super) fn keep(&mut self, anchor: usize, node: &Node) {
        if anchor == 0 {
            return;
        }
        let kept = match self.weigh(node) {
            Some((nodes, text, height)) => {
                self.count(nodes, text);
                Kept::Whole(Copy { node: node.clone(), nodes, text, height })
            }
            None => Kept::TooLarge,
        };
        self.kept.insert(anchor, kept);
    }

    /// Copies a value for the alias at `span`, which becomes the place of the copy.
    pub(super) fn copy(&mut self, anchor: usize, span: Span) -> Result<Copy, Diagnostic> {
        let kept = match self.kept.get(&anchor) {
            Some(Kept::Whole(kept)) => kept,
            Some(Kept::TooLarge) => return Err(too_large(span)),
            None => {
                let message = "the alias stands inside the value that its anchor names";
                return Err(Diagnostic::error(Code::YamlSyntax, span, message));
            }
        };
        if self.nodes + kept.nodes > MAX_COPIED_NODES || self.text + kept.text > MAX_COPIED_TEXT {
            return Err(too_large(span));
        }
        let mut copy = kept.clone();
        copy.node.span = span;
        self.count(copy.nodes, copy.text);
        Ok(copy)
    }

    fn count(&mut self, nodes: usize, text: usize) {
        self.nodes += nodes;
        self.text += text;
    }

    /// The values, bytes and height of a value, unless they pass what is left of the bound.
    fn weigh(&self, node: &Node) -> Option<(usize, usize, usize)> {
        let most_nodes = MAX_COPIED_NODES - self.nodes;
        let most_text = MAX_COPIED_TEXT - self.text;
        let (mut nodes, mut text, mut height) = (1, 0, 0);
        let mut waiting = vec![(node, 0)];
        while let Some((node, above)) = waiting.pop() {
            match &node.value {
                Value::Null | Value::Bool(_) => {}
                Value::Number(scalar) | Value::String(scalar) => text += scalar.len(),
                Value::List(items) => {
                    height = height.max(above + 1);
                    nodes += items.len();
                    if nodes > most_nodes {
                        return None;
                    }
                    waiting.extend(items.iter().map(|item| (item, above + 1)));
                }
                Value::Map(entries) => {
                    height = height.max(above + 1);
                    nodes += entries.len();
                    if nodes > most_nodes {
                        return None;
                    }
                    text += entries.iter().map(|entry| entry.key.len()).sum::<usize>();
                    waiting.extend(entries.iter().map(|entry| (&entry.node, above + 1)));
                }
            }
        }
        (nodes <= most_nodes && text <= most_text).then_some((nodes, text, height))
    }
}

fn too_large(span: Span) -> Diagnostic {
    let message = format!(
        "the aliases copy more than {MAX_COPIED_NODES} values or {} MiB of text, which is the bound",
        MAX_COPIED_TEXT / (1024 * 1024)
    );
    Diagnostic::error(Code::LimitAliases, span, message)
        .help("name the repeated part once, under `components`, and use `$ref`")
}
