//! The models' half of the runtime, used as a generated crate uses it.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

mod any;
mod codec;
mod enumeration;
mod formats;
mod names;
mod object;
mod properties;
mod union;

/// The runtime's place in a generated crate. Only the macros, which no crate exports, are compiled
/// a second time.
#[path = "../../src/runtime"]
mod runtime {
    mod macros;
    mod modules;

    pub(crate) use macros::*;
    pub(crate) use oasmith_templates::runtime::*;
}
