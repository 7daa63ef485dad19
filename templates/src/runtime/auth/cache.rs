// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The token that callers share: fetched when needed, reused while it is valid, and fetched by one
//! caller at a time.
//!
//! | age of the token | who needs one |
//! | --- | --- |
//! | until 60 s before its end | uses it |
//! | then, until 15 s before its end | uses it; one of them first fetches another, for at most 10 s |
//! | then, or without a token | waits, while one of them fetches |
//!
//! Of a lifetime of less than 120 s, these are the last half and the last eighth. A token without a
//! lifetime is used for 5 minutes, one whose lifetime is 0 by those who waited for it.
//!
//! A token that a server refuses is replaced at once. Where the new one is refused as well, and nobody's
//! request was accepted with it, another would not help: it is used, and its refusal told to callers,
//! during a pause such as that after an error. The next refusal has it replaced.
//!
//! Those who waited share the outcome, be it a token or an error. After an error there is a pause, in
//! which nothing is fetched: who needs a token gets the same error at once, or the old token while it
//! can be used. It takes 1 s, after each further error twice as long, at most 10 s, and as long as
//! `Retry-After` asks, at most 30 s. A caller who gives up while he fetches leaves his turn to the
//! next one in line.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::source::{Sending, TokenSource};
use super::token::Token;
use crate::runtime::AuthError;
use crate::runtime::time::{Instant, timeout_at};

/// How long a caller who has a token that can be used fetches another one.
const AHEAD_LIMIT: Duration = Duration::from_secs(10);

/// How long the pause after one error is, and after many.
const PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How much of a `Retry-After` is waited.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(30);

/// The tokens of one source.
pub(in crate::runtime) struct TokenCache {
    source: TokenSource,
    /// Held by the one who fetches.
    turn: tokio::sync::Mutex<()>,
    latest: Mutex<Latest>,
    /// Whether a server refused a token after which none was accepted.
    is_doubted: AtomicBool,
}

/// What came of fetching.
#[derive(Default)]
struct Latest {
    token: Option<Arc<Token>>,
    /// Where the last fetch gave no token.
    failure: Option<Failure>,
    /// How many fetches there were with an outcome that can be shared.
    fetches: u64,
    /// How many tokens a server refused, one after the other.
    refused: u32,
    /// Until when a token is used that was refused, as the one before it.
    kept_until: Option<Instant>,
}

struct Failure {
    /// `None` where the fetch was given up.
    error: Option<AuthError>,
    /// How many fetches failed, one after the other.
    in_a_row: u32,
    pause_end: Instant,
}

/// What there is for a caller.
enum Ready {
    Use(Arc<Token>),
    /// A token that can be used, and is to be replaced.
    Replace(Arc<Token>),
    Fail(AuthError),
    Fetch,
}

impl TokenCache {
    pub(super) fn new(source: TokenSource) -> Self {
        let (turn, latest, is_doubted) = Default::default();
        Self { source, turn, latest, is_doubted }
    }

    /// A token that can be used, and need not be replaced.
    pub(super) fn at_hand(&self) -> Option<Arc<Token>> {
        match self.latest().ready() {
            Ready::Use(token) => Some(token),
            Ready::Replace(_) | Ready::Fail(_) | Ready::Fetch => None,
        }
    }

    /// A token that can be used now.
    pub(super) async fn token(&self, sending: Sending<'_>) -> Result<Arc<Token>, AuthError> {
        let (ready, seen) = {
            let latest = self.latest();
            (latest.ready(), latest.fetches)
        };
        match ready {
            Ready::Use(token) => Ok(token),
            Ready::Replace(token) => Ok(self.replace(token, sending).await),
            Ready::Fail(error) => Err(error),
            Ready::Fetch => {
                let _turn = self.turn.lock().await;
                if let Some(outcome) = self.latest().since(seen) {
                    return outcome;
                }
                let outcome = self.source.fetch(sending).await.map(Arc::new);
                self.latest().end(outcome.clone());
                outcome
            }
        }
    }

