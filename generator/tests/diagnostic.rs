//! How diagnostics are shown, and the texts of their codes.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::collections::BTreeSet;

use oasmith::diagnostic::{Code, Diagnostic, Diagnostics};
use oasmith::source::{FileId, Source, Sources, Span};
use oasmith::yaml::bounds;

/// The place of `part` in `text`.
fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    let place = |at: usize| u32::try_from(at).unwrap();
    Span { file: FileId(0), start: place(start), end: place(start + part.len()) }
}

fn human(text: &str, diagnostic: Diagnostic) -> String {
    Diagnostics::from(diagnostic).render_human(&Sources::root(Source::new("api.yaml", text)))
}

/// The second and third line of a diagnostic about `part`: the source line and the carets.
fn excerpt(text: &str, part: &str) -> [String; 2] {
    let shown = human(text, Diagnostic::error(Code::WrongType, span(text, part), "x"));
    let mut lines = shown.lines().skip(1).map(str::to_owned);
    [lines.next().unwrap(), lines.next().unwrap()]
}

#[test]
fn a_diagnostic_shows_its_lines_help_and_other_places() {
    let text = "x: 0\n".repeat(8) + "first: 1\n  second: 2\n";
    let mut all = Diagnostics::new();
    all.push(
        Diagnostic::error(Code::DuplicateKey, span(&text, "second"), "written twice")
            .help("remove one")
            .related(span(&text, "first"), "it is first written here"),
    );
    all.push(Diagnostic::gap(Code::Untyped, span(&text, "x"), "no type"));
    all.push(Diagnostic::general(Code::LimitSize, "too large"));
    let sources = Sources::root(Source::new("api.yaml", text));
    let expected = "\
api.yaml:10:3: error[duplicate-key]: written twice
10 |   second: 2
   |   ^^^^^^
   = help: remove one
api.yaml:9:1: note: it is first written here
 9 | first: 1
   | ^^^^^

api.yaml:1:1: gap[untyped]: no type
1 | x: 0
  | ^

error[limit-size]: too large
";
    assert_eq!(all.render_human(&sources), expected);
}

#[test]
fn a_terminal_shows_colours_and_the_same_text() {
    let text = "a: \u{1b}[31m";
    let mut all = Diagnostics::new();
    let error = Diagnostic::error(Code::DuplicateKey, span(text, "a"), "written \u{1b}[2J twice");
    all.push(error.help("remove one").related(span(text, "a"), "here"));
    all.push(Diagnostic::gap(Code::Untyped, span(text, "a"), "no type"));
    let sources = Sources::root(Source::new("api.yaml", text));
    let shown = all.render_terminal(&sources);
    let mut plain = shown.clone();
    for colour in ["\u{1b}[1;31m", "\u{1b}[1;33m", "\u{1b}[1;36m", "\u{1b}[0m"] {
        assert!(shown.contains(colour), "{colour:?} is missing in {shown:?}");
        plain = plain.replace(colour, "");
    }
    assert_eq!(plain, all.render_human(&sources));
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
}

#[test]
fn carets_stand_under_the_first_line_of_the_place() {
    assert_eq!(excerpt("a: b\nc: d", "b\nc"), ["1 | a: b", "  |    ^"]);
    assert_eq!(excerpt("a: b\r\nc", "b\r\nc"), ["1 | a: b", "  |    ^"]);
    assert_eq!(excerpt("\ta:\tb", "b"), ["1 |     a:  b", "  |         ^"]);
    assert_eq!(excerpt("漢字: é́x", "é́x"), ["1 | 漢字: é́x", "  |       ^^"]);
    assert_eq!(excerpt("", ""), ["1 |", "  | ^"]);
    let behind = Span { file: FileId(0), start: 4, end: 9 };
    let shown = human("a: b", Diagnostic::error(Code::WrongType, behind, "x"));
    assert!(shown.ends_with("1 | a: b\n  |     ^\n"), "{shown}");
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let long = "é".repeat(5000) + "here" + &"y".repeat(5000);
    let [line, carets] = excerpt(&long, "here");
    assert_eq!(line, format!("1 | …{}here{}…", "é".repeat(40), "y".repeat(55)));
    assert_eq!(carets, format!("  | {}^^^^", " ".repeat(41)));
    let near = "here".to_owned() + &"y".repeat(200);
    let [line, carets] = excerpt(&near, &near);
    assert_eq!(line, format!("1 | here{}…", "y".repeat(96)));
    assert_eq!(carets, format!("  | {}", "^".repeat(100)));
}

