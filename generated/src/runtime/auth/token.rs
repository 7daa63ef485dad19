// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Access tokens as they are sent, for how long, and the answer of a token endpoint that holds one.

use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::runtime::error::{printable, retry_after};
use crate::runtime::response::{Answer, Completeness};
use crate::runtime::time::Instant;
use crate::runtime::{AuthError, AuthErrorKind, Error};

/// How long before its end a token is replaced; half its lifetime, where that is less.
const MARGIN: Duration = Duration::from_secs(60);

/// How long a token is kept of which nobody said for how long it is valid.
const UNKNOWN_LIFETIME: Duration = Duration::from_secs(5 * 60);

/// The longest lifetime that is believed: a hundred years.
const LONGEST: Duration = Duration::from_secs(3_200_000_000);

/// The scheme of tokens (RFC 6750).
pub(super) const BEARER: &str = "Bearer";

/// A credential, ready to be sent.
pub(in crate::runtime) struct Token {
    header: HeaderValue,
    /// From when on a caller fetches another one.
    fresh_until: Instant,
    /// From when on nobody sends it.
    usable_until: Instant,
}

impl Token {
    /// A token that was asked for at `requested`, with the lifetime that it is said to have.
    pub(super) fn new(header: HeaderValue, requested: Instant, lifetime: Option<Duration>) -> Self {
        let lifetime = match lifetime {
            Some(lifetime) => lifetime.min(LONGEST),
            None => UNKNOWN_LIFETIME,
        };
        let margin = MARGIN.min(lifetime / 2);
        let before = |margin: Duration| {
            let age = lifetime.saturating_sub(margin);
            requested.checked_add(age).unwrap_or(requested)
        };
        let (fresh_until, usable_until) = (before(margin), before(margin / 4));
        Self { header, fresh_until, usable_until }
    }

    /// The value of the header `Authorization`.
    pub(in crate::runtime) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        now < self.fresh_until
    }

    pub(super) fn usable_until(&self) -> Instant {
        self.usable_until
    }

    /// Whether it is sent no more because of its age.
    pub(in crate::runtime) fn has_run_out(&self) -> bool {
        self.usable_until <= Instant::now()
    }

    /// Reads the answer to a token request that was sent at `requested` and held `secrets`.
    pub(super) fn read(
        answer: Box<Answer>,
        secrets: &[&str],
        requested: Instant,
    ) -> Result<Self, AuthError> {
        let Answer { status, headers, body, completeness, .. } = *answer;
        let members = serde_json::from_slice::<Map<String, Value>>(&body);
        let text = |name: &str| {
            let text = members.as_ref().ok()?.get(name)?.as_str()?;
            Some(printable(text, secrets))
        };
        let error = text("error");
        // Some servers answer an error with status 200.
        if !status.is_success() || error.is_some() {
            let description = text("error_description");
            let kind = AuthErrorKind::Refused { status, error, description, clock_offset: None };
            return Err(AuthError::new(kind).with_retry_after(retry_after(&headers)));
        }
        match completeness {
            Completeness::Whole => {}
            Completeness::TooLarge { .. } => return Err(invalid("it is too large")),
            Completeness::Broken(error) => return Err(unreachable(error)),
        }
        let mut members = members.map_err(|_| invalid("it is not a JSON object"))?;
        let Some(Value::String(token)) = members.remove("access_token") else {
            return Err(invalid("it has no `access_token`"));
        };
        let secret = SecretString::from(token);
        if unusable(secret.expose_secret()).is_some() {
            return Err(invalid("its `access_token` is empty or cannot be sent in a header"));
        }
        match members.get("token_type").and_then(Value::as_str) {
            Some(name) if name.eq_ignore_ascii_case("bearer") => {}
            Some(_) => return Err(invalid("its `token_type` is not `Bearer`")),
            None => return Err(invalid("it has no `token_type`")),
        }
        let lifetime = lifetime(members.get("expires_in"))?;
        Ok(Self::new(header(BEARER, secret.expose_secret())?, requested, lifetime))
    }
}

/// What makes a text unfit for a credential; `None` for one that fits.
pub(super) fn unusable(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty")
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("holds a space or another character that a token cannot have")
    } else {
        None
    }
}

/// The value of an `Authorization` header of a scheme; it is marked sensitive, so that the HTTP stack
/// neither prints nor indexes it.
pub(super) fn header(scheme: &str, credential: &str) -> Result<HeaderValue, AuthError> {
    let mut text = Zeroizing::new(String::with_capacity(scheme.len() + 1 + credential.len()));
    text.push_str(scheme);
    text.push(' ');
    text.push_str(credential);
    whole_header(text)
}

/// The same of the whole text, which wipes itself when the last copy of the value is dropped.
pub(super) fn whole_header(text: Zeroizing<String>) -> Result<HeaderValue, AuthError> {
    let unsendable = || AuthError::new(AuthErrorKind::Unsendable);
    if text.trim().is_empty() {
        return Err(unsendable());
    }
    let value = HeaderValue::from_maybe_shared(Bytes::from_owner(text));
    let mut value = value.map_err(|_| unsendable())?;
    value.set_sensitive(true);
    Ok(value)
}

/// What is secret in the value of an `Authorization` header: all but the scheme.
pub(in crate::runtime) fn credential(value: &HeaderValue) -> &str {
    let text = value.to_str().unwrap_or_default();
    text.split_once(' ').map_or(text, |(_, credential)| credential)
}

/// A token endpoint that gave no whole answer.
pub(super) fn unreachable(error: Error) -> AuthError {
    AuthError::from_source(AuthErrorKind::Unreachable, error)
}

fn invalid(reason: &'static str) -> AuthError {
    AuthError::new(AuthErrorKind::InvalidAnswer { reason })
}

/// The seconds of `expires_in`, which some servers send as text.
fn lifetime(value: Option<&Value>) -> Result<Option<Duration>, AuthError> {
    let seconds = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(_) => None,
    };
    match seconds {
        Some(seconds) if seconds.is_finite() => {
            Ok(Some(Duration::from_secs_f64(seconds.clamp(0.0, LONGEST.as_secs_f64()))))
        }
        _ => Err(invalid("its `expires_in` is not a number of seconds")),
    }
}
