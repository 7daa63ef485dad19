//! What is said about a faulty document, and where: carets in comments below the line.
//!
//! ```yaml
//! openapi: 3.1.0
//! info: {titel: Pets, version: '1'}
//! #      ^^^^^ gap[unknown-keyword]: the info object has no `titel` (help: did you mean `title`?)
//! ```
//!
//! A file is named after the code that it is about. `UPDATE=1 cargo test --test diagnostics` writes
//! the comments anew.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::path::Path;

use oasmith::config::Config;
use oasmith::diagnostic::{Code, Diagnostics, Severity};
use oasmith::diff::{Build, Cause, Change, Id, Running, Side};
use oasmith::lower::{Options, ReadingRule, join, lower};
use oasmith::review::waivers::{self, Date};
use oasmith::source::{FileId, Source, Sources, Span};
use oasmith::yaml::Trees;
use oasmith::{document, model, plan, yaml};

/// Codes that no small document shows, each with the test that does.
const ELSEWHERE: &[(Code, &str)] = &[
    (Code::LimitSize, "yaml.rs"),
    (Code::LimitDepth, "yaml.rs"),
    (Code::LimitAliases, "yaml.rs"),
    (Code::InvalidConfig, "config.rs"),
    (Code::UnusedConfig, "generation/model.rs"),
    (Code::SkippedOperation, "swagger2/left-out.yaml"),
    (Code::OverlayTarget, "overlay/faults.yaml"),
    (Code::UncheckedLimit, "cases/validate/GAPS.md"),
    (Code::UnfilledDefault, "cases/defaults/GAPS.md"),
];

#[test]
fn each_code_has_a_fixture() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for code in Code::ALL {
        let fixture = tests.join(format!("diagnostics/{code}.yaml"));
        match ELSEWHERE.iter().find(|(elsewhere, _)| elsewhere == code) {
            Some((_, file)) => {
                let text = std::fs::read_to_string(tests.join(file)).unwrap();
                let shown =
                    text.contains(&format!("Code::{code:?}")) || text.contains(code.as_str());
                assert!(shown, "{file} does not show {code}");
            }
            // A fault of ours, which no document is known to reach.
            None if *code == Code::Internal => assert!(!fixture.exists()),
            None => assert!(fixture.exists(), "{} is missing", fixture.display()),
        }
    }
}

#[test]
fn fixtures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = std::fs::read_to_string(&path).unwrap();
        let found = annotate(&without_annotations(&expected));
        if found == expected {
            let code = path.file_stem().unwrap().to_string_lossy().into_owned();
            assert!(found.contains(&format!("[{code}]")), "{code} is not in its own fixture");
        } else if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, found).unwrap();
        } else {
            failures.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(failures.is_empty(), "found something else:\n{}", failures.join("\n"));
}

fn without_annotations(text: &str) -> String {
    lines(text.lines().filter(|line| !is_annotation(line)))
}

fn is_annotation(line: &str) -> bool {
    let carets = line.strip_prefix('#').map(|rest| rest.trim_start().trim_start_matches('^'));
    let words = [" error[", " gap[", " related:"];
    carets.is_some_and(|rest| words.iter().any(|word| rest.starts_with(word)))
}

/// The text with a comment for each diagnostic below its line.
fn annotate(text: &str) -> String {
    let source = Source::new("fixture.yaml", text);
    let mut notes = Vec::new();
    for one in &diagnose(text) {
        let severity = match one.severity {
            Severity::Error => "error",
            Severity::Gap => "gap",
        };
        let help = one.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let note = format!("{severity}[{}]: {}{help}", one.code.as_str(), one.message);
        notes.push(note_at(&source, one.span.unwrap(), &note));
        for (span, words) in &one.related {
            notes.push(note_at(&source, *span, &format!("related: {words}")));
        }
    }
    let annotated = text.lines().enumerate().map(|(index, line)| {
        let below = notes.iter().filter(|(at, _)| *at == index + 1);
        let below = below.map(|(_, note)| note.as_str());
        lines(std::iter::once(line).chain(below))
    });
    annotated.collect()
}

fn lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// How a fixture starts that is no document but changes that are known.
const WAIVERS: &str = "# waivers.yaml";

/// What is said about waivers when nothing changed but one default.
fn diagnose_waivers(sources: &Sources) -> Diagnostics {
    let changes = vec![Change {
        id: Id::ServerChanged,
        build: Build::Same,
        running: Running::MayBreak,
        cause: Cause::Document,
        side: Side::None,
        before: None,
        after: None,
        message: String::new(),
        items_before: Vec::new(),
        items_after: Vec::new(),
        operations: Vec::new(),
    }];
    let today = Date::parse("2027-02-01").unwrap();
    let found = waivers::read(sources, FileId::default())
        .and_then(|waivers| waivers::apply(changes, &waivers, today));
    found.err().unwrap_or_default()
}

/// What all stages say, up to the first that finds an error.
fn diagnose(text: &str) -> Diagnostics {
    let sources = Sources::root(Source::new("fixture.yaml", text));
    if text.starts_with(WAIVERS) {
        return diagnose_waivers(&sources);
    }
    let options = Options { reading_rules: vec![ReadingRule::ProtobufOneof] };
    let mut found = Diagnostics::new();
    let planned = yaml::parse(&sources, FileId::default())
        .and_then(|root| join(root, &sources, &mut Trees::default(), &mut found))
        .and_then(|root| lower(root, &options, &mut found))
        .and_then(document::read)
        .and_then(|document| model::build(&document, &mut found))
        .and_then(|api| plan::plan(&api, &Config::default(), &mut found));
    if let Err(errors) = planned {
        found.extend(errors);
    }
    found.sort();
    found
}

/// A line number, and the comment that belongs below that line.
fn note_at(source: &Source, span: Span, note: &str) -> (usize, String) {
    let (line, column) = source.position(span.start);
    let (last, end) = source.position(span.end);
    let end = if last == line { end } else { source.line(line).chars().count() + 1 };
    let carets = "^".repeat(end.saturating_sub(column).max(1));
    // In the first column, the sign of the comment takes the place of the first caret.
    let marks = match column {
        1 => format!("#{}", carets.strip_prefix('^').unwrap_or_default()),
        _ => format!("#{}{carets}", " ".repeat(column - 2)),
    };
    (line, format!("{marks} {note}"))
}
