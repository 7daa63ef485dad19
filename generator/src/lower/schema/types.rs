//! `type`, `const` and `enum`, and the keywords that only a type gives a meaning.

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::entries;
use crate::lower::grammar::Since;
use crate::lower::scalars::whole;
use crate::lower::stamp;
use crate::lower::walk::{Fate, Walk};
use crate::nearest::nearest;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The names of types.
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "object", "null"];

/// The types of which every JSON value is one.
const ALL: &[&str] = &["string", "number", "boolean", "array", "object"];

/// Whether a keyword shapes the value, so that its loss is worth a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Shape,
    Check,
}

const NUMBERS: &[&str] = &["integer", "number"];

/// Keywords that mean something only for values of these types.
const OF_TYPES: &[(&str, &[&str], Role)] = &[
    ("properties", &["object"], Role::Shape),
    ("additionalProperties", &["object"], Role::Shape),
    ("required", &["object"], Role::Check),
    ("minProperties", &["object"], Role::Check),
    ("maxProperties", &["object"], Role::Check),
    ("items", &["array"], Role::Shape),
    ("minItems", &["array"], Role::Check),
    ("maxItems", &["array"], Role::Check),
    ("uniqueItems", &["array"], Role::Check),
    ("pattern", &["string"], Role::Check),
    ("minLength", &["string"], Role::Check),
    ("maxLength", &["string"], Role::Check),
    ("minimum", NUMBERS, Role::Check),
    ("maximum", NUMBERS, Role::Check),
    ("exclusiveMinimum", NUMBERS, Role::Check),
    ("exclusiveMaximum", NUMBERS, Role::Check),
    ("multipleOf", NUMBERS, Role::Check),
    ("format", &["string", "integer", "number"], Role::Check),
    ("enum", &["string", "integer", "number", "boolean"], Role::Shape),
];

/// The form of `type`: a name, or in 3.1 a list of names.
pub(in crate::lower) fn check(walk: &mut Walk, node: &mut Node, at: Span) -> Fate {
    match &node.value {
        Value::Null => {
            walk.gap(
                Code::WrongType,
                at,
                "`type` is null without quotes; it is read as `\"null\"`",
            );
            node.value = Value::String("null".into());
            Fate::Keep
        }
        Value::List(names) if names.is_empty() => {
            let message = "`type` is an empty list";
            walk.error(Diagnostic::error(Code::InvalidValue, node.span, message))
        }
        Value::List(names) => {
            if walk.version == Since::V30 {
                let message = "a list of types is of OpenAPI 3.1, not of 3.0";
                walk.gap(Code::WrongType, node.span, message);
            }
            let mut fate = Fate::Keep;
            for name in names.iter().filter(|name| name.value != Value::Null) {
                if check_name(walk, name) == Fate::Drop {
                    fate = Fate::Drop;
                }
            }
            fate
        }
        _ => check_name(walk, node),
    }
}

fn check_name(walk: &mut Walk, node: &Node) -> Fate {
    let Some(name) = node.as_str() else {
        return walk.wrong_type("type", node, "a string or an array of strings");
    };
    if TYPES.contains(&name) {
        return Fate::Keep;
    }
    let error = Diagnostic::error(Code::InvalidValue, node.span, format!("`{name}` is not a type"));
    let help = match nearest(name, TYPES.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a type is one of {}", TYPES.join(", ")),
    };
    walk.error(error.help(help))
}

/// Makes one type of a list of types, and an enum of a constant.
pub(super) fn lower(walk: &mut Walk, entries: &mut Vec<Entry>, at: Span) {
    if let Some(constant) = entries::take(entries, "const") {
        let span = constant.key_span;
        entries::put(entries, "enum", span, Value::List(vec![constant.node]));
    }
    let nulls = enum_nulls(entries);
    if let Some(nulls) = nulls
        && !entries::has(entries, "enum")
        && allows_null(entries)
        && only_null(entries, nulls)
    {
        return;
    }
    type_names(walk, entries);
    if let Some(span) = nulls {
        entries::put(entries, "nullable", span, entries::TRUE);
        if !["enum", "type", stamp::NULL].iter().any(|key| entries::has(entries, key)) {
            let message = "a schema that allows only null is read as any value or null";
            walk.gap(Code::Untyped, at, message);
        }
    }
}

/// Whether the type leaves room for null.
fn allows_null(entries: &[Entry]) -> bool {
    let nullable = entries::find(entries, "nullable");
    let is_null = |node: &Node| node.value == Value::Null || node.as_str() == Some("null");
    match entries::find(entries, "type").map(|entry| &entry.node) {
        None => true,
        Some(_) if nullable.is_some_and(|entry| entry.node.value == entries::TRUE) => true,
        Some(Node { value: Value::List(names), .. }) => names.iter().any(is_null),
        Some(name) => is_null(name),
    }
}

