//! Enums: values out of a list, with what is said about each.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema as Source};
use serde_json::Value;

use super::build::{Builder, places, span};
use super::merge::Job;
use super::parts::Part;
use super::schema::docs;
use super::union::Alternative;
use super::view::{View, values};
use super::{Docs, Enum, EnumValue, Literal, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::{Section, component_name};

/// The extensions in which documents name the values of an enum, and describe them.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// The enum that a schema lists itself, if all its values can be those of one.
pub(super) fn own(source: &Source) -> Option<Enum> {
    let extensions = &source.schema_data.extensions;
    let places = places(extensions, "x-enum-places");
    let list = |keys: [&str; 2]| {
        keys.iter().find_map(|key| extensions.get(*key).and_then(Value::as_array))
    };
    let (names, descriptions) = (list(NAMES), list(DESCRIPTIONS));
    let text = |list: Option<&Vec<Value>>, at: usize| {
        list.and_then(|list| list.get(at)).and_then(Value::as_str).map(str::to_owned)
    };
    let values = values(source);
    let only = values.len() == 1;
    let mut seen = BTreeSet::new();
    let mut all = Vec::with_capacity(values.len());
    for (at, value) in values.into_iter().enumerate() {
        let value = literal(&value)?;
        if !seen.insert(value.clone()) {
            continue;
        }
        // What is said about a single value is said about the schema.
        let description = text(descriptions, at).filter(|_| !only);
        all.push(EnumValue {
            value,
            name: text(names, at),
            docs: Docs { description, ..Docs::default() },
            span: places.get(at).copied().unwrap_or_default(),
        });
    }
    (!all.is_empty()).then_some(Enum { values: all, open: false })
}

fn literal(value: &Value) -> Option<Literal> {
    match value {
        Value::String(text) => Some(Literal::Text(text.clone())),
        Value::Bool(flag) => Some(Literal::Bool(*flag)),
        Value::Number(number) => number.as_i64().map(Literal::Integer),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The texts of the enum that some parts make together.
pub(super) fn texts(parts: &[Part<'_>]) -> Option<BTreeSet<String>> {
    let mut lists = parts.iter().filter(|part| part.view.has_values).map(|part| {
        let texts = values(part.source).into_iter().map(|value| match value {
            Value::String(text) => Some(text),
            _ => None,
        });
        texts.collect::<Option<BTreeSet<String>>>()
    });
    let first = lists.next()??;
    lists.try_fold(first, |all, next| Some(all.intersection(&next?).cloned().collect()))
}

impl<'a> Builder<'a> {
    /// The enum that the parts of a schema make together: the values that all their lists have.
    pub(super) fn merged_enum(&mut self, job: &Job<'a>) -> Option<Shape> {
        let mut lists = job.parts.iter().rev().filter(|part| part.view.has_values);
        let nearest = lists.next()?;
        let others: Vec<&Part<'a>> = lists.collect();
        let mut all = own(nearest.source)?;
        for other in others {
            let allowed: BTreeSet<Literal> =
                values(other.source).iter().filter_map(literal).collect();
            let mut left = all.values.clone();
            left.retain(|one| allowed.contains(&one.value));
            if left.is_empty() {
                let at = span(&nearest.source.schema_data.extensions);
                let message = "no value of this enum is one of another enum in `allOf`";
                self.found.push(
                    Diagnostic::error(Code::AllOfConflict, at, message)
                        .related(
                            span(&other.source.schema_data.extensions),
                            "the other one is here",
                        )
                        .help("give both the same values, or leave one of them out"),
                );
                break;
            }
            all.values = left;
        }
        Some(Shape::Enum(all))
    }

    /// A choice of which each member is a list of texts, or any text, is one enum. `None` when a
    /// member is something else, or all of them are components with names of their own.
    pub(super) fn enum_of_members(&self, members: &[Alternative<'a>]) -> Option<Enum> {
        let mut all = Enum { values: Vec::new(), open: false };
        let (mut seen, mut inline) = (BTreeSet::new(), 0);
        for member in members {
            let source = self.in_place(*member)?;
            let view = View::new(source);
            if view.is_combined() || view.kind.is_some_and(|kind| kind != "string") {
                return None;
            }
            if matches!(member, Alternative::Inline(_)) {
                inline += 1;
            }
            if !view.has_values {
                // Another text is a value as well; a format of its own is another type.
                if view.kind.is_none() || view.format.is_some() {
                    return None;
                }
                all.open = true;
                continue;
            }
            let mut list = own(source)?;
            if let [only] = list.values.as_mut_slice() {
                only.docs = docs(source);
                only.span = span(&source.schema_data.extensions);
            }
            for value in list.values {
                if !matches!(value.value, Literal::Text(_)) {
                    return None;
                }
                if seen.insert(value.value.clone()) {
                    all.values.push(value);
                }
            }
        }
        let is_enum = !all.values.is_empty() && (all.open || inline == members.len());
        is_enum.then_some(all)
    }

    /// The schema behind a member, through references to references.
    pub(super) fn in_place(&self, member: Alternative<'a>) -> Option<&'a Source> {
        let mut name = match member {
            Alternative::Inline(source) => return Some(source),
            Alternative::Component(name) => name,
        };
        for _ in 0..=self.ids.len() {
            match self.source(name)?.1 {
                ReferenceOr::Item(source) => return Some(source),
                ReferenceOr::Reference { reference } => {
                    name = component_name(Section::Schemas, reference)?;
                }
            }
        }
        None
    }
}
