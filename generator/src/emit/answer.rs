//! Answers: their types, the calls that say how they are read, and the enum for a choice.

use proc_macro2::TokenStream;
use quote::quote;

use super::api::statuses;
use super::tokens::{Place, code, ident, lines};
use crate::plan::{Answer, Case, Choice, Method, Reading, RustType};

/// The type of what comes back.
pub(super) fn ty(method: &Method, place: &Place<'_>) -> TokenStream {
    match &method.answer {
        Answer::Empty => quote!(()),
        Answer::One(reading, _) => read_type(reading, place),
        Answer::Optional(ty, _) => {
            let (option, ty) = (place.standard("Option"), place.ty(ty));
            quote!(#option<#ty>)
        }
        Answer::Choice(choice) => {
            let name = ident(&choice.name);
            quote!(#name)
        }
    }
}

/// The calls that say how the answer is read; none for JSON under its usual name.
pub(super) fn calls(method: &Method) -> TokenStream {
    let accepts = |accept: &str| {
        let usual = accept == "application/json";
        (!usual).then(|| quote!(.accept(#accept)))
    };
    match &method.answer {
        Answer::Empty => quote!(.without_content()),
        Answer::One(reading, accept) => {
            let accept = accepts(accept);
            let reads = match reading {
                Reading::Json(_) => None,
                Reading::Text => Some(quote!(.reads_text())),
                Reading::Download => Some(quote!(.reads_download())),
                Reading::Events(Some(_)) => Some(quote!(.reads_events())),
                Reading::Events(None) => Some(quote!(.reads_text_events())),
                Reading::JsonLines(_) => Some(quote!(.reads_json_lines())),
            };
            quote!(#reads #accept)
        }
        Answer::Optional(_, accept) => {
            let accept = accepts(accept);
            quote!(.reads_optional() #accept)
        }
        Answer::Choice(choice) => {
            let accept = accepts(&choice.accept);
            quote!(.reads_choice() #accept)
        }
    }
}

fn read_type(reading: &Reading, place: &Place<'_>) -> TokenStream {
    match reading {
        Reading::Json(ty) => place.ty(ty),
        Reading::Text => place.standard("String"),
        Reading::Download => quote!(Download),
        Reading::Events(ty) => {
            let ty = ty.as_ref().map_or_else(|| place.standard("String"), |ty| place.ty(ty));
            quote!(EventStream<#ty>)
        }
        Reading::JsonLines(ty) => {
            let ty = place.ty(ty);
            quote!(JsonLines<#ty>)
        }
    }
}

/// The enum of the answers of a method.
pub(super) fn types(method: &Method, place: &Place<'_>) -> Vec<TokenStream> {
    let Answer::Choice(Choice { name, cases, accept: _ }) = &method.answer else {
        return Vec::new();
    };
    let name = ident(name);
    let about = format!("What `{}` succeeds with.", method.name);
    let about = lines([about.as_str()]);
    let variants = cases.iter().map(|case| {
        let variant = ident(&case.variant);
        let (media, ty) = match &case.body {
            Some((media_type, reading)) => {
                let ty = read_type(reading, place);
                (code(media_type), Some(quote!((#ty))))
            }
            None => ("without content".to_owned(), None),
        };
        let docs = format!("{}: {media}.", status_text(case));
        let docs = lines([docs.as_str()]);
        quote!(#docs #variant #ty)
    });
    let rows = cases.iter().map(|case| {
        let statuses = statuses(case.statuses);
        match &case.body {
            None => quote!(Case::empty(#statuses)),
            Some((media_type, Reading::Json(_) | Reading::Text)) => {
                quote!(Case::whole(#statuses, #media_type))
            }
            Some((media_type, _)) => quote!(Case::stream(#statuses, #media_type)),
        }
    });
    let arms = cases.iter().enumerate().map(|(at, case)| {
        let (at, variant) = (proc_macro2::Literal::usize_unsuffixed(at), ident(&case.variant));
        let value = match &case.body {
            None => quote!(Ok(Self::#variant)),
            Some((_, Reading::Json(_))) => quote!(answer.json().map(Self::#variant)),
            Some((_, Reading::Text)) => quote!(answer.text().map(Self::#variant)),
            Some((_, Reading::Download)) => quote!(Ok(Self::#variant(answer.download()))),
            Some((_, Reading::Events(Some(_)))) => quote!(Ok(Self::#variant(answer.events()))),
            Some((_, Reading::Events(None))) => quote!(Ok(Self::#variant(answer.text_events()))),
            Some((_, Reading::JsonLines(_))) => quote!(Ok(Self::#variant(answer.json_lines()))),
        };
        quote!(#at => #value)
    });
    vec![
        quote! {
            #about
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* }
        },
        quote! {
            impl Choice for #name {
                const CASES: &'static [Case] = &[#(#rows),*];
                fn read(case: usize, answer: Chosen) -> Result<Self, Error> {
                    match case {
                        #(#arms,)*
                        _ => answer.unexpected(),
                    }
                }
            }
        },
    ]
}

fn status_text(case: &Case) -> String {
    match case.statuses {
        crate::plan::Statuses::Exact(status) => status.to_string(),
        crate::plan::Statuses::Range(digit) => format!("{digit}XX"),
        crate::plan::Statuses::Default => "Any other success".to_owned(),
    }
}

fn readings(method: &Method) -> Vec<&Reading> {
    match &method.answer {
        Answer::Empty | Answer::Optional(..) => Vec::new(),
        Answer::One(reading, _) => vec![reading],
        Answer::Choice(choice) => {
            choice.cases.iter().filter_map(|case| Some(&case.body.as_ref()?.1)).collect()
        }
    }
}

/// The types that the answer of a method names.
pub(super) fn rust_types(method: &Method) -> Vec<&RustType> {
    let mut types: Vec<&RustType> = readings(method)
        .into_iter()
        .filter_map(|reading| match reading {
            Reading::Json(ty) | Reading::JsonLines(ty) => Some(ty),
            Reading::Events(ty) => ty.as_ref(),
            Reading::Text | Reading::Download => None,
        })
        .collect();
    if let Answer::Optional(ty, _) = &method.answer {
        types.push(ty);
    }
    types
}

/// What the answer of a method names of the runtime, and the parts of it that it calls.
pub(super) fn uses(method: &Method) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut names, mut parts) = (Vec::new(), Vec::new());
    match &method.answer {
        Answer::Choice(_) => {
            names.extend(["Case", "Choice", "Chosen", "Error", "Statuses"]);
            parts.push("choice");
        }
        Answer::Optional(..) => parts.push("optional"),
        Answer::Empty | Answer::One(..) => {}
    }
    for reading in readings(method) {
        let (name, part) = match reading {
            Reading::Json(_) => continue,
            Reading::Text => {
                parts.push("text");
                continue;
            }
            Reading::Download => ("Download", "download"),
            Reading::Events(_) => ("EventStream", "events"),
            Reading::JsonLines(_) => ("JsonLines", "lines"),
        };
        names.push(name);
        parts.push(part);
    }
    (names, parts)
}
