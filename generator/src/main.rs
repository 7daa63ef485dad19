//! `oasmith`: makes a Rust client crate from an OpenAPI document.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use oasmith::cli::{self, Defaults, Task};

/// Makes a Rust client crate from an OpenAPI document.
///
/// Without flags, openapi.yaml and generator.yaml are read and the crate is written to generated/.
///
/// Exit status: 0 done or nothing to do, 1 the document is bad or a check found differences,
/// 2 bad usage, or a file or folder that cannot be used.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

fn main() -> ExitCode {
    let defaults = Defaults {
        spec: PathBuf::from("openapi.yaml"),
        config: PathBuf::from("generator.yaml"),
        out: PathBuf::from("generated"),
        command_to_fix: "oasmith generate",
    };
    cli::run(&Arguments::parse().task, &defaults)
}
