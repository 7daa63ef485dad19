// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Services of `tower` as transports, and transports as services; behind Cargo feature `tower`.

use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tower_service::Service;

use super::{Transport, TransportBody, TransportFuture};
use crate::runtime::{BoxError, TransportErrorKind, TransportFailure};

/// A transport over a service, such as a stack of `tower`'s layers around a [`TransportService`], or
/// another HTTP client.
///
/// Each request goes through a clone of the service, once that is ready; layers that bound something,
/// such as `ConcurrencyLimit`, share the bound between clones. It is for each attempt, so that layers
/// that repeat requests multiply the client's own retries.
///
/// A [`TransportFailure`] that the service fails with stays what it is. Every other error of a call
/// means that there is no answer ([`TransportErrorKind::Send`]), and one of a service that cannot
/// become ready that nothing was sent and nothing will be ([`TransportErrorKind::Other`]); the layer
/// `map_err` tells more.
///
/// ```text
/// let service = ServiceBuilder::new()
///     .concurrency_limit(8)
///     .service(TransportService::new(ReqwestTransport::new(reqwest::Client::new())));
/// let client = Client::builder().transport(TowerTransport::new(service))…
/// ```
pub struct TowerTransport<S>(Mutex<S>);

/// A [`Transport`] as a service, to put layers of `tower` around it.
pub struct TransportService<T>(Arc<T>);

impl<S> TowerTransport<S> {
    /// A transport over this service.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<TransportBody>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body<Data = Bytes, Error: Into<BoxError>> + Send + 'static,
{
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| failure(TransportErrorKind::Other, error))?;
            let response = service.call(request).await;
            let response = response.map_err(|error| failure(TransportErrorKind::Send, error))?;
            Ok(response.map(TransportBody::new))
        })
    }
}

/// The failure that the service has told, or else one of this kind.
fn failure(kind: TransportErrorKind, error: impl Into<BoxError>) -> TransportFailure {
    match error.into().downcast::<TransportFailure>() {
        Ok(failure) => *failure,
        Err(other) => TransportFailure::new(kind, other),
    }
}

impl<T: Transport> TransportService<T> {
    /// A service over this transport.
    pub fn new(transport: T) -> Self {
        Self(Arc::new(transport))
    }
}

impl<T: Transport + 'static> Service<Request<TransportBody>> for TransportService<T> {
    type Response = Response<TransportBody>;
    type Error = TransportFailure;
    type Future = TransportFuture<'static>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportFailure>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<TransportBody>) -> Self::Future {
        let transport = Arc::clone(&self.0);
        Box::pin(async move { transport.send(request).await })
    }
}

/// Clones share the transport.
impl<T> Clone for TransportService<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Services need not show anything.
impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

impl<T: fmt::Debug> fmt::Debug for TransportService<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransportService").field(&self.0).finish()
    }
}
