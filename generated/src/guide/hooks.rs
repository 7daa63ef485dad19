// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Something to do around each attempt.
//!
//! A [`Hook`](crate::runtime::Hook) sees every attempt of every call with its number, may change its
//! headers, body and path, and is told the answer or the error. Token requests, which hold secrets, have
//! none.
//!
//! ```no_run
//! use conductorone::http::{HeaderValue, Request, Response};
//! use conductorone::runtime::{Attempt, BoxError, Hook, TransportBody};
//! use conductorone::{Client, Error};
//!
//! #[derive(Debug)]
//! struct Numbered;
//!
//! impl Hook for Numbered {
//!     fn before_attempt(
//!         &self,
//!         attempt: &Attempt<'_>,
//!         request: &mut Request<TransportBody>,
//!     ) -> Result<(), BoxError> {
//!         request.headers_mut().insert("x-attempt", HeaderValue::from(attempt.number()));
//!         Ok(())
//!     }
//!
//!     fn after_response(&self, attempt: &Attempt<'_>, response: &Response<()>) {
//!         let place = attempt.place();
//!         println!("{} {} {:?}", place.operation(), response.status(), attempt.elapsed());
//!     }
//!
//!     fn on_error(&self, _: &Attempt<'_>, error: &Error) {
//!         println!("{error}");
//!     }
//! }
//!
//! # fn example() -> Result<(), Error> {
//! let client =
//!     Client::builder().base_url("https://api.example.com").anonymous().hook(Numbered).build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
//!
//! Hooks run in the order in which they were added, and an error of one ends the call. What has to wait, or
//! to answer in place of the server, is a [`Transport`](crate::runtime::Transport) around
//! [`ReqwestTransport`](crate::runtime::ReqwestTransport).
