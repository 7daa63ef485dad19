//! From the tree of `generator.yaml` to a [`Config`], with all faults in one run.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{
    Config, Defaults, EmptyObjects, Features, Filter, Formats, InlineSchemas, Marker, Naming,
    OpenEnums, ReadingRule, Spanned, TextType, package, pagination, types,
};
use crate::diagnostic::Diagnostics;
use crate::yaml::{Entry, Node, Value};

const EMPTY_OBJECTS: &[(&str, EmptyObjects)] =
    &[("map", EmptyObjects::Map), ("struct", EmptyObjects::Struct)];
const INLINE_SCHEMAS: &[(&str, InlineSchemas)] =
    &[("separate", InlineSchemas::Separate), ("shared", InlineSchemas::Shared)];
const DEFAULTS: &[(&str, Defaults)] =
    &[("documented", Defaults::Documented), ("filled", Defaults::Filled)];
const READING_RULES: &[(&str, ReadingRule)] = &[("protobuf-oneof", ReadingRule::ProtobufOneof)];

const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Whether enums are open; `marked` needs a marker.
#[derive(Clone, Copy)]
enum Open {
    All,
    Marked,
}

/// Reads `generator.yaml`.
///
/// # Errors
/// `invalid-config` for each unknown key, wrong type and bad value, in the order of their places.
pub fn read(root: &Node) -> Result<Config, Diagnostics> {
    const KEYS: &[&str] = &[
        "package",
        "modules",
        "naming",
        "enums",
        "empty_objects",
        "inline_schemas",
        "defaults",
        "features",
        "pagination",
        "retries",
        "formats",
        "types",
        "derives",
        "validate",
        "private_key_jwt",
        "reading_rules",
        "include",
        "exclude",
    ];
    let mut reader = Reader::default();
    let section = reader.section("the configuration", root, KEYS);
    let mut config = Config::default();
    match section.get("package") {
        Some(node) => config.package = package::read(&mut reader, node),
        None => reader.fault(root.span, "`package` is missing, with `name` and `version`", None),
    }
    if let Some(node) = section.get("modules") {
        let form = "the name of a module of the templates, such as `c1`";
        config.modules = reader.texts_like("modules", node, form, is_identifier);
    }
    if let Some(node) = section.get("naming") {
        config.naming = naming(&mut reader, node);
    }
    if let Some(node) = section.get("enums") {
        config.enums = enums(&mut reader, node);
    }
    if let Some(node) = section.get("empty_objects") {
        let found = reader.word("empty_objects", node, EMPTY_OBJECTS);
        config.empty_objects = found.unwrap_or_default();
    }
    if let Some(node) = section.get("inline_schemas") {
        let found = reader.word("inline_schemas", node, INLINE_SCHEMAS);
        config.inline_schemas = found.unwrap_or_default();
    }
    if let Some(node) = section.get("defaults") {
        config.defaults = reader.word("defaults", node, DEFAULTS).unwrap_or_default();
    }
    if let Some(node) = section.get("features") {
        config.features = features(&mut reader, node);
    }
    if let Some(node) = section.get("pagination") {
        config.pagination = pagination::read(&mut reader, node);
    }
    if let Some(node) = section.get("retries") {
        let section = reader.section("retries", node, &["idempotent"]);
        let named = section.get("idempotent");
        config.idempotent = named.map(|node| extension(&mut reader, "idempotent", node));
    }
    if let Some(node) = section.get("formats") {
        config.formats = formats(&mut reader, node);
    }
    if let Some(node) = section.get("types") {
        config.types = types::read(&mut reader, node);
    }
    if let Some(node) = section.get("derives") {
        config.derives = types::derives(&mut reader, node);
    }
    if let Some(node) = section.get("validate") {
        config.validate = reader.flag("validate", node).unwrap_or_default();
    }
    if let Some(node) = section.get("private_key_jwt") {
        config.private_key_jwt = reader.flag("private_key_jwt", node).unwrap_or_default();
    }
    if let Some(node) = section.get("reading_rules") {
        config.reading_rules = reading_rules(&mut reader, node);
    }
    if let Some(node) = section.get("include") {
        config.include = filters(&mut reader, "include", node);
    }
    if let Some(node) = section.get("exclude") {
        config.exclude = filters(&mut reader, "exclude", node);
    }
    reader.faults.stop(config, &mut Diagnostics::new())
}

fn naming(reader: &mut Reader, node: &Node) -> Naming {
    const KEYS: &[&str] = &["group", "method", "type", "strip_prefixes", "names"];
    let section = reader.section("naming", node, KEYS);
    let mut named = |key| section.get(key).map(|node| extension(reader, key, node));
    let (group, method, type_name) = (named("group"), named("method"), named("type"));
    let mut naming = Naming { group, method, type_name, ..Naming::default() };
    if let Some(node) = section.get("strip_prefixes") {
        let form = "the first parts of dotted names, such as `c1.api`";
        naming.strip_prefixes = reader.texts_like("strip_prefixes", node, form, is_prefix);
    }
    if let Some(node) = section.get("names") {
        for Entry { key, key_span, node } in reader.entries("names", node) {
            reader.pointer(key, *key_span);
            let value = reader.text_like("name", node, "a Rust identifier", is_identifier);
            naming.names.insert(key.to_string(), Spanned { value, span: *key_span });
        }
    }
    naming
}

