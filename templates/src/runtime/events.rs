// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers of server-sent events (WHATWG HTML, section 9.2).

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

use super::choice::Chosen;
use super::lines::Lines;
use super::response::{Answer, Response};
use super::retry::Fault;
use super::send::{Prepared, Sending};
use super::time::sleep;
use super::{DecodeErrorKind, Error, Request, RetryPolicy};

/// The id of the last event (WHATWG HTML, section 9.2.4).
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Events as they arrive.
///
/// An event whose data is not of this type is an error, and the stream goes on behind it. Data of
/// `[DONE]` alone, by which many APIs say that there is no more, ends a stream of JSON. An answer
/// that ends as HTTP has it ends the stream, and a connection that breaks is an error: nothing is
/// sent again unless [`reconnect`](Self::reconnect) says so. An event of more bytes than
/// [`response_limit`](super::ClientBuilder::response_limit) is an error, too, and ends the stream.
/// The time limit of the request ends with the headers of the answer.
///
/// Dropping the stream closes its connection.
///
/// ```text
/// let mut events = client.tasks().watch("7").send().await?.into_inner();
/// events.reconnect(RetryPolicy::new())?;
/// while let Some(event) = events.next().await? {
///     println!("{}: {:?}", event.event, event.data);
/// }
/// ```
pub struct EventStream<T> {
    lines: Lines,
    decode: Decode<T>,
    pending: Pending,
    last_event_id: String,
    started: bool,
    ended: bool,
    /// What asks for the events once more.
    request: Option<Box<Prepared>>,
    reconnection: Option<RetryPolicy>,
    /// What the server asks to wait before it is asked once more.
    reconnection_time: Duration,
    /// How often that was done since the last event.
    reconnected: u32,
    reconnecting: Option<Sending>,
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
    /// The last id, also of the events before it.
    id: String,
    retry: Option<Duration>,
}

impl<T> EventStream<T> {
    /// The next event; `None` at the end.
    ///
    /// Dropping the future loses no event.
    ///
    /// # Errors
    /// [`Error::Decode`] for an event whose data is not of this type or too large,
    /// [`Error::Transport`] where the connection breaks, and [`Error::Timeout`] where nothing comes
    /// for the [`idle_timeout`](super::ClientBuilder::idle_timeout). With
    /// [`reconnect`](Self::reconnect), these two come where the policy allows no more connections, and
    /// all that `send` returns where there is no other connection.
    pub async fn next(&mut self) -> Result<Option<Event<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The id of the last event, for the header `Last-Event-ID` of another request: before the first
    /// one, what this request sent there.
    pub fn last_event_id(&self) -> &str {
        &self.last_event_id
    }

    /// Asks for the events once more where the connection breaks, brings nothing for the
    /// [`idle_timeout`](super::ClientBuilder::idle_timeout) or ends, until the server answers `204` or
    /// an event of JSON says `[DONE]` (WHATWG HTML, section 9.2.3).
    ///
    /// The request is sent again with `Last-Event-ID`, a credential that counts then, and its body;
    /// what the server sends twice, or not at all, is between it and that id. It is a call of its own,
    /// with the time limit of the request and retries by `policy`: any other answer than a success of
    /// events is an error and ends the stream.
    ///
    /// Before it the stream waits for the time that the server named with the field `retry`, which is
    /// none at first, and a random time up to the policy's backoff, which doubles for each connection
    /// that brings no event. As many in a row as the policy has attempts, the first included, or a
    /// `retry` of more than its `retry_after_limit`, end the stream with an error.
    ///
    /// ```text
    /// // Five more connections without an event, after 1 s at most, then 2, 4, 8 and 16 s.
    /// let waits = (Duration::from_secs(1), Duration::from_secs(30));
    /// events.reconnect(RetryPolicy::new().with_attempts(6).with_backoff(waits.0, waits.1))?;
    /// ```
    ///
    /// # Errors
    /// [`Error::Build`] where the call must not be sent again, and the stream is as it was. `GET` may
    /// be, and so may what the document or
    /// [`RequestOptions::idempotent`](super::RequestOptions::idempotent) says to be idempotent, or what
    /// has an idempotency key; a body that is a stream never.
    pub fn reconnect(&mut self, policy: RetryPolicy) -> Result<(), Error> {
        if let Some(request) = &self.request
            && request.repeated_after() != Some(Fault::Cut)
        {
            return Err(Error::build(format!(
                "the events of {} cannot be asked for once more: sending the request twice may \
                 have another effect than sending it once (see `RequestOptions::idempotent`)",
                request.operation
            )));
        }
        self.reconnection = Some(policy);
        Ok(())
    }

    fn new(answer: Box<Answer>, decode: Decode<T>) -> Self {
        let ended = answer.status == StatusCode::NO_CONTENT;
        let (lines, request) = Lines::new(answer);
        let sent = request.as_ref().and_then(|request| {
            let own = request.options().and_then(|options| options.headers.get(&LAST_EVENT_ID));
            own.or_else(|| request.headers.get(&LAST_EVENT_ID))
        });
        let id = sent.map(|id| String::from_utf8_lossy(id.as_bytes()).into_owned());
        let last_event_id = id.unwrap_or_default();
        Self {
            lines,
            decode,
            pending: Pending { id: last_event_id.clone(), ..Pending::default() },
            last_event_id,
            started: false,
            ended,
            request,
            reconnection: None,
            reconnection_time: Duration::ZERO,
            reconnected: 0,
            reconnecting: None,
        }
    }

