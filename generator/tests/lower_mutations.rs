//! A document that uses every kind of object, with each of its values replaced by values of other
//! kinds, one at a time: lowering refuses the result or gives what openapiv3 reads.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "support/openapi.rs"]
mod openapi;

use oasmith::diagnostic::Diagnostics;
use oasmith::lower::{Options, ReadingRule, lower};
use oasmith::overlay::{Selection, Selector, filter};
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{self, Node, Value};

const EVERYTHING: &str = include_str!("support/everything.yaml");

/// What takes the place of a value.
const OTHERS: &[&str] = &[
    "null",
    "true",
    "false",
    "7",
    "-1",
    "1.5",
    "1e400",
    "99999999999999999999999",
    "text",
    "''",
    "[]",
    "['']",
    "[null]",
    "[text, 1]",
    "{}",
    "{x-a: 1}",
    "{'': null}",
    "{a: {}}",
    "{a: []}",
    "{type: string}",
    "{type: [object, 'null']}",
    "{$ref: '#/components/schemas/Every'}",
    "{$ref: '#/components/pathItems/Shared'}",
    "{$ref: 1}",
    "{allOf: [{$ref: '#/components/schemas/Every'}]}",
    "{oneOf: [{type: 'null'}], enum: [1, null, a], const: {}}",
];

fn parse(text: &str) -> Node {
    let sources = Sources::root(Source::new("everything.yaml", text));
    yaml::parse(&sources, FileId::default()).unwrap()
}

/// The number of values in a tree.
fn count(node: &Node) -> usize {
    let inside = match &node.value {
        Value::List(nodes) => nodes.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|entry| count(&entry.node)).sum(),
        _ => 0,
    };
    1 + inside
}

/// Replaces the value with this number, counted in the document's order; tells the number that is
/// left when it was not inside, and `None` when it was.
fn replace(node: &mut Node, number: usize, other: &Node) -> Option<usize> {
    if number == 0 {
        node.value = other.value.clone();
        return None;
    }
    let left = Some(number - 1);
    match &mut node.value {
        Value::List(nodes) => {
            nodes.iter_mut().try_fold(left?, |left, node| replace(node, left, other))
        }
        Value::Map(entries) => {
            entries.iter_mut().try_fold(left?, |left, entry| replace(&mut entry.node, left, other))
        }
        _ => left,
    }
}

#[test]
fn every_value_replaced_is_refused_or_read() {
    let options = Options { reading_rules: vec![ReadingRule::ProtobufOneof] };
    let whole = parse(EVERYTHING);
    let mut gaps = Diagnostics::new();
    openapi::read(lower(whole.clone(), &options, &mut gaps).unwrap()).unwrap();

    let selector = Selector { path: Some("/things/**".to_owned()), ..Selector::default() };
    let selection = Selection { include: vec![selector], exclude: Vec::new() };
    let (mut passed, mut failures) = (0, Vec::new());
    for number in 0..count(&whole) {
        for other in OTHERS {
            let mut root = whole.clone();
            assert_eq!(replace(&mut root, number, &parse(other)), None);
            let _ = filter(root.clone(), &selection);
            let lowered = lower(root, &options, &mut Diagnostics::new());
            passed += usize::from(lowered.is_ok());
            if let Some(error) = lowered.ok().and_then(|root| openapi::read(root).err()) {
                failures.push(format!("value {number} as {other}: {error}"));
            }
        }
    }
    assert!(passed > 1_000, "so few pass that nothing was shown");
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// The deepest schemas that are let through, in an operation, with the deepest value inside.
#[test]
fn deep_schemas_are_read() {
    let shapes = [
        ("{not: ", "}"),
        ("{items: ", "}"),
        ("{additionalProperties: ", "}"),
        ("{anyOf: [{type: string}, ", "]}"),
        ("{properties: {a: ", "}}"),
    ];
    let lowered = |open: &str, close: &str, depth: usize, lists: usize| {
        let value = format!("{{default: {}{}}}", "[".repeat(lists), "]".repeat(lists));
        let schema = format!("{}{value}{}", open.repeat(depth), close.repeat(depth));
        let text = format!(
            "{{openapi: 3.1.0, info: {{title: a, version: b}}, paths: {{/a: {{get: {{responses: {{200: \
             {{description: a, content: {{a/b: {{schema: {schema}}}}}}}}}}}}}}}}}"
        );
        let sources = Sources::root(Source::new("deep.yaml", text));
        let root = yaml::parse(&sources, FileId::default()).ok()?;
        lower(root, &Options::default(), &mut Diagnostics::new()).ok()
    };
    for (open, close) in shapes {
        let depth = (1..200).rev().find(|depth| lowered(open, close, *depth, 0).is_some()).unwrap();
        let lists = (0..200).rev().find(|lists| lowered(open, close, depth, *lists).is_some());
        openapi::read(lowered(open, close, depth, lists.unwrap()).unwrap()).unwrap();
    }
}
