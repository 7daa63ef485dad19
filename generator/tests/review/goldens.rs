//! What each format shows of the set, byte by byte. `UPDATE=1` writes it anew.

use std::path::Path;

use oasmith::review::{Detail, Format, Style, changelog, render, terminal};

use super::set;

const FORMATS: [(Format, &str); 5] = [
    (Format::Terminal, "terminal.txt"),
    (Format::Markdown, "review.md"),
    (Format::Html, "review.html"),
    (Format::Json, "review.json"),
    (Format::Github, "github.txt"),
];

#[test]
fn formats_show_the_set() {
    let texts = set::texts();
    let review = set::review(&texts);
    for (format, name) in FORMATS {
        golden(name, &render(&review, format));
    }
    golden("terminal-full.txt", &terminal(&review, Style::Plain, Detail::Full));
    golden("changelog.md", &changelog(&review.changes, "0.2.0"));
    let coloured = terminal(&review, Style::Colour, Detail::Brief);
    let mut plain = String::new();
    for (at, part) in coloured.split("\x1b[").enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('m').unwrap().1 });
    }
    assert_eq!(plain, terminal(&review, Style::Plain, Detail::Brief));
}

#[test]
fn nothing_is_said_of_nothing() {
    let texts = set::texts();
    let mut review = set::review(&texts);
    review.changes.clear();
    review.waived.clear();
    review.callers = None;
    review.advice = oasmith::review::advise(&[], "1.0.0", "1.0.0");
    for (format, name) in FORMATS {
        if matches!(format, Format::Terminal | Format::Markdown) {
            golden(&format!("empty-{name}"), &render(&review, format));
        }
        assert_eq!(render(&review, format).is_empty(), format == Format::Github);
    }
}

/// Compares with a file of `goldens`, or writes it.
pub(super) fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/review/goldens").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} is another; UPDATE=1 writes it anew:\n{found}");
}
