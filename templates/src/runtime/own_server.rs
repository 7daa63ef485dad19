// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Operations with a server of their own.

use url::Url;

use super::{Client, Error, Request, server};

impl<B, T> Request<B, T> {
    /// The server of the operation, as the document has it: a URL template, and the defaults of its
    /// variables. The values that the client was given for server variables come first.
    ///
    /// The request carries the credentials that it wants there as well: its own server is as
    /// trustworthy as the document, which names the usual one too.
    ///
    /// A client with a server that is none of the document's, by `base_url` or by its credentials,
    /// sends all requests there, and this changes nothing. A relative URL is resolved against the
    /// URL of the client in any case (RFC 3986, section 5).
    pub fn server(
        mut self,
        template: &'static str,
        defaults: &'static [(&'static str, &'static str)],
    ) -> Self {
        let is_relative = !template.contains("://");
        if is_relative || self.prepared.client.inner.variables.is_some() {
            match own_server(&self.prepared.client, template, defaults) {
                Ok(server) => self.prepared.extras_mut().server = Some(server),
                Err(error) => self.prepared.fail(error),
            }
        }
        self
    }
}

fn own_server(
    client: &Client,
    template: &str,
    defaults: &[(&str, &'static str)],
) -> Result<Url, Error> {
    let inner = &client.inner;
    server::expand(inner.api, &absolute(&inner.server, template), |name| {
        let default = defaults.iter().find(|(known, _)| *known == name);
        let given = inner.variables.as_ref().and_then(|given| given.get(name));
        given.map(String::as_str).or(default.map(|(_, default)| *default))
    })
}

/// The template below a URL. It is no URL itself, because of its braces.
fn absolute(base: &Url, template: &str) -> String {
    if template.contains("://") {
        template.to_owned()
    } else if template.starts_with("//") {
        format!("{}:{template}", base.scheme())
    } else if template.starts_with('/') {
        format!("{}{template}", base.origin().ascii_serialization())
    } else {
        let folder = base.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{template}")
    }
}
