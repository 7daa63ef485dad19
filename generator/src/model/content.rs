//! Bodies by media type, of requests and of responses.
//!
//! A document often describes one value in several media types. Where JSON is among them, the
//! others of the same schema say nothing more and are left aside; what has another schema, and what
//! JSON cannot say (files of a multipart body, patches of another kind, streams) stays as a choice.

use openapiv3::{Content as Source, MediaType, ReferenceOr, Schema, SchemaKind, Type as Kind};
use serde_json::Value;

use super::build::{Builder, span};
use super::schema::Place;
use super::{Content, ContentKind, Form, Object, ParameterStyle, PartKind, Shape, Step, Type};
use crate::diagnostic::{Code, Diagnostic};

/// What a media type is, before its schema is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Json,
    JsonLines,
    Events,
    Form,
    Multipart,
    Text,
    Bytes,
}

impl<'a> Builder<'a> {
    /// The forms of a body, each once.
    pub(super) fn contents(&mut self, source: &'a Source, place: &Place) -> Vec<Content> {
        let mut chosen: Vec<(&'a str, Family, &'a MediaType)> = Vec::new();
        for (name, media) in source {
            let family = self.family(name, media);
            let known = chosen.iter().any(|(other, ..)| essence(other) == essence(name));
            if !known {
                chosen.push((name, family, media));
            }
        }
        let main = chosen.iter().find(|(_, family, _)| *family == Family::Json).copied();
        if let Some((main, _, json)) = main {
            chosen.retain(|(name, family, media)| {
                *name == main
                    || is_different(name, *family)
                    || !is_same(media.schema.as_ref(), json.schema.as_ref())
            });
            chosen.sort_by_key(|(name, ..)| *name != main);
        }
        let several = chosen.len() > 1;
        let contents = chosen.into_iter().filter_map(|(name, family, media)| {
            let content = self.content(name, family, media, place);
            // The same parts without a file are said by JSON.
            let files = match &content.kind {
                ContentKind::Multipart(parts) => {
                    parts.iter().any(|part| !matches!(part.kind, PartKind::Value(_)))
                }
                _ => true,
            };
            let same = main
                .is_some_and(|(_, _, json)| is_same(media.schema.as_ref(), json.schema.as_ref()));
            (files || !several || !same).then_some(content)
        });
        contents.collect()
    }

    fn content(
        &mut self,
        name: &str,
        family: Family,
        media: &'a MediaType,
        place: &Place,
    ) -> Content {
        self.check_typed(name, family, media, place);
        let kind = match family {
            Family::Text => ContentKind::Text,
            Family::Bytes => ContentKind::Bytes,
            Family::Multipart => ContentKind::Multipart(self.multipart(media, place)),
            Family::Json => ContentKind::Json(self.schema_type(media, place)),
            Family::JsonLines => {
                let ty = self.schema_type(media, place);
                // The schema describes a line, or the list of them.
                ContentKind::JsonLines(match self.resolve(&ty) {
                    Type::List(item) => *item,
                    _ => ty,
                })
            }
            Family::Events => {
                let ty = self.schema_type(media, place);
                ContentKind::Events(self.event_data(ty))
            }
            Family::Form => {
                let styles = media.encoding.iter().filter_map(|(name, encoding)| {
                    let style = ParameterStyle::from(encoding.style.clone()?);
                    let (explode, allow_reserved) = (encoding.explode, encoding.allow_reserved);
                    let form = Form { style, explode, allow_reserved, allow_empty: false };
                    Some((name.clone(), form))
                });
                let styles = styles.collect();
                ContentKind::Form(self.schema_type(media, place), styles)
            }
        };
        Content { media_type: name.to_owned(), kind }
    }

    /// Reports a schema that says more than text or bytes can.
    fn check_typed(&mut self, name: &str, family: Family, media: &MediaType, place: &Place) {
        let (code, whose) = match place {
            Place::Operation(_, steps) if steps.first() == Some(&Step::RequestBody) => {
                (Code::UnsupportedBody, "a request body")
            }
            Place::Operation(..) | Place::Schema(..) => (Code::UnsupportedResponse, "a response"),
        };
        let is_response = code == Code::UnsupportedResponse;
        let (form, how) = match family {
            Family::Text => ("text", "as it stands"),
            Family::Bytes => ("bytes", "as they stand"),
            Family::Form | Family::Multipart if is_response => ("bytes", "as they stand"),
            _ => return,
        };
        let Some(schema) = &media.schema else { return };
        let is_structured = match schema {
            ReferenceOr::Reference { reference } => {
                let ty = self.reference(reference);
                self.is_structured(&ty)
            }
            ReferenceOr::Item(schema) => matches!(
                schema.schema_kind,
                SchemaKind::Type(Kind::Object(_) | Kind::Array(_)) | SchemaKind::AllOf { .. }
            ),
        };
        if is_structured {
            let message = format!("{whose} of `{name}` has no typed form: it is {form}, {how}");
            self.found.push(Diagnostic::gap(code, span(&media.extensions), message));
        }
    }

