// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The clock and the timers of the runtime: those of `tokio` or, in WebAssembly, of JavaScript.
//!
//! The clock of the standard library, which that of `tokio` is, panics on `wasm32-unknown-unknown`, and its
//! timers need a runtime that drives them, which is not there. Times of day are those of `jiff` everywhere.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod script;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use script::{Instant, Sleep, sleep, sleep_until, timeout_at};
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout_at};
