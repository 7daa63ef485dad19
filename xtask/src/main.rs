//! `cargo xtask`: the command line of oasmith with the paths of this repository, and the corpus.

mod corpus;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use oasmith::cli::{
    self, Defaults, DiffFlags, ExplainFlags, Flags, GenerateFlags, IndexFlags, Task,
};

/// The allocator of `oasmith`, too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps generated/ in step with spec/, and tries the generator on other documents.
///
/// Exit status: 0 done or nothing to do, 1 the document is bad or a check found differences,
/// 2 bad usage, or a file or folder that cannot be used. diff: 1 a change at the level of --fail-on or
/// above, 2 it could not be run, 3 the crate is not what the document makes.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Bring generated/ up to date with spec/conductorone.yaml and spec/generator.yaml
    Regenerate(GenerateFlags),
    /// Tell whether generated/ is what spec/ makes, and what to run if it is not
    Check(Flags),
    /// Tell what changed for callers of the crate, and which version it should have
    Diff(Box<DiffFlags>),
    /// Tell where items of the crate stand in the document, and what they are called there
    Index(IndexFlags),
    /// Tell more about the code of an error or a gap, or about a kind of change
    Explain(ExplainFlags),
    /// Generate a crate from every document of a folder, and judge them
    Corpus(corpus::Flags),
}

fn main() -> ExitCode {
    // The corpus runs this program around the compiler and the generator, to measure them.
    if let Some(status) = corpus::measure() {
        return status;
    }
    let task = match Arguments::parse().command {
        Command::Regenerate(flags) => Task::Generate(flags),
        Command::Check(flags) => Task::Check(flags),
        Command::Diff(flags) => Task::Diff(flags),
        Command::Index(flags) => Task::Index(flags),
        Command::Explain(flags) => Task::Explain(flags),
        Command::Corpus(flags) => return corpus::run(&flags, &root()),
    };
    let root = root();
    let defaults = Defaults {
        spec: near(&root, "spec/conductorone.yaml"),
        config: near(&root, "spec/generator.yaml"),
        out: near(&root, "generated"),
        command_to_fix: "cargo xtask regenerate",
    };
    cli::run(&task, &defaults)
}

/// The folder of the repository.
fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap_or(root)
}

/// A path of the repository, from the current folder where that is above it: messages are shorter.
fn near(root: &Path, path: &str) -> PathBuf {
    let whole = root.join(path);
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let short = here.ok().and_then(|here| whole.strip_prefix(here).map(Path::to_owned).ok());
    short.unwrap_or(whole)
}
