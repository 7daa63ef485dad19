//! A crate for each part of the runtime that not every crate has: it must need nothing else, and
//! hold nothing that it does not use, of which the compiler warns.

use super::document::Document;

/// For each part, an operation that has a use for it.
const OPERATIONS: &[(&str, &str)] = &[
    (
        "style",
        "parameters: [{name: a, in: query, schema: {type: array, items: {type: integer}}}], responses: {}",
    ),
    (
        "form",
        "requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}, responses: {}",
    ),
    ("own_server", "servers: [{url: 'https://own.example.com'}], responses: {}"),
    ("body", "requestBody: {content: {image/png: {}}}, responses: {}"),
    ("multipart", "requestBody: {content: {multipart/form-data: {}}}, responses: {}"),
    ("text", "responses: {200: {description: a, content: {text/plain: {}}}}"),
    ("headers", "responses: {200: {description: a, headers: {A: {schema: {type: string}}}}}"),
    (
        "optional",
        "responses: {200: {description: a, content: {application/json: {}}}, 204: {description: b}}",
    ),
    ("download", "responses: {200: {description: a, content: {image/png: {}}}}"),
    ("lines", "responses: {200: {description: a, content: {application/jsonl: {}}}}"),
    (
        "events",
        "responses: {200: {description: a, content: {text/event-stream: {schema: {type: integer}}}}}",
    ),
    (
        "choice",
        "responses: {200: {description: a, content: {application/json: {}}}, \
         202: {description: b, content: {application/json: {schema: {type: string}}}}}",
    ),
];

/// A document for each part.
pub(crate) fn documents() -> Vec<Document> {
    let documents = OPERATIONS.iter().map(|(part, operation)| {
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: {part}, version: '1'}}\n\
             paths: {{/a: {{post: {{operationId: a, {operation}}}}}}}\n"
        );
        Document::new(&format!("part-{part}"), text)
    });
    documents.collect()
}

#[test]
fn a_crate_has_the_parts_that_it_uses() {
    for (document, (part, _)) in documents().iter().zip(OPERATIONS) {
        let files = document.generate().files;
        let has =
            |file: &str| files.iter().any(|(path, _)| path == format!("src/runtime/{file}.rs"));
        assert!(has(part), "{part}");
        assert!(!has("multipart") || *part == "multipart", "{part}");
        assert!(!has("events") || *part == "events", "{part}");
        let manifest = files.iter().find(|(path, _)| *path == "Cargo.toml").unwrap().1;
        let streams = ["body", "multipart", "download", "lines", "events"].contains(part);
        assert_eq!(manifest.contains("futures-core"), streams, "{part}");
        assert!(!manifest.contains("part:"), "{manifest}");
    }
}

/// Groups and levels make way for the features of every crate.
#[test]
fn the_features_of_the_runtime_are_in_every_crate() {
    let features = |text: &str, config: &str| {
        let files = Document::new("features", text).with_config(config.to_owned()).generate().files;
        let manifest = files.get("Cargo.toml").unwrap();
        let section = manifest.split_once("\n[features]\n").unwrap().1.split("\n[").next().unwrap();
        let names = section.lines().filter_map(|line| line.split_once(" = "));
        names.map(|(name, _)| name.to_owned()).collect::<Vec<String>>()
    };
    let head = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\n";
    let own = features(&format!("{head}paths: {{}}\n"), "");
    assert!(own.contains(&"tracing".to_owned()), "{own:?}");
    let operation = |at: usize, name: &str| {
        format!(
            "  /a{at}: {{get: {{operationId: a{at}, tags: [{name}], responses: {{}}}}}}\n  \
                 /b{at}: {{get: {{operationId: b{at}, x-level: {name}, responses: {{}}}}}}\n"
        )
    };
    let paths: String = own.iter().enumerate().map(|(at, name)| operation(at, name)).collect();
    let config = "features: {from_operations: 1, stability: x-level}\n";
    let mut all = features(&format!("{head}paths:\n{paths}"), config);
    assert_eq!(all.len(), 3 * own.len() + "default, full, _default".split(", ").count());
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 3 * own.len() + 3, "{all:?}");
}

