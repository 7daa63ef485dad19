//! Groups of operations: a file each, with the sub-client, its builders and parameter structs.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Place, Uses, docs, ident, lines};
use super::{Content, File, Part};
use super::{builder, models};

use crate::plan::{
    Argument, Crate, Credential, Group, Location, Method, Path, Presence, RustType, Statuses, Verb,
};

/// The files of `api`.
pub(super) fn files(krate: &Crate) -> Vec<File> {
    let about = lines_inner(
        "The operations of the API, by group. Each group is a method of [`Client`](crate::Client).",
    );
    let modules = krate.groups.iter().enumerate().map(|(at, group)| {
        let (on, module) = (on(krate, at), ident(&group.module));
        quote!(#on pub mod #module;)
    });
    let uses = krate.groups.iter().enumerate().map(|(at, group)| {
        let (on, module, name) = (on(krate, at), ident(&group.module), ident(&group.name));
        quote!(#on pub use self::#module::#name;)
    });
    let parts = [about, quote!(#(#modules)*), quote!(#(#uses)*)];
    let content = Content::Rust(parts.into_iter().map(Part::Items).collect());
    let mut files = vec![File { path: "src/api/mod.rs".to_owned(), content }];
    files.extend(krate.groups.iter().map(|group| File {
        path: format!("src/api/{}.rs", group.module.stem()),
        content: Content::Rust(group_parts(group)),
    }));
    files
}

/// The condition under which a group is compiled.
pub(super) fn on(krate: &Crate, group: usize) -> Option<TokenStream> {
    let feature = krate.features.as_ref()?.groups.get(group)?;
    Some(quote!(#[cfg(feature = #feature)]))
}

/// Documentation of the module itself.
fn lines_inner(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#![doc = #text])
}

fn group_parts(group: &Group) -> Vec<Part> {
    // Types of the group stand in its own file, so nothing of it is behind `super`.
    let local: Vec<Path> =
        group.items.iter().map(|item| models::path(item, &group.modules)).collect();
    let place = Place::new(&[], &local);
    let mut uses = Uses::new(&place);
    for method in &group.methods {
        let arguments = method.required.iter().chain(&method.optional);
        for argument in arguments {
            uses.add(&argument.ty);
        }
        let bodies = method.body.iter().map(|body| &body.ty).chain(&method.response);
        for ty in bodies.chain(method.errors.iter().map(|(_, ty)| ty)) {
            uses.add(ty);
        }
    }
    for item in &group.items {
        models::add_uses(item, &mut uses);
    }
    let borrow = group.methods.iter().any(has_body_setter);
    let borrow = borrow.then(|| {
        quote!(
            use std::borrow::Borrow;
        )
    });
    let (standard, own, names) = (uses.standard(), uses.own(), runtime_names(group));
    let about = lines_inner(&format!("Operations of [`{}`].", group.name));
    let mut parts = vec![
        Part::Items(about),
        Part::Items(quote!(#borrow #standard)),
        Part::Items(quote!(#own use crate::runtime::{#(#names),*};)),
        Part::Items(sub_client(group)),
        Part::Items(sub_client_methods(group, &place)),
    ];
    for method in &group.methods {
        parts.extend(parameters(method, &place).map(Part::Items));
        let builder = builder::builder(method, &place);
        parts.extend(builder.into_iter().flatten().map(Part::Items));
    }
    parts.extend(group.items.iter().flat_map(|item| models::item(item, &place)));
    parts
}

fn has_body_setter(method: &Method) -> bool {
    let optional = method.body.as_ref().is_some_and(|body| body.presence != Presence::Required);
    optional && method.builder.is_some()
}

/// The runtime's names that a group uses, in the order of the alphabet.
fn runtime_names(group: &Group) -> Vec<TokenStream> {
    let any = |test: fn(&Method) -> bool| group.methods.iter().any(test);
    let builders = any(|method| method.builder.is_some());
    let names = [
        ("Client", true),
        ("Error", builders),
        ("NoBody", any(|method| method.body.is_none())),
        ("Request", true),
        ("RequestOptions", builders),
        ("Response", builders),
        ("Statuses", any(|method| !method.errors.is_empty())),
        ("Verb", any(|method| matches!(method.verb, Verb::Options | Verb::Head | Verb::Trace))),
    ];
    let used = names.into_iter().filter(|(_, used)| *used);
    used.map(|(name, _)| format_ident!("{name}")).map(|name| quote!(#name)).collect()
}

fn sub_client(group: &Group) -> TokenStream {
    let (docs, name) = (docs(&group.docs), ident(&group.name));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> { client: &'a Client }
    }
}

fn sub_client_methods(group: &Group, place: &Place<'_>) -> TokenStream {
    let name = ident(&group.name);
    let methods = group.methods.iter().map(|one| method(one, place));
    quote! {
        impl<'a> #name<'a> {
            pub(crate) fn new(client: &'a Client) -> Self { Self { client } }
            #(#methods)*
        }
    }
}

fn method(method: &Method, place: &Place<'_>) -> TokenStream {
    let (docs, name) = (docs(&method.docs), ident(&method.name));
    let request = request_type(method, place);
    let answer = method.builder.as_ref().map(|name| {
        let name = ident(name);
        quote!(#name)
    });
    let answer = answer.unwrap_or(request);
    let arguments = match (&method.params, method.required.as_slice()) {
        (Some(params), list) => {
            let (params, lifetime) = (ident(params), lifetime(list).map(|_| quote!(<'_>)));
            Some(quote!(params: #params #lifetime,))
        }
        (None, [one]) => {
            let (name, ty) = (ident(&one.name), argument_type(one, None, place));
            Some(quote!(#name: #ty,))
        }
        (None, _) => None,
    };
    let body = required_body(method, place).map(|ty| quote!(body: &#ty));
    let expression = expression(method, place);
    quote! {
        #docs
        pub fn #name(&self, #arguments #body) -> #answer { #expression }
    }
}

fn required_body(method: &Method, place: &Place<'_>) -> Option<TokenStream> {
    let body = method.body.as_ref().filter(|body| body.presence == Presence::Required)?;
    Some(place.ty(&body.ty))
}

/// One expression over the runtime.
fn expression(method: &Method, place: &Place<'_>) -> TokenStream {
    let (start, id) = (start(method), &method.id);
    let values = method.required.iter().map(|argument| {
        let (name, wire) = (ident(&argument.name), &argument.wire);
        let value = if method.params.is_some() { quote!(params.#name) } else { quote!(#name) };
        match argument.location {
            Location::Path => quote!(.path(#wire, #value)),
            Location::Query => quote!(.query(#wire, #value)),
        }
    });
    let errors = method.errors.iter().map(|(statuses, body)| {
        let (statuses, body) = (self::statuses(*statuses), place.ty(body));
        quote!(.error::<#body>(#statuses))
    });
    let anonymous = match method.credential {
        Credential::Required => None,
        Credential::Optional => Some(quote!(.optional_credential())),
        Credential::None => Some(quote!(.anonymous())),
    };
    let empty = method.response.is_none().then(|| quote!(.without_content()));
    let body = required_body(method, place).map(|_| quote!(.body(body)));
    let request = quote! {
        #start .operation(#id) #(#values)* #(#errors)* #anonymous #empty #body
    };
    match &method.builder {
        Some(name) => {
            let name = ident(name);
            quote!(#name(#request))
        }
        None => request,
    }
}

/// How a request starts: the common verbs have a function of the runtime.
fn start(method: &Method) -> TokenStream {
    let path = &method.path;
    let verb = match method.verb {
        Verb::Get => return quote!(Request::get(self.client, #path)),
        Verb::Put => return quote!(Request::put(self.client, #path)),
        Verb::Post => return quote!(Request::post(self.client, #path)),
        Verb::Delete => return quote!(Request::delete(self.client, #path)),
        Verb::Patch => return quote!(Request::patch(self.client, #path)),
        Verb::Options => quote!(Options),
        Verb::Head => quote!(Head),
        Verb::Trace => quote!(Trace),
    };
    quote!(Request::new(self.client, Verb::#verb, #path))
}

fn statuses(statuses: Statuses) -> TokenStream {
    match statuses {
        Statuses::Exact(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(Statuses::Exact(#code))
        }
        Statuses::Range(digit) => {
            let digit = Literal::u8_unsuffixed(digit);
            quote!(Statuses::Range(#digit))
        }
        Statuses::Default => quote!(Statuses::Default),
    }
}

pub(super) fn request_type(method: &Method, place: &Place<'_>) -> TokenStream {
    let body = method.body.as_ref().map_or(quote!(NoBody), |body| place.ty(&body.ty));
    let response = response_type(method, place);
    quote!(Request<#body, #response>)
}

pub(super) fn response_type(method: &Method, place: &Place<'_>) -> TokenStream {
    method.response.as_ref().map_or(quote!(()), |ty| place.ty(ty))
}

/// The struct of the required parameters.
fn parameters(method: &Method, place: &Place<'_>) -> Option<TokenStream> {
    let name = ident(method.params.as_ref()?);
    let lifetime = lifetime(&method.required).map(|lifetime| quote!(<#lifetime>));
    let fields = method.required.iter().map(|argument| {
        let (docs, name) = (docs(&argument.docs), ident(&argument.name));
        let ty = argument_type(argument, Some(&quote!('a)), place);
        quote!(#docs pub #name: #ty)
    });
    let about = format!("The parameters of `{}` that must be given.", method.name);
    let docs = lines([about.as_str()]);
    Some(quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name #lifetime { #(#fields,)* }
    })
}

/// The lifetime of a list of arguments, when one of them is borrowed.
fn lifetime(arguments: &[Argument]) -> Option<TokenStream> {
    arguments.iter().any(|argument| is_borrowed(&argument.ty)).then(|| quote!('a))
}

fn is_borrowed(ty: &RustType) -> bool {
    matches!(ty, RustType::String | RustType::Model(_))
}

/// Texts and enums are borrowed, everything else is as small as a reference.
pub(super) fn argument_type(
    argument: &Argument,
    lifetime: Option<&TokenStream>,
    place: &Place<'_>,
) -> TokenStream {
    match &argument.ty {
        RustType::String => quote!(&#lifetime str),
        RustType::Model(_) => {
            let ty = place.ty(&argument.ty);
            quote!(&#lifetime #ty)
        }
        other => place.ty(other),
    }
}
