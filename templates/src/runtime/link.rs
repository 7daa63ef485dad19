// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Addresses of other pages in the header `Link` (RFC 8288, section 3).

use http::HeaderMap;
use http::header::LINK;

/// The first address whose relation is `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| split(value, ',')).find_map(address_of_next)
}

fn address_of_next(link: &str) -> Option<String> {
    let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let pairs = split(parameters, ';').into_iter().filter_map(|pair| pair.split_once('='));
    let mut relations = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
    // A second `rel` does not count (section 3.3).
    let (_, relations) = relations.next()?;
    let mut relations = relations.trim().trim_matches('"').split_ascii_whitespace();
    let is_next = relations.any(|one| one.eq_ignore_ascii_case("next"));
    is_next.then(|| address.trim().to_owned())
}

/// The parts of a text between separators that are neither in quotes nor in angle brackets.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped, mut is_address) = (false, false, false);
    text.split(|letter| {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' if !is_address => is_quoted = !is_quoted,
            '<' if !is_quoted => is_address = true,
            '>' if !is_quoted => is_address = false,
            _ => return letter == separator && !is_quoted && !is_address,
        }
        false
    })
    .collect()
}
