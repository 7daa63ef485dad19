//! What `validate()` checks: the limits of the document, for the types that requests hold.
//!
//! A field keeps to its own limits and to those of the aliases behind its type; a struct or union in
//! it checks itself, where anything in it has limits. What cannot be checked is a gap.

use std::collections::BTreeSet;

use super::pattern;
use super::types::Types;
use super::{Group, Item, Module};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Api, SchemaId, Shape, Type};
use crate::source::Span;

/// What a type checks.
#[derive(Clone, Debug, Default)]
pub struct Validation {
    /// What the value keeps to as a whole.
    pub own: Vec<Limit>,
    /// What its fields or variants keep to, by their indices; those without checks are missing.
    pub checks: Vec<(usize, Check)>,
    /// What the map of additional properties keeps to.
    pub rest: Option<Check>,
}

/// What a value keeps to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// Its limits.
    pub limits: Vec<Limit>,
    /// Whether there are types inside that check themselves.
    pub nested: bool,
}

/// A limit, by its keyword in JSON Schema; numbers are in the text of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the keyword of its name")]
pub enum Limit {
    MinLength(usize),
    MaxLength(usize),
    /// In the dialect of the crate `regex`.
    Pattern(String),
    Minimum(String),
    ExclusiveMinimum(String),
    Maximum(String),
    ExclusiveMaximum(String),
    MultipleOf(String),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    Items(Vec<Limit>),
    MinProperties(usize),
    MaxProperties(usize),
    /// Of each value of a map.
    Values(Vec<Limit>),
}

impl Check {
    fn is_empty(&self) -> bool {
        self.limits.is_empty() && !self.nested
    }
}

/// What is needed to find checks.
pub(super) struct Finder<'a> {
    pub(super) api: &'a Api,
    pub(super) types: &'a Types<'a>,
    /// Which schemas a request can hold.
    pub(super) sent: &'a [bool],
}

/// Gives each type of requests its checks.
pub(super) fn plan(
    finder: &Finder<'_>,
    models: &mut Module,
    groups: &mut [Group],
    found: &mut Diagnostics,
) {
    let mut gaps = Gaps::default();
    let active = finder.active();
    let mut give = |item: &mut Item| {
        let (id, slot) = match item {
            Item::Struct(item) => (item.schema, &mut item.validation),
            Item::Union(item) => {
                if finder.is_sent(item.schema) {
                    let members: Vec<usize> =
                        item.variants.iter().map(|variant| variant.member).collect();
                    let checks = finder.union(item.schema, &members, &active, &mut gaps);
                    item.validation = Some(checks);
                }
                return;
            }
            Item::Enum(_) | Item::Alias(_) => return,
        };
        if finder.is_sent(id) {
            *slot = Some(finder.object(id, &active, &mut gaps));
        }
    };
    models.visit_mut(&[], &mut |_, item| give(item));
    groups.iter_mut().flat_map(|group| &mut group.items).for_each(give);
    finder.bodies(&active, &mut gaps);
    gaps.0.into_iter().for_each(|(span, message)| {
        let gap = Diagnostic::gap(Code::UncheckedLimit, span, message);
        found.push(gap);
    });
}

/// What is not checked, each place once.
#[derive(Default)]
struct Gaps(BTreeSet<(Span, String)>);

