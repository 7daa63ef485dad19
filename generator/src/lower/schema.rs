//! Schemas: what OpenAPI 3.1 says in the words of 3.0.
//!
//! | 3.1 | 3.0 |
//! | --- | --- |
//! | `type: [T, "null"]` | `type: T`, `nullable: true` |
//! | `type: "null"`, `const: null`, `enum: [null]` | `x-null: true` |
//! | `type: [T, U]` | no type, with a gap; without one when all types are listed |
//! | `oneOf: [{$ref}, {type: "null"}]` | `allOf: [{$ref}]`, `nullable: true` |
//! | `anyOf: [X, {type: "null"}]` | `X` with `nullable: true` |
//! | `oneOf: [X, Y, {type: "null"}]` | `oneOf: [X, Y]`, `nullable: true` |
//! | `$ref` and siblings | `allOf: [{$ref}]` and siblings |
//! | `const: x` | `enum: [x]` |
//! | `enum: [x, null]` | `enum: [x]`, `nullable: true` |
//! | `exclusiveMinimum: 3` | `minimum: 3`, `exclusiveMinimum: true` |
//! | `examples: [x, …]` | `example: x` |
//! | `contentEncoding: base64`, `base64url` | `format: byte`, `base64url` |
//! | `contentMediaType: application/octet-stream` | `format: binary` |
//! | `true`, `false` | `{}`, `{not: {}}` |
//! | `prefixItems` | `items: {oneOf: […], x-tuple: true}` where it can be; see `tuple.rs` |
//! | `patternProperties`, `propertyNames` | `additionalProperties`; see `members.rs` |
//! | `not` | stays, and says nothing: a gap, except of `false` |
//! | other words of JSON Schema | left out, with a gap |
//!
//! For both versions: a type that is not written follows from `properties`, `items` or `enum`; a
//! keyword that means nothing for the type is left out; `allOf`, `oneOf` and `anyOf` of one member
//! are that member where nothing is lost.
//!
//! By the letter of 3.0, everything beside a `$ref` is ignored. Authors write a description,
//! `nullable` or `readOnly` there all the same and mean it, and other tools follow them, so words
//! that only annotate are kept; words that would change the shape are left out with a gap.

mod combine;
mod keywords;
mod members;
mod tuple;
mod types;

use std::collections::BTreeSet;

use super::grammar::{Holds, Kind, Since};
use super::walk::{Fate, Walk};
use super::{ReadingRule, entries, objects, oneof, stamp};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

pub(super) use types::check as check_type;

/// Words that say something about a schema without changing what it allows.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
    "xml",
];

/// How deep schemas may stand in each other without a name. openapiv3 takes some 40 KiB of stack for
/// each level when it is not optimised, and a thread may have no more than 2 MiB.
const MAX_NESTED: usize = 32;

/// A schema, or a reference to one.
pub(super) fn schema(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    if walk.nested_schemas == MAX_NESTED {
        let message = format!("schemas are nested more than {MAX_NESTED} deep");
        let help = "give an inner schema a name under `components/schemas`";
        return walk.error(Diagnostic::error(Code::LimitDepth, at, message).help(help));
    }
    walk.nested_schemas += 1;
    let fate = nested(walk, key, node, at);
    walk.nested_schemas -= 1;
    fate
}

fn nested(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    if let Value::Bool(allows) = node.value {
        boolean(walk, node, allows, at);
        return Fate::Keep;
    }
    let Some(mut entries) = entries::take_map(node) else {
        return walk.wrong_type(key, node, Kind::Schema.object().label);
    };
    let nullable = combine::take_nulls(&mut entries);
    let mut reference = entries::take(&mut entries, "$ref");
    if let Some(reference) = &mut reference {
        if objects::resolve(walk, Section::Schemas, reference) == Fate::Drop {
            // It stays a member of the list that it is in, which would otherwise look shorter.
            return Fate::Keep;
        }
        if walk.version == Since::V30 {
            retain_annotations(walk, &mut entries, &reference.node);
        }
    }
    walk.schema_entries(&mut entries);
    match reference {
        Some(reference) if entries.is_empty() && nullable.is_none() => {
            node.value = Value::Map(vec![reference]);
            return Fate::Keep;
        }
        Some(reference) => add_reference(&mut entries, reference),
        None => {}
    }
    rules(walk, &mut entries, nullable, at);
    node.value = Value::Map(entries);
    Fate::Keep
}

