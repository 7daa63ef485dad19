// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Takes secrets out of what is recorded: by their names, and by their values.

use std::collections::BTreeSet;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};

use crate::runtime::{ApiKey, KeyLocation};

/// What stands for a secret.
pub(super) const HIDDEN: &str = "(hidden)";

/// What is secret by its name, wherever it stands. Case, `-` and `_` make no difference.
pub const SECRET_NAMES: &[&str] = &[
    "access_token",
    "api_key",
    "assertion",
    "client_assertion",
    "client_secret",
    "id_token",
    "password",
    "private_key",
    "refresh_token",
    "secret",
    "subject_token",
    "x_api_key",
];

/// A credential that is shorter is not looked for in other places: it would be found in any text.
const SHORTEST: usize = 6;

/// Names whose values are hidden, in their plain spelling.
#[derive(Debug)]
pub(super) struct Hiding(pub(super) BTreeSet<String>);

/// The credentials of a request.
pub(super) struct Secrets(Vec<SecretString>);

impl Hiding {
    pub(super) fn new() -> Self {
        Self(SECRET_NAMES.iter().map(|name| plain(name)).collect())
    }

    pub(super) fn add(&mut self, name: &str) {
        self.0.insert(plain(name));
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains(&plain(name))
    }

    pub(super) fn header(&self, name: &str, value: &mut String) {
        if self.has(name) {
            HIDDEN.clone_into(value);
        }
    }

    /// The pairs of a query or a form, with the API keys that may be among them.
    pub(super) fn pairs(&self, text: &str, keys: &[ApiKey]) -> String {
        let pairs = text.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if self.has(&decoded(name)) || is_key(name, keys) => {
                format!("{name}={HIDDEN}")
            }
            _ => pair.to_owned(),
        });
        pairs.collect::<Vec<String>>().join("&")
    }

    /// The texts of such members in JSON, and in what has JSON in its lines; the rest stays as it is.
    pub(super) fn json(&self, text: &str) -> String {
        let mut result = String::with_capacity(text.len());
        let mut is_secret = false;
        for line in text.split_inclusive('\n') {
            let mut rest = line;
            while let Some((before, literal, after)) = next_literal(rest) {
                result.push_str(before);
                let is_value = is_secret && before.trim() == ":";
                let name = serde_json::from_str::<String>(literal).unwrap_or_default();
                is_secret = !is_value && self.has(&name);
                if is_value {
                    result.extend(["\"", HIDDEN, "\""]);
                } else {
                    result.push_str(literal);
                }
                rest = after;
            }
            // A name and its value can stand in two lines, a text cannot.
            is_secret &= rest.trim().is_empty() || rest.trim() == ":";
            result.push_str(rest);
        }
        result
    }
}

/// What stands before the next text of JSON, the text with its quotes, and what follows.
fn next_literal(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('"')?;
    let (before, rest) = text.split_at(start);
    let mut is_escaped = true;
    let end = rest.find(|letter| {
        let is_end = letter == '"' && !is_escaped;
        // The first quote is none that ends the text.
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    })?;
    let (literal, after) = rest.split_at(end + 1);
    Some((before, literal, after))
}

/// A name without case, `-` and `_`.
fn plain(name: &str) -> String {
    name.chars().filter(|one| !matches!(one, '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether a parameter of the query is an API key.
fn is_key(name: &str, keys: &[ApiKey]) -> bool {
    let name = decoded(name);
    keys.iter().any(|key| key.location == KeyLocation::Query && key.name == name)
}

/// Whether the value of a header is a credential, whatever names are secret.
pub(super) fn is_credential(name: &HeaderName, value: &HeaderValue) -> bool {
    let always = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE];
    value.is_sensitive() || always.contains(name)
}

impl Secrets {
    pub(super) fn of(headers: &HeaderMap, query: Option<&str>, keys: &[ApiKey]) -> Self {
        let mut found: Vec<String> = Vec::new();
        for (name, value) in headers.iter().filter(|(name, value)| is_credential(name, value)) {
            let text = String::from_utf8_lossy(value.as_bytes());
            if name == COOKIE {
                found.extend(text.split("; ").map(|pair| after(pair, '=').to_owned()));
            } else {
                // Of `Bearer token`, the token.
                found.push(after(&text, ' ').to_owned());
            }
        }
        let pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        found.extend(pairs.filter(|(name, _)| is_key(name, keys)).map(|(_, key)| key.to_owned()));
        found.extend(found.iter().map(|one| decoded(one)).collect::<Vec<String>>());
        found.retain(|one| one.len() >= SHORTEST);
        Self(found.into_iter().map(SecretString::from).collect())
    }

    /// Those of several requests.
    pub(super) fn of_all<'a>(each: impl Iterator<Item = &'a Self>) -> Self {
        Self(each.flat_map(|secrets| &secrets.0).cloned().collect())
    }

    pub(super) fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in self.each().filter(|secret| !secret.is_empty()) {
            text = text.replace(secret, HIDDEN);
        }
        text
    }

    /// Whether one of them is in bytes.
    pub(super) fn are_in(&self, bytes: &[u8]) -> bool {
        self.each().any(|one| bytes.windows(one.len()).any(|window| window == one.as_bytes()))
    }

    fn each(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(ExposeSecret::expose_secret)
    }
}

/// What follows a letter; all of it where the letter is not there.
fn after(text: &str, letter: char) -> &str {
    text.split_once(letter).map_or(text, |(_, after)| after)
}
