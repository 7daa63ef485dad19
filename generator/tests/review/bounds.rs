//! Reviews stay within their bounds, however many changes there are and whatever they say.

use oasmith::diff::{Build, Change, Id, Running, Thing};
use oasmith::review::{
    Callers, Detail, Format, Review, Site, Style, advise, changelog, render, terminal,
};

use super::set::{self, Texts};

const FORMATS: [Format; 5] =
    [Format::Terminal, Format::Markdown, Format::Html, Format::Json, Format::Github];

const MANY: usize = 5000;

/// So many changes of all ids and levels, with a text in everything that a document can say.
fn many<'a>(texts: &'a Texts, text: &str) -> Review<'a> {
    let builds =
        [Build::Same, Build::Docs, Build::Warns, Build::Adds, Build::MayBreak, Build::Breaks];
    let runs = [Running::Same, Running::MayBreak, Running::Breaks];
    let ids: Vec<Id> = Id::all().collect();
    let sample = set::review(texts);
    let mut changes: Vec<Change> = (0..MANY)
        .map(|at| {
            let build = builds[at % builds.len()];
            let running = runs[at / builds.len() % runs.len()];
            let message = format!("number {at}: {text}");
            let mut change = set::change(ids[at % ids.len()], build, running, &message);
            let span = sample.changes[at % sample.changes.len()].thing().and_then(|one| one.span);
            let thing = |side: &str| {
                Some(Thing {
                    path: format!("models::Type{}::field_{at}_{side}{text}", at % 300),
                    code: format!("pub field_{at}: {side}{text}"),
                    wire: format!("`field_{at}` of `Type{}`{text}", at % 300),
                    span,
                })
            };
            (change.before, change.after) = (thing("old"), thing("new"));
            let operations =
                (0..at % 20).map(|one| format!("GET /things/{}/{}{text}", at % 40, one));
            change.operations = operations.collect();
            change
        })
        .collect();
    changes.sort_by_key(Change::level);
    let advice = advise(&changes, "1.2.3", "1.2.3");
    let site = |at: usize| Site {
        file: format!("src/{at}{text}.rs"),
        line: at + 1,
        column: 1,
        message: text.to_owned(),
    };
    let broken =
        changes.iter().take(100).map(|change| (change.clone(), (0..50).map(site).collect()));
    let broken: Vec<(Change, Vec<Site>)> = broken.collect();
    let callers = Callers {
        name: text.to_owned(),
        unexplained: (0..50).map(site).collect(),
        silent: broken.clone(),
        broken,
    };
    Review { changes, advice, callers: Some(callers), ..sample }
}

#[test]
fn many_changes_stay_within_bounds() {
    let texts = set::texts();
    let wild = "</script>|``@a::\n%,\u{202e}\u{1b}[31m<&\"'".repeat(5);
    for text in ["", &wild] {
        let review = many(&texts, text);
        let again = many(&texts, text);
        for format in FORMATS {
            let shown = render(&review, format);
            assert!(shown == render(&again, format), "{format:?} is not the same twice");
            let (lines, bytes) = (shown.lines().count(), shown.len());
            match format {
                Format::Terminal => {
                    let alone = Review { callers: None, ..review.clone() };
                    assert!(render(&alone, format).lines().count() <= 45, "{shown}");
                    assert!(lines <= 45 + 31, "{shown}");
                }
                Format::Markdown => assert!(bytes <= 60_000, "{bytes}"),
                Format::Html => assert!(bytes <= 3_000_000, "{bytes}"),
                Format::Github => assert!(lines <= 31, "{shown}"),
                Format::Json => continue,
            }
            assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format:?} acts on what shows it");
        }
        let full = terminal(&review, Style::Plain, Detail::Full);
        assert!(full.lines().count() > review.changes.len());
        assert!(changelog(&review.changes, "2.0.0").lines().count() < 4 * 45);
    }
}
