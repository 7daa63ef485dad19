// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Sending a request: all that does not depend on its types, so that it is compiled once and not
//! per operation.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, TRANSFER_ENCODING,
    USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use url::Url;

use super::exchange::{KeepsOpen, Payload};
use super::request::media_type_header;
use super::response::{Answer, DecodeErrorBody, ErrorBody};
use super::{Client, Error, RequestOptions, Statuses, Verb, path};

/// Headers that frame a message or route it: they are the HTTP client's.
pub(super) const FRAMING: [HeaderName; 3] = [HOST, CONTENT_LENGTH, TRANSFER_ENCODING];

/// A request without its types.
pub(super) struct Prepared {
    pub(super) client: Client,
    /// The server of the operation, where it is not the client's.
    pub(super) server: Option<Box<Url>>,
    /// The whole address, where an answer of the server gave it.
    pub(super) address: Option<Box<Url>>,
    pub(super) verb: Verb,
    pub(super) template: &'static str,
    pub(super) operation: &'static str,
    /// The values of path parameters, percent-encoded.
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    /// The cookies of one header, percent-encoded.
    pub(super) cookies: String,
    pub(super) body: Payload,
    /// The media type of the body, where it is not JSON.
    pub(super) content_type: Option<HeaderValue>,
    /// The media types that the operation answers with.
    pub(super) accept: &'static str,
    pub(super) keeps_open: KeepsOpen,
    pub(super) errors: Vec<ErrorBody>,
    /// What the document says of sending the request twice.
    pub(super) idempotent: Option<bool>,
    /// The header of an idempotency key, and what makes one.
    pub(super) idempotency_key: Option<(HeaderName, MakeKey)>,
    pub(super) options: RequestOptions,
    pub(super) credential: Credential,
    /// What the operation wants, where it is not what most operations want.
    pub(super) security: Option<&'static [&'static [&'static str]]>,
    /// The keys that the request carries, which no message may repeat.
    pub(super) secrets: Vec<SecretString>,
    pub(super) failure: Option<Error>,
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
    pub(super) fn new(client: &Client, verb: Verb, template: &'static str) -> Self {
        Self {
            client: client.clone(),
            server: None,
            address: None,
            verb,
            template,
            operation: template,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Payload::None,
            content_type: None,
            accept: "application/json",
            keeps_open: |_, _| false,
            errors: Vec::new(),
            idempotent: None,
            idempotency_key: None,
            options: RequestOptions::new(),
            credential: Credential::Needed,
            security: None,
            secrets: Vec::new(),
            failure: None,
        }
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

    pub(super) fn options(&mut self, options: RequestOptions) {
        self.options = options;
    }

    /// The first error counts: those after it are often its consequence.
    pub(super) fn fail(&mut self, error: Error) {
        self.failure.get_or_insert(error);
    }

    pub(super) fn send(self: Box<Self>) -> Sending {
        Box::pin(self.call())
    }

    pub(super) fn url(&self) -> Result<Url, Error> {
        if let Some(address) = &self.address {
            return Ok((**address).clone());
        }
        let server = self.server.as_deref().unwrap_or(&self.client.inner.server);
        let mut path = server.path().trim_end_matches('/').to_owned();
        path::fill(&mut path, self.template, &self.path)?;
        let mut url = server.clone();
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
        Ok(url)
    }

    pub(super) fn headers(&self) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::with_capacity(8);
        headers.insert(USER_AGENT, self.client.inner.user_agent.clone());
        headers.insert(ACCEPT, media_type_header(self.accept)?);
        if !matches!(self.body, Payload::None) {
            let json = || HeaderValue::from_static("application/json");
            headers.insert(CONTENT_TYPE, self.content_type.clone().unwrap_or_else(json));
        } else if matches!(self.verb, Verb::Post | Verb::Put | Verb::Patch) {
            // RFC 9110, section 8.6; some servers answer 411 without it.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for source in [&self.headers, &self.options.headers] {
            for name in source.keys() {
                if FRAMING.contains(name) {
                    return Err(Error::build(format!(
                        "the header `{name}` cannot be set, it is made by the client"
                    )));
                }
                headers.remove(name);
                headers
                    .extend(source.get_all(name).iter().map(|value| (name.clone(), value.clone())));
            }
        }
        if let Some((name, make)) = &self.idempotency_key
            && !headers.contains_key(name)
        {
            headers.insert(name, make()?);
        }
        if !self.cookies.is_empty() {
            let cookies = HeaderValue::try_from(&self.cookies).map_err(|_| {
                Error::build("a cookie holds a character that a header cannot carry")
            })?;
            headers.append(COOKIE, cookies);
        }
        for name in [AUTHORIZATION, COOKIE] {
            if let Some(value) = headers.get_mut(name) {
                value.set_sensitive(true);
            }
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
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
