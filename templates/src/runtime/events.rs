// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers of server-sent events (WHATWG HTML, section 9.2).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::choice::Chosen;
use super::lines::Lines;
use super::response::{Answer, Response};
use super::{Error, Request};

/// Events as they arrive.
///
/// An event whose data is not of this type is an error, and the stream goes on behind it. Data of
/// `[DONE]` alone, by which many APIs say that there is no more, ends a stream of JSON. The stream
/// does not connect again when it ends; [`last_event_id`](Self::last_event_id) is there for a
/// caller who does. The time limit of the request ends with the headers of the answer.
pub struct EventStream<T> {
    lines: Lines,
    decode: Decode<T>,
    pending: Pending,
    last_event_id: String,
    started: bool,
    ended: bool,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name, `message` unless the server gives another.
    pub event: String,
    /// What it brings.
    pub data: T,
    /// The last id that the server gave; empty where it gave none.
    pub id: String,
    /// How long to wait before connecting again, where the server says so with this event.
    pub retry: Option<Duration>,
}

/// How data is read; `None` is the end of the stream.
type Decode<T> = fn(&str) -> Result<Option<T>, serde_json::Error>;

/// The fields of an event that is not complete yet.
#[derive(Default)]
struct Pending {
    event: String,
    data: String,
    retry: Option<Duration>,
}

impl<T> EventStream<T> {
    /// The next event; `None` at the end.
    ///
    /// # Errors
    /// [`Error::Decode`] for an event whose data is not of this type, and [`Error::Transport`]
    /// where the connection breaks, and [`Error::Timeout`] where nothing comes for the
    /// [`idle_timeout`](super::ClientBuilder::idle_timeout).
    pub async fn next(&mut self) -> Result<Option<Event<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The last id that the server gave, for the header `Last-Event-ID` of another request.
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    fn new(answer: Answer, decode: Decode<T>) -> Self {
        let (lines, pending) = (Lines::new(Chosen(answer).download()), Pending::default());
        let last_event_id = String::new();
        Self { lines, decode, pending, last_event_id, started: false, ended: false }
    }

    /// Takes one line in; an empty one completes an event.
    fn take(&mut self, line: &str) -> Option<Pending> {
        if line.is_empty() {
            let pending = std::mem::take(&mut self.pending);
            return (!pending.data.is_empty()).then_some(pending);
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.pending.event),
            "data" => {
                self.pending.data.push_str(value);
                self.pending.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.last_event_id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.pending.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
        None
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<T>, Error>>> {
        while !self.ended {
            let Some(line) = ready!(self.lines.poll_line(context)?) else {
                // An event that is not complete is discarded.
                self.ended = true;
                break;
            };
            let line = String::from_utf8_lossy(&line);
            let started = std::mem::replace(&mut self.started, true);
            let line = if started { &*line } else { line.trim_start_matches('\u{feff}') };
            let Some(Pending { event, data, retry }) = self.take(line) else { continue };
            let data = data.strip_suffix('\n').unwrap_or(&data);
            let event = if event.is_empty() { "message".to_owned() } else { event };
            let id = self.last_event_id.clone();
            match (self.decode)(data) {
                Ok(Some(data)) => return Poll::Ready(Some(Ok(Event { event, data, id, retry }))),
                Ok(None) => self.ended = true,
                Err(error) => return Poll::Ready(Some(Err(self.lines.undecodable(&error)))),
            }
        }
        Poll::Ready(None)
    }
}

impl Chosen {
    /// The body as events whose data is JSON.
    pub fn events<T: DeserializeOwned>(self) -> EventStream<T> {
        EventStream::new(self.0, json)
    }

    /// The body as events whose data is text.
    pub fn text_events(self) -> EventStream<String> {
        EventStream::new(self.0, text)
    }
}

impl<B> Request<B, ()> {
    /// The answer is events whose data is JSON.
    pub fn reads_events<T: DeserializeOwned>(self) -> Request<B, EventStream<T>> {
        let mut request = self.reading(|answer| respond(answer, json));
        request.prepared.keeps_open = |_, _| true;
        request
    }

    /// The answer is events whose data is text.
    pub fn reads_text_events(self) -> Request<B, EventStream<String>> {
        let mut request = self.reading(|answer| respond(answer, text));
        request.prepared.keeps_open = |_, _| true;
        request
    }
}

fn json<T: DeserializeOwned>(data: &str) -> Result<Option<T>, serde_json::Error> {
    if data.trim() == "[DONE]" { Ok(None) } else { serde_json::from_str(data).map(Some) }
}

#[expect(clippy::unnecessary_wraps, reason = "it is a `Decode`, of which another one can fail")]
fn text(data: &str) -> Result<Option<String>, serde_json::Error> {
    Ok(Some(data.to_owned()))
}

fn respond<T>(answer: Answer, decode: Decode<T>) -> Result<Response<EventStream<T>>, Error> {
    let answer = answer.success()?;
    let (status, headers) = (answer.status, answer.headers.clone());
    Ok(Response::new(status, headers, EventStream::new(answer, decode)))
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("last_event_id", &self.last_event_id)
            .finish_non_exhaustive()
    }
}