    fn is_structured(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::List(_) | Type::Tuple(_) | Type::Map(_) => true,
            Type::Nullable(inner) => self.is_structured(&inner),
            other => self.object_of(&other).is_some(),
        }
    }

    fn schema_type(&mut self, media: &'a MediaType, place: &Place) -> Type {
        let ty = media.schema.as_ref().map_or(Type::Any, |schema| self.type_of(schema, place));
        // What the type holds is looked at.
        self.jobs();
        ty
    }

    /// Some documents describe the whole event, others its data.
    fn event_data(&self, ty: Type) -> Type {
        let Some(Object { fields, .. }) = self.object_of(&ty) else { return ty };
        let is_event = fields
            .iter()
            .all(|field| matches!(field.wire.as_str(), "data" | "event" | "id" | "retry"));
        let data = fields.iter().find(|field| field.wire == "data");
        data.filter(|_| is_event).map_or(ty, |data| data.ty.clone())
    }

    /// The object that a type is, behind aliases.
    pub(super) fn object_of(&self, ty: &Type) -> Option<&Object> {
        match self.resolve(ty) {
            Type::Schema(id) => match &self.schemas.get(id.0)?.shape {
                Shape::Object(object) => Some(object),
                _ => None,
            },
            Type::Nullable(inner) => self.object_of(&inner),
            _ => None,
        }
    }

    fn family(&mut self, media_type: &str, media: &MediaType) -> Family {
        const LINES: &[&str] = &[
            "application/json-lines",
            "application/json-seq",
            "application/jsonl",
            "application/jsonlines",
            "application/ndjson",
            "application/stream+json",
            "application/x-json-stream",
            "application/x-jsonl",
            "application/x-jsonlines",
            "application/x-ndjson",
            "text/x-ndjson",
        ];
        let essence = essence(media_type);
        let is_file = media.schema.as_ref().is_some_and(|schema| self.is_file(schema));
        match &*essence {
            "application/x-www-form-urlencoded" => Family::Form,
            "text/event-stream" => Family::Events,
            one if LINES.contains(&one) => Family::JsonLines,
            _ if is_file => Family::Bytes,
            "*/*" if media.schema.is_none() => Family::Bytes,
            _ if is_json(media_type) => Family::Json,
            one if one.starts_with("multipart/") => Family::Multipart,
            one if one.starts_with("text/") => Family::Text,
            "application/xml" | "application/yaml" | "application/x-yaml" => Family::Text,
            one if one.ends_with("+xml") || one.ends_with("+yaml") => Family::Text,
            _ => Family::Bytes,
        }
    }

    /// Whether a schema describes bytes: a text in `format: binary`.
    pub(super) fn is_file(&mut self, schema: &ReferenceOr<Schema>) -> bool {
        let ty = match schema {
            ReferenceOr::Reference { reference } => self.reference(reference),
            ReferenceOr::Item(schema) => match &schema.schema_kind {
                SchemaKind::Type(Kind::String(text)) => {
                    return super::view::format_name(&text.format).as_deref() == Some("binary");
                }
                _ => return false,
            },
        };
        matches!(self.resolve(&ty), Type::Text(Some(format)) if format == "binary")
    }
}

impl From<openapiv3::QueryStyle> for ParameterStyle {
    fn from(style: openapiv3::QueryStyle) -> Self {
        match style {
            openapiv3::QueryStyle::Form => Self::Form,
            openapiv3::QueryStyle::SpaceDelimited => Self::SpaceDelimited,
            openapiv3::QueryStyle::PipeDelimited => Self::PipeDelimited,
            openapiv3::QueryStyle::DeepObject => Self::DeepObject,
        }
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// JSON (RFC 8259), any `+json` (RFC 6839 §3.1), and `*/*`, with or without parameters.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(&*essence, "application/json" | "text/json" | "application/*" | "*/*")
        || essence.ends_with("+json")
}

/// Whether a media type says something else than JSON of the same schema does.
fn is_different(name: &str, family: Family) -> bool {
    match family {
        Family::JsonLines | Family::Events | Family::Multipart => true,
        Family::Json | Family::Bytes | Family::Text => essence(name).contains("patch"),
        Family::Form => false,
    }
}

/// Whether two schemas say the same. One that is missing says nothing of its own.
pub(super) fn is_same(
    one: Option<&ReferenceOr<Schema>>,
    other: Option<&ReferenceOr<Schema>>,
) -> bool {
    match (one, other) {
        (None, _) => true,
        (Some(one), Some(other)) => one == other || plain(one) == plain(other),
        (Some(_), None) => false,
    }
}

/// A schema without the places that `lower` stamped.
fn plain(schema: &ReferenceOr<Schema>) -> Option<Value> {
    let mut value = serde_json::to_value(schema).ok()?;
    let mut open = vec![&mut value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                for stamp in ["x-at", "x-places", "x-enum-places"] {
                    members.remove(stamp);
                }
                open.extend(members.values_mut());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Some(value)
}