fn extension(reader: &mut Reader, key: &str, node: &Node) -> Spanned<String> {
    let value = reader.text_like(key, node, "the key of an extension, `x-…`", is_extension);
    Spanned { value, span: node.span }
}

fn enums(reader: &mut Reader, node: &Node) -> OpenEnums {
    let section = reader.section("enums", node, &["open", "marker"]);
    let words = &[("all", Open::All), ("marked", Open::Marked)];
    let open = match section.get("open") {
        Some(node) => reader.word("open", node, words),
        None => Some(Open::All),
    };
    let marker = section.get("marker").and_then(|node| marker(reader, node));
    match (open, section.get("marker")) {
        (Some(Open::Marked), None) => {
            let help = "add `marker: {x-…: value}`, the extension of open enums";
            reader.fault(node.span, "`open: marked` needs a `marker`", Some(help.to_owned()));
        }
        (Some(Open::All), Some(node)) => {
            let help = "drop it, or write `open: marked`";
            let message = "`marker` has no effect, because all enums are open";
            reader.fault(node.span, message, Some(help.to_owned()));
        }
        (Some(Open::Marked), Some(_)) | (Some(Open::All) | None, _) => {}
    }
    marker.map_or(OpenEnums::All, OpenEnums::Marked)
}

fn marker(reader: &mut Reader, node: &Node) -> Option<Spanned<Marker>> {
    let Entry { key, key_span, node: value } = one_entry(reader, "marker", node)?;
    if !is_extension(key) {
        let message = format!("`{key}` is not the key of an extension, `x-…`");
        reader.fault(*key_span, message, None);
    }
    match &value.value {
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        Value::Null | Value::List(_) | Value::Map(_) => {
            reader.wrong_type("the value of a marker", "a boolean, a number or a string", value);
        }
    }
    let marker = Marker { extension: key.to_string(), value: value.value.clone() };
    Some(Spanned { value: marker, span: *key_span })
}

fn features(reader: &mut Reader, node: &Node) -> Features {
    let section = reader.section("features", node, &["from_operations", "stability"]);
    let from = section.get("from_operations");
    let from_operations = from.and_then(|node| reader.count("from_operations", node));
    let stability = section.get("stability").map(|node| extension(reader, "stability", node));
    Features { from_operations, stability }
}

fn formats(reader: &mut Reader, node: &Node) -> Formats {
    let mut entries = BTreeMap::new();
    for Entry { key, key_span, node } in reader.entries("formats", node) {
        let what = format!("the type of format `{key}`");
        if let Some(value) = reader.word(&what, node, TextType::NAMES) {
            entries.insert(key.to_string(), Spanned { value, span: *key_span });
        }
    }
    Formats { entries }
}

fn reading_rules(reader: &mut Reader, node: &Node) -> Vec<Spanned<ReadingRule>> {
    let mut rules: Vec<Spanned<ReadingRule>> = Vec::new();
    for node in reader.list("reading_rules", node) {
        let Some(value) = reader.word("reading_rules", node, READING_RULES) else { continue };
        if rules.iter().any(|rule| rule.value == value) {
            reader.fault(node.span, "this rule stands twice in reading_rules", None);
        }
        rules.push(Spanned { value, span: node.span });
    }
    rules
}

fn filters(reader: &mut Reader, key: &str, node: &Node) -> Vec<Spanned<Filter>> {
    let nodes = reader.list(key, node);
    nodes.iter().map(|node| filter(reader, &format!("an entry of {key}"), node)).collect()
}

fn filter(reader: &mut Reader, what: &str, node: &Node) -> Spanned<Filter> {
    reader.section(what, node, &["operation", "tag", "method", "path"]);
    let mut filter = Filter::default();
    for (key, slot) in [("operation", &mut filter.operation), ("tag", &mut filter.tag)] {
        *slot = node.get(key).map(|node| reader.text(key, node));
    }
    // A key without a value must not select everything, so nulls are looked at.
    if let Some(node) = node.get("method") {
        let form = "an HTTP method in lower case, such as `get`";
        let method = reader.text_like("method", node, form, |text| METHODS.contains(&text));
        filter.method = Some(method);
    }
    if let Some(node) = node.get("path") {
        let form = "a path that starts with `/`";
        filter.path = Some(reader.text_like("path", node, form, |path| path.starts_with('/')));
    }
    if node.as_map().is_some_and(<[Entry]>::is_empty) {
        reader.fault(node.span, format!("{what} selects nothing"), None);
    }
    // The value is the nearer place where there is one only.
    let span = match node.as_map() {
        Some([only]) => only.node.span,
        _ => node.span,
    };
    Spanned { value: filter, span }
}

/// The entry of a mapping that must have exactly one.
fn one_entry<'n>(reader: &mut Reader, what: &str, node: &'n Node) -> Option<&'n Entry> {
    match node.as_map() {
        Some([entry]) => return Some(entry),
        Some(_) => reader.fault(node.span, format!("{what} should have exactly one key"), None),
        None => reader.wrong_type(what, "an object", node),
    }
    None
}

fn is_extension(key: &str) -> bool {
    key.strip_prefix("x-")
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn is_prefix(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty() && !part.contains(char::is_whitespace))
}

fn is_identifier(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
}
