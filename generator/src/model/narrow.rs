//! The narrower of two types that describe the same value, as members of `allOf` do.
//!
//! What two schemas describe together takes the place of the one that stands there; the other one
//! [went into](Builder::absorbed) it, and nothing refers to it any more.

use std::collections::BTreeSet;

use super::both::Copied;
use super::build::{Builder, span};
use super::merge::{Job, is_object};
use super::parts::{Origin, Part};
use super::schema::Place;
use super::tuples::MOST_TUPLES;
use super::union::choices;
use super::{Schema, SchemaId, SchemaName, Shape, Step, Type};
use crate::diagnostic::{Code, Diagnostic};

/// How many schemas may come from properties that several members of `allOf` have. Members that
/// hold each other could make more of them than there are schemas.
const MOST_INTERSECTIONS: usize = 10_000;

impl<'a> Builder<'a> {
    /// The narrower of two types that describe the same value, if there is one.
    pub(super) fn narrower(&mut self, one: &Type, other: &Type, place: &Place) -> Option<Type> {
        let (first, second) = (self.resolve(one), self.resolve(other));
        if first == second {
            return Some(other.clone());
        }
        match (&first, &second) {
            (Type::Null, Type::Nullable(_)) | (Type::Nullable(_), Type::Null) => Some(Type::Null),
            (Type::Nullable(inner), Type::Nullable(second)) => {
                self.narrower(inner, second, place).map(Type::nullable)
            }
            (Type::Nullable(inner), _) => self.narrower(inner, other, place),
            (_, Type::Nullable(inner)) => self.narrower(one, inner, place),
            (Type::Any, _)
            | (Type::Number(_), Type::Integer(_))
            | (Type::List(_), Type::Tuple(_))
            | (Type::FreeForm, Type::Map(_) | Type::ProtobufAny) => Some(other.clone()),
            (_, Type::Any)
            | (Type::Integer(_), Type::Number(_))
            | (Type::Tuple(_), Type::List(_))
            | (Type::Map(_) | Type::ProtobufAny, Type::FreeForm) => Some(one.clone()),
            (Type::Integer(_), Type::Integer(format))
            | (Type::Number(_), Type::Number(format))
            | (Type::Text(_), Type::Text(format)) => {
                Some(if format.is_none() { one.clone() } else { other.clone() })
            }
            (Type::List(one), Type::List(other)) => {
                // An empty list is of both types, whatever the items are.
                let item = self.narrower(one, other, &place.step(Step::Items));
                Some(Type::List(item.map_or_else(|| other.clone(), Box::new)))
            }
            (Type::Tuple(one), Type::Tuple(items)) if one.len() == items.len() => {
                if place.tuples() == MOST_TUPLES {
                    return Some(other.clone());
                }
                let items = one.iter().zip(items).enumerate();
                let items = items.map(|(at, (one, other))| {
                    self.narrower(one, other, &place.step(Step::Item(at + 1)))
                });
                items.collect::<Option<Vec<Type>>>().map(Type::Tuple)
            }
            (Type::Tuple(_), Type::Tuple(_)) => None,
            (Type::Map(one), Type::Map(other)) => {
                let value = self.narrower(one, other, &place.step(Step::Values));
                Some(Type::Map(value.map_or_else(|| other.clone(), Box::new)))
            }
            (Type::Schema(first), Type::Schema(second)) => {
                self.narrower_schema((*first, one), (*second, other), place)
            }
            (Type::Schema(id), ty) if self.is_inside(*id, ty) => Some(one.clone()),
            (ty, Type::Schema(id)) if self.is_inside(*id, ty) => Some(other.clone()),
            _ => self.of_fewer_kinds(one, other),
        }
    }

