//! `oneOf` and `anyOf`: a value of one of several types.
//!
//! A client that reads a value must choose one member. What tells them apart, in this order:
//! - the values of one property: those of the discriminator, or constants that the members give to
//!   the same property;
//! - the keys that a member requires and others do not;
//! - whether the value can be read as the member at all, in order.
//!
//! Members that only restrict what stands around them (`required` alone) are no choice of types.
//! See docs/decisions/02-unions.md.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema as Source};

use super::build::{Builder, span};
use super::merge::{Job, is_object, names};
use super::parts::{Origin, Part};
use super::schema::{Place, docs, new_schema};
use super::tags;
use super::view::View;
use super::{Docs, Label, Member, Schema, Shape, Step, Type, Union};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::{Section, component_name};
use crate::source::Span;

/// How many types one choice inside another may make of a schema.
const MOST_COMBINATIONS: usize = 20_000;

/// The members of a `oneOf` or `anyOf`.
pub(super) struct Choice<'a> {
    pub(super) members: Vec<Alternative<'a>>,
    pub(super) discriminator: Option<&'a Discriminator>,
    pub(super) place: Place,
}

/// A member of a choice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Alternative<'a> {
    /// A component.
    Component(&'a str),
    /// A schema without a name.
    Inline(&'a Source),
}

impl<'a> Alternative<'a> {
    pub(super) fn new(member: &'a ReferenceOr<Source>) -> Self {
        match member {
            ReferenceOr::Item(source) => Self::Inline(source),
            ReferenceOr::Reference { reference } => {
                Self::Component(component_name(Section::Schemas, reference).unwrap_or(reference))
            }
        }
    }

    pub(super) fn component(self) -> Option<&'a str> {
        match self {
            Self::Component(name) => Some(name),
            Self::Inline(_) => None,
        }
    }
}

/// The choices of a part, without those that only restrict the parts beside them.
pub(super) fn choices<'a>(part: &Part<'a>, parts: &[Part<'a>]) -> Vec<Choice<'a>> {
    if !part.view.has_choice() {
        return Vec::new();
    }
    let discriminator = part.source.schema_data.discriminator.as_ref();
    let base = parts.iter().any(|part| {
        let view = &part.view;
        view.kind.is_some() || View { one_of: &[], any_of: &[], ..view.clone() }.adds()
    });
    let lists = [part.view.one_of, part.view.any_of].into_iter();
    let lists = lists.filter(|list| !list.is_empty());
    let choices = lists.filter(|list| !(base && list.iter().all(is_restriction)));
    let choices = choices.map(|list| {
        let mut members = Vec::new();
        flatten(list, &mut members);
        Choice { members, discriminator, place: part.place.clone() }
    });
    choices.collect()
}

/// The parts that stand beside the choice, if they say something about a value.
pub(super) fn base<'a>(job: &Job<'a>) -> Option<Vec<Part<'a>>> {
    let others = job.parts.iter().flat_map(|part| choices(part, &job.parts)).count();
    let plain = |part: &Part<'a>| {
        part.view.has_properties()
            || !part.view.required.is_empty()
            || part.view.additional.is_some_and(|one| !matches!(one, AdditionalProperties::Any(_)))
    };
    let adds = others > job.made + 1 || job.parts.iter().any(plain);
    adds.then(|| job.parts.clone())
}

