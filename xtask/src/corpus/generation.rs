//! Runs the generator on one document, as a process of its own.

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
        *made.gaps_by_code.entry(code.to_owned()).or_default() += 1;
    }
    for (reason, count) in summary["untyped"].as_object().into_iter().flatten() {
        let count = count.as_u64().and_then(|count| usize::try_from(count).ok());
        let count = count.unwrap_or_default();
        made.untyped += count;
        made.untyped_by_reason.insert(reason.clone(), count);
    }
    let mut open = vec![out.join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|one| one == "rs") {
                let text = fs::read_to_string(&path).unwrap_or_default();
                made.lines += text.lines().count();
            }
        }
    }
    made
}
