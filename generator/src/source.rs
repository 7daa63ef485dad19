//! The texts that are read, and places in them.
//!
//! A [`Span`] is two byte offsets and a file number, so it is as cheap as an integer pair and every
//! node, fact and decision carries one. Lines and columns are worked out only when a place is shown.
//!
//! The files of a document have a **location**: their path below the root folder, steps separated by
//! `/`. References lead from location to location; what lies outside of the folder has none.

use std::collections::BTreeMap;

/// The number of a source in its [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place: the bytes `start..end` of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One behind the last byte; equal to `start` for a place without length.
    pub end: u32,
}

/// One text with the name that messages show for it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// The byte offset at which each line starts.
    lines: Vec<u32>,
}

impl Source {
    /// Takes a text and finds its lines.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        let starts = text.match_indices('\n').map(|(at, _)| offset(at + 1));
        let lines = std::iter::once(0).chain(starts).collect();
        Self { path: path.into(), text, lines }
    }

    /// The line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, byte: u32) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte).max(1);
        let start = self.line_start(line);
        let before = self.text.get(start as usize..byte as usize).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// The byte at which a line starts, counted from 1; 0 for a line that does not exist.
    pub fn line_start(&self, line: usize) -> u32 {
        line.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(0)
    }

    /// The text of a line, counted from 1, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let rest = self.text.get(self.line_start(line) as usize..).unwrap_or_default();
        rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
    }
}

/// All texts of one run; the first is the root document.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// The files of the document by location; for one that could not be read, the reason.
    locations: BTreeMap<String, Result<FileId, String>>,
    overlays: Vec<FileId>,
}

impl Sources {
    /// Sources with only a root document. Its location is the last step of its path.
    pub fn root(source: Source) -> Self {
        let location = source.path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Self::root_at(location, source)
    }

    /// Sources with only a root document, which lies deeper in the root folder.
    pub fn root_at(location: impl Into<String>, source: Source) -> Self {
        let mut sources = Self::default();
        sources.add_document(location, Ok(source));
        sources
    }

    /// Adds a text that is no part of the document, and tells its number.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(offset(self.files.len() - 1))
    }

    /// Adds an overlay, to be applied to the root document after those that were added before.
    pub fn add_overlay(&mut self, source: Source) -> FileId {
        let file = self.add(source);
        self.overlays.push(file);
        file
    }

    /// The overlays, in their order.
    pub fn overlays(&self) -> &[FileId] {
        &self.overlays
    }

    /// Adds a file that the document refers to, or the reason why it cannot be read.
    pub fn add_document(&mut self, location: impl Into<String>, source: Result<Source, String>) {
        let file = source.map(|source| self.add(source));
        self.locations.insert(location.into(), file);
    }

    /// The source with this number, if there is one.
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// The file of the document at a location, or the reason why it cannot be read; `None` when
    /// nobody has looked for it.
    pub fn document(&self, location: &str) -> Option<Result<FileId, &str>> {
        self.locations.get(location).map(|found| found.as_ref().copied().map_err(String::as_str))
    }

    /// The files of the document that were read, with their locations, in alphabetical order.
    pub fn documents(&self) -> impl Iterator<Item = (&str, FileId)> {
        let found = self.locations.iter();
        found.filter_map(|(location, file)| Some((location.as_str(), *file.as_ref().ok()?)))
    }
}

/// A length as an offset. Sources are bounded far below 4 GiB, so nothing is cut.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
