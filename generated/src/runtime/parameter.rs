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
    pub(super) fn path(&mut self, name: &'static str, value: &str) {
        match path::check(name, value) {
            Ok(()) => self.path.push((name, path::encoder(value).to_string())),
            Err(error) => self.fail(error),
        }
    }

    pub(super) fn query(&mut self, name: &'static str, value: &str) {
        separate(&mut self.query, "&");
        pair(&mut self.query, name, value);
    }

    pub(super) fn header(&mut self, name: &'static str, value: &str) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(COOKIE), Ok(_)) => {
                separate(&mut self.cookies, "; ");
                self.cookies.push_str(value);
            }
            (Ok(header), Ok(value)) => {
                self.headers.append(header, value);
            }
            _ => self.fail(Error::build(format!(
                "the header parameter `{name}` holds a character that a header cannot carry"
            ))),
        }
    }

    pub(super) fn cookie(&mut self, name: &'static str, value: &str) {
        separate(&mut self.cookies, "; ");
        pair(&mut self.cookies, name, value);
    }
}

/// Appends `name=value`, both percent-encoded.
fn pair(text: &mut String, name: &str, value: &str) {
    // Writing to a `String` does not fail.
    let _ = write!(text, "{}={}", path::encoder(name), path::encoder(value));
}

/// Appends the separator between two pairs.
pub(super) fn separate(text: &mut String, separator: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
}
