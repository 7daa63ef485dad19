// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! How this crate is used: a page for each thing that a caller does.
//!
//! - [`sign_in`]: credentials, and where they come from
//! - [`calls`]: a request, its answer, and what a single call can change
//! - [`errors`]: what can go wrong, and what to do about it
//! - [`retries`]: what is tried again, and how long a call takes at most
//! - [`pages`]: listings that come in pages // part: pages
//! - [`streams`]: answers that are read as they arrive // part: download
//! - [`uploads`]: bodies that are sent as they are read // part: body
//! - [`hooks`]: something to do around each attempt
//! - [`tracing`]: spans and logs
//! - [`testing`]: tests of what calls this crate
//! - [`waiting`]: what a server does later // part: wait
//!
//! All code on these pages is compiled with the crate's tests. `request` in it is what the methods in
//! [`api`](crate::api) return.

pub mod calls;
pub mod errors;
pub mod hooks;
pub mod pages; // part: pages
pub mod retries;
pub mod sign_in;
pub mod streams; // part: download
pub mod testing;
pub mod tracing;
pub mod uploads; // part: body
pub mod waiting; // part: wait
