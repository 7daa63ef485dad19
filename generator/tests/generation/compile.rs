//! All crates of this test, checked by cargo in one run, without a network and without a warning.
//!
//! They are members of a workspace in the target folder, with this repository's lock file, so the
//! crates that they depend on are those that are there already, and what did not change since the
//! last run is not checked again. Where clippy is installed it does the checking, since a generated
//! crate promises to pass it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

use serde_json::Value;

use super::document::{Document, package};
use super::{cases, hostile, names, parts};

/// The documents whose crates are compiled, by the names of their folders.
fn documents() -> Vec<Document> {
    cases::all()
        .into_iter()
        .chain([hostile::document()])
        .chain(names::documents())
        .chain(parts::documents())
        .collect()
}

#[test]
fn crates_compile_without_a_warning() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates");
    let documents = documents();
    write_workspace(&workspace, &documents);
    let started = Instant::now();
    let clippy = cargo(&workspace).args(["clippy", "--version"]).output().unwrap();
    let check = if clippy.status.success() { "clippy" } else { "check" };
    run(cargo(&workspace).args([check, "--offline", "--workspace", "--keep-going"]));
    println!("cargo {check} of {} crates: {:.1?}", documents.len(), started.elapsed());
}

/// With one feature, or none, the crate is whole in itself. Webhooks come with all.
#[test]
fn each_feature_compiles_alone() {
    let mut cases = cases::all();
    cases.retain(|case| matches!(case.name.as_str(), "features" | "stability"));
    let [features, stability] = &cases[..] else { panic!("{}", cases.len()) };
    let groups = "\
        default = [\"full\"]\n\
        # All groups of operations, and the models that none of them uses.\n\
        full = [\n    \"_default\",\n    \"books\",\n    \"loans\",\n]\n\
        _default = []\n\
        books = []\n\
        loans = []";
    let runtime = "books,tracing,brotli,gzip,zstd";
    compile_each(features, groups, &["", "_default", "books", "loans", runtime]);
    let both = "\
        default = [\"full\"]\n\
        # All groups and stability levels of operations, and the models that none of them uses.\n\
        full = [\n    \"_beta\",\n    \"alpha\",\n    \"beta\",\n    \"books\",\n    \"loans\",\n]\n\
        _beta = []\n\
        # Operations of this stability level, and what only they use.\n\
        alpha = []\n\
        # Operations of this stability level, and what only they use.\n\
        beta = []\n\
        books = []\n\
        loans = []";
    let each = ["", "alpha,beta", "_beta", "books", "books,alpha", "loans,beta"];
    compile_each(stability, both, &each);
    let levels = "\
        default = [\"full\"]\n\
        # All stability levels of operations, and the models that none of them uses.\n\
        full = [\n    \"alpha\",\n    \"beta\",\n]\n\
        # Operations of this stability level, and what only they use.\n\
        alpha = []\n\
        # Operations of this stability level, and what only they use.\n\
        beta = []";
    let alone = Document::new("levels", stability.text.clone())
        .with_config("features: {stability: x-stability}\n");
    compile_each(&alone, levels, &["", "beta"]);
}

/// Compiles a crate of these features with each of the selections.
fn compile_each(case: &Document, features: &str, selections: &[&str]) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-alone", case.name));
    let manifest = case.generate().files.get("Cargo.toml").unwrap().to_owned();
    let (_, written) = manifest.split_once("\n[features]\n").unwrap();
    assert_eq!(written.split_once("\n\n").unwrap().0, features);
    write_workspace(&workspace, std::slice::from_ref(case));
    for selection in selections {
        run(cargo(&workspace)
            .args(["check", "--offline", "--no-default-features", "--features"])
            .arg(selection));
    }
}

