//! What a crate holds, read back from its text.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::format::Files;
use quote::ToTokens;
use syn::{Fields, ImplItem, Item, UseTree, Visibility};

/// The files that depend on the document, parsed.
pub(crate) fn parsed(files: &Files) -> Vec<(String, syn::File)> {
    let files = files.iter().filter(|(path, _)| {
        path.strip_suffix(".rs").is_some()
            && !path.starts_with("src/runtime/")
            && *path != "src/c1.rs"
    });
    let files = files.map(|(path, text)| {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        (path.to_owned(), file)
    });
    files.collect()
}

/// All items with all that they hold, by file and without their order.
pub(crate) fn items(files: &Files) -> BTreeMap<String, BTreeSet<String>> {
    let files = parsed(files).into_iter().map(|(path, file)| {
        let items = file.items.iter().flat_map(|item| match item {
            Item::Impl(item) => {
                let holder = item.self_ty.to_token_stream();
                let inside = item.items.iter();
                inside.map(|inside| format!("{holder}: {}", inside.to_token_stream())).collect()
            }
            Item::Use(item) => uses("", &item.tree),
            other => vec![other.to_token_stream().to_string()],
        });
        (path, items.collect())
    });
    files.collect()
}

fn uses(before: &str, tree: &UseTree) -> Vec<String> {
    match tree {
        UseTree::Path(path) => uses(&format!("{before}{}::", path.ident), &path.tree),
        UseTree::Group(group) => group.items.iter().flat_map(|tree| uses(before, tree)).collect(),
        other => vec![format!("use {before}{}", other.to_token_stream())],
    }
}

/// The public names: `models/app.rs App`, `models/app.rs App.id`, `api/apps.rs Apps::get`.
pub(crate) fn names(files: &Files) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, file) in parsed(files) {
        let path = path.trim_start_matches("src/");
        for item in &file.items {
            names.extend(item_names(item).into_iter().map(|name| format!("{path} {name}")));
        }
    }
    names
}

fn item_names(item: &Item) -> Vec<String> {
    match item {
        Item::Struct(item) => {
            let fields = field_names(&item.fields);
            let fields = fields.into_iter().map(|field| format!("{}.{field}", item.ident));
            std::iter::once(item.ident.to_string()).chain(fields).collect()
        }
        Item::Enum(item) => {
            let variants = item.variants.iter();
            let variants = variants.map(|variant| format!("{}::{}", item.ident, variant.ident));
            std::iter::once(item.ident.to_string()).chain(variants).collect()
        }
        Item::Type(item) => vec![item.ident.to_string()],
        Item::Impl(item) => {
            let holder = holder(&item.self_ty);
            let methods = item.items.iter().filter_map(|inside| match inside {
                ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)) => {
                    Some(format!("{holder}::{}", method.sig.ident))
                }
                _ => None,
            });
            methods.collect()
        }
        _ => Vec::new(),
    }
}

fn field_names(fields: &Fields) -> Vec<String> {
    let public = fields.iter().filter(|field| matches!(field.vis, Visibility::Public(_)));
    public.filter_map(|field| field.ident.as_ref().map(ToString::to_string)).collect()
}

/// The name of a type without its lifetime.
fn holder(ty: &syn::Type) -> String {
    let text = ty.to_token_stream().to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}
