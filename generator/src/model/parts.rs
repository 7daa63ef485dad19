//! The parts that a schema is made of in place: itself and the members of its `allOf`, however deep
//! and behind whatever references, each once.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema as Source};

use super::SchemaId;
use super::build::{Builder, span};
use super::schema::Place;
use super::union::choices;
use super::view::View;
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::{Section, component_name};

/// How long a chain of `allOf` may be.
const LONGEST_CHAIN: usize = 128;

/// One of the schemas that describe the same value.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) source: &'a Source,
    pub(super) view: View<'a>,
    /// Where it stands: what inline schemas in it are named after.
    pub(super) place: Place,
    /// The component that was referred to where the way here began.
    pub(super) via: Option<&'a str>,
    /// The component that it is, when it stands under a name.
    pub(super) component: Option<SchemaId>,
}

/// What the parts of a schema make together.
pub(super) enum Class {
    /// A component, to which the other parts add nothing.
    Component(SchemaId),
    /// A type that needs a name.
    Named,
    /// A type that needs none.
    Plain,
}

/// What is done while parts are collected.
struct Collection<'a> {
    parts: Vec<Part<'a>>,
    seen: BTreeSet<&'a str>,
    deepest: usize,
}

impl<'a> Builder<'a> {
    /// The parts of a schema at a place: what it inherits first, what it says itself last.
    pub(super) fn parts(&self, source: &'a Source, place: &Place) -> Vec<Part<'a>> {
        let mut all = Collection { parts: Vec::new(), seen: BTreeSet::new(), deepest: 0 };
        self.collect(source, place, None, None, 0, &mut all);
        all.parts
    }

    /// The parts of a component.
    pub(super) fn parts_of_component(&self, name: &'a str) -> Vec<Part<'a>> {
        let mut all = Collection { parts: Vec::new(), seen: BTreeSet::new(), deepest: 0 };
        self.collect_component(name, None, 0, &mut all);
        all.parts
    }

    fn collect(
        &self,
        source: &'a Source,
        place: &Place,
        via: Option<&'a str>,
        component: Option<SchemaId>,
        depth: usize,
        all: &mut Collection<'a>,
    ) {
        all.deepest = all.deepest.max(depth);
        if depth > LONGEST_CHAIN {
            return;
        }
        let view = View::new(source);
        for member in view.all_of {
            match member {
                ReferenceOr::Item(member) => {
                    self.collect(member, place, via, None, depth + 1, all);
                }
                ReferenceOr::Reference { reference } => {
                    if let Some(name) = component_name(Section::Schemas, reference) {
                        self.collect_component(name, via, depth + 1, all);
                    }
                }
            }
        }
        all.parts.push(Part { source, view, place: place.clone(), via, component });
    }

    fn collect_component(
        &self,
        name: &'a str,
        via: Option<&'a str>,
        depth: usize,
        all: &mut Collection<'a>,
    ) {
        if !all.seen.insert(name) {
            return;
        }
        let Some((id, source)) = self.source(name) else { return };
        match source {
            ReferenceOr::Item(source) => {
                let place = Place::Schema(id, Vec::new());
                self.collect(source, &place, via.or(Some(name)), Some(id), depth, all);
            }
            ReferenceOr::Reference { reference } => {
                if let Some(target) = component_name(Section::Schemas, reference)
                    && depth <= LONGEST_CHAIN
                {
                    self.collect_component(target, via.or(Some(name)), depth + 1, all);
                }
            }
        }
    }

    /// Reports a chain of `allOf` that is too long to be followed.
    pub(super) fn check_chain(&mut self, source: &'a Source, place: &Place) {
        let mut all = Collection { parts: Vec::new(), seen: BTreeSet::new(), deepest: 0 };
        self.collect(source, place, None, None, 0, &mut all);
        if all.deepest > LONGEST_CHAIN {
            let at = span(&source.schema_data.extensions);
            let message = format!("a chain of `allOf` is more than {LONGEST_CHAIN} schemas long");
            self.found.push(Diagnostic::error(Code::LimitDepth, at, message));
        }
    }

    /// What the parts of a schema make together. `child` is a schema that must not be its parent.
    pub(super) fn classify(&self, parts: &[Part<'a>], is_child: bool) -> Class {
        let mut content: Vec<&Part<'a>> = parts.iter().filter(|part| part.view.adds()).collect();
        if content.is_empty() {
            // A component that says little is a name all the same.
            content = parts.iter().filter(|part| part.via.is_some()).collect();
        }
        let via = content.first().and_then(|part| part.via);
        let same = |part: &&Part<'a>| part.via == via;
        if let Some(name) = via
            && !is_child
            && content.iter().all(same)
            && !narrows(parts, name)
            && let Some((id, _)) = self.source(name)
        {
            return Class::Component(id);
        }
        let has_choice = parts.iter().any(|part| !choices(part, parts).is_empty());
        let is_object = parts.iter().any(|part| part.view.has_properties());
        let is_enum = content.iter().any(|part| {
            part.view.has_values && !matches!(part.view.kind, Some("boolean" | "number"))
        });
        if has_choice || is_object || is_enum { Class::Named } else { Class::Plain }
    }

    /// The parts of the schema behind a type, when it is one of the arena.
    pub(super) fn parts_of(&self, id: SchemaId) -> Vec<Part<'a>> {
        match self.origins.get(id.0) {
            Some(Origin::Component(name)) => self.parts_of_component(name),
            Some(Origin::Inline(source)) => {
                let place = Place::Schema(id, Vec::new());
                self.parts(source, &place)
            }
            Some(Origin::Parts(parts)) => parts.clone(),
            None => Vec::new(),
        }
    }
}

/// Where a schema of the arena comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin<'a> {
    /// A component.
    Component(&'a str),
    /// A schema without a name.
    Inline(&'a Source),
    /// Several schemas that describe the same value.
    Parts(Vec<Part<'a>>),
}

/// Whether parts beside a component require more than it does, or another type.
fn narrows(parts: &[Part<'_>], via: &str) -> bool {
    let inside = |part: &&Part<'_>| part.via == Some(via);
    let required: BTreeSet<&str> = parts
        .iter()
        .filter(inside)
        .flat_map(|part| part.view.required.iter().map(String::as_str))
        .collect();
    let kind = parts.iter().filter(inside).find_map(|part| part.view.kind);
    parts.iter().filter(|part| !inside(part)).any(|part| {
        let more = part.view.required.iter().any(|name| !required.contains(name.as_str()));
        let other = part.view.kind.zip(kind).is_some_and(|(one, other)| one != other);
        more || other
    })
}