/// Notes that null is the only value, unless other keywords speak of other values.
pub(super) fn only_null(entries: &mut Vec<Entry>, at: Span) -> bool {
    let combined = ["oneOf", "anyOf", "allOf", "not"];
    if entries.iter().any(|entry| combined.contains(&&*entry.key) || shapes(&entry.key)) {
        return false;
    }
    entries.retain(|entry| &*entry.key != "nullable" && of_types(&entry.key).is_none());
    entries::take(entries, "type");
    entries::put(entries, stamp::NULL, at, entries::TRUE);
    true
}

fn type_names(walk: &mut Walk, entries: &mut Vec<Entry>) {
    let Some(entry) = entries::find(entries, "type") else { return };
    let (span, key_span) = (entry.node.span, entry.key_span);
    let mut names: Vec<&str> = match &entry.node.value {
        Value::List(nodes) => nodes.iter().map(|node| node.as_str().unwrap_or("null")).collect(),
        Value::String(name) if &**name == "null" => vec!["null"],
        _ => return,
    };
    let is_nullable = names.contains(&"null");
    let has_number = names.contains(&"number");
    names.retain(|name| *name != "null" && !(has_number && *name == "integer"));
    names.dedup();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();

    entries::take(entries, "type");
    if is_nullable {
        entries::put(entries, "nullable", span, entries::TRUE);
    }
    match names.as_slice() {
        [] if only_null(entries, key_span) => {}
        [] => {
            let message = "a schema that allows only null is read as any value or null";
            walk.gap(Code::Untyped, key_span, message);
        }
        [name] => entries::put(entries, "type", key_span, Value::String(name.as_str().into())),
        several => {
            let is_any = ALL.iter().all(|ty| several.iter().any(|name| name == ty));
            let combined = ["oneOf", "anyOf", "allOf", "enum"];
            let says_more = entries.iter().any(|entry| shapes(&entry.key));
            // An enum or a choice tells the types better than the list.
            if combined.iter().all(|key| !entries::has(entries, key)) && (!is_any || says_more) {
                let members =
                    several.iter().map(|ty| member(walk, entries, ty, key_span)).collect();
                entries::put(entries, "oneOf", key_span, Value::List(members));
            }
            entries.retain(|entry| &*entry.key == "enum" || of_types(&entry.key).is_none());
        }
    }
}

/// One of several types, with the keywords that mean something for it.
fn member(walk: &mut Walk, entries: &[Entry], ty: &str, at: Span) -> Node {
    let own = entries.iter().filter(|entry| {
        of_types(&entry.key).is_some_and(|(types, _)| types.contains(&ty))
            && !(&*entry.key == "format" && entry.node.as_str() == Some("int-or-string"))
    });
    let mut own: Vec<Entry> = own.cloned().collect();
    entries::put(&mut own, "type", at, Value::String(ty.into()));
    fit(walk, &mut own, at);
    stamp::schema(&mut own, at);
    Node::new(at, Value::Map(own))
}

/// Takes null out of the values of an enum, and the enum away when nothing is left.
fn enum_nulls(entries: &mut Vec<Entry>) -> Option<Span> {
    let entry = entries::find_mut(entries, "enum")?;
    let Value::List(values) = &mut entry.node.value else { return None };
    let mut found = None;
    values.retain(|value| {
        let is_null = value.value == Value::Null;
        if is_null {
            found = Some(value.span);
        }
        !is_null
    });
    if values.is_empty() {
        entries::take(entries, "enum");
    }
    found
}

/// Finds a type that is not written, and leaves out what means nothing for the type.
pub(super) fn fit(walk: &mut Walk, entries: &mut Vec<Entry>, at: Span) {
    if !entries::has(entries, "type") {
        infer(entries);
    }
    let Some(ty) = entries::text(entries, "type").map(str::to_owned) else { return };
    entries.retain(|entry| match of_types(&entry.key) {
        Some((types, role)) if !types.contains(&&*ty) => {
            if role == Role::Shape {
                let message =
                    format!("`{}` cannot stand beside type `{ty}` and is left out", entry.key);
                walk.gap(Code::UnsupportedKeyword, entry.key_span, message);
            }
            false
        }
        _ => true,
    });
    if ty == "integer" {
        whole_bounds(walk, entries);
    }
    if ty == "array" && !entries::has(entries, "items") {
        let mut items = Vec::new();
        stamp::object(&mut items, at);
        entries::put(entries, "items", at, Value::Map(items));
    }
    fit_enum(walk, entries, &ty);
}

