//! Parameters: the types by which callers give them, and the calls that take them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::tokens::Place;
use crate::plan::{
    Argument, Form, FormatType, Location, Method, ParameterStyle, RustType, Writing,
};

/// The type of an argument of a method: texts, lists and models are borrowed, everything else is as
/// small as a reference.
pub(super) fn argument(argument: &Argument, place: &Place<'_>) -> TokenStream {
    borrowed_argument(&argument.ty, place)
}

/// The type by which an argument gives a value of a type.
pub(super) fn borrowed_argument(ty: &RustType, place: &Place<'_>) -> TokenStream {
    if is_texts(ty) {
        return quote!(&[impl AsRef<str>]);
    }
    borrowed(ty, None, place)
}

/// The type of a field in the struct of required parameters.
pub(super) fn field(argument: &Argument, place: &Place<'_>) -> TokenStream {
    borrowed(&argument.ty, Some(&quote!('a)), place)
}

/// The lifetime of a list of arguments, when one of them is borrowed.
pub(super) fn lifetime(arguments: &[Argument]) -> Option<TokenStream> {
    arguments.iter().any(|argument| is_borrowed(&argument.ty)).then(|| quote!('a))
}

/// The value of an argument of [`argument`]'s type, as [`call`] takes it.
pub(super) fn lent(argument: &Argument, value: &TokenStream) -> TokenStream {
    if is_texts(&argument.ty) { quote!(Texts(#value)) } else { value.clone() }
}

/// The call of the runtime that takes a value.
pub(super) fn call(argument: &Argument, value: &TokenStream) -> TokenStream {
    let wire = &argument.wire;
    let location = match argument.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    match argument.writing {
        Writing::Display => {
            let location = format_ident!("{location}");
            quote!(.#location(#wire, #value))
        }
        Writing::Styled(form) => {
            let (location, style) = (format_ident!("{location}_as"), style(form));
            quote!(.#location(#wire, #value, #style))
        }
    }
}

/// A form as a `Style` of the runtime.
pub(super) fn style(form: Form) -> TokenStream {
    let Form { style, explode, allow_reserved, allow_empty } = form;
    let name = match style {
        ParameterStyle::Simple => "SIMPLE",
        ParameterStyle::Label => "LABEL",
        ParameterStyle::Matrix => "MATRIX",
        ParameterStyle::Form => "FORM",
        ParameterStyle::SpaceDelimited => "SPACE_DELIMITED",
        ParameterStyle::PipeDelimited => "PIPE_DELIMITED",
        ParameterStyle::DeepObject => "DEEP_OBJECT",
        ParameterStyle::Json => "JSON",
    };
    let name = format_ident!("{name}");
    let has_members = !matches!(style, ParameterStyle::DeepObject | ParameterStyle::Json);
    let explode = (explode && has_members).then(|| quote!(.exploded()));
    let reserved = allow_reserved.then(|| quote!(.reserved()));
    let empty = allow_empty.then(|| quote!(.or_empty()));
    quote!(Style::#name #explode #reserved #empty)
}

/// Whether a method names the runtime's `Style`.
pub(super) fn has_style(method: &Method) -> bool {
    all(method).any(|argument| matches!(argument.writing, Writing::Styled(_)))
}

/// Whether a method names the runtime's `Texts`.
pub(super) fn has_texts(method: &Method) -> bool {
    let positional = method.params.is_none().then_some(&method.required);
    positional.into_iter().flatten().chain(&method.optional).any(|argument| is_texts(&argument.ty))
}

fn all(method: &Method) -> impl Iterator<Item = &Argument> {
    method.required.iter().chain(&method.optional)
}

/// Whether a type is a list of texts.
pub(super) fn is_texts(ty: &RustType) -> bool {
    matches!(ty, RustType::Vec(item) if **item == RustType::String)
}

fn is_borrowed(ty: &RustType) -> bool {
    match ty {
        RustType::Option(inner) => is_borrowed(inner),
        RustType::String
        | RustType::Bytes
        | RustType::Vec(_)
        | RustType::Tuple(_)
        | RustType::Map(_)
        | RustType::Box(_)
        | RustType::Value
        | RustType::JsonMap
        | RustType::ProtobufAny
        | RustType::Format(FormatType::Secret | FormatType::Url)
        | RustType::Model(_)
        | RustType::Foreign(_) => true,
        RustType::Unit
        | RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F32
        | RustType::F64
        | RustType::Timestamp
        | RustType::Date
        | RustType::Duration
        | RustType::Format(
            FormatType::Time
            | FormatType::LocalDateTime
            | FormatType::Uuid
            | FormatType::Ip
            | FormatType::Ipv4
            | FormatType::Ipv6
            | FormatType::Decimal,
        ) => false,
    }
}

fn borrowed(ty: &RustType, lifetime: Option<&TokenStream>, place: &Place<'_>) -> TokenStream {
    match ty {
        RustType::String => quote!(&#lifetime str),
        RustType::Option(inner) => {
            let (option, inner) = (place.standard("Option"), borrowed(inner, lifetime, place));
            quote!(#option<#inner>)
        }
        RustType::Vec(item) if **item == RustType::String => quote!(&#lifetime [&#lifetime str]),
        RustType::Vec(item) => {
            let item = place.ty(item);
            quote!(&#lifetime [#item])
        }
        other if is_borrowed(other) => {
            let ty = place.ty(other);
            quote!(&#lifetime #ty)
        }
        other => place.ty(other),
    }
}
