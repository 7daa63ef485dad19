//! What is in the folder, compared with what should be there. Nothing is changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
use std::path::Path;

use super::{Changes, WriteError, io_error, path, stage};
use crate::format::Files;

/// How many foreign files are named. The walk stops there, so a wrong `--out` costs no time.
const MOST_FOREIGN: usize = 10;

/// How much of a file is searched for the marker, in bytes and in lines.
const HEAD: u64 = 512;
const HEAD_LINES: usize = 3;

/// Compares the folder, which may be missing, with the files.
pub(super) fn survey(out: &Path, files: &Files) -> Result<Changes, WriteError> {
    let wanted: BTreeMap<&str, &str> = files.iter().collect();
    let mut changes = Changes::default();
    let mut present = BTreeSet::new();
    let mut folders = vec![String::new()];
    'walk: while let Some(folder) = folders.pop() {
        for entry in entries(out, &folder)? {
            let entry = entry.map_err(io_error("read", out))?;
            let Some(place) = place(&folder, &entry) else { continue };
            let kind = kind(&entry, wanted.get(place.as_str()).copied())
                .map_err(io_error("read", &entry.path()))?;
            match kind {
                Kind::Folder => folders.push(place),
                Kind::Same => {
                    changes.unchanged += 1;
                    present.insert(place);
                }
                Kind::Different => {
                    changes.changed.push(place.clone());
                    present.insert(place);
                }
                Kind::Stale => changes.removed.push(place),
                Kind::Foreign(_) if changes.foreign.len() == MOST_FOREIGN => {
                    changes.foreign.push("and more".to_owned());
                    break 'walk;
                }
                Kind::Foreign(what) => {
                    // The name was chosen by others and is shown on a terminal.
                    let shown = place.replace(char::is_control, "\u{fffd}");
                    changes.foreign.push(format!("{shown} ({what})"));
                    present.insert(place);
                }
            }
        }
    }
    let missing = wanted.keys().filter(|path| !present.contains(**path));
    changes.added.extend(missing.map(|path| (*path).to_owned()));
    changes.changed.sort();
    changes.removed.sort();
    Ok(changes)
}

/// Whether one of the first lines carries the marker. An empty file holds nothing to be lost.
pub(super) fn is_ours(text: &[u8]) -> bool {
    let marks = |line: &[u8], word: &[u8]| line.windows(word.len()).any(|part| part == word);
    text.is_empty()
        || text
            .split(|byte| *byte == b'\n')
            .take(HEAD_LINES)
            .any(|line| marks(line, b"@generated") && marks(line, b"oasmith"))
}

/// Whether a file holds this text. A checkout may end its lines in another way, which is no
/// difference; it can only make the file longer, by at most one byte a line.
fn is_same(path: &Path, size: u64, wanted: &str) -> io::Result<bool> {
    let length = wanted.len() as u64;
    if size == length {
        return Ok(fs::read(path)? == wanted.as_bytes());
    }
    let lines = wanted.bytes().filter(|byte| *byte == b'\n').count() as u64;
    if size < length || size > length + lines {
        return Ok(false);
    }
    let text = String::from_utf8(fs::read(path)?);
    Ok(text.is_ok_and(|text| text.replace("\r\n", "\n") == wanted))
}

/// What a place in the folder is.
enum Kind {
    Folder,
    /// A file as it should be.
    Same,
    /// A file of ours that should have another content.
    Different,
    /// A file of ours that should not be there.
    Stale,
    /// Not ours; with what it is.
    Foreign(&'static str),
}

fn entries(out: &Path, folder: &str) -> Result<Vec<io::Result<DirEntry>>, WriteError> {
    match fs::read_dir(out.join(folder)) {
        Ok(entries) => Ok(entries.collect()),
        Err(error) if folder.is_empty() && error.kind() == io::ErrorKind::NotFound => {
            Ok(Vec::new())
        }
        Err(error) => Err(io_error("read the folder", &out.join(folder))(error)),
    }
}

/// The relative path of an entry, unless it is for others.
fn place(folder: &str, entry: &DirEntry) -> Option<String> {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    if !folder.is_empty() {
        return Some(format!("{folder}/{name}"));
    }
    let skipped = path::is_reserved(&name) || name.starts_with(stage::PREFIX);
    (!skipped).then(|| name.into_owned())
}

fn kind(entry: &DirEntry, wanted: Option<&str>) -> io::Result<Kind> {
    let about = entry.metadata()?; // of a link itself, not of its target
    if about.is_symlink() {
        return Ok(Kind::Foreign("a symbolic link"));
    }
    if about.is_dir() {
        return Ok(Kind::Folder);
    }
    if !about.is_file() {
        return Ok(Kind::Foreign("not a regular file"));
    }
    let path = entry.path();
    if let Some(wanted) = wanted
        && is_same(&path, about.len(), wanted)?
    {
        return Ok(Kind::Same);
    }
    let mut head = Vec::new();
    File::open(&path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(match (is_ours(&head), wanted) {
        (true, Some(_)) => Kind::Different,
        (true, None) => Kind::Stale,
        (false, _) => Kind::Foreign(super::UNMARKED),
    })
}
