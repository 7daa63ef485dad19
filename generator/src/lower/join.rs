//! One document out of many files: behind this door every reference names a component.
//!
//! 1. `collect` walks from the root document along all references, through all files, and finds for
//!    each the place that it leads to (`locate`). The grammar tells what must stand there.
//! 2. `names` names the places that are no components yet. One place is one component, however often
//!    and by whatever text it is referred to; so each schema becomes one type.
//! 3. `copy` writes the document anew: each such place becomes a component, a reference to it stands
//!    where it stood, and the texts of all references are canonical.
//!
//! A component of the root document that is nothing but a reference to such a place takes it over
//! instead. Path items have no names of their own, so they are put where they are referred to; so is
//! what authors refer to without the specification's leave (a description, a list of parameters).
//!
//! A document in which all references name components, as most do, is not copied.

mod collect;
mod copy;
mod files;
mod identifiers;
mod locate;
mod names;
pub(super) mod parts;
mod sections;

pub use files::files;

use self::collect::{Collected, Moved};
use self::copy::Copier;
use self::locate::Locator;
use self::sections::Layout;
use super::entries;
use super::grammar::Holds;
use super::swagger2::is_swagger;
use crate::diagnostic::Diagnostics;
use crate::reference::Section;
use crate::source::Sources;
use crate::yaml::{Entry, Node, Trees, Value};

/// Joins the files of a document.
///
/// `trees` are the trees of its other files; they are read if they were not.
///
/// # Errors
/// `reference-not-found`, `reference-outside`, `reference-kind` and `reference-cycle` for references
/// that lead nowhere or to something else, and the faults of the files that are referred to.
pub fn join(
    root: Node,
    sources: &Sources,
    trees: &mut Trees,
    gaps: &mut Diagnostics,
) -> Result<Node, Diagnostics> {
    // What is wrong with the version is said by the next stage.
    let layout = match root.get("openapi") {
        Some(_) => Layout::Components,
        None if is_swagger(&root) => Layout::Top,
        None => return Ok(root),
    };
    trees.read_parts(sources, root.span.file);
    let mut found = Diagnostics::new();
    let joined = {
        let locator = Locator::new(&root, sources, trees);
        let collected = collect::collect(&locator, layout, &mut found);
        if collected.references.is_empty() {
            None
        } else {
            let taken = taken(layout, &root);
            let names = names::names(&collected.moved, taken, &locator, &mut found);
            Some(joined(&root, layout, &collected, &names, &mut found))
        }
    };
    found.stop(joined.unwrap_or(root), gaps)
}

/// The names of the components that the document has.
fn taken(layout: Layout, root: &Node) -> names::Taken {
    let sections = sections::components(layout, root).into_iter();
    let sections = sections.map(|(section, node)| {
        let entries = node.as_map().unwrap_or_default().iter();
        (section, entries.map(|entry| (names::sound(&entry.key), Some(entry.key_span))).collect())
    });
    sections.collect()
}

fn joined(
    root: &Node,
    layout: Layout,
    collected: &Collected,
    names: &[String],
    found: &mut Diagnostics,
) -> Node {
    let mut copier = Copier::new(collected, names);
    let mut copy = copier.top(Holds::Object(layout.document()), root);
    let mut moved: Vec<(&Moved, &String)> = collected.moved.iter().zip(names).collect();
    moved.sort_by_key(|(one, name)| (one.section, *name));
    for (one, name) in moved {
        let mut node = copier.top(layout.target(one.section), one.place.node);
        if let (Section::Headers, Value::Map(header)) = (one.section, &mut node.value) {
            // A parameter that is used as a header.
            header.retain(|entry| !matches!(&*entry.key, "name" | "in"));
        }
        let entry = Entry { key: name.as_str().into(), key_span: one.place.at, node };
        put(&mut copy, layout, one, entry);
    }
    found.extend(copier.found);
    copy
}

/// Puts a component where the layout keeps it.
fn put(root: &mut Node, layout: Layout, one: &Moved, new: Entry) {
    let mut node = root;
    for step in layout.path(one.section).split('/') {
        let span = node.span;
        let Value::Map(map) = &mut node.value else { return };
        if !entries::has(map, step) {
            let empty = Node::new(span, Value::Map(Vec::new()));
            map.push(entries::entry(step, one.place.at, empty));
        }
        let Some(entry) = entries::find_mut(map, step) else { return };
        node = &mut entry.node;
    }
    let Value::Map(map) = &mut node.value else { return };
    match one.claimed.as_ref().and_then(|name| entries::find_mut(map, name)) {
        // Its own key is the better place: that is where the author gave the name.
        Some(entry) => entry.node = new.node,
        None => map.push(new),
    }
}
