//! The workspace of the proof: the two crates of each family, and one crate of callers for each side.
//!
//! It lies in the target folder and shares what is built there, so that a second run compiles what
//! changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use oasmith::source::{Source, Sources};
use oasmith::{config, yaml};

use crate::callers::{self, SIDES};
use crate::fixture::{Family, Side};

/// Writes all crates; tells where the workspace is.
pub(crate) fn write(families: &[Family]) -> PathBuf {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("changes");
    let mut files: BTreeMap<PathBuf, String> = BTreeMap::new();
    let mut members = Vec::new();
    for side in SIDES {
        let mut dependencies = String::new();
        for family in families {
            let name = format!("{side}-{}", family.name);
            let (document, config) = (side_of(family, side), format!("{name}.yaml"));
            for (path, text) in generate(&name, &document.document, &document.config, &config) {
                files.insert(workspace.join(&name).join(path), text);
            }
            writeln!(dependencies, "{name} = {{ path = \"../{name}\" }}").unwrap();
            members.push(name);
        }
        let callers = format!("callers-{side}");
        let manifest = format!(
            "[package]\nname = \"{callers}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}tokio = {{ version = \"1\", features = [\"rt\", \"time\"] }}\n"
        );
        files.insert(workspace.join(&callers).join("Cargo.toml"), manifest);
        members.push(callers);
    }
    for (path, text) in callers::sources(families, &|_| false) {
        files.insert(workspace.join(path), text);
    }
    let profile = "[profile.dev]\ndebug = \"line-tables-only\"\n";
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n{profile}");
    files.insert(workspace.join("Cargo.toml"), manifest);
    // The exact versions of this repository; cargo adds the members.
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    if !workspace.join("Cargo.lock").exists() {
        files.insert(workspace.join("Cargo.lock"), fs::read_to_string(lock).unwrap());
    }
    for (path, text) in &files {
        write_if_new(path, text);
    }
    workspace
}

/// The document and configuration of a side by its word.
pub(crate) fn side_of<'a>(family: &'a Family, side: &str) -> &'a Side {
    if side == "old" { &family.old } else { &family.new }
}

/// The files of a crate.
fn generate(name: &str, document: &str, more: &str, file: &str) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let text = format!("package: {{name: {name}, version: 0.1.0}}\n{more}");
    let at = sources.add(Source::new("generator.yaml", text.as_str()));
    let config = config::read(&yaml::parse(&sources, at).unwrap())
        .unwrap_or_else(|found| panic!("{name}: {}", found.render_human(&sources)));
    let sources = Sources::root(Source::new(file, document));
    let generated = oasmith::generate(&sources, &config)
        .unwrap_or_else(|found| panic!("{name}: {}", found.render_human(&sources)));
    generated.files.iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// Writes a file, unless it says this already: cargo looks at the time.
pub(crate) fn write_if_new(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Cargo in the workspace, with the target folder of this very run.
pub(crate) fn cargo(workspace: &Path) -> Command {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace).env("CARGO_TARGET_DIR", target).env("CARGO_TERM_COLOR", "never");
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}
