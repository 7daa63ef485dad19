// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Where tokens come from: a token endpoint, or a function of the caller.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use secrecy::ExposeSecret;
use url::Url;

use super::access_token::Function;
use super::cache::TokenCache;
use super::clock::Correction;
use super::form::{Form, Grant};
use super::token::{Token, credential, unreachable};
use crate::runtime::error::Place;
use crate::runtime::exchange::{self, BoxedCow, Outgoing, Payload};
use crate::runtime::header_lines::HeaderLines;
use crate::runtime::retry::{Fault, Limit, Retries};
use crate::runtime::server::{self, UrlKind};
use crate::runtime::time::{Instant, sleep};
use crate::runtime::transport::AnyTransport;
use crate::runtime::{
    AuthError, DEFAULT_HEADER_LIMIT, DEFAULT_REDIRECT_LIMIT, Error, RetryBudget, RetryPolicy, Verb,
};

/// How many bytes the answer of a token endpoint may have.
const ANSWER_LIMIT: usize = 256 * 1024;

/// What gives tokens, before it is known for which server.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    Grant(Arc<Grant>),
    Function(Function),
}

/// An origin with its tokens, for all clones of a `Credentials`.
pub(super) struct Shared {
    origin: Origin,
    /// By token endpoint: what one of them gave is not for the servers of another.
    caches: Mutex<Vec<(Option<Url>, Arc<TokenCache>)>>,
}

/// What gives tokens for one server.
pub(super) enum TokenSource {
    Endpoint { grant: Arc<Grant>, url: Url, budget: RetryBudget },
    Function(Function),
}

/// How the token requests of a client are sent.
#[derive(Clone, Copy)]
pub(in crate::runtime) struct Sending<'a> {
    pub(in crate::runtime) transport: &'a AnyTransport,
    pub(in crate::runtime) retry: &'a RetryPolicy,
    pub(in crate::runtime) attempt_timeout: Option<Duration>,
}

impl Shared {
    pub(super) fn new(origin: Origin) -> Arc<Self> {
        Arc::new(Self { origin, caches: Mutex::default() })
    }

    /// The tokens for a server, whose document has a token URL or not.
    pub(super) fn cache(
        &self,
        documented: Option<&str>,
        server: &Url,
    ) -> Result<Arc<TokenCache>, Error> {
        let (url, source) = match &self.origin {
            Origin::Grant(grant) => {
                let (grant, budget) = (Arc::clone(grant), RetryBudget::default());
                let url = token_url(&grant, documented, server)?;
                (Some(url.clone()), TokenSource::Endpoint { grant, url, budget })
            }
            Origin::Function(function) => (None, TokenSource::Function(function.clone())),
        };
        let mut caches = self.caches.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, cache)) = caches.iter().find(|(known, _)| *known == url) {
            return Ok(Arc::clone(cache));
        }
        let cache = Arc::new(TokenCache::new(source));
        caches.push((url, Arc::clone(&cache)));
        Ok(cache)
    }
}

fn token_url(grant: &Grant, documented: Option<&str>, server: &Url) -> Result<Url, Error> {
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
    Ok(token_url)
}

impl TokenSource {
    /// Another token.
    pub(super) async fn fetch(&self, sending: Sending<'_>) -> Result<Token, AuthError> {
        match self {
            // Boxed, because it is large, and most calls do not come here.
            Self::Endpoint { grant, url, budget } => {
                Box::pin(request(grant, url, budget, sending)).await
            }
            Self::Function(function) => function.fetch().await,
        }
    }
}

/// Asks a token endpoint. Each attempt has a form of its own: a server takes an assertion once.
async fn request(
    grant: &Grant,
    token_url: &Url,
    budget: &RetryBudget,
    sending: Sending<'_>,
) -> Result<Token, AuthError> {
    let Sending { transport, retry, attempt_timeout } = sending;
    // The time is that of the caller, who gives the fetch up.
    let limit = Limit::start(Duration::MAX);
    let mut retries = Retries::new(retry, budget, Some(Fault::said(true)), limit);
    let mut place = Place::new("token request", "", Verb::Post, token_url);
    let mut clock = Correction::new(grant);
    loop {
        let requested = Instant::now();
        let Form { body, authorization, secret } = grant.form(token_url).await?;
        let mut headers = HeaderLines::with_capacity(3);
        headers.append(ACCEPT, HeaderValue::from_static("application/json"));
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if let Some(value) = &authorization {
            headers.append(AUTHORIZATION, value.clone());
        }
        place.begin_attempt();
        let mut outgoing = Outgoing {
            transport,
            place: &place,
            url: BoxedCow::Borrowed(token_url),
            headers: BoxedCow::Borrowed(&headers),
            // The bytes wipe themselves when the HTTP stack lets go of them.
            payload: Payload::once(Bytes::from_owner(body)),
            time: limit.attempt(attempt_timeout),
            limit: ANSWER_LIMIT,
            header_limit: DEFAULT_HEADER_LIMIT,
            redirect_limit: DEFAULT_REDIRECT_LIMIT,
            keeps_open: |_, _| false,
        };
        let result = exchange::exchange(&mut outgoing).await;
        if let Some(wait) = retries.wait(&result) {
            sleep(wait).await;
            continue;
        }
        clock.look(&result);
        let header = authorization.as_ref().map_or("", credential);
        let secrets = [secret.expose_secret(), header];
        let token =
            result.map_err(unreachable).and_then(|answer| Token::read(answer, &secrets, requested));
        let Some(token) = clock.end(token) else { continue };
        return token.map_err(|error| error.after(place.attempts()));
    }
}

/// The origin, whose secrets do not show.
impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint { grant, .. } => grant.fmt(f),
            Self::Function(function) => function.fmt(f),
        }
    }
}

/// The origin, whose secrets do not show.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.origin.fmt(f)
    }
}
