//! Changes to a document before it is read: the actions of overlays, and a filter that keeps the
//! operations that are wanted; and the schemas whose type `generator.yaml` chooses.
//!
//! Overlays change the root document as it is written. The filter runs on the document as it is
//! written, before its grammar is checked, and leaves what it does not understand for `lower` to
//! report.

mod apply;
mod glob;
mod grammar;
mod merge;
mod prune;
mod retype;
mod select;
mod selected;

pub use apply::apply;
#[cfg(feature = "cli")]
pub(crate) use glob::matches as matches_path;
pub use retype::{PREFIX, retype};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// Operations: those to which all that is given applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// The `operationId`.
    pub operation: Option<String>,
    /// One of the tags.
    pub tag: Option<String>,
    /// The method, in lower case.
    pub method: Option<String>,
    /// The path. In a pattern, `*` stands for any text within a step, and `**` as a step stands for
    /// any number of steps, also none: `/api/v1/apps/**` selects `/api/v1/apps`,
    /// `/api/v1/apps/{id}` and what is below.
    pub path: Option<String>,
    /// Where the user says so.
    pub span: Span,
}

/// Which operations are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// These; all of them if this is empty.
    pub include: Vec<Selector>,
    /// Without these.
    pub exclude: Vec<Selector>,
}

/// Keeps the operations that are selected, and the components that these reach, in the document's
/// order. An empty selection keeps everything.
///
/// Where only some operations are included, webhooks go; the top-level `security`, `servers` and
/// `tags` stay.
///
/// # Errors
/// `unused-config` for each selector that names nothing.
pub fn filter(mut root: Node, selection: &Selection) -> Result<Node, Diagnostics> {
    let Selection { include, exclude } = selection;
    if include.is_empty() && exclude.is_empty() {
        return Ok(root);
    }
    let used = select::select(&mut root, selection);
    prune::prune(&mut root);

    let all = include.iter().zip(used.include).chain(exclude.iter().zip(used.exclude));
    let mut found = Diagnostics::new();
    for (selector, _) in all.filter(|(_, used)| !used) {
        let Selector { operation, tag, method, path, span } = selector;
        let wanted = [("id", operation), ("tag", tag), ("method", method), ("path", path)];
        let wanted = wanted
            .iter()
            .filter_map(|(what, text)| text.as_ref().map(|text| format!("the {what} `{text}`")));
        let wanted: Vec<String> = wanted.collect();
        let message = format!("no operation has {}", wanted.join(" and "));
        found.push(Diagnostic::error(Code::UnusedConfig, *span, message));
    }
    found.stop(root, &mut Diagnostics::new())
}

/// The value of a key, to be changed.
fn get_mut<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Node> {
    match &mut node.value {
        Value::Map(entries) => {
            entries.iter_mut().find(|entry| &*entry.key == key).map(|entry| &mut entry.node)
        }
        _ => None,
    }
}
