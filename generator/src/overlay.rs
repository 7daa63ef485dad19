//! Changes to a document before it is read: the actions of overlays, and a filter that keeps the
//! operations that are wanted.
//!
//! Overlays change the root document as it is written. The filter runs on the document as it is written, before its grammar is checked, and leaves what
//! it does not understand for `lower` to report.

mod apply;
mod glob;
mod grammar;
mod merge;
mod prune;
mod select;
mod selected;

pub use apply::apply;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::yaml::{Node, Value};

/// What to keep, and where the user says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// What to keep.
    pub kind: SelectorKind,
    /// Where the user says so.
    pub span: Span,
}

/// Operations to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectorKind {
    /// The operation with this `operationId`.
    Operation(String),
    /// The operations with this tag.
    Tag(String),
    /// The operations of these paths. In a pattern, `*` stands for any text within a step, and `**`
    /// as a step stands for any number of steps, also none: `/api/v1/apps/**` keeps
    /// `/api/v1/apps`, `/api/v1/apps/{id}` and what is below.
    Path(String),
}

/// Keeps the operations that a selector names, and the components that these reach, in the
/// document's order. An empty selection keeps everything.
///
/// Webhooks are no operations of the client and go; the top-level `security`, `servers` and `tags`
/// stay.
///
/// # Errors
/// `unused-config` for each selector that names nothing.
pub fn filter(mut root: Node, selection: &[Selector]) -> Result<Node, Diagnostics> {
    if selection.is_empty() {
        return Ok(root);
    }
    let used = select::select(&mut root, selection);
    prune::prune(&mut root);

    let unused = selection.iter().zip(used).filter(|(_, used)| !used);
    let mut found = Diagnostics::new();
    for (selector, _) in unused {
        let message = match &selector.kind {
            SelectorKind::Operation(id) => format!("no operation has the id `{id}`"),
            SelectorKind::Tag(name) => format!("no operation has the tag `{name}`"),
            SelectorKind::Path(pattern) => format!("no path of an operation matches `{pattern}`"),
        };
        found.push(Diagnostic::error(Code::UnusedConfig, selector.span, message));
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
