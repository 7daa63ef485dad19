//! What tells the members of a union apart: the values of one property, and required keys.

use std::collections::BTreeSet;

use openapiv3::{Discriminator, ReferenceOr};
use serde_json::Value;

use super::Member;
use super::build::Builder;
use super::parts::Part;
use super::union::Alternative;
use super::view::{View, values};
use crate::reference::{Section, component_name};

impl<'a> Builder<'a> {
    /// The texts that a property must be one of, by all that is said about it.
    pub(super) fn constants(&self, parts: &[Part<'a>], property: &str) -> BTreeSet<String> {
        let found = parts.iter().rev().find_map(|part| {
            let source = match part.view.property(property)? {
                ReferenceOr::Item(source) => source,
                ReferenceOr::Reference { reference } => {
                    let name = component_name(Section::Schemas, reference)?;
                    self.in_place(Alternative::Component(name))?
                }
            };
            let texts = values(source).into_iter().map(|value| match value {
                Value::String(text) => Some(text),
                _ => None,
            });
            texts.collect::<Option<BTreeSet<String>>>().filter(|texts| !texts.is_empty())
        });
        found.unwrap_or_default()
    }

    /// Finds the property whose values tell the members apart, and gives each member its values.
    pub(super) fn tags(
        &self,
        members: &mut [Member],
        facts: &[(Alternative<'a>, Vec<Part<'a>>)],
        discriminator: Option<&Discriminator>,
    ) -> Option<String> {
        if let Some(discriminator) = discriminator {
            let tag = discriminator.property_name.as_str();
            let all =
                facts.iter().map(|(member, own)| self.discriminated(*member, own, discriminator));
            let all: Vec<Vec<String>> = all.collect();
            return give(members, facts, tag, without_shared(all));
        }
        // A property that tells members apart stands in two of them at least; most often in all.
        let objects = facts.iter().map(|(_, own)| own);
        let objects = objects.filter(|own| own.iter().any(|part| part.view.has_properties()));
        let candidates =
            objects.take(2).flat_map(|own| own.iter().flat_map(|part| part.view.names()));
        let mut best: Option<(usize, &str, Vec<Vec<String>>)> = None;
        for candidate in candidates {
            let all: Vec<Vec<String>> = facts
                .iter()
                .map(|(_, own)| self.constants(own, candidate).into_iter().collect())
                .collect();
            let count = all.iter().filter(|tags| !tags.is_empty()).count();
            let distinct = without_shared(all.clone())
                .iter()
                .zip(&all)
                .all(|(one, all)| one.len() == all.len());
            if distinct && count > best.as_ref().map_or(1, |(count, ..)| *count) {
                best = Some((count, candidate, all));
            }
        }
        let (_, tag, all) = best?;
        give(members, facts, tag, all)
    }

    /// The values of a discriminator that stand for a member (OpenAPI 3.1 §4.8.25): those that the
    /// mapping gives it and those that the member allows itself; without any, its name.
    fn discriminated(
        &self,
        member: Alternative<'a>,
        own: &[Part<'a>],
        discriminator: &Discriminator,
    ) -> Vec<String> {
        let name = member.component();
        let mapped = discriminator.mapping.iter().filter(|(_, target)| {
            name.is_some() && (component_name(Section::Schemas, target).or(Some(target)) == name)
        });
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            tags.extend(self.constants(own, &discriminator.property_name));
        }
        if tags.is_empty() {
            tags.extend(self.nested_tags(member, &discriminator.property_name));
        }
        if tags.is_empty() {
            tags.extend(name.map(str::to_owned));
        }
        tags
    }

    /// The values for which a member that is a choice itself stands.
    fn nested_tags(&self, member: Alternative<'a>, tag: &str) -> Vec<String> {
        let Some(source) = self.in_place(member) else { return Vec::new() };
        let view = View::new(source);
        let Some(discriminator) = source.schema_data.discriminator.as_ref() else {
            return Vec::new();
        };
        if discriminator.property_name != tag {
            return Vec::new();
        }
        if !discriminator.mapping.is_empty() {
            return discriminator.mapping.keys().cloned().collect();
        }
        let members = view.one_of.iter().chain(view.any_of);
        let names = members.filter_map(|member| Alternative::new(member).component());
        names.map(str::to_owned).collect()
    }
}

/// Values that stand for several members tell nothing.
fn without_shared(all: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for tag in all.iter().flatten() {
        if !seen.insert(tag.clone()) {
            shared.insert(tag.clone());
        }
    }
    let kept =
        all.into_iter().map(|tags| tags.into_iter().filter(|tag| !shared.contains(tag)).collect());
    kept.collect()
}

/// Gives each member the keys that it requires and not all of the others do.
pub(super) fn keys(
    members: &mut [Member],
    facts: &[(Alternative<'_>, Vec<Part<'_>>)],
    tag: Option<&str>,
) {
    let required = |own: &Vec<Part<'_>>| -> BTreeSet<String> {
        own.iter().flat_map(|part| part.view.required).cloned().collect()
    };
    let objects = facts.iter().filter(|(_, own)| own.iter().any(|part| part.view.has_properties()));
    let all: Vec<BTreeSet<String>> = objects.map(|(_, own)| required(own)).collect();
    let Some(first) = all.first() else { return };
    let common: BTreeSet<String> =
        all.iter().fold(first.clone(), |common, next| common.intersection(next).cloned().collect());
    for (member, (_, own)) in members.iter_mut().zip(facts) {
        // A tag tells the same sooner.
        if member.tags.is_empty() && all.len() > 1 {
            let keys = required(own).into_iter();
            member.keys =
                keys.filter(|key| !common.contains(key) && Some(key.as_str()) != tag).collect();
        }
    }
}

fn give(
    members: &mut [Member],
    facts: &[(Alternative<'_>, Vec<Part<'_>>)],
    tag: &str,
    all: Vec<Vec<String>>,
) -> Option<String> {
    if all.iter().all(Vec::is_empty) {
        return None;
    }
    for ((member, (_, own)), tags) in members.iter_mut().zip(facts).zip(all) {
        let is_object = own.iter().any(|part| part.view.has_properties());
        let lists = own.iter().any(|part| part.view.property(tag).is_some());
        let nested = own.iter().any(|part| part.view.has_choice());
        member.lacks_tag = is_object && !lists && !nested && tags.len() == 1;
        member.tags = tags;
    }
    Some(tag.to_owned())
}
