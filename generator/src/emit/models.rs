//! Models: a file per schema, a `mod.rs` per module.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::tokens::{Place, Uses, codec, derives, docs, ident, lines, literal};
use super::{Content, File, Part, defaults, enums, oneof, validation};
use crate::plan::{Alias, Features, Field, Item, Module, Name, Path, Presence, Setter, Struct};

/// The files of a module and of those below it.
pub(super) fn files(
    module: &Module,
    path: &[Name],
    folder: &str,
    features: Option<&Features>,
    files: &mut Vec<File>,
) {
    let modules = module.modules.keys().map(ident);
    let about = (path.len() == 1).then(|| quote!(#![doc = " The types of the API."]));
    let mut parts = vec![Part::Items(quote!(#about)), Part::Items(quote!(#(pub mod #modules;)*))];
    if let Some(features) = features {
        parts.extend(gated(module, path, features));
    } else {
        let stems: Vec<Ident> = module.files.keys().map(ident).collect();
        parts.push(Part::Items(quote!(#(mod #stems;)*)));
        parts.push(Part::Items(quote!(#(pub use self::#stems::*;)*)));
    }
    let content = Content::Rust(parts);
    files.push(File { path: format!("{folder}/mod.rs"), content });
    for (name, items) in &module.files {
        let file = format!("{folder}/{}.rs", name.stem());
        files.push(File { path: file, content: Content::Rust(parts_of(items, path)) });
    }
    for (name, module) in &module.modules {
        let path: Vec<Name> = path.iter().chain([name]).cloned().collect();
        self::files(module, &path, &format!("{folder}/{}", name.stem()), features, files);
    }
}

/// The table of a module's files, each with the features of which one compiles it.
fn gated(module: &Module, path: &[Name], features: &Features) -> Option<Part> {
    let rows = module.files.keys().map(|file| {
        let gates = features.of_file(path, file).iter().map(|gate| {
            let gate: Vec<String> = gate.iter().map(|feature| literal(feature)).collect();
            gate.join(" & ")
        });
        let gates: Vec<String> = gates.collect();
        let on = if gates.is_empty() { "" } else { ": " };
        format!("{file}{on}{}", gates.join(" | "))
    });
    let rows: Vec<String> = rows.collect();
    let path = "crate::runtime::modules";
    (!rows.is_empty()).then_some(Part::Table { path, head: String::new(), rows })
}

/// Takes note of the types of a module and of those below it.
pub(super) fn add_all_uses(module: &Module, uses: &mut Uses<'_>) {
    module.visit(&[], &mut |_, item| add_uses(item, uses));
}

fn parts_of(items: &[Item], modules: &[Name]) -> Vec<Part> {
    let local: Vec<Path> = items.iter().map(|item| path(item, modules)).collect();
    let place = Place::new(modules, &local);
    let mut uses = Uses::new(&place);
    for item in items {
        add_uses(item, &mut uses);
    }
    let mut parts = vec![Part::Items(uses.standard()), Part::Items(uses.own())];
    parts.extend(items.iter().flat_map(|one| item(one, &place)));
    parts
}

/// The path of an item in a module.
pub(super) fn path(item: &Item, modules: &[Name]) -> Path {
    Path { modules: modules.to_vec(), name: item.name().clone() }
}

/// Takes note of the types of an item.
pub(super) fn add_uses(item: &Item, uses: &mut Uses<'_>) {
    match item {
        Item::Struct(item) => {
            for field in &item.fields {
                uses.add(&field.ty);
                field.codec.iter().for_each(|codec| uses.add_codec(codec));
                field.default.iter().for_each(|default| defaults::add_uses(default, uses));
            }
            if let Some(additional) = &item.additional {
                uses.add_map(&additional.values);
            }
            item.validation.iter().for_each(|one| uses.add_parts(validation::parts(one)));
        }
        Item::Alias(item) => uses.add(&item.ty),
        Item::Enum(item) => enums::add_uses(item, uses),
        Item::Union(item) => enums::add_union_uses(item, uses),
    }
}

/// The parts of an item.
pub(super) fn item(item: &Item, place: &Place<'_>) -> Vec<Part> {
    match item {
        Item::Struct(item) => structure(item, place),
        Item::Enum(item) => enums::enumeration(item, place),
        Item::Union(item) => enums::union(item, place),
        Item::Alias(item) => vec![Part::Items(alias(item, place))],
    }
}

fn alias(item: &Alias, place: &Place<'_>) -> TokenStream {
    let (docs, name, ty) = (docs(&item.docs), ident(&item.name), place.ty(&item.ty));
    quote!(#docs pub type #name = #ty;)
}

fn structure(item: &Struct, place: &Place<'_>) -> Vec<Part> {
    let (docs, name) = (docs(&item.docs), ident(&item.name));
    let fields = item.fields.iter().map(|one| field(one, place));
    let additional = item.additional.as_ref().map(|additional| {
        let (name, values) = (ident(&additional.name), place.ty(&additional.values));
        let docs = lines(["Properties that the document does not name."]);
        let (map, key) = (place.standard("BTreeMap"), place.standard("String"));
        quote!(#docs pub #name: #map<#key, #values>,)
    });
    // Where a field has a default of its own, the table implements `Default`.
    let derives_default = item.has_default() && item.fields.iter().all(|one| one.default.is_none());
    let default = derives_default.then(|| quote!(Default,));
    let derives = derives(&item.derives);
    let mut parts = vec![Part::Items(quote! {
        #docs
        #[derive(Clone, Debug, #default PartialEq #derives)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #additional }
    })];
    let constructor = (!item.has_default()).then(|| constructor(item, place));
    let groups = item.oneof_groups.iter().map(|group| oneof::methods(item, group, place));
    let methods = quote!(#constructor #(#groups)*);
    if !methods.is_empty() {
        parts.push(Part::Items(quote!(impl #name { #methods })));
    }
    let enums = item.oneof_groups.iter().map(|group| oneof::enumeration(item, group, place));
    parts.extend(enums.map(Part::Items));
    parts.push(table(item, place));
    parts.extend(validation::structure(item));
    parts
}

pub(super) fn field(field: &Field, place: &Place<'_>) -> TokenStream {
    let (docs, name, ty) = (docs(&field.docs), ident(&field.name), place.ty(&field.ty));
    if field.is_option() {
        let option = place.standard("Option");
        return quote!(#docs pub #name: #option<#ty>);
    }
    quote!(#docs pub #name: #ty)
}

/// The table of fields and their keys, from which the runtime makes serde's traits.
fn table(item: &Struct, place: &Place<'_>) -> Part {
    let mut rows = rows(&item.fields, place);
    rows.extend(item.additional.as_ref().map(|additional| format!("..{}", additional.name)));
    Part::Table { path: "crate::runtime::object", head: item.name.to_string(), rows }
}

/// The rows of fields.
pub(super) fn rows(fields: &[Field], place: &Place<'_>) -> Vec<String> {
    let rows = fields.iter().map(|field| {
        let presence = match field.presence {
            Presence::Required => " required",
            Presence::Optional => "",
            Presence::Nullable => " nullable",
        };
        let default = field.default.as_ref();
        let default = default.map(|one| format!(" or({})", defaults::text(one, &field.ty, place)));
        let default = default.unwrap_or_default();
        let codec = field.codec.as_ref().map(|one| format!(" as {}", codec(one)));
        let codec = codec.unwrap_or_default();
        let setter = field.setter.as_ref().map(|setter| self::setter(field, setter, place));
        let setter = setter.unwrap_or_default();
        format!("{} = {}{presence}{default}{codec}{setter}", field.name, literal(&field.wire))
    });
    rows.collect()
}

/// The end of a row, which tells the setter: ` => with_id(String)`.
fn setter(field: &Field, setter: &Setter, place: &Place<'_>) -> String {
    let clears = setter.clears.as_ref().map(|clear| format!(" clearing {clear}"));
    format!(" => {}({}){}", setter.name, place.text(&field.ty), clears.unwrap_or_default())
}

fn constructor(item: &Struct, place: &Place<'_>) -> TokenStream {
    let arguments = item.arguments().into_iter().map(|field| argument(field, place));
    let values = item.fields.iter().map(|field| {
        let name = ident(&field.name);
        match (field.presence, &field.default) {
            (Presence::Required, _) => quote!(#name: #name.into()),
            (Presence::Optional | Presence::Nullable, Some(default)) => {
                let default = defaults::value(default, &field.ty, place);
                quote!(#name: #default)
            }
            (Presence::Optional | Presence::Nullable, None) => quote!(#name: None),
        }
    });
    let additional = item.additional.as_ref().map(|additional| {
        let (name, map) = (ident(&additional.name), place.standard("BTreeMap"));
        quote!(#name: #map::new())
    });
    let docs = lines(["With the fields that are required."]);
    quote!(#docs pub fn new(#(#arguments),*) -> Self { Self { #(#values,)* #additional } })
}

/// The argument that takes a field's value.
fn argument(field: &Field, place: &Place<'_>) -> TokenStream {
    let (name, ty, into) = (ident(&field.name), place.ty(&field.ty), place.standard("Into"));
    quote!(#name: impl #into<#ty>)
}
