// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! One call: its credential, and attempts until one of them has the answer.
//!
//! Nothing of the client is changed before an await and put right after it, so that the call can be
//! dropped at any time.

use std::pin::pin;

use http::header::AUTHORIZATION;
use http::{HeaderValue, StatusCode};
use secrecy::ExposeSecret;
use url::Url;

use super::auth::{Authenticator, Keys, Sending, credential};
use super::client::Inner;
use super::error::Place;
use super::exchange::{self, BoxedCow, Outgoing};
use super::header_lines::HeaderLines;
use super::response::Answer;
use super::retry::{Fault, Limit, Retries};
use super::send::{Credential, Extras, Prepared, is_idempotency_key};
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
        let mut url = self.base().clone();
        self.complete(&mut url)?;
        let mut headers = self.headers()?;
        let client = self.client.clone();
        let own = self.own_authenticator()?;
        let authenticator = own.as_deref().unwrap_or(&client.inner.authenticator);
        let timeout = self.options().and_then(|options| options.timeout);
        let limit = Limit::start(timeout.unwrap_or(client.inner.timeout));
        let repeated_after = self.repeated_after();
        let is_repeatable = repeated_after.is_some();
        let mut place = Place::new(self.operation, self.template, self.verb, &url);
        let signs_in = self.sign(authenticator, &mut url, &mut headers)?;
        let own_policy = self.extras.as_ref().and_then(|extras| extras.options.retry.as_ref());
        let policy = own_policy.unwrap_or(&client.inner.retry);
        let mut retries = Retries::new(policy, &client.inner.budget, repeated_after, limit);
        let (mut late_left, mut refused_left) = (LATE_TOKENS, 1);
        loop {
            let mut token = None;
            if signs_in {
                let authorization = if let Some(authorization) = authenticator.at_hand() {
                    Some(authorization)
                } else {
                    let sending = Sending {
                        transport: &client.inner.transport,
                        retry: &client.inner.retry,
                        attempt_timeout: client.inner.attempt_timeout,
                    };
                    let mut authorize = authenticator.authorize(self.operation, sending);
                    limit.run(&place, authorize.as_mut()).await??
                };
                if let Some(authorization) = authorization {
                    let value;
                    (value, token) = authorization.into_parts();
                    if place.attempts() > 0 {
                        // That of the attempt before.
                        headers.remove(&AUTHORIZATION);
                    }
                    headers.append(AUTHORIZATION, value);
                }
            }
            let own_timeout = self.options().and_then(|options| options.attempt_timeout);
            let attempt_timeout = own_timeout.or(client.inner.attempt_timeout);
            place.begin_attempt();
            let attempt = client.inner.hooks.begin(&place);
            let mut outgoing = Outgoing {
                transport: &client.inner.transport,
                place: &place,
                url: BoxedCow::Borrowed(&url),
                headers: BoxedCow::Borrowed(&headers),
                payload: self.body.take(),
                time: limit.attempt(attempt_timeout),
                limit: client.inner.response_limit,
                header_limit: client.inner.header_limit,
                redirect_limit: client.inner.redirect_limit,
                keeps_open: self.keeps_open,
            };
            let is_let_through = match &attempt {
                Some(attempt) => client.inner.hooks.before(attempt, &mut outgoing),
                None => Ok(()),
            };
            let mut result = match is_let_through {
                // What holds a future holds it twice once it awaits it, so that a large one stays where
                // it is.
                Ok(()) => pin!(exchange::exchange(&mut outgoing)).await,
                Err(error) => Err(error),
            };
            if let Some(attempt) = &attempt {
                client.inner.hooks.after(attempt, &mut result);
            }
            let status = result.as_ref().ok().map(|answer| answer.status);
            let is_refused = status == Some(StatusCode::UNAUTHORIZED);
            if status.is_some() && !is_refused {
                authenticator.accept();
            }
            if let Some(refused) = token.filter(|_| is_refused) {
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
            let mut answer = result?;
            if !answer.status.is_success() {
                // What a hook put there is as secret.
                self.describe(&mut answer, outgoing.headers.get(&AUTHORIZATION));
            }
            if let Some((_, request)) = &mut answer.open {
                *request = Some(self.kept(&headers));
            }
            return Ok(answer);
        }
    }

    /// The worst after which the request may be sent again; `None` where it cannot be.
    pub(super) fn repeated_after(&self) -> Option<Fault> {
        let has_key = || {
            let has_key = self.headers.names().any(is_idempotency_key)
                || self.extras().is_some_and(Extras::has_idempotency_key);
            has_key.then_some(true)
        };
        let own = self.options().and_then(|options| options.idempotent);
        let said = own.or(self.idempotent).or_else(has_key);
        let worst = said.map_or_else(|| Fault::allowed(self.verb), Fault::said);
        self.body.is_repeatable().then_some(worst)
    }

    /// The same request with the idempotency key that was sent, for an answer that is read as it
    /// arrives and may have to be asked for once more.
    // Out of the way of answers that are read at once.
    #[inline(never)]
    fn kept(mut self: Box<Self>, sent: &HeaderLines) -> Box<Self> {
        let name = self.extras().and_then(|extras| extras.idempotency_key.as_ref());
        if let Some(name) = name.map(|(name, _)| name.clone())
            && let Some(key) = sent.get(&name)
        {
            self.headers.set(name, key.clone());
        }
        self
    }

    /// What signs this request in, where that is not what signs in all of the client's.
    fn own_authenticator(&self) -> Result<Option<Box<Authenticator>>, Error> {
        let Inner { api, server, .. } = &*self.client.inner;
        let own = self.options().and_then(|options| options.credentials.as_ref());
        let own = own.map(|own| Authenticator::of_request(own, api.token_url, server));
        own.map(|own| own.map(Box::new)).transpose()
    }

    /// Adds the API keys that the request wants, and says whether it wants the client's credential
    /// as well.
    fn sign(
        &mut self,
        authenticator: &Authenticator,
        url: &mut Url,
        headers: &mut HeaderLines,
    ) -> Result<bool, Error> {
        let own = self.sets(&AUTHORIZATION);
        let has_authorization = own || authenticator.is_given();
        let has_keys = !self.client.inner.api.keys.is_empty()
            || self.options().is_some_and(|options| !options.keys.is_empty());
        // Without API keys, the one credential is that of the header.
        let wants =
            !has_keys || self.sign_with_keys(authenticator, has_authorization, url, headers)?;
        Ok(!own
            && wants
            && match self.credential {
                Credential::Needed => true,
                Credential::Optional => authenticator.is_given(),
                Credential::Unwanted => false,
            })
    }

    /// Adds the API keys, and says whether the request wants the credential of the header besides.
    // Out of the way of calls without keys, with all that it needs on the stack.
    #[inline(never)]
    fn sign_with_keys(
        &mut self,
        authenticator: &Authenticator,
        has_authorization: bool,
        url: &mut Url,
        headers: &mut HeaderLines,
    ) -> Result<bool, Error> {
        let api = self.client.inner.api;
        let own = self.options().map(|options| options.keys.clone());
        let keys = Keys::new(api, own.unwrap_or_default())?;
        if matches!(self.credential, Credential::Unwanted) {
            return Ok(false);
        }
        let alternatives = self.security.unwrap_or(api.security);
        match self.client.inner.keys.choose(&keys, api, alternatives, has_authorization) {
            Some(choice) => {
                choice.apply(url, headers)?;
                if choice.authorization && !self.sets(&AUTHORIZATION) {
                    // The credential of each attempt comes there, also where a key is.
                    headers.remove(&AUTHORIZATION);
                }
                let (secrets, wants) = (choice.secrets(), choice.authorization);
                self.extras_mut().secrets = secrets;
                Ok(wants)
            }
            None if matches!(self.credential, Credential::Optional) => Ok(alternatives.is_empty()),
            None if authenticator.is_anonymous() => Ok(false),
            None => Err(Authenticator::missing(self.operation)),
        }
    }

    /// Reads what an answer says that is not a success.
    #[cold]
    fn describe(&self, answer: &mut Answer, sent: Option<&HeaderValue>) {
        let mut secrets = vec![sent.map_or("", credential)];
        let keys = self.extras().into_iter().flat_map(|extras| &extras.secrets);
        secrets.extend(keys.map(ExposeSecret::expose_secret));
        answer.describe_error(&self.errors, &secrets);
    }
}
