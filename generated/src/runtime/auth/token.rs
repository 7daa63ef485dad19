// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Access tokens, and the answer of a token endpoint that holds one.

use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use crate::runtime::error::printable;
use crate::runtime::response::{Answer, Completeness};
use crate::runtime::{AuthError, AuthErrorKind, Error};

/// How long before its end a token is no longer used, so that it does not end on the way to the
/// server.
const MARGIN: Duration = Duration::from_secs(60);

/// An access token.
pub(in crate::runtime) struct Token {
    secret: SecretString,
    reuse_until: Option<Instant>,
}

impl Token {
    /// A token that nothing is known of.
    pub(super) fn fixed(secret: SecretString) -> Self {
        Self { secret, reuse_until: None }
    }

    pub(super) fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Whether the token may be used for another request.
    pub(super) fn is_fresh(&self) -> bool {
        self.reuse_until.is_some_and(|end| Instant::now() < end)
    }

    /// Reads the answer to a token request that was sent at `requested` and held `secrets`.
    pub(super) fn read(
        answer: Answer,
        secrets: &[&str],
        requested: Instant,
    ) -> Result<Self, AuthError> {
        let Answer { status, body, completeness, .. } = answer;
        let members = serde_json::from_slice::<Map<String, Value>>(&body);
        let text = |name: &str| {
            let text = members.as_ref().ok()?.get(name)?.as_str()?;
            Some(printable(text, secrets))
        };
        let error = text("error");
        // Some servers answer an error with status 200.
        if !status.is_success() || error.is_some() {
            let description = text("error_description");
            return Err(AuthError::new(AuthErrorKind::Refused { status, error, description }));
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
        let reuse_until = lifetime(members.get("expires_in"))?
            .and_then(|lifetime| requested.checked_add(reuse(lifetime)));
        Ok(Self { secret, reuse_until })
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

/// A token endpoint that gave no whole answer.
pub(super) fn unreachable(error: Error) -> AuthError {
    AuthError::from_source(AuthErrorKind::Unreachable, error)
}

fn invalid(reason: &'static str) -> AuthError {
    AuthError::new(AuthErrorKind::InvalidAnswer { reason })
}

/// For how much of its lifetime a token is used.
fn reuse(lifetime: Duration) -> Duration {
    if lifetime > 2 * MARGIN { lifetime.saturating_sub(MARGIN) } else { lifetime / 2 }
}

/// The seconds of `expires_in`, which some servers send as text. One that is missing stays unknown:
/// such a token is not kept.
fn lifetime(value: Option<&Value>) -> Result<Option<Duration>, AuthError> {
    let seconds = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(_) => None,
    };
    match seconds {
        Some(seconds) if seconds.is_finite() => {
            // More than a hundred years is a hundred years, and less than nothing is nothing.
            Ok(Some(Duration::from_secs_f64(seconds.clamp(0.0, 3.2e9))))
        }
        _ => Err(invalid("its `expires_in` is not a number of seconds")),
    }
}
