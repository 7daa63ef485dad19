// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Values of path, query, header and cookie parameters, as a request collects them.

use std::fmt::{self, Write as _};

use http::header::COOKIE;
use http::{HeaderName, HeaderValue};

use super::send::Prepared;
use super::{Error, path};

/// What can be a parameter: everything whose `Display` is the form that the API expects.
///
/// This holds for texts, numbers, `bool`, dates, timestamps and the enums of a generated crate.
pub trait ParameterValue: fmt::Display {}

impl<T: fmt::Display + ?Sized> ParameterValue for T {}

impl Prepared {
    pub(super) fn path(&mut self, name: &'static str, value: &dyn fmt::Display) {
        let mut text = String::new();
        let written = path::encode(&mut text, value).map_err(|_| unwritable(name));
        // What cannot be sent looks the same when it is encoded.
        match written.and_then(|()| path::check(name, &text)) {
            Ok(()) => self.path.push((name, text)),
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn query(&mut self, name: &'static str, value: &dyn fmt::Display) {
        separate(&mut self.query, "&");
        if pair(&mut self.query, name, value).is_err() {
            self.fail(unwritable(name));
        }
    }

    pub(super) fn header(&mut self, name: &'static str, value: &dyn fmt::Display) {
        let mut text = String::new();
        if write!(text, "{value}").is_err() {
            return self.fail(unwritable(name));
        }
        match (HeaderName::try_from(name), HeaderValue::try_from(&text)) {
            (Ok(COOKIE), Ok(_)) => {
                let cookies = &mut self.extras_mut().cookies;
                separate(cookies, "; ");
                cookies.push_str(&text);
            }
            (Ok(header), Ok(value)) => self.headers.append(header, value),
            _ => self.fail(Error::build(format!(
                "the header parameter `{name}` holds a character that a header cannot carry"
            ))),
        }
    }

    pub(super) fn cookie(&mut self, name: &'static str, value: &dyn fmt::Display) {
        let cookies = &mut self.extras_mut().cookies;
        separate(cookies, "; ");
        if pair(cookies, name, value).is_err() {
            self.fail(unwritable(name));
        }
    }
}

/// Appends `name=value`, both percent-encoded.
fn pair(text: &mut String, name: &str, value: &dyn fmt::Display) -> fmt::Result {
    text.reserve(name.len() + 16);
    text.extend(path::encoder(name));
    text.push('=');
    path::encode(text, value)
}

#[cold]
fn unwritable(name: &str) -> Error {
    Error::build(format!("the value of the parameter `{name}` cannot be written"))
}

/// Appends the separator between two pairs.
pub(super) fn separate(text: &mut String, separator: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
}
