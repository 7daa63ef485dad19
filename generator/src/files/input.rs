//! Reading the document, the files that it refers to, its overlays, and `generator.yaml`.
//!
//! A document names files, and is not trusted. So its files lie in one folder, the root folder: paths
//! lead out of it neither by `..` (those never arrive here) nor by a symbolic link. What cannot be
//! read is no error yet, because it may be mentioned in an example only; the library reports it at
//! the reference that needs it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::store::{Content, Place, Store};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower;
use crate::source::{FileId, Source, Sources, Span};
use crate::yaml::Trees;

/// The largest file that is read, in bytes. The largest known API descriptions have a fifth of it.
pub const MAX_SIZE: u64 = 64 << 20;

/// How many files a document may have. The largest public ones have a few thousand.
const MAX_FILES: usize = 10_000;

/// The largest size of all files of a document together, in bytes.
const MAX_TOTAL: usize = 256 << 20;

/// What was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The texts; the root document is the first.
    pub sources: Sources,
    /// The trees of the files of the document.
    pub trees: Trees,
    /// The number of `generator.yaml`.
    pub config: FileId,
}

/// Why the sources were not read.
#[derive(Debug)]
pub enum ReadError {
    /// The operating system refused, or there is no such file.
    Io {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// A file is too large, or not text.
    Document {
        /// The files, as far as they were read, for showing the place.
        sources: Sources,
        /// What is wrong.
        diagnostics: Diagnostics,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Document { diagnostics, .. } => {
                diagnostics.iter().try_for_each(|one| f.write_str(&one.message))
            }
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Document { .. } => None,
        }
    }
}

/// Reads the document and all files that it refers to, its overlays, and `generator.yaml`. The
/// files lie in the folder `root`, or else in that of the document.
///
/// # Errors
/// [`ReadError`] for a document or `generator.yaml` that is missing, a folder, larger than
/// [`MAX_SIZE`] or not UTF-8, and for a document that is not in the folder `root`.
pub fn read_sources(
    spec: &Path,
    root: Option<&Path>,
    overlays: &[PathBuf],
    config: &Path,
) -> Result<Input, ReadError> {
    let overlays: Vec<Place<'_>> = overlays.iter().map(Place::disk).collect();
    read_sources_at(&Place::disk(spec), root, &overlays, &Place::disk(config))
}

