//! The headers of answers: a struct that the runtime fills as it fills models.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Place, ident, lines};
use super::{Part, models};
use crate::plan::{Headers, Method};

/// The struct and its table.
pub(super) fn types(method: &Method, headers: &Headers, place: &Place<'_>) -> Vec<Part> {
    let name = ident(&headers.name);
    let about =
        format!("The headers of answers of `{}`, as `read_headers` reads them.", method.name);
    let docs = lines([about.as_str()]);
    let fields = headers.fields.iter().map(|field| models::field(field, place));
    vec![
        Part::Items(quote! {
            #docs
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name { #(#fields,)* }
        }),
        Part::Items(quote!(impl crate::runtime::Headers for #name {})),
        Part::Table {
            path: "crate::runtime::object",
            head: headers.name.to_string(),
            rows: models::rows(&headers.fields, place),
        },
    ]
}

/// What the documentation of the method says about them.
pub(super) fn mention(headers: &Headers) -> TokenStream {
    let text = format!("The answer has typed headers: [`{}`].", headers.name);
    lines(["", text.as_str()])
}
