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
use super::response::Response;
use super::{DEFAULT_RESPONSE_LIMIT, DecodeErrorKind, Error, Request};

/// Values of JSON as they arrive, one a line (<https://jsonlines.org>, RFC 7464).
///
/// A line that is not of this type is an error, and the stream goes on behind it. The time limit of
/// the request ends with the headers of the answer.
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
        JsonLines { lines: Lines::new(self.download()), decode }
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
    download: Download,
    ready: VecDeque<Vec<u8>>,
    rest: Vec<u8>,
    /// Whether the line before ended in a CR, so that an LF that follows belongs to it.
    after_cr: bool,
    ended: bool,
}

impl Lines {
    pub(super) fn new(download: Download) -> Self {
        let (ready, rest) = (VecDeque::new(), Vec::new());
        Self { download, ready, rest, after_cr: false, ended: false }
    }

    /// The next line without its end; what stands behind the last end is a line as well.
    pub(super) fn poll_line(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Vec<u8>>, Error>> {
        loop {
            if let Some(line) = self.ready.pop_front() {
                return Poll::Ready(Ok(Some(line)));
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
            if self.rest.len() > DEFAULT_RESPONSE_LIMIT {
                self.end();
                let limit = DEFAULT_RESPONSE_LIMIT;
                let kind = DecodeErrorKind::TooLarge { limit };
                return Poll::Ready(Err(self.download.undecodable(kind)));
            }
        }
    }

    /// What is said of a line that cannot be read.
    pub(super) fn undecodable(&self, error: &serde_json::Error) -> Error {
        self.download.undecodable(DecodeErrorKind::json(".", error))
    }

    fn end(&mut self) {
        self.ended = true;
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
