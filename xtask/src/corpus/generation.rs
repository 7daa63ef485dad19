//! Runs the generator on one document, as a process of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, io};

use serde_json::Value;

use super::documents::Document;
use super::measure::{self, End};
use super::row::{Made, Row, Verdict};

/// The folders of a run.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// One crate for each document.
    pub(super) crates: PathBuf,
    /// The `generator.yaml` of each.
    pub(super) configs: PathBuf,
    /// What each process used.
    pub(super) usage: PathBuf,
    /// The target folder of all crates.
    pub(super) target: PathBuf,
    /// The programs of the round trip.
    #[cfg(feature = "round-trip")]
    pub(super) round_trip: PathBuf,
    /// The report.
    pub(super) report: PathBuf,
}

impl Folders {
    /// Makes the folders, below `given` or else below the target folder of this program.
    ///
    /// # Errors
    /// Those of the system.
    pub(super) fn open(given: Option<&Path>) -> io::Result<Self> {
        let root = if let Some(folder) = given {
            std::path::absolute(folder)?
        } else {
            // This program lies in a folder of the target folder.
            let program = env::current_exe()?;
            let target = program.parent().and_then(Path::parent);
            target.ok_or(io::ErrorKind::NotFound)?.join("corpus")
        };
        let folders = Self {
            crates: root.join("crates"),
            configs: root.join("configs"),
            usage: root.join("usage"),
            target: root.join("target"),
            #[cfg(feature = "round-trip")]
            round_trip: root.join("round-trip"),
            report: root.join("report.jsonl"),
        };
        for folder in [&folders.crates, &folders.configs, &folders.usage] {
            fs::create_dir_all(folder)?;
        }
        Ok(folders)
    }
}

/// Generates the crate of a document; `limit` is in seconds of the processor.
///
/// # Errors
/// Those of the system: the process cannot be started.
pub(super) fn generate(document: &Document, folders: &Folders, limit: u64) -> io::Result<Row> {
    let name = &document.name;
    let config = folders.configs.join(format!("{name}.yaml"));
    write_if_new(&config, &format!("package: {{name: {name}, version: 0.0.0}}\n"))?;
    let out = folders.crates.join(name);
    let usage = format!("{name}.generate");
    // The figures of an earlier run are not those of this one.
    let _ = fs::remove_file(folders.usage.join(&usage));

    let program = env::current_exe()?;
    let output = Command::new(&program)
        .env(measure::FOLDER, &folders.usage)
        .env(measure::NAME, &usage)
        .env(measure::LIMIT, limit.to_string())
        .arg(&program)
        .args(["regenerate", "--message-format", "json", "--spec"])
        .arg(&document.file)
        // Documents share files with their neighbours.
        .arg("--root")
        .arg(&document.root)
        .arg("--config")
        .arg(config)
        .arg("--out")
        .arg(&out)
        .stdin(Stdio::null())
        .output()?;
    let usage = measure::read(&folders.usage, &usage);
    let verdict = match usage.as_ref().map(|usage| usage.end) {
        Some(End::Status(0)) => Verdict::Generated,
        Some(End::Status(1)) => Verdict::Refused,
        Some(End::Status(2)) => Verdict::Trouble,
        Some(End::Limit) => Verdict::Hung,
        Some(End::Status(_) | End::Signal(_)) | None => Verdict::Crashed,
    };
    let errors = String::from_utf8_lossy(&output.stderr);
    let mut diagnostics = Vec::new();
    let mut said = Vec::new();
    for line in errors.lines() {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => diagnostics.push(value),
            Err(_) => said.push(line),
        }
    }
    let made = (verdict == Verdict::Generated).then(|| {
        let summary = serde_json::from_slice(&output.stdout).unwrap_or_default();
        made(&summary, &diagnostics, &out)
    });
    diagnostics.retain(|one| one["severity"] == "error");
    Ok(Row {
        path: document.path.clone(),
        kind: document.kind.clone(),
        expect: document.expect,
        verdict,
        fault: None,
        reason: None,
        name: name.clone(),
        made,
        errors: diagnostics,
        said: (!said.is_empty()).then(|| said.join("\n")),
        cpu: usage.as_ref().map(|usage| usage.cpu),
        peak: usage.as_ref().map(|usage| usage.peak),
        check: None,
        clippy: None,
        doc: None,
        round_trip: None,
    })
}

/// Writes a file unless it holds the text already: its time stamp matters to cargo.
pub(super) fn write_if_new(path: &Path, text: &str) -> io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text)
}

fn made(summary: &Value, gaps: &[Value], out: &Path) -> Made {
    let mut made = Made {
        operations: summary["operations"].as_u64().unwrap_or_default(),
        schemas: summary["schemas"].as_u64().unwrap_or_default(),
        gaps: gaps.len(),
        ..Made::default()
    };
    for gap in gaps {
        let code = gap["code"].as_str().unwrap_or_default();
        count(&mut made.gaps_by_code, code);
        if code == "untyped" {
            count(
                &mut made.untyped_by_reason,
                &nameless(gap["message"].as_str().unwrap_or_default()),
            );
        }
    }
    let mut open = vec![out.join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|one| one == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_default();
                let models =
                    path.strip_prefix(out).is_ok_and(|path| path.starts_with("src/models"));
                made.lines += text.lines().count();
                made.untyped += if models { untyped(&text) } else { 0 };
            }
        }
    }
    made
}

/// How many fields and aliases have a free value in their type.
fn untyped(text: &str) -> usize {
    let declared = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("pub ") && !line.starts_with("pub fn") && !line.starts_with("pub struct")
    };
    let free = |line: &&str| {
        ["runtime::Value", "runtime::Map"].iter().any(|word| {
            line.match_indices(word).any(|(at, word)| {
                let next = line.get(at + word.len()..).and_then(|rest| rest.chars().next());
                !next.is_some_and(|next| next.is_alphanumeric() || next == ':' || next == '_')
            })
        })
    };
    text.lines().filter(declared).filter(free).count()
}

/// A message without numbers and the names that it quotes, so that equal reasons are equal texts.
/// Keywords, which are lower case and camel case words, stay.
fn nameless(message: &str) -> String {
    let keyword = |part: &str| ["allOf", "oneOf", "anyOf", "not", "type", "enum"].contains(&part);
    let parts = message.split('`').enumerate().map(|(at, part)| match at % 2 {
        1 if !keyword(part) => "…".to_owned(),
        _ => part
            .split(' ')
            .map(|word| match word.parse::<u64>() {
                Ok(_) => "…",
                Err(_) => word,
            })
            .collect::<Vec<_>>()
            .join(" "),
    });
    parts.collect::<Vec<_>>().join("`")
}

fn count(counts: &mut BTreeMap<String, usize>, key: &str) {
    *counts.entry(key.to_owned()).or_default() += 1;
}
