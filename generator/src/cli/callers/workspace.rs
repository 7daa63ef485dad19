//! The workspace of callers, and how it comes by the crate.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::Trouble;

/// A workspace that uses the crate.
pub(super) struct Workspace {
    /// Its root, as the file system calls it.
    pub(super) root: PathBuf,
    /// The folder that the user named, as the file system calls it.
    pub(super) folder: PathBuf,
    /// The same as the user named it.
    pub(super) name: PathBuf,
    pub(super) origin: Origin,
    pub(super) package: String,
}

/// Where the crate comes from.
pub(super) enum Origin {
    /// A folder.
    Path(PathBuf),
    /// The table of `[patch]` for its registry or repository.
    Patch(String),
}

/// What `cargo metadata` tells.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    source: Option<String>,
    path: Option<PathBuf>,
}

impl Workspace {
    /// Asks cargo. Without dependencies, it needs no lock file, and so writes none.
    pub(super) fn find(path: &Path, package: &str) -> Result<Self, Trouble> {
        let trouble = |message: String| Trouble::Callers { path: path.to_owned(), message };
        let folder = path.canonicalize().map_err(|error| trouble(error.to_string()))?;
        let arguments = ["metadata", "--no-deps", "--format-version", "1"];
        let output = cargo().args(arguments).current_dir(&folder).output();
        let output = output.map_err(|error| trouble(format!("cannot run cargo: {error}")))?;
        if !output.status.success() {
            return Err(trouble(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        let Metadata { packages, workspace_root } = serde_json::from_slice(&output.stdout)
            .map_err(|error| trouble(format!("cargo metadata: {error}")))?;
        let member = packages.iter().find(|one| one.name == package);
        let member = member.and_then(|one| one.manifest_path.parent());
        let used = packages.iter().flat_map(|one| &one.dependencies);
        let used = used.filter(|one| one.name == package).min_by_key(|one| one.path.is_none());
        let path_of = |one: &Dependency| one.path.clone();
        let inside = member.map(Path::to_owned).or_else(|| used.and_then(path_of));
        let origin = match (inside, used) {
            (Some(folder), _) => {
                let real = folder.canonicalize();
                Origin::Path(real.map_err(|error| trouble(error.to_string()))?)
            }
            (None, Some(Dependency { source, .. })) => Origin::Patch(table(source.as_deref())),
            (None, None) => return Err(trouble(format!("nothing there depends on `{package}`"))),
        };
        let root = workspace_root.canonicalize().unwrap_or(workspace_root);
        let (name, package) = (path.to_owned(), package.to_owned());
        Ok(Self { root, folder, name, origin, package })
    }

    /// The folder that is replaced.
    pub(super) fn replaced(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Path(folder) => Some(folder),
            Origin::Patch(_) => None,
        }
    }

    /// A file as the user finds it; paths of the compiler lead from the root of the workspace.
    pub(super) fn shown(&self, file: &str) -> String {
        let real = self.root.join(file);
        let shown = match real.strip_prefix(&self.folder) {
            Ok(below) => self.name.join(below),
            Err(_) => real,
        };
        shown.display().to_string()
    }
}

/// The cargo that runs this program, if one does.
pub(super) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The table of `[patch]` for a source as cargo writes it.
fn table(source: Option<&str>) -> String {
    let source = source.unwrap_or_default();
    let (kind, address) = source.split_once('+').unwrap_or(("registry", source));
    let address = address.split(['?', '#']).next().unwrap_or_default();
    if kind != "git" && (address.is_empty() || address.ends_with("/crates.io-index")) {
        return "crates-io".to_owned();
    }
    format!("\"{address}\"")
}
