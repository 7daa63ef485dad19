//! Enums of values and of types, each with its table.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Place, Uses, code, codec, derives, docs, ident, lines, literal};
use super::{Part, validation};
use crate::plan::{Enum, EnumKind, EnumVariant, Literal, RustType, Union, Variant};

/// Takes note of the types of an enum.
pub(super) fn add_uses(item: &Enum, uses: &mut Uses<'_>) {
    if item.kind == EnumKind::Mixed {
        uses.add_runtime();
    }
}

/// Takes note of the types of a union.
pub(super) fn add_union_uses(item: &Union, uses: &mut Uses<'_>) {
    uses.add_runtime();
    item.validation.iter().for_each(|one| uses.add_parts(validation::parts(one)));
    for variant in &item.variants {
        uses.add(&variant.ty);
        variant.codec.iter().for_each(|codec| uses.add_codec(codec));
    }
}

/// An enum of values.
pub(super) fn enumeration(item: &Enum, place: &Place<'_>) -> Vec<Part> {
    let (docs, name) = (docs(&item.docs), ident(&item.name));
    let variants = item.variants.iter().map(|variant| {
        let (name, docs) = (ident(&variant.name), variant_docs(variant));
        quote!(#docs #name)
    });
    let (rest, traits) = match item.kind {
        EnumKind::Text => (place.standard("String"), quote!(, Eq, Hash)),
        EnumKind::Integer => (quote!(i64), quote!(, Eq, Hash)),
        EnumKind::Mixed => (quote!(runtime::Value), quote!()),
    };
    let catch_all = item.catch_all.as_ref().map(|name| {
        let name = ident(name);
        let docs = lines(["A value that this crate does not know; it is written back as it came."]);
        quote!(#docs #name(#rest),)
    });
    let rows = item.variants.iter().map(|one| format!("{} = {}", one.name, value(&one.value)));
    let open = item.catch_all.as_ref().map(|catch_all| format!("{}, {catch_all}", item.name));
    let (path, head) = match (item.kind, open) {
        (EnumKind::Text, None) => ("crate::runtime::closed_enum", item.name.to_string()),
        (EnumKind::Text, Some(head)) => ("crate::runtime::open_enum", head),
        (EnumKind::Integer, head) => {
            ("crate::runtime::integer_enum", head.unwrap_or_else(|| item.name.to_string()))
        }
        (EnumKind::Mixed, head) => {
            ("crate::runtime::value_enum", head.unwrap_or_else(|| item.name.to_string()))
        }
    };
    vec![
        Part::Items(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #traits)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* #catch_all }
        }),
        Part::Table { path, head, rows: rows.collect() },
    ]
}

fn variant_docs(variant: &EnumVariant) -> TokenStream {
    let value = code(&variant.value.to_string());
    if variant.docs.lines.is_empty() {
        return lines([value.as_str()]);
    }
    let said = variant.docs.lines.iter().map(String::as_str);
    lines([value.as_str(), ""].into_iter().chain(said))
}

fn value(value: &Literal) -> String {
    match value {
        Literal::Text(text) => literal(text),
        Literal::Integer(_) | Literal::Bool(_) => value.to_string(),
    }
}

/// An enum of types.
pub(super) fn union(item: &Union, place: &Place<'_>) -> Vec<Part> {
    let (docs, name, catch_all) = (docs(&item.docs), ident(&item.name), ident(&item.catch_all));
    let variants = item.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), place.ty(&variant.ty));
        let docs = self::docs(&variant.docs);
        quote!(#docs #name(#ty))
    });
    let about = lines(["A value that is none of these; it is written back as it came."]);
    let tag = item.tag.as_ref().map(|tag| format!(" by {}", literal(tag))).unwrap_or_default();
    let derives = derives(&item.derives);
    let mut parts = vec![
        Part::Items(quote! {
            #docs
            #[derive(Clone, Debug, PartialEq #derives)]
            #[non_exhaustive]
            pub enum #name { #(#variants,)* #about #catch_all(runtime::Value), }
        }),
        Part::Table {
            path: "crate::runtime::union",
            head: format!("{}, {}{tag}", item.name, item.catch_all),
            rows: item.variants.iter().map(|variant| row(variant, place)).collect(),
        },
    ];
    parts.extend(validation::union(item));
    parts
}

/// A row of a union: `Cat(Cat) = "cat" => as_cat + From`.
fn row(variant: &Variant, place: &Place<'_>) -> String {
    let ty = match &variant.ty {
        RustType::Box(inner) => place.text(inner),
        other => place.text(other),
    };
    let codec = variant.codec.as_ref().map(|one| format!(" as {}", codec(one)));
    let texts = |texts: &[String], between| {
        texts.iter().map(|text| literal(text)).collect::<Vec<_>>().join(between)
    };
    // Writing to a `String` does not fail.
    let mut row = format!("{}({ty}{})", variant.name, codec.unwrap_or_default());
    if !variant.tags.is_empty() {
        let _ = write!(row, " = {}", texts(&variant.tags, " | "));
    }
    if let Some(tag) = variant.tags.first().filter(|_| variant.lacks_tag) {
        let _ = write!(row, " adding {}", literal(tag));
    }
    if !variant.keys.is_empty() {
        let _ = write!(row, " with {}", texts(&variant.keys, ", "));
    }
    let _ = write!(row, " => {}", variant.accessor);
    if variant.converts {
        row.push_str(" + From");
    }
    row
}