#[test]
fn a_crate_depends_on_what_its_formats_need() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents: {schemas: \
                {A: {type: object, properties: {\
                a: {type: string, format: uuid}, b: {type: string, format: decimal}, \
                c: {type: string, format: password}, d: {type: string, format: uri}}}}}\n";
    let files = |config: &str| {
        let files = Document::new("formats", text).with_config(config.to_owned()).generate().files;
        files.iter().flat_map(|(path, text)| [path, "\n", text]).collect::<String>()
    };
    let plain = files("");
    let dependencies = ["\nuuid = ", "\nrust_decimal = ", "mod url_text"];
    assert!(dependencies.iter().all(|one| !plain.contains(one)), "without being asked");
    assert!(plain.contains("src/runtime/secret.rs\n"), "a password is a secret");
    let asked = files("formats: {uuid: uuid, uri: url, decimal: decimal, password: text}\n");
    assert!(dependencies.iter().all(|one| asked.contains(one)), "{dependencies:?}");
    assert!(!asked.contains("src/runtime/secret.rs\n"), "unless told otherwise");
}

/// What only WebAssembly needs, or does not have, is in a table for its target, behind those of every
/// target, to which the dependencies of `generator.yaml` belong.
#[test]
fn dependencies_for_some_targets_have_tables_of_their_own() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n";
    let config = "package: {name: a, version: 0.1.0, dependencies: {geo: '\"1\"'}}\n".to_owned();
    let files = Document::new("targets", text).with_config(config).generate().files;
    let manifest = files.get("Cargo.toml").unwrap();
    let tables: Vec<&str> = manifest.split("\n[").collect();
    let holding = |name: &str| {
        let line = format!("\n{name} = ");
        let holding = tables.iter().filter(|table| table.contains(&line));
        holding.map(|table| table.split_once("]\n").unwrap().0).collect::<Vec<&str>>()
    };
    let wasm = "all(target_family = \"wasm\", target_os = \"unknown\")";
    assert_eq!(holding("geo"), ["dependencies"]);
    assert_eq!(holding("tokio"), ["dependencies"]);
    assert_eq!(holding("reqwest"), [format!("target.'cfg(not({wasm}))'.dependencies")]);
    assert_eq!(holding("web-sys"), [format!("target.'cfg({wasm})'.dependencies")]);
    assert_eq!(manifest.matches("optional = true").count(), 2, "{manifest}");
}

#[test]
fn a_crate_signs_with_keys_where_it_is_asked_to() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n";
    for (config, expected) in
        [("", false), ("private_key_jwt: true\n", true), ("modules: [c1]\n", true)]
    {
        let document = Document::new("keys", text).with_config(config.to_owned());
        let files = document.generate().files;
        let text = |path: &str| files.iter().find(|(one, _)| *one == path).map(|(_, text)| text);
        assert_eq!(text("Cargo.toml").unwrap().contains("ed25519-dalek"), expected);
        let rust = files.iter().filter(|(path, _)| path.starts_with("src/runtime/"));
        let rust = rust.map(|(_, text)| text).collect::<String>();
        for trace in ["PrivateKeyJwt", "ed25519", "mod jwk", "Correction"] {
            assert_eq!(rust.contains(trace), expected, "{trace}");
        }
        assert!(!rust.contains("part: "), "{config}");
    }
}

#[test]
fn what_is_chosen_of_other_crates_is_named_in_full() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents: {schemas: \
                {A: {type: object, properties: {b: {type: number}}}}}\n";
    let config = "types: {'#/components/schemas/A/properties/b': my_types::Price}\n\
                  derives: [Eq, my_macros::Describe]\n";
    let files = Document::new("foreign", text).with_config(config.to_owned()).generate().files;
    let model = files.iter().find(|(path, _)| *path == "src/models/a.rs").unwrap().1;
    assert!(model.contains("pub b: Option<::my_types::Price>"), "{model}");
    let derive = "#[derive(Clone, Debug, Default, PartialEq, ::my_macros::Describe)]";
    assert!(model.contains(derive), "of `my_types::Price`, `Eq` is not known: {model}");
}
