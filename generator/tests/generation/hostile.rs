//! A document whose every text tries to leave its place. The crate must compile all the same
//! ([`compile`](super::compile)), execute nothing and lie in its folder.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use serde_json::{Map, Value, json};

use super::document::Document;
use super::items;

/// Texts that mean something to Rust, Markdown, TOML, a shell, a file system or a terminal.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\"quoted\"",
    "it's",
    "\"#",
    "r#\"raw\"#",
    "\\",
    "a\\",
    "\\\\[x]",
    "\\[a](https://example.com)",
    "\\`x\\`",
    "*/ fn main() { panic!() } /*",
    "*/",
    "/// doc",
    "//! inner",
    "/",
    "//",
    "#[no_mangle]",
    "#![allow(warnings)]",
    "![warn(warnings)]",
    "]; panic!(); [",
    "\n#[path = \"/etc/passwd\"]\nmod x;",
    "```\npanic!();\n```",
    "```rust\npanic!();\n```",
    "```json,rust\npanic!();\n```",
    "```should_panic\npanic!();\n",
    "`````\n```\npanic!();\n```",
    "~~~\npanic!();\n~~~",
    "text\n~~~~rust\npanic!();\n~~~~",
    "> ```\n> panic!();\n> ```",
    "> ~~~\n> panic!();\n> ~~~",
    "> > ~~~\n> > panic!();\n> > ~~~",
    "- ~~~\n  panic!();\n  ~~~",
    "1. ```\n   panic!();\n   ```",
    "1) ~~~\n   panic!();\n   ~~~",
    "* - ~~~\n    panic!();\n    ~~~",
    "-     panic!();",
    "- \tpanic!();",
    ">     panic!();",
    "> >     panic!();",
    "12.     panic!();",
    "text\n\n    panic!();\n\ttext",
    "- text\n\n      panic!();\n\n          panic!();",
    "first\r\nsecond\rthird",
    "a\u{b}b\u{c}c\u{1c}d\u{85}e\u{2028}f\u{2029}g",
    "\u{202e}sdrawkcab\u{202c}\u{2066}x\u{2069}",
    "\u{0}",
    "\u{1}\u{7f}\u{1b}[31m",
    "\u{feff}mark",
    "\u{200b}",
    "../../x",
    "..",
    ".",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\con",
    "con",
    "NUL",
    "com1",
    "lib",
    "main",
    "mod",
    "${HOME}",
    "$(touch x)",
    "; rm -rf x",
    "%s%n%00",
    "<script>alert(1)</script>",
    "<b",
    "&lt;&#96;",
    "[link](javascript:alert(1))",
    "[`Client`] [crate::Client] [x]: http://example.com",
    "[x][y] ![image](https://example.com/a.png)",
    "https://example.com/<b>, http://example.com/a_b* or www.example.com.",
    "<https://example.com>",
    "| a | b |\n| --- | --- |\n| c | d |",
    "title\n=====\n# heading\n---",
    "[^1]: note",
    "self",
    "Self",
    "super",
    "crate",
    "_",
    "__",
    "r#type",
    "async",
    "1",
    "-1",
    "+1",
    "1.5e3",
    "true",
    "null",
    "🦀",
    "👨\u{200d}👩\u{200d}👧",
    "日本語",
    "한국어",
    "\u{1112}\u{1161}\u{11ab}",
    "Ünïcödé",
    "e\u{301}",
    "Å",
    "\u{212b}",
    "K",
    "\u{212a}",
    "ǆ",
    "ª",
    "ß",
    "ﬁ",
    "арр",
    "app",
    "APP",
    "Ⅷ",
    "x²",
];

/// What `generator.yaml` says that the crate is.
pub(crate) const DESCRIPTION: &str =
    "\"Quoted\", 'quoted', \"\"\", C:\\x, \u{202e}sdrawkcab\u{202c}, 日本, $x, # no comment";

