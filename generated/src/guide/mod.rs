// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! How this crate is used: a page for each thing that a caller does.
//!
//! - [`sign_in`]: credentials, and where they come from
//! - [`calls`]: a request, its answer, and what a single call can change
//! - [`errors`]: what can go wrong, and what to do about it
//! - [`retries`]: what is tried again, and how long a call takes at most
//! - [`hooks`]: something to do around each attempt
//! - [`tracing`]: spans and logs
//! - [`testing`]: tests of what calls this crate
//! - [`waiting`]: what a server does later
//!
//! All code on these pages is compiled with the crate's tests. `request` in it is what the methods in
//! [`api`](crate::api) return.

pub mod calls;
pub mod errors;
pub mod hooks;
pub mod retries;
pub mod sign_in;
pub mod testing;
pub mod tracing;
pub mod waiting;
