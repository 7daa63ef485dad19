//! The whole way from a document to a crate: what is generated, and that it compiles.
//!
//! [`cases`] holds small documents with golden output, [`hostile`] and [`names`] make documents
//! that try to break the crate, and [`compile`] checks all their crates in one run of cargo.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a skipped test says so, and the slow one shows its time")]

mod document;
mod items;

mod cases;
mod compile;
mod conductorone;
mod parts;

mod hostile;

mod model;
mod mutations;
mod names;
mod order;
