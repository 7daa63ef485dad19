//! Reading the document and `generator.yaml`.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Sources, Span};

/// The largest file that is read, in bytes. The largest known API descriptions have a fifth of it.
pub const MAX_SIZE: u64 = 64 << 20;

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

/// Reads the document, which becomes the root, and `generator.yaml`, whose number is returned.
///
/// # Errors
/// [`ReadError`] for a file that is missing, a folder, larger than [`MAX_SIZE`] or not UTF-8.
pub fn read_sources(spec: &Path, config: &Path) -> Result<(Sources, FileId), ReadError> {
    let mut sources = Sources::default();
    read(spec, &mut sources)?;
    let config = read(config, &mut sources)?;
    Ok((sources, config))
}

fn read(path: &Path, sources: &mut Sources) -> Result<FileId, ReadError> {
    let content =
        content(path).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let name = path.display().to_string();
    let Content::Whole(bytes) = content else {
        let message = format!("the file is larger than {} MiB", MAX_SIZE >> 20);
        return refuse(sources, Source::new(name, ""), 0, Code::LimitSize, &message);
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(Source::new(name, text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            // `Source` drops a byte order mark, so the place moves.
            let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
            let byte = bytes.get(at).copied().unwrap_or_default();
            let message = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8");
            let source = Source::new(name, String::from_utf8_lossy(&bytes));
            refuse(sources, source, at - mark, Code::YamlSyntax, &message)
        }
    }
}

/// What a file holds.
enum Content {
    Whole(Vec<u8>),
    TooLarge,
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

fn refuse(
    sources: &mut Sources,
    source: Source,
    at: usize,
    code: Code,
    message: &str,
) -> Result<FileId, ReadError> {
    let mut sources = std::mem::take(sources);
    let file = sources.add(source);
    let at = u32::try_from(at).unwrap_or(u32::MAX);
    let diagnostics = Diagnostic::error(code, Span { file, start: at, end: at }, message).into();
    Err(ReadError::Document { sources, diagnostics })
}