/// The type that the other keywords speak of.
fn infer(entries: &mut Vec<Entry>) {
    let combined = ["oneOf", "anyOf", "allOf", "not"].iter().any(|key| entries::has(entries, key));
    let implied = |key: &str| match key {
        "properties" => Some("object"),
        "additionalProperties" if !combined => Some("object"),
        "items" => Some("array"),
        _ => None,
    };
    let ty = entries.iter().find_map(|entry| Some((implied(&entry.key)?, entry.key_span)));
    let values = entries::find(entries, "enum").filter(|_| !combined);
    let ty = ty.or_else(|| {
        values.and_then(|entry| Some((type_of_all(entry.node.as_list()?)?, entry.key_span)))
    });
    if let Some((ty, span)) = ty {
        entries::put(entries, "type", span, Value::String(ty.into()));
    }
}

/// The one type of all values of an enum.
fn type_of_all(values: &[Node]) -> Option<&'static str> {
    let mut types = values.iter().map(|value| match &value.value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(text) if whole(text).is_some() => Some("integer"),
        Value::Number(_) => Some("number"),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    });
    let first = types.next()??;
    types.try_fold(first, |ty, next| match (ty, next?) {
        (ty, next) if ty == next => Some(ty),
        ("integer" | "number", "integer" | "number") => Some("number"),
        _ => None,
    })
}

/// Bounds of an integer must be integers of 64 bits, or openapiv3 sees no integer at all.
fn whole_bounds(walk: &mut Walk, entries: &mut Vec<Entry>) {
    entries.retain_mut(|entry| {
        if !matches!(&*entry.key, "minimum" | "maximum" | "multipleOf") {
            return true;
        }
        let Value::Number(text) = &entry.node.value else { return true };
        if let Some(end) = end_of_64_bits(text) {
            entry.node.value = Value::Number(end.to_string().into());
            return true;
        }
        if let Some(whole) = whole(text).filter(|whole| whole.parse::<i64>().is_ok()) {
            entry.node.value = Value::Number(whole.into());
            return true;
        }
        let message =
            format!("`{}` is {text}, which is no 64-bit integer; it is left out", entry.key);
        walk.gap(Code::InvalidValue, entry.node.span, message);
        false
    });
}

/// The end of the 64-bit integers, as programs write it whose numbers are floats.
fn end_of_64_bits(text: &str) -> Option<i64> {
    match text {
        "9223372036854776000" => Some(i64::MAX),
        "-9223372036854776000" => Some(i64::MIN),
        _ => None,
    }
}

/// Gives the values of an enum the schema's type where their text leaves no doubt (`[1, 2]` for
/// strings is a slip of YAML), and leaves the enum out otherwise.
fn fit_enum(walk: &mut Walk, entries: &mut Vec<Entry>, ty: &str) {
    let Some(entry) = entries::find_mut(entries, "enum") else { return };
    let span = entry.key_span;
    let Value::List(values) = &mut entry.node.value else { return };
    let mut slip = None;
    let fits = values.iter_mut().all(|value| {
        let Some(fitted) = fitted(&value.value, ty) else { return false };
        let same = std::mem::discriminant(&fitted) == std::mem::discriminant(&value.value);
        if !same {
            slip = Some(value.span);
        }
        value.value = fitted;
        true
    });
    if !fits {
        entries::take(entries, "enum");
        let message = format!("a value of this enum is not of type `{ty}`; the enum is left out");
        walk.gap(Code::InvalidValue, span, message);
    } else if let Some(span) = slip {
        let message = format!("this value is not of type `{ty}`; it is read as one");
        walk.gap(Code::InvalidValue, span, message);
    }
}

fn fitted(value: &Value, ty: &str) -> Option<Value> {
    let text: &str = match value {
        Value::String(text) | Value::Number(text) => text,
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Null | Value::List(_) | Value::Map(_) => return None,
    };
    match ty {
        "string" => Some(Value::String(text.into())),
        "integer" => {
            let whole = whole(text).filter(|whole| whole.parse::<i64>().is_ok())?;
            Some(Value::Number(whole.into()))
        }
        "number" => {
            let is_number = text.parse::<f64>().is_ok_and(f64::is_finite);
            is_number.then(|| Value::Number(text.into()))
        }
        "boolean" => text.parse().ok().map(Value::Bool),
        _ => None,
    }
}

fn of_types(key: &str) -> Option<(&'static [&'static str], Role)> {
    let found = OF_TYPES.iter().find(|(word, ..)| *word == key);
    found.map(|(_, types, role)| (*types, *role))
}

fn shapes(key: &str) -> bool {
    of_types(key).is_some_and(|(_, role)| role == Role::Shape)
}