    fn narrower_schema(
        &mut self,
        (first, one): (SchemaId, &Type),
        (second, other): (SchemaId, &Type),
        place: &Place,
    ) -> Option<Type> {
        let (left, right) = (self.parts_of(first), self.parts_of(second));
        let holds = |all: &[Part<'a>], some: &[Part<'a>]| {
            some.iter().all(|part| all.iter().any(|one| std::ptr::eq(one.source, part.source)))
        };
        if holds(&right, &left) {
            return Some(other.clone());
        }
        if holds(&left, &right) {
            return Some(one.clone());
        }
        let texts = |parts: &[Part<'a>]| super::enumeration::texts(parts);
        if let (Some(left), Some(right)) = (texts(&left), texts(&right)) {
            if left.is_disjoint(&right) {
                return None;
            }
            if left.is_subset(&right) && left != right {
                self.absorb(second, first, place);
                return Some(one.clone());
            }
            self.absorb(first, second, place);
            return Some(other.clone());
        }
        let key = (first.min(second), first.max(second));
        if let Some(id) = self.intersections.get(&key).copied() {
            if let Place::Operation(..) = place {
                // Operations refer to schemas from outside the arena: it must stay.
                self.copied.retain(|one| one.id != id);
            }
            return Some(Type::Schema(id));
        }
        let objects = is_object(&left) && is_object(&right);
        let chosen = |parts: &[Part<'a>]| parts.iter().any(|part| !choices(part, parts).is_empty());
        let both_choices = matches!(place, Place::Schema(..)) && chosen(&left) && chosen(&right);
        let choices_inside = [(first, chosen(&left)), (second, chosen(&right))];
        let choices_inside: Vec<SchemaId> =
            choices_inside.iter().filter(|(_, chosen)| *chosen).map(|(id, _)| *id).collect();
        let described = |parts: &[Part<'a>]| is_object(parts) || chosen(parts);
        if !described(&left) || !described(&right) || !self.kinds(one).meets(self.kinds(other)) {
            return self.of_fewer_kinds(one, other);
        }
        if self.intersections.len() == MOST_INTERSECTIONS {
            let message = format!(
                "`allOf` makes more than {MOST_INTERSECTIONS} schemas out of properties that several members have"
            );
            let at = right.first().map(|part| span(&part.source.schema_data.extensions));
            self.found.push(Diagnostic::error(Code::LimitDepth, at.unwrap_or_default(), message));
            return Some(other.clone());
        }
        let mut parts = left;
        for part in right {
            if !parts.iter().any(|one| std::ptr::eq(one.source, part.source)) {
                parts.push(part);
            }
        }
        let id = if objects {
            let id = self.become_all(second, parts, place);
            self.absorb(first, id, place);
            if id != second && matches!(place, Place::Schema(..)) {
                self.copied.push(Copied { id, of: second });
            }
            id
        } else if both_choices {
            self.both_choices((first, second), parts, place)?
        } else {
            // What an object says beside a choice, it says of each member.
            let id = self.wait(place.clone().into_name(), parts, 0);
            for one in [first, second] {
                self.absorb(one, id, place);
                if choices_inside.contains(&one) {
                    self.goes_into(one, id, place);
                }
            }
            id
        };
        self.intersections.insert(key, id);
        Some(Type::Schema(id))
    }

    /// A schema of all parts, which takes the place of one of those that it is made of.
    pub(super) fn become_all(
        &mut self,
        one: SchemaId,
        parts: Vec<Part<'a>>,
        place: &Place,
    ) -> SchemaId {
        let name = place.clone().into_name();
        if !self.stands_at(one, &name) {
            return self.wait(name, parts, 0);
        }
        let address = match self.origins.get(one.0) {
            Some(Origin::Inline(source)) => Some(std::ptr::from_ref(*source).addr()),
            _ => None,
        };
        if let Some(address) = address
            && let Some(Shape::Object(object)) = self.schemas.get(one.0).map(|one| &one.shape)
        {
            self.own.entry(address).or_insert_with(|| object.fields.clone());
        }
        if let Some(origin) = self.origins.get_mut(one.0) {
            *origin = Origin::Parts(parts.clone());
        }
        self.jobs.push_back(Job { id: one, parts, made: 0 });
        one
    }

    /// The enum of the values of two, at the place of both.
    pub(super) fn either(&mut self, one: &Type, other: &Type, place: &Place) -> Type {
        let (Some(first), Some(second)) = (one.schema(), other.schema()) else {
            return Type::Text(None);
        };
        let list = |id: SchemaId| match self.schemas.get(id.0).map(|schema| &schema.shape) {
            Some(Shape::Enum(list)) => Some(list.clone()),
            _ => None,
        };
        let (Some(mut all), Some(more)) = (list(first), list(second)) else {
            return Type::Text(None);
        };
        all.values.extend(more.values);
        all.open |= more.open;
        let Some(schema) = self.schemas.get(second.0).cloned() else { return Type::Text(None) };
        let name = place.clone().into_name();
        let both = Schema { name: name.clone(), shape: Shape::Enum(all), ..schema };
        let id = if self.stands_at(second, &name) {
            if let Some(slot) = self.schemas.get_mut(second.0) {
                *slot = both;
            }
            second
        } else {
            let origin = self.origins.get(second.0).cloned();
            self.add(both, origin.unwrap_or(Origin::Parts(Vec::new())))
        };
        self.absorb(first, id, place);
        Type::Schema(id)
    }

    /// Whether a schema without a name is the one that stands at a place: nothing else refers to it.
    fn stands_at(&self, id: SchemaId, place: &SchemaName) -> bool {
        let Some(schema) = self.schemas.get(id.0) else { return false };
        match (&schema.name, place) {
            (SchemaName::InSchema(owner, steps), SchemaName::InSchema(other, place)) => {
                steps == place && self.owner(*owner) == self.owner(*other)
            }
            (name, place) => name == place && !matches!(name, SchemaName::Component(_)),
        }
    }

    /// Notes that a schema went into another one, if it stands at the place of both.
    pub(super) fn absorb(&mut self, one: SchemaId, into: SchemaId, place: &Place) {
        let into = self.owner(into);
        if one != into && self.stands_at(one, &place.clone().into_name()) {
            self.absorbed.insert(one, into);
        }
    }

    /// The schema itself, or the one that it went into.
    fn owner(&self, id: SchemaId) -> SchemaId {
        let mut id = id;
        for _ in 0..=self.absorbed.len() {
            match self.absorbed.get(&id) {
                Some(into) => id = *into,
                None => break,
            }
        }
        id
    }

    /// What stands in a schema that went into another one stands in that one. The schema itself is
    /// left out, unless something refers to it all the same.
    pub(super) fn leave_out(&mut self) {
        if self.absorbed.is_empty() {
            return;
        }
        for at in 0..self.schemas.len() {
            let owner = match self.schemas.get(at).map(|schema| &schema.name) {
                Some(SchemaName::InSchema(owner, _)) => self.owner(*owner),
                _ => continue,
            };
            if let Some(SchemaName::InSchema(slot, _)) =
                self.schemas.get_mut(at).map(|schema| &mut schema.name)
            {
                *slot = owner;
            }
        }
        let mut left: BTreeSet<SchemaId> = self.absorbed.keys().copied().collect();
        let all = self.schemas.iter().enumerate();
        let kept = all.filter(|(at, _)| !left.contains(&SchemaId(*at)));
        let mut open: Vec<&Shape> = kept.map(|(_, schema)| &schema.shape).collect();
        while let Some(shape) = open.pop() {
            for id in shape.types().into_iter().flat_map(Type::schemas) {
                if left.remove(&id) {
                    open.extend(self.schemas.get(id.0).map(|schema| &schema.shape));
                }
            }
        }
        for id in left {
            if let Some(schema) = self.schemas.get_mut(id.0) {
                schema.name = SchemaName::LeftOut;
            }
        }
    }

    /// Whether all values of a schema are of a type.
    fn is_inside(&mut self, id: SchemaId, ty: &Type) -> bool {
        let parts = self.parts_of(id);
        let object = is_object(&parts);
        match ty {
            Type::Text(_) => super::enumeration::texts(&parts).is_some(),
            Type::Integer(_) | Type::Number(_) => {
                let integers =
                    |part: &Part<'a>| part.view.has_values && part.view.kind == Some("integer");
                parts.iter().any(integers)
            }
            Type::FreeForm | Type::Map(_) => {
                object || parts.iter().any(|part| part.view.kind == Some("object"))
            }
            _ => false,
        }
    }

    /// Of two types that cannot be merged, the one that leaves fewer JSON types, else the nearer one.
    /// A value that meets both meets each of them; without a common JSON type there is none.
    pub(super) fn of_fewer_kinds(&self, one: &Type, other: &Type) -> Option<Type> {
        let (first, second) = (self.kinds(one), self.kinds(other));
        if first.meets(second) {
            return Some(if first.fewer_than(second) { one.clone() } else { other.clone() });
        }
        None
    }
}
