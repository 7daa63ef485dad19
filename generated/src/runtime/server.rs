// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! The server's URL: which ones are allowed, and how variables become part of one.
//!
//! The variables of a URL template are checked by where they stand, so that a value cannot change
//! the structure:
//!
//! | template | value may be |
//! | --- | --- |
//! | `{scheme}://…` | `https` or `http` |
//! | `https://{tenant}.example.com` | one label: letters, digits, hyphens |
//! | `https://{host}/…` | a host name, labels with dots |
//! | `https://example.com:{port}` | digits |
//! | `https://example.com/{version}` | anything but `.` and `..`; it is percent-encoded |

use std::collections::BTreeMap;
use std::fmt;

use url::{Host, Url};

use super::client::Api;
use super::{Error, path};

/// What a URL is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum UrlKind {
    Base,
    Token,
}

impl fmt::Display for UrlKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base => "the base URL",
            Self::Token => "the token URL",
        })
    }
}

/// Checks a base URL as [`ClientBuilder::build`](super::ClientBuilder::build) does, for code that
/// reads one from somewhere and can say from where.
///
/// # Errors
/// [`Error::Build`] for a URL that no client may have; the message never holds it.
pub fn check_base_url(text: &str) -> Result<(), Error> {
    check(text, UrlKind::Base).map(drop)
}

/// Reads a URL that credentials may be sent to. The message never holds the URL, which may hold a
/// password.
pub(super) fn check(text: &str, kind: UrlKind) -> Result<Url, Error> {
    // The parser drops tabs and line ends, and reads a backslash as a slash: what is seen must be
    // what is meant.
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(Error::build(format!(
            "{kind} holds a space, a control character or a backslash"
        )));
    }
    let url = Url::parse(text).map_err(|error| {
        Error::build_from(format!("{kind} is not a URL such as `https://api.example.com`"), error)
    })?;
    let loopback = url.host().as_ref().is_some_and(is_loopback);
    match url.scheme() {
        "https" => {}
        "http" if loopback => {}
        "http" => {
            return Err(Error::build(format!(
                "{kind} must be https; http is allowed for this machine only"
            )));
        }
        _ => return Err(Error::build(format!("{kind} must be an https URL"))),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::build(format!("{kind} must not hold a user name or a password")));
    }
    // A token endpoint may have a query (RFC 6749, section 3.2); paths are joined to the end of a
    // base URL.
    if matches!(kind, UrlKind::Base) && url.query().is_some() {
        return Err(Error::build(format!("{kind} must not have a query")));
    }
    if url.fragment().is_some() {
        return Err(Error::build(format!("{kind} must not have a fragment")));
    }
    Ok(url)
}

/// Whether a host is this machine: `localhost`, `127.0.0.0/8` or `::1`.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// The server of the API with its variables filled in.
pub(super) fn fill(api: &Api, values: &BTreeMap<String, String>) -> Result<Url, Error> {
    if let Some(name) =
        values.keys().find(|name| api.variables.iter().all(|variable| variable.name != **name))
    {
        return Err(Error::build(format!("the server of {} has no variable `{name}`", api.title)));
    }
    let Some(template) = api.server.filter(|template| template.contains("://")) else {
        return Err(Error::build(format!("{} names no server: call `base_url`", api.title)));
    };
    expand(api, template, |name| {
        let declared = api.variables.iter().find(|variable| variable.name == name);
        let default = declared.and_then(|variable| variable.default);
        values.get(name).map(String::as_str).or(default)
    })
}

/// A URL template with its variables filled in.
pub(super) fn expand<'a>(
    api: &Api,
    template: &str,
    value: impl Fn(&str) -> Option<&'a str>,
) -> Result<Url, Error> {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        url.push_str(literal);
        let Some((name, after)) = after.split_once('}') else { break };
        let value = value(name).ok_or_else(|| missing(api, name))?;
        Slot::find(&url, after).insert(&mut url, name, value)?;
        rest = after;
    }
    url.push_str(rest);
    check(&url, UrlKind::Base)
}

fn missing(api: &Api, name: &str) -> Error {
    Error::build(format!(
        "no server for {}: call `base_url`, or `server_variable` for `{name}`, or give credentials that belong to a \
         server",
        api.title
    ))
}

/// Where in a URL a variable stands.
#[derive(Clone, Copy)]
enum Slot {
    Scheme,
    Label,
    Host,
    Port,
    Path,
}

impl Slot {
    /// `before` is the text before the variable, already filled in, and `after` is what follows it.
    fn find(before: &str, after: &str) -> Self {
        let Some((_, authority)) = before.split_once("://") else { return Self::Scheme };
        if authority.contains('/') {
            return Self::Path;
        }
        if authority.contains(':') {
            return Self::Port;
        }
        let whole = authority.is_empty() && (after.is_empty() || after.starts_with(['/', ':']));
        if whole { Self::Host } else { Self::Label }
    }

    fn insert(self, url: &mut String, name: &str, value: &str) -> Result<(), Error> {
        let (valid, rule) = match self {
            Self::Scheme => (matches!(value, "https" | "http"), "`https` or `http`"),
            Self::Label => (
                is_label(value),
                "letters, digits and hyphens, because it is one part of a host name",
            ),
            Self::Host => (value.split('.').all(is_label), "a host name"),
            Self::Port => (value.parse::<u16>().is_ok(), "a port number"),
            Self::Path => (!matches!(value, "." | ".."), "something other than `.` and `..`"),
        };
        if !valid {
            return Err(Error::build(format!("the server variable `{name}` must be {rule}")));
        }
        // Of what is allowed elsewhere, nothing needs to be encoded.
        url.extend(path::encoder(value));
        Ok(())
    }
}

/// Whether a text is one label of a host name.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
