//! `lib.rs`, and what the client of this API has beyond the runtime's.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::parts::Parts;
use super::tokens::{code, docs, ident, lines};
use super::{Content, File, Part};
use crate::plan::{Alphabet, ApiKey, Crate, Group, Location, Name, Requirements, ServerVariable};

/// `lib.rs`: the crate's documentation, its modules and its front door.
pub(super) fn library(krate: &Crate, parts: &Parts) -> File {
    let first = super::example::first_call(krate);
    let about = krate.docs.iter().chain(&first).map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#![doc = #line])
    });
    let modules = krate.modules.iter().map(|module| {
        let module = format_ident!("{module}");
        quote!(pub mod #module;)
    });
    let server = super::server::has_enums(krate).then(|| {
        quote!(
            pub mod server;
        )
    });
    let webhooks = (!krate.webhooks.is_empty()).then(|| {
        let full = crate::plan::FULL;
        let on = krate.features.is_some().then(|| quote!(#[cfg(feature = #full)]));
        quote!(#on pub mod webhooks;)
    });
    let lints = quote! {
        #![allow(
            deprecated,
            reason = "what the document marks as deprecated is still there, and used inside"
        )]
        #![allow(
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::self_named_constructors,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::type_complexity,
            reason = "the document's authors decide on texts, names and what is required"
        )]
    };
    let defaults = parts.has("defaults").then(|| {
        quote! {
            #![allow(
                clippy::approx_constant,
                reason = "the document's authors decide on defaults"
            )]
        }
    });
    let letters = (krate.alphabet == Alphabet::Unicode).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                non_camel_case_types,
                uncommon_codepoints,
                reason = "the document's authors decide on the alphabet"
            )]
        }
    });
    let uses = quote! {
        pub use runtime::{
            ApiError, AuthError, BuildError, Client, ClientBuilder, Credentials, DecodeError, Error,
            Request, RequestOptions, Response, RetryPolicy, TimeoutError, TransportError,
        };
        #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
        #[doc(no_inline)]
        pub use reqwest;
        #[doc(no_inline)]
        pub use {http, secrecy};
    };
    let parts = [
        quote!(#(#about)*),
        quote!(#lints #defaults #letters),
        quote!(pub mod api; pub mod guide; #(#modules)* pub mod models; pub mod runtime; #server #webhooks),
        quote!(
            mod client;
        ),
        uses,
    ];
    let content = Content::Rust(parts.into_iter().map(Part::Items).collect());
    File { path: "src/lib.rs".to_owned(), content }
}

/// `client.rs`: the groups as methods, the server's variables as methods of the builder.
pub(super) fn client(krate: &Crate) -> File {
    let about = quote!(#![doc = " What the client of this API has beyond the runtime's."]);
    let mut groups: Vec<&Name> = krate.groups.iter().map(|group| &group.name).collect();
    groups.sort();
    let groups: Vec<Ident> = groups.into_iter().map(ident).collect();
    let imports = if krate.features.is_some() {
        // Which groups there are depends on features.
        quote! {
            #[allow(unused_imports, reason = "there may be no group at all")]
            use crate::api::*;
        }
    } else if groups.is_empty() {
        TokenStream::new()
    } else {
        quote!(use crate::api::{#(#groups),*};)
    };
    let variable = (!krate.client.defaults.is_empty()).then(|| quote!(ServerVariable));
    let has_keys = !krate.client.keys.is_empty();
    let (key, location) =
        (has_keys.then(|| quote!(ApiKey,)), has_keys.then(|| quote!(KeyLocation,)));
    let secret = has_keys.then(|| {
        quote!(
            use secrecy::SecretString;
        )
    });
    let accessors = krate.groups.iter().enumerate().map(|(at, group)| {
        let (on, accessor) = (super::api::on(krate, at), accessor(group));
        quote!(#on #accessor)
    });
    let mut starts = vec!["Starts a client of this API.".to_owned()];
    if !krate.client.servers.is_empty() {
        let text = "It is for the first server of the document, unless [`ClientBuilder::server`] \
                    names another.";
        starts.extend([String::new(), text.to_owned()]);
    }
    if let Some(url) = krate.client.server.as_ref().filter(|url| !url.contains("://")) {
        let about = format!(
            "The document's server is {}, relative to where the document lies: `base_url` must be \
             called with the whole URL.",
            code(url)
        );
        starts.extend([String::new(), about]);
    }
    let starts = lines(starts.iter().map(String::as_str));
    let mut parts = vec![
        about,
        quote!(#secret),
        quote!(#imports use crate::runtime::{Api, #key Client, ClientBuilder, #location #variable};),
        api(krate),
        quote! {
            impl Client {
                #starts
                pub fn builder() -> ClientBuilder { ClientBuilder::new(&API) }
                #(#accessors)*
            }
        },
    ];
    if !krate.client.variables.is_empty() || !krate.client.keys.is_empty() {
        let variables = krate.client.variables.iter().map(variable_method);
        let methods = variables.chain(krate.client.keys.iter().map(key_method));
        parts.push(quote!(impl ClientBuilder { #(#methods)* }));
    }
    let content = Content::Rust(parts.into_iter().map(Part::Items).collect());
    File { path: "src/client.rs".to_owned(), content }
}

fn accessor(group: &Group) -> TokenStream {
    let (docs, name, accessor) = (docs(&group.docs), ident(&group.name), ident(&group.accessor));
    quote!(#docs pub fn #accessor(&self) -> #name<'_> { #name::new(self) })
}

fn api(krate: &Crate) -> TokenStream {
    let (title, package) = (&krate.title, format!("{}/", krate.package.name));
    let server = option(krate.client.server.as_deref());
    let token_url = option(krate.client.token_url.as_deref());
    let variables = server_variables(&krate.client.defaults);
    let keys = krate.client.keys.iter().map(|key| {
        let (scheme, name) = (&key.scheme, &key.wire);
        let location = match key.location {
            Location::Query => quote!(Query),
            Location::Cookie => quote!(Cookie),
            Location::Header | Location::Path => quote!(Header),
        };
        quote!(ApiKey { scheme: #scheme, location: KeyLocation::#location, name: #name })
    });
    let security = requirements(&krate.client.requirements);
    // Other servers are made of this one.
    let kind =
        if krate.client.servers.is_empty() { quote!(static) } else { quote!(pub(crate) const) };
    quote! {
        #kind API: Api = Api {
            title: #title,
            user_agent: concat!(#package, env!("CARGO_PKG_VERSION")),
            server: #server,
            variables: &[#variables],
            token_url: #token_url,
            keys: &[#(#keys),*],
            security: #security,
        };
    }
}

/// Rows of variables with their defaults.
pub(super) fn server_variables(defaults: &[(String, Option<String>)]) -> TokenStream {
    let rows = defaults.iter().map(|(name, default)| {
        let default = option(default.as_deref());
        quote!(ServerVariable { name: #name, default: #default })
    });
    quote!(#(#rows),*)
}

/// Alternatives of security schemes.
pub(super) fn requirements(requirements: &Requirements) -> TokenStream {
    let alternatives = requirements.iter().map(|schemes| quote!(&[#(#schemes),*]));
    quote!(&[#(#alternatives),*])
}

fn key_method(key: &ApiKey) -> TokenStream {
    let (docs, name, scheme) = (docs(&key.docs), ident(&key.name), &key.scheme);
    quote! {
        #docs
        pub fn #name(self, key: impl Into<SecretString>) -> Self { self.api_key(#scheme, key) }
    }
}

pub(super) fn option(text: Option<&str>) -> TokenStream {
    text.map_or(quote!(None), |text| quote!(Some(#text)))
}

fn variable_method(variable: &ServerVariable) -> TokenStream {
    let (name, wire) = (ident(&variable.name), &variable.wire);
    let docs = docs(&variable.docs);
    if let Some(choice) = &variable.choice {
        let choice = ident(&choice.name);
        return quote! {
            #docs
            pub fn #name(self, value: crate::server::#choice) -> Self {
                self.server_variable(#wire, value.as_str())
            }
        };
    }
    quote! {
        #docs
        pub fn #name(self, value: impl Into<String>) -> Self { self.server_variable(#wire, value) }
    }
}
