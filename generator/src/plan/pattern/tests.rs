//! Patterns against the crate `regex`: what is let through means what ECMA-262 means.

use super::translate;

#[test]
fn what_both_read_alike_stays() {
    for pattern in [
        "^[a-z0-9-]+$",
        "^[A-Z]{2}[0-9]{3,}(a|b)?$",
        r"^(?:[^@]+)@x\.y$",
        "a*?b+?",
        r"^\p{L}+$",
        "ä😀",
        "",
    ] {
        assert_eq!(translate(pattern).as_deref(), Ok(pattern));
    }
}

/// Each with texts that match and texts that do not, as ECMA-262 has it with the flag `u`.
#[test]
fn the_meaning_is_that_of_ecma_262() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        (r"^\d$", &["0", "9"], &["٣", "a"]),
        (r"^\D$", &["٣", "a", "\n"], &["0"]),
        (r"^\w$", &["_", "Z"], &["ä", "-"]),
        (r"^[\w.-]$", &["_", ".", "-"], &["ä", "&"]),
        (r"^[^\w]$", &["ä"], &["a"]),
        (r"^[a\D]$", &["a", "x"], &["1"]),
        (r"^[\w-x]$", &["-", "x"], &["!"]),
        (r"^[!-\d]$", &["!", "-", "7"], &["#"]),
        (r"^\s$", &[" ", "\t", "\u{feff}", "\u{2029}", "\u{b}"], &["\u{85}", "a"]),
        (r"^[\S]$", &["a", "\u{85}"], &["\u{a0}"]),
        ("^.$", &["a", "\u{85}", "😀"], &["\n", "\r", "\u{2028}", "ab"]),
        ("^a$", &["a"], &["a\n", "b\na"]),
        (r"^\bé$", &[], &["é"]),
        (r"a\b", &["aé"], &["ab"]),
        ("^[[]]$", &["[]"], &["["]),
        ("^[a&&b]$", &["&", "a"], &["x"]),
        ("^[a~~b]$", &["a", "~"], &["c"]),
        (r"^\/\-\_\@\#$", &["/-_@#"], &[]),
        (r"^\u0041\x42\u{1F600}\cJ\0$", &["AB😀\n\0"], &[]),
        (r"^[\b]$", &["\u{8}"], &["b"]),
        ("^{a}$", &["{a}"], &[]),
        ("^a{,2}$", &["a{,2}"], &["aa"]),
        ("^(?<year>[0-9]{4})$", &["2026"], &["26"]),
        ("^[^-]$", &["a"], &["-"]),
        ("^[-a]$", &["-", "a"], &["b"]),
    ];
    for (pattern, matching, others) in cases {
        let regex = regex::Regex::new(&translate(pattern).unwrap()).unwrap();
        for text in *matching {
            assert!(regex.is_match(text), "{pattern} matches {text:?} ({regex})");
        }
        for text in *others {
            assert!(!regex.is_match(text), "{pattern} does not match {text:?} ({regex})");
        }
    }
}

#[test]
fn what_has_no_form_is_refused() {
    for pattern in [
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<!a)",
        "(?i)a",
        r"(a)\1",
        r"\k<a>",
        r"a\B",
        "(a",
        "a)",
        "[a",
        "[]",
        "[^]",
        "[z-a]",
        "*",
        "a**",
        "^*",
        r"\",
        r"\a",
        r"\uD83D",
        r"\p{Script=Latin}",
        r"\p{Letters}",
        r"\u{110000}",
        r"\x4",
        r"\01",
    ] {
        assert!(translate(pattern).is_err(), "{pattern}");
    }
    let deep = format!("{}a{}", "(".repeat(101), ")".repeat(101));
    for large in ["^.{1,99999}$", "((a{100}){100}){100}", "a{9999999999999999999999}", &deep] {
        assert!(translate(large).is_err(), "{large}");
    }
}

/// The largest that is let through is not too large for the crate.
#[test]
fn what_is_let_through_compiles() {
    for pattern in [
        "^.{0,4998}$",
        "^[^a]{4990}$",
        r"^\s{4900}$",
        r"^\p{L}{45}$",
        r"^[\p{L}\p{N}]{1,45}$",
        "^[a-z]{1,49000}$",
        "^(a{1,300}){1,300}$",
    ] {
        let translated = translate(pattern).unwrap();
        assert!(regex::Regex::new(&translated).is_ok(), "{pattern}");
    }
}
