// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Spans of the crate `tracing`, behind Cargo feature `tracing`: one for each attempt, token requests
//! included, and an event for each retry.
//!
//! Names are those of OpenTelemetry's semantic conventions for HTTP clients, and `otel.name`,
//! `otel.kind` and `otel.status_code` are what `tracing-opentelemetry` reads:
//!
//! | field | value |
//! | --- | --- |
//! | `otel.name` | method and path template, such as `GET /api/v1/apps/{id}` |
//! | `http.request.method`, `url.template` | these apart |
//! | `url.full` | scheme, host, port and path; the query may hold secrets and is left out |
//! | `server.address`, `server.port` | the host and its port |
//! | `http.request.resend_count` | how often the call was sent before; not there the first time |
//! | `http.response.status_code` | the status, where there was an answer |
//! | `http.response.header.x-request-id` | the server's name for the request, from that header or one like it |
//! | `error.type` | the status of an error, or `connect`, `send`, `receive`, `body`, `redirect`, `timeout`, `hook`, `other` |
//! | `openapi.operation_id` | the operation, or `token request` |
//!
//! A span ends when the answer is read, and that of a stream when it begins. Headers, bodies and
//! credentials are in none.

#[cfg(not(feature = "tracing"))]
mod silence;
#[cfg(feature = "tracing")]
mod spans;

#[cfg(not(feature = "tracing"))]
pub(super) use silence::{Attempt, retry};
#[cfg(feature = "tracing")]
pub(super) use spans::{Attempt, retry};
