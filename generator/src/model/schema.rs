//! Schemas as shapes and types.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source, SchemaData};
use serde_json::Value;

use super::build::{Builder, places, span, texts};
use super::enumeration;
use super::limits::limits;
use super::merge::{Job, unlisted};
use super::parts::{Class, Origin};
use super::view::View;
use super::{
    Access, Docs, Enum, Field, Object, OneofGroup, Presence, Schema, SchemaId, SchemaName, Shape,
    Step, Type,
};
use crate::source::Span;

/// Where a schema stands: what an inline type is named after.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Inside a schema.
    Schema(SchemaId, Vec<Step>),
    /// Inside an operation.
    Operation(usize, Vec<Step>),
}

impl Place {
    pub(super) fn step(&self, step: Step) -> Self {
        let mut place = self.clone();
        match &mut place {
            Self::Schema(_, steps) | Self::Operation(_, steps) => steps.push(step),
        }
        place
    }

    /// How many tuples it is inside of.
    pub(super) fn tuples(&self) -> usize {
        let (Self::Schema(_, steps) | Self::Operation(_, steps)) = self;
        steps.iter().filter(|step| matches!(step, Step::Item(_))).count()
    }

    pub(super) fn into_name(self) -> SchemaName {
        match self {
            Self::Schema(id, steps) => SchemaName::InSchema(id, steps),
            Self::Operation(at, steps) => SchemaName::InOperation(at, steps),
        }
    }
}

impl<'a> Builder<'a> {
    /// A component, which is a type of its own whatever it holds.
    pub(super) fn component(
        &mut self,
        id: SchemaId,
        name: &'a str,
        source: &'a ReferenceOr<Source>,
    ) -> Schema {
        let wire = SchemaName::Component(name.to_owned());
        match source {
            ReferenceOr::Reference { reference } => {
                let shape = Shape::Alias(self.reference(reference));
                let docs = Docs::default();
                let span = Span::default();
                let extensions = texts(&[].into());
                Schema { name: wire, docs, span, shape, nullable: false, extensions }
            }
            ReferenceOr::Item(source) => {
                let place = Place::Schema(id, Vec::new());
                let view = View::new(source);
                let shape = if self.children.contains_key(name) || view.is_combined() {
                    let is_child = self.child_names.contains(name);
                    self.combined_component(id, source, is_child)
                } else {
                    match named(&view, source) {
                        Some(Named::Object) => Shape::Object(self.object(&view, source, id)),
                        Some(Named::Enum(values)) => Shape::Enum(values),
                        Some(Named::Empty) => Shape::EmptyObject,
                        None => Shape::Alias(self.own_type(&view, &place)),
                    }
                };
                new_schema(wire, source, shape)
            }
        }
    }

    fn combined_component(&mut self, id: SchemaId, source: &'a Source, is_child: bool) -> Shape {
        let place = Place::Schema(id, Vec::new());
        self.check_chain(source, &place);
        let mut parts = self.parts(source, &place);
        if let Some(own) = parts.last_mut() {
            own.component = Some(id);
        }
        let is_parent = !View::new(source).is_combined();
        match self.classify(&parts, is_child) {
            Class::Component(other) if !is_parent => Shape::Alias(Type::Schema(other)),
            Class::Plain if !is_parent => Shape::Alias(self.merged_type(&parts, &place)),
            Class::Named | Class::Component(_) | Class::Plain => {
                self.jobs.push_back(Job { id, parts, made: 0 });
                Shape::EmptyObject
            }
        }
    }

    /// The type of a schema at a place; an inline object or enum becomes a schema of its own.
    pub(super) fn type_of(&mut self, source: &'a ReferenceOr<Source>, place: &Place) -> Type {
        match source {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(source) => self.inline(source, place),
        }
    }

    pub(super) fn boxed_type_of(
        &mut self,
        source: &'a ReferenceOr<Box<Source>>,
        place: &Place,
    ) -> Type {
        match source {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(source) => self.inline(source, place),
        }
    }

