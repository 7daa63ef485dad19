// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! What can go wrong, and what to do about it.
//!
//! An [`Error`](crate::Error) has a variant for each part of a request's way:
//!
//! | variant | what happened | what to do |
//! | --- | --- | --- |
//! | `Build` | the client or the request is not complete or not valid; nothing was sent | mend the program |
//! | `Auth` | there is no usable credential; the call was not sent | look at [`AuthErrorKind`](crate::runtime::AuthErrorKind) |
//! | `Transport` | no connection, or it broke; a redirect or a hook was refused | later, if at all: see [`TransportErrorKind`](crate::runtime::TransportErrorKind) |
//! | `Timeout` | there was no whole answer in time | it may have been done: look before you repeat it |
//! | `Api` | the server answered with an error | its status and body tell |
//! | `Decode` | the answer is not what the document says | tell those who run the server; the JSON path is in it |
//!
//! What is worth another try was tried again when you see it: see [`retries`](super::retries). The
//! text of an error names the operation, the address and the number of attempts, and may be logged as it
//! is: it holds no credential and no query.
//!
//! ```no_run
//! use client_crate::Error;
//! # use client_crate::runtime::{NoBody, Request, Value};
//!
//! # async fn example(request: Request<NoBody, Value>) -> Result<Option<Value>, Error> {
//! match request.send().await {
//!     Ok(response) => Ok(Some(response.into_inner())),
//!     // What is not there is often no error to the caller.
//!     Err(error) if error.is_not_found() => Ok(None),
//!     Err(Error::Api(error)) => {
//!         // The body as the document describes it for this status: any of its types.
//!         if let Some(body) = error.body::<Value>() {
//!             println!("{} says {body}", error.status());
//!         }
//!         println!("{:?}", error.message());
//!         Err(Error::Api(error))
//!     }
//!     Err(error) => {
//!         println!("{error}, after {} attempts", error.attempts());
//!         println!("ask for request {:?}", error.request_id());
//!         println!("not before {:?}", error.retry_after());
//!         Err(error)
//!     }
//! }
//! # }
//! ```
//!
//! Sources are chained as usual, so crates that print chains show them whole.
