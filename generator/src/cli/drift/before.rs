//! What was committed last, and what its document makes.

use std::path::PathBuf;

use crate::cli::Inputs;
use crate::cli::sides::{Choices, Origin, Side, head, load};
use crate::files::{Place, Store};
use crate::format::Files;
use crate::generate_from;

/// The last commit.
pub(super) struct Before {
    side: Side,
    out: PathBuf,
    made: Files,
}

/// Makes the crate of the last commit's document; `None` if there is none that can be made.
pub(super) fn before(inputs: &Inputs) -> Option<Before> {
    let side = head(inputs)?;
    let loaded = load(&side, inputs, Choices::Usual).ok()?;
    // With other choices or overlays than were committed, it would tell nothing.
    if !loaded.notes.is_empty() {
        return None;
    }
    let out = loaded.out.as_ref()?.path.clone();
    let trees = loaded.input.trees.clone();
    let made = generate_from(&loaded.input.sources, trees, &loaded.config).ok()?.files;
    drop(loaded);
    Some(Before { side, out, made })
}

impl Before {
    /// What its document makes of a file.
    pub(super) fn makes(&self, path: &str) -> Option<&str> {
        self.made.get(path)
    }

    /// What it holds itself.
    pub(super) fn holds(&self, path: &str) -> Option<String> {
        let Origin::Commit { commit, .. } = &self.side.origin else { return None };
        Place { store: Store::Commit(commit), path: self.out.join(path) }.text()
    }
}
