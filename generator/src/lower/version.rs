//! The version of the specification that a document claims.

use super::grammar::Since;
use super::{entries, not_a_document, stamp};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::yaml::{Entry, Node, Value};

/// The version that a lowered document claims.
const LOWERED: &str = "3.0.3";

/// Reads the version; `None` after an error.
pub(super) fn read(root: &Node, found: &mut Diagnostics) -> Option<Since> {
    let Some(entries) = root.as_map() else {
        found.push(not_a_document(root));
        return None;
    };
    if let Some(entry) = entries::find(entries, "openapi") {
        return read_text(&entry.node, found);
    }
    let (span, message) = match entries::find(entries, "swagger") {
        Some(entry) => {
            let version = entry.node.as_str().unwrap_or("2.0");
            (entry.key_span, format!("Swagger {version} is not read"))
        }
        None => (stamp::first_line(root), "the document has no `openapi` version".to_owned()),
    };
    let help = "documents of OpenAPI 2.0, 3.0, 3.1 and 3.2 are read";
    found.push(Diagnostic::error(Code::UnsupportedVersion, span, message).help(help));
    None
}

/// `openapi: 3.1` without quotes is a number and means the text.
fn read_text(node: &Node, found: &mut Diagnostics) -> Option<Since> {
    let text = match &node.value {
        Value::String(text) | Value::Number(text) => &**text,
        _ => "",
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("3"), Some("0")) => Some(Since::V30),
        (Some("3"), Some("1")) => Some(Since::V31),
        (Some("3"), Some("2")) => {
            let message = format!("OpenAPI {text} is read as 3.1; what is new in 3.2 is left out");
            found.push(Diagnostic::gap(Code::UnsupportedVersion, node.span, message));
            Some(Since::V32)
        }
        _ => {
            let message = format!("`{text}` is not a version of OpenAPI that can be read");
            let help = "documents of OpenAPI 2.0, 3.0, 3.1 and 3.2 are read";
            found.push(Diagnostic::error(Code::UnsupportedVersion, node.span, message).help(help));
            None
        }
    }
}

/// Writes the version of a lowered document.
pub(super) fn write(entries: &mut [Entry]) {
    if let Some(entry) = entries::find_mut(entries, "openapi") {
        entry.node.value = Value::String(LOWERED.into());
    }
}
