// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A transport that answers as a recording does.

use std::fmt;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Body, Frame};

use super::cassette::{self, Content, Exchange, Outcome, TOKEN};
use super::hiding::{Hiding, Secrets};
use super::lock;
use crate::runtime::{
    ApiKeys, BoxError, OperationId, Transport, TransportBody, TransportErrorKind, TransportFailure,
    TransportFuture,
};

/// How many requests an error names.
const NAMED: usize = 10;

/// A transport that answers from what a [`Recorder`](super::Recorder) saw.
///
/// A request has the answer that one with the same operation, method, path, query and body had; equal
/// requests have their answers in the order of the recording, each once. Scheme, host, port and headers
/// make no difference. Requests for tokens have theirs whatever they hold, and made-up tokens behind the
/// last one. A request that was not recorded is an `Error::Transport` that says what there is, and is
/// not tried again. A failure is one again, and a body that was not recorded to its end breaks there.
pub struct Player {
    hiding: Hiding,
    /// With whether it was played.
    exchanges: Mutex<Vec<(Exchange, bool)>>,
}

impl Player {
    /// Plays what [`Recorder::to_json`](super::Recorder::to_json) wrote.
    ///
    /// # Errors
    /// Where the text is something else.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        let (hiding, exchanges) = cassette::read(text)?;
        let exchanges = exchanges.into_iter().map(|exchange| (exchange, false)).collect();
        Ok(Self { hiding, exchanges: Mutex::new(exchanges) })
    }

    /// Checks that each request of the recording came, those for tokens aside.
    ///
    /// # Panics
    /// Where one did not; the message names its operation.
    #[track_caller]
    pub fn assert_done(&self) {
        let left = self.left();
        assert!(left.is_empty(), "recorded requests that did not come: {}", left.join(", "));
    }

    /// What is still to be asked for.
    fn left(&self) -> Vec<String> {
        let exchanges = lock(&self.exchanges);
        let left = exchanges.iter().filter(|(one, is_played)| !is_played && !one.is_token());
        left.map(|(one, _)| name(one)).collect()
    }

    /// What the recording answers.
    fn find(&self, asked: &Exchange) -> Result<Outcome, TransportFailure> {
        let mut exchanges = lock(&self.exchanges);
        let found = exchanges.iter_mut().find(|(one, is_played)| !is_played && is_of(one, asked));
        if let Some((exchange, is_played)) = found {
            *is_played = true;
            return Ok(exchange.outcome.clone());
        }
        if asked.is_token() {
            let content = Content { bytes: TOKEN.into(), cut: None };
            let json = ("content-type".to_owned(), "application/json".to_owned());
            return Ok(Outcome::Answer(200, vec![json], content));
        }
        let why = why(&exchanges, asked);
        drop(exchanges);
        let left = self.left();
        let more = match left.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let left = match left.get(..NAMED).unwrap_or(&left) {
            [] => "nothing".to_owned(),
            left => left.join(", "),
        };
        let message =
            format!("the recording has no request {}{why}; left are {left}{more}", name(asked));
        Err(TransportFailure::new(TransportErrorKind::Other, message))
    }
}

impl Transport for Player {
    fn send(&self, request: Request<TransportBody>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            let operation = head.extensions.get::<OperationId>().map_or("", |one| one.0);
            let keys = head.extensions.get::<ApiKeys>().map_or(&[][..], |keys| keys.0);
            let mut asked = Exchange::new(operation, &head, keys);
            asked.request = Content::default();
            while let Some(bytes) = body
                .chunk()
                .await
                .map_err(|error| TransportFailure::new(TransportErrorKind::Body, error))?
            {
                asked.request.add(&bytes, usize::MAX);
            }
            let secrets = Secrets::of(&head.headers, head.uri.query(), keys);
            response(self.find(&asked.without(&self.hiding, &secrets, &secrets))?)
        })
    }
}

fn is_of(recorded: &Exchange, asked: &Exchange) -> bool {
    let is_same = recorded.operation == asked.operation;
    is_same
        && (asked.is_token() || (target(recorded) == target(asked) && has_body(recorded, asked)))
}

/// The method, and the URL from its path on.
fn target(exchange: &Exchange) -> (&str, &str) {
    let (_, behind) = exchange.url.split_once("://").unwrap_or(("", &exchange.url));
    (&exchange.method, behind.find(['/', '?']).and_then(|at| behind.get(at..)).unwrap_or_default())
}

/// Whether the body is the recorded one, as far as that is known.
fn has_body(recorded: &Exchange, asked: &Exchange) -> bool {
    let (recorded, asked) = (&recorded.request, &asked.request.bytes);
    if recorded.cut.is_some() {
        asked.starts_with(&recorded.bytes)
    } else {
        *asked == recorded.bytes
    }
}

/// How a request differs from the recorded one that is closest to it.
fn why(exchanges: &[(Exchange, bool)], asked: &Exchange) -> &'static str {
    let is_same = |one: &&(Exchange, bool)| one.0.operation == asked.operation;
    let mut same = exchanges.iter().filter(is_same);
    let mut at_target = same.clone().filter(|(one, _)| target(one) == target(asked));
    if at_target.clone().any(|(one, _)| has_body(one, asked)) {
        " as often as it came"
    } else if at_target.next().is_some() {
        " with this body"
    } else if same.any(|(one, _)| name(one) == name(asked)) {
        " with this query"
    } else {
        ""
    }
}

/// The operation, the method and the path; the query is left out as in every message.
fn name(exchange: &Exchange) -> String {
    let (method, target) = target(exchange);
    let path = target.split('?').next().unwrap_or_default();
    format!("{} ({method} {path})", exchange.operation)
}

fn response(outcome: Outcome) -> Result<Response<TransportBody>, TransportFailure> {
    match outcome {
        Outcome::Failure { kind, is_timeout } => {
            let failure = TransportFailure::new(kind, "the recording has this failure");
            Err(if is_timeout { failure.timed_out() } else { failure })
        }
        Outcome::Answer(status, headers, content) => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            let body = match content.cut {
                None => content.bytes.into(),
                Some(reason) => TransportBody::new(Cut(content.bytes.into(), Some(reason))),
            };
            let response = response.body(body);
            response.map_err(|error| TransportFailure::new(TransportErrorKind::Other, error))
        }
    }
}

/// A body that breaks behind its bytes, for this reason.
struct Cut(Bytes, Option<String>);

impl Body for Cut {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self(bytes, reason) = &mut *self;
        let bytes = std::mem::take(bytes);
        if !bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        Poll::Ready(reason.take().map(|reason| {
            Err(format!("the recording does not have the rest of the body: {reason}").into())
        }))
    }
}

impl fmt::Debug for Player {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Player").field("left", &self.left()).finish_non_exhaustive()
    }
}