impl<'a> Builder<'a> {
    /// The shape of a choice and of what stands beside it.
    pub(super) fn union(
        &mut self,
        job: &Job<'a>,
        choice: &Choice<'a>,
        base: Option<&[Part<'a>]>,
    ) -> Shape {
        if let Some(enumeration) = self.enum_of_members(&choice.members) {
            return Shape::Enum(enumeration);
        }
        let mut members: Vec<Member> = Vec::new();
        let mut facts = Vec::new();
        let lists = choice.members.iter().filter(|member| is_text_list(**member)).copied();
        let lists: Vec<Alternative<'a>> = lists.collect();
        let mut list = self.enum_of_members(&lists).filter(|_| lists.len() > 1);
        let together = list.is_some();
        // A member of a choice that was made leaves few of another choice's.
        let tag = choice.discriminator.map(|one| one.property_name.as_str());
        let chosen = base.zip(tag).filter(|_| job.made > 0);
        let chosen = chosen.map(|(base, tag)| (base, tag, self.constants(base, tag)));
        if let Some((base, tag, texts)) = &chosen
            && let Some(parts) = self.only_partner(base, choice, tag, texts)
        {
            return self.shape(&Job { id: job.id, parts, made: job.made + 1 });
        }
        for (at, member) in choice.members.iter().copied().enumerate() {
            let own = self.member_parts(member, &choice.place);
            if chosen.as_ref().is_some_and(|(_, tag, texts)| !self.shares(&own, tag, texts)) {
                continue;
            }
            let (label, name) = self.label(member, &own, at, choice);
            let step = Step::Member(name);
            let ty = match base.filter(|base| adds_to(base, &own)) {
                Some(base)
                    if own.iter().all(|part| matches!(part.view.kind, None | Some("object"))) =>
                {
                    self.combine(job, base, &own, step)
                }
                _ => match member {
                    Alternative::Component(name) => self.reference_to(name),
                    Alternative::Inline(source) if together && is_text_list(member) => {
                        // An open enum takes any text, so the first one would take those of all.
                        let Some(list) = list.take() else { continue };
                        let name = choice.place.step(step).into_name();
                        let schema = new_schema(name, source, Shape::Enum(list));
                        let schema = Schema { docs: Docs::default(), ..schema };
                        Type::Schema(self.add(schema, Origin::Inline(source)))
                    }
                    Alternative::Inline(source) => self.inline(source, &choice.place.step(step)),
                },
            };
            let ty = self.not_null(job, ty);
            if ty == Type::Any
                || ty == Type::Schema(job.id)
                || members.iter().any(|one| one.ty == ty)
            {
                // Any value is what the last variant keeps; and no type is a choice of itself.
                continue;
            }
            let (docs, at) = match member {
                Alternative::Inline(source) => (docs(source), span(&source.schema_data.extensions)),
                Alternative::Component(_) => (Docs::default(), Span::default()),
            };
            members.push(Member {
                label,
                ty,
                tags: Vec::new(),
                keys: Vec::new(),
                lacks_tag: false,
                docs,
                span: at,
            });
            facts.push((member, own));
        }
        match members.as_slice() {
            [] => Shape::Alias(Type::Any),
            [only] if choice.discriminator.is_none() => Shape::Alias(only.ty.clone()),
            _ => {
                let tag = self.tags(&mut members, &facts, choice.discriminator);
                tags::keys(&mut members, &facts, tag.as_deref());
                Shape::Union(Union { members, tag })
            }
        }
    }

    /// The parts around a choice and those of its one member that can have the same tag.
    fn only_partner(
        &self,
        base: &[Part<'a>],
        choice: &Choice<'a>,
        tag: &str,
        texts: &BTreeSet<String>,
    ) -> Option<Vec<Part<'a>>> {
        let members = choice.members.iter().map(|one| self.member_parts(*one, &choice.place));
        let mut partners = members.filter(|own| self.shares(own, tag, texts));
        let (only, None) = (partners.next()?, partners.next()) else { return None };
        is_object(&only).then(|| together(base, &only))
    }

    /// Whether a member can have one of some values of a tag.
    fn shares(&self, own: &[Part<'a>], tag: &str, texts: &BTreeSet<String>) -> bool {
        let tags = self.constants(own, tag);
        texts.is_empty() || tags.is_empty() || !tags.is_disjoint(texts)
    }

    /// A member together with what stands beside the choice.
    fn combine(&mut self, job: &Job<'a>, base: &[Part<'a>], own: &[Part<'a>], step: Step) -> Type {
        self.combinations += 1;
        if self.combinations > MOST_COMBINATIONS {
            if self.combinations == MOST_COMBINATIONS + 1 {
                let at = base.last().map(|part| span(&part.source.schema_data.extensions));
                let message =
                    format!("choices inside choices make more than {MOST_COMBINATIONS} types");
                let error = Diagnostic::error(Code::LimitDepth, at.unwrap_or_default(), message);
                self.found.push(error);
            }
            return Type::Any;
        }
        let parts = together(base, own);
        let place = Place::Schema(job.id, vec![step]);
        Type::Schema(self.wait(place.into_name(), parts, job.made + 1))
    }

    fn not_null(&mut self, job: &Job<'a>, ty: Type) -> Type {
        match ty {
            Type::Nullable(inner) => {
                if let Some(schema) = self.schemas.get_mut(job.id.0) {
                    schema.nullable = true;
                }
                *inner
            }
            other => other,
        }
    }

    fn member_parts(&self, member: Alternative<'a>, place: &Place) -> Vec<Part<'a>> {
        match member {
            Alternative::Inline(source) => self.parts(source, place),
            Alternative::Component(name) => self.parts_of_component(name),
        }
    }

    /// What a member is called: a name that depends on nothing but the member.
    fn label(
        &self,
        member: Alternative<'a>,
        own: &[Part<'a>],
        at: usize,
        choice: &Choice<'a>,
    ) -> (Label, String) {
        let source = match member {
            Alternative::Inline(source) => source,
            Alternative::Component(name) => return (Label::Type, name.to_owned()),
        };
        let tag = choice.discriminator.map(|one| one.property_name.as_str());
        let tagged = tag.map(|tag| self.constants(own, tag)).filter(|tags| !tags.is_empty());
        let text = source.schema_data.title.clone();
        let text = text.or_else(|| tagged.map(|tags| first_words(tags.iter())));
        let text = text.or_else(|| {
            // The order of keys says nothing: the first of the alphabet is the same in any.
            let mut properties: Vec<&str> = own.iter().flat_map(|part| part.view.names()).collect();
            properties.sort_unstable();
            properties.into_iter().find_map(|name| {
                let values = self.constants(own, name);
                (values.len() == 1).then(|| values.into_iter().next())?
            })
        });
        let text = text.or_else(|| {
            let mut required = own.iter().flat_map(|part| part.view.required).peekable();
            let is_object = own.iter().any(|part| part.view.has_properties());
            if required.peek().is_some() {
                return is_object.then(|| first_words(required));
            }
            is_object.then(|| {
                let mut names: Vec<&str> = own.iter().flat_map(|part| part.view.names()).collect();
                names.sort_unstable();
                first_words(names.into_iter())
            })
        });
        match text {
            Some(text) => (Label::Text(text.clone()), text),
            None => {
                (Label::Type, word(own).map_or_else(|| format!("Member{}", at + 1), str::to_owned))
            }
        }
    }
}

/// The parts around a choice and those of a member, each once. The choices that were made stay
/// among them, so they are counted instead of removed.
fn together<'a>(base: &[Part<'a>], own: &[Part<'a>]) -> Vec<Part<'a>> {
    let mut parts = base.to_vec();
    for part in own {
        if !parts.iter().any(|one| std::ptr::eq(one.source, part.source)) {
            parts.push(part.clone());
        }
    }
    parts
}

/// The members of a list, with those of a choice that stands in it without a name or more words.
fn flatten<'a>(list: &'a [ReferenceOr<Source>], members: &mut Vec<Alternative<'a>>) {
    for member in list {
        if let ReferenceOr::Item(source) = member
            && source.schema_data.discriminator.is_none()
            && !source.schema_data.nullable
        {
            let view = View::new(source);
            let only = |list: &[ReferenceOr<Source>]| {
                !list.is_empty()
                    && view.kind.is_none()
                    && view.all_of.is_empty()
                    && !view.has_properties()
            };
            if only(view.one_of) && view.any_of.is_empty() {
                flatten(view.one_of, members);
                continue;
            }
            if only(view.any_of) && view.one_of.is_empty() {
                flatten(view.any_of, members);
                continue;
            }
        }
        members.push(Alternative::new(member));
    }
}

/// Whether a member is a list of texts without a name.
fn is_text_list(member: Alternative<'_>) -> bool {
    let Alternative::Inline(source) = member else { return false };
    let view = View::new(source);
    let data = &source.schema_data;
    view.has_values && view.kind == Some("string") && data.title.is_none() && !data.nullable
}

/// Whether a member only restricts what stands around the choice.
fn is_restriction(member: &ReferenceOr<Source>) -> bool {
    let ReferenceOr::Item(source) = member else { return false };
    let view = View::new(source);
    let choices = view.one_of.iter().chain(view.any_of).chain(view.all_of);
    let bare = View { one_of: &[], any_of: &[], ..view.clone() };
    !bare.adds()
        && matches!(view.kind, None | Some("object"))
        && choices.clone().all(is_restriction)
}

/// Whether parts say something about a member that it does not say itself.
fn adds_to(base: &[Part<'_>], own: &[Part<'_>]) -> bool {
    let listed = names(own);
    let required: BTreeSet<&str> =
        own.iter().flat_map(|part| part.view.required).map(String::as_str).collect();
    let choices = base.iter().filter(|part| part.view.has_choice()).count();
    choices > 1
        || names(base).iter().any(|name| !listed.contains(name))
        || base
            .iter()
            .flat_map(|part| part.view.required)
            .any(|name| !required.contains(name.as_str()))
        || base.iter().any(|part| {
            part.view.additional.is_some_and(|one| !matches!(one, AdditionalProperties::Any(_)))
        })
}

/// At most three texts as one.
fn first_words(texts: impl Iterator<Item = impl AsRef<str>>) -> String {
    texts
        .take(3)
        .fold(String::new(), |all, text| format!("{all} {}", text.as_ref()))
        .trim()
        .to_owned()
}

/// The JSON type of some parts as a word.
fn word(own: &[Part<'_>]) -> Option<&'static str> {
    let kind = own.iter().find_map(|part| part.view.kind)?;
    Some(match kind {
        "string" => "String",
        "integer" => "Integer",
        "number" => "Number",
        "boolean" => "Boolean",
        "array" => "Array",
        _ => "Object",
    })
}
