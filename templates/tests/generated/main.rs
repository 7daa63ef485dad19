//! Generated code over the wire: the crate of `generator/tests/cases/wire`, compiled with the
//! runtime's sources as it is in a crate of its own, against a real server on loopback.
#![cfg(feature = "runtime")]
#![cfg(test)]
#![allow(dead_code, unreachable_pub, reason = "not every item of a whole crate is called")]

#[path = "../../src/runtime/mod.rs"]
pub mod runtime;

#[rustfmt::skip]
#[path = "../../../generator/tests/cases/wire/src/api/mod.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod api;
#[rustfmt::skip]
#[path = "../../../generator/tests/cases/wire/src/client.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
mod client;
#[rustfmt::skip]
#[path = "../../../generator/tests/cases/wire/src/models/mod.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod models;

#[rustfmt::skip]
#[path = "../../../generator/tests/cases/wire/src/server.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod server;

#[rustfmt::skip]
#[path = "../../../generator/tests/cases/wire/src/webhooks.rs"]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "a generated crate says what it allows")]
pub mod webhooks;

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod bodies;
mod headers;
mod pages;
mod parameters;
mod payloads;
mod retries;
mod security;
mod servers;

use runtime::{Client, RetryPolicy};
use support::Server;

/// A client without credentials and retries.
fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).anonymous();
    builder.retry(RetryPolicy::never()).build().unwrap()
}

/// The subscriber of this process: the scan.
fn subscribe() {
    use tracing_subscriber::fmt::format::FmtSpan;
    use tracing_subscriber::layer::SubscriberExt as _;

    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(|| support::scan::Lines);
    let subscriber = tracing_subscriber::registry().with(layer);
    tracing_subscriber::util::SubscriberInitExt::init(subscriber);
}
