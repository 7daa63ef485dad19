//! `generated/` is what `spec/` makes.

use std::path::Path;

use oasmith::cli::{Drift, Failure, Inputs, Outcome, Strictness, work};
use oasmith::files::Mode;

#[test]
fn generated_is_fresh() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let inputs = Inputs {
        root: None,
        overlays: Vec::new(),
        spec: root.join("spec/conductorone.yaml"),
        config: root.join("spec/generator.yaml"),
        out: root.join("generated"),
    };
    match work(&inputs, Mode::Check, Strictness::Lenient, |_| {}) {
        Ok(outcome) if outcome.changes.is_empty() => {}
        Ok(Outcome { files, changes, .. }) => {
            let drift = Drift::of(&inputs, &files, &changes);
            panic!("generated/ is not what spec/ makes; run: cargo xtask regenerate{drift}")
        }
        Err(Failure::Document { sources, diagnostics }) => {
            panic!(
                "spec/ is bad; run: cargo xtask regenerate\n{}",
                diagnostics.render_human(&sources)
            )
        }
        Err(failure) => panic!("{failure:?}"),
    }
}
