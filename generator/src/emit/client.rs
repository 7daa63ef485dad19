//! `lib.rs`, and what the client of this API has beyond the runtime's.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{docs, ident, lines};
use super::{Content, File, Part};
use crate::plan::{Alphabet, Crate, Group, Name, ServerVariable};

/// `lib.rs`: the crate's documentation, its modules and its front door.
pub(super) fn library(krate: &Crate) -> File {
    let about = krate.docs.iter().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#![doc = #line])
    });
    let modules = krate.modules.iter().map(|module| {
        let module = format_ident!("{module}");
        quote!(pub mod #module;)
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
            Request, RequestOptions, Response, TimeoutError, TransportError,
        };
        #[doc(no_inline)]
        pub use {http, reqwest, secrecy};
    };
    let parts = [
        quote!(#(#about)*),
        quote!(#lints #letters),
        quote!(pub mod api; #(#modules)* pub mod models; pub mod runtime;),
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
    let variable = (!krate.client.variables.is_empty()).then(|| quote!(, ServerVariable));
    let accessors = krate.groups.iter().enumerate().map(|(at, group)| {
        let (on, accessor) = (super::api::on(krate, at), accessor(group));
        quote!(#on #accessor)
    });
    let starts = lines(["Starts a client of this API."]);
    let mut parts = vec![
        about,
        quote!(#imports use crate::runtime::{Api, Client, ClientBuilder #variable};),
        api(krate),
        quote! {
            impl Client {
                #starts
                pub fn builder() -> ClientBuilder { ClientBuilder::new(&API) }
                #(#accessors)*
            }
        },
    ];
    if !krate.client.variables.is_empty() {
        let methods = krate.client.variables.iter().map(variable_method);
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
    let variables = krate.client.variables.iter().map(|variable| {
        let (name, default) = (&variable.wire, option(variable.default.as_deref()));
        quote!(ServerVariable { name: #name, default: #default })
    });
    quote! {
        static API: Api = Api {
            title: #title,
            user_agent: concat!(#package, env!("CARGO_PKG_VERSION")),
            server: #server,
            variables: &[#(#variables),*],
            token_url: #token_url,
        };
    }
}

fn option(text: Option<&str>) -> TokenStream {
    text.map_or(quote!(None), |text| quote!(Some(#text)))
}

fn variable_method(variable: &ServerVariable) -> TokenStream {
    let (name, wire) = (ident(&variable.name), &variable.wire);
    let docs = docs(&variable.docs);
    quote! {
        #docs
        pub fn #name(self, value: impl Into<String>) -> Self { self.server_variable(#wire, value) }
    }
}
