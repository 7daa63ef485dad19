// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Listings that come in pages: all pages, or all items, one after the other.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use url::Url;

use super::error::{Place, printable};
use super::exchange::{Payload, has_user};
use super::response::{Answer, Decode, Response};
use super::send::{Prepared, Sending};
use super::{DecodeErrorKind, Error, Map, Request, link, path};

/// How many pages are read unless [`Pages::limit`] says otherwise.
pub const DEFAULT_PAGE_LIMIT: usize = 10_000;

/// Pages of `T`, each asked for when it is wanted.
///
/// The stream ends behind the last page, and behind an error; [`token`](Self::token) then tells the
/// page that could not be read, and [`resume`](Self::resume) goes on there. Nothing is asked for
/// ahead. A page that names itself as the next one is an error, because reading would never end.
///
/// ```text
/// let mut pages = client.apps().list().pages();
/// while let Some(page) = pages.next().await? {
///     println!("{} apps", page.list.as_deref().unwrap_or_default().len());
/// }
/// ```
#[must_use = "nothing is asked for until `next` is called"]
pub struct Pages<T> {
    request: Box<Prepared>,
    decode: Decode<T>,
    turn: Turn<T>,
    /// What asks for the next page; none for the page that the request itself asks for.
    token: Option<String>,
    state: State,
    left: usize,
    limit: usize,
}

/// Items of `T`s, page by page.
///
/// The stream ends as [`Pages`] does.
///
/// ```text
/// let mut apps = client.apps().list().items();
/// while let Some(app) = apps.next().await? {
///     println!("{:?}", app.display_name);
/// }
/// ```
#[must_use = "nothing is asked for until `next` is called"]
pub struct Items<T, I> {
    pages: Pages<T>,
    take: fn(T) -> Vec<I>,
    ready: VecDeque<I>,
}

