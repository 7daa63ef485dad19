// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Bodies that are sent as they are read.
//!
//! A [`Body`](crate::runtime::Body) is bytes in memory, or a stream (`futures_core::Stream`) that is
//! read as the server takes it:
//!
//! ```no_run
//! use client_crate::runtime::Body;
//!
//! # fn example<S, E>(stream: S, length: u64)
//! # where
//! #     S: futures_core::Stream<Item = Result<bytes::Bytes, E>> + Send + 'static,
//! #     E: Into<client_crate::runtime::BoxError> + 'static,
//! # {
//! let text = Body::from("a text").content_type("text/markdown");
//! let file = Body::sized_stream(stream, length);
//! # let _ = (text, file);
//! # }
//! ```
//!
//! What is in memory is sent again where a call is tried again; a stream is sent once. With the feature `stream` of `tokio-util`, `ReaderStream` makes a
//! stream of a file.
