//! The public items of a generated file, by their Rust paths, with the code that callers depend on.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Fields, ImplItem, Item, ItemMacro, Signature, Visibility};

/// Adds the lines of a file.
pub(crate) fn listing(path: &str, text: &str, lines: &mut BTreeMap<String, String>) {
    let file = syn::parse_file(text).unwrap();
    let mut modules: Vec<&str> =
        path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
    let is_models = modules.first() == Some(&"models");
    // A file of models is private, and its module exports what is in it.
    if is_models || modules.last() == Some(&"mod") {
        modules.pop();
    }
    let module = match modules.as_slice() {
        ["client"] => String::new(),
        modules => modules.iter().flat_map(|one| [one, "::"]).collect(),
    };
    for item in &file.items {
        self::item(item, &module, lines);
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn item(item: &Item, module: &str, lines: &mut BTreeMap<String, String>) {
    let mut add = |path: String, code: String| {
        lines.insert(path, code);
    };
    match item {
        Item::Struct(item) if is_public(&item.vis) => {
            let path = format!("{module}{}", item.ident);
            let generics = &item.generics;
            add(path.clone(), text(quote!(struct #generics)));
            if let Fields::Named(fields) = &item.fields {
                for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                    if let Some(name) = &field.ident {
                        add(format!("{path}::{name}"), text(&field.ty));
                    }
                }
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let path = format!("{module}{}", item.ident);
            let generics = &item.generics;
            add(path.clone(), text(quote!(enum #generics)));
            for variant in &item.variants {
                add(format!("{path}::{}", variant.ident), text(&variant.fields));
            }
        }
        Item::Type(item) if is_public(&item.vis) => {
            add(format!("{module}{}", item.ident), text(&item.ty));
        }
        Item::Impl(item) if item.trait_.is_none() => {
            let holder = match &*item.self_ty {
                syn::Type::Path(path) => {
                    path.path.segments.last().map(|last| last.ident.to_string())
                }
                _ => None,
            };
            for method in &item.items {
                if let ImplItem::Fn(method) = method
                    && is_public(&method.vis)
                {
                    let holder = holder.clone().unwrap_or_default();
                    // A field and a method can share a name.
                    let path = format!("{module}{holder}::{}()", method.sig.ident);
                    add(path, signature(&method.sig));
                }
            }
        }
        Item::Macro(item) => table(item, module, lines),
        _ => {}
    }
}

/// A signature as callers depend on it: the names of arguments are the reader's.
fn signature(signature: &Signature) -> String {
    let inputs = signature.inputs.iter().map(|input| match input {
        syn::FnArg::Receiver(receiver) => text(receiver),
        syn::FnArg::Typed(typed) => text(&typed.ty),
    });
    let inputs: Vec<String> = inputs.collect();
    format!("({}) {}", inputs.join(", "), text(&signature.output))
}

/// The setters of `object!` and the accessors of `union!`: `=> with_id(String)`, `=> as_note`; and
/// that there are `pages!`.
fn table(item: &ItemMacro, module: &str, lines: &mut BTreeMap<String, String>) {
    let Some(kind) = item.mac.path.segments.last().map(|last| last.ident.to_string()) else {
        return;
    };
    if !matches!(kind.as_str(), "object" | "union" | "pages") {
        return;
    }
    let tokens: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let Some(TokenTree::Ident(name)) = tokens.first() else { return };
    let body = tokens.iter().find_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    let rows = rows(body.unwrap_or_default());
    if kind == "pages" {
        // `GetOwners: models::Page { .., items: models::Owner = |page| .. }`.
        let page = tokens.iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
        lines.insert(format!("{module}{name}::pages()"), text(stream(page)));
        let items = rows
            .iter()
            .find(|row| matches!(row.first(), Some(TokenTree::Ident(one)) if one == "items"));
        if let Some(items) = items {
            let item = items.iter().take_while(|token| !is_punct(token, '='));
            lines.insert(format!("{module}{name}::items()"), text(stream(item)));
        }
        return;
    }
    let mut kept = Vec::new();
    for mut row in rows {
        // Commas stand within the rows of a union, too: `Cat(Cat) with "name", "lives" => as_cat`.
        if kind == "union" {
            kept.append(&mut row);
            row.clone_from(&kept);
        }
        let Some(at) = row
            .windows(2)
            .position(|two| matches!(two, [one, two] if is_punct(one, '=') && is_punct(two, '>')))
        else {
            continue;
        };
        kept.clear();
        if let Some(TokenTree::Ident(method)) = row.get(at + 2) {
            let value = match (row.get(at + 3), row.get(1)) {
                (Some(TokenTree::Group(group)), _) | (_, Some(TokenTree::Group(group))) => {
                    group.stream()
                }
                _ => TokenStream::new(),
            };
            lines.insert(format!("{module}{name}::{method}()"), text(value));
        }
    }
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(one) if one.as_char() == sign)
}

fn stream<'a>(tokens: impl Iterator<Item = &'a TokenTree>) -> TokenStream {
    tokens.cloned().collect()
}

/// The rows of a table, which commas end.
fn rows(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut rows = vec![Vec::new()];
    for token in body {
        match (&token, rows.last_mut()) {
            (TokenTree::Punct(one), _) if one.as_char() == ',' => rows.push(Vec::new()),
            (_, Some(row)) => row.push(token),
            (_, None) => {}
        }
    }
    rows
}
