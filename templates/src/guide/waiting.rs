// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! What a server does later: a read is repeated until a condition holds.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use client_crate::wait;
//! # use client_crate::Error;
//! # use client_crate::runtime::{NoBody, Request, Value};
//!
//! # async fn example(read: impl Fn() -> Request<NoBody, Value> + Send + Sync) -> Result<(), Box<dyn std::error::Error>> {
//! let done = wait::until(|| read().send(), |task| task["state"] == "DONE")
//!     .deadline(Duration::from_secs(240))
//!     .backoff(Duration::from_secs(1), Duration::from_secs(20))
//!     .tolerate_not_found()
//!     .await?;
//! println!("{}", *done);
//! # Ok(()) }
//! ```
//!
//! Errors that another poll may not meet are polled over; any other ends the wait, as the deadline does. The
//! [`WaitError`](crate::wait::WaitError) has the last answer and the last error.
