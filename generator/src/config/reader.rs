//! Reads values of known types out of a tree and notes what is wrong, without stopping.
//!
//! A method that finds a fault notes it and returns a stand-in. That is safe because `read` gives
//! nothing away once a fault is noted.

use std::collections::BTreeMap;

use super::Spanned;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Collects the faults of one file.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Diagnostics,
}

impl Reader {
    /// Notes a fault.
    pub(super) fn fault(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        let mut fault = Diagnostic::error(Code::InvalidConfig, span, message);
        fault.help = help;
        self.faults.push(fault);
    }

    /// The entries of a mapping whose keys are all `known`. Entries without a value count as
    /// absent, so that a section may stay when all its lines are commented out.
    pub(super) fn section<'n>(
        &mut self,
        what: &str,
        node: &'n Node,
        known: &[&str],
    ) -> BTreeMap<&'n str, &'n Node> {
        let mut section = BTreeMap::new();
        for Entry { key, key_span, node } in self.entries(what, node) {
            if !known.contains(&&**key) {
                let message = format!("{what} has no key `{key}`");
                self.fault(*key_span, message, Some(did_you_mean(key, known)));
            } else if node.value != Value::Null {
                section.insert(&**key, node);
            }
        }
        section
    }

    /// The entries of a mapping with any keys.
    pub(super) fn entries<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Entry] {
        if node.value == Value::Null {
            return &[];
        }
        node.as_map().unwrap_or_else(|| {
            self.wrong_type(what, "an object", node);
            &[]
        })
    }

    /// The nodes of a sequence.
    pub(super) fn list<'n>(&mut self, what: &str, node: &'n Node) -> &'n [Node] {
        node.as_list().unwrap_or_else(|| {
            self.wrong_type(what, "an array", node);
            &[]
        })
    }

    /// A text that is not empty and has no control characters.
    pub(super) fn text(&mut self, what: &str, node: &Node) -> String {
        let Some(text) = node.as_str() else {
            self.wrong_type(what, "a string", node);
            return String::new();
        };
        if text.trim().is_empty() {
            self.fault(node.span, format!("{what} is empty"), None);
        } else if text.trim_end_matches('\n').contains(char::is_control) {
            let message = format!("{what} has a line break or another control character");
            self.fault(node.span, message, None);
        }
        text.trim().to_owned()
    }

    /// A text for which `valid` holds; `form` describes such texts.
    pub(super) fn text_like(
        &mut self,
        what: &str,
        node: &Node,
        form: &str,
        valid: fn(&str) -> bool,
    ) -> String {
        let faults = self.faults.len();
        let text = self.text(what, node);
        if self.faults.len() == faults && !valid(&text) {
            let help = format!("it should be {form}");
            self.fault(node.span, format!("`{text}` is not a valid {what}"), Some(help));
        }
        text
    }

    /// A key that is a JSON Pointer.
    pub(super) fn pointer(&mut self, key: &str, span: Span) {
        if !key.starts_with("#/") {
            let help = "it should be a JSON pointer, such as `#/components/schemas/a.B`";
            let message = format!("`{key}` is not a place in the document");
            self.fault(span, message, Some(help.to_owned()));
        }
    }

    /// A list of texts without repetition.
    pub(super) fn texts_like(
        &mut self,
        what: &str,
        node: &Node,
        form: &str,
        valid: fn(&str) -> bool,
    ) -> Vec<Spanned<String>> {
        let mut texts: Vec<Spanned<String>> = Vec::new();
        let entry = format!("entry of {what}");
        for node in self.list(what, node) {
            let value = self.text_like(&entry, node, form, valid);
            if let Some(first) = texts.iter().find(|first| first.value == value) {
                let message = format!("`{value}` stands twice in {what}");
                let fault = Diagnostic::error(Code::InvalidConfig, node.span, message);
                self.faults.push(fault.related(first.span, "the first time"));
            } else {
                texts.push(Spanned { value, span: node.span });
            }
        }
        texts
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        what: &str,
        node: &Node,
        words: &[(&str, T)],
    ) -> Option<T> {
        let text = node.as_str().or_else(|| {
            self.wrong_type(what, "a string", node);
            None
        })?;
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{text}` is not a value of {what}");
            self.fault(node.span, message, Some(did_you_mean(text, &known)));
        }
        found.map(|(_, value)| *value)
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, what: &str, node: &Node) -> Option<bool> {
        let Value::Bool(flag) = node.value else {
            self.wrong_type(what, "true or false", node);
            return None;
        };
        Some(flag)
    }

    /// A whole number that is not negative.
    pub(super) fn count(&mut self, what: &str, node: &Node) -> Option<usize> {
        let Value::Number(text) = &node.value else {
            self.wrong_type(what, "a whole number", node);
            return None;
        };
        let count = text.parse().ok();
        if count.is_none() {
            let message = format!("`{text}` is not a valid {what}");
            self.fault(node.span, message, Some("it should be a whole number".to_owned()));
        }
        count
    }

    /// Notes that a value has another type than `wanted`.
    pub(super) fn wrong_type(&mut self, what: &str, wanted: &str, node: &Node) {
        let message = format!("{what} should be {wanted}, but it is {}", node.kind());
        self.fault(node.span, message, None);
    }
}

/// Help for a word that is not one of `known`: the nearest one, or all of them.
fn did_you_mean(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(one) => format!("did you mean `{one}`?"),
        None => format!("known here: {}", known.join(", ")),
    }
}
