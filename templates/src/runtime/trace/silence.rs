// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What stands for the spans of a crate without feature `tracing`, and does nothing.

use std::future::Future;
use std::time::Duration;

use crate::runtime::error::Place;
use crate::runtime::exchange::Outgoing;

/// No span.
pub(in crate::runtime) struct Attempt;

impl Attempt {
    pub(in crate::runtime) fn start(_: &Outgoing<'_>) -> Self {
        Self
    }

    pub(in crate::runtime) fn around<F: Future>(self, attempt: F) -> F {
        attempt
    }
}

pub(in crate::runtime) fn retry(_: &Place, _: Duration) {}
