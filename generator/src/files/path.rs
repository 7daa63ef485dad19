//! Which paths the generator may write.
//!
//! The document is untrusted, and names in it become paths. Every path is checked again here, for
//! all systems at once, whatever the rooms above did.

use std::collections::BTreeSet;

use super::WriteError;
use crate::format::Files;

/// Names directly in the folder that are for others. A name that begins with `.git` is, too.
const RESERVED: &[&str] = &["tests", "examples", "benches", "target", "cargo.lock", "changelog.md"];

/// Names that Windows takes for devices, with any ending.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    "conin$", "conout$",
];

/// Refuses the first path that leaves the folder, is reserved, or collides with another one.
pub(super) fn check(files: &Files) -> Result<(), WriteError> {
    let mut seen = BTreeSet::new();
    for (path, text) in files.iter() {
        let refuse = |reason| Err(WriteError::Path { path: path.to_owned(), reason });
        if let Some(reason) = fault(path) {
            return refuse(reason);
        }
        if !super::survey::is_ours(text.as_bytes()) {
            return refuse("has a text without the line that marks generated files");
        }
        // Some file systems do not tell upper from lower case.
        if !seen.insert(path.to_lowercase()) {
            return refuse("differs from another one only in upper and lower case");
        }
    }
    for (path, _) in files.iter() {
        let folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        if folders.map(str::to_lowercase).any(|folder| seen.contains(&folder)) {
            let reason = "uses a file as a folder";
            return Err(WriteError::Path { path: path.to_owned(), reason });
        }
    }
    Ok(())
}

/// Whether a name directly in the folder is for others.
pub(super) fn is_reserved(name: &str) -> bool {
    let name = name.to_lowercase();
    RESERVED.contains(&name.as_str()) || name.starts_with(".git")
}

fn fault(path: &str) -> Option<&'static str> {
    let top = path.split('/').next().unwrap_or_default();
    if is_reserved(top) || top.starts_with(super::stage::PREFIX) {
        return Some("is not for generated files");
    }
    path.split('/').find_map(|name| {
        let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        if name.is_empty() {
            Some("is absolute or has an empty part")
        } else if name == "." || name == ".." {
            Some("leaves its folder")
        } else if name.contains(|one: char| one.is_control() || r#"\:*?"<>|"#.contains(one)) {
            Some("has a character that not every system can store")
        } else if name.ends_with(['.', ' ']) || DEVICES.contains(&stem.as_str()) {
            Some("has a name that Windows reserves")
        } else {
            None
        }
    })
}
