// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! ConductorOne: its client ids, its client secrets, and its environment variables.
//!
//! A client id is `<name>@<host>/<use>`, and its host is the server that it belongs to. A client
//! secret is `secret-token:conductorone.com:v1:<key>`, where the key is a JWK in base64url. The key
//! signs an assertion for each token request, so that it never leaves this process.

use std::env::{self, VarError};
use std::fmt;
use std::future;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_PAD_INDIFFERENT;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use crate::runtime::{
    Audience, ClientAuthentication, ClientBuilder, ClientCredentials, Credentials, Error,
    PrivateKeyJwt, SubjectToken, TokenExchange, UniqueValue, check_base_url,
};

const ACCESS_TOKEN: &str = "CONDUCTORONE_ACCESS_TOKEN";
const OIDC_TOKEN: &str = "CONDUCTORONE_OIDC_TOKEN";
const CLIENT_ID: &str = "CONDUCTORONE_CLIENT_ID";
const CLIENT_SECRET: &str = "CONDUCTORONE_CLIENT_SECRET";
const TENANT_DOMAIN: &str = "CONDUCTORONE_TENANT_DOMAIN";
const SERVER_URL: &str = "CONDUCTORONE_SERVER_URL";

/// What a client secret starts with.
const SECRET_PREFIX: &str = "secret-token:conductorone.com:v1:";

/// How long an assertion is valid before and after the moment of its making. The server allows five
/// minutes.
const ASSERTION_MARGIN: Duration = Duration::from_secs(120);

/// The use of a client id that signs in with another issuer's tokens.
const WORKLOAD: &str = "wfe";

/// A ConductorOne client id, such as `clever-otter-12345@acme.conductor.one/pcc`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientId {
    text: String,
    host: String,
    use_start: usize,
}

impl ClientId {
    /// The client id as it was issued.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host that it belongs to, in lower case, with the port where it has one.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What it is for: `pcc` is a person's, `spc` is a service principal's, `wfe` is for workload
    /// federation.
    pub fn use_case(&self) -> &str {
        self.text.get(self.use_start..).unwrap_or_default()
    }

    /// The server that it belongs to.
    pub fn base_url(&self) -> String {
        format!("https://{}", self.host)
    }
}

impl FromStr for ClientId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = |reason: &str| {
            Error::build(format!("the client id is not `<name>@<host>/<use>`: {reason}"))
        };
        let (name, rest) = text.split_once('@').ok_or_else(|| malformed("it has no `@`"))?;
        let (host, use_case) = rest.split_once('/').ok_or_else(|| malformed("it has no `/`"))?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/') {
            return Err(malformed(
                "its name is empty or holds a character that a name cannot have",
            ));
        }
        if use_case.is_empty() || !use_case.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(malformed("its use is not a word"));
        }
        let host = parse_host(host).map_err(malformed)?;
        Ok(Self { text: text.to_owned(), host, use_start: text.len() - use_case.len() })
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl ClientBuilder {
    /// The tenant by its whole host name, such as `acme.conductor.one`, with a port where it has
    /// one. It is the base URL without `https://`; a bare name such as `acme` is refused by
    /// `build`, because tenants live in more than one domain.
    pub fn tenant(self, host: impl AsRef<str>) -> Self {
        match tenant_url(host.as_ref()) {
            Ok(url) => self.base_url(url),
            Err(reason) => self.fail(Error::build(format!("the tenant is not a host: {reason}"))),
        }
    }
}

impl Credentials {
    /// Signs in with a client id and its secret. The server is the one that the id names, unless
    /// the builder is told of another.
    ///
    /// # Errors
    /// [`Error::Build`] where one of the two is malformed. The message names the part and never
    /// repeats the secret.
    pub fn from_client_id_and_secret(
        client_id: impl AsRef<str>,
        client_secret: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        let client_id: ClientId = client_id.as_ref().trim().parse()?;
        let key = parse_secret(client_secret.into().expose_secret())?;
        Ok(Self::from_key(&client_id, key))
    }

