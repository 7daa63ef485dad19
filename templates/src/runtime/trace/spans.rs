// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The spans themselves.

use std::future::Future;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span};

use crate::runtime::error::{Place, request_id};
use crate::runtime::exchange::Outgoing;
use crate::runtime::response::{Answer, Completeness};
use crate::runtime::{Error, TransportErrorKind};

/// The span of an attempt.
pub(in crate::runtime) struct Attempt(Span);

impl Attempt {
    pub(in crate::runtime) fn start(outgoing: &Outgoing<'_>) -> Self {
        let Outgoing { place, url, .. } = outgoing;
        let (method, operation) = (place.verb(), place.operation());
        let template = Some(place.path_template()).filter(|text| !text.is_empty());
        let resent = place.attempts().checked_sub(1).filter(|count| *count > 0);
        Self(info_span!(
            "HTTP request",
            otel.name = %format_args!("{method} {}", template.unwrap_or(operation)),
            otel.kind = "client",
            otel.status_code = Empty,
            openapi.operation_id = operation,
            http.request.method = %method,
            url.template = template,
            url.full = place.address(),
            server.address = url.host_str(),
            server.port = url.port_or_known_default(),
            http.request.resend_count = resent,
            http.response.status_code = Empty,
            "http.response.header.x-request-id" = Empty,
            error.r#type = Empty,
        ))
    }

    /// The attempt, whose events and spans belong to this one, and which tells it how it ended.
    pub(in crate::runtime) async fn around(
        self,
        attempt: impl Future<Output = Result<Box<Answer>, Error>>,
    ) -> Result<Box<Answer>, Error> {
        let result = attempt.instrument(self.0.clone()).await;
        self.end(&result);
        result
    }

    fn end(self, result: &Result<Box<Answer>, Error>) {
        let Self(span) = self;
        if span.is_disabled() {
            return;
        }
        match result {
            Ok(answer) => {
                let status = answer.status.as_u16();
                span.record("http.response.status_code", status);
                if let Some(id) = request_id(&answer.headers) {
                    span.record("http.response.header.x-request-id", id);
                }
                match &answer.completeness {
                    Completeness::Broken(error) if answer.status.is_success() => {
                        failed(&span, error);
                    }
                    _ if answer.status.is_success() => {}
                    _ => {
                        span.record("error.type", status);
                        span.record("otel.status_code", "ERROR");
                    }
                }
            }
            Err(error) => failed(&span, error),
        }
    }
}

/// An error as its short name, and in an event what it says: it holds no secret.
fn failed(span: &Span, error: &Error) {
    let name = match error {
        Error::Timeout(_) => "timeout",
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Connect => "connect",
            TransportErrorKind::Send => "send",
            TransportErrorKind::Unprocessed => "unprocessed",
            TransportErrorKind::Receive => "receive",
            TransportErrorKind::Body => "body",
            TransportErrorKind::Redirect(_) => "redirect",
            TransportErrorKind::Hook => "hook",
            TransportErrorKind::Other => "other",
        },
        Error::Build(_) | Error::Auth(_) | Error::Api(_) | Error::Decode(_) => "other",
    };
    span.record("error.type", name);
    span.record("otel.status_code", "ERROR");
    let source = std::error::Error::source(error).map(ToString::to_string);
    debug!(parent: span, error = %error, source, "the attempt failed");
}

/// Tells that the call waits for another attempt.
pub(in crate::runtime) fn retry(place: &Place, wait: Duration) {
    debug!(
        openapi.operation_id = place.operation(),
        attempts = place.attempts(),
        wait = ?wait,
        "waiting for another attempt"
    );
}