impl Finder<'_> {
    fn is_sent(&self, id: SchemaId) -> bool {
        self.sent.get(id.0).copied().unwrap_or(false)
    }

    /// Which schemas are structs or unions with limits, of their own or further inside.
    fn active(&self) -> Vec<bool> {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); self.api.schemas.len()];
        let mut open = Vec::new();
        let mut gaps = Gaps::default();
        for (at, schema) in self.api.schemas.iter().enumerate() {
            if !self.is_sent(SchemaId(at)) {
                continue;
            }
            let none = model::Limits::default();
            let members: Vec<(&Type, &model::Limits)> = match &schema.shape {
                Shape::Object(object) => {
                    let fields = object.fields.iter().map(|one| (&one.ty, &one.docs.limits));
                    fields.chain(object.additional.iter().map(|ty| (ty, &none))).collect()
                }
                Shape::Union(union) => {
                    union.members.iter().map(|one| (&one.ty, &one.docs.limits)).collect()
                }
                Shape::EmptyObject | Shape::Enum(_) | Shape::Alias(_) => continue,
            };
            let mut limited = schema.docs.limits != none;
            for (ty, limits) in members {
                limited |= !self.limits(ty, limits, schema.span, &mut gaps).is_empty();
                if let Some(held) = self.target(ty) {
                    holders.get_mut(held.0).into_iter().for_each(|list| list.push(at));
                }
            }
            open.extend(limited.then_some(at));
        }
        let mut active = vec![false; self.api.schemas.len()];
        while let Some(at) = open.pop() {
            match active.get_mut(at) {
                Some(done) if !*done => *done = true,
                _ => continue,
            }
            open.extend(holders.get(at).into_iter().flatten());
        }
        active
    }

    /// The struct or union that a type is or holds, behind all aliases.
    fn target(&self, ty: &Type) -> Option<SchemaId> {
        let id = ty.schema()?;
        match &self.api.schemas.get(id.0)?.shape {
            Shape::Object(_) => Some(id),
            Shape::Union(union) if self.types.collapsed(union).is_none() => Some(id),
            Shape::Alias(target) if !self.types.is_endless(id) => self.target(target),
            Shape::Union(_) | Shape::Alias(_) | Shape::EmptyObject | Shape::Enum(_) => None,
        }
    }

    fn object(&self, id: SchemaId, active: &[bool], gaps: &mut Gaps) -> Validation {
        let Some(schema) = self.api.schemas.get(id.0) else { return Validation::default() };
        let own = keywords(&schema.docs.limits, schema.span, gaps);
        let mut validation = Validation { own, ..Validation::default() };
        let Shape::Object(object) = &schema.shape else { return validation };
        for (at, field) in object.fields.iter().enumerate() {
            let check = self.check(&field.ty, &field.docs.limits, field.span, active, gaps);
            validation.checks.extend((!check.is_empty()).then_some((at, check)));
        }
        if let Some(values) = &object.additional {
            let none = model::Limits::default();
            let own = schema.docs.limits.values.as_deref().unwrap_or(&none);
            let mut check = self.check(values, own, schema.span, active, gaps);
            if !check.limits.is_empty() {
                check.limits = vec![Limit::Values(check.limits)];
            }
            validation.rest = (!check.is_empty()).then_some(check);
        }
        validation
    }

    fn union(
        &self,
        id: SchemaId,
        members: &[usize],
        active: &[bool],
        gaps: &mut Gaps,
    ) -> Validation {
        let Some(schema) = self.api.schemas.get(id.0) else { return Validation::default() };
        let own = keywords(&schema.docs.limits, schema.span, gaps);
        let mut validation = Validation { own, ..Validation::default() };
        let Shape::Union(union) = &schema.shape else { return validation };
        for (at, member) in members.iter().enumerate() {
            let Some(member) = union.members.get(*member) else { continue };
            // A component has its limits itself.
            let check = self.check(&member.ty, &member.docs.limits, member.span, active, gaps);
            validation.checks.extend((!check.is_empty()).then_some((at, check)));
        }
        validation
    }

    fn check(
        &self,
        ty: &Type,
        own: &model::Limits,
        span: Span,
        active: &[bool],
        gaps: &mut Gaps,
    ) -> Check {
        let target = self.target(ty).filter(|id| self.is_sent(*id));
        let nested = target.is_some_and(|id| active.get(id.0) == Some(&true));
        Check { limits: self.limits(ty, own, span, gaps), nested }
    }

    /// The limits of a value of a type, with those of the aliases behind it.
    fn limits(&self, ty: &Type, own: &model::Limits, span: Span, gaps: &mut Gaps) -> Vec<Limit> {
        if matches!(ty, Type::Schema(id) if self.target(ty) == Some(*id)) {
            // A struct or union checks its own limits.
            return Vec::new();
        }
        let none = model::Limits::default();
        let mut limits = keywords(own, span, gaps);
        let any = Type::Any;
        let (item, value) = match ty {
            Type::Nullable(inner) => return self.limits(inner, own, span, gaps),
            Type::List(item) => (Some(&**item), None),
            Type::Map(value) => (None, Some(&**value)),
            Type::Tuple(_) => {
                let message = "`validate()` does not check the limits of the items of a tuple";
                gaps.0.insert((span, message.to_owned()));
                return limits;
            }
            // Without a type, only what is said on the spot is known of what is inside.
            Type::Any | Type::FreeForm => {
                (own.each.is_some().then_some(&any), own.values.is_some().then_some(&any))
            }
            Type::Schema(id) => {
                let Some(schema) = self.api.schemas.get(id.0) else { return limits };
                match &schema.shape {
                    Shape::Alias(target) if !self.types.is_endless(*id) => {
                        for limit in self.limits(target, &schema.docs.limits, schema.span, gaps) {
                            limits.extend((!limits.contains(&limit)).then_some(limit));
                        }
                    }
                    Shape::EmptyObject => {
                        limits.extend(keywords(&schema.docs.limits, schema.span, gaps));
                    }
                    Shape::Union(union) if self.types.collapsed(union).is_some() => {
                        for member in &union.members {
                            if member.docs.limits != none {
                                let message = "`validate()` does not check the limits of a choice between values of one type";
                                gaps.0.insert((member.span, message.to_owned()));
                            }
                        }
                    }
                    Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => {}
                }
                return limits;
            }
            _ => return limits,
        };
        let mut inside = |ty: Option<&Type>, own: Option<&model::Limits>| {
            ty.map(|ty| self.limits(ty, own.unwrap_or(&none), span, gaps)).unwrap_or_default()
        };
        let (items, values) =
            (inside(item, own.each.as_deref()), inside(value, own.values.as_deref()));
        limits.extend((!items.is_empty()).then_some(Limit::Items(items)));
        limits.extend((!values.is_empty()).then_some(Limit::Values(values)));
        limits
    }

    /// A body that is a list or a text has no method, so what is said about it as a whole is a gap.
    fn bodies(&self, active: &[bool], gaps: &mut Gaps) {
        let bodies = self.api.operations.iter().filter_map(|operation| operation.body.as_ref());
        for content in bodies.flat_map(|body| &body.contents) {
            for ty in content.kind.types() {
                let Type::Schema(id) = ty else { continue };
                let Some(schema) = self.api.schemas.get(id.0) else { continue };
                let none = model::Limits::default();
                let check = self.check(ty, &none, schema.span, active, gaps);
                if !check.limits.is_empty() {
                    let message = "a body that is neither a struct nor an enum has no `validate()`: its limits are not checked";
                    gaps.0.insert((schema.span, message.to_owned()));
                }
            }
        }
    }
}

