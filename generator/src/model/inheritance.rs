//! The pattern of OpenAPI 3.0 for inheritance: a parent with a `discriminator`, and children that
//! have the parent in their `allOf`. A reference to the parent means any of its children, so the
//! parent is a choice of them; in the `allOf` of a child it means the parent's own properties.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema as Source};

use super::build::Builder;
use super::merge::Job;
use super::schema::Place;
use super::union::{Alternative, Choice};
use super::view::View;
use crate::reference::{Section, component_name};

/// The children of each parent, and the children of these: those that the mapping names first, then
/// the others in the document's order.
pub(super) fn children(document: &OpenAPI) -> BTreeMap<&str, Vec<&str>> {
    let components = document.components.iter().flat_map(|all| &all.schemas);
    let sources: Vec<(&str, &Source)> = components
        .filter_map(|(name, source)| match source {
            ReferenceOr::Item(source) => Some((name.as_str(), source)),
            ReferenceOr::Reference { .. } => None,
        })
        .collect();
    let parents: Vec<(&str, &Source)> =
        sources.iter().copied().filter(|(_, source)| is_parent(source)).collect();
    if parents.is_empty() {
        return BTreeMap::new();
    }
    let known: BTreeSet<&str> = sources.iter().map(|(name, _)| *name).collect();
    let mut heirs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, source) in &sources {
        inherit(name, source, &mut heirs);
    }
    let families = parents.iter().map(|(parent, source)| {
        let mapping = source.schema_data.discriminator.iter().flat_map(|one| &one.mapping);
        let mapped = mapping
            .map(|(_, target)| component_name(Section::Schemas, target).unwrap_or(target.as_str()));
        let mut family: Vec<&str> = Vec::new();
        let mut seen: BTreeSet<&str> = BTreeSet::from([*parent]);
        let mut open: Vec<&str> = heirs.get(parent).into_iter().flatten().rev().copied().collect();
        let mapped = mapped.filter(|name| known.contains(name));
        open.extend(mapped.collect::<Vec<_>>().into_iter().rev());
        while let Some(name) = open.pop() {
            if seen.insert(name) {
                family.push(name);
                open.extend(heirs.get(name).into_iter().flatten().rev());
            }
        }
        (*parent, family)
    });
    families.filter(|(_, family)| !family.is_empty()).collect()
}

/// An object with a discriminator that offers no choice itself.
fn is_parent(source: &Source) -> bool {
    let view = View::new(source);
    source.schema_data.discriminator.is_some() && !view.has_choice()
}

fn inherit<'a>(name: &'a str, source: &'a Source, heirs: &mut BTreeMap<&'a str, Vec<&'a str>>) {
    for member in View::new(source).all_of {
        match member {
            ReferenceOr::Item(source) => inherit(name, source, heirs),
            ReferenceOr::Reference { reference } => {
                if let Some(parent) = component_name(Section::Schemas, reference) {
                    heirs.entry(parent).or_default().push(name);
                }
            }
        }
    }
}

impl<'a> Builder<'a> {
    /// The choice that a parent is, when the job is for one.
    pub(super) fn choice_of_children(&self, job: &Job<'a>) -> Option<Choice<'a>> {
        let own = job.parts.last().filter(|own| own.component == Some(job.id))?;
        let name = self.ids.get_index(job.id.0)?.0;
        let members = self.children.get(name)?;
        Some(Choice {
            members: members.iter().map(|name| Alternative::Component(name)).collect(),
            discriminator: own.source.schema_data.discriminator.as_ref(),
            place: Place::Schema(job.id, Vec::new()),
        })
    }
}
