// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The headers of a request until it is sent.

use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HOST, TRANSFER_ENCODING};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Error;

/// Headers that frame a message or route it: they are the HTTP client's.
pub(super) const FRAMING: [HeaderName; 3] = [HOST, CONTENT_LENGTH, TRANSFER_ENCODING];

/// Header lines in a list: a request has few, and each attempt makes its map of them.
#[derive(Clone, Default)]
pub(super) struct HeaderLines(Vec<(HeaderName, HeaderValue)>);

impl HeaderLines {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(super) fn with_capacity(lines: usize) -> Self {
        Self(Vec::with_capacity(lines))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first value of a header.
    pub(super) fn get(&self, name: &HeaderName) -> Option<&HeaderValue> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    pub(super) fn contains(&self, name: &HeaderName) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &HeaderName> {
        self.0.iter().map(|(name, _)| name)
    }

    /// One more line.
    pub(super) fn append(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.push((name, value));
    }

    /// The one value of a header, instead of those that it has.
    pub(super) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.remove(&name);
        self.append(name, value);
    }

    pub(super) fn remove(&mut self, name: &HeaderName) {
        self.0.retain(|(own, _)| own != name);
    }

    /// The headers of others, each instead of what it has here.
    ///
    /// # Errors
    /// A header among them that frames a message or routes it: those are the HTTP client's.
    // Out of the way of requests that set none.
    #[inline(never)]
    pub(super) fn override_with(&mut self, others: &Self) -> Result<(), Error> {
        if let Some(name) = others.names().find(|name| FRAMING.contains(name)) {
            return Err(Error::build(format!(
                "the header `{name}` cannot be set, it is made by the client"
            )));
        }
        self.0.retain(|(name, _)| !others.contains(name));
        for (name, value) in &others.0 {
            let (name, mut value) = (name.clone(), value.clone());
            // The HTTP stack neither prints nor indexes what is sensitive.
            if matches!(name, AUTHORIZATION | COOKIE) {
                value.set_sensitive(true);
            }
            self.append(name, value);
        }
        Ok(())
    }

    /// Adds the lines to the map that an HTTP library takes.
    ///
    /// # Errors
    /// More than 10,000 lines. A map has room for 24,576 names, and libraries, which add some of their own,
    /// panic where there is none for these.
    pub(super) fn add_to(&self, map: &mut HeaderMap) -> Result<(), Error> {
        const TOO_MANY: &str = "the request has too many headers";
        if self.0.len() > 10_000 {
            return Err(Error::build(TOO_MANY));
        }
        for (name, value) in &self.0 {
            map.try_append(name.clone(), value.clone())
                .map_err(|error| Error::build_from(TOO_MANY, error))?;
        }
        Ok(())
    }
}

impl From<HeaderMap> for HeaderLines {
    fn from(map: HeaderMap) -> Self {
        let mut last = None;
        let lines = map.into_iter().filter_map(|(name, value)| {
            // A value without a name has that of the one before it.
            last = name.or(last.take());
            last.clone().map(|name| (name, value))
        });
        Self(lines.collect())
    }
}
