// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Waits for what a server does later: a read is repeated until a condition holds, with a deadline.
//!
//! The first poll is made at once. The wait before the next one begins with 1 second and doubles up to
//! 15 ([`Wait::backoff`]); it is never shorter than that, nor than the `Retry-After` of an error (RFC 9110,
//! section 10.2.3), save the last one, which ends early enough for one more poll before the deadline,
//! 5 minutes unless [`Wait::deadline`] says otherwise. Each poll is a call with retries of its own.
//!
//! An error that another poll may not meet is polled over: no connection, a connection that broke, a
//! timeout, `408`, `429`, `500`, `502`, `503` and `504`, also of the token endpoint; and, after
//! [`Wait::tolerate_not_found`], `404`. Any other error ends the wait.
//!
//! ```text
//! // ConductorOne shows a new owner 45 to 150 seconds after the write.
//! let owners = wait::until(
//!     || client.owners().list("app-1").send(),
//!     |answer| answer.list.iter().flatten().any(|owner| owner.id.as_deref() == Some("user-7")),
//! )
//! .deadline(Duration::from_secs(240))
//! .backoff(Duration::from_secs(5), Duration::from_secs(20))
//! .tolerate_not_found()
//! .await?;
//! ```

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use crate::runtime::time::{Instant, sleep, timeout_at};
use crate::runtime::{AuthErrorKind, Error, TransportErrorKind};

/// How long is waited at most unless [`Wait::deadline`] says otherwise: 5 minutes.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(5 * 60);

/// The least time that is left for the last poll.
const LAST_POLL: Duration = Duration::from_millis(10);

/// More than anybody waits.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// A wait that [`until`] describes and `.await` begins. Dropping it, or its future, gives it up at any
/// time; a poll that goes on is then dropped as well.
#[must_use = "nothing is asked for until it is awaited"]
pub struct Wait<'a, T> {
    poll: Box<dyn FnMut() -> Polled<'a, T> + Send + 'a>,
    condition: Box<dyn FnMut(&T) -> bool + Send + 'a>,
    deadline: Duration,
    base: Duration,
    cap: Duration,
    tolerates_not_found: bool,
}

type Polled<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Repeats `poll` until its answer meets `condition`, and gives that answer.
pub fn until<'a, T, F>(
    mut poll: impl FnMut() -> F + Send + 'a,
    condition: impl FnMut(&T) -> bool + Send + 'a,
) -> Wait<'a, T>
where
    F: Future<Output = Result<T, Error>> + Send + 'a,
{
    Wait {
        poll: Box::new(move || Box::pin(poll())),
        condition: Box::new(condition),
        deadline: DEFAULT_DEADLINE,
        base: Duration::from_secs(1),
        cap: Duration::from_secs(15),
        tolerates_not_found: false,
    }
}

