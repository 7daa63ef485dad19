//! Reading never panics, and every place lies in the text, whatever the text is.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use oasmith::diagnostic::Diagnostics;
use oasmith::source::{FileId, Source, Sources, Span};
use oasmith::yaml::{Node, Value, parse};
use proptest::prelude::*;

const SEEDS: [&str; 4] = [
    "openapi: 3.1.0\ninfo: &i {title: \"é\\u00e9\", version: '1'} # ü\npaths:\n  /a/{b}:\n    get:\n      \
     tags: [x, *i]\n      description: |\n        one\n\n        two\n      <<: *i\n",
    "{\"openapi\": \"3.0.0\", \"a\\/b\": [1, -2.5e3, null, true, \"\\ud83d\\ude00\"], \"é\": {\"x\": {}}}",
    "- !!str 12\n- ? k\n  : >-\n    folded\n    text\n- [a: 1, {b, c: }, 'd':[]]\n-\n- &x y\n- *x\n",
    "%YAML 1.2\n---\na: \"b\n  c\"\nplain text\n  over lines: 'x'\n...\n# end\n",
];

/// What a mutation puts in: all that has a meaning, and characters of each length.
const PIECES: [&str; 40] = [
    "\t", "\n", " ", "  ", "\r\n", "\r", ":", ": ", "- ", "-", "? ", "[", "]", "{", "}", ",", "#",
    " #", "&a", "*a", "!", "!!str ", "!<x>", "|", ">", "|2-\n", "'", "\"", "\\", "\\u12", "%", "@",
    "`", "---\n", "...\n", "é", "漢", "😀", "\u{feff}", "\0",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES.to_vec());
    let change = (any::<prop::sample::Index>(), 0_usize..4, piece.clone());
    let mutated = (prop::sample::select(SEEDS.to_vec()), prop::collection::vec(change, 0..6))
        .prop_map(|(seed, changes)| {
            let mut text: Vec<char> = seed.chars().collect();
            for (place, removed, piece) in changes {
                let at = place.index(text.len() + 1);
                let end = (at + removed).min(text.len());
                text.splice(at..end, piece.chars());
            }
            text.into_iter().collect()
        });
    let pieces = prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => mutated, 3 => pieces, 1 => any::<String>()]
}

fn check(span: Span, text: &str) {
    assert!(span.start <= span.end, "{span:?}");
    assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text:?}");
}

/// Checks all places of a tree, and that plain parts stand where they say.
fn check_node(node: &Node, text: &str) {
    check(node.span, text);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| check_node(item, text)),
        Value::Map(entries) => {
            for entry in entries {
                check(entry.key_span, text);
                check_node(&entry.node, text);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn check_found(found: &Diagnostics, sources: &Sources, text: &str) {
    assert!(!found.is_empty());
    for one in found {
        one.span
            .iter()
            .chain(one.related.iter().map(|(span, _)| span))
            .for_each(|span| check(*span, text));
    }
    assert!(!found.render_human(sources).contains('\0'));
    for line in found.render_json(sources).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in text()) {
        let sources = Sources::root(Source::new("a.yaml", text));
        let text = &sources.get(FileId(0)).unwrap().text;
        match parse(&sources, FileId(0)) {
            Ok(node) => check_node(&node, text),
            Err(found) => check_found(&found, &sources, text),
        }
    }
}
