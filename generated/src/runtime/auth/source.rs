// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Tokens for the requests of a client: fetched when needed, reused while fresh, and fetched by one
//! caller at a time.
//!
//! A token is reused until 60 seconds before its end, or for half its lifetime where that is 120
//! seconds or less. One without a lifetime serves those who waited for it, and is not kept. While a
//! token is fetched, everybody who needs one waits and shares the outcome, be it a token or an
//! error; whoever comes after an error tries again. If the caller who fetches gives up, the next
//! one in line takes over.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use secrecy::ExposeSecret;
use url::Url;

use super::credential;
use super::form::{Form, Grant};
use super::token::{Token, unreachable};
use crate::runtime::error::Place;
use crate::runtime::exchange::{self, Outgoing, Payload};
use crate::runtime::retry::{Fault, Limit, Retries};
use crate::runtime::server::{self, UrlKind};
use crate::runtime::transport::AnyTransport;
use crate::runtime::{AuthError, Error, RetryBudget, RetryPolicy, Verb};

/// How many bytes the answer of a token endpoint may have.
const ANSWER_LIMIT: usize = 256 * 1024;

/// Where the tokens of a client come from.
pub(in crate::runtime) struct TokenSource {
    grant: Grant,
    token_url: Url,
    sending: Sending,
    budget: RetryBudget,
    /// Held by the one who fetches.
    turn: tokio::sync::Mutex<()>,
    latest: Mutex<Latest>,
}

/// How token requests are sent.
pub(in crate::runtime) struct Sending {
    pub(in crate::runtime) transport: AnyTransport,
    pub(in crate::runtime) retry: RetryPolicy,
    pub(in crate::runtime) attempt_timeout: Option<Duration>,
}

/// The latest outcome of a fetch, and how many there were.
#[derive(Default)]
struct Latest {
    outcome: Option<Outcome>,
    fetches: u64,
}

type Outcome = Result<Arc<Token>, AuthError>;

impl TokenSource {
    pub(super) fn new(
        grant: Grant,
        documented: Option<&str>,
        server: &Url,
        sending: Sending,
    ) -> Result<Self, Error> {
        grant.check()?;
        let token_url = match (grant.token_url(), documented) {
            (Some(url), _) => server::check(url, UrlKind::Token)?,
            (None, Some(reference)) => {
                let url = server.join(reference).map_err(|error| {
                    Error::build_from("the documented token URL is not a URL", error)
                })?;
                server::check(url.as_str(), UrlKind::Token)?
            }
            (None, None) => {
                return Err(Error::build("the API documents no token URL: call `token_url`"));
            }
        };
        // The client takes no proxy for plain http only where the server, too, is this machine.
        if token_url.scheme() == "http" && server.scheme() != "http" {
            return Err(Error::build("the token URL must be https, because the server is"));
        }
        let (turn, latest) = (tokio::sync::Mutex::new(()), Mutex::default());
        let budget = RetryBudget::default();
        Ok(Self { grant, token_url, sending, budget, turn, latest })
    }

    /// A token that can be used now.
    pub(super) async fn token(&self) -> Result<Arc<Token>, AuthError> {
        let seen = {
            let latest = self.latest();
            match &latest.outcome {
                Some(Ok(token)) if token.is_fresh() => return Ok(Arc::clone(token)),
                _ => latest.fetches,
            }
        };
        let _turn = self.turn.lock().await;
        if let Some(outcome) = self.since(seen) {
            return outcome;
        }
        let outcome = self.fetch().await.map(Arc::new);
        let mut latest = self.latest();
        latest.fetches += 1;
        latest.outcome = Some(outcome.clone());
        outcome
    }

    /// No longer uses this token, because a server refused it. One that is newer stays.
    pub(super) fn forget(&self, token: &Arc<Token>) {
        let mut latest = self.latest();
        if matches!(&latest.outcome, Some(Ok(current)) if Arc::ptr_eq(current, token)) {
            latest.outcome = None;
        }
    }

    /// The outcome of a fetch that ended while this caller waited for its turn.
    fn since(&self, seen: u64) -> Option<Outcome> {
        let latest = self.latest();
        if latest.fetches == seen { None } else { latest.outcome.clone() }
    }

    /// Asks for a token. Each attempt has a form of its own: a server takes an assertion once.
    async fn fetch(&self) -> Result<Token, AuthError> {
        let Sending { transport, retry, attempt_timeout } = &self.sending;
        // The time is that of the caller, who gives the fetch up.
        let limit = Limit::start(Duration::MAX);
        let mut retries = Retries::new(retry, &self.budget, Some(Fault::said(true)), limit);
        let mut place = Place::new("token request", Verb::Post, &self.token_url);
        loop {
            let requested = Instant::now();
            let Form { body, authorization, secret } = self.grant.form(&self.token_url).await?;
            let mut headers = HeaderMap::with_capacity(3);
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            headers.insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/x-www-form-urlencoded"),
            );
            headers.extend(authorization.clone().map(|value| (AUTHORIZATION, value)));
            place.begin_attempt();
            let outgoing = Outgoing {
                place: &place,
                url: self.token_url.clone(),
                headers,
                // The bytes wipe themselves when the HTTP stack lets go of them.
                payload: Payload::once(Bytes::from_owner(body)),
                time: limit.attempt(*attempt_timeout),
                limit: ANSWER_LIMIT,
                keeps_open: |_, _| false,
            };
            let result = exchange::exchange(transport, outgoing).await;
            if let Some(wait) = retries.wait(&result) {
                tokio::time::sleep(wait).await;
                continue;
            }
            let header = authorization.as_ref().map_or("", credential);
            let secrets = [secret.expose_secret(), header];
            let token = result
                .map_err(unreachable)
                .and_then(|answer| Token::read(answer, &secrets, requested));
            return token.map_err(|error| error.after(place.attempts()));
        }
    }

    /// A panic elsewhere cannot leave the state half changed, so that it stays usable.
    fn latest(&self) -> MutexGuard<'_, Latest> {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The grant, whose secrets do not show.
impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").field("grant", &self.grant).finish_non_exhaustive()
    }
}
