//! The choices that the document offers for the server: which one, and the values of variables.

use proc_macro2::TokenStream;
use quote::quote;

use super::client::{option, server_variables};
use super::tokens::{code, docs, ident, lines, literal};
use super::{Content, File, Part};
use crate::plan::{Crate, Name, Server, VariableChoice};

/// Whether there is something to choose.
pub(super) fn has_enums(krate: &Crate) -> bool {
    !krate.client.servers.is_empty() || choices(krate).next().is_some()
}

fn choices(krate: &Crate) -> impl Iterator<Item = (&str, &VariableChoice)> {
    let variables = krate.client.variables.iter();
    variables.filter_map(|variable| Some((variable.wire.as_str(), variable.choice.as_ref()?)))
}

/// `server.rs`, where there is something to choose.
pub(super) fn server(krate: &Crate) -> Option<File> {
    if !has_enums(krate) {
        return None;
    }
    let about = quote!(#![doc = " The servers of the API, as its document lists them."]);
    let mut parts = vec![Part::Items(about)];
    let servers = &krate.client.servers;
    if !servers.is_empty() {
        let has_variables = servers.iter().skip(1).any(|server| !server.defaults.is_empty());
        let variable = has_variables.then(|| quote!(, ServerVariable));
        parts.push(Part::Items(quote! {
            use crate::client::API;
            use crate::runtime::{Api, ClientBuilder #variable};
        }));
        parts.extend(self::servers(servers).map(Part::Items));
    }
    parts.extend(choices(krate).flat_map(|(variable, choice)| choice_parts(variable, choice)));
    Some(File { path: "src/server.rs".to_owned(), content: Content::Rust(parts) })
}

fn servers(servers: &[Server]) -> [TokenStream; 3] {
    let about = lines(["A server that the document names; `ClientBuilder::server` takes it."]);
    let variants = servers.iter().enumerate().map(|(at, server)| {
        let (docs, name) = (docs(&server.docs), ident(&server.name));
        let default = (at == 0).then(|| quote!(#[default]));
        quote!(#docs #default #name)
    });
    let arms = servers.iter().enumerate().map(|(at, server)| {
        let (name, url) = (ident(&server.name), option(Some(&server.url)));
        if at == 0 {
            return quote!(Self::#name => &API);
        }
        let variables = server_variables(&server.defaults);
        quote!(Self::#name => const { &Api { server: #url, variables: &[#variables], ..API } })
    });
    let docs = lines([
        "Sends requests to this server, unless `base_url` names one that is none of the document's.",
        "",
        "An operation for which the document names another server is sent there.",
    ]);
    [
        quote! {
            #about
            #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Server { #(#variants,)* }
        },
        quote! {
            impl Server {
                fn api(self) -> &'static Api {
                    match self { #(#arms,)* }
                }
            }
        },
        quote! {
            impl ClientBuilder {
                #docs
                pub fn server(mut self, server: Server) -> Self {
                    self.api = server.api();
                    self
                }
            }
        },
    ]
}

fn choice_parts(variable: &str, choice: &VariableChoice) -> [Part; 2] {
    let about = format!("The values of the server variable {}.", code(variable));
    let (docs, name) = (lines([about.as_str()]), ident(&choice.name));
    let variants = choice.variants.iter().map(|(name, value)| {
        let (docs, name) = (code(value), ident(name));
        let docs = lines([docs.as_str()]);
        quote!(#docs #name)
    });
    let row = |(name, value): &(Name, String)| format!("{name} = {}", literal(value));
    [
        Part::Items(quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }
        }),
        Part::Table {
            path: "crate::runtime::closed_enum",
            head: choice.name.to_string(),
            rows: choice.variants.iter().map(row).collect(),
        },
    ]
}
