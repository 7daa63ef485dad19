//! The headers of what comes back, as the fields of a struct.

use super::names::{Candidate, Name, Scope, Style, join, name};
use super::operations::identity;
use super::places::Place;
use super::planner::Planner;
use super::{Field, Headers, Presence, RustType, docs};
use crate::model::{self, Operation, Type};

/// The struct of the headers that the document speaks of.
pub(super) fn headers(
    operation: &Operation,
    type_name: &str,
    modules: &[Name],
    planner: &mut Planner<'_>,
) -> Option<Headers> {
    if operation.headers.is_empty() {
        return None;
    }
    let plain = join(Style::Type, type_name, "Headers");
    let struct_name = planner.type_name(modules, &identity(operation), plain, operation.span);
    let candidates: Vec<Candidate<'_>> = operation
        .headers
        .iter()
        .map(|header| Candidate {
            text: &header.name,
            name: name(Style::Field, &header.name),
            span: header.span,
            place: Place::None,
        })
        .collect();
    let names = Scope::default().assign(&candidates, &mut planner.found);
    let fields = operation.headers.iter().zip(names);
    let fields = fields.map(|(header, name)| field(header, name, planner)).collect();
    Some(Headers { name: struct_name, fields })
}

fn field(header: &model::Header, name: Name, planner: &Planner<'_>) -> Field {
    let written = planner.types.written(&header.ty);
    // A header of which nothing is said is a text as any other; so is one of what has no form there.
    let is_text_alone = matches!(written.ty, RustType::Value | RustType::Unit | RustType::Tuple(_));
    let mut ty = if is_text_alone { RustType::String } else { written.ty };
    // Cookies cannot be joined to one text, as the values of other headers can (RFC 9110 §5.3).
    let is_cookie = header.name.eq_ignore_ascii_case("set-cookie");
    let is_text = matches!(header.ty, Type::Text(_) | Type::Any | Type::Nullable(_));
    let mut codec = written.codec.filter(|_| !is_text_alone);
    if is_cookie && is_text {
        (ty, codec) = (RustType::Vec(Box::new(RustType::String)), None);
    }
    let mut docs = docs::docs(&header.docs, &[]);
    if docs.lines.is_empty() {
        docs.lines = vec![format!("The header {}.", docs::code(&header.name))];
    }
    Field {
        name,
        wire: header.name.to_ascii_lowercase(),
        ty,
        codec,
        presence: Presence::Optional,
        default: None,
        setter: None,
        docs,
        span: header.span,
    }
}
