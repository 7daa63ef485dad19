// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Values of path, query and header parameters.

use std::fmt::{self, Write as _};

use super::path;

/// What can be a parameter: everything whose `Display` is the form that the API expects.
///
/// This holds for texts, numbers, `bool`, dates, timestamps and the enums of a generated crate.
pub trait ParameterValue: fmt::Display {}

impl<T: fmt::Display + ?Sized> ParameterValue for T {}

/// Appends `name=value` to a query, both percent-encoded.
pub(super) fn append(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    // Writing to a `String` does not fail.
    let _ = write!(query, "{}={}", path::encoder(name), path::encoder(value));
}
