//! Documents of several files, references into any part of one, and documents of Swagger 2.0.
//!
//! A fixture holds the files one after the other, each behind a line `=== path`; the first one is the
//! root document. What comes out stands behind `=== joined`, or the errors and gaps behind
//! `=== found`. `UPDATE=1` writes the latter anew.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use oasmith::diagnostic::{Diagnostic, Diagnostics, Severity};
use oasmith::lower::{files, join, upgrade};
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{self, Node, Trees, Value};

/// The files of a fixture, and the last part.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let parts = text.split("=== ").skip(1);
    parts.map(|part| part.split_once('\n').unwrap()).collect()
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add_document(*path, Ok(Source::new(*path, *text)));
    }
    sources
}

fn joined(sources: &Sources, gaps: &mut Diagnostics) -> Result<Node, Diagnostics> {
    let mut trees = Trees::default();
    let root = trees.take(sources, FileId::default())?;
    upgrade(join(root, sources, &mut trees, gaps)?, gaps)
}

/// A tree as indented text with sorted keys, since order is not the point here.
fn show(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            entries.sort_by(|left, right| left.key.cmp(&right.key));
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

fn listed(errors: &Diagnostics, sources: &Sources) -> String {
    let lines = errors.iter().map(|error| {
        let span = error.span.unwrap();
        let source = sources.get(span.file).unwrap();
        let (line, column) = source.position(span.start);
        let severity = if error.severity == Severity::Error { "error" } else { "gap" };
        let Diagnostic { code, message, .. } = error;
        format!("{}:{line}:{column} {severity}[{code}] {message}\n", source.path)
    });
    lines.collect()
}

fn paths() -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let folders = ["join", "swagger2"].map(|folder| std::fs::read_dir(tests.join(folder)).unwrap());
    folders.into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn fixtures() {
    let mut failures = Vec::new();
    for path in paths() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut parts = parts(&text);
        let (kind, expected) = parts.pop().unwrap();
        let sources = sources(&parts);
        let mut gaps = Diagnostics::new();
        let found = joined(&sources, &mut gaps);
        match (kind, found) {
            ("joined", Ok(found)) => {
                let source = Source::new("expected", expected);
                let expected = yaml::parse(&Sources::root(source), FileId::default()).unwrap();
                let (found, expected) = (shown(&found), shown(&expected));
                if found != expected {
                    failures.push(format!("{}:\n{found}", path.display()));
                }
            }
            ("joined", Err(errors)) => {
                failures.push(format!("{}:\n{}", path.display(), listed(&errors, &sources)));
            }
            ("found", result) => {
                gaps.extend(result.err().unwrap_or_default());
                gaps.sort();
                let found = listed(&gaps, &sources);
                if found != expected && std::env::var_os("UPDATE").is_some() {
                    let before = text.strip_suffix(expected).unwrap();
                    std::fs::write(&path, format!("{before}{found}")).unwrap();
                } else if found != expected {
                    failures.push(format!("{}:\n{found}", path.display()));
                }
            }
            (other, _) => panic!("{}: {other}", path.display()),
        }
    }
    assert!(failures.is_empty(), "found something else:\n{}", failures.join("\n"));
}

/// The order of keys and of files decides nothing: all names are the same.
#[test]
fn the_order_decides_nothing() {
    for path in paths() {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut parts = parts(&text);
        let ("joined", _) = parts.pop().unwrap() else { continue };
        let straight = joined(&sources(&parts), &mut Diagnostics::new()).unwrap();

        parts[1..].reverse();
        let turned = sources(&parts);
        let mut trees = Trees::default();
        let mut root = trees.take(&turned, FileId::default()).unwrap();
        reverse(&mut root);
        let mut gaps = Diagnostics::new();
        let turned = join(root, &turned, &mut trees, &mut gaps).unwrap();
        let turned = upgrade(turned, &mut gaps).unwrap();
        assert_eq!(shown(&turned), shown(&straight), "{}", path.display());
    }
}

fn reverse(node: &mut Node) {
    if let Value::Map(entries) = &mut node.value {
        entries.reverse();
        for entry in entries {
            reverse(&mut entry.node);
        }
    }
    if let Value::List(nodes) = &mut node.value {
        for node in nodes {
            reverse(node);
        }
    }
}

#[test]
fn mentioned_files_are_found() {
    let text = "{a: {$ref: 'b%20c.yaml#/x'}, d: [{$ref: ../e.json}], f: {$ref: '#/a'}, \
                g: {$ref: 'https://h.example/i'}, j: {$ref: ../../k}, \
                discriminator: {mapping: {l: ./l.yaml, m: M, n: '#/o'}}, p: {$ref: q.yaml}}";
    let sources = Sources::root(Source::new("q.yaml", text));
    let tree = yaml::parse(&sources, FileId::default()).unwrap();
    let found: Vec<String> = files(&tree, "api/q.yaml").into_iter().collect();
    assert_eq!(found, ["api/b c.yaml", "api/l.yaml", "e.json"]);
}
