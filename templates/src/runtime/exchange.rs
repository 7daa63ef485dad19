// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! One exchange over HTTP: a request, the redirects that may be followed, and an answer that is
//! read within a bound or kept open.

use std::borrow::Cow;
use std::pin::pin;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, Response, StatusCode};
use http_body::Body as _;
use url::Url;

use super::error::{Place, TransportError};
use super::response::{Answer, Completeness};
use super::retry::Limit;
use super::transport::AnyTransport;
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
    outgoing: Outgoing<'_>,
) -> Result<Answer, Error> {
    let span = trace::Attempt::start(&outgoing);
    // What holds a future holds it twice once it awaits it, so that a large one stays where it is.
    let result = span.inside(pin!(follow(transport, outgoing))).await;
    span.end(&result);
    result
}

/// Sends the request to where redirects lead.
async fn follow(transport: &AnyTransport, outgoing: Outgoing<'_>) -> Result<Answer, Error> {
    let Outgoing { place, mut url, headers, mut payload, time, limit, keeps_open, .. } = outgoing;
    let Outgoing { header_limit, redirect_limit, .. } = outgoing;
    let method = place.verb().method();
    let mut left = redirect_limit;
    loop {
        let headers = headers.as_ref().clone();
        let sending = transport.send(place, method.clone(), &url, headers, payload.body());
        let response = time.run(place, pin!(sending)).await?;
        if header_size(response.headers()) > header_limit {
            let kind = DecodeErrorKind::HeadersTooLarge { limit: header_limit };
            return Err(Error::decode(place.clone(), response.status(), HeaderMap::new(), kind));
        }
        let next = match redirect_limit {
            0 => Ok(None),
            _ => next(&response, &url, &method, &payload),
        };
        match next {
            Ok(None) => {
                return if response.status().is_success()
                    && keeps_open(response.status(), response.headers())
                {
                    Ok(open(place, response))
                } else {
                    Ok(read(place, response, time, limit).await)
                };
            }
            Ok(Some(_)) if left == 0 => {
                let reason = RedirectError::TooMany { limit: redirect_limit };
                return Err(TransportError::redirect(place, reason));
            }
            Ok(Some(target)) => (url, left) = (Cow::Owned(target), left - 1),
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
    response: &Response<TransportBody>,
    url: &Url,
    method: &Method,
    payload: &Payload,
) -> Result<Option<Url>, RedirectError> {
    let keeps_method = match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            method.is_safe()
        }
        _ => return Ok(None),
    };
    let Some(location) = response.headers().get(LOCATION) else { return Ok(None) };
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
fn open(place: &Place, response: Response<TransportBody>) -> Answer {
    let (head, body) = response.into_parts();
    Answer {
        place: place.clone(),
        status: head.status,
        headers: head.headers,
        body: Bytes::new(),
        open: Some((body, None)),
        completeness: Completeness::Whole,
        failure: None,
    }
}

/// Reads the body up to the bound. An error answer counts even if its body is cut, broken or late: its
/// status says more.
async fn read(
    place: &Place,
    response: Response<TransportBody>,
    time: Limit,
    limit: usize,
) -> Answer {
    let (head, mut incoming) = response.into_parts();
    let (status, headers) = (head.status, head.headers);
    let limit = if status.is_success() { limit } else { limit.min(ERROR_BODY_LIMIT) };
    let announced = incoming.size_hint().exact().and_then(|bytes| usize::try_from(bytes).ok());
    let mut body = Collected::default();
    let mut completeness = Completeness::Whole;
    if status.is_success() && announced.is_some_and(|bytes| bytes > limit) {
        completeness = Completeness::TooLarge { limit };
    }
    while matches!(completeness, Completeness::Whole) {
        let chunk =
            async { incoming.chunk().await.map_err(|error| Error::broken_body(place, error)) };
        match time.run(place, pin!(chunk)).await {
            Ok(Some(mut chunk)) => {
                let room = limit - body.len();
                if chunk.len() > room {
                    completeness = Completeness::TooLarge { limit };
                    chunk.truncate(room);
                }
                // An announcement is a promise: it alone must not claim much memory.
                body.add(chunk, announced.unwrap_or(0).min(limit).min(RESERVED_BYTES));
            }
            Ok(None) => break,
            Err(error) => completeness = Completeness::Broken(error),
        }
    }
    Answer {
        place: place.clone(),
        status,
        headers,
        body: body.whole(),
        open: None,
        completeness,
        failure: None,
    }
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
