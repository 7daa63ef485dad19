// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! One exchange over HTTP: a request, the redirects that may be followed, and an answer that is
//! read within a bound or kept open.

use std::future::{Future, poll_fn};
use std::ops::Deref;
use std::pin::{Pin, pin};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::error::{Place, TransportError};
use super::header_lines::HeaderLines;
use super::response::{Answer, Completeness};
use super::retry::{Limit, Timer};
use super::transport::{AnyTransport, Received, no_answer, send_over};
use super::{DecodeErrorKind, Error, RedirectError, TransportBody, TransportErrorKind, trace};

/// How many bytes of an answer are kept that is not a success. An error that says something is
/// short.
const ERROR_BODY_LIMIT: usize = 1024 * 1024;

/// How often a request that the server has not processed is sent again at once, as a server does to all
/// that come while it shuts a connection down. There is no wait before it and it is not a retry, because
/// nothing has failed but the choice of the connection.
const RESENDS: u8 = 2;

/// How much memory is reserved at most for an answer before it arrives.
const RESERVED_BYTES: usize = 1024 * 1024;

/// What is sent.
pub(super) struct Outgoing<'a> {
    pub(super) transport: &'a AnyTransport,
    pub(super) place: &'a Place,
    pub(super) url: BoxedCow<'a, Url>,
    pub(super) headers: BoxedCow<'a, HeaderLines>,
    pub(super) payload: Payload,
    /// The time until the whole answer is there.
    pub(super) time: Limit,
    /// How many bytes of a successful answer are read.
    pub(super) limit: usize,
    /// How many bytes the names and values of an answer's headers may have.
    pub(super) header_limit: usize,
    /// How many redirects are followed.
    pub(super) redirect_limit: usize,
    /// Which answers are not read at all.
    pub(super) keeps_open: KeepsOpen,
}

/// What is the call's until it is changed on the way. A changed one is boxed, because this is a part of
/// futures, and most requests are sent as they are.
pub(super) enum BoxedCow<'a, T> {
    Borrowed(&'a T),
    Owned(Box<T>),
}

impl<T> BoxedCow<'_, T> {
    pub(super) fn owned(value: T) -> Self {
        Self::Owned(Box::new(value))
    }
}

impl<T> Deref for BoxedCow<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Borrowed(value) => value,
            Self::Owned(value) => value,
        }
    }
}

/// Whether the body of a successful answer is left to be read as it arrives.
pub(super) type KeepsOpen = fn(StatusCode, &HeaderMap) -> bool;

/// The body of what is sent.
pub(super) enum Payload {
    None,
    /// A body that may be sent again after a redirect within the origin.
    Repeatable(Bytes),
    /// A body that is sent once: a stream, or one that holds a secret for this very URL. An HTTP
    /// client that follows redirects cannot send it a second time, and no redirect is followed here.
    Once(Option<TransportBody>),
}

impl Payload {
    /// Bytes that are sent once: they are handed over as a stream.
    pub(super) fn once(bytes: Bytes) -> Self {
        Self::Once(Some(TransportBody::new(TransportBody::from(bytes))))
    }

    /// Whether it can be sent again.
    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::None | Self::Repeatable(_) => true,
            Self::Once(_) => false,
        }
    }

    /// What is to be sent now.
    pub(super) fn take(&mut self) -> Self {
        match self {
            Self::None => Self::None,
            Self::Repeatable(bytes) => Self::Repeatable(bytes.clone()),
            Self::Once(body) => Self::Once(body.take()),
        }
    }

    pub(super) fn body(&mut self) -> Option<TransportBody> {
        match self {
            Self::None => None,
            Self::Repeatable(bytes) => Some(bytes.clone().into()),
            Self::Once(body) => body.take(),
        }
    }
}

/// Makes one attempt: sends the request and reads the answer, whatever its status is.
pub(super) fn exchange(
    outgoing: &mut Outgoing<'_>,
) -> impl Future<Output = Result<Box<Answer>, Error>> {
    let span = trace::Attempt::start(outgoing);
    span.around(follow(outgoing))
}

/// Sends the request to where redirects lead.
async fn follow(outgoing: &mut Outgoing<'_>) -> Result<Box<Answer>, Error> {
    // One timer for all that is awaited here.
    let mut timer = pin!(outgoing.time.timer());
    let (mut followed, mut resent) = (0, 0);
    loop {
        let body = outgoing.payload.body();
        let Outgoing { place, time, url, headers, payload, .. } = &*outgoing;
        // The answer is put where it stays, because it is large; and what is made for it in a block does not
        // stay beside it until it is read.
        let mut received = None;
        {
            let sent = match outgoing.transport {
                AnyTransport::Usual(transport) => {
                    let method = place.verb().method();
                    let mut sending = transport.execute(method, url, headers, body)?;
                    let sent = poll_fn(|context| sending.poll(context, url, &mut received));
                    time.run_by(timer.as_mut(), place, pin!(sent)).await?
                }
                AnyTransport::Own(transport, keys) => {
                    let mut sending = send_over(&**transport, *keys, place, url, headers, body)?;
                    let sending = Pin::new(&mut sending);
                    let sent = time.run_by(timer.as_mut(), place, sending).await?;
                    let sent = sent.map(|response| received = Some(Received::Own(response)));
                    sent.map_err(Box::new)
                }
            };
            match sent {
                Ok(()) => {}
                Err(failure)
                    if resent < RESENDS
                        && *failure.kind() == TransportErrorKind::Unprocessed
                        && payload.is_repeatable() =>
                {
                    resent += 1;
                    continue;
                }
                Err(failure) => return Err(Error::transport(place, *failure)),
            }
        }
        let Some(received) = &mut received else {
            return Err(Error::transport(place, no_answer()));
        };
        if header_size(received.headers()) > outgoing.header_limit {
            return Err(too_large_headers(outgoing, received.status()));
        }
        if outgoing.redirect_limit > 0 && received.status().is_redirection() {
            let target = match next(received, outgoing) {
                Ok(Some(_)) if followed == outgoing.redirect_limit => {
                    Err(RedirectError::TooMany { limit: followed })
                }
                target => target,
            };
            let target =
                target.map_err(|reason| TransportError::redirect(outgoing.place, reason))?;
            if let Some(target) = target {
                (outgoing.url, followed) = (BoxedCow::owned(target), followed + 1);
                continue;
            }
        }
        if received.status().is_success()
            && (outgoing.keeps_open)(received.status(), received.headers())
        {
            return Ok(open(outgoing.place, received));
        }
        return Ok(read(outgoing, received, timer).await);
    }
}