/// The rules that follow when the children are lowered.
fn rules(walk: &mut Walk, entries: &mut Vec<Entry>, nullable: Option<Span>, at: Span) {
    if let Some(span) = nullable {
        entries::put(entries, "nullable", span, entries::TRUE);
    }
    keywords::content(walk, entries);
    tuple::lower(walk, entries);
    members::lower(walk, entries);
    keywords::negation(walk, entries);
    keywords::examples(walk, entries);
    keywords::exclusive_bounds(entries);
    types::lower(walk, entries, at);
    combine::lower(walk, entries, nullable);
    if is_reference(entries) {
        return;
    }
    types::fit(walk, entries, at);
    oneof::check(walk, entries);
    if walk.options.reading_rules.contains(&ReadingRule::ProtobufOneof) {
        oneof::read(walk, entries);
    }
    stamp::schema(entries, at);
}

/// `true` allows everything, `false` nothing.
fn boolean(walk: &mut Walk, node: &mut Node, allows: bool, at: Span) {
    if walk.version == Since::V30 {
        let message = format!("the schema `{allows}` is of OpenAPI 3.1, not of 3.0");
        walk.gap(Code::WrongType, node.span, message);
    }
    let mut entries = Vec::new();
    if !allows {
        entries.push(entries::entry("not", at, Node::new(at, Value::Map(Vec::new()))));
    }
    stamp::schema(&mut entries, at);
    node.value = Value::Map(entries);
}

/// A schema that is nothing but a reference. Then it stays one, without a stamp.
fn is_reference(entries: &[Entry]) -> bool {
    matches!(entries, [only] if &*only.key == "$ref")
}

/// In 3.0, words beside a reference are ignored unless they annotate it. Nothing is lost of a `type`
/// that the schema has itself.
fn retain_annotations(walk: &mut Walk, entries: &mut Vec<Entry>, reference: &Node) {
    entries.retain(|entry| {
        if walk.references.says(Section::Schemas, reference, entry) {
            return false;
        }
        if ANNOTATIONS.contains(&&*entry.key) || entry.key.starts_with("x-") {
            return true;
        }
        let message = format!("`{}` has no effect beside `$ref` in OpenAPI 3.0", entry.key);
        walk.gap(Code::UnknownKeyword, entry.key_span, message);
        false
    });
}

/// A reference with siblings is one more member of `allOf`; `combine` undoes that where it can.
fn add_reference(entries: &mut Vec<Entry>, reference: Entry) {
    let span = reference.key_span;
    let mut members = vec![Node::new(span, Value::Map(vec![reference]))];
    members.extend(combine::take_all(entries));
    entries::put(entries, "allOf", span, Value::List(members));
}

/// The schema of items; a list was a tuple before 2020 and cannot be expressed.
pub(super) fn items(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    if let Value::List(_) = node.value {
        walk.gap(Code::Untyped, at, "a list of schemas for items stays untyped JSON");
        node.value = Value::Map(Vec::new());
    }
    schema(walk, key, node, at)
}

/// The names of required properties. As a flag on the property itself it is of an older draft.
pub(super) fn required_names(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    if let Value::Bool(_) = node.value {
        let message = "`required` lists the names of properties on the object around them; the flag is left out";
        walk.found.push(Diagnostic::gap(Code::WrongType, at, message));
        return Fate::Drop;
    }
    let fate = walk.value(&Holds::List(&Holds::Text), key, node, at);
    let mut names = node.as_list().unwrap_or_default().iter();
    let mut seen = BTreeSet::new();
    if let Some(again) = names.find(|name| !seen.insert(name.as_str())) {
        let message = "this property is listed as required twice";
        walk.gap(Code::InvalidValue, again.span, message);
    }
    fate
}
