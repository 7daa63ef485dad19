// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What the headers of an answer say about the next step.

use std::time::Duration;

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};
use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// Where servers put the name of a request, the most usual first.
const REQUEST_ID_HEADERS: [&str; 5] =
    ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "x-trace-id"];

/// `Retry-After` in either of its two forms (RFC 9110, section 10.2.3). A date counts from the
/// server's own, where the answer has one. One that has passed asks for no wait.
pub(in crate::runtime) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = parse(value)?;
    let now = date(headers).unwrap_or_else(Timestamp::now);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

/// `Date`: the server's clock (RFC 9110, section 6.6.1).
pub(in crate::runtime) fn date(headers: &HeaderMap) -> Option<Timestamp> {
    parse(headers.get(DATE)?.to_str().ok()?)
}

fn parse(text: &str) -> Option<Timestamp> {
    Some(rfc2822::parse(text).ok()?.timestamp())
}

pub(in crate::runtime) fn request_id(headers: &HeaderMap) -> Option<&str> {
    REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}
