// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The seam between a client and the network: what sends a request and brings its answer.
//!
//! Credentials, retries, redirects, time limits and the bound on an answer's size are the client's,
//! and the same over every [`Transport`]; connections, proxies and certificates are the transport's.
//! The usual one is `reqwest`, which nothing outside of this module names; in WebAssembly, it is `fetch`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Request, Response, StatusCode, Uri};
use http_body::Body as _;
use url::Url;

use super::error::{Place, TransportFailure};
use super::header_lines::HeaderLines;
use super::{ApiKey, BoxError, ClientBuilder, Error, TransportErrorKind};

mod body;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod over_fetch;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod over_reqwest;
#[cfg(feature = "tower")]
mod over_tower;

pub use body::TransportBody;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub use over_fetch::FetchTransport;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use over_reqwest::ReqwestTransport;
#[cfg(feature = "tower")]
pub use over_tower::{TowerTransport, TransportService};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(super) use over_fetch::{FetchTransport as Usual, usual};
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(super) use over_reqwest::{ReqwestTransport as Usual, usual};

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use over_fetch::Incoming;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
use over_reqwest::Incoming;

/// What sends the requests of a client, its token requests included;
/// [`ClientBuilder::transport`] sets it. The client's `Debug` shows it.
///
/// It is for tests without a server, for another HTTP library, and for what goes around every single
/// request, such as a recorder around [`ReqwestTransport`].
///
/// - [`send`](Self::send) is called for each attempt, and for each redirect that the client follows.
/// - An answer of any status is an answer. [`TransportFailure`] says that there is none, and its kind
///   decides whether the client tries again.
/// - Redirects are answers, too. A transport that follows them by itself and comes to another origin
///   fails with [`RedirectError::OtherOrigin`](super::RedirectError::OtherOrigin).
/// - A body that was cut ends in an error. Its end means that all of it is there.
/// - The future may be dropped at any time: the time limits of the client do so.
///
/// ```text
/// /// Answers every request with an empty object.
/// #[derive(Debug)]
/// struct Empty;
///
/// impl Transport for Empty {
///     fn send(&self, request: http::Request<TransportBody>) -> TransportFuture<'_> {
///         Box::pin(async move {
///             println!("{} {}", request.method(), request.uri().path());
///             Ok(http::Response::new(TransportBody::from("{}")))
///         })
///     }
/// }
///
/// let client = Client::builder().transport(Empty).base_url("https://api.example.com")…
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request, whose URI is absolute, and brings the answer once its headers are there.
    ///
    /// Its extensions hold the [`OperationId`] and the [`ApiKeys`]. Headers that hold a credential are
    /// marked as sensitive; the query and the body can hold secrets without a mark. `Host`,
    /// `Content-Length` and `Transfer-Encoding` are the transport's to set, save a `Content-Length` of 0.
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_>;
}

/// What [`Transport::send`] gives: `Box::pin(async move { … })`.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Response<TransportBody>, TransportFailure>> + Send + 'a>>;

/// Which operation a request is of, in its extensions: the id in the OpenAPI document, or
/// `token request`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OperationId(pub &'static str);

/// The API keys that the API knows, in the extensions of a request: where in it a key can stand that
/// must not be shown.
#[derive(Clone, Copy, Debug)]
pub struct ApiKeys(pub &'static [ApiKey]);

/// So that a test keeps what it gave to a client.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        (**self).send(request)
    }
}

/// The transport of a client. The usual one goes without the trait's boxes, and without making a URI that
/// `reqwest` would make a URL again.
#[derive(Clone)]
pub(super) enum AnyTransport {
    Usual(Usual),
    Own(Arc<dyn Transport>, ApiKeys),
}

impl fmt::Debug for AnyTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usual(transport) => transport.fmt(f),
            Self::Own(transport, _) => transport.fmt(f),
        }
    }
}

/// Sends a request over a transport that the caller brought.
pub(super) fn send_over<'a>(
    transport: &'a dyn Transport,
    keys: ApiKeys,
    place: &Place,
    url: &Url,
    headers: &HeaderLines,
    body: Option<TransportBody>,
) -> Result<TransportFuture<'a>, Error> {
    let mut request = Request::new(body.unwrap_or_default());
    *request.method_mut() = place.verb().method();
    *request.uri_mut() = uri(url)?;
    headers.add_to(request.headers_mut())?;
    request.extensions_mut().insert(OperationId(place.operation()));
    request.extensions_mut().insert(keys);
    Ok(transport.send(request))
}

/// An answer of a transport. That of the usual one is read as it stands, without a box for its body.
pub(super) enum Received {
    Usual(Incoming),
    Own(Response<TransportBody>),
}

impl Received {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Usual(incoming) => incoming.status(),
            Self::Own(response) => response.status(),
        }
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        match self {
            Self::Usual(incoming) => incoming.headers(),
            Self::Own(response) => response.headers(),
        }
    }

    pub(super) fn take_headers(&mut self) -> HeaderMap {
        std::mem::take(match self {
            Self::Usual(incoming) => incoming.headers_mut(),
            Self::Own(response) => response.headers_mut(),
        })
    }

    /// How many bytes the body has, where that is known.
    pub(super) fn exact_size(&self) -> Option<u64> {
        match self {
            Self::Usual(incoming) => incoming.size_hint().exact(),
            Self::Own(response) => response.body().size_hint().exact(),
        }
    }

    /// The next bytes of the body; `None` at the end.
    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        match self {
            Self::Usual(incoming) => incoming.poll_chunk(context),
            Self::Own(response) => response.body_mut().poll_chunk(context),
        }
    }

    /// Takes the body out of the answer, which then has an empty one.
    pub(super) fn take_body(&mut self) -> TransportBody {
        match std::mem::replace(self, Self::Own(Response::default())) {
            Self::Usual(incoming) => TransportBody::new(incoming),
            Self::Own(response) => response.into_body(),
        }
    }
}

/// The failure of a transport that ends without an answer. None does, and a type cannot say so where the answer
/// is put in its place instead of being returned.
#[cold]
pub(super) fn no_answer() -> TransportFailure {
    TransportFailure::new(TransportErrorKind::Other, "there is no answer")
}

/// The URL as a URI.
pub(super) fn uri(url: &Url) -> Result<Uri, Error> {
    Uri::try_from(url.as_str())
        .map_err(|error| Error::build_from("the URL of the request is not a URI", error))
}

/// What `Url::origin` compares, without a copy of the hosts.
pub(super) fn is_same_origin(one: &Url, other: &Url) -> bool {
    one == other
        || one.scheme() == other.scheme()
            && one.host() == other.host()
            && one.port_or_known_default() == other.port_or_known_default()
}

impl ClientBuilder {
    /// What sends the requests, instead of the usual one. The last one counts of this and
    /// `http_client`.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(AnyTransport::Own(Arc::new(transport), ApiKeys(self.api.keys)));
        self
    }
}
