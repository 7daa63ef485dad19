//! Two choices that describe the same value, as properties do that several members of `allOf` have.
//!
//! A value is of a member of both. Each member of the nearer choice is merged with the one of the
//! other that can describe the same value: the one with the same value of the tag, else the one
//! with the same JSON type and no other constants. A member without such a partner stays as it is,
//! since documents put together from several sources add members to a choice this way.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Builder;
use super::merge::is_object;
use super::parts::{Origin, Part};
use super::schema::Place;
use super::{Label, Member, Object, Schema, SchemaId, SchemaName, Shape, Step, Type, Union};
use crate::diagnostic::{Code, Diagnostic};

/// How often types that turned out the same may make others the same.
const MOST_ROUNDS: usize = 16;

/// How many members two choices without a tag may make together.
const MOST_MEMBERS: usize = 64;

/// Two choices of one value, whose members are merged when both are known.
pub(super) struct Both {
    id: SchemaId,
    first: SchemaId,
    second: SchemaId,
    place: Place,
}

/// A schema that may turn out to be the nearer one of those that it is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
    pub(super) id: SchemaId,
    pub(super) of: SchemaId,
}

/// What tells whether two members can describe the same value.
struct Facts {
    tags: BTreeSet<String>,
    constants: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Builder<'a> {
    /// Gives what two choices have in common a place in the arena; its shape comes later.
    pub(super) fn both_choices(
        &mut self,
        (first, second): (SchemaId, SchemaId),
        parts: Vec<Part<'a>>,
        place: &Place,
    ) -> Option<SchemaId> {
        let choice = self.schemas.get(second.0)?.clone();
        let name = place.clone().into_name();
        let schema = Schema { name, shape: Shape::EmptyObject, nullable: false, ..choice };
        let id = self.add(schema, Origin::Parts(parts));
        self.both.push_back(Both { id, first, second, place: place.clone() });
        Some(id)
    }

    /// Notes that a choice went into another schema, with those of its members that have no name.
    pub(super) fn goes_into(&mut self, choice: SchemaId, id: SchemaId, place: &Place) {
        self.merged.push(Both { id, first: choice, second: choice, place: place.clone() });
    }

    /// Merges the members of two choices.
    pub(super) fn merge_choices(&mut self, both: Both) {
        let Both { id, first, second, place } = &both;
        let (one, two) = (Type::Schema(*first), Type::Schema(*second));
        let nullable = [first, second]
            .iter()
            .all(|id| self.schemas.get(id.0).is_some_and(|schema| schema.nullable));
        let shape = match (self.union_of(*first), self.union_of(*second)) {
            (Some(left), Some(right)) => self.merged_union(&left, right, *id, place),
            _ => Shape::Alias(self.of_fewer_kinds(&one, &two).unwrap_or(two)),
        };
        if let Some(schema) = self.schemas.get_mut(id.0) {
            (schema.shape, schema.nullable) = (shape, nullable);
        }
        self.copied.push(Copied { id: *id, of: *second });
        self.merged.push(both);
    }

    fn union_of(&self, id: SchemaId) -> Option<Union> {
        let Type::Schema(id) = self.resolve(&Type::Schema(id)) else { return None };
        match self.schemas.get(id.0).map(|schema| &schema.shape) {
            Some(Shape::Union(union)) => Some(union.clone()),
            _ => None,
        }
    }

    fn merged_union(&mut self, left: &Union, right: Union, id: SchemaId, place: &Place) -> Shape {
        let same_tag = left.tag.is_some() && left.tag == right.tag;
        let facts = |member: &Member| self.facts(member);
        let all: Vec<Facts> = left.members.iter().map(facts).collect();
        let own: Vec<Facts> = right.members.iter().map(facts).collect();
        let mut members: Vec<Member> = Vec::with_capacity(right.members.len());
        for (member, facts) in right.members.into_iter().zip(own) {
            let others = left.members.iter().zip(&all).filter(|(other, all)| {
                self.kinds(&other.ty).meets(self.kinds(&member.ty)) && all.meet(&facts, same_tag)
            });
            let others: Vec<&Member> = others.map(|(other, _)| other).collect();
            match others.as_slice() {
                [] => members.push(member),
                [only] => {
                    let name = self.called(&member);
                    members.push(self.merged_member(only, member, name, id));
                }
                several if several.iter().any(|one| self.says_more(&one.ty, &member.ty)) => {
                    // One tag cannot choose among several.
                    if !member.tags.is_empty() || members.len() + several.len() > MOST_MEMBERS {
                        self.untold(&member, place);
                        return Shape::Alias(Type::Any);
                    }
                    for other in several {
                        let name = format!("{} {}", self.called(&member), self.called(other));
                        let mut merged = self.merged_member(other, member.clone(), name, id);
                        merged.keys.extend(other.keys.iter().cloned());
                        if members.iter().all(|one| one.ty != merged.ty) {
                            members.push(merged);
                        }
                    }
                }
                _ => members.push(member),
            }
        }
        Shape::Union(Union { members, tag: right.tag })
    }

    fn merged_member(&mut self, other: &Member, own: Member, name: String, id: SchemaId) -> Member {
        let place = Place::Schema(id, vec![Step::Member(name.clone())]);
        match self.narrower(&other.ty, &own.ty, &place) {
            Some(ty) if ty != own.ty => Member { ty, label: Label::Text(name), ..own },
            _ => own,
        }
    }

    fn facts(&self, member: &Member) -> Facts {
        let mut constants = BTreeMap::new();
        let parts = self.resolved_parts(&member.ty);
        for name in parts.iter().flat_map(|part| part.view.names()) {
            let texts = self.constants(&parts, name);
            if !texts.is_empty() {
                constants.insert(name.to_owned(), texts);
            }
        }
        Facts { tags: member.tags.iter().cloned().collect(), constants }
    }