/// How the next page is asked for.
#[derive(Debug)]
pub enum Turn<T> {
    /// By a parameter of the query, with the token that a page gives.
    Query(&'static str, fn(&T) -> Option<&str>),
    /// By a member of the JSON body, with the token that a page gives.
    Body(&'static str, fn(&T) -> Option<&str>),
    /// By the number of the page in the query, which is this at first; a page without items is the
    /// last.
    Page(&'static str, u64, fn(&T) -> usize),
    /// By the number of items before it in the query; a page without items is the last.
    Offset(&'static str, fn(&T) -> usize),
    /// By the address that a page gives.
    Address(fn(&T) -> Option<&str>),
    /// By the address of relation `next` in the header `Link` (RFC 8288).
    Link,
}

enum State {
    Ready,
    Sending(Sending),
    Failed(Error),
    Ended,
}

impl<B, T> Request<B, T> {
    /// The pages of a listing, from the one that this request asks for.
    pub fn pages(self, turn: Turn<T>) -> Pages<T> {
        Pages {
            request: self.prepared,
            decode: self.decode,
            turn,
            token: None,
            state: State::Ready,
            left: DEFAULT_PAGE_LIMIT,
            limit: DEFAULT_PAGE_LIMIT,
        }
    }
}

impl<T> Pages<T> {
    /// The next page; `None` behind the last one.
    ///
    /// Dropping the future loses nothing: the next call waits for the same page.
    ///
    /// # Errors
    /// What `send` of the request returns, and [`Error::Decode`] where a page names itself as the next
    /// one and where there are more pages than [`limit`](Self::limit) allows. There is no page behind
    /// an error.
    pub async fn next(&mut self) -> Result<Option<Response<T>>, Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// What asks for the next page: a token, a number or an address, as the API has it. `None` before
    /// the first page and behind the last one.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Starts with the page that a [`token`](Self::token) asks for.
    pub fn resume(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self.state = State::Ready;
        self
    }

    /// How many pages are read at most, instead of [`DEFAULT_PAGE_LIMIT`]; an error takes the place of
    /// the first that is not.
    pub fn limit(mut self, pages: usize) -> Self {
        (self.left, self.limit) = (pages, pages);
        self
    }

    /// The items of all pages, which `take` takes out of each.
    pub fn items<I>(self, take: fn(T) -> Vec<I>) -> Items<T, I> {
        Items { pages: self, take, ready: VecDeque::new() }
    }

    /// Starts asking for a page.
    fn ask(&mut self) -> Result<Sending, Error> {
        if !self.request.body.is_repeatable() {
            return Err(Error::build("a body that is a stream cannot be sent for each page"));
        }
        let mut request = Box::new(self.request.again());
        if let Some(token) = &self.token {
            match &self.turn {
                Turn::Query(name, _) | Turn::Page(name, ..) | Turn::Offset(name, _) => {
                    request.replace_query(name, token);
                }
                Turn::Body(name, _) => request.replace_member(name, token)?,
                Turn::Link | Turn::Address(_) => {
                    request.extras_mut().address = Some(self.address(token)?);
                }
            }
        }
        Ok(request.send())
    }

    /// The address of a page, which must be one of this server: credentials go with the request.
    fn address(&self, text: &str) -> Result<Url, Error> {
        let mut base = self.request.base().clone();
        self.request.complete(&mut base)?;
        let url = base.join(text).map_err(|error| {
            Error::build_from("the address of the next page is not valid".to_owned(), error)
        })?;
        if url.origin() != base.origin() {
            let host = printable(url.host_str().unwrap_or_default(), &[]);
            return Err(Error::build(format!("the next page is on another server, `{host}`")));
        }
        if has_user(&url) {
            // It would become a second credential.
            return Err(Error::build(
                "the address of the next page holds a user name or a password",
            ));
        }
        Ok(url)
    }

    /// Reads a page and finds out which one is next.
    fn read(&mut self, answer: Box<Answer>) -> Result<Response<T>, Error> {
        let (place, status) = (answer.place.clone(), answer.status);
        let page = (self.decode)(answer)?;
        let token = self.following(&page);
        self.left = self.left.saturating_sub(1);
        self.state = match &token {
            None => State::Ended,
            // What was read counts, and the error comes in place of the next page.
            _ if token == self.token => {
                State::Failed(failure(place, status, DecodeErrorKind::SamePage))
            }
            _ if self.left == 0 => {
                let kind = DecodeErrorKind::TooManyPages { limit: self.limit };
                State::Failed(failure(place, status, kind))
            }
            _ => State::Ready,
        };
        self.token = token;
        Ok(page)
    }

    /// What asks for the page behind this one; none where it is the last.
    fn following(&self, page: &Response<T>) -> Option<String> {
        match &self.turn {
            Turn::Query(_, next) | Turn::Body(_, next) | Turn::Address(next) => {
                next(page).filter(|token| !token.is_empty()).map(str::to_owned)
            }
            Turn::Page(name, first, count) => {
                let now = self.number(name).unwrap_or(*first);
                (count(page) > 0).then(|| now.saturating_add(1).to_string())
            }
            Turn::Offset(name, count) => {
                let count = u64::try_from(count(page)).unwrap_or(u64::MAX);
                let now = self.number(name).unwrap_or_default();
                (count > 0).then(|| now.saturating_add(count).to_string())
            }
            Turn::Link => link::next(page.headers()),
        }
    }

    /// The number that asked for the page that was read.
    fn number(&self, name: &str) -> Option<u64> {
        let token = self.token.clone().or_else(|| self.request.query_value(name));
        token?.parse().ok()
    }
}

fn failure(place: Place, status: StatusCode, kind: DecodeErrorKind) -> Error {
    Error::decode(place, status, HeaderMap::new(), kind)
}

impl<T> Stream for Pages<T> {
    type Item = Result<Response<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = self.get_mut();
        if matches!(pages.state, State::Ready) {
            match pages.ask() {
                Ok(sending) => pages.state = State::Sending(sending),
                Err(error) => {
                    pages.state = State::Ended;
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
        if let State::Sending(sending) = &mut pages.state {
            let answer = ready!(sending.as_mut().poll(context));
            pages.state = State::Ended;
            return Poll::Ready(Some(answer.and_then(|answer| pages.read(answer))));
        }
        match std::mem::replace(&mut pages.state, State::Ended) {
            State::Failed(error) => Poll::Ready(Some(Err(error))),
            _ => Poll::Ready(None),
        }
    }
}

impl<T, I> Items<T, I> {
    /// The next item; `None` behind the last one.
    ///
    /// # Errors
    /// Those of [`Pages::next`].
    pub async fn next(&mut self) -> Result<Option<I>, Error>
    where
        I: Unpin,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// What asks for the page behind that of the last item; see [`Pages::token`].
    pub fn token(&self) -> Option<&str> {
        self.pages.token()
    }

    /// Starts with the page that a token asks for; see [`Pages::resume`].
    pub fn resume(mut self, token: impl Into<String>) -> Self {
        self.pages = self.pages.resume(token);
        self
    }

    /// How many pages are read at most; see [`Pages::limit`].
    pub fn limit(mut self, pages: usize) -> Self {
        self.pages = self.pages.limit(pages);
        self
    }
}

impl<T, I: Unpin> Stream for Items<T, I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = self.get_mut();
        loop {
            if let Some(item) = items.ready.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut items.pages).poll_next(context)) {
                Some(Ok(page)) => items.ready = (items.take)(page.into_inner()).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl Prepared {
    /// The same request once more; an error of building it is told by the first one.
    fn again(&mut self) -> Self {
        let mut extras = self.extras.clone();
        if let Some(extras) = &mut extras {
            (extras.address, extras.secrets) = (None, Vec::new());
        }
        Self {
            client: self.client.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.take(),
            errors: self.errors.clone(),
            failure: self.failure.take(),
            extras,
            ..*self
        }
    }

    /// The value of a query parameter, as it is written there.
    fn query_value(&self, name: &str) -> Option<String> {
        let values = self.query.split('&').filter_map(|pair| pair.split_once('='));
        let name = path::encoder(name).to_string();
        values.filter(|(key, _)| *key == name).map(|(_, value)| value.to_owned()).next_back()
    }

    fn replace_query(&mut self, name: &'static str, value: &str) {
        let own = path::encoder(name).to_string();
        let others = |pair: &&str| pair.split_once('=').map_or(*pair, |(key, _)| key) != own;
        self.query = self.query.split('&').filter(others).collect::<Vec<_>>().join("&");
        self.query(name, &value);
    }

    /// Sets a member of the JSON object that is the body.
    fn replace_member(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let mut body = match &self.body {
            Payload::None => Map::new(),
            Payload::Repeatable(bytes) => serde_json::from_slice(bytes).map_err(|error| {
                Error::build_from(format!("the body of {} is no object", self.operation), error)
            })?,
            // `ask` has refused it.
            Payload::Once(_) => return Ok(()),
        };
        body.insert(name.to_owned(), Value::from(value));
        self.json_body(serde_json::to_vec(&body));
        Ok(())
    }
}

/// Tokens and what is on the way are left out: they may hold what must not be logged.
impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("request", &self.request).finish_non_exhaustive()
    }
}

impl<T, I> fmt::Debug for Items<T, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