/// A text beyond the length of any file's name.
fn long() -> String {
    "long ".repeat(2_000)
}

fn texts() -> Vec<String> {
    TEXTS.iter().map(ToString::to_string).chain([long()]).collect()
}

/// The document, with each text in each place that takes one.
pub(crate) fn document() -> Document {
    let texts = texts();
    let enumeration = json!({"type": "string", "enum": texts, "description": all(&texts)});
    let properties: Map<String, Value> =
        texts.iter().map(|text| (text.clone(), property(text))).collect();
    let mut schemas: Map<String, Value> =
        texts.iter().map(|text| (text.clone(), schema(text))).collect();
    schemas.insert("Texts".to_owned(), enumeration);
    schemas.insert("Keys".to_owned(), json!({"type": "object", "properties": properties}));
    let members: Vec<&String> = texts.iter().collect();
    let groups: Map<String, Value> =
        texts.iter().map(|text| (text.clone(), json!(members))).take(40).collect();
    schemas.insert(
        "Groups".to_owned(),
        json!({"type": "object", "properties": properties, "x-oneof-groups": groups}),
    );
    let mut paths = Map::new();
    for (number, text) in texts.iter().enumerate() {
        let path = format!("/{number}/{}", text.replace(['{', '}'], "*"));
        paths.insert(path, json!({"get": operation(text, number)}));
    }
    let everything: Vec<Value> = texts.iter().map(|text| parameter(text)).collect();
    let everything = json!({
        "operationId": "everything",
        "parameters": everything,
        "responses": {"204": {"description": all(&texts)}},
    });
    paths.insert("/everything".to_owned(), json!({"post": everything}));
    let tags: Vec<Value> =
        texts.iter().map(|text| json!({"name": text, "description": text})).collect();
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "*/ \"t\"\n```\npanic!();\n```\n    x", "version": "\"#", "description": all(&texts)},
        "servers": [server(&texts)],
        "tags": tags,
        "paths": paths,
        "components": {"schemas": schemas},
    });
    let (description, homepage) = (json!(DESCRIPTION), json!("https://example.com/'\"\"\"#"));
    let config = format!(
        "package: {{name: hostile, version: 0.1.0, description: {description}, homepage: {homepage}}}\n\
         naming: {{group: x-group, method: x-method, type: x-type}}\n"
    );
    Document::new("hostile", document.to_string()).with_config(config)
}

/// All texts, a paragraph each.
fn all(texts: &[String]) -> String {
    texts.join("\n\n")
}

fn property(text: &str) -> Value {
    json!({"type": "string", "title": text, "description": text})
}

fn schema(text: &str) -> Value {
    json!({
        "type": "object",
        "title": text,
        "description": text,
        "x-type": text,
        "properties": {
            text: {"type": "object", "properties": {text: {"type": "string", "enum": [text]}}},
            "id": {"type": "string", "description": text},
        },
    })
}

fn parameter(text: &str) -> Value {
    json!({"name": text, "in": "query", "description": text, "schema": {"type": "string", "enum": [text]}})
}

fn operation(text: &str, number: usize) -> Value {
    json!({
        "operationId": format!("{text}{number}"),
        "summary": text,
        "description": text,
        "tags": [text],
        "x-method": text,
        "x-group": if number.is_multiple_of(3) { text } else { "Together" },
        "parameters": [{"name": "needed", "in": "query", "required": true, "schema": {"type": "integer"}}, parameter(text)],
        "requestBody": {"description": text, "content": {"application/json": {"schema": property(text)}}},
        "responses": {"204": {"description": text}},
    })
}

fn server(texts: &[String]) -> Value {
    let plain: Vec<&String> = texts.iter().filter(|text| !text.contains(['{', '}'])).collect();
    let url = plain.iter().map(|text| format!("{{{text}}}")).collect::<Vec<_>>().join("/");
    let variables: Map<String, Value> = plain
        .iter()
        .map(|text| ((*text).clone(), json!({"default": text, "description": text})))
        .collect();
    json!({"url": format!("https://example.com/{url}"), "description": all(texts), "variables": variables})
}

