//! Oneof groups: an enum of the member that is set, an accessor, and what the setters need.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Place, code, ident, lines};
use crate::plan::{Field, Name, OneofGroup, RustType, Struct};

/// The enum of the group's members.
pub(super) fn enumeration(item: &Struct, group: &OneofGroup, place: &Place<'_>) -> TokenStream {
    let name = ident(&group.name);
    let about = format!(
        "The member of the group {} that is set: see [`{}::{}`].",
        code(&group.wire),
        item.name,
        group.accessor.stem()
    );
    let docs = lines([about.as_str()]);
    let variants = members(item, group).map(|(variant, field)| {
        let (variant, ty) = (ident(variant), place.ty(unboxed(field)));
        let about = format!("[`{}::{}`]", item.name, field.name.stem());
        let docs = lines([about.as_str()]);
        quote!(#docs #variant(&'a #ty))
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name<'a> { #(#variants,)* }
    }
}

/// The accessor, and the method that clears all members.
pub(super) fn methods(item: &Struct, group: &OneofGroup, place: &Place<'_>) -> TokenStream {
    let (name, accessor, clear) = (ident(&group.name), ident(&group.accessor), ident(&group.clear));
    let option = place.standard("Option");
    let about = format!(
        "The member of the group {} that is set; the first one, should there be several.",
        code(&group.wire)
    );
    let docs = lines([about.as_str()]);
    let arms = members(item, group).map(|(variant, field)| {
        let (variant, field) = (ident(variant), ident(&field.name));
        quote!(Self { #field: Some(member), .. } => Some(#name::#variant(member)))
    });
    let cleared = members(item, group).map(|(_, field)| {
        let field = ident(&field.name);
        quote!(self.#field = None;)
    });
    quote! {
        #docs
        pub fn #accessor(&self) -> #option<#name<'_>> {
            match self { #(#arms,)* _ => None }
        }
        fn #clear(&mut self) { #(#cleared)* }
    }
}

fn members<'a>(
    item: &'a Struct,
    group: &'a OneofGroup,
) -> impl Iterator<Item = (&'a Name, &'a Field)> {
    group.members.iter().filter_map(|(variant, at)| Some((variant, item.fields.get(*at)?)))
}

fn unboxed(field: &Field) -> &RustType {
    match &field.ty {
        RustType::Box(inner) => inner,
        other => other,
    }
}
