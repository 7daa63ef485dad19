//! What comes back on success: one thing, JSON or nothing, or an enum.

use super::names::{Candidate, Name, Scope, Style, join, name};
use super::operations::identity;
use super::places::Place;
use super::planner::Planner;
use super::{Answer, Case, Choice, Reading, RustType, Statuses, Verb, bodies};
use crate::model::{self, Content, ContentKind, Operation};
use crate::source::Span;

/// What an operation answers with.
pub(super) fn answer(
    operation: &Operation,
    type_name: &str,
    modules: &[Name],
    planner: &mut Planner<'_>,
) -> Answer {
    // An answer to HEAD has no content (RFC 9110, section 9.3.2).
    if operation.verb == Verb::Head {
        return Answer::Empty;
    }
    let mut bodies: Vec<(&model::Response, Option<(&Content, Reading)>)> = Vec::new();
    for response in &operation.successes {
        if response.contents.is_empty() {
            bodies.push((response, None));
        }
        for content in &response.contents {
            bodies.push((response, Some((content, reading(content, operation.span, planner)))));
        }
    }
    let accept = accept(&bodies);
    let mut readings: Vec<&Reading> = Vec::new();
    for (_, reading) in bodies.iter().filter_map(|(_, body)| body.as_ref()) {
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    }
    let may_be_empty = bodies.iter().any(|(_, body)| body.is_none());
    match (readings.as_slice(), may_be_empty) {
        ([], _) => return Answer::Empty,
        ([Reading::Json(ty)], true) => return Answer::Optional(ty.clone(), accept),
        // Without a content, these are empty by themselves.
        ([one @ (Reading::Text | Reading::Download)], _) => {
            return Answer::One((*one).clone(), accept);
        }
        ([one], false) => return Answer::One((*one).clone(), accept),
        _ => {}
    }
    let plain = join(Style::Type, type_name, "Answer");
    let name = planner.type_name(modules, &identity(operation), plain, operation.span);
    let variants = variants(&bodies, planner);
    let cases = bodies.into_iter().zip(variants).map(|((response, body), variant)| Case {
        variant,
        statuses: response.statuses,
        body: body.map(|(content, reading)| (content.media_type.clone(), reading)),
    });
    Answer::Choice(Choice { name, accept, cases: cases.collect() })
}

fn reading(content: &Content, span: Span, planner: &mut Planner<'_>) -> Reading {
    const ANSWER: &str = "the answer";
    const ITEM: &str = "an item of the answer";
    match &content.kind {
        ContentKind::Json(ty) => Reading::Json(planner.whole(ty, ANSWER, span)),
        ContentKind::JsonLines(ty) => Reading::JsonLines(planner.whole(ty, ITEM, span)),
        ContentKind::Events(ty) => match planner.whole(ty, ITEM, span) {
            RustType::String => Reading::Events(None),
            other => Reading::Events(Some(other)),
        },
        ContentKind::Text => Reading::Text,
        ContentKind::Form(..) | ContentKind::Multipart(_) | ContentKind::Bytes => Reading::Download,
    }
}

/// The media types to ask for, each once, in the document's order.
fn accept(bodies: &[(&model::Response, Option<(&Content, Reading)>)]) -> String {
    let mut listed: Vec<&str> = Vec::new();
    for (content, _) in bodies.iter().filter_map(|(_, body)| body.as_ref()) {
        let essence = content.media_type.split(';').next().unwrap_or_default().trim();
        let is_json = matches!(content.kind, ContentKind::Json(_));
        // Servers that know no ranges know JSON.
        let essence = if is_json && essence.contains('*') { "application/json" } else { essence };
        if !listed.contains(&essence) && essence.bytes().all(|byte| byte.is_ascii_graphic()) {
            listed.push(essence);
        }
    }
    if listed.is_empty() { "*/*".to_owned() } else { listed.join(", ") }
}

/// Variants are named by the status where there are several, by the media type where a status has
/// several, and by both where needed.
fn variants(
    bodies: &[(&model::Response, Option<(&Content, Reading)>)],
    planner: &mut Planner<'_>,
) -> Vec<Name> {
    let first = bodies.first().map(|(response, _)| response.statuses);
    let one_status = bodies.iter().all(|(response, _)| Some(response.statuses) == first);
    let words: Vec<String> = bodies
        .iter()
        .map(|(response, body)| {
            let media = body.as_ref().map_or("empty", |(one, _)| bodies::word(&one.media_type));
            let status = status_word(response.statuses);
            match response.contents.len() {
                _ if one_status => media.to_owned(),
                0 | 1 => status,
                _ => format!("{status} {media}"),
            }
        })
        .collect();
    let candidates: Vec<Candidate<'_>> = words
        .iter()
        .zip(bodies)
        .map(|(text, (response, _))| Candidate {
            text,
            name: name(Style::Variant, text),
            span: response.span,
            place: Place::None,
        })
        .collect();
    Scope::default().assign(&candidates, &mut planner.found)
}

/// The reason phrase of a status (RFC 9110, section 15.3).
fn status_word(statuses: Statuses) -> String {
    match statuses {
        Statuses::Exact(200) => "ok".to_owned(),
        Statuses::Exact(201) => "created".to_owned(),
        Statuses::Exact(202) => "accepted".to_owned(),
        Statuses::Exact(203) => "non authoritative".to_owned(),
        Statuses::Exact(204) => "no content".to_owned(),
        Statuses::Exact(205) => "reset content".to_owned(),
        Statuses::Exact(206) => "partial content".to_owned(),
        Statuses::Exact(207) => "multi status".to_owned(),
        Statuses::Exact(other) => format!("status {other}"),
        Statuses::Range(_) => "success".to_owned(),
        Statuses::Default => "default".to_owned(),
    }
}
