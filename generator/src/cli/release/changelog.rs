//! `CHANGELOG.md` of the crate: one part of one section is ours, all else is the user's.
//!
//! ```text
//! ## [2.0.0] - Unreleased
//!
//! <!-- oasmith: since 1.2.3; what stands up to the end mark is written by oasmith -->
//!
//! ### Breaking
//!
//! - `models::Pet::age`: the field is gone
//!
//! <!-- oasmith: end -->
//! ```
//!
//! The first such part below a heading that ends with `Unreleased` is replaced; where there is none,
//! a section is put above the first one. Whoever releases writes a date in place of `Unreleased`, and
//! the next change begins a new section. What the last commit has in its part stays: changes of several
//! commits come together until a release.

use std::fmt::Write as _;

/// What follows the first mark's version.
const REST: &str = "; what stands up to the end mark is written by oasmith -->";

/// How the first mark begins, up to the version.
const BEGIN: &str = "<!-- oasmith: since ";

/// The last mark.
const END: &str = "<!-- oasmith: end -->";

/// What is not released yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unreleased {
    /// The version that it follows.
    pub(super) since: String,
    /// The version that it will have.
    pub(super) version: String,
    /// The entries, each below its heading.
    pub(super) headings: Vec<Heading>,
}

/// A heading with its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    word: String,
    entries: Vec<String>,
}

/// Where a part stands, in lines.
struct Found {
    heading: usize,
    begin: usize,
    end: usize,
}

/// The part of a changelog that is ours.
pub(super) fn read(text: &str) -> Option<Unreleased> {
    let lines: Vec<&str> = text.lines().collect();
    let Found { heading, begin, end } = find(&lines)?;
    let since = lines.get(begin)?.strip_prefix(BEGIN)?.split(';').next()?.to_owned();
    let title = lines.get(heading)?;
    let version = title.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    let version = version.map(|(version, _)| version.to_owned()).unwrap_or_default();
    let inside = lines.get(begin + 1..end).unwrap_or_default();
    Some(Unreleased { since, version, headings: headings(inside.iter().copied()) })
}

/// The headings of a part.
pub(super) fn headings<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    for line in lines {
        if let Some(word) = line.strip_prefix("### ") {
            found.push(Heading { word: word.to_owned(), entries: Vec::new() });
        } else if let Some(heading) = found.last_mut()
            && !line.trim().is_empty()
        {
            match heading.entries.last_mut() {
                // A line that begins no entry belongs to the one above.
                Some(entry) if !line.starts_with("- ") => *entry = format!("{entry}\n{line}"),
                _ => heading.entries.push(line.to_owned()),
            }
        }
    }
    found
}

/// Puts the entries of both together, each once; the headings keep the order of the first.
pub(super) fn together(first: Vec<Heading>, second: Vec<Heading>) -> Vec<Heading> {
    let mut all = first;
    for Heading { word, entries } in second {
        let at = all.iter_mut().find(|one| one.word == word);
        let Some(heading) = at else {
            all.push(Heading { word, entries });
            continue;
        };
        let new: Vec<String> =
            entries.into_iter().filter(|entry| !heading.entries.contains(entry)).collect();
        heading.entries.extend(new);
    }
    all
}

/// The changelog with our part as it should be. The ends of lines stay as they are in most of it.
pub(super) fn write(text: Option<&str>, unreleased: &Unreleased) -> String {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return format!(
            "# Changelog\n\nWhat changes for users of this crate.\n\n{}\n\n{}\n",
            title(unreleased),
            part(unreleased)
        );
    };
    let windows = text.matches("\r\n").count() * 2 > text.matches('\n').count();
    let plain = text.replace("\r\n", "\n");
    let written = replace(&plain, unreleased);
    if windows { written.replace('\n', "\r\n") } else { written }
}

fn replace(text: &str, unreleased: &Unreleased) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let join = |lines: Option<&[&str]>| lines.unwrap_or_default().join("\n");
    if let Some(Found { heading, begin, end }) = find(&lines) {
        let above = join(lines.get(heading + 1..begin));
        let before = lines.get(..heading).filter(|lines| !lines.is_empty());
        let before = before.map(|lines| lines.join("\n") + "\n").unwrap_or_default();
        // A title that somebody wrote another way stays.
        let old = lines.get(heading).copied().unwrap_or_default();
        let ours = old.starts_with("## [") && old.ends_with("] - Unreleased");
        let title = if ours { title(unreleased) } else { old.to_owned() };
        let after = join(lines.get(end + 1..));
        return format!("{before}{title}\n{above}\n{}\n{after}", part(unreleased));
    }
    let section = format!("{}\n\n{}\n", title(unreleased), part(unreleased));
    match lines.iter().position(|line| line.starts_with("## ")) {
        Some(at) => {
            let before = lines.get(..at).filter(|lines| !lines.is_empty());
            let before = before.map(|lines| lines.join("\n") + "\n").unwrap_or_default();
            format!("{before}{section}\n{}", join(lines.get(at..)))
        }
        None => format!("{}\n\n{section}", text.trim_end()),
    }
}

