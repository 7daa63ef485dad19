// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! A clock that is off: an assertion says when it was made, and a server refuses one from another
//! time.
//!
//! Where a token endpoint refuses an assertion, and the `Date` of its answer (RFC 9110, section
//! 6.6.1) differs by more than 5 seconds from the time that the assertion had, another one is made
//! by the server's clock, once. If that helps, later assertions are made by it, too. A date before
//! 2020 or after 2099 is not believed.

use std::sync::atomic::{AtomicI64, Ordering::Relaxed};

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};

use super::form::Grant;
use super::token::Token;
use super::{ClientAuthentication, ClientCredentials};
use crate::runtime::error::date;
use crate::runtime::response::Answer;
use crate::runtime::{AuthError, AuthErrorKind, Error};

/// A difference that may as well be that of a slow answer, in seconds.
const BOUND: i64 = 5;

/// 2020-01-01 and 2100-01-01, in seconds since 1970.
const CREDIBLE: std::ops::Range<i64> = 1_577_836_800..4_102_444_800;

/// The clock by which a key's assertions are made: how many seconds it is ahead of this machine's.
#[derive(Debug, Default)]
pub(super) struct Clock(AtomicI64);

/// What one fetch of a token learns of the clock. What did not help is forgotten with it.
pub(super) struct Correction<'a> {
    clock: Option<&'a Clock>,
    /// How far the server's is ahead of this machine's.
    offset: Option<i64>,
    /// What the clock was before it was corrected.
    before: Option<i64>,
}

impl Clock {
    /// The time of an assertion, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        Timestamp::now().as_second().saturating_add(self.0.load(Relaxed))
    }
}

impl<'a> Correction<'a> {
    pub(super) fn new(grant: &'a Grant) -> Self {
        let clock = match grant {
            Grant::ClientCredentials(ClientCredentials {
                authentication: ClientAuthentication::PrivateKeyJwt(key),
                ..
            }) => Some(key.clock()),
            Grant::ClientCredentials(_) | Grant::TokenExchange(_) => None,
        };
        Self { clock, offset: None, before: None }
    }

    /// Takes note of the server's clock.
    pub(super) fn look(&mut self, result: &Result<Box<Answer>, Error>) {
        let answer = result.as_ref().ok();
        let date = answer.and_then(|answer| date(&answer.headers)).map(Timestamp::as_second);
        let date = date.filter(|date| CREDIBLE.contains(date));
        self.offset = date.map(|date| date - Timestamp::now().as_second());
    }

    /// The outcome of the fetch; `None` where it is to be tried once more, by the server's clock.
    pub(super) fn end(
        &mut self,
        outcome: Result<Token, AuthError>,
    ) -> Option<Result<Token, AuthError>> {
        let (Some(clock), Err(error)) = (self.clock, &outcome) else {
            self.before = None;
            return Some(outcome);
        };
        let Some(offset) = self.offset.filter(|_| is_refusal(error)) else { return Some(outcome) };
        let used = clock.0.load(Relaxed);
        if self.before.is_none() && (offset - used).abs() > BOUND {
            clock.0.store(offset, Relaxed);
            self.before = Some(used);
            return None;
        }
        let is_off = offset.abs() > BOUND;
        Some(outcome.map_err(|error| if is_off { with_offset(&error, offset) } else { error }))
    }
}

impl Drop for Correction<'_> {
    fn drop(&mut self) {
        if let (Some(clock), Some(before)) = (self.clock, self.before) {
            clock.0.store(before, Relaxed);
        }
    }
}

/// Whether a server says no to the assertion, as far as it says to what.
fn is_refusal(error: &AuthError) -> bool {
    let AuthErrorKind::Refused { status, error, .. } = error.kind() else { return false };
    matches!(*status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED)
        && error.as_ref().is_none_or(|code| code == "invalid_client" || code == "invalid_grant")
}

fn with_offset(error: &AuthError, seconds: i64) -> AuthError {
    let mut kind = error.kind().clone();
    if let AuthErrorKind::Refused { clock_offset, .. } = &mut kind {
        *clock_offset = Some(SignedDuration::from_secs(seconds));
    }
    AuthError::new(kind).with_retry_after(error.retry_after())
}
