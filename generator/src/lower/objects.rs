//! Rules for objects other than schemas, for what the grammar table cannot say.

use super::entries;
use super::grammar::{Holds, Kind, Since};
use super::walk::{Fate, Walk};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The rules of an object after its entries were looked at.
pub(super) fn finish(walk: &mut Walk, kind: Kind, entries: &mut Vec<Entry>, at: Span) -> Fate {
    match kind {
        Kind::Document => document(walk, entries, at),
        Kind::Parameter => return parameter(walk, entries, at),
        Kind::Header => return header(entries, at),
        Kind::Encoding => encoding(entries, at),
        Kind::Link => return link(walk, entries, at),
        Kind::ServerVariable => server_variable(walk, entries),
        Kind::SecurityScheme => return security_scheme(walk, entries, at),
        _ => {}
    }
    Fate::Keep
}

fn document(walk: &mut Walk, entries: &mut Vec<Entry>, at: Span) {
    let has_webhooks = entries::has(entries, "webhooks");
    if entries::has(entries, "paths") {
        return;
    }
    let message = "the document has no `paths`";
    if !entries::has(entries, "components") && !has_webhooks {
        walk.error(Diagnostic::error(Code::MissingField, at, message));
    } else if walk.version == Since::V30 {
        walk.gap(Code::MissingField, at, message);
    }
    entries::put(entries, "paths", at, Value::Map(Vec::new()));
}

/// Since 3.1 the values of a variable, if given, must exist and have the default among them.
fn server_variable(walk: &mut Walk, entries: &[Entry]) {
    let Some(values) = entries::find(entries, "enum") else { return };
    let Some(list) = values.node.as_list() else { return };
    let default = entries::text(entries, "default");
    let has_default = list.iter().any(|value| value.as_str() == default);
    if walk.version >= Since::V31 && default.is_some() && !has_default {
        let message = "`enum` of a server variable must contain its default";
        walk.error(Diagnostic::error(Code::InvalidValue, values.key_span, message));
    }
}

fn parameter(walk: &mut Walk, entries: &mut Vec<Entry>, at: Span) -> Fate {
    let location = entries::text(entries, "in").unwrap_or_default().to_owned();
    let styles: &[&str] = match &*location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        "cookie" => &["form"],
        "querystring" => return whole_query(walk, entries, at),
        _ => return Fate::Keep, // reported by the grammar
    };
    cookie_style(walk, entries, &location);
    let mut fate = Fate::Keep;
    if let Some(style) = entries::find(entries, "style") {
        fate = walk.word("style", &style.node, styles);
    }
    if location == "path" && !is_true(entries, "required") {
        let message = "a path parameter must have `required: true`; it is read as that";
        let span = entries::find(entries, "required").map_or(at, |entry| entry.key_span);
        walk.gap(Code::MissingField, span, message);
        entries::put(entries, "required", at, entries::TRUE);
    }
    let schema = entries::find(entries, "schema");
    match (schema, entries::find(entries, "content")) {
        (None, None) => {
            let message = "a parameter has neither `schema` nor `content`";
            walk.error(Diagnostic::error(Code::MissingField, at, message))
        }
        (Some(schema), Some(content)) => {
            let message = "a parameter cannot have both `schema` and `content`";
            let error = Diagnostic::error(Code::InvalidValue, content.key_span, message)
                .related(schema.key_span, "the schema is here");
            walk.error(error)
        }
        (Some(_), None) => fate,
        (None, Some(content)) => {
            if content.node.as_map().is_some_and(|types| types.len() == 1) {
                return fate;
            }
            let message = "`content` of a parameter must have exactly one media type";
            walk.error(Diagnostic::error(Code::InvalidValue, content.key_span, message))
        }
    }
}

/// The whole query as one parameter, since 3.2.
fn whole_query(walk: &mut Walk, entries: &[Entry], at: Span) -> Fate {
    let span = entries::find(entries, "in").map_or(at, |entry| entry.node.span);
    if walk.version >= Since::V32 {
        let message = "a parameter that is the whole query cannot be expressed and is left out";
        walk.gap(Code::UnsupportedParameter, span, message);
        return Fate::Drop;
    }
    let message = "`in` can be `querystring` since OpenAPI 3.2 only";
    walk.error(Diagnostic::error(Code::InvalidValue, span, message))
}

