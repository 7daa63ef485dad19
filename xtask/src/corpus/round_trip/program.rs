//! The crate that decodes and encodes: for each document a program with a table of its types.
//!
//! A line of its input is the number of a row and a JSON text; a line of its output is `+` and the
//! JSON that came back, or `-` and why there is none.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::super::generation::{Folders, write_if_new};

/// What follows the table.
const REST: &str = r#"
type Check = fn(&str) -> Result<String, String>;

fn check<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}

fn main() {
    let mut line = String::new();
    while std::io::stdin().read_line(&mut line).is_ok_and(|length| length > 0) {
        let (row, text) = line.trim_end_matches('\n').split_once('\t').unwrap();
        match CHECKS[row.parse::<usize>().unwrap()](text) {
            Ok(text) => println!("+{text}"),
            Err(error) => println!("-{}", error.replace('\n', " ")),
        }
        line.clear();
    }
}
"#;

/// Writes and builds the program of a crate; tells where it is.
///
/// # Errors
/// Those of the system and of cargo.
pub(super) fn build(
    name: &str,
    types: &BTreeMap<String, String>,
    folders: &Folders,
) -> Result<PathBuf, String> {
    let folder = folders.round_trip.join(name);
    write(name, types, &folder, folders).map_err(|error| error.to_string())?;
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", &program(name)])
        .current_dir(&folder)
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_TARGET_DIR", &folders.target)
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(folders.target.join("debug").join(program(name)))
}

fn program(name: &str) -> String {
    // A crate's name has 64 letters at most.
    format!("rt{}", name.get(1..63.min(name.len())).unwrap_or_default().trim_end_matches('-'))
}

fn write(
    name: &str,
    types: &BTreeMap<String, String>,
    folder: &Path,
    folders: &Folders,
) -> io::Result<()> {
    fs::create_dir_all(folder.join("src"))?;
    let library = name.replace('-', "_");
    let mut code = String::from("const CHECKS: &[Check] = &[\n");
    for path in types.values() {
        // Writing to a text cannot fail.
        let _ = writeln!(code, "    check::<{library}::{path}>,");
    }
    code.push_str("];\n");
    code.push_str(REST);
    write_if_new(&folder.join("src/main.rs"), &code)?;
    let crate_folder = folders.crates.join(name);
    let manifest = format!(
        "[package]\nname = {:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {name} = {{ path = {:?} }}\nserde = \"1\"\nserde_json = \"1\"\n\n[workspace]\n",
        program(name),
        crate_folder.display().to_string(),
    );
    write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(folders.crates.join("Cargo.lock"), lock)?;
    }
    Ok(())
}

/// Sends all lines through the program.
///
/// # Errors
/// How the program ended, where it did not answer every line.
pub(super) fn run(program: &Path, lines: &[String]) -> Result<Vec<String>, String> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let text = lines.join("\n") + "\n";
    let input = child.stdin.take();
    // Written beside the reading, or a full pipe would stop both.
    let writer = std::thread::spawn(move || {
        if let Some(mut input) = input {
            let _ = input.write_all(text.as_bytes());
        }
    });
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let _ = writer.join();
    let answers: Vec<String> =
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    if answers.len() != lines.len() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!(
            "the program ended ({}) at line {}: {said}",
            output.status,
            answers.len()
        ));
    }
    Ok(answers)
}
