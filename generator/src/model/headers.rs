//! Headers of responses.

use openapiv3::{Header as Source, Operation, ParameterSchemaOrContent, ReferenceOr, Schema};

use super::build::{Builder, component, span};
use super::content::{is_json, is_same};
use super::schema::Place;
use super::{Docs, Header, Step, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;

impl<'a> Builder<'a> {
    /// The headers of all responses of an operation. One that several responses have is listed
    /// once, as a text where they do not agree on its type.
    pub(super) fn response_headers(&mut self, at: usize, source: &'a Operation) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        let mut sources: Vec<&'a Source> = Vec::new();
        let Some(components) = &self.document.components else { return headers };
        let responses = source.responses.responses.values().chain(&source.responses.default);
        for response in responses {
            let response = component(response, Section::Responses, &components.responses);
            for (name, header) in response.into_iter().flat_map(|response| &response.headers) {
                // "If a response header is defined with the name "Content-Type", it SHALL be
                // ignored" (OpenAPI 3.1 §4.8.17.1).
                if name.eq_ignore_ascii_case("content-type") {
                    continue;
                }
                let Some(source) = component(header, Section::Headers, &components.headers) else {
                    continue;
                };
                let same = headers.iter().position(|one| one.name.eq_ignore_ascii_case(name));
                match same.and_then(|at| Some((headers.get_mut(at)?, sources.get(at)?))) {
                    None => {
                        headers.push(self.header(at, name, source));
                        sources.push(source);
                    }
                    Some((first, known)) => {
                        if !is_same(schema(known), schema(source)) && first.ty != Type::Text(None) {
                            first.ty = Type::Text(None);
                            let message = format!(
                                "the header `{name}` is of another type in another response, so it is a text"
                            );
                            let at = span(&source.extensions);
                            self.found.push(
                                Diagnostic::gap(Code::UnsupportedResponse, at, message)
                                    .related(first.span, "the other one is here"),
                            );
                        }
                    }
                }
            }
        }
        headers
    }

    fn header(&mut self, at: usize, name: &str, source: &'a Source) -> Header {
        let place = Place::Operation(at, vec![Step::Header(name.to_owned())]);
        let ty = schema(source).map_or(Type::Any, |schema| self.type_of(schema, &place));
        self.jobs();
        let media_type = match &source.format {
            ParameterSchemaOrContent::Schema(_) => None,
            ParameterSchemaOrContent::Content(content) => content.keys().next(),
        };
        let is_typed = media_type.is_none_or(|media| is_json(media) && self.has_members(&ty));
        if !is_typed {
            let message = format!("the header `{name}` is a text, which the caller must read");
            let at = span(&source.extensions);
            self.found.push(Diagnostic::gap(Code::UnsupportedResponse, at, message));
        }
        let of_schema = match schema(source) {
            Some(ReferenceOr::Item(schema)) => schema.schema_data.description.clone(),
            Some(ReferenceOr::Reference { .. }) | None => None,
        };
        Header {
            name: name.to_owned(),
            ty: if is_typed { ty } else { Type::Text(None) },
            docs: Docs {
                summary: None,
                description: source.description.clone().or(of_schema),
                deprecated: source.deprecated.unwrap_or(false),
                ..Docs::default()
            },
            span: span(&source.extensions),
        }
    }

    /// Whether JSON of a type cannot be mistaken for a plain text: it is a list or an object.
    fn has_members(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Nullable(inner) => self.has_members(&inner),
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::FreeForm => true,
            other => self.object_of(&other).is_some(),
        }
    }
}

fn schema(header: &Source) -> Option<&ReferenceOr<Schema>> {
    match &header.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.values().next()?.schema.as_ref(),
    }
}
