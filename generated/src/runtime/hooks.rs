// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Hooks: what a user has done around every attempt of a call.

use std::fmt;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, HeaderName, Request, Response};
use url::Url;

use super::error::{BoxError, Place, TransportErrorKind, TransportFailure};
use super::exchange::{self, BoxedCow, Outgoing, Payload};
use super::header_lines::{FRAMING, HeaderLines};
use super::response::{Answer, Completeness};
use super::time::Instant;
use super::{ClientBuilder, Error, TransportBody, transport};

/// What is done around every attempt of a client's calls; [`ClientBuilder::hook`] registers it.
///
/// Hooks are called in the order in which they were registered, and for each attempt: first all
/// [`before_attempt`](Self::before_attempt), then all of exactly one of
/// [`after_response`](Self::after_response) and [`on_error`](Self::on_error). A redirect that is
/// followed is part of its attempt; a request that is sent again with a fresh token is another one.
/// Token requests, which hold secrets, have no hooks.
///
/// They run on the task of the call and hold it up: what takes long, or waits, belongs into a
/// [`Transport`](super::Transport) around [`ReqwestTransport`](super::ReqwestTransport). A call that is
/// dropped in the middle of an attempt, or whose time runs out before it, tells them nothing more of it.
///
/// ```text
/// #[derive(Debug)]
/// struct Traced;
///
/// impl Hook for Traced {
///     fn before_attempt(
///         &self,
///         attempt: &Attempt<'_>,
///         request: &mut http::Request<TransportBody>,
///     ) -> Result<(), BoxError> {
///         let id = HeaderValue::from(attempt.number());
///         request.headers_mut().insert("x-attempt", id);
///         Ok(())
///     }
///
///     fn after_response(&self, attempt: &Attempt<'_>, response: &http::Response<()>) {
///         println!("{} {} {:?}", attempt.place().operation(), response.status(), attempt.elapsed());
///     }
/// }
///
/// let client = Client::builder().hook(Traced)…
/// ```
pub trait Hook: fmt::Debug + Send + Sync {
    /// Called before an attempt, once the request is signed in. What it changes is sent in this
    /// attempt only: the next one begins with the request as the call has it.
    ///
    /// It may change headers, body, path and query. Scheme, host, port and method stay, and `Host`,
    /// `Content-Length` and `Transfer-Encoding` are made by the client: a hook that changes them makes
    /// the call fail. The query, the body and headers that are marked as sensitive can hold secrets.
    ///
    /// # Errors
    /// An error ends the call without another attempt: it is an [`Error::Transport`] of kind
    /// [`Hook`](TransportErrorKind::Hook), with this error as its source. The hooks after this one are
    /// not asked.
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut Request<TransportBody>,
    ) -> Result<(), BoxError> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called when there is an answer, whatever its status is: once its body has been read, or, where
    /// that is left open for the caller, before.
    fn after_response(&self, attempt: &Attempt<'_>, response: &Response<()>) {
        let _ = (attempt, response);
    }

    /// Called when the attempt brought no answer: there was no connection, it broke, also in the
    /// middle of a successful answer, a time limit passed, or a hook refused the request.
    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        let _ = (attempt, error);
    }
}

/// An attempt of a call, for a [`Hook`].
#[derive(Debug)]
pub struct Attempt<'a> {
    place: &'a Place,
    start: Instant,
}

impl Attempt<'_> {
    /// The operation, the method and the path template of the call, and its address without query.
    pub fn place(&self) -> &Place {
        self.place
    }

    /// Which attempt of its call this is; the first one is 1.
    pub fn number(&self) -> u32 {
        self.place.attempts()
    }

    /// How long ago the attempt began.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }
}

/// The hooks of a client, in their order.
#[derive(Debug, Default)]
pub(super) struct Hooks(Vec<Box<dyn Hook>>);

impl Hooks {
    /// An attempt that begins; `None` where there is nobody to be told of it.
    pub(super) fn begin<'a>(&self, place: &'a Place) -> Option<Attempt<'a>> {
        (!self.0.is_empty()).then(|| Attempt { place, start: Instant::now() })
    }

    /// Lets each hook change what is sent.
    #[cold]
    pub(super) fn before(
        &self,
        attempt: &Attempt<'_>,
        outgoing: &mut Outgoing<'_>,
    ) -> Result<(), Error> {
        let method = attempt.place.verb().method();
        let uri = transport::uri(&outgoing.url)?;
        let mut request = Request::new(outgoing.payload.body().unwrap_or_default());
        *request.method_mut() = method.clone();
        *request.uri_mut() = uri.clone();
        outgoing.headers.add_to(request.headers_mut())?;
        let asked = self.0.iter().try_for_each(|hook| hook.before_attempt(attempt, &mut request));
        let (mut parts, body) = request.into_parts();
        let refused = |source: BoxError| {
            let failure = TransportFailure::new(TransportErrorKind::Hook, source);
            Error::transport(attempt.place, failure)
        };
        asked.map_err(refused)?;
        if parts.method != method {
            return Err(refused("it changed the method".into()));
        }
        if parts.uri != uri {
            let changed = Url::parse(&parts.uri.to_string()).ok();
            // A user name would become a second credential.
            let is_allowed = |url: &Url| {
                transport::is_same_origin(url, &outgoing.url) && !exchange::has_user(url)
            };
            let changed = changed.filter(is_allowed);
            let changed = changed.ok_or_else(|| refused("it changed the server".into()))?;
            outgoing.url = BoxedCow::owned(changed);
        }
        outgoing.payload = match body.as_bytes() {
            Some(bytes) if bytes.is_empty() => Payload::None,
            Some(bytes) => Payload::Repeatable(bytes.clone()),
            None => Payload::Once(Some(body)),
        };
        // What the client says of a request without a body.
        if parts.headers.get(CONTENT_LENGTH).is_some_and(|value| value == "0")
            && !matches!(outgoing.payload, Payload::None)
        {
            parts.headers.remove(CONTENT_LENGTH);
        }
        if let Some(name) = framing(&parts.headers) {
            return Err(refused(format!("it set the header `{name}`").into()));
        }
        outgoing.headers = BoxedCow::owned(HeaderLines::from(parts.headers));
        Ok(())
    }

    /// Tells each hook what came of the attempt.
    #[cold]
    pub(super) fn after(&self, attempt: &Attempt<'_>, result: &mut Result<Box<Answer>, Error>) {
        match result {
            Ok(answer) => {
                if let Completeness::Broken(error) = &answer.completeness
                    && answer.status.is_success()
                {
                    return self.0.iter().for_each(|hook| hook.on_error(attempt, error));
                }
                let mut response = Response::new(());
                *response.status_mut() = answer.status;
                *response.headers_mut() = std::mem::take(&mut answer.headers);
                self.0.iter().for_each(|hook| hook.after_response(attempt, &response));
                answer.headers = std::mem::take(response.headers_mut());
            }
            Err(error) => self.0.iter().for_each(|hook| hook.on_error(attempt, error)),
        }
    }
}

/// A header that frames or routes the message, and is not the client's own.
fn framing(headers: &HeaderMap) -> Option<HeaderName> {
    let is_own = |name: &HeaderName| *name == CONTENT_LENGTH && headers[name] == "0";
    FRAMING.into_iter().find(|name| headers.contains_key(name) && !is_own(name))
}

impl ClientBuilder {
    /// Adds a hook, which is called around every attempt of the client's calls, after those that were
    /// added before.
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.hooks.0.push(Box::new(hook));
        self
    }
}
