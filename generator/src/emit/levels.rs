//! Operations that are not stable: a file for each level of a group, compiled with its feature.

use proc_macro2::TokenStream;
use quote::quote;

use super::api;
use super::tokens::{Place, ident, lines};
use super::{Content, File, Part, models};
use crate::plan::{Crate, Group, Level, Path};

/// The files of a group's levels.
pub(super) fn files(krate: &Crate, group: &Group) -> Vec<File> {
    let files = group.levels.iter().map(|level| File {
        path: format!("src/api/{}/{}.rs", group.module.stem(), level.module.stem()),
        content: Content::Rust(parts(krate, group, level)),
    });
    files.collect()
}

/// The private modules of a group's levels; what is in them is the group's.
pub(super) fn modules(group: &Group) -> Part {
    let modules = group.levels.iter().map(|level| {
        let (feature, module) = (&level.feature, ident(&level.module));
        let part = group.at(Some(level));
        let has_types = !api::types(&part, &Place::default()).is_empty();
        let types = has_types.then(|| {
            quote! {
                #[cfg(feature = #feature)]
                pub use self::#module::*;
            }
        });
        quote! {
            #[cfg(feature = #feature)]
            mod #module;
            #types
        }
    });
    Part::Items(quote!(#(#modules)*))
}

/// The condition of a group in which nothing is stable: one of its levels.
pub(super) fn any(group: &Group) -> Option<TokenStream> {
    let features: Vec<&str> = group.levels.iter().map(|level| level.feature.as_str()).collect();
    match features.as_slice() {
        _ if !group.is_unstable() => None,
        [feature] => Some(quote!(feature = #feature)),
        features => Some(quote!(any(#(feature = #features),*))),
    }
}

/// The paths of the types that are inline in a group's operations.
pub(super) fn paths(group: &Group) -> Vec<Path> {
    group.items.iter().map(|item| models::path(item, &group.modules)).collect()
}

fn parts(krate: &Crate, group: &Group, level: &Level) -> Vec<Part> {
    let group = group.at(Some(level));
    let local = paths(&group);
    let place = Place::new(&[], &local);
    let name = ident(&group.name);
    let about =
        format!("Operations of [`{}`] whose stability level is `{}`.", group.name, level.feature);
    let methods = api::methods(krate, &group, &place);
    let says =
        lines([format!("Operations whose stability level is `{}`.", level.feature).as_str()]);
    let mut parts = vec![Part::Items(api::lines_inner(&about))];
    parts.extend(api::imports(&group, &place, &[]));
    parts.push(Part::Items(quote! {
        use super::#name;
    }));
    parts.push(Part::Items(quote! {
        #says
        impl #name<'_> { #methods }
    }));
    parts.extend(api::types(&group, &place));
    parts
}
