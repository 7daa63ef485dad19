//! The trees of several texts, each parsed once.

use std::collections::BTreeMap;

use super::{Node, parse};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources};

/// The trees of the files of a document, or what is wrong with them.
#[derive(Clone, Debug, Default)]
pub struct Trees {
    trees: BTreeMap<FileId, Result<Node, Diagnostics>>,
}

impl Trees {
    /// Parses a file, unless that was done.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn read(&mut self, sources: &Sources, file: FileId) -> Result<&Node, &Diagnostics> {
        let tree = self.trees.entry(file).or_insert_with(|| parse(sources, file));
        tree.as_ref()
    }

    /// Parses the files of the document besides its root, which was taken out.
    pub fn read_parts(&mut self, sources: &Sources, root: FileId) {
        for (_, file) in sources.documents().filter(|(_, file)| *file != root) {
            let _ = self.read(sources, file);
        }
    }

    /// Takes the tree of a file out.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn take(&mut self, sources: &Sources, file: FileId) -> Result<Node, Diagnostics> {
        self.trees.remove(&file).unwrap_or_else(|| parse(sources, file))
    }

    /// The tree of a file that was read, or what is wrong with it.
    pub fn tree(&self, file: FileId) -> Option<Result<&Node, Diagnostics>> {
        self.trees.get(&file).map(|tree| tree.as_ref().map_err(Clone::clone))
    }

    /// The trees of all files that were read.
    pub fn into_trees(self) -> impl Iterator<Item = Node> {
        self.trees.into_values().filter_map(Result::ok)
    }

    /// The tree of a file that was read.
    pub fn get(&self, file: FileId) -> Option<&Node> {
        self.trees.get(&file)?.as_ref().ok()
    }
}
