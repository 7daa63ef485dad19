// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Retries: what is tried again, how often, and how long is waited before.
//!
//! | what went wrong | what is tried again |
//! | --- | --- |
//! | no connection, so that nothing was sent; a server that says it has not processed the request; `429` | every call |
//! | a connection that broke before there was an answer, an attempt that took too long; `408`, `500`, `502`, `503`, `504` | idempotent calls |
//! | a success whose body was cut or took too long | safe calls, and those of which it was said that they are idempotent |
//!
//! `GET`, `HEAD`, `OPTIONS` and `TRACE` are safe, and these, `PUT` and `DELETE` idempotent (RFC 9110,
//! section 9.2); a call with the header `Idempotency-Key`, also behind a prefix such as `X-`, is, too.
//! What the document says of the operation comes before that, and
//! [`RequestOptions::idempotent`](super::RequestOptions::idempotent) before both. A body that is a stream
//! is sent once, and never again. Token requests are idempotent, and made anew for each attempt.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;

mod attempts;

pub(super) use attempts::{Fault, Limit, Retries, Timer};

/// How many retries of a client may fail in a row before it makes no more.
const DEFAULT_BUDGET: u32 = 100;

/// What a retry takes from a budget; a call that needed none gives one back.
const RETRY_COST: u32 = 5;

/// How often and how fast a call is tried again, for
/// [`ClientBuilder::retry`](super::ClientBuilder::retry) and
/// [`RequestOptions::retry`](super::RequestOptions::retry).
///
/// The wait before retry number _n_ is random between zero and `base * 2^(n - 1)`, at most `cap`
/// ("full jitter"), so that clients that failed together do not come back together. Where the server
/// names a time in `Retry-After` (RFC 9110, section 10.2.3), that is waited first.
///
/// ```text
/// RetryPolicy::new().with_attempts(6).with_backoff(Duration::from_millis(100), Duration::from_secs(5))
/// ```
#[derive(Clone, Debug)]
#[must_use = "give it to `ClientBuilder::retry` or `RequestOptions::retry`"]
pub struct RetryPolicy {
    pub(super) attempts: u32,
    total_time: Duration,
    base: Duration,
    cap: Duration,
    pub(super) retry_after_limit: Duration,
    budget: Option<RetryBudget>,
}

impl RetryPolicy {
    /// The usual policy: 4 attempts, waits of up to 0.5, 1 and 2 seconds, and a `Retry-After` of up
    /// to 30 seconds.
    pub fn new() -> Self {
        Self {
            attempts: 4,
            total_time: Duration::MAX,
            base: Duration::from_millis(500),
            cap: Duration::from_secs(20),
            retry_after_limit: Duration::from_secs(30),
            budget: None,
        }
    }

    /// No retries. A request whose token is refused is still sent once more with a fresh one.
    pub fn never() -> Self {
        Self::new().with_attempts(1)
    }

    /// How often a call is tried, the first time included; 0 is 1. A request that is sent again with
    /// a fresh token is the same try.
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The time from `send` after which no retry begins. Unlike
    /// [`timeout`](super::ClientBuilder::timeout), it cuts none off.
    pub fn with_total_time(mut self, limit: Duration) -> Self {
        self.total_time = limit;
        self
    }

    /// The longest wait before the first retry, which doubles for each further one, and the longest
    /// wait of all.
    pub fn with_backoff(mut self, base: Duration, cap: Duration) -> Self {
        (self.base, self.cap) = (base, cap);
        self
    }

    /// The longest `Retry-After` that is waited. A server that asks for more, or for more than the
    /// time that the call has left, gets no retry: its answer is that of the call.
    pub fn with_retry_after_limit(mut self, limit: Duration) -> Self {
        self.retry_after_limit = limit;
        self
    }

    /// The budget that retries are taken from, instead of that of the client.
    pub fn with_budget(mut self, budget: RetryBudget) -> Self {
        self.budget = Some(budget);
        self
    }

    /// The wait before a retry, after so many.
    ///
    /// Of the crates for this, `backon` adds its jitter to the wait instead of drawing from all of
    /// it, and `retry-policies` brings `rand` and reckons by the wall clock.
    pub(super) fn backoff(&self, retried: u32) -> Duration {
        let factor = 1_u32.checked_shl(retried).unwrap_or(u32::MAX);
        let longest = self.base.saturating_mul(factor).min(self.cap);
        let mut random = [0; 4];
        // A machine without random numbers waits for the whole time.
        match getrandom::fill(&mut random) {
            Ok(()) => {
                let share = f64::from(u32::from_ne_bytes(random)) / f64::from(u32::MAX);
                Duration::try_from_secs_f64(longest.as_secs_f64() * share).unwrap_or(longest)
            }
            Err(_) => longest,
        }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// How many retries may fail before there are no more, so that a server that is down is not sent
/// several times its usual load.
///
/// It is a token bucket: a retry takes from it, a retry that succeeds gives that back, and five calls
/// that need none give back what one retry takes. A client has one of 100 retries, and another one for
/// its token requests, both shared with its clones. Clones of this value share what is left, so that
/// clients of one server can share it.
#[derive(Clone)]
pub struct RetryBudget(Arc<Bucket>);

struct Bucket {
    size: u32,
    left: AtomicU32,
}

impl RetryBudget {
    /// A budget of so many retries; `u32::MAX` is more than any client makes.
    pub fn new(retries: u32) -> Self {
        let size = retries.saturating_mul(RETRY_COST);
        Self(Arc::new(Bucket { size, left: AtomicU32::new(size) }))
    }

    /// Takes what a retry costs, if there is as much.
    fn take(&self) -> bool {
        self.0.left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(RETRY_COST)).is_ok()
    }

    fn give_back(&self, tokens: u32) {
        let Bucket { size, left } = &*self.0;
        // A full bucket is what healthy calls see: they only read it.
        if left.load(Relaxed) < *size {
            let more = |left: u32| Some(left.saturating_add(tokens).min(*size));
            let _ = left.fetch_update(Relaxed, Relaxed, more);
        }
    }
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self::new(DEFAULT_BUDGET)
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let retries = |tokens: u32| tokens / RETRY_COST;
        f.debug_struct("RetryBudget")
            .field("retries", &retries(self.0.size))
            .field("left", &retries(self.0.left.load(Relaxed)))
            .finish()
    }
}
