//! References: each names a component that exists and is of the expected kind.
//!
//! Names are collected before the walk, so a reference is checked where it is met.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::reference::{self, Section, Target};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The names under `components`, by section.
#[derive(Debug, Default)]
pub(super) struct References {
    names: BTreeMap<Section, BTreeSet<Box<str>>>,
    /// The texts, numbers and flags that components say, by their names.
    said: BTreeMap<(Section, Box<str>), Said>,
}

/// Keys with their values.
type Said = Vec<(Box<str>, Value)>;

/// How many references in a row are followed to what a component says.
const LONGEST_CHAIN: usize = 8;

impl References {
    /// Collects the names under `components`.
    pub(super) fn collect(root: &Node) -> Self {
        let mut references = Self::default();
        let components = root.get("components").and_then(Node::as_map).unwrap_or_default();
        for entry in components {
            let Some(section) = Section::from_key(&entry.key) else { continue };
            let names = entry.node.as_map().unwrap_or_default();
            let keys = names.iter().map(|name| name.key.clone());
            references.names.entry(section).or_default().extend(keys);
            let said = |one: &Entry| ((section, one.key.clone()), said(section, &one.node));
            references.said.extend(names.iter().map(said));
        }
        references
    }

    /// Whether a component, or what it refers to, says the same as an entry beside a reference to it.
    pub(super) fn says(&self, section: Section, reference: &Node, entry: &Entry) -> bool {
        let mut text = reference.as_str().unwrap_or_default();
        for _ in 0..LONGEST_CHAIN {
            let Target::Component(_, name) = reference::parse(text) else { return false };
            let Some(said) = self.said.get(&(section, name.into())) else { return false };
            if said.iter().any(|(key, value)| *key == entry.key && *value == entry.node.value) {
                return true;
            }
            match said.iter().find(|(key, _)| &**key == "$ref") {
                Some((_, Value::String(next))) => text = next,
                _ => return false,
            }
        }
        false
    }

    /// Collects the names that a document of 2.0 has at its top.
    pub(super) fn swagger(root: &Node) -> Self {
        let mut references = Self::default();
        for (key, section) in Section::SWAGGER {
            let entries = root.get(key).and_then(Node::as_map).unwrap_or_default().iter();
            let names = references.names.entry(section).or_default();
            names.extend(entries.map(|entry| entry.key.clone()));
        }
        references
    }

    /// Checks a reference to a component of a section, and gives its canonical text.
    pub(super) fn check(
        &self,
        section: Section,
        text: &str,
        span: Span,
    ) -> Result<String, Diagnostic> {
        let name = self.target(section, text, span)?;
        if self.has(section, &name) {
            return Ok(reference::component(section, &name));
        }
        let message = format!("`components/{}` has no `{name}`", section.key());
        let error = Diagnostic::error(Code::ReferenceNotFound, span, message);
        Err(self.did_you_mean(section, &name, error))
    }

    /// Checks the name of a security scheme. Documents in use name schemes that they do not have;
    /// the requirement as such still says that a credential is needed.
    pub(super) fn check_scheme(&self, name: &str, span: Span, found: &mut Diagnostics) {
        if self.has(Section::SecuritySchemes, name) {
            return;
        }
        let message = format!("`components/securitySchemes` has no `{name}`");
        let gap = Diagnostic::gap(Code::ReferenceNotFound, span, message);
        found.push(self.did_you_mean(Section::SecuritySchemes, name, gap));
    }

    /// Whether a component has this name.
    pub(super) fn has(&self, section: Section, name: &str) -> bool {
        self.names.get(&section).is_some_and(|names| names.contains(name))
    }

    /// The name of the component that a text refers to.
    fn target(&self, section: Section, text: &str, span: Span) -> Result<String, Diagnostic> {
        let (code, message) = match reference::parse(text) {
            Target::Component(found, name) if found == section => return Ok(name),
            Target::Component(found, _) => (
                Code::ReferenceKind,
                format!(
                    "`{text}` is in `components/{}`, but one of `components/{}` must stand here",
                    found.key(),
                    section.key()
                ),
            ),
            // `join` leaves no such reference.
            Target::InsideComponent(..) | Target::Elsewhere => {
                (Code::ReferenceKind, format!("`{text}` is not a component"))
            }
        };
        let mut error = Diagnostic::error(code, span, message);
        if self.has(section, text) {
            error = error.help(format!("did you mean `{}`?", reference::component(section, text)));
        }
        Err(error)
    }

    fn did_you_mean(&self, section: Section, name: &str, diagnostic: Diagnostic) -> Diagnostic {
        let names = self.names.get(&section).into_iter().flatten();
        match nearest(name, names.map(|name| &**name)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic,
        }
    }
}

/// The entries of a component that are texts, numbers or flags, but for prose; of a schema, only its
/// type, because the rest of what may stand beside a reference has a meaning there.
fn said(section: Section, node: &Node) -> Said {
    let entries = node.as_map().unwrap_or_default().iter();
    let entries = entries.filter(|entry| {
        let is_plain = match entry.node.value {
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
            Value::Null | Value::List(_) | Value::Map(_) => false,
        };
        is_plain
            && match section {
                Section::Schemas => matches!(&*entry.key, "type" | "$ref"),
                _ => &*entry.key != "description",
            }
    });
    entries.map(|entry| (entry.key.clone(), entry.node.value.clone())).collect()
}
