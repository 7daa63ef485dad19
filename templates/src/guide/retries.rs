// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! What is tried again, and how long a call takes at most.
//!
//! Retries are on. Every call is tried again when it was not sent or the server says that it has not
//! processed it, and after `429`; a call that may be repeated, which is any but `POST` and `PATCH` unless
//! the document says otherwise, also after a broken connection, an attempt that took too long, `408`, `500`,
//! `502`, `503` and `504`. The wait is random below a bound that doubles, and at least what `Retry-After`
//! asks for. A budget that all calls of a client share stops retries while a server is down.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use client_crate::{Client, RetryPolicy};
//!
//! # fn example() -> Result<(), client_crate::Error> {
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .anonymous()
//!     .retry(RetryPolicy::new().with_attempts(5))
//!     .connect_timeout(Duration::from_secs(3))
//!     .attempt_timeout(Duration::from_secs(10))
//!     .timeout(Duration::from_secs(30))
//!     .build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
//!
//! `timeout` is for the whole call: sign-in, all attempts and the waits between them.
//!
//! A call that the document does not know to be repeatable can be said to be, where you know it:
//!
//! ```no_run
//! # use client_crate::RequestOptions;
//! let options = RequestOptions::new().idempotent(true);
//! # let _ = options;
//! ```
