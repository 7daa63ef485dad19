// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers of lines: a stream of values.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::choice::Chosen;
use super::download::Download;
use super::response::{Answer, Response};
use super::send::Prepared;
use super::{DEFAULT_RESPONSE_LIMIT, DecodeErrorKind, Error, Request};

/// Values of JSON as they arrive, one a line (<https://jsonlines.org>, RFC 7464).
///
/// A line that is not of this type is an error, and the stream goes on behind it. The last line need
/// not have an end; a connection that breaks is an error all the same, and so is a line of more bytes
/// than [`response_limit`](super::ClientBuilder::response_limit), and both end the stream. The time
/// limit of the request ends with the headers of the answer.
pub struct JsonLines<T> {
    lines: Lines,
    decode: fn(&[u8]) -> Result<T, serde_json::Error>,
}

impl<T> JsonLines<T> {
    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Decode`] for a line that is not a value of this type, and [`Error::Transport`]
    /// where the connection breaks, and [`Error::Timeout`] where nothing comes for the
    /// [`idle_timeout`](super::ClientBuilder::idle_timeout).
    pub async fn next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        loop {
            let Some(line) = ready!(self.lines.poll_line(context)?) else {
                return Poll::Ready(None);
            };
            // RFC 7464 puts a record separator before each value.
            let line = line.strip_prefix(b"\x1e").unwrap_or(&line).trim_ascii();
            if !line.is_empty() {
                let value = (self.decode)(line);
                return Poll::Ready(Some(value.map_err(|error| self.lines.undecodable(&error))));
            }
        }
    }
}

impl Chosen {
    /// The body as values, one a line.
    pub fn json_lines<T: DeserializeOwned>(self) -> JsonLines<T> {
        let decode = |line: &[u8]| serde_json::from_slice(line);
        JsonLines { lines: Lines::new(self.0).0, decode }
    }
}

impl<B> Request<B, ()> {
    /// The answer is values, one a line.
    pub fn reads_json_lines<T: DeserializeOwned>(self) -> Request<B, JsonLines<T>> {
        let mut request = self.reading(|answer| {
            let answer = answer.success()?;
            let (status, headers) = (answer.status, answer.headers.clone());
            Ok(Response::new(status, headers, Chosen(answer).json_lines()))
        });
        request.prepared.keeps_open = |_, _| true;
        request
    }
}

/// A body as lines, which end in CR, LF or both.
pub(super) struct Lines {
    pub(super) download: Download,
    ready: VecDeque<Vec<u8>>,
    rest: Vec<u8>,
    /// Whether the line before ended in a CR, so that an LF that follows belongs to it.
    after_cr: bool,
    ended: bool,
    /// How many bytes a line may have.
    pub(super) limit: usize,
}

impl Lines {
    /// The lines of an answer, and the request that asks for it once more.
    pub(super) fn new(answer: Box<Answer>) -> (Self, Option<Box<Prepared>>) {
        let (download, request) = Download::new(answer);
        let limit = request
            .as_ref()
            .map_or(DEFAULT_RESPONSE_LIMIT, |request| request.client.inner.response_limit);
        let (ready, rest) = (VecDeque::new(), Vec::new());
        (Self { download, ready, rest, after_cr: false, ended: false, limit }, request)
    }

    /// The next line without its end; what stands behind the last end is a line as well.
    pub(super) fn poll_line(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Vec<u8>>, Error>> {
        loop {
            let line = self.ready.pop_front();
            if line.as_ref().unwrap_or(&self.rest).len() > self.limit {
                return Poll::Ready(Err(self.too_large()));
            }
            if line.is_some() {
                return Poll::Ready(Ok(line));
            }
            if self.ended {
                let rest = std::mem::take(&mut self.rest);
                return Poll::Ready(Ok((!rest.is_empty()).then_some(rest)));
            }
            match ready!(Pin::new(&mut self.download).poll_next(context)) {
                Some(Ok(bytes)) => self.split(&bytes),
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Err(error));
                }
                None => self.ended = true,
            }
        }
    }

    /// What is said of a line that cannot be read.
    pub(super) fn undecodable(&self, error: &serde_json::Error) -> Error {
        self.download.undecodable(DecodeErrorKind::json(".", error))
    }

    /// What is said of a line, or of several that belong together, beyond the bound. There is no line
    /// behind it.
    pub(super) fn too_large(&mut self) -> Error {
        self.end();
        self.download.undecodable(DecodeErrorKind::TooLarge { limit: self.limit })
    }

    fn end(&mut self) {
        self.ended = true;
        self.ready.clear();
        self.rest.clear();
    }

    fn split(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let after_cr = std::mem::replace(&mut self.after_cr, *byte == b'\r');
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => self.ready.push_back(std::mem::take(&mut self.rest)),
                other => self.rest.push(*other),
            }
        }
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("from", &self.lines.download).finish_non_exhaustive()
    }
}