    /// The next event of this connection; `None` where there is no other.
    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Pending>, Error>> {
        while let Some(line) = ready!(self.lines.poll_line(context)?) {
            let line = String::from_utf8_lossy(&line);
            let started = std::mem::replace(&mut self.started, true);
            let line =
                if started { &*line } else { line.strip_prefix('\u{feff}').unwrap_or(&line) };
            if let Some(pending) = self.take(line) {
                return Poll::Ready(Ok(Some(pending)));
            }
            if self.pending.data.len() > self.lines.limit {
                return Poll::Ready(Err(self.lines.too_large()));
            }
        }
        // An event that is not complete is discarded.
        Poll::Ready(Ok(None))
    }

    /// Begins to connect again, or gives what ends the stream: `lost` where the connection broke.
    fn lose(&mut self, lost: Option<Error>) -> Result<(), Error> {
        let is_lost = matches!(&lost, None | Some(Error::Transport(_) | Error::Timeout(_)));
        let (Some(policy), Some(mut request), true) =
            (&self.reconnection, self.request.take(), is_lost)
        else {
            self.ended = true;
            return lost.map_or(Ok(()), Err);
        };
        let time = self.reconnection_time;
        if time > policy.retry_after_limit {
            let reason =
                format!("it ended, and the server asks to wait {time:?} before another one");
            return Err(lost.unwrap_or_else(|| self.lines.download.broken(reason.into())));
        }
        if self.reconnected.saturating_add(1) >= policy.attempts {
            let reason =
                format!("it ended, as did {} before it without an event", self.reconnected);
            return Err(lost.unwrap_or_else(|| self.lines.download.broken(reason.into())));
        }
        request.headers.remove(&LAST_EVENT_ID);
        let options = &mut request.extras_mut().options;
        options.headers.remove(&LAST_EVENT_ID);
        if !self.last_event_id.is_empty() {
            let id = HeaderValue::from_bytes(self.last_event_id.as_bytes()).map_err(|error| {
                Error::build_from("the id of the last event cannot be sent in a header", error)
            })?;
            options.headers.append(LAST_EVENT_ID, id);
        }
        let wait = time.saturating_add(policy.backoff(self.reconnected));
        // The attempts that the calls before it made in vain are no longer there for this one, so that
        // a server which fails in several ways gets no more of them.
        let left = policy.attempts.saturating_sub(self.reconnected);
        options.retry = Some(policy.clone().with_attempts(left));
        self.reconnected += 1;
        self.reconnecting = Some(Box::pin(async move {
            sleep(wait).await;
            request.send().await
        }));
        Ok(())
    }

    /// Goes on with the answer of another connection.
    fn resume(&mut self, answer: Result<Box<Answer>, Error>) -> Result<(), Error> {
        let answer = answer?;
        let more = answer.place.attempts().saturating_sub(1);
        self.reconnected = self.reconnected.saturating_add(more);
        let answer = check(answer)?;
        self.ended = answer.status == StatusCode::NO_CONTENT;
        (self.lines, self.request) = Lines::new(answer);
        self.pending = Pending { id: self.last_event_id.clone(), ..Pending::default() };
        self.started = false;
        Ok(())
    }

    /// Takes one line in; an empty one completes an event.
    fn take(&mut self, line: &str) -> Option<Pending> {
        if line.is_empty() {
            let id = self.pending.id.clone();
            self.last_event_id.clone_from(&id);
            let pending =
                std::mem::replace(&mut self.pending, Pending { id, ..Pending::default() });
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
            "id" if !value.contains('\0') => value.clone_into(&mut self.pending.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.pending.retry = value.parse().ok().map(Duration::from_millis);
                self.reconnection_time = self.pending.retry.unwrap_or(self.reconnection_time);
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
            let connected = if let Some(reconnecting) = &mut self.reconnecting {
                let answer = ready!(reconnecting.as_mut().poll(context));
                self.reconnecting = None;
                self.resume(answer).map(|()| None)
            } else {
                match ready!(self.poll_event(context)) {
                    Ok(Some(event)) => Ok(Some(event)),
                    Ok(None) => self.lose(None).map(|()| None),
                    Err(error) => self.lose(Some(error)).map(|()| None),
                }
            };
            let Pending { event, data, id, retry } = match connected {
                Ok(Some(pending)) => pending,
                Ok(None) => continue,
                Err(error) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            };
            self.reconnected = 0;
            let data = data.strip_suffix('\n').unwrap_or(&data);
            let event = if event.is_empty() { "message".to_owned() } else { event };
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

/// Refuses what is no success, and what says that it is something else than events (WHATWG HTML,
/// section 9.2.2).
fn check(answer: Box<Answer>) -> Result<Box<Answer>, Error> {
    let answer = answer.success()?;
    let is_events = |value: &HeaderValue| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("text/event-stream")
    };
    let is_empty = answer.status == StatusCode::NO_CONTENT;
    if is_empty || answer.headers.get(CONTENT_TYPE).is_none_or(is_events) {
        Ok(answer)
    } else {
        Err(answer.undecodable(DecodeErrorKind::Undocumented))
    }
}

fn respond<T>(answer: Box<Answer>, decode: Decode<T>) -> Result<Response<EventStream<T>>, Error> {
    let answer = check(answer)?;
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