/// The style `cookie`, since 3.2, is `form` without percent-encoding.
fn cookie_style(walk: &mut Walk, entries: &mut [Entry], location: &str) {
    if walk.version < Since::V32 || location != "cookie" {
        return;
    }
    let style = entries::find_mut(entries, "style");
    if let Some(style) = style.filter(|style| style.node.as_str() == Some("cookie")) {
        let span = style.node.span;
        style.node.value = Value::String("form".into());
        let message =
            "a cookie in style `cookie` is sent in style `form`, which percent-encodes it";
        walk.gap(Code::UnsupportedParameter, span, message);
    }
}

/// Documents often give a header only a description. Without a schema it holds any text.
fn header(entries: &mut Vec<Entry>, at: Span) -> Fate {
    if entries::has(entries, "schema") {
        // Both are not allowed; the schema says more.
        entries::take(entries, "content");
    } else if !entries::has(entries, "content") {
        let mut schema = Vec::new();
        super::stamp::object(&mut schema, at);
        entries::put(entries, "schema", at, Value::Map(schema));
    }
    Fate::Keep
}

/// `explode` is true by default for `form`, which openapiv3 does not know.
fn encoding(entries: &mut Vec<Entry>, at: Span) {
    let is_form = entries::text(entries, "style").is_none_or(|style| style == "form");
    if is_form && !entries::has(entries, "explode") {
        entries::put(entries, "explode", at, entries::TRUE);
    }
}

fn link(walk: &mut Walk, entries: &[Entry], at: Span) -> Fate {
    let operations = ["operationRef", "operationId"].map(|key| entries::has(entries, key));
    if operations.iter().filter(|has| **has).count() == 1 {
        return Fate::Keep;
    }
    let message = "a link must have either `operationRef` or `operationId`";
    walk.error(Diagnostic::error(Code::InvalidValue, at, message))
}

/// Each type of security scheme needs some fields of its own.
fn security_scheme(walk: &mut Walk, entries: &[Entry], at: Span) -> Fate {
    let Some(scheme) = entries::find(entries, "type") else { return Fate::Drop };
    let needed: &[&str] = match scheme.node.as_str() {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        Some("mutualTLS") => {
            let message = "`mutualTLS` cannot be expressed and is left out";
            walk.gap(Code::UnsupportedSecurity, scheme.node.span, message);
            return Fate::Drop;
        }
        _ => return Fate::Drop, // reported by the grammar
    };
    let mut fate = Fate::Keep;
    for key in needed.iter().filter(|key| !entries::has(entries, key)) {
        let message = format!("a security scheme of this type has no `{key}`");
        fate = walk.error(Diagnostic::error(Code::MissingField, at, message));
    }
    fate
}

/// A response by its status: three digits, `4XX`, or `default`.
pub(super) fn status(walk: &mut Walk, kind: Kind, entry: &mut Entry) -> Fate {
    let is_status = match entry.key.as_bytes() {
        [b'1'..=b'9', second, third] if second.is_ascii_digit() && third.is_ascii_digit() => true,
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
            entry.key = entry.key.to_ascii_uppercase().into();
            true
        }
        _ => &*entry.key == "default",
    };
    if !is_status {
        let message = format!("`{}` is not a status code", entry.key);
        let help = "a status is three digits, a range such as `4XX`, or `default`";
        let error = Diagnostic::error(Code::InvalidValue, entry.key_span, message).help(help);
        return walk.error(error);
    }
    let Entry { key, key_span, node } = entry;
    walk.named(&Holds::Reusable(kind), key, node, *key_span)
}

