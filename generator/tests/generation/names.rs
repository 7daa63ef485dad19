//! The names that texts of a document become: the table at the head of `plan/names.rs` and its
//! hard cases, seen through whole documents.

use std::collections::BTreeSet;

use oasmith::format::Files;
use serde_json::{Map, Value, json};

use super::document::Document;
use super::items;

/// A text, and what it is called as a type, a variant, a field and a module.
const TABLE: &[(&str, &str, &str, &str, &str)] = &[
    ("displayName", "DisplayName", "DisplayName", "display_name", "display_name"),
    ("display-name", "DisplayName", "DisplayName", "display_name", "display_name"),
    ("DISPLAY_NAME", "DisplayName", "DisplayName", "display_name", "display_name"),
    ("HTTPServer", "HttpServer", "HttpServer", "http_server", "http_server"),
    ("v1beta2", "V1beta2", "V1beta2", "v1beta2", "v1beta2"),
    ("type", "Type", "Type", "r#type", "type_"),
    ("gen", "Gen", "Gen", "r#gen", "gen_"),
    ("union", "Union", "Union", "union", "union"),
    ("self", "SelfType", "SelfValue", "self_", "self_"),
    ("Self", "SelfType", "SelfValue", "self_", "self_"),
    ("super", "Super", "Super", "super_", "super_"),
    ("crate", "Crate", "Crate", "crate_", "crate_"),
    ("2fa", "Type2fa", "Value2fa", "_2fa", "_2fa"),
    ("1", "Type1", "Value1", "value_1", "_1"),
    ("404", "Type404", "Value404", "value_404", "_404"),
    ("+1", "Plus1", "Plus1", "plus_1", "plus_1"),
    ("-created", "MinusCreated", "MinusCreated", "minus_created", "minus_created"),
    ("", "Empty", "Empty", "empty", "empty"),
    (" ", "Empty", "Empty", "empty", "empty"),
    ("*", "Star", "Star", "star", "star"),
    ("<=", "LessEqual", "LessEqual", "less_equal", "less_equal"),
    ("size<", "SizeLess", "SizeLess", "size_less", "size_less"),
    ("size>=", "SizeGreaterEqual", "SizeGreaterEqual", "size_greater_equal", "size_greater_equal"),
    ("Page<Item>", "PageItem", "PageItem", "page_item", "page_item"),
    ("_", "U5f", "U5f", "u5f", "u5f"),
    ("@type", "Type", "Type", "r#type", "type_"),
    ("a/b c$d", "ABCD", "ABCD", "a_b_c_d", "a_b_c_d"),
    ("Größe", "Größe", "Größe", "größe", "gr_uf6_udf_e"),
    ("日本", "日本", "日本", "日本", "u65e5_u672c"),
    ("🦀", "U1f980", "U1f980", "u1f980", "u1f980"),
    ("x🦀y", "XY", "XY", "x_y", "x_y"),
    ("\u{212a}", "U212a", "U212a", "u212a", "u212a"),
    ("con", "Con", "Con", "con", "con_"),
    ("COM1", "Com1", "Com1", "com1", "com1_"),
    ("nul", "Nul", "Nul", "nul", "nul_"),
    ("mod", "Mod", "Mod", "r#mod", "mod_"),
    ("main", "Main", "Main", "main", "main_"),
    ("lib", "Lib", "Lib", "lib", "lib_"),
];

/// Types that emitted code calls by their names alone.
const PRELUDE: &[&str] = &[
    "BTreeMap",
    "Borrow",
    "Box",
    "Clone",
    "Debug",
    "Decimal",
    "Default",
    "Err",
    "Error",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Some",
    "String",
    "Vec",
    "bool",
    "i64",
    "str",
    "runtime",
    "models",
    "api",
    "Client",
    "Request",
    "Response",
];

/// A schema, a property, an enum value and a group of this name.
fn one(text: &str) -> Document {
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "paths": {"/a": {"get": {"operationId": text, "tags": [text], "responses": {"204": {"description": "Done."}}}}},
        "components": {"schemas": {
            text: {"type": "object", "properties": {text: {"type": "string"}}},
            "Enumeration": {"type": "string", "enum": [text]},
        }},
    });
    Document::new("names", document.to_string())
}

