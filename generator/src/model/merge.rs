//! `allOf`: several schemas of one value become one object or one type.
//!
//! A property that several members have takes the narrower of their types, where one is narrower;
//! two objects are merged in their turn. What no value can be is an error with both places.

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::build::{Builder, span};
use super::parts::Part;
use super::schema::{Place, docs};
use super::union::{base, choices};
use super::view::View;
use super::{Access, Docs, Field, Object, Presence, SchemaId, SchemaName, Shape, Step, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How many schemas may come from properties that several members of `allOf` have. Members that
/// hold each other could make more of them than there are schemas.
const MOST_INTERSECTIONS: usize = 10_000;

/// A schema of the arena whose shape is found when all that it is made of is known.
pub(super) struct Job<'a> {
    pub(super) id: SchemaId,
    pub(super) parts: Vec<Part<'a>>,
    /// How many of the first choices (`oneOf`, `anyOf`) of the parts have been made.
    pub(super) made: usize,
}

impl<'a> Builder<'a> {
    /// Finds the shapes that had to wait. More may come up on the way.
    pub(super) fn jobs(&mut self) {
        while let Some(job) = self.jobs.pop_front() {
            let shape = self.shape(&job);
            if let Some(schema) = self.schemas.get_mut(job.id.0) {
                schema.shape = shape;
            }
        }
    }

    fn shape(&mut self, job: &Job<'a>) -> Shape {
        if let Some(choice) = self.choice_of_children(job) {
            return self.union(job, &choice, None);
        }
        let mut all = job.parts.iter().flat_map(|part| choices(part, &job.parts));
        if let Some(choice) = all.nth(job.made) {
            drop(all);
            let beside = base(job);
            return self.union(job, &choice, beside.as_deref());
        }
        drop(all);
        if let Some(enumeration) = self.merged_enum(job) {
            return enumeration;
        }
        if job.parts.iter().any(|part| part.view.has_properties()) {
            return Shape::Object(self.merged(job));
        }
        let place = Place::Schema(job.id, Vec::new());
        let ty = self.merged_type(&job.parts, &place);
        Shape::Alias(ty)
    }

