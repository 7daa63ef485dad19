//! Bodies of several parts: each property of the schema is a part (OpenAPI 3.1 §4.8.15.1).

use openapiv3::{Encoding, MediaType, ReferenceOr, Schema as Source, SchemaKind, Type as Kind};

use super::build::{Builder, component, span};
use super::schema::Place;
use super::{Docs, Field, Part, PartKind, Presence, Step, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;
use crate::source::Span;

impl<'a> Builder<'a> {
    /// The parts that the document names.
    pub(super) fn multipart(&mut self, media: &'a MediaType, place: &Place) -> Vec<Part> {
        let mut parts = match &media.schema {
            None => Vec::new(),
            // The object itself needs no type: its parts are given one by one.
            Some(ReferenceOr::Item(schema))
                if matches!(schema.schema_kind, SchemaKind::Type(Kind::Object(_))) =>
            {
                self.inline_parts(schema, place)
            }
            Some(schema) => {
                let ty = self.type_of(schema, place);
                self.jobs();
                self.object_parts(&ty)
            }
        };
        for part in &mut parts {
            let encoding = media.encoding.get(&part.name);
            part.content_type = encoding.and_then(|encoding| encoding.content_type.clone());
            part.headers = encoding.map(|encoding| self.part_headers(encoding)).unwrap_or_default();
            let is_bytes = part.content_type.as_deref().is_some_and(is_binary);
            if let (PartKind::Value(Type::Text(_)), true) = (&part.kind, is_bytes) {
                part.kind = PartKind::File;
            }
            if matches!(part.kind, PartKind::Value(_)) {
                for (header, at) in std::mem::take(&mut part.headers) {
                    let message =
                        format!("the part `{}` is sent without the header `{header}`", part.name);
                    let help = "a part of `format: binary` takes headers, by `Part::header`";
                    self.found.push(Diagnostic::gap(Code::UnsupportedBody, at, message).help(help));
                }
            }
        }
        parts
    }

    /// The headers of a part, but those that say what is sent anyway ("Content-Type … SHALL be
    /// ignored", OpenAPI 3.1 §4.8.15.1).
    fn part_headers(&self, encoding: &'a Encoding) -> Vec<(String, Span)> {
        let listed = self.document.components.as_ref().map(|components| &components.headers);
        let own = ["content-type", "content-disposition"];
        let names = encoding
            .headers
            .iter()
            .filter(|(name, _)| own.iter().all(|own| !name.eq_ignore_ascii_case(own)));
        let headers = names.filter_map(|(name, header)| {
            let source = match header {
                ReferenceOr::Item(header) => header,
                ReferenceOr::Reference { .. } => component(header, Section::Headers, listed?)?,
            };
            Some((name.clone(), span(&source.extensions)))
        });
        headers.collect()
    }

    fn inline_parts(&mut self, schema: &'a Source, place: &Place) -> Vec<Part> {
        let SchemaKind::Type(Kind::Object(object)) = &schema.schema_kind else { return Vec::new() };
        let places = super::build::places(&schema.schema_data.extensions, "x-places");
        let mut parts = Vec::with_capacity(object.properties.len());
        for (at, (name, property)) in object.properties.iter().enumerate() {
            let ty = self.boxed_type_of(property, &place.step(Step::Property(name.clone())));
            self.jobs();
            let docs = match property {
                ReferenceOr::Item(property) => super::schema::docs(property),
                ReferenceOr::Reference { .. } => Docs::default(),
            };
            let required = object.required.contains(name);
            let presence = if required { Presence::Required } else { Presence::Optional };
            let span = places.get(at).copied().unwrap_or_default();
            let kind = self.part_kind(ty);
            parts.push(Part {
                name: name.clone(),
                kind,
                content_type: None,
                headers: Vec::new(),
                presence,
                docs,
                span,
            });
        }
        parts
    }

    fn object_parts(&self, ty: &Type) -> Vec<Part> {
        let fields = self.object_of(ty).map(|object| object.fields.as_slice()).unwrap_or_default();
        let parts = fields.iter().map(|field: &Field| Part {
            name: field.wire.clone(),
            kind: self.part_kind(field.ty.clone()),
            content_type: None,
            headers: Vec::new(),
            presence: field.presence,
            docs: field.docs.clone(),
            span: field.span,
        });
        parts.collect()
    }

    fn part_kind(&self, ty: Type) -> PartKind {
        match self.resolve(&ty) {
            Type::Text(Some(format)) if format == "binary" => PartKind::File,
            Type::Nullable(inner) => self.part_kind(*inner),
            Type::List(item) => match self.part_kind(*item) {
                PartKind::File => PartKind::Files,
                PartKind::Files | PartKind::Value(_) => PartKind::Value(ty),
            },
            // A part without a schema holds anything, as a file does.
            Type::Any => PartKind::File,
            _ => PartKind::Value(ty),
        }
    }
}

/// Whether a media type is of neither text nor JSON.
fn is_binary(media_type: &str) -> bool {
    let first = media_type.split(',').next().unwrap_or_default();
    let essence = super::content::essence(first);
    let binary = ["image/", "audio/", "video/", "application/octet-stream", "application/pdf"];
    binary.iter().any(|start| essence.starts_with(start))
}
