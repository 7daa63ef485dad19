//! YAML and JSON text as a tree in which every node and every key knows its place.

pub mod bounds;

mod anchors;
mod events;
mod fault;
mod json;
mod offsets;
mod outline;
mod parse;
mod places;
mod scalar;
mod tree;
mod trees;
mod window;

pub use outline::Outline;
pub use parse::parse;
pub use trees::Trees;

use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A JSON value (YAML 1.2 core schema); a mapping keeps the order of its keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as JSON text (`12`, `-0.5`, `1e3`): no digit is lost.
    Number(Box<str>),
    /// A text.
    String(Box<str>),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping. Its keys are unique.
    Map(Vec<Entry>),
}

/// A key of a mapping, with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key as text; a key such as `200` is the text of the number.
    pub key: Box<str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// A node that stands at `span` without being written there.
    pub fn new(span: Span, value: Value) -> Self {
        Self { span, value }
    }

    /// The entries, if this is a mapping.
    pub fn as_map(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The nodes, if this is a sequence.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(nodes) => Some(nodes),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a key, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of a key, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| &*entry.key == key)
    }

    /// The JSON type's name, for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::List(_) => "an array",
            Value::Map(_) => "an object",
        }
    }
}
