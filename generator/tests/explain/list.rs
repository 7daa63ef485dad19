//! `docs/changes.md`: all ids in one table, which
//! `UPDATE=1 cargo test -p oasmith --test explain list` writes anew.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use oasmith::diff::{self, Group, Id};

use crate::page::Page;

const HEAD: &str = "\
# Changes

<!-- Made from the pages in generator/src/diff/pages; write it anew with
     `UPDATE=1 cargo test -p oasmith --test explain list`. -->

What a new document can mean for a crate that is made of it. Each change has two verdicts: **build**,
whether what compiled against the old crate compiles against the new one, and **running**, whether a
program made with the old crate works with a server of the new document. Where a verdict depends on
the way that the data goes, or on more, both are told; the page says when. `oasmith explain ID` shows
the same page in a terminal.

- build: `breaks`, `may-break` (some callers), `adds` (there is more to call), `warns` (deprecated),
  `docs` (documentation alone) or `same`
- running: `breaks`, `may-break` (it depends on the values) or `same`
";

#[test]
fn the_list_is_what_the_pages_say() {
    let mut text = HEAD.to_owned();
    for group in Group::all() {
        let (name, file) = (group.name(), group.name().replace(' ', "-"));
        let mut title = name.to_owned();
        title.get_mut(..1).unwrap().make_ascii_uppercase();
        write!(text, "\n## {title}\n\n").unwrap();
        text.push_str("| id | meaning | build | running |\n| --- | --- | --- | --- |\n");
        for id in Id::all().filter(|id| id.group() == group) {
            let page = Page::parse(diff::page(id)).unwrap();
            let build = usual(page.rows.iter().map(|row| (&row.data, &row.build)));
            let running = usual(page.rows.iter().map(|row| (&row.data, &row.running)));
            let link = format!("../generator/src/diff/pages/{file}.md#{id}");
            writeln!(
                text,
                "| <a id=\"{id}\"></a>[`{id}`]({link}) | {} | {build} | {running} |",
                page.meaning
            )
            .unwrap();
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/changes.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let is = fs::read_to_string(&path).unwrap_or_default();
    assert!(is == text, "docs/changes.md is not what the pages make: run with UPDATE=1");
}

/// The verdicts of all rows: one where they agree, else each with its row; a verdict alone is the usual.
fn usual<'a>(cells: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    let cells: Vec<(&str, &str)> =
        cells.map(|(row, cell)| (row.as_str(), crate::first(cell))).collect();
    let told = |(row, cell): &(&str, &str)| match *row {
        "usually" => (*cell).to_owned(),
        row => format!("{row}: {cell}"),
    };
    match cells.split_first() {
        Some(((_, first), rest)) if rest.iter().all(|(_, cell)| cell == first) => {
            (*first).to_owned()
        }
        _ => cells.iter().map(told).collect::<Vec<_>>().join("; "),
    }
}
