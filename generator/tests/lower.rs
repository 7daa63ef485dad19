//! Lowering, one fixture per rule: a document before `---`, and after it what must come out.
//!
//! Each part is put under `components` of a document of 3.1, unless it has its own `openapi` key.
//! Stamps are left out of the comparison; they have a test of their own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::path::Path;

use oasmith::diagnostic::Diagnostics;
use oasmith::lower::{Options, ReadingRule, lower};
use oasmith::source::{FileId, Source, Sources, Span};
use oasmith::yaml::{self, Node, Value};

const FRAME: &str = "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\npaths: {}\ncomponents:\n";

/// Puts a part of a fixture into a whole document.
fn document(part: &str) -> String {
    if part.lines().any(|line| line.starts_with("openapi:")) {
        return part.to_owned();
    }
    let indented = part.lines().map(|line| format!("  {line}\n"));
    indented.fold(FRAME.to_owned(), |text, line| text + &line)
}

fn parse(text: &str) -> Node {
    let sources = Sources::root(Source::new("fixture.yaml", text));
    yaml::parse(&sources, FileId::default()).unwrap()
}

fn options() -> Options {
    Options { reading_rules: vec![ReadingRule::ProtobufOneof] }
}

/// A tree as indented text, without stamps and with sorted keys, since order is not the point here.
fn show(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Map(entries) => {
            let mut entries: Vec<_> =
                entries.iter().filter(|entry| !is_stamp(&entry.key)).collect();
            entries.sort_by(|left, right| left.key.cmp(&right.key));
            if entries.is_empty() {
                writeln!(out, "{indent}{{}}").unwrap();
            }
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

/// Extensions that lowering adds for the model.
const MARKS: &[&str] = &["x-property-names", "x-null", "x-tuple"];

fn is_stamp(key: &str) -> bool {
    matches!(key, "x-at" | "x-places" | "x-enum-places")
}

fn shown(node: &Node) -> String {
    let mut out = String::new();
    show(node, 0, &mut out);
    out
}

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lower");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut failures = Vec::new();
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (before, after) =
            text.split_once("\n---\n").unwrap_or_else(|| panic!("{name}: no ---"));
        let mut gaps = Diagnostics::new();
        let lowered = match lower(parse(&document(before)), &options(), &mut gaps) {
            Ok(lowered) => lowered,
            Err(errors) => {
                let messages = errors.iter().map(|error| error.message.clone());
                failures.push(format!("{name}: {}", messages.collect::<Vec<_>>().join("; ")));
                continue;
            }
        };
        let expected = document(after).replacen("openapi: 3.1.0", "openapi: 3.0.3", 1);
        let (found, expected) = (shown(&lowered), shown(&parse(&expected)));
        if found != expected {
            failures.push(format!("{name}: found\n{found}\nbut expected\n{expected}"));
        }
    }
    assert!(paths.len() > 20, "fixtures are missing");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Takes away what only lowering may write, since a document with it is told to leave it out.
fn without_marks(mut node: Node) -> Node {
    match &mut node.value {
        Value::Map(entries) => {
            entries.retain(|entry| !MARKS.contains(&&*entry.key));
            for entry in entries {
                let value = std::mem::replace(&mut entry.node.value, Value::Null);
                entry.node = without_marks(Node::new(entry.node.span, value));
            }
        }
        Value::List(nodes) => {
            for node in nodes {
                let value = std::mem::replace(&mut node.value, Value::Null);
                *node = without_marks(Node::new(node.span, value));
            }
        }
        _ => {}
    }
    node
}

/// What is lowered once stays as it is.
#[test]
fn lowered_documents_are_lowered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lower");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        // A lowered reference holds the name as it is, so a `/` in it is no longer written `~1`.
        // Without its mark, a tuple of one is a choice of one.
        if path.ends_with("encoded-references.yaml") || path.ends_with("prefix-items.yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, _) = text.split_once("\n---\n").unwrap();
        let once = lower(parse(&document(before)), &options(), &mut Diagnostics::new()).unwrap();
        let once = without_marks(once);
        let shown_once = shown(&once);
        let twice = lower(once, &options(), &mut Diagnostics::new()).unwrap();
        assert_eq!(shown(&twice), shown_once, "{}", path.display());
    }
}

