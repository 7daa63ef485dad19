//! The rows of pages that tell of other cases than the documents of the page: `rows.md` has documents
//! for each of them.

use std::collections::BTreeSet;

use oasmith::diff::{self, Id};

use crate::frame::{self, Side};
use crate::page::{Page, fences};
use crate::{first, told};

#[test]
fn each_row_is_shown_or_proven() {
    let mut faults = Vec::new();
    let mut proven = BTreeSet::new();
    for section in include_str!("rows.md").split("\n# ").skip(1) {
        let (heading, text) = section.split_once('\n').unwrap();
        let (name, data) = heading.split_once(" / ").unwrap();
        let id = Id::parse(name).unwrap();
        let page = Page::parse(diff::page(id)).unwrap();
        let Some(row) = page.rows.iter().find(|row| row.data == data) else {
            faults.push(format!("{heading}: no such row"));
            continue;
        };
        proven.insert((id, data.to_owned()));
        let document = fences(text).unwrap();
        let side = match data {
            data if data.starts_with("sent") => Side::Sent,
            data if data.starts_with("received") => Side::Received,
            _ => Side::Both,
        };
        match (frame::old(&document, side), frame::new(&document, side)) {
            (Ok(old), Ok(new)) => {
                let changes = diff::diff(&old.planned, &new.planned);
                let verdict = (first(&row.build), first(&row.running));
                let is_so = changes.iter().any(|change| {
                    change.id == id && (change.build.word(), change.running.word()) == verdict
                });
                if !is_so {
                    faults.push(format!("{heading}: {verdict:?}, not {}", told(&changes)));
                }
            }
            (Err(error), _) | (_, Err(error)) => faults.push(format!("{heading}: {error}")),
        }
    }
    for id in Id::all().filter(|id| !crate::UNSHOWN.contains(id)) {
        for row in Page::parse(diff::page(id)).unwrap().rows {
            if Side::of(&row.data).is_none() && !proven.contains(&(id, row.data.clone())) {
                faults.push(format!("{id} / {}: not in rows.md", row.data));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