/// The example of each method compiles, with every kind of parameter and body, and so does that of the
/// front page and the guide, whose every page is in the crate of `wire`.
#[test]
fn examples_compile() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    let topics = ["bodies", "groups", "parameters", "wire"];
    let topics = cases::all().into_iter().filter(|case| topics.contains(&case.name.as_str()));
    let topics: Vec<Document> = topics.collect();
    write_workspace(&workspace, &topics);
    let said = run(cargo(&workspace).args(["test", "--offline", "--workspace", "--doc"]));
    let compiled = |folder: &str| {
        let lines = said.lines().filter(|line| line.ends_with("- compile ... ok"));
        lines.filter(|line| line.contains(folder)).count()
    };
    let methods: usize = topics.iter().map(|case| case.generate().summary.operations).sum();
    let examples = compiled("src/api/");
    assert!(methods > 20 && examples == methods, "{examples} of {methods}:\n{said}");
    assert_eq!(compiled("src/lib.rs"), topics.len(), "{said}");
    let wire = topics.iter().find(|case| case.name == "wire").unwrap().generate();
    for (path, _) in oasmith_templates::GUIDE {
        let text = wire.files.get(&format!("src/{path}")).unwrap();
        assert!(!text.contains("part:") && !text.contains("client_crate"), "{path}");
        let written = text.matches("//! ```no_run").count();
        let compiled = said.lines().filter(|line| line.contains(&format!("wire/src/{path} ")));
        let compiled = compiled.filter(|line| line.ends_with("- compile ... ok")).count();
        assert_eq!(compiled, written, "{path}:\n{said}");
    }
}

/// Descriptions are safe: rustdoc finds no broken link, no HTML and no Rust in them.
#[test]
fn documentation_is_made_without_a_warning() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documented");
    let hostile = hostile::document();
    let name = hostile.name.clone();
    write_workspace(&workspace, &cases::all().into_iter().chain([hostile]).collect::<Vec<_>>());
    let started = Instant::now();
    run(cargo(&workspace)
        .args(["doc", "--offline", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-D warnings"));
    println!("cargo doc: {:.1?}", started.elapsed());

    // Nor does a text of generator.yaml leave its place in the manifest.
    let mut metadata = cargo(&workspace);
    metadata.args(["metadata", "--offline", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_slice(&metadata.output().unwrap().stdout).unwrap();
    let mut packages = metadata["packages"].as_array().unwrap().iter();
    let package = packages.find(|package| package["name"] == *name).unwrap();
    assert_eq!(package["description"], hostile::DESCRIPTION);
}

/// The judge of what is a doctest is rustdoc: it gets all documentation of the hostile crate, in a
/// crate without dependencies.
#[test]
fn documentation_holds_no_test() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("documentation");
    let manifest = "[workspace]\n[package]\nname = \"documentation\"\nedition = \"2024\"\n";
    let files = [("Cargo.toml", manifest.to_owned()), ("src/lib.rs", hostile::documentation())];
    let files = files.map(|(path, text)| (workspace.join(path), text));
    write(&workspace, &BTreeMap::from(files));
    let output = cargo(&workspace).args(["test", "--offline", "--doc"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("running 0 tests"), "{said}");
}

fn cargo(folder: &Path) -> Command {
    // Beside the folder for temporary files: the target folder of this very run, which cargo does
    // not lock while tests run.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target).env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Two runs of cargo in one target folder would compile the same things twice.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Runs cargo, which must succeed without a warning, and tells what it printed.
fn run(cargo: &mut Command) -> String {
    let _turn = ONE_AT_A_TIME.lock();
    let output = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let quiet = !said.lines().any(|line| line.starts_with("warning"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && quiet, "{said}{printed}");
    printed
}

/// Writes a workspace with a member for each document; a file that is right is not touched, so
/// cargo sees what changed.
fn write_workspace(workspace: &Path, documents: &[Document]) {
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    let members: Vec<String> = documents.iter().map(|one| format!("{:?}", one.name)).collect();
    // The profile is that of this repository, so that what was built for it is taken as it is.
    let profile = "[profile.dev]\ndebug = \"line-tables-only\"\n";
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n{profile}");
    files.insert(workspace.join("Cargo.toml"), manifest);
    // Without a file of its own, clippy would take the one of this repository.
    files.insert(workspace.join("clippy.toml"), String::new());
    for document in documents {
        for (path, text) in document.generate().files.iter() {
            files.insert(workspace.join(&document.name).join(path), text.to_owned());
        }
    }
    // The exact versions of this repository; cargo adds the members.
    let lock = fs::read_to_string(package().join("../Cargo.lock")).unwrap();
    files.insert(workspace.join("Cargo.lock"), lock);
    write(workspace, &files);
}

/// Makes the files of a folder exactly these.
fn write(folder: &Path, files: &BTreeMap<PathBuf, String>) {
    remove_others(folder, files);
    for (path, text) in files {
        if fs::read_to_string(path).ok().as_ref() != Some(text) {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// Removes what an earlier run wrote and this one does not.
fn remove_others(folder: &Path, files: &BTreeMap<PathBuf, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            remove_others(&path, files);
        } else if !files.contains_key(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}
