// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! A request, its answer, and what a single call can change.
//!
//! A [`Client`](crate::Client) is made once and cloned freely: clones share connections and tokens. Its
//! methods lead to the operations, by groups; a method takes what must be given, returns a
//! [`Request`](crate::Request), and nothing is sent before `send`.
//!
//! ```no_run
//! # use client_crate::runtime::{NoBody, Request, Value};
//! # async fn example(request: Request<NoBody, Value>) -> Result<(), client_crate::Error> {
//! let response = request.send().await?;
//! println!("{} {:?}", response.status(), response.headers().get("etag"));
//!
//! // A `Response` is its value as well: fields are there without a step between.
//! let value = response.into_inner();
//! # let _ = value;
//! # Ok(()) }
//! ```
//!
//! [`RequestOptions`](crate::RequestOptions) hold for one call what [`ClientBuilder`](crate::ClientBuilder)
//! sets for all:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use client_crate::http::{HeaderName, HeaderValue};
//! use client_crate::{RequestOptions, RetryPolicy};
//! # use client_crate::runtime::{NoBody, Request, Value};
//!
//! # async fn example(request: Request<NoBody, Value>) -> Result<(), client_crate::Error> {
//! let options = RequestOptions::new()
//!     .timeout(Duration::from_secs(5))
//!     .retry(RetryPolicy::never())
//!     .header(HeaderName::from_static("x-job"), HeaderValue::from_static("nightly"));
//! let response = request.options(options).send().await?;
//! # let _ = response;
//! # Ok(()) }
//! ```
//!
//! Dropping the future of `send` gives the call up at any time, and leaves the client as it was; whether
//! the server has acted on it is then not known.
//!
//! What the document does not describe can be asked for in the same way, by hand:
//!
//! ```no_run
//! use client_crate::Request;
//! use client_crate::runtime::{NoBody, Value};
//!
//! # async fn example(client: client_crate::Client) -> Result<(), client_crate::Error> {
//! let request: Request<NoBody, Value> = Request::get(&client, "/health/{part}");
//! let health = request.operation("health").path("part", "database").send().await?;
//! println!("{}", *health);
//! # Ok(()) }
//! ```
