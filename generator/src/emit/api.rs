//! Groups of operations: a file each, with the sub-client, its builders and parameter structs.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::tokens::{Place, Uses, docs, ident, lines};
use super::{Content, File, Part};
use super::{answer, body, builder, client, example, headers, levels, models, pages, parameter};
use crate::plan::{Body, Crate, Credential, Group, Method, Presence, Statuses, Verb};

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
    files.extend(krate.groups.iter().flat_map(|group| levels::files(krate, group)));
    files.extend(krate.groups.iter().map(|group| File {
        path: format!("src/api/{}.rs", group.module.stem()),
        content: Content::Rust(group_parts(krate, group)),
    }));
    files
}

/// The condition under which a group is compiled.
pub(super) fn on(krate: &Crate, group: usize) -> Option<TokenStream> {
    let features = krate.features.as_ref()?;
    let feature = features.groups.get(group).map(|feature| quote!(feature = #feature));
    let levels = krate.groups.get(group).and_then(levels::any);
    match (feature, levels) {
        (Some(feature), Some(levels)) => Some(quote!(#[cfg(all(#feature, #levels))])),
        (Some(one), None) | (None, Some(one)) => Some(quote!(#[cfg(#one)])),
        (None, None) => None,
    }
}

/// Documentation of the module itself.
pub(super) fn lines_inner(text: &str) -> TokenStream {
    let text = format!(" {text}");
    quote!(#![doc = #text])
}

/// Takes note of the types of a group.
pub(super) fn add_uses(group: &Group, uses: &mut Uses<'_>) {
    for method in &group.methods {
        let arguments = method.required.iter().chain(&method.optional);
        for argument in arguments {
            uses.add(&argument.ty);
        }
        let bodies = body::rust_types(method).into_iter().chain(answer::rust_types(method));
        for ty in bodies.chain(method.errors.iter().map(|(_, ty)| ty)) {
            uses.add(ty);
        }
        if let Some(item) = pages::item(method) {
            uses.add(item);
        }
        for header in method.headers.iter().flat_map(|headers| &headers.fields) {
            uses.add(&header.ty);
            header.codec.iter().for_each(|codec| uses.add_codec(codec));
        }
    }
    for item in &group.items {
        models::add_uses(item, uses);
    }
}

/// The derive macros that each module can name.
const DERIVES: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

fn group_parts(krate: &Crate, group: &Group) -> Vec<Part> {
    // Types of the group stand in its own file or are exported by it, so nothing is behind `super`.
    let local = levels::paths(group);
    let place = Place::new(&[], &local);
    let unstable = levels::modules(group);
    let stable = (!group.levels.is_empty()).then(|| group.at(None));
    let group = stable.as_ref().unwrap_or(group);
    // rustdoc wants to know that a group of such a name is not the derive macro.
    let link = if DERIVES.contains(&group.name.as_str()) {
        format!("(struct@{})", group.name)
    } else {
        String::new()
    };
    let about = lines_inner(&format!("Operations of [`{}`]{link}.", group.name));
    let mut parts = vec![Part::Items(about)];
    parts.extend(imports(group, &place, &["Client"]));
    parts.extend([
        unstable,
        Part::Items(sub_client(group)),
        Part::Items(sub_client_methods(krate, group, &place)),
    ]);
    parts.extend(types(group, &place));
    parts
}

/// What the file of a group names of other files.
pub(super) fn imports(group: &Group, place: &Place<'_>, names: &[&'static str]) -> [Part; 2] {
    let mut uses = Uses::new(place);
    add_uses(group, &mut uses);
    let borrow = group.methods.iter().any(body::borrows);
    let borrow = borrow.then(|| {
        quote!(
            use std::borrow::Borrow;
        )
    });
    let (standard, own, names) = (uses.standard(), uses.own(), runtime_names(group, names));
    [
        Part::Items(quote!(#borrow #standard)),
        Part::Items(quote!(#own use crate::runtime::{#(#names),*};)),
    ]
}

/// The types that the methods of a group take and give.
pub(super) fn types(group: &Group, place: &Place<'_>) -> Vec<Part> {
    let mut parts = Vec::new();
    for method in &group.methods {
        parts.extend(parameters(method, place).map(Part::Items));
        let builder = builder::builder(method, place);
        parts.extend(builder.into_iter().flatten().map(Part::Items));
        parts.extend(pages::table(method, place));
        parts.extend(body::types(method, place).into_iter().map(Part::Items));
        parts.extend(answer::types(method, place).into_iter().map(Part::Items));
        parts.extend(method.headers.iter().flat_map(|one| headers::types(method, one, place)));
    }
    parts.extend(group.items.iter().flat_map(|item| models::item(item, place)));
    parts
}

/// The runtime's names that a group uses, in the order of the alphabet.
fn runtime_names(group: &Group, names: &[&'static str]) -> Vec<TokenStream> {
    let mut names: BTreeSet<&str> = names.iter().copied().collect();
    names.extend((!group.methods.is_empty()).then_some("Request"));
    for method in &group.methods {
        if method.builder.is_some() {
            names.extend(["RequestOptions", "ResponseFuture"]);
        }
        names.extend(body::uses(method).0);
        names.extend(answer::uses(method).0);
        names.extend((!method.errors.is_empty()).then_some("Statuses"));
        names.extend(parameter::has_style(method).then_some("Style"));
        names.extend(parameter::has_texts(method).then_some("Texts"));
        let rare = matches!(method.verb, Verb::Options | Verb::Head | Verb::Trace);
        names.extend(rare.then_some("Verb"));
    }
    names.into_iter().map(|name| format_ident!("{name}")).map(|name| quote!(#name)).collect()
}

fn sub_client(group: &Group) -> TokenStream {
    let (docs, name) = (docs(&group.docs), ident(&group.name));
    quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'a> { client: &'a Client }
    }
}

fn sub_client_methods(krate: &Crate, group: &Group, place: &Place<'_>) -> TokenStream {
    let (name, methods) = (ident(&group.name), methods(krate, group, place));
    quote! {
        impl<'a> #name<'a> {
            pub(crate) fn new(client: &'a Client) -> Self { Self { client } }
            #methods
        }
    }
}

/// The methods of a group.
pub(super) fn methods(krate: &Crate, group: &Group, place: &Place<'_>) -> TokenStream {
    let methods = group.methods.iter().map(|one| {
        let example = example::example(krate, group, one);
        method(one, &example, place)
    });
    quote!(#(#methods)*)
}

fn method(method: &Method, example: &[String], place: &Place<'_>) -> TokenStream {
    let (docs, name) = (docs(&method.docs), ident(&method.name));
    let headers = method.headers.as_ref().map(headers::mention);
    let example = lines(example.iter().map(String::as_str));
    let request = request_type(method, place);
    let answer = method.builder.as_ref().map(|name| {
        let name = ident(name);
        quote!(#name)
    });
    let answer = answer.unwrap_or(request);
    let arguments = match (&method.params, method.required.as_slice()) {
        (Some(params), list) => {
            let (params, lifetime) =
                (ident(params), parameter::lifetime(list).map(|_| quote!(<'_>)));
            Some(quote!(params: #params #lifetime,))
        }
        (None, [one]) => {
            let (name, ty) = (ident(&one.name), parameter::argument(one, place));
            Some(quote!(#name: #ty,))
        }
        (None, _) => None,
    };
    let lifetime = required_body(method).and_then(body::lifetime);
    let body = required_body(method).map(|body| body::argument(body, place));
    let body = body.map(|ty| quote!(body: #ty));
    let expression = expression(method, place);
    quote! {
        #docs
        #headers
        #example
        pub fn #name #lifetime (&self, #arguments #body) -> #answer { #expression }
    }
}

fn required_body(method: &Method) -> Option<&Body> {
    method.body.as_ref().filter(|body| body.presence == Presence::Required)
}

/// One expression over the runtime.
fn expression(method: &Method, place: &Place<'_>) -> TokenStream {
    let (start, id) = (start(method), &method.id);
    let values = method.required.iter().map(|argument| {
        let name = ident(&argument.name);
        match method.params {
            Some(_) => parameter::call(argument, &quote!(params.#name)),
            None => parameter::call(argument, &parameter::lent(argument, &quote!(#name))),
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
    let security = method.requirements.as_ref().map(|own| {
        let own = client::requirements(own);
        quote!(.security(#own))
    });
    let (answer, content_type) = (answer::calls(method), body::content_type(method));
    let server = method.server.as_ref().map(|(url, defaults)| {
        let defaults = defaults.iter().map(|(name, default)| quote!((#name, #default)));
        quote!(.server(#url, &[#(#defaults),*]))
    });
    let idempotent = method.idempotent.map(|said| quote!(.idempotent(#said)));
    let key = method.idempotency_key.as_ref().map(|name| quote!(.idempotency_key(#name)));
    let request = quote! {
        #start .operation(#id) #server #(#values)* #idempotent #key #(#errors)* #anonymous #security #answer #content_type
    };
    let request = match required_body(method) {
        Some(body) => body::set(body, &request),
        None => request,
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

/// Statuses, as the runtime names them.
pub(super) fn statuses(statuses: Statuses) -> TokenStream {
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
    let (body, response) = (body::request_type(method, place), answer::ty(method, place));
    quote!(Request<#body, #response>)
}

/// The struct of the required parameters.
fn parameters(method: &Method, place: &Place<'_>) -> Option<TokenStream> {
    let name = ident(method.params.as_ref()?);
    let lifetime = parameter::lifetime(&method.required).map(|lifetime| quote!(<#lifetime>));
    let fields = method.required.iter().map(|argument| {
        let (docs, name) = (docs(&argument.docs), ident(&argument.name));
        let ty = parameter::field(argument, place);
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