/// The limits of a value itself.
fn keywords(own: &model::Limits, span: Span, gaps: &mut Gaps) -> Vec<Limit> {
    let model::Limits { length, items, properties, unique, minimum, maximum, .. } = own;
    let model::Limits { multiple_of, pattern, names, each: _, values: _, .. } = own;
    if names.is_some() {
        let message = "`validate()` does not check the names of properties";
        gaps.0.insert((span, message.to_owned()));
    }
    let mut limits = Vec::new();
    limits.extend(length.least.map(Limit::MinLength));
    limits.extend(length.most.map(Limit::MaxLength));
    if let Some(pattern) = pattern {
        match pattern::translate(pattern) {
            Ok(pattern) => limits.push(Limit::Pattern(pattern)),
            Err(reason) => {
                let message = format!("`validate()` does not check this pattern: {reason}");
                gaps.0.insert((span, message));
            }
        }
    }
    limits.extend(minimum.as_ref().map(|bound| {
        let limit = if bound.exclusive { Limit::ExclusiveMinimum } else { Limit::Minimum };
        limit(bound.value.to_string())
    }));
    limits.extend(maximum.as_ref().map(|bound| {
        let limit = if bound.exclusive { Limit::ExclusiveMaximum } else { Limit::Maximum };
        limit(bound.value.to_string())
    }));
    limits.extend(multiple_of.as_ref().map(|unit| Limit::MultipleOf(unit.to_string())));
    limits.extend(items.least.map(Limit::MinItems));
    limits.extend(items.most.map(Limit::MaxItems));
    limits.extend(unique.then_some(Limit::UniqueItems));
    limits.extend(properties.least.map(Limit::MinProperties));
    limits.extend(properties.most.map(Limit::MaxProperties));
    limits
}
