//! `generator.yaml`: what is read, and every fault at its place, in one run.

#![expect(clippy::expect_used, reason = "a test fails by a panic")]

use oasmith::config::{
    self, By, Config, Defaults, EmptyObjects, Filter, InlineSchemas, OpenEnums, Paging,
    ReadingRule, TextType,
};
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml;

/// A package that is complete, for texts about something else.
const PACKAGE: &str = "package: {name: acme, version: 1.0.0}\n";

/// Reads a text; faults are given as `line:column: message`, with the help behind a semicolon.
fn read(text: &str) -> Result<Config, Vec<String>> {
    let sources = Sources::root(Source::new("generator.yaml", text));
    let root = yaml::parse(&sources, FileId(0)).expect("valid YAML");
    config::read(&root).map_err(|faults| {
        assert!(faults.iter().all(|fault| fault.code.as_str() == "invalid-config"));
        let source = sources.get(FileId(0)).expect("the root");
        let show = |fault: &oasmith::diagnostic::Diagnostic| {
            let (line, column) = source.position(fault.span.expect("a place").start);
            let help = fault.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{line}:{column}: {}{help}", fault.message)
        };
        faults.iter().map(show).collect()
    })
}

#[track_caller]
fn faults(text: &str) -> Vec<String> {
    read(text).expect_err("faults")
}

/// The only fault of a section, which stands in line 2 behind a good package.
#[track_caller]
fn fault(section: &str) -> String {
    let faults = faults(&format!("{PACKAGE}{section}"));
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.concat()
}