/// A reference to a component that is no schema. What stands beside it has no effect in 3.0, and in
/// 3.1 only `summary` and `description`, which openapiv3 cannot keep. What the component says as well
/// is not lost.
pub(super) fn reference(
    walk: &mut Walk,
    kind: Kind,
    section: Section,
    key: &str,
    node: &mut Node,
    at: Span,
) -> Fate {
    let Some(mut entries) = entries::take_map(node) else { return Fate::Keep };
    let Some(mut target) = entries::take(&mut entries, "$ref") else { return Fate::Keep };
    let fate = resolve(walk, section, &mut target);
    if kind == Kind::PathItem {
        // The one object whose operations may stand beside the reference.
        node.value = Value::Map(entries);
        walk.object(kind, key, node, at);
        let beside = entries::take_map(node).unwrap_or_default();
        node.value = Value::Map(std::iter::once(target).chain(beside).collect());
        return fate;
    }
    let idle = entries.iter().filter(|entry| {
        let is_prose = matches!(&*entry.key, "summary" | "description");
        let says = || walk.references.says(section, &target.node, entry);
        !is_prose && !entry.key.starts_with("x-") && !says()
    });
    let idle: Vec<&Entry> = idle.collect();
    if let Some(first) = idle.first() {
        let keys: Vec<String> = idle.iter().map(|entry| format!("`{}`", entry.key)).collect();
        let (keys, verb) = match keys.split_last() {
            Some((last, [])) => (last.clone(), "has"),
            Some((last, others)) => (format!("{} and {last}", others.join(", ")), "have"),
            None => (String::new(), "have"),
        };
        let message = format!("{keys} {verb} no effect beside `$ref`");
        walk.gap(Code::UnknownKeyword, first.key_span, message);
    }
    node.value = Value::Map(vec![target]);
    fate
}

/// Checks the text of a `$ref` and makes it canonical.
pub(super) fn resolve(walk: &mut Walk, section: Section, entry: &mut Entry) -> Fate {
    let Some(text) = entry.node.as_str() else {
        return walk.wrong_type("$ref", &entry.node, "a string");
    };
    match walk.references.check(section, text, entry.node.span) {
        Ok(text) => {
            entry.node.value = Value::String(text.into());
            Fate::Keep
        }
        Err(error) => walk.error(error),
    }
}

/// A discriminator; 2.0 had only the name of the property here.
pub(super) fn discriminator(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    if let Value::String(name) = &node.value {
        let name = Node::new(node.span, Value::String(name.clone()));
        let message = "a discriminator is an object since OpenAPI 3.0; the text is read as its `propertyName`";
        walk.gap(Code::WrongType, node.span, message);
        node.value = Value::Map(vec![entries::entry("propertyName", node.span, name)]);
    }
    if walk.object(Kind::Discriminator, key, node, at) == Fate::Drop {
        return Fate::Drop;
    }
    let Value::Map(entries) = &mut node.value else { return Fate::Drop };
    let Some(mapping) = entries::find_mut(entries, "mapping") else { return Fate::Keep };
    let Value::Map(mapping) = &mut mapping.node.value else { return Fate::Keep };
    for entry in mapping {
        // A schema's name can stand alone here.
        let is_name =
            entry.node.as_str().is_some_and(|text| walk.references.has(Section::Schemas, text));
        if !is_name {
            resolve(walk, Section::Schemas, entry);
        }
    }
    Fate::Keep
}

/// Examples by name. They only show what the rest says, so a wrong form is a gap.
pub(super) fn examples(walk: &mut Walk, key: &str, node: &mut Node, at: Span) -> Fate {
    let Some(mut examples) = entries::take_map(node) else {
        let message = format!("`{key}` must be an object, but is {}; it is left out", node.kind());
        walk.gap(Code::WrongType, at, message);
        return Fate::Drop;
    };
    examples.retain_mut(|example| {
        let Entry { key, key_span, node } = example;
        if node.as_map().is_none() {
            let message = format!("the example `{key}` must be an object; it is left out");
            walk.gap(Code::WrongType, *key_span, message);
            return false;
        }
        walk.reusable(Kind::Example, key, node, *key_span) == Fate::Keep
    });
    node.value = Value::Map(examples);
    Fate::Keep
}

fn is_true(entries: &[Entry], key: &str) -> bool {
    entries::find(entries, key).is_some_and(|entry| entry.node.value == Value::Bool(true))
}
