// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Sending a request: all that does not depend on its types, so that it is compiled once and not
//! per operation.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, USER_AGENT};
use http::{HeaderName, HeaderValue};
use secrecy::SecretString;
use url::Url;

use super::exchange::{KeepsOpen, Payload};
use super::header_lines::HeaderLines;
use super::response::{Answer, DecodeErrorBody, ErrorBody};
use super::{Client, Error, RequestOptions, Statuses, Verb, path};

/// A request without its types.
pub(super) struct Prepared {
    pub(super) client: Client,
    pub(super) verb: Verb,
    pub(super) template: &'static str,
    pub(super) operation: &'static str,
    /// The values of path parameters, percent-encoded.
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: String,
    pub(super) headers: HeaderLines,
    pub(super) body: Payload,
    pub(super) keeps_open: KeepsOpen,
    pub(super) errors: Vec<ErrorBody>,
    /// What the document says of sending the request twice.
    pub(super) idempotent: Option<bool>,
    pub(super) credential: Credential,
    /// What the operation wants, where it is not what most operations want.
    pub(super) security: Option<&'static [&'static [&'static str]]>,
    pub(super) failure: Option<Error>,
    pub(super) extras: Option<Box<Extras>>,
}

/// What few requests have: apart, so that the others are made and dropped quickly.
#[derive(Clone)]
pub(super) struct Extras {
    /// The server of the operation, where it is not the client's.
    pub(super) server: Option<Url>,
    /// The whole address, where an answer of the server gave it.
    pub(super) address: Option<Url>,
    /// The cookies of one header, percent-encoded.
    pub(super) cookies: String,
    /// The media types that the operation answers with, where they are not JSON alone.
    pub(super) accept: Option<HeaderValue>,
    /// The media type of the body, where it is not JSON.
    pub(super) content_type: Option<HeaderValue>,
    /// The header of an idempotency key, and what makes one.
    pub(super) idempotency_key: Option<(HeaderName, MakeKey)>,
    pub(super) options: RequestOptions,
    /// The keys that the request carries, which no message may repeat.
    pub(super) secrets: Vec<SecretString>,
}

impl Extras {
    fn new() -> Self {
        Self {
            server: None,
            address: None,
            cookies: String::new(),
            accept: None,
            content_type: None,
            idempotency_key: None,
            options: RequestOptions::new(),
            secrets: Vec::new(),
        }
    }

    /// Puts the caller's headers in the place of others of their names, and adds an idempotency key and
    /// cookies.
    // Out of the way of calls that have none.
    #[inline(never)]
    fn add_to(&self, headers: &mut HeaderLines) -> Result<(), Error> {
        headers.override_with(&self.options.headers)?;
        if let Some((name, make)) = &self.idempotency_key
            && !headers.contains(name)
        {
            headers.append(name.clone(), make()?);
        }
        if !self.cookies.is_empty() {
            let mut cookies = HeaderValue::try_from(&self.cookies).map_err(|_| {
                Error::build("a cookie holds a character that a header cannot carry")
            })?;
            cookies.set_sensitive(true);
            headers.append(COOKIE, cookies);
        }
        Ok(())
    }

    /// Whether the request has an idempotency key, or will have one.
    #[inline(never)]
    pub(super) fn has_idempotency_key(&self) -> bool {
        let own = self.idempotency_key.as_ref().map(|(name, _)| name);
        self.options.headers.names().chain(own).any(is_idempotency_key)
    }
}

/// Whether a header is `Idempotency-Key`, also behind a prefix such as `X-`.
pub(super) fn is_idempotency_key(name: &HeaderName) -> bool {
    let before = name.as_str().strip_suffix("idempotency-key");
    before.is_some_and(|before| before.is_empty() || before.ends_with('-'))
}

/// Makes an idempotency key for a call that has none.
type MakeKey = fn() -> Result<HeaderValue, Error>;

/// Whether the operation wants a credential.
#[derive(Clone, Copy)]
pub(super) enum Credential {
    Needed,
    Optional,
    Unwanted,
}

/// A future that is boxed, so that the future of an operation is small and quickly compiled.
pub(super) type Sending = Pin<Box<dyn Future<Output = Result<Box<Answer>, Error>> + Send>>;

impl Prepared {
    /// In a box at once, because it is made for every call and large to move.
    pub(super) fn new(client: &Client, verb: Verb, template: &'static str) -> Box<Self> {
        let place = Box::new_uninit();
        let request = Self {
            client: client.clone(),
            verb,
            template,
            operation: template,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderLines::new(),
            body: Payload::None,
            keeps_open: |_, _| false,
            errors: Vec::new(),
            idempotent: None,
            credential: Credential::Needed,
            security: None,
            failure: None,
            extras: None,
        };
        Box::write(place, request)
    }

