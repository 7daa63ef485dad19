//! What a new document means for callers of the generated crate: two questions for each change.
//!
//! **Does a caller compile** against the new crate ([`Build`]), and **does a running program keep
//! working** with a server of the new document ([`Running`])? The level of a change follows from the
//! two; the most dangerous one compiles and is wrong at run time.

mod answers;
mod bodies;
mod change;
mod choices;
mod client;
mod differ;
mod fields;
mod half;
mod ids;
mod limits;
mod operations;
mod pages;
mod pairs;
mod parameters;
mod reach;
mod relation;
mod renames;
mod rest;
mod rust;
mod surface;
mod text;
mod types;
mod values;
mod wording;

pub use change::{Build, Cause, Change, Level, Running, Side, Thing};
pub use ids::{Group, Id};
pub use pages::page;
pub(crate) use reach::{Reach, reach};
pub(crate) use wording::wording;

use std::collections::BTreeMap;

use differ::Differ;

use crate::model::Api;
use crate::plan::Crate;

/// One of the two sides: the facts, the decisions, and how the document words them.
#[derive(Clone, Debug)]
pub struct Planned {
    /// What the API says.
    pub api: Api,
    /// What the crate says.
    pub krate: Crate,
    /// A digest of how each operation and component is written in the document, by JSON Pointer.
    pub wording: BTreeMap<String, u64>,
}

/// All changes from one crate to another, the most dangerous first.
pub fn diff(old: &Planned, new: &Planned) -> Vec<Change> {
    let mut differ = Differ::new(old, new);
    operations::operations(&mut differ);
    types::types(&mut differ);
    client::client(&mut differ);
    choices::choices(&mut differ);
    rest::rest(&mut differ);
    text::text(&mut differ);
    let mut changes = differ.changes;
    for change in &mut changes {
        for items in [&mut change.items_before, &mut change.items_after] {
            for item in items {
                item.truncate(item.trim_end_matches("()").len());
            }
        }
    }
    let rank = |change: &Change| (change.level(), change.id.group(), change.id);
    changes.sort_by(|one, other| {
        rank(one).cmp(&rank(other)).then_with(|| one.path().cmp(other.path()))
    });
    changes
}
