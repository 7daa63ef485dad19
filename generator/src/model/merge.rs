//! `allOf`: several schemas of one value become one object or one type.
//!
//! A property that several members have takes the narrower of their types, where one is narrower;
//! two objects are merged in their turn. What no value can be is an error with both places.

use indexmap::IndexMap;
use indexmap::map::Entry;
use openapiv3::{AdditionalProperties, ReferenceOr};

use super::build::{Builder, span};
use super::parts::{Origin, Part};
use super::schema::{Place, docs};
use super::union::{base, choices};
use super::view::View;
use super::{Access, Docs, Field, Object, Presence, SchemaId, SchemaName, Shape, Step, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::{Section, component_name};
use crate::source::Span;

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
        loop {
            while let Some(job) = self.jobs.pop_front() {
                let shape = self.shape(&job);
                if let Some(schema) = self.schemas.get_mut(job.id.0) {
                    schema.shape = shape;
                    schema.nullable |= is_nullable(&job.parts);
                }
            }
            let Some(both) = self.both.pop_front() else { break };
            self.merge_choices(both);
        }
    }

    pub(super) fn shape(&mut self, job: &Job<'a>) -> Shape {
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
        if parts.iter().any(|part| part.view.kind == Some("null")) && is_nullable(parts) {
            return Type::Null;
        }
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
                        let ty = self.conflict("this schema", (&first, before), (&ty, at), place);
                        Some((ty, before))
                    }
                }
            };
        }
        let ty = all.map_or(Type::Any, |(ty, _)| ty);
        if is_nullable(parts) { ty.nullable() } else { ty }
    }

    fn merged(&mut self, job: &Job<'a>) -> Object {
        let mut fields: IndexMap<String, Field> = IndexMap::new();
        let mut additional = None;
        for part in &job.parts {
            for field in self.own_fields(part) {
                match fields.entry(field.wire.clone()) {
                    Entry::Vacant(entry) => drop(entry.insert(field)),
                    Entry::Occupied(mut entry) => {
                        self.merge_field(entry.get_mut(), field, job.id);
                        self.open_field(entry.get_mut(), job);
                    }
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
            let (one, two) = ((&field.ty, field.span), (&other.ty, other.span));
            field.ty = self.conflict(&format!("`{}`", field.wire), one, two, &place);
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
        if let Place::Schema(id, steps) = &part.place
            && steps.is_empty()
            && let Some(Origin::Inline(source)) = self.origins.get(id.0)
            && std::ptr::eq(*source, part.source)
            && !part.view.is_combined()
            && let Some(Shape::Object(object)) = self.schemas.get(id.0).map(|schema| &schema.shape)
        {
            return object.fields.clone();
        }
        let fields = self.fields(&part.view, part.source, &part.place);
        self.own.insert(address, fields.clone());
        fields
    }

    /// A property that lists members in one part and allows any others in another does both.
    fn open_field(&mut self, field: &mut Field, job: &Job<'a>) {
        let (id, nullable) = match &field.ty {
            Type::Schema(id) => (*id, false),
            Type::Nullable(inner) => match **inner {
                Type::Schema(id) => (id, true),
                _ => return,
            },
            _ => return,
        };
        let mut parts = self.parts_of(id);
        let is_open = |part: &Part<'a>| {
            part.view.additional.is_some_and(|one| !matches!(one, AdditionalProperties::Any(false)))
        };
        if !is_object(&parts) || parts.iter().any(is_open) {
            return;
        }
        let place = Place::Schema(job.id, vec![Step::Property(field.wire.clone())]);
        let here = job.parts.iter().filter_map(|part| part.view.property(&field.wire));
        let open = here.flat_map(|source| match source {
            ReferenceOr::Item(source) => self.parts(source, &place),
            ReferenceOr::Reference { reference } => {
                let name = component_name(Section::Schemas, reference);
                name.map(|name| self.parts_of_component(name)).unwrap_or_default()
            }
        });
        let before = parts.len();
        // What lists members itself comes last, so that the name is documented by it.
        parts.splice(0..0, open.filter(|part| !part.view.has_properties() && is_open(part)));
        if parts.len() > before {
            let ty = Type::Schema(self.become_all(id, parts, &place));
            field.ty = if nullable { ty.nullable() } else { ty };
        }
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
        let id = self.add(schema, Origin::Parts(parts.clone()));
        self.jobs.push_back(Job { id, parts, made });
        id
    }

    /// Says that two types have no value in common, and gives the type that is used all the same:
    /// of lists of texts that share none, documents put together from several sources mean either.
    fn conflict(
        &mut self,
        what: &str,
        one: (&Type, Span),
        other: (&Type, Span),
        place: &Place,
    ) -> Type {
        let (first, second) = (self.kinds(one.0), self.kinds(other.0));
        if first.meets(second) {
            let message = format!(
                "{what} has values here of which none is one of another member of `allOf`: it is one of either"
            );
            self.found.push(
                Diagnostic::gap(Code::AllOfConflict, other.1, message)
                    .related(one.1, "the other values are here")
                    .help("give both the same values, or leave one of them out"),
            );
            return self.either(one.0, other.0, place);
        }
        let (first, second) = (first.words(), second.words());
        let message = format!(
            "{what} is {second} here and {first} in another member of `allOf`: no value is both"
        );
        self.found.push(
            Diagnostic::error(Code::AllOfConflict, other.1, message)
                .related(one.1, format!("it is {first} here"))
                .help("give both the same type, or leave one of them out"),
        );
        one.0.clone()
    }
}

/// Whether `null` meets all parts: a part without a type and values says nothing about it.
fn is_nullable(parts: &[Part<'_>]) -> bool {
    let speaks = |part: &&Part<'_>| {
        part.view.kind.is_some() || part.view.has_values || part.view.has_choice()
    };
    let mut speaking = parts.iter().filter(speaks).peekable();
    speaking.peek().is_some()
        && speaking.all(|part| part.source.schema_data.nullable || part.view.kind == Some("null"))
}

pub(super) fn is_object(parts: &[Part<'_>]) -> bool {
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
