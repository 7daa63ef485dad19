//! Unions: the variants of an enum of types, and what tells them apart.
//!
//! A variant is named after what the document calls the member, so a new member renames nothing:
//! a component by its type, without the name of the union where that is its first or last word
//! (`ShapeCircle` of `Shape` is `Circle`); a schema without a name by its title, else by the constant
//! or the key that marks it; any other type by its JSON form (`String`, `IntegerArray`).

use super::names::{Candidate, Name, Scope, Style, join, name};
use super::places::Place;
use super::planner::Planner;
use super::types::Written;
use super::{Docs, FormatType, RustType, Union, Variant, docs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Label, Member, SchemaId};
use crate::source::Span;

/// Decides a union.
pub(super) fn plan(
    id: SchemaId,
    type_name: Name,
    docs: Docs,
    source: &model::Union,
    span: Span,
    planner: &mut Planner<'_>,
) -> Union {
    let mut members: Vec<(usize, &Member, Written, RustType)> = Vec::new();
    for (at, member) in source.members.iter().enumerate() {
        if planner.types.is_circular(id, &member.ty) {
            let message = "a choice that leads back to itself holds nothing new: this member is kept as untyped JSON";
            planner.found.push(Diagnostic::gap(Code::Untyped, span, message));
            continue;
        }
        let written = planner.types.field(id, &member.ty);
        let plain = planner.types.unaliased_deep(&member.ty);
        let again = |(_, _, other, known): &(usize, &Member, Written, RustType)| {
            *known == plain && other.codec == written.codec
        };
        if !members.iter().any(again) && written.ty != RustType::Value {
            members.push((at, member, written, plain));
        }
    }
    // What is told apart only by trying is tried from the narrowest to the widest.
    members.sort_by_key(|(_, _, _, plain)| width(plain));

    let candidates: Vec<Candidate<'_>> = members
        .iter()
        .map(|(_, member, written, _)| {
            let (text, name) = match &member.label {
                Label::Text(text) => (text.as_str(), name(Style::Variant, text)),
                Label::Type => ("", name(Style::Variant, &word(&written.ty, &type_name))),
            };
            Candidate { text, name, span: member.span, place: Place::None }
        })
        .collect();
    let mut scope = Scope::default();
    // A collision of what has no name in the document is nobody's concern.
    let names = scope.assign(&candidates, &mut Diagnostics::new());
    let catch_all = catch_all(&names, &mut scope);
    let mut accessors = Scope::default();
    let variants = names.into_iter().zip(&members).map(|(name, (at, member, written, plain))| {
        let accessor = join(Style::Field, "as", &words_of(name.as_str()));
        let accessor = Candidate {
            text: name.as_str(),
            name: accessor,
            span: member.span,
            place: Place::None,
        };
        let accessor = accessors.take(&accessor, &mut Diagnostics::new());
        let same = members.iter().filter(|(_, _, _, other)| other == plain).count();
        Variant {
            accessor,
            member: *at,
            ty: written.ty.clone(),
            codec: written.codec.clone(),
            tags: member.tags.clone(),
            keys: member.keys.clone(),
            lacks_tag: member.lacks_tag,
            converts: same == 1,
            docs: docs::docs(&member.docs, &[]),
            name,
        }
    });
    let variants = variants.collect();
    Union {
        name: type_name,
        schema: id,
        docs,
        tag: source.tag.clone(),
        variants,
        catch_all,
        derives: Vec::new(),
        validation: None,
    }
}

/// The variant for values that are none of the members; the document's own have the first choice.
pub(super) fn catch_all(names: &[Name], scope: &mut Scope) -> Name {
    let choices = ["Unknown", "Unrecognized", "Unlisted", "OtherValue"];
    let free = choices.iter().map(|choice| name(Style::Variant, choice));
    let mut free = free.filter(|choice| !names.contains(choice));
    free.next().unwrap_or_else(|| {
        let name = name(Style::Variant, "Unknown");
        let ours = Candidate { text: "Unknown", name, span: Span::default(), place: Place::None };
        // Nobody asked for this name, so it is nobody's loss.
        scope.take(&ours, &mut Diagnostics::new())
    })
}

/// How much a type reads that another one could read as well.
fn width(ty: &RustType) -> u8 {
    match ty {
        // A list of any length would read it.
        RustType::Tuple(_) => 0,
        RustType::F32 | RustType::F64 => 2,
        // Any text is a secret.
        RustType::String | RustType::Format(FormatType::Secret) => 3,
        RustType::Map(_) => 4,
        RustType::JsonMap | RustType::ProtobufAny => 5,
        RustType::Option(_) => 6,
        _ => 1,
    }
}

/// What a type is called as a member of a union.
fn word(ty: &RustType, union: &Name) -> String {
    let word = match ty {
        RustType::Unit => "Null",
        RustType::Bool => "Boolean",
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => "Integer",
        RustType::F32 | RustType::F64 => "Number",
        RustType::String => "String",
        RustType::Bytes => "Bytes",
        RustType::Timestamp => "DateTime",
        RustType::Date => "Date",
        RustType::Duration => "Duration",
        RustType::Format(format) => match format {
            FormatType::Time => "Time",
            FormatType::LocalDateTime => "LocalDateTime",
            FormatType::Uuid => "Uuid",
            FormatType::Url => "Url",
            FormatType::Ip => "IpAddress",
            FormatType::Ipv4 => "Ipv4Address",
            FormatType::Ipv6 => "Ipv6Address",
            FormatType::Decimal => "Decimal",
            FormatType::Secret => "Secret",
        },
        RustType::Value | RustType::ProtobufAny => "Any",
        RustType::JsonMap => "Object",
        RustType::Vec(item) if **item == RustType::Value => "Array",
        RustType::Vec(item) => return format!("{}Array", word(item, union)),
        RustType::Tuple(_) => "Tuple",
        RustType::Map(value) => return format!("{}Map", word(value, union)),
        RustType::Option(inner) | RustType::Box(inner) => return word(inner, union),
        RustType::Foreign(path) => path.rsplit("::").next().unwrap_or(path),
        RustType::Model(path) => return short(path.name.stem(), union.stem()).to_owned(),
    };
    word.to_owned()
}

/// The name of a type without that of the union around it, at its start or its end.
fn short<'a>(name: &'a str, union: &str) -> &'a str {
    let starts = |rest: &&str| rest.starts_with(|first: char| first.is_ascii_uppercase());
    let ends = |rest: &&str| {
        let first = union.chars().next();
        !rest.is_empty() && first.is_some_and(|first| first.is_ascii_uppercase())
    };
    let rest = name.strip_prefix(union).filter(starts);
    rest.or_else(|| name.strip_suffix(union).filter(ends)).unwrap_or(name)
}

/// A name as the words of another one.
fn words_of(name: &str) -> String {
    name.trim_start_matches("r#").to_owned()
}