    /// The type of a schema without a name.
    pub(super) fn inline(&mut self, source: &'a Source, place: &Place) -> Type {
        let view = View::new(source);
        let ty = if view.is_combined() {
            self.combined(source, place)
        } else {
            match named(&view, source) {
                Some(Named::Object) if is_protobuf_any(&view) => Type::ProtobufAny,
                Some(Named::Object) => {
                    // The place in the arena comes first, for the names of what is inside.
                    let name = place.clone().into_name();
                    let schema = new_schema(name.clone(), source, Shape::EmptyObject);
                    let id = self.add(schema, Origin::Inline(source));
                    let shape = Shape::Object(self.object(&view, source, id));
                    if let Some(slot) = self.schemas.get_mut(id.0) {
                        slot.shape = shape;
                    }
                    Type::Schema(id)
                }
                Some(Named::Enum(values)) => {
                    let schema = new_schema(place.clone().into_name(), source, Shape::Enum(values));
                    Type::Schema(self.add(schema, Origin::Inline(source)))
                }
                Some(Named::Empty) => Type::FreeForm,
                None => self.own_type(&view, place),
            }
        };
        if source.schema_data.nullable { ty.nullable() } else { ty }
    }

    /// The type of a schema that is made of others.
    fn combined(&mut self, source: &'a Source, place: &Place) -> Type {
        let parts = self.parts(source, place);
        match self.classify(&parts, false) {
            Class::Component(id) => Type::Schema(id),
            Class::Plain => self.merged_type(&parts, place),
            Class::Named => {
                let schema = new_schema(place.clone().into_name(), source, Shape::EmptyObject);
                let id = self.add(schema, Origin::Inline(source));
                // What stands in it is named after it.
                let own = Place::Schema(id, Vec::new());
                let parts = self.parts(source, &own);
                self.jobs.push_back(Job { id, parts, made: 0 });
                Type::Schema(id)
            }
        }
    }

    /// The type that a schema's own keywords make, when it needs no name.
    pub(super) fn own_type(&mut self, view: &View<'a>, place: &Place) -> Type {
        match view.kind {
            Some("string") => Type::Text(view.format.clone()),
            Some("integer") => Type::Integer(view.format.clone()),
            Some("number") => Type::Number(view.format.clone()),
            Some("boolean") => Type::Bool,
            Some("null") => Type::Null,
            Some("array") => {
                if let Some(items) = view.tuple() {
                    let place = |at: usize| place.step(Step::Item(at + 1));
                    let items = items.iter().enumerate();
                    return Type::Tuple(
                        items.map(|(at, one)| self.type_of(one, &place(at))).collect(),
                    );
                }
                let item =
                    view.items.map(|items| self.boxed_type_of(items, &place.step(Step::Items)));
                Type::List(Box::new(item.unwrap_or(Type::Any)))
            }
            Some("object") => match self.additional(view.additional, place) {
                Some(Type::Any) | None => Type::FreeForm,
                Some(values) => Type::Map(Box::new(values)),
            },
            _ => Type::Any,
        }
    }

    /// The type of the properties that are not listed.
    pub(super) fn additional(
        &mut self,
        additional: Option<&'a AdditionalProperties>,
        place: &Place,
    ) -> Option<Type> {
        match additional {
            None | Some(AdditionalProperties::Any(false)) => None,
            Some(AdditionalProperties::Any(true)) => Some(Type::Any),
            Some(AdditionalProperties::Schema(schema)) => {
                Some(self.type_of(schema, &place.step(Step::Values)))
            }
        }
    }

    fn object(&mut self, view: &View<'a>, source: &'a Source, id: SchemaId) -> Object {
        let place = Place::Schema(id, Vec::new());
        let mut fields = self.fields(view, source, &place);
        let additional = self.additional(view.additional, &place);
        if additional.is_none() {
            let listed: BTreeSet<&str> = view.names().collect();
            let names = view.required.iter().filter(|name| !listed.contains(name.as_str()));
            let at = span(&source.schema_data.extensions);
            let names: BTreeSet<&String> = names.collect();
            fields.extend(names.into_iter().map(|name| unlisted(name, at)));
        }
        let oneof_groups = oneof_groups(source, &fields);
        Object { fields, additional, oneof_groups }
    }

