// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers that may have no content.

use serde::de::DeserializeOwned;

use super::response::{self, Answer, Response};
use super::{Error, Request};

impl<B> Request<B, ()> {
    /// The answer is JSON, or has no content.
    pub fn reads_optional<T: DeserializeOwned>(self) -> Request<B, Option<T>> {
        self.reading(read)
    }
}

fn read<T: DeserializeOwned>(answer: Box<Answer>) -> Result<Response<Option<T>>, Error> {
    let answer = answer.success()?;
    if answer.text().trim_ascii().is_empty() {
        return Ok(Response::new(answer.status, answer.headers, None));
    }
    let answer = response::json::<T>(answer)?;
    Ok(Response::new(answer.status(), answer.headers().clone(), Some(answer.into_inner())))
}
