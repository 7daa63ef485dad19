//! OpenAPI Overlay 1.0 and 1.1: actions that change a document one after the other.
//!
//! A target is a JSONPath (RFC 9535), which is asked of a copy of the document without places; what
//! it selects is then changed in both, in one walk.
//!
//! | the target selects | `update` or `copy` |
//! | --- | --- |
//! | objects | are merged with an object: new keys are added, objects merged, arrays joined, others replaced |
//! | arrays | get the items of an array, or one more item |
//! | other values | are replaced by such a value; since 1.1 |
//!
//! Stricter than the specification, an action that selects nothing is an error: it is misspelt, or
//! was made for a part of the document that has been renamed since.

use serde_json_path::{JsonPath, NormalizedPath};

use super::grammar::{Action, Change, Version, read};
use super::merge::{self, Merge};
use super::selected::Selected;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::bounds::{MAX_COPIED_NODES, MAX_DEPTH};
use crate::yaml::{Node, Value};

type Json = serde_json::Value;

/// Applies the actions of an overlay to a document.
///
/// # Errors
/// Faults of the overlay, and `overlay-target` for the first action that selects nothing, or what it
/// cannot change.
pub fn apply(root: Node, overlay: &Node) -> Result<Node, Diagnostics> {
    let overlay = read(overlay)?;
    let mut document = Document { json: json(&root), root, left: MAX_COPIED_NODES };
    for action in &overlay.actions {
        document.change(action, overlay.version)?;
    }
    Ok(document.root)
}

/// A document that is being changed.
struct Document {
    root: Node,
    /// The same without places.
    json: Json,
    /// How many nodes may still be copied to several places.
    left: usize,
}

impl Document {
    fn change(&mut self, action: &Action, version: Version) -> Result<(), Diagnostics> {
        let path = path(action.target, action.target_span)?;
        let found = path.query_located(&self.json);
        let fault = |span: Span, message: String| {
            Err(Diagnostics::from(Diagnostic::error(Code::OverlayTarget, span, message)))
        };
        if found.is_empty() {
            let message = format!("`{}` selects nothing in the document", action.target);
            return fault(action.target_span, message);
        }
        let count = found.len();
        let kinds: Vec<Form> = found.nodes().map(Form::of).collect();
        let selected: Selected = found.locations().map(steps).collect();
        let (update, span) = match &action.change {
            Change::Remove => {
                if !selected.remove(&mut self.root, &mut self.json) {
                    let message = "the whole document cannot be removed".to_owned();
                    return fault(action.target_span, message);
                }
                return Ok(());
            }
            Change::Update(update) => ((*update).clone(), update.span),
            Change::Copy(source, span) => (self.copied(source, *span)?, *span),
        };
        let form = kinds.first().copied().unwrap_or(Form::Primitive);
        if kinds.iter().any(|other| *other != form) {
            let message = "the target selects values of different kinds: objects, arrays or others";
            return fault(action.target_span, message.to_owned());
        }
        if form == Form::Primitive && version == Version::V10 {
            let message = "the target selects a value that is neither object nor array";
            let error = Diagnostic::error(Code::OverlayTarget, action.target_span, message);
            let help = "select the object around it, or write `overlay: 1.1.0`";
            return Err(error.help(help).into());
        }
        let size = merge::count(&update).saturating_mul(count);
        let Some(left) = self.left.checked_sub(size) else {
            let message = format!("the actions copy more than {MAX_COPIED_NODES} values");
            return Err(Diagnostic::error(Code::LimitAliases, span, message).into());
        };
        self.left = left;
        if selected.depth() + merge::depth(&update) > MAX_DEPTH {
            let message = format!("the document would be nested more than {MAX_DEPTH} deep");
            return Err(Diagnostic::error(Code::LimitDepth, span, message).into());
        }
        let update = Merge { json: json(&update), node: update };
        selected.merge(&mut self.root, &mut self.json, &update)
    }

    /// The one node that `copy` names.
    fn copied(&self, source: &str, span: Span) -> Result<Node, Diagnostics> {
        let path = path(source, span)?;
        let found = path.query_located(&self.json);
        let only = found.exactly_one().ok();
        let node = only.and_then(|only| Selected::node(&self.root, &steps(only.location())));
        node.cloned().ok_or_else(|| {
            let message = format!("`{source}` must select one value of the document");
            Diagnostic::error(Code::OverlayTarget, span, message).into()
        })
    }
}

/// What kind of value a target selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Object,
    Array,
    Primitive,
}

impl Form {
    fn of(value: &Json) -> Self {
        match value {
            Json::Object(_) => Self::Object,
            Json::Array(_) => Self::Array,
            _ => Self::Primitive,
        }
    }
}

fn path(text: &str, span: Span) -> Result<JsonPath, Diagnostics> {
    JsonPath::parse(text).map_err(|error| {
        let message = format!("`{text}` is not a JSONPath: {}", error.message());
        Diagnostic::error(Code::InvalidValue, span, message).into()
    })
}

/// A step to a value: a key, or an index.
pub(super) type Step = Result<String, usize>;

fn steps(path: &NormalizedPath) -> Vec<Step> {
    let steps = path.iter().map(|step| match step.as_name() {
        Some(name) => Ok(name.to_owned()),
        None => Err(step.as_index().unwrap_or_default()),
    });
    steps.collect()
}

/// A tree without places.
fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        // A number that JSON's crate cannot hold is still no other kind of value.
        Value::Number(text) => text.parse().map_or(Json::Null, Json::Number),
        Value::String(text) => Json::String(text.to_string()),
        Value::List(nodes) => Json::Array(nodes.iter().map(json).collect()),
        Value::Map(entries) => Json::Object(
            entries.iter().map(|entry| (entry.key.to_string(), json(&entry.node))).collect(),
        ),
    }
}
