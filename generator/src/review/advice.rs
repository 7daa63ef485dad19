//! The next version of the crate, by semver: from what callers compile against alone.
//!
//! | the strongest change | from 1.0 | 0.x | 0.0.x |
//! | --- | --- | --- | --- |
//! | breaks callers, or may | 2.0.0 | 0.(x+1).0 | 0.0.(x+1) |
//! | adds, or makes the compiler warn | 1.1.0 | 0.x.1 | 0.0.(x+1) |
//! | anything else in the crate | 1.0.1 | 0.x.1 | 0.0.(x+1) |
//! | none | the same | the same | the same |
//!
//! A pre-release is followed by the release that it leads to, where that is enough: `2.0.0-rc.1` may
//! break what `2.0.0-rc.0` had. For the same reason a pre-release of the next version will do.

use std::cmp::Reverse;

use semver::{BuildMetadata, Prerelease, Version};

use super::words::{add, count, shown, title};
use crate::diff::{Build, Change, Level};

/// What version the crate should have, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Advice {
    /// The version of the crate as it was.
    pub current: String,
    /// The least version that semver allows for the crate as it is; empty where `current` is none.
    pub next: String,
    /// What it has now.
    pub actual: String,
    /// How much of a step the changes ask for.
    pub bump: Bump,
    /// Whether the version that it has is high enough.
    pub standing: Standing,
    /// Why, in a sentence without an end.
    pub reason: String,
}

/// How much of a step the changes ask for, as versions from 1.0 count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// Nothing was added.
    Patch,
    /// There is more to call.
    Minor,
    /// Callers do not compile, or may not.
    Major,
}

/// Whether a crate's version is high enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Enough,
    /// It is not.
    TooLow,
    /// One of the texts is no version.
    #[default]
    Unknown,
}

impl Bump {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Standing {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enough => "enough",
            Self::TooLow => "too-low",
            Self::Unknown => "unknown",
        }
    }
}

/// What version the crate should have after `current`, compared with the one that it has.
///
/// The changes are all there are: one that is waived breaks callers all the same.
pub fn advise(changes: &[Change], current: &str, actual: &str) -> Advice {
    let bump = changes.iter().map(step).max().unwrap_or_default();
    let mut advice = Advice {
        current: current.to_owned(),
        actual: actual.to_owned(),
        bump,
        reason: reason(changes, bump),
        ..Advice::default()
    };
    let Ok(from) = Version::parse(current.trim()) else {
        let word = bump.word();
        let current = shown(current, 60);
        let unknown = format!("`{current}` is no version; the changes ask for step `{word}`");
        advice.reason = format!("{unknown}: {}", advice.reason);
        return advice;
    };
    let next = after(&from, bump);
    advice.next = next.to_string();
    if bump == Bump::Major {
        advice.reason.push_str(match (from.major, from.minor) {
            (0, 0) => "; in 0.0.x a patch version is enough for that",
            (0, _) => "; before 1.0 a minor version is enough for that",
            _ => "",
        });
    }
    if let Ok(has) = Version::parse(actual.trim()) {
        advice.standing = standing(&from, &next, &has, bump);
    } else {
        let actual = shown(actual, 60);
        add(&mut advice.reason, format_args!("; the crate's own `{actual}` is no version"));
    }
    advice
}

fn step(change: &Change) -> Bump {
    match change.build {
        Build::Breaks | Build::MayBreak => Bump::Major,
        Build::Adds | Build::Warns => Bump::Minor,
        Build::Same if change.level() == Level::None => Bump::None,
        Build::Docs | Build::Same => Bump::Patch,
    }
}

fn after(from: &Version, bump: Bump) -> Version {
    let Version { major, minor, patch, pre, .. } = from;
    let step = match (major, minor, bump) {
        (_, _, Bump::None) => return from.clone(),
        (0, 0, _) | (0, _, Bump::Patch | Bump::Minor) | (_, _, Bump::Patch) => Bump::Patch,
        (0, _, Bump::Major) | (_, _, Bump::Minor) => Bump::Minor,
        (_, _, Bump::Major) => Bump::Major,
    };
    // A pre-release of 1.2.0 comes before all of 1.2, and one of 2.0.0 before all of 2.
    let leads_there = !pre.is_empty()
        && match step {
            Bump::None | Bump::Patch => true,
            Bump::Minor => *patch == 0,
            Bump::Major => *minor == 0 && *patch == 0,
        };
    match step {
        _ if leads_there => Version::new(*major, *minor, *patch),
        Bump::None | Bump::Patch => Version::new(*major, *minor, patch.saturating_add(1)),
        Bump::Minor => Version::new(*major, minor.saturating_add(1), 0),
        Bump::Major => Version::new(major.saturating_add(1), 0, 0),
    }
}

fn standing(from: &Version, next: &Version, has: &Version, bump: Bump) -> Standing {
    let reaches = has.cmp_precedence(next).is_ge();
    let released = Version { pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY, ..has.clone() };
    let leads_there = released.cmp_precedence(next).is_ge() && has.cmp_precedence(from).is_gt();
    if reaches || (bump != Bump::None && leads_there) { Standing::Enough } else { Standing::TooLow }
}

/// The first change that asks for the step, and how many more do.
fn reason(changes: &[Change], bump: Bump) -> String {
    let asking = || changes.iter().enumerate().filter(|(_, change)| step(change) == bump);
    // What breaks for certain says more than what may; then the first.
    let first = asking().max_by_key(|(at, change)| (change.build, Reverse(*at)));
    let (Some((_, first)), true) = (first, bump != Bump::None) else {
        return "nothing in the crate changed".to_owned();
    };
    let does = match first.build {
        Build::Breaks => "breaks callers",
        Build::MayBreak => "may break callers",
        Build::Adds => "adds to the crate",
        Build::Warns => "makes the compiler warn",
        Build::Docs => "changes documentation",
        Build::Same => "changes what is sent or read",
    };
    let more = match asking().count().saturating_sub(1) {
        0 => String::new(),
        1 => ", and 1 more change asks for the same step".to_owned(),
        more => format!(", and {} ask for the same step", count(more, "more change")),
    };
    let title = match first.thing() {
        Some(_) => format!("`{}`", title(first)),
        None => title(first),
    };
    format!("`{}` of {title} {does}{more}", first.id)
}
