// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What the macro `object!` calls: reading a struct from an object and writing it as one.
//!
//! Keys are compared as they stand in the input; where it cannot lend them, they share one buffer
//! for each object.

mod read;
mod write;

pub use read::{CodedMember, Collect, Fill, Member, Rest, collect, fill, next, read_empty};
pub use write::{Coded, CodedWhole, Whole, Writer, write_empty};
