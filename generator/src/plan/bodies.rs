//! Request bodies: what a caller gives for each media type.

use super::names::{Candidate, Name, Scope, Style, join, name};
use super::operations::identity;
use super::places::Place;
use super::planner::Planner;
use super::{Body, Content, ContentKind, Multipart, Part, PartKind, Presence, RustType, docs};
use crate::model::{self, Operation};

impl Content {
    /// Whether it is JSON under its usual name.
    pub fn is_json(&self) -> bool {
        matches!(self.kind, ContentKind::Json(_)) && self.media_type == "application/json"
    }
}

/// The body of an operation.
pub(super) fn body(
    operation: &Operation,
    type_name: &str,
    modules: &[Name],
    planner: &mut Planner<'_>,
) -> Option<Body> {
    let body = operation.body.as_ref()?;
    let take = |suffix: &str, planner: &mut Planner<'_>| {
        let name = join(Style::Type, type_name, suffix);
        planner.type_name(modules, &identity(operation), name, operation.span)
    };
    let choice = (body.contents.len() > 1).then(|| take("Body", planner));
    let texts: Vec<&str> = body.contents.iter().map(|one| one.media_type.as_str()).collect();
    let variants = variants(&texts, planner);
    let mut contents = Vec::with_capacity(body.contents.len());
    let span = operation.span;
    for (content, variant) in body.contents.iter().zip(variants) {
        let kind = match &content.kind {
            model::ContentKind::Json(ty) => ContentKind::Json(planner.whole(ty, "the body", span)),
            model::ContentKind::JsonLines(ty) => {
                ContentKind::JsonLines(planner.whole(ty, "an item of the body", span))
            }
            model::ContentKind::Form(ty, styles) => {
                ContentKind::Form(planner.whole(ty, "the body", span), styles.clone())
            }
            model::ContentKind::Multipart(parts) if parts.is_empty() => ContentKind::AnyParts,
            model::ContentKind::Multipart(parts) => {
                let name = take("Form", planner);
                ContentKind::Multipart(multipart(name, parts, planner))
            }
            model::ContentKind::Text => ContentKind::Text,
            model::ContentKind::Events(_) | model::ContentKind::Bytes => ContentKind::Bytes,
        };
        contents.push(Content { variant, media_type: media_type(&content.media_type), kind });
    }
    let presence = match body.presence {
        model::Presence::Required => Presence::Required,
        model::Presence::Optional => Presence::Optional,
    };
    Some(Body { choice, contents, presence })
}

fn multipart(name: Name, parts: &[model::Part], planner: &mut Planner<'_>) -> Multipart {
    let mut list = |presence: model::Presence, reserved: &[&str]| -> Vec<Part> {
        let chosen = parts.iter().filter(|part| part.presence == presence);
        let chosen: Vec<&model::Part> = chosen.collect();
        let candidates: Vec<Candidate<'_>> = chosen
            .iter()
            .map(|part| Candidate {
                text: &part.name,
                name: super::names::name(Style::Field, &part.name),
                span: part.span,
                place: Place::None,
            })
            .collect();
        let names = Scope::reserving(reserved).assign(&candidates, &mut planner.found);
        chosen.iter().zip(names).map(|(part, name)| self::part(part, name, planner)).collect()
    };
    let required = list(model::Presence::Required, &[]);
    let optional = list(model::Presence::Optional, &["new", "fmt", "from", "into"]);
    Multipart { name, required, optional }
}

fn part(part: &model::Part, name: Name, planner: &Planner<'_>) -> Part {
    let kind = match &part.kind {
        model::PartKind::File => PartKind::File,
        model::PartKind::Files => PartKind::Files,
        model::PartKind::Value(ty) => {
            let rust = match planner.types.parameter(ty) {
                RustType::Option(inner) => *inner,
                other => other,
            };
            let shown = planner.types.has_display(ty) && part.content_type.is_none();
            if shown { PartKind::Text(rust) } else { PartKind::Value(rust) }
        }
    };
    // Of several media types the caller chooses.
    let single = part.content_type.as_ref().filter(|text| !text.contains([',', '*']));
    let media_type = single.map(|text| text.trim().to_owned());
    let headers: Vec<String> = part.headers.iter().map(|(name, _)| docs::code(name)).collect();
    let headers = (!headers.is_empty()).then(|| {
        let (name, headers) = (docs::code(&part.name), headers.join(", "));
        format!("The part {name} may have headers, which [`Part::header`] sets: {headers}.")
    });
    let docs = docs::docs(&part.docs, headers.as_slice());
    Part { name, wire: part.name.clone(), kind, media_type, headers, docs }
}

/// The media type to send: a range is sent as what it holds surely.
fn media_type(text: &str) -> String {
    let essence = text.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/*" | "*/*" | "text/json" => "application/json".to_owned(),
        "text/*" => "text/plain".to_owned(),
        one if one.contains('*') => "application/octet-stream".to_owned(),
        _ => text.trim().to_owned(),
    }
}

/// The variants for media types: the usual ones by what they are called, the others by their
/// subtype.
pub(super) fn variants(media_types: &[&str], planner: &mut Planner<'_>) -> Vec<Name> {
    let candidates: Vec<Candidate<'_>> = media_types
        .iter()
        .map(|text| Candidate {
            text,
            name: name(Style::Variant, word(text)),
            span: crate::source::Span::default(),
            place: Place::None,
        })
        .collect();
    Scope::default().assign(&candidates, &mut planner.found)
}

/// The word for a media type.
pub(super) fn word(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "application/octet-stream" => "bytes",
        "text/plain" => "text",
        "text/event-stream" => "events",
        "application/jsonl"
        | "application/x-jsonl"
        | "application/x-ndjson"
        | "application/ndjson" => "json lines",
        "*/*" => "any",
        other => match other.split_once('/') {
            Some((kind, "*")) => kind,
            Some((_, subtype)) => subtype,
            None => other,
        },
    }
}
