// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers that are read as they arrive.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use http_body::Body as _;

use super::choice::Chosen;
use super::error::{Place, TimeoutError};
use super::response::{Answer, Response};
use super::send::Prepared;
use super::time::{Sleep, sleep};
use super::{BoxError, DecodeErrorKind, Error, Request, TransportBody};

/// Bytes as they arrive, such as a file.
///
/// The time limit of the request ends with the headers of the answer. From then on each wait for
/// more has one of its own, [`idle_timeout`](super::ClientBuilder::idle_timeout); how long all bytes
/// together may take is the caller's to say.
pub struct Download {
    body: TransportBody,
    idle: Duration,
    /// The end of the wait that goes on.
    waits: Option<Pin<Box<Sleep>>>,
    place: Place,
    status: StatusCode,
    headers: HeaderMap,
}

impl Download {
    /// The number of bytes, where the server tells it.
    pub fn size(&self) -> Option<u64> {
        self.headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
    }

    /// The media type, with its parameters.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The name that the server gives to the file (`Content-Disposition`, RFC 6266), without the
    /// folders that it may name: a name alone cannot leave the folder that the caller chooses.
    pub fn file_name(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_DISPOSITION)?;
        let name = file_name(&String::from_utf8_lossy(value.as_bytes()))?;
        let name = name.rsplit(['/', '\\']).next()?.trim().replace(char::is_control, "");
        (!matches!(&*name, "" | "." | "..")).then_some(name)
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Transport`] where the connection breaks, and [`Error::Timeout`] where nothing comes.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// All bytes.
    ///
    /// # Errors
    /// [`Error::Transport`] where the connection breaks, [`Error::Timeout`] where nothing comes, and
    /// [`Error::Decode`] where there are more than `limit`.
    pub async fn bytes(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > limit - bytes.len() {
                return Err(self.undecodable(DecodeErrorKind::TooLarge { limit }));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.into())
    }

    /// The body of an answer, and the request that asks for it once more, where it was not read.
    pub(super) fn new(answer: Box<Answer>) -> (Self, Option<Box<Prepared>>) {
        let Answer { place, status, headers, body, open, .. } = *answer;
        let (body, request) = open.unwrap_or_else(|| (body.into(), None));
        let idle = request.as_ref().map_or(Duration::MAX, |request| {
            let own = request.options().and_then(|options| options.idle_timeout);
            own.unwrap_or(request.client.inner.idle_timeout)
        });
        (Self { body, idle, waits: None, place, status, headers }, request)
    }

    /// What is said where the connection broke, or is taken for broken.
    pub(super) fn broken(&self, reason: BoxError) -> Error {
        Error::broken_body(&self.place, reason)
    }

    pub(super) fn undecodable(&self, kind: DecodeErrorKind) -> Error {
        Error::decode(self.place.clone(), self.status, self.headers.clone(), kind)
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) else {
                let idle = self.idle;
                let wait = self.waits.get_or_insert_with(|| Box::pin(sleep(idle)));
                ready!(wait.as_mut().poll(context));
                // What comes after all can still be asked for.
                self.waits = None;
                let error = TimeoutError::after(idle, self.place.clone(), "nothing more came");
                return Poll::Ready(Some(Err(error)));
            };
            self.waits = None;
            match frame {
                // A frame that is no data holds trailers.
                Some(Ok(frame)) => {
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(self.broken(error))));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}

impl Chosen {
    /// The body as it arrives.
    pub fn download(self) -> Download {
        Download::new(self.0).0
    }
}

impl<B> Request<B, ()> {
    /// The answer is read as it arrives.
    pub fn reads_download(self) -> Request<B, Download> {
        let mut request = self.reading(|answer| {
            let answer = answer.success()?;
            let (status, headers) = (answer.status, answer.headers.clone());
            Ok(Response::new(status, headers, Download::new(answer).0))
        });
        request.prepared.keeps_open = |_, _| true;
        request
    }
}

/// The parameter `filename*`, else `filename` (RFC 6266, section 4.3).
fn file_name(disposition: &str) -> Option<String> {
    let mut plain = None;
    for (name, value) in parameters(disposition) {
        if name.eq_ignore_ascii_case("filename*") {
            // RFC 8187: a charset, a language, and percent-encoded bytes.
            let mut parts = value.splitn(3, '\'');
            let (charset, bytes) = (parts.next()?, parts.nth(1));
            let bytes = bytes.map(|text| percent_encoding::percent_decode_str(text));
            match bytes {
                Some(bytes) if charset.eq_ignore_ascii_case("utf-8") => {
                    return Some(bytes.decode_utf8_lossy().into_owned());
                }
                Some(bytes) if charset.eq_ignore_ascii_case("iso-8859-1") => {
                    return Some(bytes.map(char::from).collect());
                }
                _ => {}
            }
        } else if name.eq_ignore_ascii_case("filename") {
            plain.get_or_insert(value);
        }
    }
    plain
}

/// The parameters behind the first semicolon; a quoted value loses its quotes and backslashes.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut parameters = Vec::new();
    let mut rest = text.split_once(';').map_or("", |(_, rest)| rest);
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim().to_owned();
        let after = after.trim_start();
        let mut value = String::new();
        if let Some(quoted) = after.strip_prefix('"') {
            let mut letters = quoted.char_indices();
            let mut end = quoted.len();
            while let Some((at, letter)) = letters.next() {
                match letter {
                    '\\' => value.extend(letters.next().map(|(_, escaped)| escaped)),
                    '"' => {
                        end = at;
                        break;
                    }
                    other => value.push(other),
                }
            }
            rest = quoted
                .get(end..)
                .and_then(|rest| rest.split_once(';'))
                .map_or("", |(_, rest)| rest);
        } else {
            let (token, after) = after.split_once(';').unwrap_or((after, ""));
            token.trim().clone_into(&mut value);
            rest = after;
        }
        parameters.push((name, value));
    }
    parameters
}

/// Headers are left out, because they may hold what must not be logged, such as a cookie.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("place", &self.place)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
