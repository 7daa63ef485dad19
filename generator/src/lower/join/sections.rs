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
    /// At the top of the document, in 2.0.
    Top,
}

impl Layout {
    /// The kind of the root object.
    pub(super) fn document(self) -> Kind {
        match self {
            Self::Components => Kind::Document,
            Self::Top => Kind::Swagger,
        }
    }

    /// What stands at the target of a reference to a section.
    pub(super) fn target(self, section: Section) -> Holds {
        match self {
            Self::Components => parts::target(section),
            Self::Top => match section {
                Section::Schemas => Holds::Schema,
                Section::Parameters => Holds::Object(Kind::SwaggerParameter),
                Section::Responses => Holds::Object(Kind::SwaggerResponse),
                Section::PathItems => Holds::Object(Kind::SwaggerPathItem),
                // The grammar of 2.0 has no reference to anything else.
                _ => Holds::Json,
            },
        }
    }

    /// The steps to a section, as a JSON Pointer without its first `/`.
    pub(super) fn path(self, section: Section) -> String {
        match self {
            Self::Components => format!("components/{}", section.key()),
            Self::Top => {
                let mut keys = Section::SWAGGER.iter();
                let key = keys.find(|(_, found)| *found == section).map(|(key, _)| *key);
                key.unwrap_or(section.key()).to_owned()
            }
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
            (Self::Top, [section, _]) => {
                let mut keys = Section::SWAGGER.iter();
                keys.find(|(key, _)| key == section).map(|(key, _)| (*key).to_owned())
            }
            (Self::Components | Self::Top, _) => None,
        }
    }
}

/// The sections of a root document, with what stands under their keys.
pub(super) fn components(layout: Layout, root: &Node) -> Vec<(Section, &Node)> {
    let (sections, section): (_, fn(&str) -> Option<Section>) = match layout {
        Layout::Components => (root.get("components"), Section::from_key),
        Layout::Top => (Some(root), |key| {
            let mut keys = Section::SWAGGER.iter();
            keys.find(|(own, _)| *own == key).map(|(_, section)| *section)
        }),
    };
    let sections = sections.and_then(Node::as_map).unwrap_or_default().iter();
    sections.filter_map(|entry| Some((section(&entry.key)?, &entry.node))).collect()
}
