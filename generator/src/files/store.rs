//! Where files are read from: the file system, or what a commit holds.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::MAX_SIZE;
use super::git::Commit;

/// A place that files are read from.
#[derive(Clone, Copy, Debug)]
pub enum Store<'a> {
    /// The file system.
    Disk,
    /// A commit; paths lead from the root of the repository.
    Commit(&'a Commit),
    /// A text of the program's, which stands in for a file that is not there.
    Text(&'a str),
}

/// A file or folder of a store.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Where it is.
    pub store: Store<'a>,
    /// What it is called there.
    pub path: PathBuf,
}

/// What a file holds.
pub(super) enum Content {
    Whole(Vec<u8>),
    TooLarge,
}

impl Place<'_> {
    /// A place of the file system.
    pub fn disk(path: impl Into<PathBuf>) -> Self {
        Self { store: Store::Disk, path: path.into() }
    }

    /// A place of the same store.
    pub(super) fn beside(&self, path: impl Into<PathBuf>) -> Self {
        Self { store: self.store, path: path.into() }
    }

    /// Whether there is a file.
    pub fn is_file(&self) -> bool {
        match self.store {
            Store::Disk => self.path.is_file(),
            Store::Commit(_) => self.content().is_ok(),
            Store::Text(_) => true,
        }
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        match self.store {
            Store::Disk | Store::Text(_) => self.path.display().to_string(),
            Store::Commit(commit) => format!("{}:{}", commit.name, slashes(&self.path)),
        }
    }

    /// What the file holds.
    pub(super) fn content(&self) -> io::Result<Content> {
        match self.store {
            Store::Disk => content(&self.path),
            Store::Commit(commit) => commit.content(&slashes(&self.path)),
            Store::Text(text) => Ok(Content::Whole(text.as_bytes().to_vec())),
        }
    }

    /// The text of the file, with line ends as git keeps them; `None` if there is no such text.
    pub fn text(&self) -> Option<String> {
        self.raw_text().map(|text| text.replace("\r\n", "\n"))
    }

    /// The text of the file as it is; `None` if there is no such text.
    pub fn raw_text(&self) -> Option<String> {
        let Ok(Content::Whole(bytes)) = self.content() else { return None };
        String::from_utf8(bytes).ok()
    }

    /// The Rust files below a folder of the file system, each with its text; what is compiled or
    /// belongs to git is left out, and so is what cannot be read.
    pub fn rust(&self) -> Vec<(String, String)> {
        let paths = list(&self.path, &["target", ".git"]).unwrap_or_default();
        let rust = paths
            .into_iter()
            .filter(|path| Path::new(path).extension().is_some_and(|one| one == "rs"));
        rust.filter_map(|path| {
            let text = self.beside(self.path.join(&path)).text()?;
            Some((path, text))
        })
        .collect()
    }

    /// The texts of all files below a folder by their paths there, with line ends as git keeps
    /// them; none if there is no such folder. What is not text is no file of the generator's.
    ///
    /// # Errors
    /// What the file system or git says.
    pub fn texts(&self) -> io::Result<Vec<(String, String)>> {
        let paths = match self.store {
            Store::Disk => list(&self.path, &[])?,
            Store::Commit(commit) => {
                let folder = slashes(&self.path);
                let paths = commit.list(&folder)?;
                let below = paths.iter().filter_map(|path| path.strip_prefix(&folder));
                below.map(|path| path.trim_start_matches('/').to_owned()).collect()
            }
            Store::Text(_) => Vec::new(),
        };
        let mut texts = Vec::new();
        for path in paths {
            if let Some(text) = self.beside(self.path.join(&path)).text() {
                texts.push((path, text));
            }
        }
        Ok(texts)
    }
}

/// A path with `/` between its steps, as git wants it.
fn slashes(path: &Path) -> String {
    let steps = path.components().map(|step| step.as_os_str().to_string_lossy());
    steps.filter(|step| step != ".").collect::<Vec<_>>().join("/")
}

/// The files below a folder, sorted, without folders of these names; links are not followed.
fn list(folder: &Path, without: &[&str]) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(inside) = open.pop() {
        let entries = match fs::read_dir(folder.join(&inside)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if without.contains(&name.as_str()) {
                continue;
            }
            let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn content(path: &Path) -> io::Result<Content> {
    let about = fs::metadata(path)?;
    if about.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    if about.len() > MAX_SIZE {
        return Ok(Content::TooLarge);
    }
    // A pipe does not tell its size, and a file may grow, so the bound holds here as well.
    let mut bytes = Vec::new();
    let length = File::open(path)?.take(MAX_SIZE + 1).read_to_end(&mut bytes)?;
    Ok(if length as u64 > MAX_SIZE { Content::TooLarge } else { Content::Whole(bytes) })
}
