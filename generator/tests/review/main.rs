//! Reviews: what each format shows of a set of changes, and that it stays within its bounds.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

mod set;

mod advice;
mod bounds;
mod goldens;
mod schema;
mod waivers;
