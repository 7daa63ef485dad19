// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Tests of what calls this crate.
//!
//! A client goes over a [`Transport`](crate::runtime::Transport), which a test can bring: no server, no port
//! and no wait. Requests are made, signed in, tried again and read as they always are.
//!
//! [`MockTransport`](crate::mock::MockTransport) answers by operation, as often as it is told, keeps what it
//! was sent, and refuses the rest:
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use conductorone::mock::{MockAnswer, MockTransport};
//! use conductorone::{Client, Credentials};
//!
//! # fn example(item: conductorone::runtime::Value) -> Result<(), conductorone::Error> {
//! let mock = Arc::new(
//!     MockTransport::new()
//!         .expect("getItem", MockAnswer::status(503))
//!         .expect("getItem", MockAnswer::json(&item))
//!         .expect("DELETE /items/{id}", MockAnswer::status(204)),
//! );
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .auth(Credentials::bearer("token"))
//!     .transport(Arc::clone(&mock))
//!     .build()?;
//! // What is tested calls the client.
//! mock.assert_done();
//! assert_eq!(mock.requests()[0].operation(), "getItem");
//! # let _ = client;
//! # Ok(()) }
//! ```
//!
//! One of your own is a function from a request to an answer:
//!
//! ```no_run
//! use conductorone::Client;
//! use conductorone::http::{Request, Response};
//! use conductorone::runtime::{Transport, TransportBody, TransportFuture};
//!
//! #[derive(Debug)]
//! struct Empty;
//!
//! impl Transport for Empty {
//!     fn send(&self, _: Request<TransportBody>) -> TransportFuture<'_> {
//!         Box::pin(async { Ok(Response::new(TransportBody::from("{}"))) })
//!     }
//! }
//!
//! # fn example() -> Result<(), conductorone::Error> {
//! let client =
//!     Client::builder().base_url("https://api.example.com").anonymous().transport(Empty).build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
