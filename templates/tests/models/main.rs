//! The models' half of the runtime, used as a generated crate uses it.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod any;
mod codec;
mod defaults;
mod enumeration;
mod formats;
mod names;
mod object;
mod properties;
mod tuple;
mod union;
mod validate;

/// The models of a case of the generator, as they are in its crate.
#[rustfmt::skip]
#[path = "../../../generator/tests/cases/validate/src/models/mod.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod models;

/// The same of another case, whose fields have defaults.
#[rustfmt::skip]
#[path = "../../../generator/tests/cases/defaults/src/models/mod.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod filled;

/// The runtime's place in a generated crate. Only the macros, which no crate exports, are compiled
/// a second time.
#[path = "../../src/runtime"]
mod runtime {
    mod limits;
    mod macros;
    mod modules;

    pub(crate) use macros::*;
    pub(crate) use oasmith_templates::runtime::*;
}
