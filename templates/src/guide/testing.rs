// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Tests of what calls this crate.
//!
//! A client goes over a [`Transport`](crate::runtime::Transport), which a test can bring: no server, no port
//! and no wait. Requests are made, signed in, tried again and read as they always are.
//! // part: mock
//! [`MockTransport`](crate::mock::MockTransport) answers by operation, as often as it is told, keeps what it // part: mock
//! was sent, and refuses the rest: // part: mock
//! // part: mock
//! ```no_run // part: mock
//! use std::sync::Arc; // part: mock
//! // part: mock
//! use client_crate::mock::{MockAnswer, MockTransport}; // part: mock
//! use client_crate::{Client, Credentials}; // part: mock
//! // part: mock
//! # fn example(item: client_crate::runtime::Value) -> Result<(), client_crate::Error> { // part: mock
//! let mock = Arc::new( // part: mock
//!     MockTransport::new() // part: mock
//!         .expect("getItem", MockAnswer::status(503)) // part: mock
//!         .expect("getItem", MockAnswer::json(&item)) // part: mock
//!         .expect("DELETE /items/{id}", MockAnswer::status(204)), // part: mock
//! ); // part: mock
//! let client = Client::builder() // part: mock
//!     .base_url("https://api.example.com") // part: mock
//!     .auth(Credentials::bearer("token")) // part: mock
//!     .transport(Arc::clone(&mock)) // part: mock
//!     .build()?; // part: mock
//! // What is tested calls the client. // part: mock
//! mock.assert_done(); // part: mock
//! assert_eq!(mock.requests()[0].operation(), "getItem"); // part: mock
//! # let _ = client; // part: mock
//! # Ok(()) } // part: mock
//! ``` // part: mock
//!
//! One of your own is a function from a request to an answer:
//!
//! ```no_run
//! use client_crate::Client;
//! use client_crate::http::{Request, Response};
//! use client_crate::runtime::{Transport, TransportBody, TransportFuture};
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
//! # fn example() -> Result<(), client_crate::Error> {
//! let client =
//!     Client::builder().base_url("https://api.example.com").anonymous().transport(Empty).build()?;
//! # let _ = client;
//! # Ok(()) }
//! ```
