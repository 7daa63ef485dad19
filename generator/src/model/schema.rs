//! Schemas as shapes and types.

use std::collections::BTreeSet;

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, ObjectType, ReferenceOr, Schema as Source,
    SchemaData, SchemaKind, StringType, Type as Kind, VariantOrUnknownOrEmpty as Format,
};
use serde_json::Value;

use super::build::{Builder, places, span, texts};
use super::{
    Access, Docs, Enum, Field, Object, OneofGroup, Presence, Schema, SchemaId, SchemaName, Shape,
    Step, Type,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Where a schema stands: what an inline type is named after.
#[derive(Clone)]
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

    fn into_name(self) -> SchemaName {
        match self {
            Self::Schema(id, steps) => SchemaName::InSchema(id, steps),
            Self::Operation(at, steps) => SchemaName::InOperation(at, steps),
        }
    }
}

impl Builder<'_> {
    /// A component, which is a type of its own whatever it holds.
    pub(super) fn component(
        &mut self,
        id: SchemaId,
        name: &str,
        source: &ReferenceOr<Source>,
    ) -> Schema {
        let name = SchemaName::Component(name.to_owned());
        match source {
            ReferenceOr::Reference { reference } => {
                let shape = Shape::Alias(self.reference(reference));
                let docs = Docs::default();
                let span = Span::default();
                Schema { name, docs, span, shape, nullable: false, extensions: texts(&[].into()) }
            }
            ReferenceOr::Item(source) => {
                let place = Place::Schema(id, Vec::new());
                let shape = match named(source) {
                    Some(Named::Object(object)) => Shape::Object(self.object(object, source, id)),
                    Some(Named::Enum(string)) => Shape::Enum(enumeration(string, source)),
                    Some(Named::Empty) => Shape::EmptyObject,
                    None => Shape::Alias(self.inner_type(source, &place)),
                };
                new_schema(name, source, shape)
            }
        }
    }

    /// The type of a schema at a place; an inline object or enum becomes a schema of its own.
    pub(super) fn type_of(&mut self, source: &ReferenceOr<Source>, place: &Place) -> Type {
        match source {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(source) => self.inline(source, place),
        }
    }

    fn boxed_type_of(&mut self, source: &ReferenceOr<Box<Source>>, place: &Place) -> Type {
        match source {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(source) => self.inline(source, place),
        }
    }

    fn inline(&mut self, source: &Source, place: &Place) -> Type {
        let ty = match named(source) {
            Some(Named::Object(object)) if is_protobuf_any(object) => Type::ProtobufAny,
            Some(Named::Object(object)) => {
                // The place in the arena comes first, for the names of what is inside.
                let name = place.clone().into_name();
                let id = self.add(new_schema(name.clone(), source, Shape::EmptyObject));
                let shape = Shape::Object(self.object(object, source, id));
                let schema = new_schema(name, source, shape);
                if let Some(slot) = self.schemas.get_mut(id.0) {
                    *slot = schema;
                }
                Type::Schema(id)
            }
            Some(Named::Enum(string)) => {
                let shape = Shape::Enum(enumeration(string, source));
                Type::Schema(self.add(new_schema(place.clone().into_name(), source, shape)))
            }
            Some(Named::Empty) => Type::FreeForm,
            None => self.inner_type(source, place),
        };
        if source.schema_data.nullable { ty.nullable() } else { ty }
    }

    /// The type of what needs no name.
    fn inner_type(&mut self, source: &Source, place: &Place) -> Type {
        match &source.schema_kind {
            SchemaKind::Type(Kind::Boolean(_)) => Type::Bool,
            SchemaKind::Type(Kind::Integer(integer)) => Type::Integer(format_name(&integer.format)),
            SchemaKind::Type(Kind::Number(number)) => Type::Number(format_name(&number.format)),
            SchemaKind::Type(Kind::String(string)) => Type::Text(string_format(string)),
            SchemaKind::Type(Kind::Array(array)) => self.list(array, place),
            SchemaKind::Type(Kind::Object(object)) => {
                self.map(object.additional_properties.as_ref(), place)
            }
            SchemaKind::AllOf { all_of } if all_of.len() == 1 => {
                let only = all_of.iter().next();
                only.map_or(Type::Any, |only| self.type_of(only, place))
            }
            SchemaKind::OneOf { one_of } => self.untyped(source, "oneOf", one_of.len()),
            SchemaKind::AnyOf { any_of } => self.untyped(source, "anyOf", any_of.len()),
            SchemaKind::AllOf { all_of } => self.untyped(source, "allOf", all_of.len()),
            SchemaKind::Not { .. } => self.untyped(source, "not", 1),
            SchemaKind::Any(any) => self.any(source, any, place),
        }
    }

    fn any(&mut self, source: &Source, any: &AnySchema, place: &Place) -> Type {
        let combined = [("oneOf", &any.one_of), ("anyOf", &any.any_of), ("allOf", &any.all_of)];
        for (keyword, members) in combined {
            if !members.is_empty() {
                return self.untyped(source, keyword, members.len());
            }
        }
        if any.not.is_some() {
            return self.untyped(source, "not", 1);
        }
        match any.typ.as_deref() {
            Some("string") => Type::Text(any.format.clone()),
            Some("integer") => Type::Integer(any.format.clone()),
            Some("number") => Type::Number(any.format.clone()),
            Some("boolean") => Type::Bool,
            Some("array") => match &any.items {
                Some(items) => {
                    Type::List(Box::new(self.boxed_type_of(items, &place.step(Step::Items))))
                }
                None => Type::List(Box::new(Type::Any)),
            },
            Some("object") => self.map(any.additional_properties.as_ref(), place),
            _ => Type::Any,
        }
    }

    fn list(&mut self, array: &ArrayType, place: &Place) -> Type {
        let item = array.items.as_ref();
        let item =
            item.map_or(Type::Any, |item| self.boxed_type_of(item, &place.step(Step::Items)));
        Type::List(Box::new(item))
    }

    fn map(&mut self, additional: Option<&AdditionalProperties>, place: &Place) -> Type {
        match self.additional(additional, place) {
            Some(Type::Any) | None => Type::FreeForm,
            Some(values) => Type::Map(Box::new(values)),
        }
    }

    fn additional(
        &mut self,
        additional: Option<&AdditionalProperties>,
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

    fn object(&mut self, object: &ObjectType, source: &Source, id: SchemaId) -> Object {
        let required: BTreeSet<&str> = object.required.iter().map(String::as_str).collect();
        let extensions = &source.schema_data.extensions;
        let places = places(extensions, "x-places");
        let mut fields = Vec::with_capacity(object.properties.len());
        for (at, (wire, property)) in object.properties.iter().enumerate() {
            let place = Place::Schema(id, vec![Step::Property(wire.clone())]);
            let ty = self.boxed_type_of(property, &place);
            let data = match property {
                ReferenceOr::Item(property) => Some(&property.schema_data),
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
                access: data.map_or(Access::ReadWrite, access),
                docs: data.map(docs).unwrap_or_default(),
                span: places.get(at).copied().unwrap_or_default(),
            });
        }
        let additional =
            self.additional(object.additional_properties.as_ref(), &Place::Schema(id, Vec::new()));
        let oneof_groups = oneof_groups(source, &fields);
        Object { fields, additional, oneof_groups }
    }

    fn untyped(&mut self, source: &Source, keyword: &str, members: usize) -> Type {
        let members = if members == 1 { "" } else { &format!(" of {members} members") };
        let message =
            format!("`{keyword}`{members} is not covered yet: the value stays untyped JSON");
        let at = span(&source.schema_data.extensions);
        self.found.push(Diagnostic::gap(Code::Untyped, at, message));
        Type::Any
    }
}

