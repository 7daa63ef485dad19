// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Records what goes over a transport, without its secrets, and plays it back in tests.
//!
//! A [`Recorder`] goes around the transport that is recorded, and gives what it saw as JSON, which
//! the caller keeps in a file. A [`Player`] answers from that text, without a network:
//!
//! ```text
//! let recorder = Arc::new(Recorder::around(ReqwestTransport::new(reqwest::Client::new())));
//! let client = Client::builder().transport(Arc::clone(&recorder))…
//! // Calls of the client.
//! std::fs::write("tests/list_apps.json", recorder.to_json())?;
//!
//! let player = Player::from_json(&std::fs::read_to_string("tests/list_apps.json")?)?;
//! let client = Client::builder().transport(player).auth(Credentials::bearer("any"))…
//! ```
//!
//! Not in the text are
//! - the values of headers that are marked as sensitive, of `Authorization`, `Cookie` and `Set-Cookie`;
//! - the API keys that the document knows, in headers, cookies and the query;
//! - what is sent to a token endpoint, and the tokens that it gives: the player makes one up;
//! - the values of [`SECRET_NAMES`] and of names that [`Recorder::hide`] adds, in headers, queries,
//!   forms and the texts of JSON;
//! - a credential of a request, where it stands in a body or a header of any answer;
//! - bodies in which secrets could not be found: parts (`multipart/*`) of requests, and answers that
//!   are compressed, for which the recorder does not ask.
//!
//! Nothing else is known to be secret: what an API says of people is in the text, and so is a secret
//! of a name that nobody told. Read it before you commit it.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::ACCEPT_ENCODING;
use http::{Request, Response};
use http_body::{Body, Frame, SizeHint};

use crate::runtime::{
    ApiKeys, BoxError, OperationId, Transport, TransportBody, TransportFailure, TransportFuture,
};

mod cassette;
mod hiding;
mod player;

pub use hiding::SECRET_NAMES;
pub use player::Player;

use cassette::{Content, Exchange, Outcome, TOKEN_REQUEST};
use hiding::Hiding;

/// How many bytes of a body are kept unless [`Recorder::limit`] says otherwise: 10 MiB.
pub const DEFAULT_BODY_LIMIT: usize = 10 * 1024 * 1024;

/// A transport that records what goes over another one; the [module](self) says what is left out.
///
/// Each attempt is recorded, and each request for a token. Streams go through as they arrive, and a
/// body that was not read to its end is recorded as far as it was.
pub struct Recorder {
    transport: Box<dyn Transport>,
    log: Arc<Mutex<Log>>,
    hiding: Hiding,
    limit: usize,
}

/// What was seen. Secrets are taken out by [`Recorder::to_json`], when bodies are whole.
#[derive(Default)]
struct Log(Vec<Seen>);

struct Seen {
    exchange: Exchange,
    secrets: hiding::Secrets,
}

impl Recorder {
    /// Records what goes over this transport.
    pub fn around(transport: impl Transport + 'static) -> Self {
        let (transport, log) = (Box::new(transport), Arc::default());
        Self { transport, log, hiding: Hiding::new(), limit: DEFAULT_BODY_LIMIT }
    }

    /// Leaves out the values of this name as well, as those of [`SECRET_NAMES`]. Case, `-` and `_` make
    /// no difference.
    #[must_use]
    pub fn hide(mut self, name: &str) -> Self {
        self.hiding.add(name);
        self
    }

    /// How many bytes of a body are kept. The player fails where a longer one is read.
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// What was recorded so far, for [`Player::from_json`].
    pub fn to_json(&self) -> String {
        let log = lock(&self.log);
        // An answer can hold what a later request has as its credential, such as a session's.
        let all = hiding::Secrets::of_all(log.0.iter().map(|seen| &seen.secrets));
        let exchanges = log.0.iter();
        let exchanges =
            exchanges.map(|seen| seen.exchange.clone().without(&self.hiding, &seen.secrets, &all));
        cassette::write(&self.hiding, exchanges)
    }

