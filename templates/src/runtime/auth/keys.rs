// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! API keys, and which of the credentials of a client a request takes.

use http::header::COOKIE;
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use crate::runtime::client::{Api, ApiKey, KeyLocation};
use crate::runtime::header_lines::HeaderLines;
use crate::runtime::{Error, path};

/// The API keys that the caller gave.
pub(in crate::runtime) struct Keys(Vec<(&'static ApiKey, SecretString)>);

/// What a request takes of a client's credentials.
pub(in crate::runtime) struct Choice<'a> {
    pub(in crate::runtime) keys: Vec<(&'static ApiKey, &'a SecretString)>,
    /// Whether the credential of the `Authorization` header is among them.
    pub(in crate::runtime) authorization: bool,
}

impl Keys {
    pub(in crate::runtime) fn new(
        api: &'static Api,
        given: Vec<(String, SecretString)>,
    ) -> Result<Self, Error> {
        let mut keys = Vec::with_capacity(given.len());
        for (scheme, key) in given {
            let known = api.keys.iter().find(|known| known.scheme == scheme);
            let known = known
                .ok_or_else(|| Error::build(format!("{} has no API key `{scheme}`", api.title)))?;
            let text = key.expose_secret();
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(Error::build(format!(
                    "the API key `{scheme}` is empty or holds a control character"
                )));
            }
            keys.push((known, key));
        }
        Ok(Self(keys))
    }

    /// The first alternative for which the caller gave all that it takes; the keys of the request
    /// come before these.
    pub(in crate::runtime) fn choose<'a>(
        &'a self,
        of_request: &'a Self,
        api: &'static Api,
        alternatives: &[&[&str]],
        has_authorization: bool,
    ) -> Option<Choice<'a>> {
        let given = of_request.0.iter().chain(&self.0);
        alternatives.iter().find_map(|schemes| {
            let mut choice = Choice { keys: Vec::new(), authorization: false };
            for scheme in *schemes {
                if api.keys.iter().any(|key| key.scheme == *scheme) {
                    let given = given.clone().find(|(key, _)| key.scheme == *scheme)?;
                    choice.keys.push((given.0, &given.1));
                } else if has_authorization {
                    choice.authorization = true;
                } else {
                    return None;
                }
            }
            Some(choice)
        })
    }
}

impl Choice<'_> {
    /// The keys themselves.
    pub(in crate::runtime) fn secrets(&self) -> Vec<SecretString> {
        self.keys.iter().map(|(_, key)| (*key).clone()).collect()
    }

    /// Puts the keys where they go. What the caller sets for the request comes before.
    pub(in crate::runtime) fn apply(
        &self,
        url: &mut Url,
        headers: &mut HeaderLines,
    ) -> Result<(), Error> {
        for (ApiKey { scheme, location, name }, key) in &self.keys {
            let key = key.expose_secret();
            let unsendable = |_| {
                Error::build(format!("the API key `{scheme}` holds what a header cannot carry"))
            };
            match location {
                KeyLocation::Header => {
                    let header = HeaderName::try_from(*name).map_err(|error| {
                        Error::build_from(format!("the header of `{scheme}` is not valid"), error)
                    })?;
                    if !headers.contains(&header) {
                        let mut value = HeaderValue::from_str(key).map_err(unsendable)?;
                        value.set_sensitive(true);
                        headers.append(header, value);
                    }
                }
                KeyLocation::Query => {
                    let pair = format!("{}={}", path::encoder(name), path::encoder(key));
                    let pair = Zeroizing::new(pair);
                    let query = url.query().filter(|query| !query.is_empty());
                    let query = query.map(|query| Zeroizing::new(format!("{query}&{}", *pair)));
                    url.set_query(Some(query.as_ref().unwrap_or(&pair)));
                }
                KeyLocation::Cookie => {
                    let own = headers.get(&COOKIE).and_then(|value| value.to_str().ok());
                    let before = own.map(|own| format!("{own}; ")).unwrap_or_default();
                    let key = path::encoder(key);
                    let text = Zeroizing::new(format!("{before}{}={key}", path::encoder(name)));
                    let mut value = HeaderValue::from_str(&text).map_err(unsendable)?;
                    value.set_sensitive(true);
                    headers.set(COOKIE, value);
                }
            }
        }
        Ok(())
    }
}
