//! Which documents there are, and what is expected of each.
//!
//! A folder with an `index.tsv` names them: the columns `path`, `kind` and `expect` are read by the
//! names in the first line, others are ignored. Without one, every YAML or JSON file below it with
//! `openapi` or `swagger` at its top is a document, and a crate is expected of it.

use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use serde::Serialize;

/// A document of the corpus.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Where it is, from the folder of the corpus, with `/`.
    pub(super) path: String,
    /// The file.
    pub(super) file: PathBuf,
    /// The folder of the corpus, which references must not leave.
    pub(super) root: PathBuf,
    /// What the index calls it, such as `real`; empty without an index.
    pub(super) kind: String,
    /// What should come of it.
    pub(super) expect: Expectation,
    /// The name of its crate.
    pub(super) name: String,
}

/// What should come of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Expectation {
    /// A crate that compiles without a warning.
    Generate,
    /// The same, although the document breaks a rule.
    GenerateLenient,
    /// An error with its place.
    Reject,
    /// Either of them.
    Any,
    /// Swagger 2.0: either of them.
    #[serde(rename = "unsupported-2.0")]
    Swagger,
}

impl Expectation {
    const ALL: &[(&str, Self)] = &[
        ("generate", Self::Generate),
        ("generate-lenient", Self::GenerateLenient),
        ("reject", Self::Reject),
        ("any", Self::Any),
        ("unsupported-2.0", Self::Swagger),
    ];
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find(|(_, one)| one == self).map_or("", |(word, _)| word);
        f.pad(word)
    }
}

/// All documents of a folder, in the order of the index or of their paths.
///
/// # Errors
/// What is wrong with the folder or its index, in one sentence.
pub(super) fn find(folder: &Path) -> Result<Vec<Document>, String> {
    let index = folder.join("index.tsv");
    let mut documents = match fs::read_to_string(&index) {
        Ok(text) => indexed(folder, &text).map_err(|fault| format!("{}: {fault}", index.display())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => walk(folder)
            .map_err(|error| format!("cannot read the folder {}: {error}", folder.display())),
        Err(error) => Err(format!("cannot read {}: {error}", index.display())),
    }?;
    name(&mut documents);
    Ok(documents)
}

fn indexed(folder: &Path, text: &str) -> Result<Vec<Document>, String> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let at = header.iter().position(|one| *one == name);
        at.ok_or_else(|| format!("the first line lacks the column `{name}`"))
    };
    let (path, kind, expect) = (column("path")?, column("kind")?, column("expect")?);
    let mut documents = Vec::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let known = Expectation::ALL.iter().find(|(word, _)| *word == cell(expect));
        let Some((_, expect)) = known else {
            return Err(format!("line {}: `{}` is no expectation", number + 2, cell(expect)));
        };
        documents.push(Document {
            path: cell(path).to_owned(),
            file: folder.join(cell(path)),
            root: folder.to_owned(),
            kind: cell(kind).to_owned(),
            expect: *expect,
            name: String::new(),
        });
    }
    Ok(documents)
}

fn walk(folder: &Path) -> io::Result<Vec<Document>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let path = entry.path();
            if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
                open.push(path);
            } else if kind.is_file() && is_root(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    let documents = files.into_iter().map(|file| {
        let inside = file.strip_prefix(folder).unwrap_or(&file);
        let steps: Vec<_> = inside.iter().map(|step| step.to_string_lossy()).collect();
        let (path, kind, name) = (steps.join("/"), String::new(), String::new());
        let root = folder.to_owned();
        Document { path, file, root, kind, expect: Expectation::Generate, name }
    });
    Ok(documents.collect())
}

/// Whether a file looks like the root of a description: other YAML files are left alone.
fn is_root(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !extension.is_some_and(|one| ["yaml", "yml", "json"].contains(&one)) {
        return false;
    }
    let bytes = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let keys = ["openapi", "swagger"];
    if text.starts_with('{') {
        return keys.iter().any(|key| {
            text.match_indices(&format!("\"{key}\"")).any(|(at, found)| {
                let rest = text.get(at + found.len()..).unwrap_or_default().trim_start();
                rest.strip_prefix(':')
                    .is_some_and(|rest| rest.trim_start().starts_with(['"', '2', '3']))
            })
        });
    }
    text.lines().any(|line| {
        let key = line.split(':').next().unwrap_or_default().trim_end();
        keys.contains(&key.trim_matches(['"', '\'']))
    })
}

/// Gives each its crate's name: its path in letters that cargo takes, the same in every run.
fn name(documents: &mut [Document]) {
    let mut taken = std::collections::BTreeMap::new();
    for document in documents.iter_mut() {
        let letters = document.path.chars().map(|one| match one {
            one if one.is_ascii_alphanumeric() => one.to_ascii_lowercase(),
            _ => '-',
        });
        let words: String = letters.collect();
        let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
        // A crate's name starts with a letter and has 64 of them at most.
        let mut name = format!("c-{}", words.join("-"));
        if name.len() > 64 {
            let end = name.split_off(name.len() - 52);
            name = format!("c-{}-{:08x}", end.trim_matches('-'), hash(&document.path));
        }
        let count: &mut usize = taken.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            name = format!("{name}-{count}");
        }
        document.name = name;
    }
}

/// FNV-1a: the name of a crate must not depend on the version of the standard library.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Whether a path fits a pattern, in which `*` is any text and `?` any character.
pub(super) fn fits(pattern: &str, path: &str) -> bool {
    // Where the last star stood, and how much of the path it has taken.
    let (pattern, path): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), path.chars().collect());
    let (mut at, mut from, mut star) = (0, 0, None);
    while from < path.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(one) if *one == '?' || Some(one) == path.get(from) => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((stood, taken)) => {
                    *taken += 1;
                    (at, from) = (*stood + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|rest| *rest == '*')
}
