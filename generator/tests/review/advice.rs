//! The next version follows from what callers compile against alone.

use oasmith::diff::{Build, Change, Id, Running};
use oasmith::review::{Bump, Standing, advise};

use super::set::change;

fn one(build: Build) -> Vec<Change> {
    vec![change(Id::FieldAdded, build, Running::Same, "x")]
}

#[test]
fn steps_follow_semver() {
    let table = [
        ("1.4.2", "2.0.0", "1.5.0", "1.4.3"),
        ("0.4.2", "0.5.0", "0.4.3", "0.4.3"),
        ("0.0.2", "0.0.3", "0.0.3", "0.0.3"),
        // A pre-release leads to its release.
        ("2.0.0-rc.1", "2.0.0", "2.0.0", "2.0.0"),
        ("1.5.0-rc.1", "2.0.0", "1.5.0", "1.5.0"),
        ("1.4.3-rc.1", "2.0.0", "1.5.0", "1.4.3"),
        ("0.5.0-alpha+7", "0.5.0", "0.5.0", "0.5.0"),
        ("1.4.2+build.7", "2.0.0", "1.5.0", "1.4.3"),
        (
            "18446744073709551615.0.0",
            "18446744073709551615.0.0",
            "18446744073709551615.1.0",
            "18446744073709551615.0.1",
        ),
    ];
    for (current, major, minor, patch) in table {
        let next = |build| advise(&one(build), current, current).next;
        assert_eq!(next(Build::Breaks), major, "{current}");
        assert_eq!(next(Build::MayBreak), major, "{current}");
        assert_eq!(next(Build::Adds), minor, "{current}");
        assert_eq!(next(Build::Warns), minor, "{current}");
        assert_eq!(next(Build::Docs), patch, "{current}");
        assert_eq!(next(Build::Same), current, "nothing changed");
        assert_eq!(advise(&[], current, current).next, current);
    }
    // What compiles and is wrong at run time is another crate, though not for the compiler.
    let silent = [change(Id::FieldWireRenamed, Build::Same, Running::Breaks, "x")];
    assert_eq!(advise(&silent, "1.0.0", "1.0.0").next, "1.0.1");
}

#[test]
fn the_version_that_the_crate_has_is_compared() {
    let standing =
        |current: &str, actual: &str| advise(&one(Build::Breaks), current, actual).standing;
    assert_eq!(standing("1.4.2", "1.4.2"), Standing::TooLow);
    assert_eq!(standing("1.4.2", "1.5.0"), Standing::TooLow);
    assert_eq!(standing("1.4.2", "2.0.0"), Standing::Enough);
    assert_eq!(standing("1.4.2", "2.0.0+x"), Standing::Enough);
    assert_eq!(standing("1.4.2", "2.0.0-rc.1"), Standing::Enough);
    assert_eq!(standing("2.0.0-rc.1", "2.0.0-rc.1"), Standing::TooLow);
    assert_eq!(standing("2.0.0-rc.1", "2.0.0-rc.2"), Standing::Enough);
    assert_eq!(standing("2.0.0-rc.1", "2.0.0-beta"), Standing::TooLow);
    assert_eq!(standing("1.4.2", "none"), Standing::Unknown);
    assert_eq!(advise(&[], "1.4.2", "1.4.2").standing, Standing::Enough);
    assert_eq!(advise(&[], "1.4.2", "1.4.1").standing, Standing::TooLow);
}

#[test]
fn reasons_name_the_first_and_count_the_others() {
    let mut changes = one(Build::MayBreak);
    changes.extend(one(Build::Adds));
    changes.push(change(Id::FieldRemoved, Build::Breaks, Running::Same, "x"));
    changes.extend(one(Build::Breaks));
    let advice = advise(&changes, "0.3.0", "0.3.0");
    assert_eq!(
        advice.reason,
        "`field-removed` of the crate breaks callers, and 2 more changes ask for the same step; \
         before 1.0 a minor version is enough for that"
    );
    let advice = advise(&changes, "v2", "v2");
    assert_eq!((advice.next.as_str(), advice.bump), ("", Bump::Major));
    assert_eq!(advice.standing, Standing::Unknown);
    assert!(advice.reason.starts_with("`v2` is no version; the changes ask for step `major`: "));
}
