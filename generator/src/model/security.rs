//! What the client can do to sign in, out of the document's security schemes.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use super::build::{Builder, span};
use super::{ApiKey, Location, Requirements, Security};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reads one scheme. Tokens of any origin and a user with a password end in the `Authorization`
/// header, which the runtime's credentials fill; API keys are given one by one.
pub(super) fn read(
    name: &str,
    scheme: &SecurityScheme,
    security: &mut Security,
    found: &mut Diagnostics,
) {
    match scheme {
        SecurityScheme::HTTP { scheme, .. }
            if scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("basic") => {}
        SecurityScheme::HTTP { scheme, extensions, .. } => {
            let message = format!(
                "the security scheme `{name}` is HTTP {scheme}, which the client cannot do"
            );
            found.push(
                Diagnostic::gap(Code::UnsupportedSecurity, span(extensions), message)
                    .help("the header `Authorization` can be set for each request"),
            );
        }
        SecurityScheme::OAuth2 { flows, .. } => {
            if let Some(flow) = &flows.client_credentials {
                security.token_url.get_or_insert_with(|| flow.token_url.clone());
            }
        }
        // A token that the caller brings is a bearer token.
        SecurityScheme::OpenIDConnect { .. } => {}
        SecurityScheme::APIKey { location, name: key, description, extensions } => {
            let location = match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            };
            security.keys.push(ApiKey {
                scheme: name.to_owned(),
                location,
                name: key.clone(),
                description: description.clone(),
                span: span(extensions),
            });
        }
    }
}

impl Builder<'_> {
    /// The alternatives of a list of requirements. Schemes that the client does not have are left
    /// out, as they were reported.
    pub(super) fn requirements(&self, list: &[SecurityRequirement]) -> Requirements {
        let known = self.document.components.as_ref().map(|all| &all.security_schemes);
        let alternatives = list.iter().map(|one| {
            let names = one.keys().filter(|name| known.is_some_and(|all| all.contains_key(*name)));
            names.cloned().collect::<Vec<String>>()
        });
        alternatives.filter(|names| !names.is_empty()).collect()
    }
}