    /// Another token, if nobody else fetches one and it comes soon; else the same.
    async fn replace(&self, token: Arc<Token>, sending: Sending<'_>) -> Arc<Token> {
        let Ok(_turn) = self.turn.try_lock() else { return token };
        // Another caller may have been here.
        match self.latest().ready() {
            Ready::Replace(_) => {}
            Ready::Use(newer) => return newer,
            Ready::Fail(_) | Ready::Fetch => return token,
        }
        let end = token.usable_until().min(Instant::now() + AHEAD_LIMIT);
        let Ok(outcome) = timeout_at(end, self.source.fetch(sending)).await else {
            self.latest().fail(None);
            return token;
        };
        let outcome = outcome.map(Arc::new);
        self.latest().end(outcome.clone());
        outcome.unwrap_or(token)
    }

    /// Takes note that a server refused this token, and says whether there can be another one now. One
    /// that is newer stays.
    pub(super) fn forget(&self, token: &Arc<Token>) -> bool {
        let mut latest = self.latest();
        if !latest.token.as_ref().is_some_and(|current| Arc::ptr_eq(current, token)) {
            return true;
        }
        let now = Instant::now();
        // Of one that ran out on the way, the refusal says nothing.
        let is_replaced = token.usable_until() <= now || latest.refuse(now);
        self.is_doubted.store(latest.refused > 0, Relaxed);
        if is_replaced {
            latest.token = None;
        }
        is_replaced
    }

    /// Takes note that a server did not refuse a token.
    pub(super) fn accept(&self) {
        if self.is_doubted.load(Relaxed) {
            self.is_doubted.store(false, Relaxed);
            let mut latest = self.latest();
            (latest.refused, latest.kept_until) = (0, None);
        }
    }

    /// A panic elsewhere cannot leave the state half changed, so that it stays usable.
    fn latest(&self) -> MutexGuard<'_, Latest> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Latest {
    fn ready(&self) -> Ready {
        let now = Instant::now();
        let pause = self.failure.as_ref().filter(|failure| now < failure.pause_end);
        match &self.token {
            Some(token) if token.is_fresh(now) => Ready::Use(Arc::clone(token)),
            Some(token) if now < token.usable_until() => match pause {
                Some(_) => Ready::Use(Arc::clone(token)),
                None => Ready::Replace(Arc::clone(token)),
            },
            _ => match pause.and_then(|failure| failure.error.clone()) {
                Some(error) => Ready::Fail(error),
                None => Ready::Fetch,
            },
        }
    }

    /// The outcome of a fetch that ended while a caller waited, who had seen so many.
    fn since(&self, seen: u64) -> Option<Result<Arc<Token>, AuthError>> {
        if self.fetches == seen {
            return None;
        }
        match self.failure.as_ref().and_then(|failure| failure.error.clone()) {
            Some(error) => Some(Err(error)),
            None => self.token.clone().map(Ok),
        }
    }

    /// Whether the token that was refused is to be replaced.
    fn refuse(&mut self, now: Instant) -> bool {
        match self.kept_until {
            Some(end) if now < end => false,
            None if self.refused > 0 => {
                self.kept_until = Some(now + pause(self.refused - 1));
                false
            }
            Some(_) | None => {
                (self.refused, self.kept_until) = (self.refused.saturating_add(1), None);
                true
            }
        }
    }

    fn end(&mut self, outcome: Result<Arc<Token>, AuthError>) {
        self.fetches += 1;
        match outcome {
            Ok(token) => (self.token, self.failure) = (Some(token), None),
            Err(error) => self.fail(Some(error)),
        }
    }

    fn fail(&mut self, error: Option<AuthError>) {
        let before = self.failure.as_ref().map_or(0, |failure| failure.in_a_row);
        let asked = error.as_ref().and_then(AuthError::retry_after).unwrap_or_default();
        let pause = pause(before).max(asked.min(LONGEST_RETRY_AFTER));
        let in_a_row = before.saturating_add(1);
        self.failure = Some(Failure { error, in_a_row, pause_end: Instant::now() + pause });
    }
}

/// The pause after something failed, which had failed so often before.
fn pause(before: u32) -> Duration {
    PAUSE.saturating_mul(1_u32.checked_shl(before).unwrap_or(u32::MAX)).min(LONGEST_PAUSE)
}

/// Where its tokens come from; no token shows.
impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}