#[cold]
fn too_large_headers(outgoing: &Outgoing<'_>, status: StatusCode) -> Error {
    let kind = DecodeErrorKind::HeadersTooLarge { limit: outgoing.header_limit };
    Error::decode(outgoing.place.clone(), status, HeaderMap::new(), kind)
}

/// The bytes of all names and values.
fn header_size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}

/// Where a redirect leads to, if the answer is one that may be followed.
#[cold]
fn next(received: &Received, outgoing: &Outgoing<'_>) -> Result<Option<Url>, RedirectError> {
    let Outgoing { place, url, payload, .. } = outgoing;
    let keeps_method = match received.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            place.verb().method().is_safe()
        }
        _ => return Ok(None),
    };
    let Some(location) = received.headers().get(LOCATION) else { return Ok(None) };
    let target = location
        .to_str()
        .ok()
        .and_then(|text| url.join(text).ok())
        .ok_or(RedirectError::InvalidLocation)?;
    if target.origin() != url.origin() {
        return Err(RedirectError::other_origin(&target));
    }
    match payload {
        Payload::Once(_) => Err(RedirectError::Unexpected),
        Payload::None | Payload::Repeatable(_) if !keeps_method => Err(RedirectError::MethodChange),
        // A user name in the target would become a second credential.
        Payload::None | Payload::Repeatable(_) if has_user(&target) => {
            Err(RedirectError::InvalidLocation)
        }
        Payload::None | Payload::Repeatable(_) => Ok(Some(target)),
    }
}

pub(super) fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// An answer whose body is still to come.
fn open(place: &Place, received: &mut Received) -> Box<Answer> {
    let mut answer = begun(place, received);
    answer.open = Some((received.take_body(), None));
    answer
}

/// An answer of which the body is not there yet.
fn begun(place: &Place, received: &mut Received) -> Box<Answer> {
    Box::new(Answer {
        place: place.clone(),
        status: received.status(),
        headers: received.take_headers(),
        body: Bytes::new(),
        open: None,
        completeness: Completeness::Whole,
        failure: None,
    })
}

/// Reads the body up to the bound. An error answer counts even if its body is cut, broken or late: its
/// status says more.
async fn read(
    outgoing: &Outgoing<'_>,
    received: &mut Received,
    mut timer: Pin<&mut Timer>,
) -> Box<Answer> {
    let mut answer = begun(outgoing.place, received);
    let is_success = answer.status.is_success();
    let limit = if is_success { outgoing.limit } else { outgoing.limit.min(ERROR_BODY_LIMIT) };
    let announced = received.exact_size().and_then(|bytes| usize::try_from(bytes).ok());
    if is_success && announced.is_some_and(|bytes| bytes > limit) {
        answer.completeness = Completeness::TooLarge { limit };
        return answer;
    }
    // An announcement is a promise: it alone must not claim much memory.
    let expected = announced.unwrap_or(0).min(limit).min(RESERVED_BYTES);
    let mut pieces = Vec::new();
    while matches!(answer.completeness, Completeness::Whole) {
        let chunk = pin!(poll_fn(|context| received.poll_chunk(context)));
        match outgoing.time.run_by(timer.as_mut(), outgoing.place, chunk).await {
            Ok(Ok(Some(mut chunk))) => {
                let room = limit - answer.body.len().max(pieces.len());
                if chunk.len() > room {
                    answer.completeness = Completeness::TooLarge { limit };
                    chunk.truncate(room);
                }
                if answer.body.is_empty() && pieces.is_empty() {
                    answer.body = chunk;
                } else {
                    join(&mut pieces, &mut answer.body, &chunk, expected);
                }
            }
            Ok(Ok(None)) => break,
            Ok(Err(error)) => {
                let error = Error::broken_body(outgoing.place, error);
                answer.completeness = Completeness::Broken(error);
            }
            Err(error) => answer.completeness = Completeness::Broken(error),
        }
    }
    if !pieces.is_empty() {
        answer.body = pieces.into();
    }
    answer
}

/// Adds a piece to those before it, of which the first is still by itself if it is the only one, for a body
/// that may have so many bytes. Most arrive in one piece, and that one is not copied.
#[inline(never)]
fn join(pieces: &mut Vec<u8>, first: &mut Bytes, chunk: &[u8], expected: usize) {
    if pieces.is_empty() {
        pieces.reserve(expected.max(first.len() + chunk.len()));
        pieces.extend_from_slice(&std::mem::take(first));
    }
    pieces.extend_from_slice(chunk);
}
