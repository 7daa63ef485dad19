// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Paths: a template and the values for its places.
//!
//! A value arrives as one segment, whatever it holds: everything but the unreserved characters of
//! RFC 3986 is percent-encoded. Three values cannot be sent so: an empty one turns "get one" into
//! "list all", and `.` and `..` are removed on the way even when they are encoded. They are
//! refused.

use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::Error;

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The text with everything percent-encoded that is not unreserved.
pub(super) fn encoder(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// Appends a value with everything percent-encoded that is not unreserved.
///
/// # Errors
/// One of the value's `Display`, which then is no text.
pub(super) fn encode(text: &mut String, value: &dyn fmt::Display) -> fmt::Result {
    struct Encoded<'a>(&'a mut String);

    impl fmt::Write for Encoded<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.extend(encoder(text));
            Ok(())
        }
    }

    write!(Encoded(text), "{value}")
}

/// Whether a value can stand for the parameter `name`.
pub(super) fn check(name: &str, value: &str) -> Result<(), Error> {
    match value {
        "" => Err(empty(name)),
        "." | ".." => {
            Err(Error::build(format!("the path parameter `{name}` must not be `.` or `..`")))
        }
        _ => Ok(()),
    }
}

/// The error of a value that is not there.
pub(super) fn empty(name: &str) -> Error {
    Error::build(format!("the path parameter `{name}` must not be empty"))
}

/// The path with its encoded values; what stands between them is kept as it is.
pub(super) fn fill(
    path: &mut String,
    template: &str,
    values: &[(&'static str, String)],
) -> Result<(), Error> {
    // Room for most values.
    path.reserve(template.len() + 64);
    let (mut rest, mut is_name) = (template, false);
    loop {
        let (piece, after) = split(rest, if is_name { b'}' } else { b'{' });
        let text = match after {
            _ if !is_name => piece,
            Some(_) => value(piece, values)?,
            None => {
                return Err(Error::build(format!(
                    "the path `{template}` has a brace that is not closed"
                )));
            }
        };
        path.push_str(text);
        let Some(after) = after else { return Ok(()) };
        (rest, is_name) = (after, !is_name);
    }
}

/// The value of a parameter, percent-encoded.
fn value<'a>(name: &str, values: &'a [(&'static str, String)]) -> Result<&'a str, Error> {
    let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    value.ok_or_else(|| Error::build(format!("the path parameter `{name}` has no value")))
}

/// What stands before a character of ASCII, and what behind it if it is there. For a text as short as a path,
/// `split_once` takes longer to begin than this to end.
fn split(text: &str, at: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == at) {
        Some(position) => (&text[..position], Some(&text[position + 1..])),
        None => (text, None),
    }
}