fn new_schema(name: SchemaName, source: &Source, shape: Shape) -> Schema {
    let data = &source.schema_data;
    Schema {
        name,
        docs: docs(data),
        span: span(&data.extensions),
        shape,
        nullable: data.nullable,
        extensions: texts(&data.extensions),
    }
}

/// What becomes a type with a name.
enum Named<'a> {
    Object(&'a ObjectType),
    Enum(&'a StringType),
    Empty,
}

fn named(source: &Source) -> Option<Named<'_>> {
    match &source.schema_kind {
        SchemaKind::Type(Kind::Object(object)) if !object.properties.is_empty() => {
            Some(Named::Object(object))
        }
        SchemaKind::Type(Kind::Object(object)) => match object.additional_properties {
            None | Some(AdditionalProperties::Any(false)) => Some(Named::Empty),
            Some(_) => None,
        },
        SchemaKind::Type(Kind::String(string)) if !string.enumeration.is_empty() => {
            Some(Named::Enum(string))
        }
        _ => None,
    }
}

/// The form that `ProtoJSON` gives to `google.protobuf.Any`
/// (Protocol Buffers documentation, `ProtoJSON` format, "Any").
fn is_protobuf_any(object: &ObjectType) -> bool {
    let open = matches!(object.additional_properties, Some(AdditionalProperties::Any(true)));
    let only = object.properties.len() == 1;
    let text = object.properties.get("@type").is_some_and(|property| match property {
        ReferenceOr::Item(schema) => {
            matches!(schema.schema_kind, SchemaKind::Type(Kind::String(_)))
        }
        ReferenceOr::Reference { .. } => false,
    });
    open && only && text
}

fn enumeration(string: &StringType, source: &Source) -> Enum {
    let places = places(&source.schema_data.extensions, "x-enum-places");
    let mut seen = BTreeSet::new();
    let values = string.enumeration.iter().enumerate();
    let values = values.filter_map(|(at, value)| {
        let value = value.as_ref()?;
        let place = places.get(at).copied().unwrap_or_default();
        seen.insert(value).then(|| (value.clone(), place))
    });
    Enum { values: values.collect() }
}

fn oneof_groups(source: &Source, fields: &[Field]) -> Vec<OneofGroup> {
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

pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs {
        summary: data.title.clone(),
        description: data.description.clone(),
        deprecated: data.deprecated,
    }
}

fn access(data: &SchemaData) -> Access {
    match (data.read_only, data.write_only) {
        (true, false) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (true, true) | (false, false) => Access::ReadWrite,
    }
}

pub(super) fn string_format(string: &StringType) -> Option<String> {
    format_name(&string.format)
}

/// The text of a `format`, which openapiv3 has turned into an enum for the ones that it knows.
fn format_name<T: serde::Serialize>(format: &Format<T>) -> Option<String> {
    match format {
        Format::Empty => None,
        Format::Unknown(name) => Some(name.clone()),
        Format::Item(item) => match serde_json::to_value(item) {
            Ok(Value::String(name)) => Some(name),
            _ => None,
        },
    }
}