    /// The type of parts that need no name.
    pub(super) fn merged_type(&mut self, parts: &[Part<'a>], place: &Place) -> Type {
        let mut all: Option<(Type, Span)> = None;
        for part in parts {
            if part.view.kind.is_none() && !part.view.adds() {
                continue;
            }
            let at = span(&part.source.schema_data.extensions);
            let ty = self.own_type(&part.view, place);
            all = match all {
                None => Some((ty, at)),
                Some((first, before)) => {
                    if let Some(narrower) = self.narrower(&first, &ty, place) {
                        Some((narrower, at))
                    } else {
                        self.conflict("this schema", (&first, before), (&ty, at));
                        Some((first, before))
                    }
                }
            };
        }
        all.map_or(Type::Any, |(ty, _)| ty)
    }

    fn merged(&mut self, job: &Job<'a>) -> Object {
        let mut fields: IndexMap<String, Field> = IndexMap::new();
        let mut additional = None;
        for part in &job.parts {
            for field in self.own_fields(part) {
                match fields.entry(field.wire.clone()) {
                    Entry::Vacant(entry) => drop(entry.insert(field)),
                    Entry::Occupied(mut entry) => self.merge_field(entry.get_mut(), field, job.id),
                }
            }
            let found = self.additional(part.view.additional, &part.place);
            additional = match (additional, found) {
                (None | Some(Type::Any), Some(found)) => Some(found),
                (before, _) => before,
            };
        }
        let required = job.parts.iter().flat_map(|part| part.view.required);
        for name in required {
            if let Some(field) = fields.get_mut(name.as_str()) {
                field.presence = Presence::Required;
            }
        }
        if additional.is_none() {
            for part in &job.parts {
                for name in part.view.required {
                    let at = span(&part.source.schema_data.extensions);
                    fields.entry(name.clone()).or_insert_with(|| unlisted(name, at));
                }
            }
        }
        let fields: Vec<Field> = fields.into_values().collect();
        let oneof_groups = match job.parts.as_slice() {
            [only] => super::schema::oneof_groups(only.source, &fields),
            _ => Vec::new(),
        };
        Object { fields, additional, oneof_groups }
    }

    fn merge_field(&mut self, field: &mut Field, other: Field, id: SchemaId) {
        let place = Place::Schema(id, vec![Step::Property(field.wire.clone())]);
        if let Some(ty) = self.narrower(&field.ty, &other.ty, &place) {
            field.ty = ty;
        } else {
            let name = format!("`{}`", field.wire);
            self.conflict(&name, (&field.ty, field.span), (&other.ty, other.span));
        }
        let Docs { summary, description, deprecated, limits, default } = other.docs;
        // What stands nearer to the schema says it better.
        if summary.is_some() || description.is_some() {
            (field.docs.summary, field.docs.description) = (summary, description);
        }
        field.docs.deprecated |= deprecated;
        field.docs.limits = std::mem::take(&mut field.docs.limits).narrowed(limits);
        field.docs.default = default.or(field.docs.default.take());
        if field.access == Access::ReadWrite {
            field.access = other.access;
        }
        field.span = other.span;
    }

    /// The properties that a part lists itself. They are built once, however often they are
    /// inherited, so that what is inline in them is one type.
    fn own_fields(&mut self, part: &Part<'a>) -> Vec<Field> {
        if let Some(id) = part.component
            && let Some(Shape::Object(object)) = self.schemas.get(id.0).map(|schema| &schema.shape)
            && !part.view.is_combined()
        {
            return object.fields.clone();
        }
        let address = std::ptr::from_ref(part.source).addr();
        if let Some(fields) = self.own.get(&address) {
            return fields.clone();
        }
        let fields = self.fields(&part.view, part.source, &part.place);
        self.own.insert(address, fields.clone());
        fields
    }

    /// The narrower of two types that describe the same value, if there is one.
    pub(super) fn narrower(&mut self, one: &Type, other: &Type, place: &Place) -> Option<Type> {
        let (first, second) = (self.resolve(one), self.resolve(other));
        if first == second {
            return Some(other.clone());
        }
        match (&first, &second) {
            (Type::Nullable(inner), Type::Nullable(second)) => {
                self.narrower(inner, second, place).map(Type::nullable)
            }
            (Type::Nullable(inner), _) => self.narrower(inner, other, place),
            (_, Type::Nullable(inner)) => self.narrower(one, inner, place),
            (Type::Any, _)
            | (Type::Number(_), Type::Integer(_))
            | (Type::FreeForm, Type::Map(_) | Type::ProtobufAny) => Some(other.clone()),
            (_, Type::Any)
            | (Type::Integer(_), Type::Number(_))
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
            if right.is_subset(&left) {
                return Some(other.clone());
            }
            if left.is_subset(&right) {
                return Some(one.clone());
            }
            return (!left.is_disjoint(&right)).then(|| other.clone());
        }
        let key = (first.min(second), first.max(second));
        if let Some(id) = self.intersections.get(&key) {
            return Some(Type::Schema(*id));
        }
        if !is_object(&left) || !is_object(&right) {
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
        let name = place.clone().into_name();
        let id = match self.schemas.get_mut(second.0).filter(|schema| schema.name == name) {
            // The schema that stands here becomes what both describe: nothing else can use it.
            Some(_) => {
                if let Some(origin) = self.origins.get_mut(second.0) {
                    *origin = super::parts::Origin::Parts(parts.clone());
                }
                self.jobs.push_back(Job { id: second, parts, made: 0 });
                second
            }
            None => self.wait(name, parts, 0),
        };
        self.intersections.insert(key, id);
        Some(Type::Schema(id))
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
    fn of_fewer_kinds(&self, one: &Type, other: &Type) -> Option<Type> {
        let (first, second) = (self.kinds(one), self.kinds(other));
        if first.meets(second) {
            return Some(if first.fewer_than(second) { one.clone() } else { other.clone() });
        }
        None
    }

    /// Gives several schemas of one value a place in the arena; their shape comes later.
    pub(super) fn wait(&mut self, name: SchemaName, parts: Vec<Part<'a>>, made: usize) -> SchemaId {
        let last = parts.last().map(|part| part.source);
        let schema = super::Schema {
            name,
            docs: last.map(docs).unwrap_or_default(),
            span: last.map(|last| span(&last.schema_data.extensions)).unwrap_or_default(),
            shape: Shape::EmptyObject,
            nullable: false,
            extensions: std::collections::BTreeMap::new(),
        };
        let id = self.add(schema, super::parts::Origin::Parts(parts.clone()));
        self.jobs.push_back(Job { id, parts, made });
        id
    }

    pub(super) fn conflict(&mut self, what: &str, one: (&Type, Span), other: (&Type, Span)) {
        let (first, second) = (self.kinds(one.0).words(), self.kinds(other.0).words());
        let message = format!(
            "{what} is {second} here and {first} in another member of `allOf`: no value is both"
        );
        self.found.push(
            Diagnostic::error(Code::AllOfConflict, other.1, message)
                .related(one.1, format!("it is {first} here"))
                .help("give both the same type, or leave one of them out"),
        );
    }
}

fn is_object(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| part.view.has_properties())
        && parts.iter().all(|part| choices(part, parts).is_empty())
}

/// A property of which only the name is known.
pub(super) fn unlisted(name: &str, span: Span) -> Field {
    Field {
        wire: name.to_owned(),
        ty: Type::Any,
        presence: Presence::Optional,
        access: Access::ReadWrite,
        docs: Docs {
            description: Some("Required; the document does not say what it is.".to_owned()),
            ..Docs::default()
        },
        span,
    }
}

/// The names of the properties that some parts list.
pub(super) fn names<'a>(parts: &[Part<'a>]) -> std::collections::BTreeSet<&'a str> {
    parts.iter().flat_map(|part| View::names(&part.view)).collect()
}
