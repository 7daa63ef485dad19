//! What the client can do to sign in, out of the document's security schemes.

use openapiv3::SecurityScheme;

use super::Security;
use super::build::span;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reads one scheme. Bearer tokens and OAuth2 client credentials both end in the `Authorization`
/// header, which the runtime's credentials fill; the other schemes are gaps.
pub(super) fn read(
    name: &str,
    scheme: &SecurityScheme,
    security: &mut Security,
    found: &mut Diagnostics,
) {
    let (extensions, what) = match scheme {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => return,
        SecurityScheme::HTTP { scheme, extensions, .. } => (extensions, format!("HTTP {scheme}")),
        SecurityScheme::OAuth2 { flows, extensions, .. } => match &flows.client_credentials {
            Some(flow) => {
                security.token_url.get_or_insert_with(|| flow.token_url.clone());
                return;
            }
            None => (extensions, "an OAuth2 flow other than client credentials".to_owned()),
        },
        SecurityScheme::APIKey { extensions, .. } => (extensions, "an API key".to_owned()),
        SecurityScheme::OpenIDConnect { extensions, .. } => {
            (extensions, "OpenID Connect discovery".to_owned())
        }
    };
    let message = format!("the security scheme `{name}` is {what}, which the client cannot do yet");
    found.push(
        Diagnostic::gap(Code::UnsupportedSecurity, span(extensions), message)
            .help("a token from elsewhere can be given as a static bearer credential"),
    );
}
