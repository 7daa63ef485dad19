//! Asks cargo about all crates at once: they are members of one workspace with one target folder.
//!
//! Crates whose tables of dependencies are equal are checked in one call. In a call, cargo unites
//! the features that its crates ask for, so a crate that forgets one of its own would pass beside a
//! crate that has it; crates with equal tables cannot help each other.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::Value;

use super::generation::{Folders, write_if_new};
use super::measure;
use super::row::{Judgement, Row};

/// What cargo is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// `cargo check`, each crate measured.
    Check,
    /// `cargo clippy` with the lints of a crate that sets none.
    Clippy,
    /// `cargo doc`.
    Doc,
}

/// How many messages of a crate are kept.
const MOST_MESSAGES: usize = 5;

/// Makes the crates of these rows the members of the workspace.
///
/// # Errors
/// Those of the system.
pub(super) fn write_workspace(rows: &[Row], folders: &Folders, root: &Path) -> io::Result<()> {
    let members = rows.iter().filter(|row| row.made.is_some());
    let members: Vec<String> = members.map(|row| format!("{:?}", row.name)).collect();
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    write_if_new(&folders.crates.join("Cargo.toml"), &manifest)?;
    // Without a file of its own, clippy would take one of a folder above.
    write_if_new(&folders.crates.join("clippy.toml"), "")?;
    // The versions of this repository, unless an earlier run has added its members to them.
    let lock = folders.crates.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root.join("Cargo.lock"), lock)?;
    }
    Ok(())
}

/// Asks about the crates of the rows for which `asked` holds, and files the answers; `tell` gets the
/// name of each crate that is done.
///
/// # Errors
/// What cargo says when it does not come as far as the crates.
pub(super) fn ask(
    tool: Tool,
    rows: &mut [Row],
    folders: &Folders,
    jobs: usize,
    asked: impl Fn(&Row) -> bool,
    mut tell: impl FnMut(&str),
) -> Result<(), String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.made.is_some() && asked(row)) {
        let manifest = fs::read_to_string(folders.crates.join(&row.name).join("Cargo.toml"));
        groups
            .entry(dependencies(&manifest.unwrap_or_default()))
            .or_default()
            .push(row.name.clone());
    }
    let mut answers: BTreeMap<String, Judgement> = BTreeMap::new();
    for names in groups.values() {
        call(tool, names, folders, jobs, &mut answers, &mut tell)?;
    }
    for row in rows.iter_mut().filter(|row| row.made.is_some() && asked(row)) {
        let mut judgement = answers.remove(&row.name.replace('-', "_")).unwrap_or_default();
        if tool == Tool::Check {
            let usage = measure::read(&folders.usage, &row.name.replace('-', "_"));
            judgement.cpu = usage.as_ref().map(|usage| usage.cpu);
            judgement.peak = usage.as_ref().map(|usage| usage.peak);
        }
        *match tool {
            Tool::Check => &mut row.check,
            Tool::Clippy => &mut row.clippy,
            Tool::Doc => &mut row.doc,
        } = Some(judgement);
    }
    Ok(())
}

/// The tables of a manifest that decide what cargo builds for a crate.
fn dependencies(manifest: &str) -> String {
    let tables = manifest.split("\n[").filter(|table| table.starts_with("dependencies"));
    tables.collect()
}

fn call(
    tool: Tool,
    names: &[String],
    folders: &Folders,
    jobs: usize,
    answers: &mut BTreeMap<String, Judgement>,
    tell: &mut impl FnMut(&str),
) -> Result<(), String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(match tool {
        Tool::Check => ["check"].as_slice(),
        Tool::Clippy => &["clippy", "--no-deps"],
        Tool::Doc => &["doc", "--no-deps"],
    });
    cargo.args(["--keep-going", "--message-format", "json", "--jobs", &jobs.to_string()]);
    for name in names {
        cargo.args(["--package", name]);
    }
    // The caches of incremental compilation cost time and a good deal of disk, and are never used.
    cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", &folders.target);
    cargo.env_remove("RUSTFLAGS").env_remove("RUSTDOCFLAGS");
    if tool == Tool::Check {
        let program = env::current_exe().map_err(|error| error.to_string())?;
        cargo.env("RUSTC_WORKSPACE_WRAPPER", program).env(measure::FOLDER, &folders.usage);
    }
    cargo.current_dir(&folders.crates).stdin(Stdio::null());
    cargo.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = cargo.spawn().map_err(|error| format!("cannot run cargo: {error}"))?;
    // Both pipes are read at the same time, or a full one would stop cargo.
    let errors = child.stderr.take().map(|pipe| {
        std::thread::spawn(move || {
            BufReader::new(pipe).lines().map_while(Result::ok).collect::<Vec<_>>()
        })
    });
    let mut finished = false;
    let output = child.stdout.take().into_iter().flat_map(|pipe| BufReader::new(pipe).lines());
    for line in output.map_while(Result::ok) {
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        finished |= message["reason"] == "build-finished";
        read(&message, answers, tell);
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    let errors = errors.and_then(|thread| thread.join().ok()).unwrap_or_default();
    if !status.success() && !finished {
        return Err(format!("cargo failed:\n{}", errors.join("\n")));
    }
    Ok(())
}

/// Files one message of cargo under the crate that it is about.
fn read(message: &Value, answers: &mut BTreeMap<String, Judgement>, tell: &mut impl FnMut(&str)) {
    let Some(name) = message["target"]["name"].as_str() else { return };
    match message["reason"].as_str() {
        Some("compiler-artifact") => {
            answers.entry(name.to_owned()).or_default().passed = true;
            tell(name);
        }
        Some("compiler-message") => {
            let message = &message["message"];
            // The line that counts the others has neither a code nor a place.
            let spans = message["spans"].as_array().is_none_or(Vec::is_empty);
            if spans
                && message["code"].is_null()
                && message["children"].as_array().is_none_or(Vec::is_empty)
            {
                return;
            }
            let answer = answers.entry(name.to_owned()).or_default();
            match message["level"].as_str() {
                Some("warning") => answer.warnings += 1,
                Some("error" | "error: internal compiler error") => answer.errors += 1,
                _ => return,
            }
            if answer.messages.len() < MOST_MESSAGES {
                answer.messages.push(line(message));
            }
        }
        _ => {}
    }
}

/// A message in one line: where and what.
fn line(message: &Value) -> String {
    let span = message["spans"].as_array().and_then(|spans| {
        spans.iter().find(|span| span["is_primary"] == true).or_else(|| spans.first())
    });
    let text = message["message"].as_str().unwrap_or_default();
    match span {
        Some(span) => {
            let file = span["file_name"].as_str().unwrap_or_default();
            format!("{file}:{}: {text}", span["line_start"])
        }
        None => text.to_owned(),
    }
}
