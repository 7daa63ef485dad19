//! Overlays: the rules of OpenAPI Overlay 1.0 and 1.1, each with a document before and after.
//!
//! A fixture has a document behind `=== document`, actions behind `=== actions 1.1` (or whole
//! overlays behind `=== overlay`), and what comes out behind `=== result`, or the errors behind
//! `=== found`. `UPDATE=1` writes the latter anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::path::Path;

use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::overlay::apply;
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{self, Node, Value};

fn parse(text: &str) -> Node {
    let sources = Sources::root(Source::new("overlay.yaml", text));
    let parsed = yaml::parse(&sources, FileId::default());
    parsed.unwrap_or_else(|faults| panic!("{}\n{text}", faults.render_human(&sources)))
}

fn show(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                writeln!(out, "{indent}{}:", entry.key).unwrap();
                show(&entry.node, depth + 1, out);
            }
        }
        Value::List(nodes) => {
            for node in nodes {
                writeln!(out, "{indent}-").unwrap();
                show(node, depth + 1, out);
            }
        }
        scalar => writeln!(out, "{indent}{scalar:?}").unwrap(),
    }
}

fn shown(node: &Node) -> String {
    let mut out = String::new();
    show(node, 0, &mut out);
    out
}

/// The overlay of a part: actions get the frame that all overlays need.
fn overlay(kind: &str, text: &str) -> String {
    match kind.strip_prefix("actions ") {
        Some(version) => {
            format!(
                "{{overlay: {version}.0, info: {{title: T, version: '1'}}, actions: [\n{text}]}}\n"
            )
        }
        None => text.to_owned(),
    }
}

fn listed(errors: &Diagnostics, text: &str) -> String {
    let source = Source::new("overlay.yaml", text);
    let lines = errors.iter().map(|error| {
        let span = error.span.unwrap();
        let (line, column) = source.position(span.start);
        format!("{line}:{column} [{}] {}\n", error.code, error.message)
    });
    lines.collect()
}

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlay");
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let parts = text.split("=== ").skip(1).map(|part| part.split_once('\n').unwrap());
        let (mut node, mut found) = (parse("{}"), String::new());
        for (kind, part) in parts {
            match kind {
                "document" => node = parse(part),
                "result" if shown(&node) == shown(&parse(part)) => {}
                "result" => failures.push(format!("{}:\n{}{found}", path.display(), shown(&node))),
                "found" if found == part => {}
                "found" if std::env::var_os("UPDATE").is_some() => {
                    std::fs::write(&path, text.strip_suffix(part).unwrap().to_owned() + &found)
                        .unwrap();
                }
                "found" => failures.push(format!("{}:\n{found}", path.display())),
                kind => {
                    let text = overlay(kind, part);
                    match apply(node.clone(), &parse(&text)) {
                        Ok(changed) => node = changed,
                        Err(errors) => found += &listed(&errors, &text),
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "found something else:\n{}", failures.join("\n"));
}

/// What an overlay adds keeps its place in the overlay, and what it leaves its own.
#[test]
fn places_are_those_of_the_texts() {
    let mut sources = Sources::root(Source::new("openapi.yaml", "{info: {title: A}}"));
    let text = overlay("actions 1.1", "{target: $.info, update: {title: B, version: '1'}}");
    let file = sources.add_overlay(Source::new("overlay.yaml", text));
    let root = yaml::parse(&sources, FileId::default()).unwrap();
    let changed = apply(root, &yaml::parse(&sources, file).unwrap()).unwrap();
    let info = changed.get("info").unwrap();
    assert_eq!(info.span.file, FileId::default());
    assert_eq!(info.entry("title").unwrap().key_span.file, FileId::default());
    assert_eq!(info.get("title").unwrap().span.file, file);
    assert_eq!(info.entry("version").unwrap().key_span.file, file);
}

/// Copies of copies grow without end, and so does their depth.
#[test]
fn growth_is_bounded() {
    let times = |action: &str, count: usize| vec![action; count].join(",\n");
    let codes = |document: &str, actions: &str| {
        let changed = apply(parse(document), &parse(&overlay("actions 1.1", actions)));
        let errors = changed.err().unwrap_or_default();
        errors.iter().map(|error| error.code).collect::<Vec<_>>()
    };
    let doubled = times("{target: $.a, copy: $.a}", 40);
    assert_eq!(codes("{a: [1]}", &doubled), [Code::LimitAliases]);
    let deeper = times("{target: $.a, copy: $.b}, {target: $.b.c, copy: $.a}", 140);
    assert_eq!(codes("{a: {}, b: {c: {}}}", &deeper), [Code::LimitDepth]);
}

/// An overlay with many actions costs each of them what it selects, not the whole document.
#[test]
fn each_action_sees_those_before_it() {
    let document: String = std::iter::once("a:\n".to_owned())
        .chain((0..2_000).map(|at| format!("  k{at}: {{}}\n")))
        .collect();
    let actions = (0..500).map(|at| format!("{{target: $.a.k{at}, update: {{x: {at}}}}},\n{{target: '$.a[?@.x == {at}]', update: {{y: 1}}}},\n"));
    let actions: String = actions.collect();
    let changed = apply(parse(&document), &parse(&overlay("actions 1.0", &actions))).unwrap();
    let all = changed.get("a").and_then(Node::as_map).unwrap();
    assert_eq!(all.iter().filter(|entry| entry.node.get("y").is_some()).count(), 500);
}