    /// The properties that a schema lists itself.
    pub(super) fn fields(&mut self, view: &View<'a>, source: &'a Source, at: &Place) -> Vec<Field> {
        let Some(properties) = view.properties else { return Vec::new() };
        let required: BTreeSet<&str> = view.required.iter().map(String::as_str).collect();
        let places = places(&source.schema_data.extensions, "x-places");
        let mut fields = Vec::with_capacity(properties.len());
        for (index, (wire, property)) in properties.iter().enumerate() {
            let place = at.step(Step::Property(wire.clone()));
            let ty = self.boxed_type_of(property, &place);
            let own = match property {
                ReferenceOr::Item(property) => Some(&**property),
                ReferenceOr::Reference { .. } => None,
            };
            fields.push(Field {
                wire: wire.clone(),
                ty,
                presence: if required.contains(wire.as_str()) {
                    Presence::Required
                } else {
                    Presence::Optional
                },
                access: own.map_or(Access::ReadWrite, |own| access(&own.schema_data)),
                docs: own.map(docs).unwrap_or_default(),
                span: places.get(index).copied().unwrap_or_default(),
            });
        }
        fields
    }
}

pub(super) fn new_schema(name: SchemaName, source: &Source, shape: Shape) -> Schema {
    let data = &source.schema_data;
    Schema {
        name,
        docs: docs(source),
        span: span(&data.extensions),
        shape,
        nullable: data.nullable,
        extensions: texts(&data.extensions),
    }
}

/// What becomes a type with a name.
enum Named {
    Object,
    Enum(Enum),
    Empty,
}

fn named(view: &View<'_>, source: &Source) -> Option<Named> {
    match (view.kind, view.additional) {
        (Some("object"), _) if view.has_properties() => Some(Named::Object),
        (Some("object"), None | Some(AdditionalProperties::Any(false))) => Some(Named::Empty),
        (Some("string" | "integer") | None, _) if view.has_values => {
            enumeration::own(source).map(Named::Enum)
        }
        _ => None,
    }
}

/// The form that `ProtoJSON` gives to `google.protobuf.Any`
/// (Protocol Buffers documentation, `ProtoJSON` format, "Any").
fn is_protobuf_any(view: &View<'_>) -> bool {
    let open = matches!(view.additional, Some(AdditionalProperties::Any(true)));
    let only = view.names().count() == 1;
    let text = view.property("@type").is_some_and(|property| match property {
        ReferenceOr::Item(schema) => View::new(schema).kind == Some("string"),
        ReferenceOr::Reference { .. } => false,
    });
    open && only && text
}

pub(super) fn oneof_groups(source: &Source, fields: &[Field]) -> Vec<OneofGroup> {
    let extensions = &source.schema_data.extensions;
    let groups = extensions.get("x-oneof-groups").and_then(Value::as_object);
    let groups = groups.into_iter().flatten().map(|(name, members)| {
        let members = members.as_array().into_iter().flatten().filter_map(Value::as_str);
        let index = |wire: &str| fields.iter().position(|field| field.wire == wire);
        OneofGroup {
            name: name.clone(),
            members: members.filter_map(index).collect(),
            span: span(extensions),
        }
    });
    groups.filter(|group| !group.members.is_empty()).collect()
}

pub(super) fn docs(source: &Source) -> Docs {
    let data = &source.schema_data;
    let default = data.default.as_ref().filter(|default| !default.is_null());
    Docs {
        summary: data.title.clone(),
        description: data.description.clone(),
        deprecated: data.deprecated,
        limits: limits(source),
        default: default.map(Value::to_string),
    }
}

fn access(data: &SchemaData) -> Access {
    match (data.read_only, data.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::ReadWrite,
    }
}
