// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The table in which a crate with Cargo features for parts of its operations lists its files.
//!
//! A file is compiled when one of its features is on, or all of those that `&` joins; one that
//! names none always is:
//!
//! ```text
//! crate::runtime::modules!({
//!     app: "apps" | "app-search" & "beta",
//!     status,
//! });
//! ```

#![allow(unused_imports, unused_macros, reason = "a crate may have no features")]

/// Declares private modules and exports all that is in them.
macro_rules! modules {
    ({ $($name:ident $(: $($($feature:literal)&+)|+)?,)* }) => {
        $(
            $(#[cfg(any($(all($(feature = $feature),+)),+))])?
            mod $name;
            $(#[cfg(any($(all($(feature = $feature),+)),+))])?
            pub use self::$name::*;
        )*
    };
}

pub(crate) use modules;
