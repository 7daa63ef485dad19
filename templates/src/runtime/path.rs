// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Paths: a template and the values for its places.
//!
//! A value arrives as one segment, whatever it holds: everything but the unreserved characters of
//! RFC 3986 is percent-encoded. Three values cannot be sent so: an empty one turns "get one" into
//! "list all", and `.` and `..` are removed on the way even when they are encoded. They are
//! refused.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::Error;

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The text with everything percent-encoded that is not unreserved.
pub(super) fn encoder(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
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
    path.reserve(template.len() + 32 * values.len());
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            return Err(Error::build(format!(
                "the path `{template}` has a brace that is not closed"
            )));
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            return Err(Error::build(format!("the path parameter `{name}` has no value")));
        };
        path.push_str(literal);
        path.push_str(value);
        rest = after;
    }
    path.push_str(rest);
    Ok(())
}
