//! The rules of the house that a machine can check: layers, owners of crates, headers, lengths.
//!
//! ARCHITECTURE.md says why they are there.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own repository has failed")]

use std::fs;
use std::path::{Path, PathBuf};

const GENERATOR: &str = "generator/src";
const RUNTIME: &str = "templates/src/runtime";

/// The modules of the generator by layer: a module may use only what stands in a line above its own.
const LAYERS: &[&[&str]] = &[
    &["nearest", "source"],
    &["diagnostic"],
    &["yaml", "reference"],
    &["config", "lower", "overlay"],
    &["document"],
    &["model"],
    &["plan"],
    &["diff"],
    &["emit", "index", "review"],
    &["format", "gaps"],
    &["files"],
    &["cli", "lib", "main"],
];

/// Third-party crates, each with the modules that own it.
const OWNERS: &[(&str, &[&str])] = &[
    ("saphyr_parser", &["yaml"]),
    ("serde_json_path", &["overlay"]),
    ("serde_yaml", &["document"]),
    ("openapiv3", &["document", "model"]),
    ("heck", &["plan"]),
    ("fnv", &["diff"]),
    ("semver", &["review"]),
    ("jiff", &["review"]),
    ("unicode_ident", &["plan"]),
    ("proc_macro2", &["emit"]),
    ("quote", &["emit"]),
    ("oasmith_templates", &["emit"]),
    ("syn", &["format"]),
    ("prettyplease", &["format"]),
    ("tempfile", &["files"]),
    ("rustix", &["files"]),
    ("clap", &["cli", "main"]),
    ("clap_complete", &["main"]),
    ("mimalloc", &["main"]),
    ("similar", &["cli"]),
];

/// The same of the runtime, where one module keeps a crate that may be exchanged.
const RUNTIME_OWNERS: &[(&str, &[&str])] = &[
    ("reqwest", &["transport"]),
    ("js_sys", &["transport"]),
    ("wasm_bindgen", &["transport"]),
    ("wasm_bindgen_futures", &["transport"]),
    ("web_sys", &["transport"]),
    ("send_wrapper", &["time", "transport"]),
    ("gloo_timers", &["time"]),
    ("web_time", &["time"]),
    ("tokio::time", &["time"]),
    ("ed25519_dalek", &["auth"]),
    ("tower_service", &["transport"]),
    ("tracing", &["trace"]),
];

/// The longest that a hand-written file may be, in lines.
const LONGEST: usize = 400;

#[test]
fn modules_use_only_layers_above_their_own() {
    let mut faults = Vec::new();
    each_line(|module, place, line| {
        for (at, _) in line.match_indices("crate::") {
            let rest = &line[at + "crate::".len()..];
            let used: String = rest.chars().take_while(|one| is_word(*one)).collect();
            let (Some(own), Some(other)) = (layer(module), layer(&used)) else { continue };
            if used != module && other >= own {
                faults.push(format!("{place}: `{module}` must not use `{used}`"));
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn each_module_is_in_a_layer() {
    let mut unknown = Vec::new();
    each_line(|module, place, _| {
        if layer(module).is_none() && !unknown.iter().any(|one: &String| one.contains(module)) {
            unknown.push(format!("{place}: `{module}` is not in LAYERS"));
        }
    });
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

#[test]
fn crates_are_used_only_by_their_owners() {
    for (sources, owners) in [(GENERATOR, OWNERS), (RUNTIME, RUNTIME_OWNERS)] {
        let mut faults = Vec::new();
        each_line_of(sources, |module, place, line| {
            for (name, owners) in owners {
                let used = line.match_indices(&format!("{name}::")).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|one| is_word(one) || one == ':')
                });
                if used && !owners.contains(&module) {
                    faults.push(format!("{place}: `{name}` belongs to {owners:?}"));
                }
            }
        });
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

#[test]
fn the_library_touches_no_outside_world() {
    let banned = ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Instant::"];
    let mut faults = Vec::new();
    each_line(|module, place, line| {
        let outside = matches!(module, "files" | "cli" | "main");
        for word in banned {
            if !outside && line.contains(word) {
                faults.push(format!("{place}: `{word}` belongs to `files` or `cli`"));
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn files_say_what_they_are_and_are_short() {
    let root = root();
    let mut faults = Vec::new();
    let folders = [
        "generator",
        "templates",
        "xtask",
        "fuzz",
        "wasm",
        "generated/tests",
        "generated/examples",
    ];
    for folder in folders {
        for path in rust_files(&root.join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let place = path.strip_prefix(&root).unwrap().display().to_string();
            // Golden outputs of the generator are not written by hand.
            if place.contains("tests/cases/") {
                continue;
            }
            let first = text.lines().find(|line| !line.starts_with("// @generated"));
            if !first.is_some_and(|line| line.starts_with("//!")) {
                faults.push(format!("{place}: starts without `//!`"));
            }
            let lines = text.lines().count();
            if lines > LONGEST {
                faults.push(format!("{place}: {lines} lines, {LONGEST} are allowed"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// How many lines above an error that is taken the result stands in which it was looked through.
const SEEN_WITHIN: usize = 8;

/// What a line says that takes an error which is none of the runtime's.
const OTHER_ERROR: &str = "// not of the runtime";

/// Whether a line takes an error out of a result, or learns that there is one.
fn takes_error(near: &[&str], line: &str) -> bool {
    let takes =
        [".unwrap_err()", ".expect_err(", ".err()", ".is_err()", "Result::err", "Result::is_err"];
    let is_pattern = line.find("Err(").is_some_and(|start| {
        let is_matched = near.iter().rev().take(3).any(|line| line.contains("matches!("));
        line[..start].ends_with("let ") || line[start..].contains("=>") || is_matched
    });
    takes.iter().any(|mark| line.contains(mark)) || is_pattern
}

/// The tests' scan for secrets (`templates/tests/support/scan.rs`) reads the errors that it is given.
#[test]
fn errors_of_the_runtime_are_taken_where_secrets_are_looked_for() {
    let root = root();
    let mut faults = Vec::new();
    for folder in ["templates/tests/http", "templates/tests/generated", "generated/tests"] {
        for path in rust_files(&root.join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines: Vec<&str> = text.lines().collect();
            for (at, line) in lines.iter().enumerate() {
                // What is matched can stand some lines above the arm that takes the error.
                let near = &lines[at.saturating_sub(SEEN_WITHIN)..=at];
                let is_seen = near.iter().any(|line| {
                    [".fails()", ".seen()", "scan::shown(", OTHER_ERROR, "catch_unwind"]
                        .iter()
                        .any(|mark| line.contains(mark))
                });
                if takes_error(near, line) && !is_seen {
                    let place = format!("{}:{}", path.display(), at + 1);
                    faults.push(format!("{place}: `fails()` or `seen()` for {}", line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Calls with each line of code in the generator: the top module, the place, the line.
fn each_line(visit: impl FnMut(&str, &str, &str)) {
    each_line_of(GENERATOR, visit);
}

/// The same of any sources.
fn each_line_of(sources: &str, mut visit: impl FnMut(&str, &str, &str)) {
    let sources = root().join(sources);
    for path in rust_files(&sources) {
        let inside = path.strip_prefix(&sources).unwrap().to_owned();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.trim_end_matches(".rs");
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") {
                visit(module, &format!("{}:{}", inside.display(), number + 1), code);
            }
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
