//! What a crate holds, read back from its text.

use std::collections::{BTreeMap, BTreeSet};

use oasmith::format::Files;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, UseTree, Visibility};

/// The files that depend on the document, parsed.
pub(crate) fn parsed(files: &Files) -> Vec<(String, syn::File)> {
    let copied = |path: &str| {
        path.starts_with("src/runtime/") || matches!(path, "src/c1.rs" | "src/wait.rs")
    };
    let files = files.iter().filter(|(path, _)| path.starts_with("src/") && !copied(path));
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

/// The public face: what can be named, with its type or signature. For example
/// `models/app.rs App.id` is `Option<String>`, `api/apps.rs Apps::get` is a signature.
pub(crate) fn face(files: &Files) -> BTreeMap<String, String> {
    let mut face = BTreeMap::new();
    for (path, file) in parsed(files) {
        let path = path.trim_start_matches("src/");
        for (name, ty) in file.items.iter().flat_map(item_face) {
            face.insert(format!("{path} {name}"), ty);
        }
    }
    face
}

/// The public names, by file.
pub(crate) fn names(files: &Files) -> BTreeSet<String> {
    face(files).into_keys().collect()
}

/// The public names, by module: callers do not see which file of models a type stands in.
pub(crate) fn paths(files: &Files) -> BTreeSet<String> {
    let names = face(files).into_keys().map(|name| match name.split_once(".rs ") {
        Some((file, name)) if file.starts_with("models/") => {
            let module = file.rsplit_once('/').map_or(file, |(module, _)| module);
            format!("{module} {name}")
        }
        _ => name,
    });
    names.collect()
}

fn item_face(item: &Item) -> Vec<(String, String)> {
    match item {
        Item::Struct(item) => {
            let public = item.fields.iter().filter(|field| is_public(&field.vis));
            let fields = public.filter_map(|field| {
                let name = format!("{}.{}", item.ident, field.ident.as_ref()?);
                Some((name, field.ty.to_token_stream().to_string()))
            });
            let own =
                (item.ident.to_string(), format!("struct{}", item.generics.to_token_stream()));
            std::iter::once(own).chain(fields).collect()
        }
        Item::Enum(item) => {
            let variants = item.variants.iter().map(|variant| {
                let fields = variant.fields.to_token_stream().to_string();
                (format!("{}::{}", item.ident, variant.ident), fields)
            });
            let own = (item.ident.to_string(), format!("enum{}", item.generics.to_token_stream()));
            std::iter::once(own).chain(variants).collect()
        }
        Item::Type(item) => vec![(item.ident.to_string(), item.ty.to_token_stream().to_string())],
        Item::Impl(item) => {
            let holder = item.self_ty.to_token_stream().to_string();
            let holder = holder.split(' ').next().unwrap_or_default().to_owned();
            let methods = item.items.iter().filter_map(|inside| match inside {
                ImplItem::Fn(method) if is_public(&method.vis) => Some((
                    format!("{holder}::{}", method.sig.ident),
                    method.sig.to_token_stream().to_string(),
                )),
                _ => None,
            });
            methods.collect()
        }
        Item::Macro(item) => setters(item.mac.tokens.clone()),
        _ => Vec::new(),
    }
}

/// The setters that a table of fields names: `=> with_id(String)`.
fn setters(table: TokenStream) -> Vec<(String, String)> {
    let mut table = table.into_iter();
    let (Some(holder), Some(TokenTree::Group(rows))) = (table.next(), table.next()) else {
        return Vec::new();
    };
    let rows: Vec<TokenTree> = rows.stream().into_iter().collect();
    let setters = rows.windows(3).filter_map(|row| match row {
        [TokenTree::Punct(arrow), TokenTree::Ident(name), TokenTree::Group(ty)]
            if arrow.as_char() == '>' =>
        {
            Some((format!("{holder}::{name}"), ty.to_string()))
        }
        _ => None,
    });
    setters.collect()
}

/// The ids of the operations that are methods.
pub(crate) fn operation_ids(files: &Files) -> BTreeSet<String> {
    let files = files.iter().filter(|(path, _)| path.starts_with("src/api/"));
    let calls = files.flat_map(|(_, text)| text.split(".operation(").skip(1));
    let ids = calls.filter_map(|rest| rest.split('"').nth(1));
    ids.map(str::to_owned).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
