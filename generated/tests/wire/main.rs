//! The generated client against real HTTP servers on loopback.
//!
//! The servers look at every byte of a request, and answer with the shapes that the document
//! promises and with those that no document mentions. One test crate, because each one more has to
//! be linked with the whole HTTP stack.

#[path = "../../../templates/tests/support/mod.rs"]
mod support;

mod document;
mod operations;
mod setup;
mod token_endpoint;

mod answers;
mod bad_credentials;
mod broken_answers;
mod environment;
mod errors;
mod examples;
mod extremes;
mod oneof_groups;
mod public_face;
mod readme;
mod requests;
mod retries;
mod sign_in;
mod workload;

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
