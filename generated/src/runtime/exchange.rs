// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! One exchange over HTTP: a request, the redirects that may be followed, and an answer that is
//! read within a bound or kept open.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::{Pin, pin};

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::error::{Place, TransportError};
use super::response::{Answer, Completeness};
use super::retry::{Limit, Timer};
use super::transport::{AnyTransport, Received};
use super::{DecodeErrorKind, Error, RedirectError, TransportBody, trace};

/// How many bytes of an answer are kept that is not a success. An error that says something is
/// short.
const ERROR_BODY_LIMIT: usize = 1024 * 1024;

/// How much memory is reserved at most for an answer before it arrives.
const RESERVED_BYTES: usize = 1024 * 1024;

/// What is sent.
pub(super) struct Outgoing<'a> {
    pub(super) place: &'a Place,
    pub(super) url: Cow<'a, Url>,
    pub(super) headers: Cow<'a, HeaderMap>,
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

    pub(super) fn body(&mut self) -> TransportBody {
        match self {
            Self::None => TransportBody::empty(),
            Self::Repeatable(bytes) => bytes.clone().into(),
            Self::Once(body) => body.take().unwrap_or_default(),
        }
    }
}

/// Makes one attempt: sends the request and reads the answer, whatever its status is.
pub(super) async fn exchange(
    transport: &AnyTransport,
    outgoing: &mut Outgoing<'_>,
) -> Result<Box<Answer>, Error> {
    let span = trace::Attempt::start(outgoing);
    // What holds a future holds it twice once it awaits it, so that a large one stays where it is.
    let result = span.inside(pin!(follow(transport, outgoing))).await;
    span.end(&result);
    result
}

/// Sends the request to where redirects lead.
async fn follow(
    transport: &AnyTransport,
    outgoing: &mut Outgoing<'_>,
) -> Result<Box<Answer>, Error> {
    let Outgoing { place, url, headers, payload, time, limit, .. } = outgoing;
    let Outgoing { header_limit, redirect_limit, keeps_open, .. } = *outgoing;
    let (place, time, limit) = (*place, *time, *limit);
    // One timer for all that is awaited here.
    let mut timer = pin!(time.timer());
    let method = place.verb().method();
    let mut left = redirect_limit;
    loop {
        let headers = headers.as_ref().clone();
        let sending = transport.send(place, method.clone(), url, headers, payload.body());
        let mut received = time.run_by(timer.as_mut(), place, pin!(sending)).await?;
        if header_size(received.headers()) > header_limit {
            let kind = DecodeErrorKind::HeadersTooLarge { limit: header_limit };
            return Err(Error::decode(place.clone(), received.status(), HeaderMap::new(), kind));
        }
        let next = match redirect_limit {
            0 => Ok(None),
            _ => next(&received, url, &method, payload),
        };
        match next {
            Ok(None) => {
                return if received.status().is_success()
                    && keeps_open(received.status(), received.headers())
                {
                    Ok(open(place, received))
                } else {
                    Ok(read(place, &mut received, time, timer, limit).await)
                };
            }
            Ok(Some(_)) if left == 0 => {
                let reason = RedirectError::TooMany { limit: redirect_limit };
                return Err(TransportError::redirect(place, reason));
            }
            Ok(Some(target)) => (*url, left) = (Cow::Owned(target), left - 1),
            Err(reason) => return Err(TransportError::redirect(place, reason)),
        }
    }
}

/// The bytes of all names and values.
fn header_size(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum()
}

/// Where a redirect leads to, if the answer is one that may be followed.
fn next(
    received: &Received,
    url: &Url,
    method: &Method,
    payload: &Payload,
) -> Result<Option<Url>, RedirectError> {
    let keeps_method = match received.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            method.is_safe()
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
fn open(place: &Place, mut received: Received) -> Box<Answer> {
    let mut answer = begun(place, &mut received);
    answer.open = Some((received.into_body(), None));
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
    place: &Place,
    received: &mut Received,
    time: Limit,
    mut timer: Pin<&mut Timer>,
    limit: usize,
) -> Box<Answer> {
    let mut answer = begun(place, received);
    let is_success = answer.status.is_success();
    let limit = if is_success { limit } else { limit.min(ERROR_BODY_LIMIT) };
    let announced = received.exact_size().and_then(|bytes| usize::try_from(bytes).ok());
    let mut body = Collected::default();
    if is_success && announced.is_some_and(|bytes| bytes > limit) {
        answer.completeness = Completeness::TooLarge { limit };
    }
    while matches!(answer.completeness, Completeness::Whole) {
        let chunk = poll_fn(|context| {
            received.poll_chunk(context).map_err(|error| Error::broken_body(place, error))
        });
        match time.run_by(timer.as_mut(), place, pin!(chunk)).await {
            Ok(Some(mut chunk)) => {
                let room = limit - body.len();
                if chunk.len() > room {
                    answer.completeness = Completeness::TooLarge { limit };
                    chunk.truncate(room);
                }
                // An announcement is a promise: it alone must not claim much memory.
                body.add(chunk, announced.unwrap_or(0).min(limit).min(RESERVED_BYTES));
            }
            Ok(None) => break,
            Err(error) => answer.completeness = Completeness::Broken(error),
        }
    }
    answer.body = body.whole();
    answer
}

/// A body that arrives in pieces, and is copied only where there are several.
#[derive(Default)]
struct Collected {
    first: Bytes,
    all: Vec<u8>,
}

impl Collected {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    /// Adds a piece of a body that may have so many bytes.
    fn add(&mut self, chunk: Bytes, expected: usize) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.all.is_empty() {
            self.all.reserve(expected.max(self.first.len() + chunk.len()));
            self.all.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.all.extend_from_slice(&chunk);
    }

    fn whole(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.into() }
    }
}
