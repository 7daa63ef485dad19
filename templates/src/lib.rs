//! The runtime of every client crate that oasmith makes.
//!
//! With feature `runtime` (the default) it is an ordinary crate, so that the code that ends up in a
//! user's repository is compiled, linted and tested here. Without it, only its sources are here, as
//! [`FILES`] and [`MANIFEST`], for the generator to copy.

#[cfg(feature = "runtime")]
pub mod c1;
#[cfg(feature = "runtime")]
pub mod mock;
#[cfg(feature = "runtime")]
pub mod recorder;
#[cfg(feature = "runtime")]
pub mod runtime;
#[cfg(feature = "runtime")]
pub mod wait;

mod files;

pub use files::{
    FILES, File, GUIDE, LIBRARY, MANIFEST, MODULE_CREDENTIALS, MODULE_PARTS, MODULES, PARTS, Part,
};
