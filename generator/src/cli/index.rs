//! `index`: from the crate back to the document.
//!
//! A path of the crate is looked up by its end, so `Pet::name` finds `models::Pet::name`. A place such
//! as `generated/src/models/pet.rs:12`, as the compiler writes it, is looked up by what stands there.

mod place;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::report::{Faults, say, tell};
use super::{Defaults, MessageFormat, Paths};
use crate::config;
use crate::files::{self, Input, ReadError};
use crate::index::Row;
use crate::yaml;

/// How many operations of an item stand in a table.
const MOST_OPERATIONS: usize = 3;

/// What to look up.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct IndexFlags {
    /// A path of the crate, such as `models::Pet::name` or the end of one, or a place in its sources,
    /// such as `generated/src/models/pet.rs:12`; without it, everything is listed
    pub item: Option<String>,
    /// Where the document and its choices are.
    #[command(flatten)]
    pub paths: Paths,
    /// How items are written
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: IndexFormat,
}

/// How items are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum IndexFormat {
    /// A line each, with tabs between path, kind, place, wire name and operations
    #[default]
    Tsv,
    /// A list of objects, with all operations
    Json,
}

/// Prints what was asked for; the status is 1 if there is no such item.
pub(super) fn index(flags: &IndexFlags, defaults: &Defaults) -> ExitCode {
    let inputs = flags.paths.inputs(defaults);
    let root = inputs.root.as_deref();
    let read = files::read_sources(&inputs.spec, root, &inputs.overlays, &inputs.config);
    let Input { sources, trees, config } = match read {
        Ok(input) => input,
        Err(ReadError::Document { sources, diagnostics }) => {
            Faults { format: MessageFormat::Human }.tell(&diagnostics, &sources);
            return ExitCode::from(1);
        }
        Err(error) => {
            tell(format_args!("error: {error}"));
            return ExitCode::from(2);
        }
    };
    let rows = yaml::parse(&sources, config)
        .and_then(|root| config::read(&root))
        .and_then(|config| crate::index_from(&sources, trees, &config));
    let rows = match rows {
        Ok(rows) => rows,
        Err(diagnostics) => {
            Faults { format: MessageFormat::Human }.tell(&diagnostics, &sources);
            return ExitCode::from(1);
        }
    };
    let Some(item) = &flags.item else {
        print(rows.iter(), flags.format);
        return ExitCode::SUCCESS;
    };
    let wanted = match place::parse(item) {
        Some((file, line)) => match place::item(&PathBuf::from(file), line) {
            Ok(found) => found,
            Err(message) => {
                tell(format_args!("error: {message}"));
                return ExitCode::from(2);
            }
        },
        None => item.clone(),
    };
    let found: Vec<&Row> = rows.iter().filter(|row| is_asked(&row.path, &wanted)).collect();
    if found.is_empty() {
        tell(format_args!("error: the document says nothing about `{wanted}`"));
        return ExitCode::from(1);
    }
    print(found.into_iter(), flags.format);
    ExitCode::SUCCESS
}

/// Whether a path ends with what was asked for.
fn is_asked(path: &str, wanted: &str) -> bool {
    let wanted = wanted.trim_start_matches("crate::").trim_start_matches("::");
    path.strip_suffix(wanted).is_some_and(|rest| rest.is_empty() || rest.ends_with("::"))
        // A path as callers write it begins with the name of the crate.
        || wanted.split_once("::").is_some_and(|(_, rest)| rest == path)
}

fn print<'r>(rows: impl Iterator<Item = &'r Row>, format: IndexFormat) {
    match format {
        IndexFormat::Tsv => {
            say("path\tkind\tplace\twire\toperations");
            rows.for_each(|row| say(line(row)));
        }
        IndexFormat::Json => {
            let rows: Vec<Json<'_>> = rows.map(json).collect();
            // Texts alone can always be written.
            say(serde_json::to_string_pretty(&rows).unwrap_or_default());
        }
    }
}

fn line(row: &Row) -> String {
    let Row { path, kind, place, wire, operations } = row;
    let mut named: Vec<String> = operations.iter().take(MOST_OPERATIONS).cloned().collect();
    if let Some(more @ 1..) = operations.len().checked_sub(MOST_OPERATIONS) {
        named.push(format!("and {more} more"));
    }
    let cells = [path.as_str(), kind.word(), place, wire, &named.join(", ")];
    // A text of the document stays in its cell.
    cells.map(|cell| cell.replace(char::is_control, " ")).join("\t")
}

/// An item for a program.
#[derive(Serialize)]
struct Json<'r> {
    path: &'r str,
    kind: &'static str,
    place: &'r str,
    wire: &'r str,
    operations: &'r [String],
}

fn json(row: &Row) -> Json<'_> {
    let Row { path, kind, place, wire, operations } = row;
    Json { path, kind: kind.word(), place, wire, operations }
}
