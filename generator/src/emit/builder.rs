//! The builder of an operation with optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::api::request_type;
use super::tokens::{Place, docs, ident, lines};
use super::{answer, body, parameter};
use crate::plan::{Argument, Method};

/// The struct and its methods.
pub(super) fn builder(method: &Method, place: &Place<'_>) -> Option<[TokenStream; 2]> {
    let name = ident(method.builder.as_ref()?);
    let (request, response) = (request_type(method, place), answer::ty(method, place));
    let about = format!("A request of `{}`, which `send` sends.", method.name);
    let docs = lines([about.as_str()]);
    let setters = method.optional.iter().map(|argument| setter(argument, place));
    let body = body::setter(method, place);
    let options = lines(["Sets what holds for this request alone."]);
    let send = lines(["Sends the request, as [`Request::send`] does."]);
    Some([
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #name(#request);
        },
        quote! {
            impl #name {
                #(#setters)*
                #body
                #options
                pub fn options(self, options: RequestOptions) -> Self {
                    Self(self.0.options(options))
                }
                #send
                pub fn send(self) -> ResponseFuture<#response> {
                    self.0.send()
                }
            }
        },
    ])
}

fn setter(argument: &Argument, place: &Place<'_>) -> TokenStream {
    let (docs, name) = (docs(&argument.docs), ident(&argument.name));
    let ty = parameter::argument(argument, place);
    let call = parameter::call(argument, &parameter::lent(argument, &quote!(value)));
    quote!(#docs pub fn #name(self, value: #ty) -> Self { Self(self.0 #call) })
}
