// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.
//! Spans and logs.
//!
//! With Cargo feature `tracing`, each attempt is a span of the crate `tracing`, with the names of
//! OpenTelemetry's conventions for HTTP clients, token requests included:
//!
//! ```toml
//! [dependencies]
//! conductorone = { version = "…", features = ["tracing"] }
//! tracing-subscriber = "0.3"
//! ```
//!
//! ```text
//! tracing_subscriber::fmt().with_span_events(FmtSpan::CLOSE).init();
//! ```
//!
//! | field | value |
//! | --- | --- |
//! | `otel.name` | method and path template, such as `GET /items/{id}` |
//! | `http.request.method`, `url.template` | these apart |
//! | `url.full` | scheme, host, port and path |
//! | `server.address`, `server.port` | the host and its port |
//! | `http.request.resend_count` | how often the call was sent before; not there the first time |
//! | `http.response.status_code` | the status |
//! | `http.response.header.x-request-id` | the server's name for the request |
//! | `error.type` | the status of an error, or what broke |
//! | `openapi.operation_id` | the operation, or `token request` |
//!
//! A retry is an event of level `DEBUG`. No query, header, body or credential is in any of them. The span
//! is a child of the one that you are in, so a call belongs to what asked for it.
