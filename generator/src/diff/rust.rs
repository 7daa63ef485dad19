//! Rust as text: types and the forms in which they are given, with whole paths and no tokens.

use crate::plan::{FormatType, Path, RustType};

/// Gives a type of the crate another path: what was renamed is shown and compared as it is now.
pub(super) type Renaming<'a> = &'a dyn Fn(String) -> String;

/// Leaves all paths as they are.
pub(super) fn as_is(path: String) -> String {
    path
}

/// A path as text.
pub(super) fn path(path: &Path) -> String {
    let modules = path.modules.iter().map(|module| format!("{module}::"));
    format!("{}{}", modules.collect::<String>(), path.name)
}

/// A type as text.
pub(super) fn text(ty: &RustType, renaming: Renaming<'_>) -> String {
    let inner = |ty: &RustType| text(ty, renaming);
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Bytes => "Vec<u8>".to_owned(),
        RustType::Timestamp => "runtime::Timestamp".to_owned(),
        RustType::Date => "runtime::Date".to_owned(),
        RustType::Duration => "runtime::Duration".to_owned(),
        RustType::Format(format) => format!("runtime::{}", format_type(*format)),
        RustType::Value => "runtime::Value".to_owned(),
        RustType::JsonMap => "runtime::Map".to_owned(),
        RustType::ProtobufAny => "runtime::Any".to_owned(),
        RustType::Vec(item) => format!("Vec<{}>", inner(item)),
        RustType::Tuple(items) => match items.iter().map(inner).collect::<Vec<_>>().as_slice() {
            [only] => format!("({only},)"),
            items => format!("({})", items.join(", ")),
        },
        RustType::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        RustType::Option(some) => format!("Option<{}>", inner(some)),
        RustType::Box(boxed) => format!("Box<{}>", inner(boxed)),
        RustType::Model(model) => renaming(path(model)),
        RustType::Foreign(foreign) => format!("::{foreign}"),
    }
}

/// The form in which an argument is given: texts, lists and models are borrowed.
pub(super) fn argument(ty: &RustType, renaming: Renaming<'_>) -> String {
    match ty {
        RustType::Vec(item) if **item == RustType::String => "&[impl AsRef<str>]".to_owned(),
        other => borrowed(other, "&", renaming),
    }
}

/// The form of a field in a struct of required parameters.
pub(super) fn parameter(ty: &RustType, renaming: Renaming<'_>) -> String {
    match ty {
        RustType::Vec(item) if **item == RustType::String => "&'a [&'a str]".to_owned(),
        other => borrowed(other, "&'a ", renaming),
    }
}

fn borrowed(ty: &RustType, reference: &str, renaming: Renaming<'_>) -> String {
    match ty {
        RustType::String => format!("{reference}str"),
        RustType::Option(inner) => format!("Option<{}>", borrowed(inner, reference, renaming)),
        RustType::Vec(item) => format!("{reference}[{}]", text(item, renaming)),
        RustType::Bytes
        | RustType::Tuple(_)
        | RustType::Map(_)
        | RustType::Box(_)
        | RustType::Value
        | RustType::JsonMap
        | RustType::ProtobufAny
        | RustType::Format(FormatType::Secret | FormatType::Url)
        | RustType::Model(_)
        | RustType::Foreign(_) => format!("{reference}{}", text(ty, renaming)),
        plain => text(plain, renaming),
    }
}

/// Puts the paths of the crate's types that a type names behind the others.
pub(super) fn named(ty: &RustType, paths: &mut Vec<String>) {
    match ty {
        RustType::Model(model) => paths.push(path(model)),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Box(inner) => named(inner, paths),
        RustType::Tuple(items) => items.iter().for_each(|item| named(item, paths)),
        _ => {}
    }
}

/// A type without the boxes in it.
pub(super) fn unboxed(ty: &RustType) -> RustType {
    let again = |inner: &RustType| Box::new(unboxed(inner));
    match ty {
        RustType::Box(inner) => unboxed(inner),
        RustType::Vec(inner) => RustType::Vec(again(inner)),
        RustType::Map(inner) => RustType::Map(again(inner)),
        RustType::Option(inner) => RustType::Option(again(inner)),
        RustType::Tuple(items) => RustType::Tuple(items.iter().map(unboxed).collect()),
        other => other.clone(),
    }
}

fn format_type(format: FormatType) -> &'static str {
    match format {
        FormatType::Time => "Time",
        FormatType::LocalDateTime => "LocalDateTime",
        FormatType::Uuid => "Uuid",
        FormatType::Url => "Url",
        FormatType::Ip => "IpAddr",
        FormatType::Ipv4 => "Ipv4Addr",
        FormatType::Ipv6 => "Ipv6Addr",
        FormatType::Decimal => "Decimal",
        FormatType::Secret => "Secret",
    }
}
