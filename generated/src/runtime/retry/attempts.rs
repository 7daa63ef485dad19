// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The attempts of one call: what became of one, whether there is another, and the time for them.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::task::{Unconstrained, unconstrained};

use super::{RETRY_COST, RetryBudget, RetryPolicy};
use crate::runtime::error::{Place, TimeoutError, retry_after};
use crate::runtime::response::{Answer, Completeness};
use crate::runtime::time::{Instant, Sleep, sleep_until};
use crate::runtime::{Error, TransportErrorKind, Verb};

/// More than any call may take.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// What went wrong with an attempt, in the order of how much the server has done.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runtime) enum Fault {
    /// Nothing: the request was not sent, or not accepted.
    Refused,
    /// This is not known.
    Unknown,
    /// All of it, and only the answer was lost.
    Cut,
}

/// The retries of one call.
pub(in crate::runtime) struct Retries<'a> {
    policy: &'a RetryPolicy,
    budget: &'a RetryBudget,
    /// The worst after which the call may be repeated, if it can be.
    repeated_after: Option<Fault>,
    /// When no retry begins any more.
    end: Instant,
    retried: u32,
}

/// When a limit ends. It tells so also where a future that has much to do has used up what a task may
/// do at once.
pub(in crate::runtime) type Timer = Unconstrained<Sleep>;

/// A length of time that has begun.
#[derive(Clone, Copy)]
pub(in crate::runtime) struct Limit {
    length: Duration,
    end: Instant,
}

impl<'a> Retries<'a> {
    /// `budget` is what there is without one of the policy, and `limit` that of the call.
    pub(in crate::runtime) fn new(
        policy: &'a RetryPolicy,
        budget: &'a RetryBudget,
        repeated_after: Option<Fault>,
        limit: Limit,
    ) -> Self {
        let budget = policy.budget.as_ref().unwrap_or(budget);
        let own = Some(policy.total_time).filter(|time| *time < limit.length);
        let end = own.map_or(limit.end, |time| Limit::start(time).end.min(limit.end));
        Self { policy, budget, repeated_after, end, retried: 0 }
    }

    /// The wait before the next attempt; `None` where the result is that of the call.
    pub(in crate::runtime) fn wait(
        &mut self,
        result: &Result<Box<Answer>, Error>,
    ) -> Option<Duration> {
        let Some(fault) = fault(result) else {
            self.budget.give_back(if self.retried == 0 { 1 } else { RETRY_COST });
            return None;
        };
        let is_allowed = self.repeated_after.is_some_and(|worst| fault <= worst);
        if !is_allowed || self.retried.saturating_add(1) >= self.policy.attempts {
            return None;
        }
        let asked = result.as_ref().ok().and_then(|answer| retry_after(&answer.headers));
        let asked = asked.unwrap_or_default();
        let wait = asked.saturating_add(self.policy.backoff(self.retried));
        let is_in_time = Instant::now().checked_add(wait).is_some_and(|start| start < self.end);
        if asked > self.policy.retry_after_limit || !is_in_time || !self.budget.take() {
            return None;
        }
        self.retried += 1;
        Some(wait)
    }
}

fn fault(result: &Result<Box<Answer>, Error>) -> Option<Fault> {
    match result {
        Ok(answer) => match (answer.status.as_u16(), &answer.completeness) {
            (429, _) => Some(Fault::Refused),
            (408 | 500 | 502 | 503 | 504, _) => Some(Fault::Unknown),
            (200..=299, Completeness::Broken(_)) => Some(Fault::Cut),
            _ => None,
        },
        Err(Error::Transport(error)) => match error.kind() {
            TransportErrorKind::Connect | TransportErrorKind::Unprocessed => Some(Fault::Refused),
            TransportErrorKind::Send | TransportErrorKind::Receive => Some(Fault::Unknown),
            TransportErrorKind::Body
            | TransportErrorKind::Redirect(_)
            | TransportErrorKind::Hook
            | TransportErrorKind::Other => None,
        },
        Err(Error::Timeout(error)) if error.is_connect() => Some(Fault::Refused),
        Err(Error::Timeout(_)) => Some(Fault::Unknown),
        Err(Error::Build(_) | Error::Auth(_) | Error::Api(_) | Error::Decode(_)) => None,
    }
}

impl Fault {
    /// The worst after which a request of this method may be repeated (RFC 9110, section 9.2).
    pub(in crate::runtime) fn allowed(verb: Verb) -> Self {
        match verb {
            Verb::Get | Verb::Head | Verb::Options | Verb::Trace => Self::Cut,
            Verb::Put | Verb::Delete => Self::Unknown,
            Verb::Post | Verb::Patch => Self::Refused,
        }
    }

    /// The same of a call of which it was said whether it is idempotent.
    pub(in crate::runtime) fn said(idempotent: bool) -> Self {
        if idempotent { Self::Cut } else { Self::Refused }
    }
}

impl Limit {
    pub(in crate::runtime) fn start(length: Duration) -> Self {
        let now = Instant::now();
        Self { length, end: now.checked_add(length).unwrap_or_else(|| now + FOREVER) }
    }

    /// What the future gives, if it does in time. It stays where it is, because it is large.
    pub(in crate::runtime) async fn run<T>(
        self,
        place: &Place,
        future: Pin<&mut (impl Future<Output = T> + ?Sized)>,
    ) -> Result<T, Error> {
        self.run_by(std::pin::pin!(self.timer()), place, future).await
    }

    /// The timer for [`run_by`](Self::run_by).
    pub(in crate::runtime) fn timer(self) -> Timer {
        unconstrained(sleep_until(self.end))
    }

    /// The same with a timer of this limit, which serves one future after the other.
    pub(in crate::runtime) fn run_by<T>(
        self,
        mut timer: Pin<&mut Timer>,
        place: &Place,
        mut future: Pin<&mut (impl Future<Output = T> + ?Sized)>,
    ) -> impl Future<Output = Result<T, Error>> {
        poll_fn(move |context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(output));
            }
            timer
                .as_mut()
                .poll(context)
                .map(|()| Err(TimeoutError::after(self.length, place.clone(), "no whole answer")))
        })
    }

    /// That of an attempt, which begins now and ends no later than this.
    pub(in crate::runtime) fn attempt(self, length: Option<Duration>) -> Self {
        length.map(Self::start).filter(|own| own.end < self.end).unwrap_or(self)
    }
}
