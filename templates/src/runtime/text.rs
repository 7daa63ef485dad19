// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Answers of text.

use http::header::CONTENT_TYPE;

use super::response::{Answer, Response};
use super::{Error, Request};

impl<B> Request<B, ()> {
    /// The answer is text.
    pub fn reads_text(self) -> Request<B, String> {
        self.reading(read)
    }
}

/// The text of an answer: Latin 1 where it says so, and UTF-8 otherwise, in which what is not valid
/// becomes the replacement character.
pub(super) fn read(answer: Box<Answer>) -> Result<Response<String>, Error> {
    let answer = answer.success()?;
    let content_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    let is_latin = ["charset=iso-8859-1", "charset=\"iso-8859-1\""]
        .iter()
        .any(|charset| content_type.contains(charset));
    let text = if is_latin {
        answer.body.iter().copied().map(char::from).collect()
    } else {
        String::from_utf8_lossy(answer.text()).into_owned()
    };
    Ok(Response::new(answer.status, answer.headers, text))
}