    /// Begins a record of the request, and has its body recorded.
    fn begin(&self, request: Request<TransportBody>) -> (Request<TransportBody>, usize) {
        let (mut head, body) = request.into_parts();
        let extensions = &head.extensions;
        let operation = extensions.get::<OperationId>().map_or("", |operation| operation.0);
        let keys = extensions.get::<ApiKeys>().map_or(&[][..], |keys| keys.0);
        // A compressed answer could not be searched for secrets.
        head.headers.remove(ACCEPT_ENCODING);
        let secrets = hiding::Secrets::of(&head.headers, head.uri.query(), keys);
        let is_token = operation == TOKEN_REQUEST;
        let mut exchange = Exchange::new(operation, &head, keys);
        let is_kept = !is_token && exchange.request.keep(&head.headers);
        let mut log = lock(&self.log);
        let at = log.0.len();
        let body = match body.as_bytes() {
            _ if !is_kept => body,
            Some(bytes) => {
                exchange.request.add(bytes, self.limit);
                exchange.request.end();
                body
            }
            None => self.tee(body, at, |exchange| Some(&mut exchange.request)),
        };
        log.0.push(Seen { exchange, secrets });
        drop(log);
        (Request::from_parts(head, body), at)
    }

    /// Records the answer, and has its body recorded.
    fn answered(
        &self,
        at: usize,
        result: Result<Response<TransportBody>, TransportFailure>,
    ) -> Result<Response<TransportBody>, TransportFailure> {
        let mut log = lock(&self.log);
        let Some(Seen { exchange, .. }) = log.0.get_mut(at) else { return result };
        let is_token = exchange.is_token();
        let (outcome, result) = match result {
            Err(failure) => (Outcome::failure(&failure), Err(failure)),
            Ok(response) => {
                let mut content = Content::open();
                let is_kept = content.keep(response.headers());
                let outcome = Outcome::Answer(
                    response.status().as_u16(),
                    cassette::headers(response.headers()),
                    content,
                );
                let is_secret = is_token && response.status().is_success();
                let response = if is_kept && !is_secret {
                    response.map(|body| self.tee(body, at, Exchange::answer))
                } else {
                    response
                };
                (outcome, Ok(response))
            }
        };
        exchange.outcome = outcome;
        result
    }

    fn tee(&self, body: TransportBody, at: usize, side: Side) -> TransportBody {
        let left = body.size_hint().exact();
        let tee = Tee { log: Arc::clone(&self.log), at, side, limit: self.limit, left, body };
        TransportBody::new(tee)
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (request, at) = self.begin(request);
            self.answered(at, self.transport.send(request).await)
        })
    }
}

/// A test that panics elsewhere still reads what there was.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Which body of an exchange is recorded.
type Side = fn(&mut Exchange) -> Option<&mut Content>;

/// A body that is recorded on its way.
struct Tee {
    body: TransportBody,
    log: Arc<Mutex<Log>>,
    at: usize,
    side: Side,
    limit: usize,
    /// How many bytes are still to come, where that is known: who knows it may not ask for the end.
    left: Option<u64>,
}

impl Body for Tee {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let (is_end, bytes) = match &polled {
            Poll::Ready(None) => (true, None),
            Poll::Ready(Some(Ok(frame))) => (false, frame.data_ref()),
            Poll::Ready(Some(Err(_))) | Poll::Pending => return polled,
        };
        let length = bytes.and_then(|bytes| u64::try_from(bytes.len()).ok()).unwrap_or_default();
        self.left = self.left.map(|left| left.saturating_sub(length));
        let is_end = is_end || self.left == Some(0) || self.body.is_end_stream();
        let mut log = lock(&self.log);
        let kept = log.0.get_mut(self.at).and_then(|seen| (self.side)(&mut seen.exchange));
        if let Some(kept) = kept {
            if let Some(bytes) = bytes {
                kept.add(bytes, self.limit);
            }
            if is_end {
                kept.end();
            }
        }
        drop(log);
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// What was recorded is left out, because secrets are still in it.
impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("transport", &self.transport)
            .field("exchanges", &lock(&self.log).0.len())
            .finish_non_exhaustive()
    }
}
