//! Where components stand in a document.

use super::locate::Place;
use super::parts;
use crate::lower::grammar::{Holds, Kind};
use crate::reference::Section;
use crate::yaml::Node;

/// How a version of the specification keeps its components.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Under `components`, since 3.0.
    Components,
}

impl Layout {
    /// The kind of the root object.
    pub(super) fn document(self) -> Kind {
        match self {
            Self::Components => Kind::Document,
        }
    }

    /// What stands at the target of a reference to a section.
    pub(super) fn target(self, section: Section) -> Holds {
        match self {
            Self::Components => parts::target(section),
        }
    }

    /// The steps to a section, as a JSON Pointer without its first `/`.
    pub(super) fn path(self, section: Section) -> String {
        match self {
            Self::Components => format!("components/{}", section.key()),
        }
    }

    /// What certainly stands at a place: a component of a section, by its path, or a document.
    pub(super) fn kind_at(self, place: &Place) -> Option<String> {
        let is_document = ["openapi", "swagger"].iter().any(|key| place.node.get(key).is_some());
        match (self, &*place.steps) {
            (_, []) if is_document => Some("the document".to_owned()),
            (Self::Components, [components, section, _]) if components == "components" => {
                Section::from_key(section).map(|section| self.path(section))
            }
            (Self::Components, _) => None,
        }
    }
}

/// The sections of a root document, with what stands under their keys.
pub(super) fn components(layout: Layout, root: &Node) -> Vec<(Section, &Node)> {
    match layout {
        Layout::Components => {
            let sections = root.get("components").and_then(Node::as_map).unwrap_or_default();
            let sections = sections.iter();
            sections
                .filter_map(|entry| Some((Section::from_key(&entry.key)?, &entry.node)))
                .collect()
        }
    }
}
