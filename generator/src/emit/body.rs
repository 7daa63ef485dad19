//! Request bodies: their arguments, the calls that take them, and the types for a choice and parts.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::parameter;
use super::tokens::{Place, code, docs, ident, lines};
use crate::plan::{
    Body, Content, ContentKind, Method, Multipart, Part, PartKind, Presence, RustType,
};

/// The type of the body argument.
pub(super) fn argument(body: &Body, place: &Place<'_>) -> TokenStream {
    let into = |ty: TokenStream| {
        let into = place.standard("Into");
        quote!(impl #into<#ty>)
    };
    match (&body.choice, body.contents.as_slice()) {
        (Some(choice), contents) => {
            let lifetime = contents.iter().any(is_borrowed).then(|| quote!(<'body>));
            let choice = ident(choice);
            into(quote!(#choice #lifetime))
        }
        (None, [one]) => match &one.kind {
            ContentKind::Text => into(place.standard("String")),
            ContentKind::Bytes => into(quote!(Body)),
            _ => held(one, None, place),
        },
        (None, _) => quote!(()),
    }
}

/// The lifetime that the type of the body argument has to name.
pub(super) fn lifetime(body: &Body) -> Option<TokenStream> {
    let borrowed = body.choice.is_some() && body.contents.iter().any(is_borrowed);
    borrowed.then(|| quote!(<'body>))
}

/// The type of the body that `Request` knows of: only JSON is set by its own method.
pub(super) fn request_type(method: &Method, place: &Place<'_>) -> TokenStream {
    json(method).map_or(quote!(NoBody), |(ty, _)| place.ty(ty))
}

/// The type and the media type of a body that is JSON alone.
fn json(method: &Method) -> Option<(&RustType, &str)> {
    let body = method.body.as_ref()?;
    match (&body.choice, body.contents.as_slice()) {
        (None, [Content { kind: ContentKind::Json(ty), media_type, .. }]) => Some((ty, media_type)),
        _ => None,
    }
}

/// The call that says the media type of JSON under another name.
pub(super) fn content_type(method: &Method) -> Option<TokenStream> {
    let (_, media_type) = json(method)?;
    (media_type != "application/json").then(|| quote!(.content_type(#media_type)))
}

/// The request with its body, which is given as `body`.
pub(super) fn set(body: &Body, request: &TokenStream) -> TokenStream {
    match (&body.choice, body.contents.as_slice()) {
        (Some(_), _) => quote!(body.into().give(#request)),
        (None, [Content { kind: ContentKind::Json(_), .. }]) => quote!(#request.body(body)),
        (None, [one]) => {
            let call = call(one);
            quote!(#request #call)
        }
        (None, _) => request.clone(),
    }
}

/// The setter of a body that may be left out.
pub(super) fn setter(method: &Method, place: &Place<'_>) -> Option<TokenStream> {
    let body = method.body.as_ref().filter(|body| body.presence != Presence::Required)?;
    let docs = lines(["Sets the request body."]);
    let ty = match json(method) {
        Some((ty, _)) => {
            let ty = place.ty(ty);
            quote!(impl Borrow<#ty>)
        }
        None => argument(body, place),
    };
    let (request, lifetime) = (set(body, &quote!(self.0)), lifetime(body));
    Some(quote!(#docs pub fn body #lifetime (self, body: #ty) -> Self { Self(#request) }))
}

/// Whether a method has a setter that takes anything that lends JSON.
pub(super) fn borrows(method: &Method) -> bool {
    let optional = method.body.as_ref().is_some_and(|body| body.presence != Presence::Required);
    optional && method.builder.is_some() && json(method).is_some()
}

/// The call that takes a body as `body`.
fn call(content: &Content) -> TokenStream {
    let media_type = &content.media_type;
    match &content.kind {
        ContentKind::Json(_) if content.is_json() => quote!(.json(body)),
        ContentKind::Json(_) => quote!(.json(body).content_type(#media_type)),
        ContentKind::JsonLines(_) => quote!(.json_lines(#media_type, body)),
        ContentKind::Form(_, styles) => {
            let styles = styles.iter().map(|(name, form)| {
                let style = parameter::style(*form);
                quote!((#name, #style))
            });
            quote!(.form(body, &[#(#styles),*]))
        }
        ContentKind::Multipart(_) | ContentKind::AnyParts => quote!(.multipart(#media_type, body)),
        ContentKind::Text => quote!(.text(#media_type, body)),
        ContentKind::Bytes => quote!(.bytes(#media_type, body)),
    }
}

/// The type of a body as a value.
fn held(content: &Content, lifetime: Option<&TokenStream>, place: &Place<'_>) -> TokenStream {
    match &content.kind {
        ContentKind::Json(ty) | ContentKind::Form(ty, _) => {
            let ty = place.ty(ty);
            quote!(&#lifetime #ty)
        }
        ContentKind::JsonLines(ty) => {
            let ty = place.ty(ty);
            quote!(&#lifetime [#ty])
        }
        ContentKind::Multipart(multipart) => {
            let name = ident(&multipart.name);
            quote!(#name)
        }
        ContentKind::AnyParts => quote!(Multipart),
        ContentKind::Text => place.standard("String"),
        ContentKind::Bytes => quote!(Body),
    }
}

fn is_borrowed(content: &Content) -> bool {
    match content.kind {
        ContentKind::Json(_) | ContentKind::Form(..) | ContentKind::JsonLines(_) => true,
        ContentKind::Multipart(_)
        | ContentKind::AnyParts
        | ContentKind::Text
        | ContentKind::Bytes => false,
    }
}

/// The types that a body has for itself.
pub(super) fn types(method: &Method, place: &Place<'_>) -> Vec<TokenStream> {
    let Some(body) = &method.body else { return Vec::new() };
    let mut types = choice(method, body, place);
    for content in &body.contents {
        if let ContentKind::Multipart(multipart) = &content.kind {
            types.extend(parts(method, multipart, place));
        }
    }
    types
}

/// The enum of the forms of a body.
fn choice(method: &Method, body: &Body, place: &Place<'_>) -> Vec<TokenStream> {
    let Some(name) = &body.choice else { return Vec::new() };
    let name = ident(name);
    let borrowed = body.contents.iter().any(is_borrowed);
    let lifetime = borrowed.then(|| quote!('a));
    let (generics, elided) =
        (lifetime.as_ref().map(|one| quote!(<#one>)), borrowed.then(|| quote!(<'_>)));
    let about =
        format!("The body of `{}`, in one of the media types that it can have.", method.name);
    let about = lines([about.as_str()]);
    let variants = body.contents.iter().map(|content| {
        let media_type = code(&content.media_type);
        let (docs, variant) = (lines([media_type.as_str()]), ident(&content.variant));
        let ty = held(content, lifetime.as_ref(), place);
        quote!(#docs #variant(#ty))
    });
    let arms = body.contents.iter().map(|content| {
        let (variant, call) = (ident(&content.variant), call(content));
        quote!(Self::#variant(body) => request #call)
    });
    let mut types = vec![
        quote! {
            #about
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #name #generics { #(#variants,)* }
        },
        quote! {
            impl #name #elided {
                fn give<T>(self, request: Request<NoBody, T>) -> Request<NoBody, T> {
                    match self { #(#arms,)* }
                }
            }
        },
    ];
    // The first form of a type is the one that the document prefers.
    let mut known = BTreeSet::new();
    for content in &body.contents {
        let (variant, ty) = (ident(&content.variant), held(content, lifetime.as_ref(), place));
        if known.insert(ty.to_string()) {
            let from = place.standard("From");
            // A lifetime that only the enum has needs no name.
            let (own, whole) = match (is_borrowed(content), borrowed) {
                (true, _) => (Some(quote!(<'a>)), Some(quote!(<'a>))),
                (false, true) => (None, Some(quote!(<'_>))),
                (false, false) => (None, None),
            };
            types.push(quote! {
                impl #own #from<#ty> for #name #whole {
                    fn from(body: #ty) -> Self { Self::#variant(body) }
                }
            });
        }
    }
    types
}

/// The struct of a body of several parts.
fn parts(method: &Method, multipart: &Multipart, place: &Place<'_>) -> Vec<TokenStream> {
    let name = ident(&multipart.name);
    let about = format!("The body of `{}`, part by part.", method.name);
    let about = lines([about.as_str()]);
    let arguments = multipart.arguments().into_iter().map(|part| {
        let (name, ty) = (ident(&part.name), part_type(part, place));
        quote!(#name: #ty)
    });
    let calls = multipart.required.iter().map(|part| {
        let name = ident(&part.name);
        part_call(part, &quote!(#name))
    });
    let mut starts = vec!["A body with the parts that must be there."];
    for headers in multipart.required.iter().filter_map(|part| part.headers.as_deref()) {
        starts.extend(["", headers]);
    }
    let starts = lines(starts);
    let setters = multipart.optional.iter().map(|part| {
        let (docs, name, ty) = (docs(&part.docs), ident(&part.name), part_type(part, place));
        let call = part_call(part, &quote!(value));
        quote!(#docs pub fn #name(self, value: #ty) -> Self { Self(self.0 #call) })
    });
    let from = place.standard("From");
    let default = multipart.required.is_empty().then(|| quote!(, Default));
    vec![
        quote! {
            #about
            #[derive(Debug #default)]
            #[must_use = "give it to the method"]
            pub struct #name(Multipart);
        },
        quote! {
            impl #name {
                #starts
                pub fn new(#(#arguments),*) -> Self { Self(Multipart::new() #(#calls)*) }
                #(#setters)*
            }
        },
        quote! {
            impl #from<#name> for Multipart {
                fn from(body: #name) -> Self { body.0 }
            }
        },
    ]
}

fn part_type(part: &Part, place: &Place<'_>) -> TokenStream {
    let into = place.standard("Into");
    match &part.kind {
        PartKind::File => quote!(impl #into<Part>),
        PartKind::Files => quote!(impl IntoIterator<Item = impl #into<Part>>),
        PartKind::Text(ty) | PartKind::Value(ty) => parameter::borrowed_argument(ty, place),
    }
}

fn part_call(part: &Part, value: &TokenStream) -> TokenStream {
    let wire = &part.wire;
    let file_type = part.media_type.as_deref().unwrap_or("application/octet-stream");
    match (&part.kind, &part.media_type) {
        (PartKind::File, _) => quote!(.file(#wire, #value, #file_type)),
        (PartKind::Files, _) => quote!(.files(#wire, #value, #file_type)),
        (PartKind::Text(_), _) => quote!(.text(#wire, #value)),
        (PartKind::Value(ty), media_type) => {
            let value = if parameter::is_texts(ty) { quote!(Texts(#value)) } else { value.clone() };
            media_type.as_ref().map_or_else(
                || quote!(.value(#wire, #value)),
                |media_type| quote!(.value_as(#wire, #value, #media_type)),
            )
        }
    }
}

/// The types that the body of a method names.
pub(super) fn rust_types(method: &Method) -> Vec<&RustType> {
    let contents = method.body.iter().flat_map(|body| &body.contents);
    let types = contents.flat_map(|content| match &content.kind {
        ContentKind::Json(ty) | ContentKind::JsonLines(ty) | ContentKind::Form(ty, _) => vec![ty],
        ContentKind::Multipart(multipart) => all_parts(multipart)
            .filter_map(|part| match &part.kind {
                PartKind::Text(ty) | PartKind::Value(ty) => Some(ty),
                PartKind::File | PartKind::Files => None,
            })
            .collect(),
        ContentKind::AnyParts | ContentKind::Text | ContentKind::Bytes => Vec::new(),
    });
    types.collect()
}

fn all_parts(multipart: &Multipart) -> impl Iterator<Item = &Part> {
    multipart.required.iter().chain(&multipart.optional)
}

/// What the bodies of a method name of the runtime, and the parts of it that they call.
pub(super) fn uses(method: &Method) -> (Vec<&'static str>, Vec<&'static str>) {
    let (mut names, mut parts) = (Vec::new(), Vec::new());
    if json(method).is_none() {
        names.push("NoBody");
    }
    for content in method.body.iter().flat_map(|body| &body.contents) {
        match &content.kind {
            ContentKind::Json(_) => {}
            ContentKind::JsonLines(_) | ContentKind::Text => parts.push("body"),
            ContentKind::Bytes => {
                names.push("Body");
                parts.push("body");
            }
            ContentKind::Form(_, styles) => {
                names.extend((!styles.is_empty()).then_some("Style"));
                parts.push("form");
            }
            ContentKind::AnyParts => {
                names.push("Multipart");
                parts.push("multipart");
            }
            ContentKind::Multipart(multipart) => {
                names.push("Multipart");
                parts.push("multipart");
                for part in all_parts(multipart) {
                    match &part.kind {
                        PartKind::File | PartKind::Files => names.push("Part"),
                        PartKind::Value(ty) if parameter::is_texts(ty) => {
                            names.push("Texts");
                            parts.push("style");
                        }
                        PartKind::Value(_) | PartKind::Text(_) => {}
                    }
                }
            }
        }
    }
    (names, parts)
}
