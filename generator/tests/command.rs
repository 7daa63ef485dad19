//! `oasmith diff` and what belongs to it, as a user runs it: in git repositories that the tests make.

#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "command/callers.rs"]
mod callers;
#[path = "command/comparing.rs"]
mod comparing;
#[path = "command/drift.rs"]
mod drift;
#[path = "command/index.rs"]
mod index;
#[path = "command/process.rs"]
mod process;
#[path = "command/project.rs"]
mod project;
#[path = "command/release.rs"]
mod release;
