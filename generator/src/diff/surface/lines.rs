//! Lines of a crate's public face, and how they are found.

use indexmap::IndexMap;

use crate::plan::Docs;
use crate::source::Span;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) enum Kind {
    /// A struct or an enum.
    Type,
    /// A type alias.
    Alias,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function that no parameter or operation stands for.
    Function,
    /// The method of an operation.
    Method,
    /// A parameter: a field of the struct of required ones, or a setter.
    Parameter,
}

/// What a line belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) enum Owner {
    /// The client or a group as a whole.
    Client,
    /// An operation, by its label: `GET /pets`.
    Operation(String),
    /// A type, by its path.
    Type(String),
}

/// One thing that a caller can name.
#[derive(Clone, Debug)]
pub(in crate::diff) struct Line {
    pub(in crate::diff) kind: Kind,
    pub(in crate::diff) path: String,
    pub(in crate::diff) code: String,
    pub(in crate::diff) wire: String,
    pub(in crate::diff) span: Option<Span>,
    pub(in crate::diff) owner: Owner,
    /// The types of the crate that the code names.
    pub(in crate::diff) names: Vec<String>,
    pub(in crate::diff) docs: Docs,
}

impl Line {
    pub(in crate::diff) fn new(kind: Kind, path: String) -> Self {
        Self {
            kind,
            path,
            code: String::new(),
            wire: String::new(),
            span: None,
            owner: Owner::Client,
            names: Vec::new(),
            docs: Docs::default(),
        }
    }

    pub(in crate::diff) fn docs(mut self, docs: &Docs) -> Self {
        self.docs = docs.clone();
        self
    }

    /// What tells it from a thing of the same path: a field and a method can share a name.
    pub(in crate::diff) fn key(&self) -> String {
        let is_called = match self.kind {
            Kind::Function | Kind::Method => true,
            Kind::Parameter => self.code.starts_with("pub fn"),
            Kind::Type | Kind::Alias | Kind::Field | Kind::Variant => false,
        };
        if is_called { format!("{}()", self.path) } else { self.path.clone() }
    }
}

/// All lines of a crate, by their keys, in the order in which they stand.
#[derive(Clone, Debug, Default)]
pub(in crate::diff) struct Surface {
    pub(in crate::diff) lines: IndexMap<String, Line>,
}

impl Surface {
    pub(in crate::diff) fn add(&mut self, line: Line) {
        self.lines.insert(line.key(), line);
    }

    pub(in crate::diff) fn get(&self, key: &str) -> Option<&Line> {
        self.lines.get(key)
    }

    /// The line of a path, whether it is called or not.
    pub(in crate::diff) fn at(&self, path: &str) -> Option<&Line> {
        self.get(path).or_else(|| self.get(&format!("{path}()")))
    }
}
