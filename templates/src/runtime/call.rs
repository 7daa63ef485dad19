// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! One call: its credential, and attempts until one of them has the answer.
//!
//! Nothing of the client is changed before an await and put right after it, so that the call can be
//! dropped at any time.

use std::borrow::Cow;
use std::pin::pin;

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use secrecy::ExposeSecret;
use url::Url;

use super::auth::{Authenticator, Keys, Sending, credential};
use super::client::Inner;
use super::error::Place;
use super::exchange::{self, Outgoing};
use super::response::Answer;
use super::retry::{Fault, Limit, Retries};
use super::send::{Credential, Prepared};
use super::time::sleep;
use super::{Error, trace};

/// How often a call is sent again whose token ran out before the server had seen it.
const LATE_TOKENS: u32 = 3;

impl Prepared {
    /// Sends the request until there is an answer that counts, or no time for another attempt; and
    /// once more with a fresh token where the server refused the one that was sent.
    pub(super) async fn call(mut self: Box<Self>) -> Result<Box<Answer>, Error> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let (mut url, mut headers) = (self.url()?, self.headers()?);
        let client = self.client.clone();
        let Inner { transport, hooks, .. } = &*client.inner;
        let own = self.options.credentials.as_ref().map(|credentials| {
            let Inner { api, server, .. } = &*client.inner;
            Authenticator::of_request(credentials, api.token_url, server)
        });
        let own = own.transpose()?;
        let authenticator = own.as_ref().unwrap_or(&client.inner.authenticator);
        let limit = Limit::start(self.options.timeout.unwrap_or(client.inner.timeout));
        let attempt_timeout = self.options.attempt_timeout.or(client.inner.attempt_timeout);
        let repeated_after = self.repeated_after(&headers);
        let is_repeatable = repeated_after.is_some();
        let mut place = Place::new(self.operation, self.template, self.verb, &url);
        let signs_in = self.sign(authenticator, &mut url, &mut headers)?;
        let policy = self.options.retry.as_ref().unwrap_or(&client.inner.retry);
        let mut retries = Retries::new(policy, &client.inner.budget, repeated_after, limit);
        let (mut late_left, mut refused_left) = (LATE_TOKENS, 1);
        loop {
            let mut authorization = signs_in.then(|| authenticator.at_hand()).flatten();
            if signs_in && authorization.is_none() {
                let sending = Sending {
                    transport,
                    retry: &client.inner.retry,
                    attempt_timeout: client.inner.attempt_timeout,
                };
                // Boxed, because it is large, and most calls do not come here.
                let mut authorize = Box::pin(authenticator.authorize(self.operation, sending));
                authorization = limit.run(&place, authorize.as_mut()).await?;
            }
            if let Some(authorization) = &authorization {
                headers.insert(AUTHORIZATION, authorization.header());
            }
            place.begin_attempt();
            let attempt = hooks.begin(&place);
            let mut outgoing = Outgoing {
                place: &place,
                url: Cow::Borrowed(&url),
                headers: Cow::Borrowed(&headers),
                payload: self.body.take(),
                time: limit.attempt(attempt_timeout),
                limit: client.inner.response_limit,
                header_limit: client.inner.header_limit,
                redirect_limit: client.inner.redirect_limit,
                keeps_open: self.keeps_open,
            };
            let is_let_through =
                attempt.as_ref().map_or(Ok(()), |attempt| hooks.before(attempt, &mut outgoing));
            // What a hook put there is as secret.
            let changed =
                attempt.as_ref().and_then(|_| outgoing.headers.get(AUTHORIZATION).cloned());
            let mut result = match is_let_through {
                // What holds a future holds it twice once it awaits it, so that a large one stays where
                // it is.
                Ok(()) => pin!(exchange::exchange(transport, &mut outgoing)).await,
                Err(error) => Err(error),
            };
            if let Some(attempt) = &attempt {
                hooks.after(attempt, &mut result);
            }
            let status = result.as_ref().ok().map(|answer| answer.status);
            let is_refused = status == Some(StatusCode::UNAUTHORIZED);
            if status.is_some() && !is_refused {
                authenticator.accept();
            }
            if let Some(refused) = authorization.filter(|_| is_refused) {
                // A token that ran out on the way says nothing of the next one.
                let left = if refused.has_run_out() { &mut late_left } else { &mut refused_left };
                // The token is not used again, also where this request cannot be.
                let can_replace = *left > 0 && authenticator.forget(&refused);
                if can_replace && is_repeatable {
                    *left -= 1;
                    continue;
                }
            }
            if let Some(wait) = retries.wait(&result) {
                trace::retry(&place, wait);
                sleep(wait).await;
                continue;
            }
            let sent = changed.as_ref().or_else(|| headers.get(AUTHORIZATION));
            let mut answer = self.described(result?, sent);
            if let Some((_, request)) = &mut answer.open {
                *request = Some(self.kept(&headers));
            }
            return Ok(answer);
        }
    }

    /// The worst after which the request may be sent again; `None` where it cannot be.
    pub(super) fn repeated_after(&self, headers: &HeaderMap) -> Option<Fault> {
        let has_key = || headers.keys().any(is_idempotency_key).then_some(true);
        let said = self.options.idempotent.or(self.idempotent).or_else(has_key);
        let worst = said.map_or_else(|| Fault::allowed(self.verb), Fault::said);
        self.body.is_repeatable().then_some(worst)
    }

    /// The same request with the idempotency key that was sent, for an answer that is read as it
    /// arrives and may have to be asked for once more.
    fn kept(mut self: Box<Self>, sent: &HeaderMap) -> Box<Self> {
        if let Some((name, _)) = &self.idempotency_key
            && let Some(key) = sent.get(name)
        {
            self.headers.insert(name.clone(), key.clone());
        }
        self
    }

    /// Adds the API keys that the request wants, and says whether it wants the client's credential
    /// as well.
    fn sign(
        &mut self,
        authenticator: &Authenticator,
        url: &mut Url,
        headers: &mut HeaderMap,
    ) -> Result<bool, Error> {
        let api = self.client.inner.api;
        let keys = Keys::new(api, self.options.keys.clone())?;
        let own = headers.contains_key(AUTHORIZATION);
        let has_authorization = own || authenticator.is_given();
        let wants = match self.credential {
            // Without API keys, the one credential is that of the header.
            _ if api.keys.is_empty() => true,
            Credential::Unwanted => false,
            Credential::Needed | Credential::Optional => {
                let alternatives = self.security.unwrap_or(api.security);
                match self.client.inner.keys.choose(&keys, api, alternatives, has_authorization) {
                    Some(choice) => {
                        choice.apply(url, headers)?;
                        self.secrets = choice.secrets();
                        choice.authorization
                    }
                    None if matches!(self.credential, Credential::Optional) => {
                        alternatives.is_empty()
                    }
                    None if authenticator.is_anonymous() => false,
                    None => return Err(Authenticator::missing(self.operation)),
                }
            }
        };
        Ok(!own
            && wants
            && match self.credential {
                Credential::Needed => true,
                Credential::Optional => authenticator.is_given(),
                Credential::Unwanted => false,
            })
    }

    /// The answer with what it says, where it is not a success.
    fn described(&self, mut answer: Box<Answer>, sent: Option<&HeaderValue>) -> Box<Answer> {
        if !answer.status.is_success() {
            let mut secrets = vec![sent.map_or("", credential)];
            secrets.extend(self.secrets.iter().map(ExposeSecret::expose_secret));
            answer.describe_error(&self.errors, &secrets);
        }
        answer
    }
}

/// Whether a header is `Idempotency-Key`, also behind a prefix such as `X-`.
fn is_idempotency_key(name: &HeaderName) -> bool {
    let before = name.as_str().strip_suffix("idempotency-key");
    before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
}
