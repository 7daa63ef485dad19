//! Texts, flags, numbers and words, with the slips that real documents make and a reader can undo.

use super::stamp::first_line;
use super::walk::{Fate, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::yaml::{Node, Value};

impl Walk<'_> {
    /// Text for people; some documents keep it in another file.
    pub(super) fn prose(&mut self, key: &str, node: &mut Node) -> Fate {
        if node.as_map().is_none() || node.get("$ref").is_none() {
            return self.text(key, node);
        }
        let message = format!("`{key}` is a reference, and its text is left out");
        self.gap(Code::UnsupportedKeyword, first_line(node), message);
        node.value = Value::String("".into());
        Fate::Keep
    }

    pub(super) fn text(&mut self, key: &str, node: &Node) -> Fate {
        match &node.value {
            Value::String(_) => Fate::Keep,
            Value::Number(_) | Value::Bool(_) => {
                let message = format!("`{key}` must be a string, but is {}", node.kind());
                let error = Diagnostic::error(Code::WrongType, node.span, message);
                self.error(error.help("write the value in quotes"))
            }
            Value::Null | Value::List(_) | Value::Map(_) => self.wrong_type(key, node, "a string"),
        }
    }

    /// A flag; `"true"` in quotes has only one meaning.
    pub(super) fn flag(&mut self, key: &str, node: &mut Node) -> Fate {
        let flag = match &node.value {
            Value::Bool(_) => return Fate::Keep,
            Value::String(text) if &**text == "true" => true,
            Value::String(text) if &**text == "false" => false,
            _ => return self.wrong_type(key, node, "a boolean"),
        };
        let message = format!("`{key}` must be a boolean, but is a string; it is read as `{flag}`");
        self.gap(Code::WrongType, node.span, message);
        node.value = Value::Bool(flag);
        Fate::Keep
    }

    /// A number that fits a 64-bit float.
    pub(super) fn number(&mut self, key: &str, node: &Node) -> Fate {
        let Value::Number(text) = &node.value else {
            return self.wrong_type(key, node, "a number");
        };
        if text.parse::<f64>().is_ok_and(f64::is_finite) {
            return Fate::Keep;
        }
        self.too_large(key, text, node)
    }

    /// A length or count; `10.0` is the same number as `10`.
    pub(super) fn size(&mut self, key: &str, node: &mut Node) -> Fate {
        let Value::Number(text) = &node.value else {
            return self.wrong_type(key, node, "a whole number");
        };
        if let Some(whole) = whole(text) {
            if whole.starts_with('-') {
                let message = format!("`{key}` must not be negative, but is {text}");
                return self.error(Diagnostic::error(Code::InvalidValue, node.span, message));
            }
            // A bound beyond 64 bits bounds nothing.
            if whole.parse::<u64>().is_ok() {
                node.value = Value::Number(whole.into());
                return Fate::Keep;
            }
            return self.too_large(key, text, node);
        }
        if text.parse::<f64>().is_ok_and(|value| value.abs() > EXACT) {
            return self.too_large(key, text, node);
        }
        let message = format!("`{key}` must be a whole number, but is {text}");
        self.error(Diagnostic::error(Code::InvalidValue, node.span, message))
    }

    /// One of the words of the specification.
    pub(super) fn word(&mut self, key: &str, node: &Node, words: &[&str]) -> Fate {
        let Some(word) = node.as_str() else { return self.wrong_type(key, node, "a string") };
        if words.contains(&word) {
            return Fate::Keep;
        }
        let list = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let message = format!("`{key}` cannot be `{word}`");
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it can be {list}"),
        };
        self.error(Diagnostic::error(Code::InvalidValue, node.span, message).help(help))
    }

    fn too_large(&mut self, key: &str, text: &str, node: &Node) -> Fate {
        let message = format!("`{key}` is {text}, which no 64-bit number holds; it is left out");
        self.gap(Code::InvalidValue, node.span, message);
        Fate::Drop
    }
}

/// The largest number up to which a float holds every whole number: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The digits of a whole number, also when it is written as `1e3` or `10.0`.
pub(super) fn whole(text: &str) -> Option<String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.to_owned());
    }
    let value = text.parse::<f64>().ok()?;
    let is_whole = value.abs() <= EXACT && value.fract() == 0.0;
    is_whole.then(|| if value == 0.0 { "0".to_owned() } else { format!("{value:.0}") })
}
