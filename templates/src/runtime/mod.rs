// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! What every generated client stands on: requests, answers, errors and sign-in.
//!
//! Nothing here knows an API. A generated crate holds this folder as it stands, as
//! `crate::runtime`, and its methods are one expression over [`Request`]; what they do not offer
//! can be asked for in the same way by hand.

mod any;
mod auth;
#[cfg(all(feature = "blocking", not(all(target_family = "wasm", target_os = "unknown"))))]
pub mod blocking;
mod builder;
mod call;
mod client;
#[doc(hidden)]
pub mod codec;
#[doc(hidden)]
pub mod enumeration;
mod error;
mod exchange;
mod header_lines;
mod hooks;
mod macros;
mod modules;
#[doc(hidden)]
pub mod object;
mod parameter;
mod path;
mod request;
mod response;
mod retry;
mod send;
mod server;
pub(crate) mod time;
mod trace;
mod transport;
#[doc(hidden)]
pub mod union;

pub use any::Any;
pub use auth::{
    AccessToken, ClientAuthentication, ClientCredentials, Credentials, SubjectToken, TokenExchange,
};
pub use builder::{
    ClientBuilder, DEFAULT_CONNECT_TIMEOUT, DEFAULT_HEADER_LIMIT, DEFAULT_IDLE_TIMEOUT,
    DEFAULT_REDIRECT_LIMIT, DEFAULT_RESPONSE_LIMIT, DEFAULT_TIMEOUT,
};
pub use client::{Api, ApiKey, Client, KeyLocation, ServerVariable};
pub use error::{
    ApiError, AuthError, AuthErrorKind, BoxError, BuildError, DecodeError, DecodeErrorKind, Error,
    Place, RedirectError, TimeoutError, TransportError, TransportErrorKind, TransportFailure,
};
pub use hooks::{Attempt, Hook};
pub use parameter::ParameterValue;
pub use request::{NoBody, Request, RequestOptions, Statuses, Verb};
pub use response::{Response, ResponseFuture};
pub use retry::{RetryBudget, RetryPolicy};
pub use server::check_base_url;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub use transport::FetchTransport;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use transport::ReqwestTransport;
pub use transport::{ApiKeys, OperationId, Transport, TransportBody, TransportFuture};
#[cfg(feature = "tower")]
pub use transport::{TowerTransport, TransportService};

mod body; // part: body
mod choice; // part: choice
mod download; // part: download
mod events; // part: events
mod form; // part: form
mod headers; // part: headers
mod idempotency_key; // part: idempotency_key
mod limits; // part: validate
mod lines; // part: lines
mod link; // part: pages
mod multipart; // part: multipart
mod optional; // part: optional
mod own_server; // part: own_server
mod pages; // part: pages
mod raw; // part: raw
mod secret; // part: secret
mod style; // part: style
mod text; // part: text
mod tree; // part: tree
pub mod validate; // part: validate
pub use auth::{Audience, PrivateKeyJwt, UniqueValue}; // part: assertion
pub use body::Body; // part: body
pub use choice::{Case, Choice, Chosen}; // part: choice
pub use download::Download; // part: download
pub use events::{Event, EventStream}; // part: events
pub use headers::{HeaderError, Headers}; // part: headers
pub use jiff::civil::DateTime as LocalDateTime; // part: local
pub use jiff::civil::Time; // part: local
pub use lines::JsonLines; // part: lines
pub use multipart::{Multipart, Part}; // part: multipart
pub use pages::{DEFAULT_PAGE_LIMIT, Items, Pages, Turn}; // part: pages
pub use rust_decimal::Decimal; // part: decimal
pub use secret::Secret; // part: secret
pub use std::net::{IpAddr, Ipv4Addr, Ipv6Addr}; // part: ip
pub use style::{Style, Texts}; // part: style
pub use url::Url; // part: url
pub use uuid::Uuid; // part: uuid
pub use validate::{Validate, ValidateError}; // part: validate

pub(crate) use macros::*;

/// A length of time that can be negative, for durations.
pub use jiff::SignedDuration as Duration;
/// A moment in UTC, for `date-time`.
pub use jiff::Timestamp;
/// A day without a time, for `date`.
pub use jiff::civil::Date;
/// Any JSON value.
pub use serde_json::Value;

/// A JSON object.
pub type Map = serde_json::Map<String, Value>;