impl<T> Wait<'_, T> {
    /// The time for all polls and the waits between them, instead of [`DEFAULT_DEADLINE`]. A poll that
    /// is not done by then is given up.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = limit;
        self
    }

    /// The first wait, which doubles for each further one, and the longest wait. Either is a millisecond
    /// at least.
    pub fn backoff(mut self, base: Duration, cap: Duration) -> Self {
        (self.base, self.cap) = (base, cap);
        self
    }

    /// Polls over `404`, for what is not there yet.
    pub fn tolerate_not_found(mut self) -> Self {
        self.tolerates_not_found = true;
        self
    }

    async fn run(mut self) -> Result<T, WaitError<T>> {
        let begun = Instant::now();
        let end = begun.checked_add(self.deadline).unwrap_or_else(|| begun + FOREVER);
        let cap = self.cap.max(Duration::from_millis(1));
        let mut wait = self.base.clamp(Duration::from_millis(1), cap);
        let (mut polls, mut slowest, mut last) = (0_u32, Duration::ZERO, None);
        loop {
            polls = polls.saturating_add(1);
            let sent = Instant::now();
            let Ok(result) = timeout_at(end, (self.poll)()).await else { break };
            slowest = slowest.max(sent.elapsed());
            let mut asked = Duration::ZERO;
            match result {
                Ok(answer) if (self.condition)(&answer) => return Ok(answer),
                Err(error) if !self.polls_over(&error) => {
                    return Err(WaitError::new(None, polls, Some(Err(error))));
                }
                Ok(answer) => last = Some(Ok(answer)),
                Err(error) => {
                    asked = error.retry_after().unwrap_or_default();
                    last = Some(Err(error));
                }
            }
            let left = end.saturating_duration_since(Instant::now());
            let longest = left.saturating_sub(slowest.saturating_mul(2).max(LAST_POLL));
            if longest.is_zero() || asked > longest {
                break;
            }
            sleep(wait.max(asked).min(longest)).await;
            wait = wait.saturating_mul(2).min(cap);
        }
        Err(WaitError::new(Some(self.deadline), polls, last))
    }

    fn polls_over(&self, error: &Error) -> bool {
        let is_transient = |status: u16| matches!(status, 408 | 429 | 500 | 502 | 503 | 504);
        match error {
            Error::Timeout(_) => true,
            Error::Transport(error) => matches!(
                error.kind(),
                TransportErrorKind::Connect
                    | TransportErrorKind::Send
                    | TransportErrorKind::Unprocessed
                    | TransportErrorKind::Receive
            ),
            Error::Api(api) => {
                is_transient(api.status().as_u16())
                    || self.tolerates_not_found && error.is_not_found()
            }
            Error::Auth(error) => match error.kind() {
                AuthErrorKind::Unreachable => true,
                AuthErrorKind::Refused { status, .. } => is_transient(status.as_u16()),
                _ => false,
            },
            Error::Build(_) | Error::Decode(_) => false,
        }
    }
}

impl<'a, T: Send + 'a> IntoFuture for Wait<'a, T> {
    type Output = Result<T, WaitError<T>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Why a [`Wait`] has no answer that meets its condition: the deadline, or an error that ends it.
///
/// The last error is its source. The last answer is in neither `Display` nor `Debug`, because it may
/// hold what must not be logged.
pub struct WaitError<T>(Box<Failed<T>>);

struct Failed<T> {
    deadline: Option<Duration>,
    polls: u32,
    last: Option<Result<T, Error>>,
}

impl<T> WaitError<T> {
    fn new(deadline: Option<Duration>, polls: u32, last: Option<Result<T, Error>>) -> Self {
        Self(Box::new(Failed { deadline, polls, last }))
    }

    /// The deadline that left no time for another poll; `None` where an error ended the wait before.
    pub fn deadline(&self) -> Option<Duration> {
        self.0.deadline
    }

    /// How many polls there were, one that the deadline cut off included.
    pub fn polls(&self) -> u32 {
        self.0.polls
    }

    /// The answer of the last poll that was done; `None` where it was an error or where none was done.
    pub fn last_answer(&self) -> Option<&T> {
        self.0.last.as_ref()?.as_ref().ok()
    }

    /// The error of the last poll that was done; `None` where it was an answer or where none was done.
    pub fn last_error(&self) -> Option<&Error> {
        self.0.last.as_ref()?.as_ref().err()
    }

    /// What the last poll gave that was done.
    pub fn into_last(self) -> Option<Result<T, Error>> {
        self.0.last
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failed { deadline, polls, last } = &*self.0;
        let Some(deadline) = deadline else {
            return write!(f, "poll number {polls} failed, and another one would, too");
        };
        let said = match last {
            None => "none of them was done",
            Some(Ok(_)) => "the last answer did not meet it",
            Some(Err(_)) => "the last one failed",
        };
        write!(f, "the condition did not hold within {deadline:?} ({polls} polls, {said})")
    }
}

impl<T> fmt::Debug for WaitError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WaitError")
            .field("deadline", &self.0.deadline)
            .field("polls", &self.0.polls)
            .field("last_error", &self.last_error())
            .finish_non_exhaustive()
    }
}

impl<T> StdError for WaitError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.last_error().map(|error| error as _)
    }
}

impl<T> fmt::Debug for Wait<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("deadline", &self.deadline)
            .field("backoff", &(self.base, self.cap))
            .field("tolerates_not_found", &self.tolerates_not_found)
            .finish_non_exhaustive()
    }
}
