// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Answers that are read as they arrive.
//!
//! A [`Download`](crate::runtime::Download) is bytes that are not held in memory: the server waits while
//! you do, and dropping it ends the connection. A connection that breaks is an error, never an early end.
//!
//! ```no_run
//! use std::io::Write;
//! # use client_crate::runtime::Download;
//!
//! # async fn example(mut download: Download) -> Result<(), Box<dyn std::error::Error>> {
//! let mut file = std::fs::File::create("report.pdf")?;
//! while let Some(chunk) = download.chunk().await? {
//!     file.write_all(&chunk)?;
//! }
//! # Ok(()) }
//! ```
//!
//! The time limit of the call ends with the headers of the answer;
//! [`idle_timeout`](crate::RequestOptions::idle_timeout) bounds the time between two pieces.
//! // part: lines
//! JSON lines are values, one after the other: // part: lines
//! // part: lines
//! ```no_run // part: lines
//! # use client_crate::runtime::{JsonLines, Value}; // part: lines
//! # async fn example(mut lines: JsonLines<Value>) -> Result<(), client_crate::Error> { // part: lines
//! while let Some(value) = lines.next().await? { // part: lines
//!     println!("{value}"); // part: lines
//! } // part: lines
//! # Ok(()) } // part: lines
//! ``` // part: lines
//! // part: events
//! Server-sent events are asked for once more behind the last id, where you say so and the call may be // part: events
//! repeated; otherwise a connection that breaks is an error: // part: events
//! // part: events
//! ```no_run // part: events
//! use client_crate::RetryPolicy; // part: events
//! # use client_crate::runtime::{EventStream, Value}; // part: events
//! // part: events
//! # async fn example(mut events: EventStream<Value>) -> Result<(), client_crate::Error> { // part: events
//! events.reconnect(RetryPolicy::new())?; // part: events
//! while let Some(event) = events.next().await? { // part: events
//!     println!("{} {}", event.event, event.data); // part: events
//! } // part: events
//! # Ok(()) } // part: events
//! ``` // part: events