/// The first part below a heading that says that it is not released.
fn find(lines: &[&str]) -> Option<Found> {
    let mut heading = None;
    let mut begin = None;
    for (at, line) in lines.iter().map(|line| line.trim_end_matches('\r')).enumerate() {
        if line.starts_with("## ") {
            let words = line.trim_end().to_ascii_lowercase();
            (heading, begin) = (words.ends_with("unreleased").then_some(at), None);
        } else if line.starts_with(BEGIN) && heading.is_some() {
            begin = Some(at);
        } else if line == END
            && let (Some(heading), Some(begin)) = (heading, begin)
        {
            return Some(Found { heading, begin, end: at });
        }
    }
    None
}

fn title(unreleased: &Unreleased) -> String {
    format!("## [{}] - Unreleased", unreleased.version)
}

fn part(unreleased: &Unreleased) -> String {
    let mut text = format!("{BEGIN}{}{REST}\n", unreleased.since);
    for Heading { word, entries } in &unreleased.headings {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "\n### {word}\n\n{}", entries.join("\n"));
    }
    text + "\n" + END
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unreleased(version: &str, lines: &str) -> Unreleased {
        let (since, version) = ("1.0.0".to_owned(), version.to_owned());
        Unreleased { since, version, headings: headings(lines.lines()) }
    }

    #[test]
    fn what_is_written_is_read_and_replaced() {
        let first = unreleased("1.1.0", "### Added\n\n- `a`: new\n- `b`: new\n  and more");
        let text = write(None, &first);
        assert_eq!(read(&text), Some(first.clone()));
        assert_eq!(write(Some(&text), &first), text);
        let second = unreleased("2.0.0", "### Breaking\n- `c`: gone");
        let replaced = write(Some(&text), &second);
        assert_eq!(read(&replaced), Some(second));
        assert!(!replaced.contains("new"), "{replaced}");
        assert_eq!(write(Some(&replaced), &first), text);
    }

    #[test]
    fn the_text_of_others_stays() {
        let hand = "# Ours\n\nHello.\n\n## [1.0.0] - 2026-01-01\n\n- by hand\n";
        let one = unreleased("1.1.0", "### Added\n- `a`: new");
        let text = write(Some(hand), &one);
        let expected = "# Ours\n\nHello.\n\n## [1.1.0] - Unreleased\n\n<!-- oasmith: since 1.0.0; \
            what stands up to the end mark is written by oasmith -->\n\n### Added\n\n- `a`: new\n\n\
            <!-- oasmith: end -->\n\n## [1.0.0] - 2026-01-01\n\n- by hand\n";
        assert_eq!(text, expected);
        let edited = text.replace("<!-- oasmith: end -->\n", "<!-- oasmith: end -->\n\nBy hand.\n");
        let edited = edited.replace("Unreleased\n", "Unreleased\n\nAbove, by hand.\n");
        assert_eq!(write(Some(&edited), &one), edited);
        let windows = edited.replace('\n', "\r\n");
        assert_eq!(write(Some(&windows), &one), windows);
        assert_eq!(write(Some("# Ours"), &one).lines().next(), Some("# Ours"));
    }

    #[test]
    fn a_released_section_is_left_and_a_new_one_begun() {
        let one = unreleased("1.1.0", "### Added\n- `a`: new");
        let released = write(None, &one).replace("Unreleased", "2026-02-01");
        assert_eq!(read(&released), None);
        let two = unreleased("1.2.0", "### Added\n- `b`: new");
        let text = write(Some(&released), &two);
        assert!(
            text.contains("## [1.1.0] - 2026-02-01\n") && text.contains("- `a`: new"),
            "{text}"
        );
        assert_eq!(read(&text), Some(two));
    }

    #[test]
    fn entries_come_together() {
        let one = headings("### Added\n- a\n- b".lines());
        let two = headings("### Breaking\n- c\n### Added\n- b\n- d".lines());
        let all = headings("### Added\n- a\n- b\n- d\n### Breaking\n- c".lines());
        assert_eq!(together(one, two), all);
    }
}