    fn from_key(client_id: &ClientId, key: PrivateKeyJwt) -> Self {
        let key = key
            .audience(Audience::TokenHost)
            .lifetime(ASSERTION_MARGIN)
            .not_before(ASSERTION_MARGIN)
            .unique_value(UniqueValue::NonceHeader);
        let authentication = ClientAuthentication::PrivateKeyJwt(key);
        let credentials = ClientCredentials::new(client_id.as_str(), authentication);
        Self::client_credentials(credentials).with_server(client_id.base_url())
    }

    /// Signs in with another issuer's tokens (workload federation). The client id is one that ends
    /// in `/wfe`, and a subject token must be younger than ten minutes, so that the provider is
    /// asked for each exchange.
    ///
    /// # Errors
    /// [`Error::Build`] where the client id is malformed or is for another use.
    pub fn from_workload(
        client_id: impl AsRef<str>,
        subject_token: SubjectToken,
    ) -> Result<Self, Error> {
        let client_id: ClientId = client_id.as_ref().trim().parse()?;
        if client_id.use_case() != WORKLOAD {
            return Err(Error::build(
                "the client id is not one for workload federation, which ends in `/wfe`",
            ));
        }
        let exchange = TokenExchange::new(client_id.as_str(), subject_token);
        Ok(Self::token_exchange(exchange).with_server(client_id.base_url()))
    }

    /// Signs in with what the environment holds, the first of these:
    ///
    /// 1. `CONDUCTORONE_ACCESS_TOKEN`: an access token that was fetched elsewhere,
    /// 2. `CONDUCTORONE_OIDC_TOKEN` with `CONDUCTORONE_CLIENT_ID`: workload federation; the
    ///    variable is read for each exchange,
    /// 3. `CONDUCTORONE_CLIENT_ID` with `CONDUCTORONE_CLIENT_SECRET`.
    ///
    /// The server is `CONDUCTORONE_TENANT_DOMAIN` (a host) or `CONDUCTORONE_SERVER_URL`, else the
    /// one of the client id; what the builder is told comes before all of them. A variable that is
    /// empty counts as one that is not set.
    ///
    /// # Errors
    /// [`Error::Build`] where a variable is missing or malformed. The message names it and never
    /// repeats its value.
    pub fn from_env() -> Result<Self, Error> {
        for name in [ACCESS_TOKEN, OIDC_TOKEN, CLIENT_ID, CLIENT_SECRET, TENANT_DOMAIN, SERVER_URL]
        {
            if matches!(env::var(name), Err(VarError::NotUnicode(_))) {
                return Err(Error::build(format!("{name} is not valid UTF-8")));
            }
        }
        Self::from_variables(|name| env::var(name).ok())
    }

    /// As [`from_env`](Self::from_env), with variables from elsewhere. For workload federation the
    /// function is kept, and asked for `CONDUCTORONE_OIDC_TOKEN` for each exchange.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub fn from_variables(
        variables: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let variable = move |name: &str| variables(name).filter(|value| !value.trim().is_empty());
        let explicit = explicit_server(&variable)?;
        let credentials = if let Some(token) = variable(ACCESS_TOKEN).map(Zeroizing::new) {
            let credentials = Self::bearer(token.trim());
            match variable(CLIENT_ID) {
                Some(id) if explicit.is_none() => {
                    let id: ClientId =
                        id.trim().parse().map_err(|error| in_variable(CLIENT_ID, &error))?;
                    credentials.with_server(id.base_url())
                }
                _ => credentials,
            }
        } else if variable(OIDC_TOKEN).is_some() {
            let id = variable(CLIENT_ID).ok_or_else(|| missing_beside(CLIENT_ID, OIDC_TOKEN))?;
            let variable = Arc::new(variable);
            let provider = SubjectToken::function(move || {
                let token = variable(OIDC_TOKEN).map(Zeroizing::new);
                let token = token.ok_or_else(|| format!("{OIDC_TOKEN} is no longer set").into());
                future::ready(token.map(|token| SecretString::from(token.trim())))
            });
            Self::from_workload(id, provider).map_err(|error| in_variable(CLIENT_ID, &error))?
        } else if let Some(id) = variable(CLIENT_ID) {
            let secret = variable(CLIENT_SECRET).map(Zeroizing::new);
            let secret = secret.ok_or_else(|| missing_beside(CLIENT_SECRET, CLIENT_ID))?;
            let id: ClientId = id.trim().parse().map_err(|error| in_variable(CLIENT_ID, &error))?;
            let key = parse_secret(&secret).map_err(|error| in_variable(CLIENT_SECRET, &error))?;
            Self::from_key(&id, key)
        } else {
            return Err(Error::build(format!(
                "no credentials in the environment: set {CLIENT_ID} and {CLIENT_SECRET}, or {CLIENT_ID} and \
                 {OIDC_TOKEN}, or {ACCESS_TOKEN}"
            )));
        };
        Ok(match explicit {
            Some(url) => credentials.with_server(url),
            None => credentials,
        })
    }
}