#[test]
fn texts_become_names() {
    let mut failures = Vec::new();
    for (text, ty, variant, field, module) in TABLE {
        let files = one(text).generate().files;
        let names = items::names(&files);
        let wanted = [
            (" ", format!("{ty}.{field}")),
            ("models/enumeration.rs ", format!("Enumeration::{variant}")),
            (&*format!("api/{module}.rs "), format!("{ty}::{field}")),
        ];
        for (place, wanted) in wanted {
            if !names.iter().any(|name| name.ends_with(&format!("{place}{wanted}"))) {
                failures.push(format!("{text:?}: no {place}{wanted} in {names:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Everything that collides keeps a name that it has of its own, and no number takes it away.
#[test]
fn a_number_takes_no_name_away() {
    let schemas = ["Foo-Bar", "FooBar", "FooBar2", "foo_bar", "FooBar3", "fooBar"];
    let schemas: Map<String, Value> = schemas
        .iter()
        .map(|name| ((*name).to_owned(), json!({"type": "object", "title": name})))
        .collect();
    let document = json!({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "components": {"schemas": schemas}});
    let files = Document::new("numbers", document.to_string()).generate().files;
    let type_of = |file: &str| line(&files, &format!("src/models/{file}.rs"), "pub type ");
    assert!(type_of("foo_bar").starts_with("pub type FooBar ="));
    assert!(type_of("foo_bar2").starts_with("pub type FooBar2 ="));
    assert!(type_of("foo_bar3").starts_with("pub type FooBar3 ="));
    let page = files.get("GAPS.md").unwrap();
    for (wire, name) in [("foo_bar", "FooBar4"), ("Foo-Bar", "FooBar5"), ("fooBar", "FooBar6")] {
        let gap = format!("`{wire}` becomes `FooBar`, which is taken, so it is called `{name}`");
        assert!(page.contains(&gap), "{page}");
    }
}

/// The plainest spelling keeps a name, and the type of a field goes with the field.
#[test]
fn the_plainest_spelling_keeps_a_name() {
    let spellings = ["list_pets", "listPets", "_listPets", "_listPets_", "LIST_PETS"];
    for plainest in 0..spellings.len() {
        let values = json!({"type": "string", "enum": ["a"]});
        let fields = spellings.iter().skip(plainest).rev();
        let fields: Map<String, Value> =
            fields.map(|name| ((*name).to_owned(), values.clone())).collect();
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "a", "version": "1"},
            "components": {"schemas": {"A": {"type": "object", "properties": fields}}},
        });
        let files = Document::new("plainest", document.to_string()).generate().files;
        let row = format!("list_pets = \"{}\"", spellings[plainest]);
        let text = files.get("src/models/a.rs").unwrap();
        assert!(text.contains(&row), "{row} in {text}");
        assert!(text.contains("pub list_pets: Option<AListPets>"), "{text}");
    }
}

fn line(files: &Files, path: &str, start: &str) -> String {
    let text = files.get(path).unwrap_or_else(|| panic!("{path} in {files:?}"));
    text.lines().find(|line| line.starts_with(start)).unwrap().to_owned()
}

/// A chain of modules as deep as a document can ask for ends in a type, not in a stack overflow.
#[test]
fn modules_are_not_deeper_than_files_can_be() {
    let name = format!("{}Deep", "a.".repeat(50_000));
    let document = json!({"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "components": {"schemas": {name: {"type": "string"}}}});
    let files = Document::new("deep", document.to_string()).generate().files;
    let deepest = files.iter().map(|(path, _)| path.split('/').count()).max();
    assert!(deepest < Some(20), "{deepest:?}");
}

/// Documents that are compiled: all names of the table at once, and names of the prelude.
pub(crate) fn documents() -> Vec<Document> {
    let texts: Vec<&str> = TABLE.iter().map(|row| row.0).collect();
    vec![together("all-names", &texts), together("prelude-names", PRELUDE), own_names()]
}

/// Schemas, fields, values, groups and parameters of these names, in one document.
fn together(name: &str, texts: &[&str]) -> Document {
    let members = texts.iter().enumerate().map(|(at, text)| ((*text).to_owned(), member(at)));
    let members: Map<String, Value> = members.collect();
    let (required, optional) = texts.split_at(5);
    let mut schemas = Map::new();
    for (at, text) in texts.iter().enumerate() {
        let own = json!({
            "own": reference(text), "kind": member(at), "list": {"type": "array", "items": reference(text)},
            *text: {"type": "string"},
        });
        schemas.insert(
            (*text).to_owned(),
            json!({"type": "object", "properties": own, "additionalProperties": {"type": "string"}}),
        );
        let fixed = json!({
            "type": "object", "properties": {"id": {"type": "string"}, "a": member(at), "b": {"type": "integer"}},
            "required": ["id"], "additionalProperties": member(at), "x-oneof-groups": {*text: ["a", "b"]},
        });
        // The same names in modules of their own, for the other kinds of items.
        schemas.insert(format!("required.{text}"), fixed);
        schemas.insert(format!("enum.{text}"), json!({"type": "string", "enum": [text]}));
        schemas.insert(
            format!("open.{text}"),
            json!({"type": "string", "enum": [text], "x-open": true}),
        );
        schemas
            .insert(format!("list.{text}"), json!({"type": "array", "items": {"type": "string"}}));
        let map = json!({"type": "object", "additionalProperties": reference(text)});
        schemas.insert(format!("map.{text}"), map);
    }
    schemas.insert(
        "Members".to_owned(),
        json!({"type": "object", "properties": members, "required": required, "x-oneof-groups": {"all": optional}}),
    );
    schemas.insert("Closed".to_owned(), json!({"type": "string", "enum": texts}));
    schemas.insert("Open".to_owned(), json!({"type": "string", "enum": texts, "x-open": true}));
    let query: Vec<Value> = texts.iter().map(|text| parameter(text)).collect();
    let mut paths = Map::new();
    for text in texts {
        let path = format!("/{}", paths.len());
        let alone = operation(text, "get", text, &[parameter("q")]);
        let beside = operation(text, "put", "Together", &[parameter("q")]);
        paths.insert(path, json!({"get": alone, "put": beside}));
    }
    let all = operation("all", "get", "Together", &query);
    paths.insert("/all".to_owned(), json!({"get": all}));
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": name, "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    });
    let config = "naming: {group: x-group, method: x-method}\n\
                  enums: {open: marked, marker: {x-open: true}}\n";
    Document::new(name, document.to_string()).with_config(config)
}

/// A reference to a schema of any name.
fn reference(name: &str) -> Value {
    let pointer = name.replace('~', "~0").replace('/', "~1");
    let pointer = pointer.replace(' ', "%20").replace('<', "%3C");
    json!({"$ref": format!("#/components/schemas/{pointer}")})
}

/// Schemas that need each of the types that emitted code calls by name.
fn member(at: usize) -> Value {
    let kinds = [
        json!({"type": "string", "format": "byte"}),
        json!({"type": "array", "items": {"type": "string"}}),
        json!({"type": "object", "additionalProperties": {"type": "integer"}}),
        json!({"type": "string", "format": "int64"}),
        json!({"type": "array", "items": {"type": ["string", "null"], "enum": ["a", null]}}),
    ];
    kinds.get(at % kinds.len()).cloned().unwrap_or_default()
}

fn parameter(name: &str) -> Value {
    json!({"name": name, "in": "query", "schema": {"type": "string"}})
}

/// An operation with types of its own.
fn operation(name: &str, verb: &str, group: &str, parameters: &[Value]) -> Value {
    let properties = json!({"name": {"type": "string"}, "sizes": {"type": "object", "additionalProperties": member(1)}});
    let body = json!({"type": "object", "properties": properties, "required": ["name"]});
    json!({
        "operationId": format!("{name}.{verb}"), "x-group": group, "x-method": name, "parameters": parameters,
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {"200": {"description": "Fine.", "content": {"application/json": {"schema": body}}}},
    })
}

/// What the runtime's client, builder and requests are called by, as names of groups, variables,
/// methods and parameters.
fn own_names() -> Document {
    let methods = oasmith_templates::FILES.iter().flat_map(|(_, text)| {
        let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("pub fn "));
        names.filter_map(|rest| rest.split(['(', '<']).next())
    });
    let methods: BTreeSet<&str> = methods.collect();
    let parameters: Vec<Value> = methods.iter().map(|name| parameter(name)).collect();
    let mut paths = Map::new();
    for name in &methods {
        let alone = operation(name, "get", name, &[]);
        let beside = operation(name, "put", "Together", &[]);
        paths.insert(format!("/{name}"), json!({"get": alone, "put": beside}));
    }
    let all = operation("everything", "get", "Together", &parameters);
    paths.insert("/all".to_owned(), json!({"get": all}));
    let url: Vec<String> = methods.iter().map(|name| format!("{{{name}}}")).collect();
    let variables = methods.iter().map(|name| ((*name).to_owned(), json!({"default": "x"})));
    let variables: Map<String, Value> = variables.collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Names of the runtime", "version": "1"},
        "servers": [{"url": format!("https://example.com/{}", url.join("/")), "variables": variables}],
        "paths": paths,
    });
    Document::new("own-names", document.to_string())
        .with_config("modules: [c1]\nnaming: {group: x-group, method: x-method}\n")
}
