//! Lowering: a document of OpenAPI 2.0, 3.0 or 3.1 becomes one that openapiv3 holds, or is refused.
//!
//! One walk over the tree does four things, object by object and from the leaves up:
//! - it **checks** against the grammar (`grammar`): types, required keys, words, references;
//! - it **lowers** what 3.1 says to what 3.0 can say (`schema`, with a table of the rules);
//! - it **reports** what cannot be said, as a gap, and leaves that out;
//! - it **stamps** each object with its place (`stamp`), since openapiv3 has no places.
//!
//! Before that, `join` makes one document out of many files, in which each reference names a
//! component, and `upgrade` makes one of 3.0 out of one of Swagger 2.0.
//!
//! The result claims to be 3.0.3, and openapiv3 reads it without an error. Every `$ref` in it is
//! written `#/components/<section>/<name>` with the name as it is, and its target exists.

mod cycles;
mod entries;
mod grammar;
mod join;
mod objects;
mod oneof;
mod path_items;
mod references;
mod scalars;
mod schema;
mod stamp;
mod swagger2;
mod version;
mod walk;
mod webhooks;

pub use join::{files, join};
pub use swagger2::upgrade;

use references::References;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::yaml::{Node, Value};

/// Choices of the user about how a document is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What to read out of prose.
    pub reading_rules: Vec<ReadingRule>,
}

/// A rule that reads out of prose what the specification has no keyword for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadingRule {
    /// The phrase with which some generators describe a protobuf `oneof` becomes the extension
    /// `x-oneof-groups`.
    ProtobufOneof,
}

/// Lowers a document to OpenAPI 3.0 with stamps.
///
/// # Errors
/// All faults of the document that leave nothing sound to generate, sorted by place. What can only
/// be said in a weaker form goes to `gaps`.
pub fn lower(
    mut root: Node,
    options: &Options,
    gaps: &mut Diagnostics,
) -> Result<Node, Diagnostics> {
    let mut found = Diagnostics::new();
    let version = version::read(&root, &mut found).ok_or_else(|| found.clone())?;

    let references = References::collect(&root);
    let mut walk = walk::Walk::new(version, options, references);
    walk.found = found;
    let at = stamp::first_line(&root);
    walk.object(grammar::Kind::Document, "the document", &mut root, at);
    cycles::check(root.as_map().unwrap_or_default(), &mut walk.found);
    walk.found.stop((), gaps)?;

    let mut found = Diagnostics::new();
    if let Value::Map(entries) = &mut root.value {
        webhooks::gather(entries, &mut found);
        path_items::inline(entries, &mut found);
        version::write(entries);
    }
    found.stop(root, gaps)
}

/// The error of a document that is no mapping at all.
fn not_a_document(root: &Node) -> Diagnostic {
    let message = format!("an OpenAPI document is an object, but this is {}", root.kind());
    Diagnostic::error(Code::WrongType, root.span, message)
}