#[test]
fn everything_is_read() {
    let config = read(
        r##"
package:
  name: conductorone
  version: 0.1.0-beta.1+5
  description: >
    A client.
  license: MIT OR Apache-2.0
  repository: https://example.com/a
  homepage: https://example.com
  documentation: https://docs.rs/conductorone
  readme: README.md
  keywords: [client, api]
  categories: [api-bindings]
  rust_version: 1.90
  dev_dependencies:
    tokio: '{ version = "1", features = ["full"] }'
    serde_json: '"1"'
modules: [c1]
naming:
  group: x-speakeasy-group
  method: x-speakeasy-name-override
  type: x-speakeasy-name-override
  strip_prefixes: [c1.api, c1]
  names: {"#/components/schemas/a.B": Name}
enums:
  open: marked
  marker: {x-speakeasy-unknown-values: allow}
empty_objects: struct
inline_schemas: shared
defaults: filled
features: {from_operations: 100, stability: x-level}
pagination:
  undeclared: page_token
  operations: {a: {query: after, next: paging.next, items: pets}, b: {page: p, first: 0}, c: none}
retries: {idempotent: x-again}
formats: {duration: protobuf-duration, base64: bytes}
validate: true
private_key_jwt: true
reading_rules: [protobuf-oneof]
include:
  - operation: c1.api.Get
  - tag: App Resource
  - path: /api/v1/**
exclude:
  - {method: get, tag: Old}
"##,
    )
    .unwrap();
    let package = &config.package;
    assert_eq!(package.name, "conductorone");
    assert_eq!(package.version, "0.1.0-beta.1+5");
    assert_eq!(package.description.as_deref(), Some("A client."));
    assert_eq!(package.rust_version.as_deref(), Some("1.90"), "no digit is lost");
    assert_eq!(package.keywords, ["client", "api"]);
    assert_eq!(package.dev_dependencies["serde_json"], "\"1\"");
    assert_eq!(config.modules[0].value, "c1");
    assert_eq!(config.naming.type_name.as_ref().unwrap().value, "x-speakeasy-name-override");
    assert_eq!(config.naming.strip_prefixes.len(), 2);
    let name = &config.naming.names["#/components/schemas/a.B"];
    assert_eq!(name.value, "Name");
    assert!(name.span.start > 0, "an override that nothing used is reported at its place");
    let OpenEnums::Marked(marker) = &config.enums else { panic!("{:?}", config.enums) };
    assert_eq!(marker.value.extension, "x-speakeasy-unknown-values");
    assert_eq!(marker.value.value, yaml::Value::String("allow".into()));
    assert_eq!(config.empty_objects, EmptyObjects::Struct);
    assert_eq!(config.inline_schemas, InlineSchemas::Shared);
    assert_eq!(config.defaults, Defaults::Filled);
    assert!(config.features.is_on(100) && !config.features.is_on(99));
    assert_eq!(config.features.stability.unwrap().value, "x-level");
    assert_eq!(config.idempotent.unwrap().value, "x-again");
    assert_eq!(config.formats.text_type("duration"), TextType::ProtobufDuration);
    assert_eq!(config.formats.text_type("base64"), TextType::Base64);
    assert_eq!(config.formats.text_type("date-time"), TextType::DateTime);
    let paging = |id: &str| config.pagination.operations[id].value.clone();
    assert_eq!(config.pagination.undeclared.as_ref().unwrap().value, "page_token");
    let steps = vec!["paging".to_owned(), "next".to_owned()];
    let by_token =
        Paging { by: Some(By::Query("after".into(), steps)), items: Some("pets".into()) };
    assert_eq!(paging("a"), by_token);
    assert_eq!(paging("b"), Paging { by: Some(By::Page("p".into(), 0)), items: None });
    assert_eq!(paging("c"), Paging::default());
    assert!(config.validate && config.private_key_jwt);
    assert_eq!(config.reading_rules[0].value, ReadingRule::ProtobufOneof);
    let include: Vec<_> = config.include.iter().map(|one| one.value.clone()).collect();
    let expected = [
        Filter { operation: Some("c1.api.Get".into()), ..Filter::default() },
        Filter { tag: Some("App Resource".into()), ..Filter::default() },
        Filter { path: Some("/api/v1/**".into()), ..Filter::default() },
    ];
    assert_eq!(include, expected);
    let [exclude] = &config.exclude[..] else { panic!("{:?}", config.exclude) };
    assert_eq!(exclude.value.method.as_deref(), Some("get"));
    assert_eq!(exclude.value.tag.as_deref(), Some("Old"));
}

#[test]
fn defaults_hold_where_nothing_is_said() {
    let config = read(&format!("{PACKAGE}naming:\nenums:\ninclude:\n")).unwrap();
    assert_eq!(config, read(PACKAGE).unwrap(), "a section without lines counts as absent");
    assert_eq!(config.enums, OpenEnums::All);
    assert_eq!(config.empty_objects, EmptyObjects::Map);
    assert_eq!(config.inline_schemas, InlineSchemas::Separate);
    assert_eq!(config.defaults, Defaults::Documented);
    assert!(config.include.is_empty());
    for (format, expected) in [
        ("date-time", TextType::DateTime),
        ("date", TextType::Date),
        ("duration", TextType::Iso8601Duration),
        ("byte", TextType::Base64),
        ("base64url", TextType::Base64Url),
        ("password", TextType::Secret),
        ("uuid", TextType::Text),
        ("uri", TextType::Text),
        ("int64", TextType::Int64Text),
        ("uint64", TextType::UInt64Text),
        ("email", TextType::Text),
    ] {
        assert_eq!(config.formats.text_type(format), expected, "{format}");
    }
}

#[test]
fn all_faults_are_told_in_one_run_in_order() {
    let text = "
pakage: {}
package:
  name: 1
  version: 1.0
  licence: MIT
  keywords: [a, a]
empty_objects: maps
modules: {}
";
    assert_eq!(
        faults(text),
        [
            "2:1: the configuration has no key `pakage`; did you mean `package`?",
            "4:9: name should be a string, but it is a number",
            "5:12: version should be a string, but it is a number",
            "6:3: package has no key `licence`; did you mean `license`?",
            "7:17: `a` stands twice in keywords",
            "8:16: `maps` is not a value of empty_objects; did you mean `map`?",
            "9:10: modules should be an array, but it is an object",
        ]
    );
}

#[test]
fn pages_have_one_form() {
    let text = format!(
        "{PACKAGE}pagination:
  operations:
    a: {{query: after}}
    b: {{query: after, page: p, next: n}}
    c: links
    d: {{page: p, frist: 0}}
    e: {{offset: o, first: 1}}
"
    );
    let found = faults(&text);
    let starts =
        ["the pages of `a` are of none", "the pages of `b` are of none", "`links` is not a form"];
    let starts =
        starts.into_iter().chain(["the pages of `d` has no key `frist`", "the pages of `e` are"]);
    for (fault, start) in found.iter().zip(starts) {
        assert!(fault.split_once(": ").unwrap().1.starts_with(start), "{fault}");
    }
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(found[0].contains("; write `{query: …, next: …}`"), "{}", found[0]);
}

#[test]
fn a_package_is_required() {
    let missing = "`package` is missing, with `name` and `version`";
    assert_eq!(faults("~"), [format!("1:1: {missing}")]);
    assert!(
        faults("[]")
            .contains(&"1:1: the configuration should be an object, but it is an array".to_owned())
    );
    assert_eq!(faults("modules: []"), [format!("1:1: {missing}")]);
    let faults = faults("package: {license: MIT}");
    assert_eq!(
        faults,
        ["1:10: `name` is missing in package", "1:10: `version` is missing in package"]
    );
}

#[test]
fn names_versions_and_addresses_are_checked() {
    let package = |line: &str| {
        let base = [("name", "name: a"), ("version", "version: 1.0.0")];
        let base = base.iter().filter(|(key, _)| !line.starts_with(key)).map(|(_, text)| *text);
        let lines: Vec<_> = base.chain([line]).map(|text| format!("  {text}\n")).collect();
        read(&format!("package:\n{}", lines.concat()))
    };
    let good = [
        "name: a-b_C9",
        "version: 1.2.3-rc.1-x",
        "version: 0.0.0+1.a-b",
        "rust_version: 1.89.0",
        "license: LicenseRef-Acme",
        "keywords: [c++]",
        "categories: ['web-programming::http-client']",
    ];
    for line in good {
        package(line).unwrap_or_else(|faults| panic!("{line}: {faults:?}"));
    }
    let bad = [
        "name: 9a",
        "name: a/b",
        "name: fn",
        "name: std",
        "name: proc-macro",
        "name: ''",
        "name: é",
        "version: '1.0'",
        "version: 1.0.0.0",
        "version: 01.0.0",
        "version: 1.0.0-",
        "version: 1.0.0-01",
        "version: +1.0.0",
        "version: v1.0.0",
        "repository: example.com",
        "homepage: 'https://'",
        "homepage: 'https://a b'",
        "license: 'MIT\"'",
        "keywords: [a, b, c, d, e, f]",
        "keywords: [twenty-one-characters]",
        "categories: [Web]",
        "rust_version: '1'",
        "rust_version: 1.x.0",
        "readme: \"a\\nb\"",
        "description: \"\\e[31m\"",
    ];
    for line in bad {
        assert_eq!(package(line).expect_err(line).len(), 1, "{line}");
    }
}

#[test]
fn dev_dependencies_stay_on_their_line() {
    let section = |value: &str| {
        let quoted = format!("'{}'", value.replace('\'', "''"));
        read(&format!("package:\n  name: a\n  version: 1.0.0\n  dev_dependencies: {{b: {quoted}}}"))
    };
    for good in ["\"1\"", "{ version = \"1}\", features = [\"a\", 'b]'] }", "{ path = \"\\\"}\" }"]
    {
        section(good).unwrap_or_else(|faults| panic!("{good}: {faults:?}"));
    }
    let bad = [
        "1",
        "1.0",
        "\"1\" # x",
        "\"1",
        "{ a = 1",
        "{ a = [1} ]",
        "{} {}",
        "{ a = 'x }",
        "{ # }",
        "\"1\\\"",
    ];
    for bad in bad {
        assert_eq!(section(bad).expect_err(bad).len(), 1, "{bad}");
    }
}

#[test]
fn naming_is_checked() {
    assert!(fault("naming: {group: speakeasy}").contains("not a valid group; it should be"));
    assert!(
        fault("naming: {strip_prefixes: [a.]}")
            .contains("`a.` is not a valid entry of strip_prefixes")
    );
    assert!(fault("naming: {strip_prefixes: [a, a]}").contains("stands twice"));
    assert!(fault("naming: {names: {components: A}}").contains("is not a place in the document"));
    assert!(fault("naming: {names: {'#/a': 'a b'}}").contains("it should be a Rust identifier"));
    assert!(fault("naming: []").contains("naming should be an object, but it is an array"));
    assert!(fault("modules: [../x]").contains("`../x` is not a valid entry of modules"));
}

#[test]
fn enums_are_checked() {
    assert!(fault("enums: {open: marked}").contains("needs a `marker`"));
    assert!(fault("enums: {marker: {x-a: b}}").contains("`marker` has no effect"));
    assert!(
        fault("enums: {open: some}").contains("is not a value of open; known here: all, marked")
    );
    assert!(fault("enums: {open: marked, marker: {a: b}}").contains("not the key of an extension"));
    assert!(fault("enums: {open: marked, marker: {x-a: []}}").contains("but it is an array"));
    assert!(fault("enums: {open: marked, marker: {x-a: 1, x-b: 2}}").contains("exactly one key"));
    assert!(fault("enums: {open: marked, marker: x}").contains("marker should be an object"));
}

#[test]
fn formats_rules_and_filters_are_checked() {
    assert!(fault("formats: {duration: protobuf}").contains("not a value of the type of format"));
    assert!(fault("formats: {byte: base64}").contains("known here: text, date-time"));
    assert!(fault("reading_rules: [protobuf-one-of]").contains("did you mean `protobuf-oneof`?"));
    assert!(fault("reading_rules: [protobuf-oneof, protobuf-oneof]").contains("twice"));
    assert!(
        fault("defaults: fill").contains("not a value of defaults; known here: documented, filled")
    );
    assert!(fault("validate: yes please").contains("validate should be true or false"));
    assert!(fault("derives: [Ord]").contains("`Ord` is not a valid entry of derives"));
    assert!(fault("derives: [Eq, Eq]").contains("twice"));
    assert!(read(&format!("{PACKAGE}derives: [Eq, my_macros::Describe]\n")).is_ok());
    let count = fault("features: {from_operations: -1}");
    assert!(count.contains("`-1` is not a valid from_operations"), "{count}");
    let count = fault("features: {from_operations: many}");
    assert!(count.contains("from_operations should be a whole number"), "{count}");
    assert!(fault("include: [{path: api}]").contains("a path that starts with `/`"));
    assert!(fault("include: [{operations: a}]").contains("did you mean `operation`?"));
    assert!(fault("include: [{}]").contains("an entry of include selects nothing"));
    assert!(fault("exclude: [{method: GET}]").contains("an HTTP method in lower case"));
    assert!(fault("exclude: [{tag: 1}]").contains("tag should be a string"));
    assert!(fault("include: [{tag: }]").contains("tag should be a string, but it is null"));
    assert!(fault("include: [a]").contains("an entry of include should be an object"));
    assert!(fault("include: {tag: a}").contains("include should be an array"));
}
