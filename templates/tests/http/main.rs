//! The HTTP half of the runtime against real servers on loopback, and what needs no server.
//!
//! One test crate, because each one more has to be linked with the whole HTTP stack.
#![cfg(feature = "runtime")]

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
#[path = "../support/proxy.rs"]
mod proxy;

#[cfg(test)]
mod setup;

#[cfg(test)]
mod assertions;
#[cfg(test)]
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(test)]
mod c1;
#[cfg(test)]
mod clock;
#[cfg(test)]
#[cfg(all(feature = "brotli", feature = "gzip", feature = "zstd"))]
mod compression;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod event_waits;
#[cfg(test)]
mod events;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod http2;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod polls;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod recorder;
#[cfg(test)]
mod redirects;
#[cfg(test)]
mod refresh;
#[cfg(test)]
mod responses;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod scan;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod servers;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod styles;
#[cfg(test)]
mod timeouts;
#[cfg(test)]
mod token_retries;
#[cfg(test)]
mod tokens;
#[cfg(test)]
#[cfg(feature = "tower")]
mod tower;
#[cfg(test)]
#[cfg(feature = "tracing")]
mod tracing;
#[cfg(test)]
mod transport;
#[cfg(test)]
mod variants;
#[cfg(test)]
mod waits;

/// The subscriber of this process: the scan, and what the tests of spans keep.
#[cfg(test)]
fn subscribe() {
    use tracing_subscriber::fmt::format::FmtSpan;
    use tracing_subscriber::layer::SubscriberExt as _;

    let layer = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_span_events(FmtSpan::CLOSE)
        .with_writer(|| support::scan::Lines);
    let subscriber = tracing_subscriber::registry().with(layer).with(tracing::KEPT.clone());
    tracing_subscriber::util::SubscriberInitExt::init(subscriber);
}
