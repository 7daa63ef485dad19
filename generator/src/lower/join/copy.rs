//! The second pass: the document anew, with each reference to a component.

use super::collect::{Collected, Fate};
use super::parts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::entries;
use crate::lower::grammar::Holds;
use crate::reference::{self, Section};
use crate::source::Span;
use crate::yaml::bounds::MAX_DEPTH;
use crate::yaml::{Entry, Node, Value};

/// The most nodes that may be put in the place of references altogether. They are seldom put in two
/// places, so a document beyond that is made to fill the memory.
const MOST_NODES: usize = 1_000_000;

/// Makes copies in which references are canonical.
pub(super) struct Copier<'a, 'c> {
    collected: &'c Collected<'a>,
    /// The names of the places that moved.
    names: &'c [String],
    /// How many collections are around the current place.
    depth: usize,
    /// How many references are being replaced.
    replacing: usize,
    /// How many nodes may still be put in the place of references.
    left: usize,
    pub(super) found: Diagnostics,
}

impl<'a, 'c> Copier<'a, 'c> {
    pub(super) fn new(collected: &'c Collected<'a>, names: &'c [String]) -> Self {
        let found = Diagnostics::new();
        Self { collected, names, depth: 0, replacing: 0, left: MOST_NODES, found }
    }

    /// Copies what is to stand under the name of a component, even if that is where it moved to.
    pub(super) fn top(&mut self, holds: Holds, node: &Node) -> Node {
        self.inside(holds, node)
    }

    /// Copies a part.
    fn part(&mut self, holds: Holds, node: &Node) -> Node {
        let section = parts::section(holds);
        if let Some(section) = section
            && let Some(index) = self.collected.moved_at.get(&(node.span, Some(section)))
        {
            return self.reference_to(section, *index, node.span);
        }
        self.inside(holds, node)
    }

    fn inside(&mut self, holds: Holds, node: &Node) -> Node {
        if self.replacing > 0 {
            self.left = self.left.saturating_sub(1);
        }
        if let Some((_, at)) = parts::reference(node)
            && let Some(Fate::Replaced(place)) = self.fate(parts::section(holds), at.span)
        {
            return self.replaced(holds, node, place.node, at.span);
        }
        self.depth += 1;
        let value = match &node.value {
            Value::Map(entries) => {
                let entries = entries.iter().map(|entry| self.entry(holds, entry));
                Value::Map(entries.collect())
            }
            Value::List(nodes) => match parts::item(holds) {
                Some(holds) => {
                    Value::List(nodes.iter().map(|node| self.part(holds, node)).collect())
                }
                None => node.value.clone(),
            },
            scalar => scalar.clone(),
        };
        self.depth -= 1;
        Node::new(node.span, value)
    }

    fn entry(&mut self, holds: Holds, entry: &Entry) -> Entry {
        let section = parts::section(holds);
        let fate = match &*entry.key {
            "$ref" | "$dynamicRef" => self.fate(section, entry.node.span),
            _ => None,
        };
        let (key, node) = match (fate, parts::entry(holds, &entry.key)) {
            (Some(fate), _) => ("$ref".into(), self.text(section, fate, &entry.node)),
            (None, Some(Holds::Discriminator)) => (entry.key.clone(), self.mapping(&entry.node)),
            (None, Some(holds)) => (entry.key.clone(), self.part(holds, &entry.node)),
            (None, None) => (entry.key.clone(), entry.node.clone()),
        };
        Entry { key, key_span: entry.key_span, node }
    }

    fn mapping(&self, discriminator: &Node) -> Node {
        let mut copy = discriminator.clone();
        let Value::Map(entries) = &mut copy.value else { return copy };
        let mapping = entries::find_mut(entries, "mapping").map(|entry| &mut entry.node.value);
        if let Some(Value::Map(mapping)) = mapping {
            for entry in mapping {
                if let Some(fate) = self.fate(Some(Section::Schemas), entry.node.span) {
                    entry.node = self.text(Some(Section::Schemas), fate, &entry.node);
                }
            }
        }
        copy
    }

    /// What the specification does not let refer, or a path item, in the place of the reference.
    /// What stands beside the reference is nearer than what it leads to.
    fn replaced(&mut self, holds: Holds, node: &Node, target: &Node, at: Span) -> Node {
        if self.left == 0 || self.depth + self.replacing >= MAX_DEPTH {
            let message = format!(
                "what references are replaced by has more than {MOST_NODES} nodes, or stands in \
                 itself"
            );
            if self.left > 0 || self.found.is_empty() {
                self.found.push(Diagnostic::error(Code::LimitAliases, at, message));
            }
            return Node::new(node.span, Value::Map(Vec::new()));
        }
        self.replacing += 1;
        self.depth += 1;
        let mut copy = self.inside(holds, target);
        self.depth -= 1;
        self.replacing -= 1;
        let Value::Map(entries) = &mut copy.value else { return copy };
        let beside = node.as_map().unwrap_or_default().iter();
        for own in beside.filter(|entry| &*entry.key != "$ref") {
            let own = self.entry(holds, own);
            match entries::find_mut(entries, &own.key) {
                Some(entry) => *entry = own,
                None => entries.push(own),
            }
        }
        copy
    }

    fn fate(&self, section: Option<Section>, at: Span) -> Option<&'c Fate<'a>> {
        self.collected.references.get(&(at, section))
    }

    /// The text of a reference, in the place of another.
    fn text(&self, section: Option<Section>, fate: &Fate, node: &Node) -> Node {
        let name = match fate {
            Fate::Component(name) => name,
            Fate::Moved(index) => self.name(*index),
            Fate::Replaced(_) => return node.clone(),
        };
        let section = section.unwrap_or(Section::Schemas);
        let text = reference::pointer_to(section, name);
        Node::new(node.span, Value::String(text.into()))
    }

    fn reference_to(&self, section: Section, index: usize, span: Span) -> Node {
        let text = reference::pointer_to(section, self.name(index));
        let text = Node::new(span, Value::String(text.into()));
        Node::new(span, Value::Map(vec![entries::entry("$ref", span, text)]))
    }

    fn name(&self, index: usize) -> &'c str {
        self.names.get(index).map_or("", String::as_str)
    }
}
