//! Changes between two documents: ids, verdicts, and what explains each line of the crate.
#![expect(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot read its own files has failed, and one that is skipped says so"
)]

mod closed_loop;
#[expect(dead_code, reason = "the proof in xtask reads the rest of a fixture")]
mod fixture;
mod fixtures;
mod laws;
mod listing;
mod mutations;
mod pairs;

use std::path::Path;

use oasmith::config::{self, Config};
use oasmith::diff::{self, Change, Planned};
use oasmith::source::{Source, Sources};
use oasmith::yaml;

/// The configuration that a document has without any choice.
fn plain_config() -> Config {
    read_config("")
}

/// A configuration with what a test says beside the package.
fn read_config(more: &str) -> Config {
    let mut sources = Sources::default();
    let text = format!("package: {{name: demo, version: 0.1.0}}\n{more}");
    let file = sources.add(Source::new("generator.yaml", text.as_str()));
    config::read(&yaml::parse(&sources, file).unwrap()).unwrap()
}

/// What a document makes; the reason in words, where it makes nothing.
fn planned(path: &Path) -> Result<Planned, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    planned_text(&path.to_string_lossy(), &text)
}

fn planned_text(path: &str, text: &str) -> Result<Planned, String> {
    planned_with(path, text, "")
}

fn planned_with(path: &str, text: &str, more: &str) -> Result<Planned, String> {
    let sources = Sources::root(Source::new(path, text));
    oasmith::plan(&sources, &read_config(more)).map_err(|found| found.render_human(&sources))
}

/// A folder of the documents that lie beside the project, or nothing with a printed line.
fn shared(folder: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn changes(old: &Planned, new: &Planned) -> Vec<Change> {
    diff::diff(old, new)
}