/// The server that the environment names. Two that differ are refused: a token must not go to the
/// wrong one.
fn explicit_server(variable: &impl Fn(&str) -> Option<String>) -> Result<Option<String>, Error> {
    let tenant = variable(TENANT_DOMAIN)
        .map(|host| {
            tenant_url(host.trim())
                .map_err(|reason| Error::build(format!("{TENANT_DOMAIN}: {reason}")))
        })
        .transpose()?;
    let server = variable(SERVER_URL).map(|url| url.trim().to_owned());
    if let Some(url) = &server {
        check_base_url(url).map_err(|error| in_variable(SERVER_URL, &error))?;
    }
    let origin = |url: &str| Url::parse(url).ok().map(|url| url.origin());
    match (tenant, server) {
        (Some(tenant), Some(server)) if origin(&tenant) != origin(&server) => Err(Error::build(
            format!("{TENANT_DOMAIN} and {SERVER_URL} name different servers: set one of them"),
        )),
        (tenant, server) => Ok(server.or(tenant)),
    }
}

fn missing_beside(missing: &str, present: &str) -> Error {
    Error::build(format!("{present} is set, but {missing} is not"))
}

fn in_variable(name: &str, error: &Error) -> Error {
    Error::build(format!("{name}: {error}"))
}

fn tenant_url(host: &str) -> Result<String, &'static str> {
    parse_host(host).map(|host| format!("https://{host}"))
}

/// A host name with an optional port, in lower case. A name without a dot is refused, unless it is
/// this machine's: what it would have to be completed with is not known.
fn parse_host(text: &str) -> Result<String, &'static str> {
    let lower = text.to_ascii_lowercase();
    let (name, port) = match lower.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (lower.as_str(), None),
    };
    if port.is_some_and(|port| {
        !port.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(port.parse(), Ok(1..=u16::MAX))
    }) {
        return Err("its port is not a number from 1 to 65535");
    }
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err("its host is not a host name such as `acme.conductor.one`");
    }
    if !name.contains('.') && name != "localhost" {
        return Err("its host is a bare name: give the whole host, such as `acme.conductor.one`");
    }
    Ok(lower)
}

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// The key in a client secret.
fn parse_secret(text: &str) -> Result<PrivateKeyJwt, Error> {
    let malformed =
        |reason: &str| Error::build(format!("the client secret is malformed: {reason}"));
    let key = text
        .trim()
        .strip_prefix(SECRET_PREFIX)
        .ok_or_else(|| malformed("it does not start with `secret-token:conductorone.com:v1:`"))?;
    let key = URL_SAFE_PAD_INDIFFERENT.decode(key).map(Zeroizing::new);
    let key = key.map_err(|_| malformed("its key is not base64url"))?;
    let key = str::from_utf8(&key).map_err(|_| malformed("its key is not JSON"))?;
    PrivateKeyJwt::from_jwk(key).map_err(|error| malformed(&error.to_string()))
}