const PETS: &str = r"openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters:
        - name: kind
          in: query
          schema: {type: string}
      responses:
        200:
          description: Fine.
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner:
      enum: [first, second]
";

/// The text at the place of a stamp.
fn stamped<'a>(text: &'a str, stamp: &Node) -> &'a str {
    let numbers = stamp.as_list().unwrap().iter().map(|node| match &node.value {
        Value::Number(text) => text.parse::<usize>().unwrap(),
        other => panic!("{other:?}"),
    });
    let numbers: Vec<usize> = numbers.collect();
    assert_eq!(numbers[0], 0, "the file");
    &text[numbers[1]..numbers[2]]
}

fn at<'a>(root: &'a Node, path: &[&str]) -> &'a Node {
    path.iter().fold(root, |node, step| match (&node.value, step.parse::<usize>()) {
        (Value::List(nodes), Ok(index)) => &nodes[index],
        _ => node.get(step).unwrap_or_else(|| panic!("no {step} of {path:?}")),
    })
}

#[test]
fn objects_carry_their_places() {
    let root = lower(parse(PETS), &options(), &mut Diagnostics::new()).unwrap();
    let place = |path: &[&str]| stamped(PETS, at(&root, path));
    assert_eq!(place(&["x-at"]), "openapi: 3.1.0");
    assert_eq!(place(&["paths", "/pets", "x-at"]), "/pets");
    assert_eq!(place(&["paths", "/pets", "get", "x-at"]), "get");
    assert_eq!(place(&["paths", "/pets", "get", "parameters", "0", "x-at"]), "name: kind");
    assert_eq!(place(&["paths", "/pets", "get", "responses", "200", "x-at"]), "200");

    let pet = ["components", "schemas", "Pet"];
    assert_eq!(place(&[&pet[..], &["x-at"]].concat()), "Pet");
    assert_eq!(place(&[&pet[..], &["properties", "name", "x-at"]].concat()), "name");
    assert_eq!(place(&[&pet[..], &["x-places", "0"]].concat()), "name");
    assert_eq!(place(&[&pet[..], &["x-places", "1"]].concat()), "owner");
    let owner = at(&root, &["components", "schemas", "Pet", "properties", "owner"]);
    assert_eq!(owner.as_map().unwrap().len(), 1, "a reference has no slot for a stamp");
    let values = ["components", "schemas", "Owner", "x-enum-places"];
    assert_eq!(place(&[&values[..], &["0"]].concat()), "first");
    assert_eq!(place(&[&values[..], &["1"]].concat()), "second");
}

/// Deep trees are an error, long before the stack of a test's thread is used up.
#[test]
fn deep_documents_do_not_overflow() {
    let mut node = Node::new(Span::default(), Value::Map(Vec::new()));
    for _ in 0..2_000 {
        let entry = yaml::Entry { key: "not".into(), key_span: Span::default(), node };
        node = Node::new(Span::default(), Value::Map(vec![entry]));
    }
    let mut root = parse(&document("schemas: {Deep: {}}"));
    let Value::Map(entries) = &mut root.value else { panic!() };
    let components = entries.iter_mut().find(|entry| &*entry.key == "components").unwrap();
    let Value::Map(sections) = &mut components.node.value else { panic!() };
    let Value::Map(schemas) = &mut sections[0].node.value else { panic!() };
    schemas[0].node = node;
    let errors = lower(root, &options(), &mut Diagnostics::new()).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(codes, ["limit-depth"]);
}

#[test]
fn a_path_item_used_without_end_is_refused() {
    let mut text = String::from("openapi: 3.1.0\ninfo: {title: Test, version: '1'}\npaths:\n");
    for number in 0..2_000 {
        writeln!(text, "  /{number}: {{$ref: '#/components/pathItems/Big'}}").unwrap();
    }
    text.push_str("components:\n  pathItems:\n    Big:\n      x-big:\n");
    for number in 0..2_000 {
        writeln!(text, "        - {number}").unwrap();
    }
    let errors = lower(parse(&text), &options(), &mut Diagnostics::new()).unwrap_err();
    let codes: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(codes, ["limit-aliases"]);
}
