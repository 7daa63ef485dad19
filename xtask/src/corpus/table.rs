//! The report for people: a row for each document, what is wrong, and the sums.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::documents::Expectation;
use super::row::{Row, Verdict};

/// How much of a path is shown; its end tells more.
const WIDTH: usize = 56;

/// How many reasons are shown for what is untyped.
const MOST_REASONS: usize = 20;

/// The table, the faults and the sums.
pub(super) fn render(rows: &[Row]) -> String {
    let mut text = format!(
        "{:WIDTH$} {:15} {:9} {:>5} {:>7} {:>5} {:>7} {:>7} {:>6} {:>5} {:>7} {:>6} {:>8}\n",
        "document",
        "expected",
        "verdict",
        "ops",
        "schemas",
        "gaps",
        "untyped",
        "lines",
        "cpu s",
        "MB",
        "check s",
        "MB",
        "warnings",
    );
    for row in rows {
        let made = row.made.as_ref();
        let number = |number: Option<usize>| number.map_or("-".to_owned(), |one| one.to_string());
        let check = row.check.as_ref();
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "{:WIDTH$} {:15} {:9} {:>5} {:>7} {:>5} {:>7} {:>7} {:>6} {:>5} {:>7} {:>6} {:>8}{}",
            end_of(&row.path),
            row.expect,
            row.verdict.as_str(),
            number(made.map(|made| usize::try_from(made.operations).unwrap_or_default())),
            number(made.map(|made| usize::try_from(made.schemas).unwrap_or_default())),
            number(made.map(|made| made.gaps)),
            number(made.map(|made| made.untyped)),
            number(made.map(|made| made.lines)),
            seconds(row.cpu),
            megabytes(row.peak),
            seconds(check.and_then(|check| check.cpu)),
            megabytes(check.and_then(|check| check.peak)),
            number(check.map(|check| check.warnings)),
            if row.fault.is_some() { " !" } else { "" },
        );
    }
    faults(&mut text, rows);
    sums(&mut text, rows);
    text
}

fn faults(text: &mut String, rows: &[Row]) {
    let faulty: Vec<&Row> = rows.iter().filter(|row| row.fault.is_some()).collect();
    if faulty.is_empty() {
        return;
    }
    text.push_str("\nnot as expected:\n");
    for row in faulty {
        let fault = row.fault.as_deref().unwrap_or_default();
        let place = row.errors.first().map_or_else(String::new, |error| {
            format!(" (line {}, column {})", error["line"], error["column"])
        });
        let _ = writeln!(text, "  {}: {fault}{place}", row.path);
    }
}

fn sums(text: &mut String, rows: &[Row]) {
    let mut verdicts: BTreeMap<(Expectation, Verdict), (usize, usize)> = BTreeMap::new();
    for row in rows {
        let (all, faulty) = verdicts.entry((row.expect, row.verdict)).or_default();
        *all += 1;
        *faulty += usize::from(row.fault.is_some());
    }
    text.push('\n');
    for ((expect, verdict), (all, faulty)) in verdicts {
        let verdict = verdict.as_str();
        let _ = writeln!(text, "{expect:15} {verdict:9} {all:>4}, {faulty:>4} not as expected");
    }
    let made = || rows.iter().filter_map(|row| row.made.as_ref());
    let reasons = rows.iter().filter(|row| row.reason.is_some()).count();
    let checks = || rows.iter().filter_map(|row| row.check.as_ref());
    let _ = writeln!(
        text,
        "{} documents: {} operations, {} schemas, {} gaps, {} untyped fields, {} lines; \
         {:.1} s to generate, {:.1} s to check; {} by a written reason, {} not as expected",
        rows.len(),
        made().map(|made| made.operations).sum::<u64>(),
        made().map(|made| made.schemas).sum::<u64>(),
        made().map(|made| made.gaps).sum::<usize>(),
        made().map(|made| made.untyped).sum::<usize>(),
        made().map(|made| made.lines).sum::<usize>(),
        rows.iter().filter_map(|row| row.cpu).fold(0.0, |sum, one| sum + one),
        checks().filter_map(|check| check.cpu).fold(0.0, |sum, one| sum + one),
        reasons,
        rows.iter().filter(|row| row.fault.is_some()).count(),
    );
    let trips = || rows.iter().filter_map(|row| row.round_trip.as_ref());
    if trips().next().is_some() {
        let _ = writeln!(
            text,
            "round trip: {} components, {} instances, {} components without one, {} differences",
            trips().map(|trip| trip.schemas).sum::<usize>(),
            trips().map(|trip| trip.instances).sum::<usize>(),
            trips().map(|trip| trip.skipped.len()).sum::<usize>(),
            trips().map(|trip| trip.differences).sum::<usize>(),
        );
    }
    let mut untyped: BTreeMap<&str, usize> = BTreeMap::new();
    for (reason, count) in made().flat_map(|made| &made.untyped_by_reason) {
        *untyped.entry(reason).or_default() += count;
    }
    let mut untyped: Vec<(usize, &str)> =
        untyped.into_iter().map(|(reason, count)| (count, reason)).collect();
    untyped.sort_by(|one, other| other.cmp(one));
    if !untyped.is_empty() {
        text.push_str("untyped, by reason:\n");
    }
    for (count, reason) in untyped.iter().take(MOST_REASONS) {
        let _ = writeln!(text, "{count:>6} {reason}");
    }
}

fn end_of(path: &str) -> String {
    let letters: Vec<char> = path.chars().collect();
    match letters.len().checked_sub(WIDTH) {
        None | Some(0) => path.to_owned(),
        Some(more) => format!("…{}", letters.iter().skip(more + 1).collect::<String>()),
    }
}

fn seconds(seconds: Option<f64>) -> String {
    seconds.map_or("-".to_owned(), |seconds| format!("{seconds:.2}"))
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("-".to_owned(), |bytes| (bytes / 1_000_000).to_string())
}