    fn resolved_parts(&self, ty: &Type) -> Vec<Part<'a>> {
        match self.resolve(ty) {
            Type::Schema(id) => self.parts_of(id),
            _ => Vec::new(),
        }
    }

    /// What a member is called among those of its choice.
    fn called(&self, member: &Member) -> String {
        let schema = member.ty.schema().and_then(|id| self.schemas.get(id.0));
        let name = match (&member.label, schema.map(|schema| &schema.name)) {
            (Label::Text(text), _) => return text.clone(),
            (Label::Type, Some(SchemaName::Component(name))) => name.as_str(),
            (Label::Type, Some(SchemaName::InSchema(_, steps))) => {
                let member = steps.iter().rev().find_map(|step| match step {
                    Step::Member(name) => Some(name.as_str()),
                    _ => None,
                });
                member.unwrap_or_default()
            }
            (Label::Type, _) => "",
        };
        match self.resolve(&member.ty) {
            Type::List(_) => format!("{name} Array"),
            Type::Map(_) => format!("{name} Map"),
            Type::FreeForm => "Object".to_owned(),
            _ => name.to_owned(),
        }
    }

    /// Whether an object lists properties that a type has no place for.
    fn says_more(&self, other: &Type, ty: &Type) -> bool {
        let (other, own) = (self.resolved_parts(other), self.resolved_parts(ty));
        let listed = super::merge::names(&own);
        is_object(&other) && super::merge::names(&other).iter().any(|name| !listed.contains(name))
    }

    fn untold(&mut self, member: &Member, place: &Place) {
        let at = match place {
            Place::Schema(id, _) => self.schemas.get(id.0).map(|schema| schema.span),
            Place::Operation(..) => None,
        };
        let message = format!(
            "a value of `{}` in this choice can be of several members of the same choice in another member of `allOf`: it is any value",
            self.called(member)
        );
        let gap = Diagnostic::gap(Code::AllOfConflict, at.unwrap_or_default(), message)
            .help("give the members of both choices a property with one constant each");
        self.found.push(gap);
    }

    /// Schemas that turned out to be one of those that they are made of give way to it.
    pub(super) fn give_way(&mut self) {
        for _ in 0..MOST_ROUNDS {
            let same = |one: &Copied| Some((one.id, self.same_as(*one)?));
            let same: BTreeMap<SchemaId, SchemaId> = self.copied.iter().filter_map(same).collect();
            if same.is_empty() {
                break;
            }
            self.copied.retain(|one| !same.contains_key(&one.id));
            for schema in &mut self.schemas {
                for ty in schema.shape.types_mut() {
                    ty.replace(&same);
                }
            }
            self.absorbed.extend(same);
        }
        for Both { id, first, second, place } in std::mem::take(&mut self.merged) {
            if !self.absorbed.contains_key(&id) {
                self.absorb(first, id, &place);
                self.absorb(second, id, &place);
                self.absorb_members(second, id);
            }
        }
    }

    /// Members without a name of a choice that went into another one go with it.
    fn absorb_members(&mut self, choice: SchemaId, into: SchemaId) {
        let types = |id: SchemaId| {
            let shape = self.schemas.get(id.0).map(|schema| &schema.shape);
            shape.map(Shape::types).unwrap_or_default().into_iter().map(Type::schema)
        };
        let inside = |id: SchemaId| match self.schemas.get(id.0).map(|schema| &schema.name) {
            Some(SchemaName::InSchema(owner, _)) => *owner == choice,
            _ => false,
        };
        if !self.absorbed.contains_key(&choice) {
            return;
        }
        let one_each = types(choice).count() == types(into).count();
        let merged = types(into).map(|ty| ty.filter(|_| one_each).unwrap_or(into));
        let pairs = types(choice).zip(merged.chain(std::iter::repeat(into)));
        let pairs = pairs.filter_map(|(one, into)| Some((one.filter(|id| inside(*id))?, into)));
        let pairs: Vec<(SchemaId, SchemaId)> = pairs.filter(|(one, into)| one != into).collect();
        for (one, into) in pairs {
            self.absorbed.entry(one).or_insert(into);
        }
    }

    /// The schema that another one is the same as.
    fn same_as(&self, one: Copied) -> Option<SchemaId> {
        let (copy, of) = (self.schemas.get(one.id.0)?, self.schemas.get(one.of.0)?);
        let same = match (&copy.shape, &of.shape) {
            (Shape::Alias(Type::Schema(target)), _) if *target != one.id => return Some(*target),
            (Shape::Object(copy), Shape::Object(of)) => is_same_object(copy, of),
            (Shape::Union(copy), Shape::Union(of)) => {
                copy.tag == of.tag
                    && copy.members.len() == of.members.len()
                    && copy.members.iter().zip(&of.members).all(|(copy, of)| copy.ty == of.ty)
            }
            _ => false,
        };
        (same && copy.nullable == of.nullable).then_some(one.of)
    }
}

fn is_same_object(copy: &Object, of: &Object) -> bool {
    copy.fields.len() == of.fields.len()
        && copy.additional == of.additional
        && copy.fields.iter().all(|field| {
            of.fields.iter().any(|of| {
                of.wire == field.wire
                    && of.ty == field.ty
                    && of.presence == field.presence
                    && of.access == field.access
            })
        })
}

impl Facts {
    fn meet(&self, other: &Self, same_tag: bool) -> bool {
        if same_tag && !self.tags.is_empty() && !other.tags.is_empty() {
            return !self.tags.is_disjoint(&other.tags);
        }
        self.constants.iter().all(|(name, texts)| {
            other.constants.get(name).is_none_or(|others| !texts.is_disjoint(others))
        })
    }
}