#[test]
fn files_stay_in_the_folder() {
    for (path, _) in document().generate().files.iter() {
        for step in path.split('/') {
            let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '.');
            let hidden = step.starts_with('.') || step.is_empty() || step.len() > 200;
            assert!(step.chars().all(plain) && !hidden, "{path}");
        }
        let fixed = ["Cargo.toml", "rustfmt.toml", "GAPS.md"];
        assert!(fixed.contains(&path) || path.starts_with("src/"), "{path}");
    }
}

#[test]
fn only_our_own_attributes_are_there() {
    let known = ["allow", "derive", "deprecated", "doc", "must_use", "non_exhaustive"];
    for (path, file) in items::parsed(&document().generate().files) {
        let mut found = BTreeSet::new();
        attributes(file.to_token_stream(), &mut found);
        found.retain(|attribute| !known.contains(&attribute.as_str()));
        // That of `pub use reqwest`, which is not there for WebAssembly.
        if path == "src/lib.rs" {
            found.remove("cfg");
        }
        assert!(found.is_empty(), "{path}: {found:?}");
        let modules = file.items.iter().filter(|item| matches!(item, syn::Item::Mod(_)));
        assert!(modules.count() == 0 || path.ends_with("mod.rs") || path == "src/lib.rs", "{path}");
    }
}

/// The first word of each `#[…]` and `#![…]`, at any depth.
fn attributes(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut sign = false;
    for token in tokens {
        match token {
            TokenTree::Punct(mark) => {
                sign = mark.as_char() == '#' || (sign && mark.as_char() == '!');
            }
            TokenTree::Group(group) => {
                if sign && group.delimiter() == proc_macro2::Delimiter::Bracket {
                    let first = group.stream().into_iter().next();
                    found.extend(first.map(|first| first.to_string()));
                }
                sign = false;
                attributes(group.stream(), found);
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => sign = false,
        }
    }
}

/// The line that starts the example of a method. The document has no such line.
const EXAMPLE: &str = "\" ```no_run\"";

/// All documentation of the crate but our own examples, each piece on a module of its own.
pub(crate) fn documentation() -> String {
    let mut pieces = Vec::new();
    for (_, file) in items::parsed(&document().generate().files) {
        pieces_of(file.to_token_stream(), &mut Vec::new(), &mut pieces);
    }
    let modules = pieces.iter().enumerate().map(|(number, piece)| {
        let mut is_example = false;
        let lines = piece.iter().filter(|line| {
            let starts = **line == EXAMPLE;
            let was = is_example;
            is_example = starts || (was && **line != "\" ```\"");
            !starts && !was
        });
        let lines: String = lines.flat_map(|line| ["#[doc = ", line, "]\n"]).collect();
        format!("{lines}pub mod piece_{number} {{}}\n")
    });
    let about = "//! All documentation of a crate and none of its code.\n".to_owned();
    std::iter::once(about).chain(modules).collect()
}

/// The literals of `doc` attributes that follow each other, at any depth.
fn pieces_of(tokens: TokenStream, piece: &mut Vec<String>, pieces: &mut Vec<Vec<String>>) {
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            if !matches!(&token, TokenTree::Punct(mark) if matches!(mark.as_char(), '#' | '!')) {
                pieces.extend(Some(std::mem::take(piece)).filter(|piece| !piece.is_empty()));
            }
            continue;
        };
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        match inside.as_slice() {
            [TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Literal(line)]
                if word == "doc" =>
            {
                piece.push(line.to_string());
            }
            _ => {
                pieces.extend(Some(std::mem::take(piece)).filter(|piece| !piece.is_empty()));
                pieces_of(group.stream(), &mut Vec::new(), pieces);
            }
        }
    }
}
