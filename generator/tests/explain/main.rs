//! The pages of `oasmith explain ID` say what is so: the documents that a page shows make the change
//! with the verdicts that it tells, and the Rust that it shows is what is generated of them, which
//! `SHOW=field-added cargo test -p oasmith --test explain -- --nocapture` prints.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

mod frame;
mod list;
mod page;
mod rows;
mod rust;

use std::collections::BTreeSet;

use oasmith::diff::{self, Change, Id, Level};

use frame::Side;
use page::Page;

/// The ids that no two documents of a page can show: another generator brings them about.
const UNSHOWN: [Id; 1] = [Id::GeneratorChanged];

#[test]
fn each_id_has_a_page_with_all_its_sections() {
    let mut faults = Vec::new();
    for id in Id::all() {
        let text = diff::page(id);
        let mut fault = |what: String| faults.push(format!("{id}: {what}"));
        if text.is_empty() {
            fault("no page".to_owned());
            continue;
        }
        let page = match Page::parse(text) {
            Ok(page) => page,
            Err(error) => {
                fault(error);
                continue;
            }
        };
        let lines = text.lines().filter(|line| !line.is_empty()).count();
        if !(12..=37).contains(&lines) {
            fault(format!("{lines} lines"));
        }
        if let Some(line) = text.lines().find(|line| line.chars().count() > 100) {
            fault(format!("a long line: {line}"));
        }
        if !page.meaning.ends_with('.') {
            fault("its meaning is no sentence".to_owned());
        }
        if !page.advice.starts_with("Callers: ") || !page.advice.contains("\n\nMaintainers: ") {
            fault("it does not tell callers and maintainers what to do".to_owned());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_page_is_of_an_id_that_is_not_there() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff/pages");
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let group = path.file_stem().unwrap().to_string_lossy().replace('-', " ");
        let text = std::fs::read_to_string(&path).unwrap();
        for heading in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            let id = Id::parse(heading);
            assert!(id.is_some(), "{}: {heading} is no id", path.display());
            assert_eq!(id.map(|id| id.group().name()), Some(group.as_str()), "{heading}");
            assert!(seen.insert(heading.to_owned()), "{heading} has two pages");
        }
    }
}

#[test]
fn the_documents_of_a_page_make_its_change() {
    let mut faults = Vec::new();
    for id in Id::all().filter(|id| !UNSHOWN.contains(id)) {
        let Ok(page) = Page::parse(diff::page(id)) else { continue };
        let shown = page.rows.iter().filter_map(|row| Some((Side::of(&row.data)?, row)));
        let shown: Vec<_> = shown.collect();
        if shown.is_empty() {
            faults.push(format!("{id}: no row is shown by the documents"));
        }
        for (side, row) in shown {
            let (old, new) =
                match (frame::old(&page.document, side), frame::new(&page.document, side)) {
                    (Ok(old), Ok(new)) => (old, new),
                    (Err(error), _) | (_, Err(error)) => {
                        faults.push(format!("{id}: {error}"));
                        continue;
                    }
                };
            if std::env::var("SHOW").is_ok_and(|shown| shown == id.name()) {
                println!("{}\n--------\n{}", old.text, new.text);
            }
            let changes = diff::diff(&old.planned, &new.planned);
            let verdict = |change: &Change| {
                change.build.word() == first(&row.build)
                    && change.running.word() == first(&row.running)
            };
            if !changes.iter().any(|change| change.id == id && verdict(change)) {
                faults.push(format!("{id}, {}: {}", row.data, told(&changes)));
            }
            // One entry for each cause: what else is noted, the page has to name.
            let is_other = |change: &&Change| {
                change.id != id
                    && change.level() < Level::Docs
                    && !page.text.contains(&format!("`{}`", change.id))
            };
            for other in changes.iter().filter(is_other) {
                faults.push(format!("{id}, {}: also {}", row.data, told([other])));
            }
            for text in rust::untrue(&page, &changes, &old.text, &new.text) {
                faults.push(format!("{id}, {}: not generated: {text}", row.data));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rust_and_yaml_of_pages_can_be_read() {
    let mut faults = Vec::new();
    for id in Id::all() {
        let Ok(page) = Page::parse(diff::page(id)) else { continue };
        for text in page.document.iter().flat_map(|fence| [fence.before(), fence.after()]) {
            if let Err(error) = serde_yaml::from_str::<serde_yaml::Value>(&text) {
                faults.push(format!("{id}: {error}\n{text}"));
            }
        }
        for text in page.rust.iter().flat_map(|fence| [fence.before(), fence.after()]) {
            if let Err(error) = rust::parse(&text) {
                faults.push(format!("{id}: {error}\n{text}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The first word, which is the verdict of the documents that are shown.
fn first(text: &str) -> &str {
    text.split([' ', ',', ';']).next().unwrap_or_default()
}

fn told<'a>(changes: impl IntoIterator<Item = &'a Change>) -> String {
    let all = changes.into_iter().map(|change| {
        let (build, running) = (change.build.word(), change.running.word());
        format!("{} {build} {running} ({}: {})", change.id, change.path(), change.message)
    });
    all.collect::<Vec<_>>().join("; ")
}
