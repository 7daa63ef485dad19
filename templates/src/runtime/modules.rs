// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The table in which a crate with a Cargo feature for each group of operations lists its files.
//!
//! A file is compiled when one of its features is on; one that names none always is:
//!
//! ```text
//! crate::runtime::modules!({
//!     app: "apps" | "app-search",
//!     status,
//! });
//! ```

#![allow(unused_imports, unused_macros, reason = "a crate may have no features")]

/// Declares private modules and exports all that is in them.
macro_rules! modules {
    ({ $($name:ident $(: $($feature:literal)|+)?,)* }) => {
        $(
            $(#[cfg(any($(feature = $feature),+))])?
            mod $name;
            $(#[cfg(any($(feature = $feature),+))])?
            pub use self::$name::*;
        )*
    };
}

pub(crate) use modules;
