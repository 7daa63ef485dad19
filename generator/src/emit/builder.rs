//! The builder of an operation with optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::api::{argument_type, request_type, response_type};
use super::tokens::{Place, docs, ident, lines};
use crate::plan::{Argument, Method, Presence};

/// The struct and its methods.
pub(super) fn builder(method: &Method, place: &Place<'_>) -> Option<[TokenStream; 2]> {
    let name = ident(method.builder.as_ref()?);
    let (request, response) = (request_type(method, place), response_type(method, place));
    let about = format!("A request of `{}`, which `send` sends.", method.name);
    let docs = lines([about.as_str()]);
    let setters = method.optional.iter().map(|argument| setter(argument, place));
    let body = method.body.as_ref().filter(|body| body.presence != Presence::Required);
    let body = body.map(|body| {
        let (docs, ty) = (lines(["Sets the request body."]), place.ty(&body.ty));
        quote!(#docs pub fn body(self, body: impl Borrow<#ty>) -> Self { Self(self.0.body(body)) })
    });
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
                pub async fn send(self) -> Result<Response<#response>, Error> {
                    self.0.send().await
                }
            }
        },
    ])
}

fn setter(argument: &Argument, place: &Place<'_>) -> TokenStream {
    let (docs, name, wire) = (docs(&argument.docs), ident(&argument.name), &argument.wire);
    let ty = argument_type(argument, None, place);
    quote!(#docs pub fn #name(self, value: #ty) -> Self { Self(self.0.query(#wire, value)) })
}