/// Does the same where the files may be those of a commit. The folder `root` is one of the store
/// that the document is in.
///
/// # Errors
/// As [`read_sources`].
pub fn read_sources_at(
    spec: &Place<'_>,
    root: Option<&Path>,
    overlays: &[Place<'_>],
    config: &Place<'_>,
) -> Result<Input, ReadError> {
    let text = read(spec, &mut Sources::default())?;
    let (root, location) = match root {
        None => {
            let parent = spec.path.parent().filter(|parent| *parent != Path::new(""));
            let name = spec.path.file_name().unwrap_or_default();
            (parent.unwrap_or(Path::new(".")).to_owned(), name.to_string_lossy().into_owned())
        }
        Some(root) => (root.to_owned(), location(spec, root)?),
    };
    let mut sources = Sources::root_at(&location, text);
    let config = read(config, &mut sources)?;
    let config = sources.add(config);
    for overlay in overlays {
        let overlay = read(overlay, &mut sources)?;
        sources.add_overlay(overlay);
    }
    let mut trees = Trees::default();
    read_parts(&spec.beside(root), location, &mut sources, &mut trees);
    Ok(Input { sources, trees, config })
}

/// The path of the document below the root folder.
fn location(spec: &Place<'_>, root: &Path) -> Result<String, ReadError> {
    let real = |path: &Path| match spec.store {
        Store::Disk => {
            path.canonicalize().map_err(|source| ReadError::Io { path: path.to_owned(), source })
        }
        // Paths of a commit lead from its root, and are compared as they are.
        Store::Commit(_) | Store::Text(_) => Ok(path.to_owned()),
    };
    let (real_spec, real_root) = (real(&spec.path)?, real(root)?);
    let Ok(below) = real_spec.strip_prefix(&real_root) else {
        let reason = format!("it is not in the root folder {}", root.display());
        let source = io::Error::new(io::ErrorKind::InvalidInput, reason);
        return Err(ReadError::Io { path: spec.path.clone(), source });
    };
    let steps = below.components().map(|step| step.as_os_str().to_string_lossy());
    Ok(steps.collect::<Vec<_>>().join("/"))
}

/// Reads the files that a document mentions, and those that these mention.
fn read_parts(root: &Place<'_>, location: String, sources: &mut Sources, trees: &mut Trees) {
    let real_root = root.path.canonicalize();
    let (mut files, mut total) = (1, 0);
    // What an overlay adds stands in the root document, and so refers from there.
    let overlays = sources.overlays().iter().map(|overlay| (*overlay, location.clone()));
    let mut open: Vec<(FileId, String)> = overlays.collect();
    open.push((FileId::default(), location));
    while let Some((file, location)) = open.pop() {
        // What is wrong with a file is reported where it is needed.
        let Ok(tree) = trees.read(sources, file) else { continue };
        for location in lower::files(tree, &location) {
            if sources.document(&location).is_some() {
                continue;
            }
            let source = if files == MAX_FILES {
                Err(format!("a document may have {MAX_FILES} files"))
            } else if total > MAX_TOTAL {
                Err(format!("the files of a document may have {} MiB", MAX_TOTAL >> 20))
            } else {
                part(&root.beside(root.path.join(&location)), real_root.as_deref())
            };
            let size = source.as_ref().map_or(0, |source| source.text.len());
            sources.add_document(&location, source);
            files += 1;
            total += size;
            if let Some(Ok(file)) = sources.document(&location) {
                open.push((file, location));
            }
        }
    }
}

/// A file that the document mentions, or why it cannot be read.
fn part(place: &Place<'_>, real_root: Result<&Path, &io::Error>) -> Result<Source, String> {
    let reason = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    };
    let real = match place.store {
        Store::Disk => {
            let real = place.path.canonicalize().map_err(reason)?;
            if !real.starts_with(real_root.map_err(io::Error::to_string)?) {
                return Err("it is a link that leads out of the root folder".to_owned());
            }
            place.beside(real)
        }
        // A link can lead to nothing but what was committed as well.
        Store::Commit(_) | Store::Text(_) => place.clone(),
    };
    match real.content().map_err(reason)? {
        Content::TooLarge => Err(format!("it is larger than {} MiB", MAX_SIZE >> 20)),
        Content::Whole(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(place.name(), text)),
            Err(_) => Err("it is not UTF-8".to_owned()),
        },
    }
}

fn read(place: &Place<'_>, sources: &mut Sources) -> Result<Source, ReadError> {
    let name = place.name();
    let content =
        place.content().map_err(|source| ReadError::Io { path: PathBuf::from(&name), source })?;
    let mut refuse = |source: Source, at: usize, code: Code, message: &str| {
        let mut sources = std::mem::take(sources);
        let file = sources.add(source);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let place = Span { file, start: at, end: at };
        let diagnostics = Diagnostic::error(code, place, message).into();
        Err(ReadError::Document { sources, diagnostics })
    };
    let Content::Whole(bytes) = content else {
        let message = format!("the file is larger than {} MiB", MAX_SIZE >> 20);
        return refuse(Source::new(name, ""), 0, Code::LimitSize, &message);
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // `Source` drops a byte order mark, so the place moves.
            let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
            let byte = bytes.get(at).copied().unwrap_or_default();
            let message = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8");
            let source = Source::new(name, String::from_utf8_lossy(&bytes));
            refuse(source, at - mark, Code::YamlSyntax, &message)
        }
    }
}
