//! Waivers take out what they name, and grow no older than their reason.

use oasmith::diff::{Build, Change, Id, Running};
use oasmith::review::waivers::{self, Date, Waiver};
use oasmith::source::{FileId, Source, Sources};

use super::set;

fn read(text: &str) -> Vec<Waiver> {
    let sources = Sources::root(Source::new("waivers.yaml", text));
    let read = waivers::read(&sources, FileId::default());
    read.unwrap_or_else(|faults| panic!("{}", faults.render_human(&sources)))
}

#[test]
fn the_lines_to_paste_waive_each_change() {
    let texts = set::texts();
    let changes = set::review(&texts).changes;
    let today = Date::parse("2026-11-28").unwrap();
    for change in &changes {
        let pasted = waivers::entry(change).replace("''", "'it''s fine'");
        let read = read(&pasted);
        let (left, waived) = waivers::apply(changes.clone(), &read, today).unwrap();
        assert_eq!(left.len() + 1, changes.len());
        assert_eq!(waived, [(change.clone(), "it's fine".to_owned())]);
    }
}

#[test]
fn the_line_of_a_hostile_path_is_a_comment_to_its_end() {
    let mut change = set::change(Id::DocsChanged, Build::Docs, Running::Same, "x");
    let path = "a\nkey: evil\r- b\u{2028}: \u{85}".to_owned();
    change.after = Some(oasmith::diff::Thing { path, ..oasmith::diff::Thing::default() });
    let entry = waivers::entry(&change);
    assert_eq!(entry.lines().count(), 2, "{entry}");
    assert_eq!(read(&entry.replace("''", "yes")).len(), 1);
}

#[test]
fn the_last_day_counts() {
    let change = set::change(Id::DocsChanged, Build::Docs, Running::Same, "x");
    let text = format!("- {{key: '{}', reason: r, until: 2026-11-28}}", change.key());
    let apply = |today: &str| {
        let today = Date::parse(today).unwrap();
        waivers::apply(vec![change.clone()], &read(&text), today)
    };
    assert!(apply("2026-11-28").is_ok());
    assert!(apply("2026-11-29").is_err());
    assert!(read("# nothing left\n").is_empty());
    assert!(read("").is_empty());
    assert!(read("[]").is_empty());
    assert_eq!(
        waivers::apply(Vec::<Change>::new(), &[], Date::parse("2026-01-01").unwrap()),
        Ok((vec![], vec![]))
    );
}

#[test]
fn days_are_days() {
    for (text, day) in [
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("1900-02-29", false),
        ("2026-04-31", false),
        ("2026-00-10", false),
        ("2026-1-10", false),
        ("2026-01-10-", false),
        ("+026-01-10", false),
    ] {
        assert_eq!(Date::parse(text).is_some(), day, "{text}");
    }
    assert_eq!(Date::parse("2026-01-02").unwrap().to_string(), "2026-01-02");
    let day = |day: i64| Date::at(day * 86_400 - 1);
    assert_eq!(day(1).to_string(), "1970-01-01");
    assert_eq!(day(11_017).to_string(), "2000-02-29");
    assert_eq!(Date::at(i64::MAX).to_string(), "9999-12-30");
}
