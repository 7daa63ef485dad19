//! Reading YAML and JSON: what values mean, where they stand, and what is refused.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

use std::fmt::Write;

use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{Entry, Node, Value, bounds, parse};

fn read(text: &str) -> Result<Node, Diagnostics> {
    parse(&sources(text), FileId(0))
}

fn sources(text: &str) -> Sources {
    Sources::root(Source::new("api.yaml", text))
}

/// A tree as JSON text.
fn json(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => serde_json::to_string(text).unwrap(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(json).collect();
            format!("[{}]", items.join(","))
        }
        Value::Map(entries) => {
            let entry = |entry: &Entry| format!("{:?}:{}", entry.key, json(&entry.node));
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

/// The code, line and column of the first diagnostic.
fn fault(text: &str) -> (Code, usize, usize) {
    let sources = sources(text);
    let found = parse(&sources, FileId(0)).expect_err("the text is bad");
    let first = found.iter().next().unwrap();
    let source = sources.get(FileId(0)).unwrap();
    let (line, column) = source.position(first.span.unwrap().start);
    (first.code, line, column)
}

#[test]
fn values_follow_the_core_schema() {
    let table = [
        ("~", "null"),
        ("NULL", "null"),
        ("nUll", r#""nUll""#),
        ("True", "true"),
        ("FALSE", "false"),
        ("yes", r#""yes""#),
        ("on", r#""on""#),
        ("2024-01-31", r#""2024-01-31""#),
        ("12", "12"),
        ("+12", "12"),
        ("-0", "-0"),
        ("007", "7"),
        ("0o17", "15"),
        ("0xFf", "255"),
        ("-0x1", r#""-0x1""#),
        ("1_000", r#""1_000""#),
        ("1.50", "1.50"),
        ("-.5", "-0.5"),
        ("5.", "5.0"),
        ("1e3", "1e3"),
        ("1e", r#""1e""#),
        (".", r#"".""#),
        ("-", "[null]"),
        ("1.2.3", r#""1.2.3""#),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("'12'", r#""12""#),
        ("\"tr\\u0075e\"", r#""true""#),
        ("!!str 12", r#""12""#),
        ("! 12", r#""12""#),
        ("!!int '12'", "12"),
        ("!!float 1", "1"),
        ("!!null ''", "null"),
        ("!<tag:yaml.org,2002:str> true", r#""true""#),
        ("!!map {a: !!seq [1]}", r#"{"a":[1]}"#),
        ("|\n a\n  b\n", r#""a\n b\n""#),
        (">-\n a\n b\n", r#""a b""#),
        ("a:\n- 1\n-\n- b", r#"{"a":[1,null,"b"]}"#),
        ("{a, b: , 'c':1, \"d\":[]}", r#"{"a":null,"b":null,"c":1,"d":[]}"#),
        ("[a: 1, {}]", r#"[{"a":1},{}]"#),
    ];
    for (text, expected) in table {
        assert_eq!(json(&read(text).expect(text)), expected, "{text}");
    }
}

#[test]
fn keys_are_texts_as_written() {
    let text = "200: a\ntrue: b\n1.0: c\n~: d\n'200 ': e\n? f\n: g\n!!str 5: h\n&k i: *k\n";
    let expected = r#"{"200":"a","true":"b","1.0":"c","~":"d","200 ":"e","f":"g","5":"h","i":"i"}"#;
    assert_eq!(json(&read(text).unwrap()), expected);
}

#[test]
fn aliases_are_copied() {
    let node = read("a: &x {b: [1]}\nc: *x\n").unwrap();
    assert_eq!(json(&node), r#"{"a":{"b":[1]},"c":{"b":[1]}}"#);
    let redefined = read("a: &x 1\nb: &x 2\nc: *x\n").unwrap();
    assert_eq!(json(&redefined), r#"{"a":1,"b":2,"c":2}"#);
    let key = read("a: &x name\n*x : 1\n").unwrap();
    assert_eq!(json(&key), r#"{"a":"name","name":1}"#);
}

#[test]
fn merge_keys_give_way_to_written_keys() {
    let text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {<<: *a, y: 9}\nd: {w: 0, <<: [*a, *b]}\n\
                e: {'<<': 1}\n";
    let expected = concat!(
        r#"{"a":{"x":1,"y":2},"b":{"y":3,"z":4},"c":{"x":1,"y":9},"#,
        r#""d":{"w":0,"x":1,"y":2,"z":4},"e":{"<<":1}}"#
    );
    assert_eq!(json(&read(text).unwrap()), expected);
    assert_eq!(fault("a: {<<: 1}").0, Code::YamlSyntax);
    assert_eq!(fault("a: {<<: {}, <<: {}}"), (Code::DuplicateKey, 1, 13));
}

#[test]
fn json_is_read_with_its_escapes_and_tabs() {
    let text = "{\t\"a\\/b\":\r\n\t\"\\ud83d\\ude00\\u00e9\\n\\\"é\",\t\"n\": [-0.5e+3, 0, {}], \"t\":true}";
    let expected = "{\"a/b\":\"😀é\\n\\\"é\",\"n\":[-0.5e+3,0,{}],\"t\":true}";
    assert_eq!(json(&read(text).unwrap()), expected);
    assert_eq!(json(&read("{\"a\": 1, # flow YAML\n b: 'x',}").unwrap()), r#"{"a":1,"b":"x"}"#);
    assert_eq!(json(&read("[\"a\tb\"]").unwrap()), r#"["a\tb"]"#);
}

/// The text at the span of each value, in the order of the document, keys with a colon.
fn places(text: &str) -> Vec<String> {
    fn walk(node: &Node, text: &str, all: &mut Vec<String>) {
        let show = |start: u32, end: u32| text[start as usize..end as usize].to_owned();
        all.push(show(node.span.start, node.span.end));
        for item in node.as_list().unwrap_or_default() {
            walk(item, text, all);
        }
        for Entry { key_span, node, .. } in node.as_map().unwrap_or_default() {
            all.push(show(key_span.start, key_span.end) + ":");
            walk(node, text, all);
        }
    }
    let mut all = Vec::new();
    walk(&read(text).unwrap(), text, &mut all);
    all
}

#[test]
fn spans_cover_the_text_of_keys_and_values() {
    let text = "# é\nä: &x !!str plain ü # c\n\"k\" : 'it''s' # it's\n'q': \"a\\\"b\"   \nn:\nl:\n  - ñ\n  - \
                |\n    one\n    two\n\n  - [1, {é: 2} ] # c\n  - *x\n\n\n# end\n";
    let list = "- ñ\n  - |\n    one\n    two\n\n  - [1, {é: 2} ] # c\n  - *x";
    let all = places(text);
    let expected = [
        text[5..].split("\n\n\n#").next().unwrap(),
        "ä:",
        "plain ü",
        "\"k\":",
        "'it''s'",
        "'q':",
        "\"a\\\"b\"",
        "n:",
        "",
        "l:",
        list,
        "ñ",
        "one\n    two",
        "[1, {é: 2} ]",
        "1",
        "{é: 2}",
        "é:",
        "2",
        "*x",
    ];
    assert_eq!(all, expected);
    let json = "{ \"é\" : [ 1 , \"ü\" ] , \"b\":{} }";
    let expected = [json, "\"é\":", "[ 1 , \"ü\" ]", "1", "\"ü\"", "\"b\":", "{}"];
    assert_eq!(places(json), expected);
}

#[test]
fn flow_collections_may_close_below_their_key() {
    let text = "l:\n  - ex: {\n    é: \"x {\n  y\",\n  b: [ # [\n  1,\n\n2 ]\n  }\n    c: |\n      }\n  - [\n  ]\n\
                t: x}\n";
    let node = read(text).unwrap();
    assert_eq!(json(&node), r#"{"l":[{"ex":{"é":"x { y","b":[1,2]},"c":"}\n"},[]],"t":"x}"}"#);
    let expected =
        ["{\n    é: \"x {\n  y\",\n  b: [ # [\n  1,\n\n2 ]\n  }", "é:", "\"x {\n  y\"", "b:"];
    assert_eq!(places(text)[5..9], expected);
    assert_eq!(
        places(text)[9..],
        ["[ # [\n  1,\n\n2 ]", "1", "2", "c:", "}", "[\n  ]", "t:", "x}"]
    );
}

#[test]
fn bad_text_is_refused_at_its_place() {
    let deep_block: String = (0..2_000).map(|depth| " ".repeat(depth) + "a:\n").collect();
    let table = [
        ("", Code::YamlSyntax, 1, 1),
        ("# only a comment\n", Code::YamlSyntax, 1, 1),
        ("---\n...\n", Code::YamlSyntax, 1, 1),
        ("a: b: c", Code::YamlSyntax, 1, 5),
        ("a: 'x\nb: 1\n", Code::YamlSyntax, 1, 4),
        ("a: [1, 2\n", Code::YamlSyntax, 2, 1),
        ("a: *nowhere\n", Code::YamlSyntax, 1, 4),
        ("a: {b: 1, <<: *nowhere}\n", Code::YamlSyntax, 1, 15),
        ("a: &x [*x]\n", Code::YamlSyntax, 1, 8),
        ("a: @x\n", Code::YamlSyntax, 1, 4),
        ("a:\n\tb: 1\n", Code::YamlSyntax, 2, 1),
        ("\ta: 1\n\tb: 1\n", Code::YamlSyntax, 1, 1),
        ("a:\n  b: 1\n\tc: 2\n", Code::YamlSyntax, 3, 1),
        ("a:\n  - x\n \t- y\n", Code::YamlSyntax, 3, 2),
        ("a: 1\n---\nb: 1\n", Code::YamlSyntax, 2, 1),
        ("? [a]\n: 1\n", Code::YamlSyntax, 1, 3),
        ("? {a: 1}\n: 1\n", Code::YamlSyntax, 1, 3),
        ("a: 1\n: 2\n", Code::YamlSyntax, 2, 2),
        ("a: !Ref b\n", Code::YamlSyntax, 1, 4),
        ("a: !!int b\n", Code::YamlSyntax, 1, 4),
        ("a: !!seq {}\n", Code::YamlSyntax, 1, 4),
        ("a: -.inf\n", Code::YamlSyntax, 1, 4),
        ("a: 1\nb: .nan\n", Code::YamlSyntax, 2, 4),
        ("é: 1\nb: 0xfffffffffffffffffffffffffffffffff\n", Code::YamlSyntax, 2, 4),
        ("{\"é\": 1 \"b\": 2}", Code::YamlSyntax, 1, 9),
        ("{\"a\": [1,}", Code::YamlSyntax, 1, 10),
        ("{\"a\": \"\\ud83d\"}", Code::YamlSyntax, 1, 8),
        ("{\"a\": \"\\ud83d\\u0041\"}", Code::YamlSyntax, 1, 8),
        ("{\"a\": 1", Code::YamlSyntax, 1, 8),
        ("{a: 1, b: [}", Code::YamlSyntax, 1, 12),
        ("a: 1\nb: 2\na: 3\n", Code::DuplicateKey, 3, 1),
        ("200: 1\n'200': 2\n", Code::DuplicateKey, 2, 1),
        (&"- ".repeat(10_000), Code::LimitDepth, 1, 257),
        (&"[".repeat(10_000), Code::LimitDepth, 1, 129),
        (&"{a: ".repeat(10_000), Code::LimitDepth, 1, 256 * 4 - 3),
        (&"{\"a\":".repeat(10_000), Code::LimitDepth, 1, 128 * 5 + 1),
        (&deep_block, Code::LimitDepth, 129, 129),
        (&"? ".repeat(10_000), Code::YamlSyntax, 1, 3),
    ];
    for (text, code, line, column) in table {
        let shown: String = text.chars().take(60).collect();
        assert_eq!(fault(text), (code, line, column), "{shown}");
    }
}

#[test]
fn every_duplicate_key_is_listed_with_both_places() {
    let text = "a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\na: 3\n";
    let broken = read(&format!("{text}e: [\n")).unwrap_err();
    let codes: Vec<Code> = broken.iter().map(|one| one.code).collect();
    let twin = Code::DuplicateKey;
    assert_eq!(codes, [twin, twin, twin, Code::YamlSyntax]);
    let found = read(text).unwrap_err();
    let starts: Vec<(u32, u32)> =
        found.iter().map(|one| (one.span.unwrap().start, one.related[0].0.start)).collect();
    assert_eq!(starts, [(21, 9), (27, 0), (32, 0)]);

    let many: Vec<String> = (0..40).chain(0..40).map(|key| format!("k{key}: 1")).collect();
    assert_eq!(read(&many.join("\n")).unwrap_err().len(), 40);
    let most = "k: 1\n".repeat(10_000);
    assert_eq!(read(&most).unwrap_err().len(), bounds::MAX_DUPLICATES + 1);
}

#[test]
fn aliases_cannot_blow_up() {
    let mut laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..30 {
        let inner = vec![format!("*a{}", level - 1); 9].join(",");
        writeln!(laughs, "a{level}: &a{level} [{inner}]").unwrap();
    }
    assert_eq!(fault(&laughs), (Code::LimitAliases, 6, 30));
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a,".repeat(1000));
    assert_eq!(fault(&long).0, Code::LimitAliases);
    // Each level is allowed alone, and the aliases put them into each other.
    let mut tall = "a0: &a0 []\n".to_owned();
    for level in 1..200 {
        writeln!(tall, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert_eq!(fault(&tall), (Code::LimitDepth, 128, 14));
}

#[test]
fn size_is_bounded() {
    let large = "x".repeat(200 * 1024 * 1024);
    assert_eq!(fault(&large), (Code::LimitSize, 1, 1));
    let buffered = format!("a: 1\nb:\n- [{}]", "a,".repeat(1_000_000));
    assert_eq!(fault(&buffered).0, Code::LimitSize);
    let many = format!("[{}1]", "1,".repeat(bounds::MAX_NODES));
    assert_eq!(fault(&many).0, Code::LimitSize);
}

#[test]
fn a_tree_at_the_bound_is_read() {
    let depth = bounds::MAX_DEPTH;
    let flow = "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(json(&read(&flow).unwrap()), flow);
    assert!(read(&("- ".repeat(depth) + "x")).is_ok());
}
