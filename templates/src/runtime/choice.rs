// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers that can be one of several things, by status and media type.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::response::{Answer, Response, is_json};
use super::{DecodeErrorKind, Error, Request, Statuses};

/// The answers of an operation that documents several: an enum with a variant for each case.
pub trait Choice: Sized {
    /// The documented cases.
    const CASES: &'static [Case];

    /// Reads the answer of a case, by its index.
    ///
    /// # Errors
    /// [`Error::Decode`] where the body is not what is documented.
    fn read(case: usize, answer: Chosen) -> Result<Self, Error>;
}

/// A documented answer.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    statuses: Statuses,
    media_type: Option<&'static str>,
    opened: bool,
}

/// The answer of a case, which knows how to be read.
pub struct Chosen(pub(super) Box<Answer>);

impl Case {
    /// An answer without a body.
    pub const fn empty(statuses: Statuses) -> Self {
        Self { statuses, media_type: None, opened: false }
    }

    /// An answer of a media type, which is read whole.
    pub const fn whole(statuses: Statuses, media_type: &'static str) -> Self {
        Self { statuses, media_type: Some(media_type), opened: false }
    }

    /// An answer of a media type, which is read as it arrives.
    pub const fn stream(statuses: Statuses, media_type: &'static str) -> Self {
        Self { statuses, media_type: Some(media_type), opened: true }
    }

    /// How well this is the case of an answer: 0 is not at all. The status says more than the media
    /// type, which many servers get wrong.
    fn fit(&self, status: StatusCode, headers: &HeaderMap) -> u8 {
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = match (self.media_type, content_type) {
            (Some(documented), Some(given)) if essence(documented) == essence(given) => 3,
            (Some(documented), Some(given)) if is_json(documented) && is_json(given) => 2,
            (Some(documented), Some(given))
                if is_in_range(&essence(documented), &essence(given)) =>
            {
                1
            }
            (None, None) => 3,
            _ => 0,
        };
        match self.statuses.fit(status.as_u16()) {
            0 => u8::from(media > 1 && self.media_type.is_some()),
            fit => 4 * fit + media,
        }
    }
}

impl Chosen {
    /// The body as a JSON value.
    ///
    /// # Errors
    /// [`Error::Decode`] where it is not one of this type.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Error> {
        super::response::json(self.0).map(Response::into_inner)
    }

    /// The body as text.
    ///
    /// # Errors
    /// [`Error::Decode`] where it was not read whole.
    pub fn text(self) -> Result<String, Error> {
        super::text::read(self.0).map(Response::into_inner)
    }

    /// The error of an answer that is none of the cases.
    ///
    /// # Errors
    /// Always.
    pub fn unexpected<T>(self) -> Result<T, Error> {
        let Answer { place, status, headers, .. } = *self.0;
        Err(Error::decode(place, status, headers, DecodeErrorKind::Undocumented))
    }
}

impl<B> Request<B, ()> {
    /// The answer is one of several things.
    pub fn reads_choice<T: Choice>(self) -> Request<B, T> {
        let mut request = self.reading(read::<T>);
        request.prepared.keeps_open =
            |status, headers| find(T::CASES, status, headers).is_some_and(|(_, case)| case.opened);
        request
    }
}

fn read<T: Choice>(answer: Box<Answer>) -> Result<Response<T>, Error> {
    let answer = answer.success()?;
    let (status, headers) = (answer.status, answer.headers.clone());
    let case = find(T::CASES, status, &headers).map_or(usize::MAX, |(case, _)| case);
    let value = T::read(case, Chosen(answer))?;
    Ok(Response::new(status, headers, value))
}

fn find(cases: &[Case], status: StatusCode, headers: &HeaderMap) -> Option<(usize, Case)> {
    let fits = cases.iter().enumerate().map(|(at, case)| (case.fit(status, headers), at, *case));
    // Of cases that fit as well, the first one counts.
    let best = fits.rev().max_by_key(|(fit, ..)| *fit).filter(|(fit, ..)| *fit > 0);
    best.map(|(_, at, case)| (at, case))
}

/// A media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is in a range such as `image/*`.
fn is_in_range(range: &str, media_type: &str) -> bool {
    range.strip_suffix('*').is_some_and(|start| start == "*/" || media_type.starts_with(start))
}