    /// What few requests have. Most calls look no further than whether there is any.
    pub(super) fn extras(&self) -> Option<&Extras> {
        self.extras.as_deref()
    }

    pub(super) fn extras_mut(&mut self) -> &mut Extras {
        self.extras.get_or_insert_with(|| Box::new(Extras::new()))
    }

    pub(super) fn operation(&mut self, id: &'static str) {
        self.operation = id;
    }

    pub(super) fn json_body(&mut self, body: Result<Vec<u8>, serde_json::Error>) {
        match body {
            Ok(bytes) => self.body = Payload::Repeatable(bytes.into()),
            Err(error) => self.unwritable_body(error),
        }
    }

    pub(super) fn unwritable_body(&mut self, error: serde_json::Error) {
        self.fail(Error::build_from(
            format!("the body of {} cannot be written", self.operation),
            error,
        ));
    }

    pub(super) fn error(&mut self, statuses: Statuses, decode: DecodeErrorBody) {
        self.errors.push((statuses, decode));
    }

    pub(super) fn anonymous(&mut self) {
        self.credential = Credential::Unwanted;
    }

    pub(super) fn optional_credential(&mut self) {
        self.credential = Credential::Optional;
    }

    pub(super) fn security(&mut self, alternatives: &'static [&'static [&'static str]]) {
        self.security = Some(alternatives);
    }

    /// The settings of this request; `None` where it has only the usual ones.
    pub(super) fn options(&self) -> Option<&RequestOptions> {
        self.extras().map(|extras| &extras.options)
    }

    /// The first error counts: those after it are often its consequence.
    pub(super) fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
    }

    pub(super) fn send(self: Box<Self>) -> Sending {
        // In this order, so that the future is made where it will be.
        let place = Box::new_uninit();
        let call = Box::write(place, self.call());
        Box::into_pin(call)
    }

    /// What the address begins as, which [`complete`](Self::complete) makes that of the request. In two
    /// steps, so that it is made where it stays.
    pub(super) fn base(&self) -> &Url {
        let own =
            self.extras().and_then(|extras| extras.address.as_ref().or(extras.server.as_ref()));
        own.unwrap_or(&self.client.inner.server)
    }

    /// Adds path and query to a server's address; a whole address stays as it is.
    ///
    /// # Errors
    /// A path that cannot be made, or would not be sent as it is.
    pub(super) fn complete(&self, url: &mut Url) -> Result<(), Error> {
        if self.extras().is_some_and(|extras| extras.address.is_some()) {
            return Ok(());
        }
        // `trim_end_matches` decodes characters, which is more code to go over.
        let mut base = url.path();
        while let Some(shorter) = base.strip_suffix('/') {
            base = shorter;
        }
        let mut path = base.to_owned();
        path::fill(&mut path, self.template, &self.path)?;
        url.set_path(&path);
        // A parser that rewrites the path would send the request elsewhere than what was checked.
        if url.path() != path {
            return Err(Error::build(format!(
                "the path of {} would not be sent as it is",
                self.operation
            )));
        }
        if !self.query.is_empty() {
            url.set_query(Some(&self.query));
        }
        Ok(())
    }

    /// Whether the caller or the operation has set a header.
    pub(super) fn sets(&self, name: &HeaderName) -> bool {
        self.headers.contains(name)
            || self.options().is_some_and(|options| options.headers.contains(name))
    }

    pub(super) fn headers(&self) -> Result<HeaderLines, Error> {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        let extras = self.extras();
        let mut headers = HeaderLines::with_capacity(6);
        headers.append(USER_AGENT, self.client.inner.user_agent.clone());
        // A line for each case, because a value that is one or the other is moved once more.
        match extras.and_then(|extras| extras.accept.as_ref()) {
            None => headers.append(ACCEPT, JSON),
            Some(accept) => headers.append(ACCEPT, accept.clone()),
        }
        if !matches!(self.body, Payload::None) {
            let own = extras.and_then(|extras| extras.content_type.clone());
            headers.append(CONTENT_TYPE, own.unwrap_or(JSON));
        } else if matches!(self.verb, Verb::Post | Verb::Put | Verb::Patch) {
            // RFC 9110, section 8.6; some servers answer 411 without it.
            headers.append(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        if !self.headers.is_empty() {
            headers.override_with(&self.headers)?;
        }
        if let Some(extras) = extras {
            extras.add_to(&mut headers)?;
        }
        Ok(headers)
    }
}

/// Parameters and the body are left out, because they may hold what must not be logged.
impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("verb", &self.verb)
            .field("path", &self.template)
            .field("options", self.options().unwrap_or(&RequestOptions::new()))
            .finish_non_exhaustive()
    }
}