#[test]
fn text_of_the_document_cannot_act_on_the_terminal() {
    let text = "a: \u{1b}[2J\u{202e}b";
    assert_eq!(excerpt(text, "b"), [r"1 | a: \u{1b}[2J\u{202e}b", "  |                     ^"]);
    let message = "the key `\u{1b}\n\u{2066}` is bad";
    let shown =
        human("a", Diagnostic::error(Code::WrongType, span("a", "a"), message).help("\u{7}"));
    let expected = "\
api.yaml:1:1: error[wrong-type]: the key `\\u{1b}\\u{a}\\u{2066}` is bad
1 | a
  | ^
  = help: \\u{7}
";
    assert_eq!(shown, expected);
}

#[test]
fn json_has_one_object_in_each_line() {
    let text = "é: 1\né: 2";
    let second = Span { file: FileId(0), start: 6, end: 11 };
    let mut all = Diagnostics::new();
    all.push(
        Diagnostic::error(Code::DuplicateKey, second, "say \"no\"\n")
            .help("h")
            .related(span(text, "é"), "first"),
    );
    all.push(Diagnostic::general(Code::LimitSize, "large"));
    let expected = concat!(
        r#"{"severity":"error","code":"duplicate-key","message":"say \"no\"\n","file":"api.yaml","#,
        r#""line":2,"column":1,"end_line":2,"end_column":5,"help":"h","#,
        r#""related":[{"message":"first","file":"api.yaml","line":1,"column":1,"end_line":1,"end_column":2}]}"#,
        "\n",
        r#"{"severity":"error","code":"limit-size","message":"large","file":null,"#,
        r#""line":null,"column":null,"end_line":null,"end_column":null,"help":null,"related":[]}"#,
        "\n",
    );
    assert_eq!(all.render_json(&Sources::root(Source::new("api.yaml", text))), expected);
}

#[test]
fn each_code_has_a_name_and_an_explanation() {
    let mut names = BTreeSet::new();
    for (number, code) in Code::ALL.iter().copied().enumerate() {
        let (name, text) = (code.as_str(), code.explain());
        assert_eq!(code as usize, number, "{name} is not at its place in Code::ALL");
        assert!(names.insert(name), "{name} names two codes");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        assert_eq!(Code::parse(name), Some(code));
        assert!(text.len() > 80 && text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{name}");
        assert!(text.lines().next().unwrap().ends_with('.') || name == "reference-kind", "{name}");
    }
    assert_eq!(Code::parse("no-such-code"), None);
}

#[test]
fn explanations_name_the_bounds() {
    let table = [
        (Code::LimitSize, bounds::MAX_SIZE, 64 << 20, "64 MiB"),
        (Code::LimitSize, bounds::MAX_NODES, 4_000_000, "four million values"),
        (Code::LimitSize, bounds::MAX_LOOKAHEAD, 1 << 20, "a million characters"),
        (Code::LimitDepth, bounds::MAX_DEPTH, 128, "128 levels"),
        (Code::LimitAliases, bounds::MAX_COPIED_NODES, 500_000, "500,000 values"),
        (Code::LimitAliases, bounds::MAX_COPIED_TEXT, 32 << 20, "32 MiB"),
    ];
    for (code, bound, number, words) in table {
        assert_eq!(bound, number, "the explanation of {code} says {words}");
        assert!(code.explain().contains(words), "{code}: {words}");
    }
}
