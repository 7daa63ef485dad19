//! `types`: the types of single schemas; and `derives`.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Chosen, Derive, Spanned, TextType};
use crate::yaml::{Entry, Node};

/// Each pointer with the type that is chosen for it.
pub(super) fn read(reader: &mut Reader, node: &Node) -> BTreeMap<String, Spanned<Chosen>> {
    let mut types = BTreeMap::new();
    for Entry { key, key_span, node } in reader.entries("types", node) {
        reader.pointer(key, *key_span);
        let value = match node.as_str() {
            Some("any") => Some(Chosen::Any),
            Some(path) if path.contains("::") => {
                let form = "the path of a type in another crate, such as `my_types::Money`";
                Some(Chosen::Path(reader.text_like("type", node, form, is_path)))
            }
            _ => {
                let what = "the type of a schema, which is `any` or a Rust path too";
                reader.word(what, node, TextType::NAMES).map(Chosen::Text)
            }
        };
        if let Some(value) = value {
            types.insert(key.to_string(), Spanned { value, span: *key_span });
        }
    }
    types
}

/// What structs and unions derive beyond the usual.
pub(super) fn derives(reader: &mut Reader, node: &Node) -> Vec<Spanned<Derive>> {
    let form = "`Eq`, `Hash` or the path of a derive macro, such as `my_macros::Describe`";
    let is_known =
        |text: &str| matches!(text, "Eq" | "Hash") || (text.contains("::") && is_path(text));
    let texts = reader.texts_like("derives", node, form, is_known);
    let derives = texts.into_iter().map(|Spanned { value, span }| {
        let value = match value.as_str() {
            "Eq" => Derive::Eq,
            "Hash" => Derive::Hash,
            _ => Derive::Path(value),
        };
        Spanned { value, span }
    });
    derives.collect()
}

/// Names joined by `::`, of which the first is that of a crate.
fn is_path(text: &str) -> bool {
    const RELATIVE: &[&str] = &["crate", "self", "super", "Self"];
    text.split("::").all(|name| {
        let word = |one: char| one.is_ascii_alphanumeric() || one == '_';
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            && name.chars().all(word)
            && !RELATIVE.contains(&name)
    })
}
