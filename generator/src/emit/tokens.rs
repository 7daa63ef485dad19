//! Small pieces: identifiers, documentation, types.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::plan::{Codec, Docs, FormatType, Name, Path, RustType};

/// A name as an identifier.
pub(super) fn ident(name: &Name) -> Ident {
    if name.stem() == name.as_str() {
        Ident::new(name.as_str(), Span::call_site())
    } else {
        Ident::new_raw(name.stem(), Span::call_site())
    }
}

/// A text as the source of a string literal.
pub(super) fn literal(text: &str) -> String {
    Literal::string(text).to_string()
}

/// Documentation, and `#[deprecated]` where it is due.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = lines(docs.lines.iter().map(String::as_str));
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    quote!(#lines #deprecated)
}

/// Lines of documentation.
pub(super) fn lines<'a>(lines: impl IntoIterator<Item = &'a str>) -> TokenStream {
    let lines = lines.into_iter().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A text of the document as code in the documentation.
pub(super) fn code(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    if text.trim().is_empty() || text.contains('`') || !text.is_ascii() {
        return format!("`{}`", text.escape_default().to_string().replace('`', "'"));
    }
    format!("`{text}`")
}

/// Where code stands, which decides how it names the types of this crate.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'a> {
    /// The module of the file: its types are behind `super` for a file of models.
    modules: &'a [Name],
    /// The types of the file itself.
    local: BTreeSet<&'a Path>,
    /// The crate's name, seen from outside of it.
    library: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// A file with some types in a module.
    pub(super) fn new(modules: &'a [Name], local: impl IntoIterator<Item = &'a Path>) -> Self {
        Self { modules, local: local.into_iter().collect(), library: None }
    }

    /// Outside of the crate, which has this name there.
    pub(super) fn outside(library: &'a str) -> Self {
        Self { library: Some(library), ..Self::default() }
    }

    /// A type, as the text that stands in this file.
    pub(super) fn text(&self, ty: &RustType) -> String {
        match ty {
            RustType::Unit => "()".to_owned(),
            RustType::Bool => "bool".to_owned(),
            RustType::I32 => "i32".to_owned(),
            RustType::I64 => "i64".to_owned(),
            RustType::U32 => "u32".to_owned(),
            RustType::U64 => "u64".to_owned(),
            RustType::F32 => "f32".to_owned(),
            RustType::F64 => "f64".to_owned(),
            RustType::String => self.prelude("String").to_owned(),
            RustType::Bytes => format!("{}<u8>", self.prelude("Vec")),
            RustType::Timestamp => self.runtime("Timestamp"),
            RustType::Date => self.runtime("Date"),
            RustType::Duration => self.runtime("Duration"),
            RustType::Format(format) => self.runtime(format_type(*format).0),
            RustType::Value => self.runtime("Value"),
            RustType::JsonMap => self.runtime("Map"),
            RustType::ProtobufAny => self.runtime("Any"),
            RustType::Vec(item) => format!("{}<{}>", self.prelude("Vec"), self.text(item)),
            RustType::Tuple(items) => tuple(items.iter().map(|item| self.text(item))),
            RustType::Map(value) => {
                let (map, key) = (self.prelude("BTreeMap"), self.prelude("String"));
                format!("{map}<{key}, {}>", self.text(value))
            }
            RustType::Option(inner) => format!("{}<{}>", self.prelude("Option"), self.text(inner)),
            RustType::Box(inner) => format!("{}<{}>", self.prelude("Box"), self.text(inner)),
            RustType::Model(path) => self.path(path),
            RustType::Foreign(path) => format!("::{path}"),
        }
    }

    /// A type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        // Types are made of checked names; should one be broken, parsing the file tells.
        self.text(ty).parse().unwrap_or_default()
    }

    /// A type of the runtime.
    fn runtime(&self, name: &str) -> String {
        match self.library {
            Some(library) => format!("{library}::runtime::{name}"),
            None => format!("runtime::{name}"),
        }
    }

    /// A type of the standard library: by its name, or by its path where a type of this file has
    /// the same name.
    pub(super) fn prelude(&self, name: &'static str) -> &'static str {
        let is_imported = self.library.is_none() || name != "BTreeMap";
        if is_imported && !self.hides(name) {
            return name;
        }
        let paths = [
            ("BTreeMap", "::std::collections::BTreeMap"),
            ("Box", "::std::boxed::Box"),
            ("From", "::std::convert::From"),
            ("Into", "::std::convert::Into"),
            ("Option", "::std::option::Option"),
            ("String", "::std::string::String"),
            ("Vec", "::std::vec::Vec"),
        ];
        paths.iter().find(|(short, _)| *short == name).map_or(name, |(_, path)| path)
    }

    /// The same as tokens.
    pub(super) fn standard(&self, name: &'static str) -> TokenStream {
        self.prelude(name).parse().unwrap_or_default()
    }

    fn hides(&self, name: &str) -> bool {
        self.local.iter().any(|path| path.name.as_str() == name)
    }

    /// Whether a type needs no `use`.
    fn is_near(&self, path: &Path) -> bool {
        self.local.contains(path) || path.modules == self.modules
    }

    fn path(&self, path: &Path) -> String {
        if self.local.contains(path) {
            return path.name.to_string();
        }
        if self.library.is_none() && path.modules == self.modules {
            return format!("super::{}", path.name);
        }
        let library = self.library.map(|library| format!("{library}::"));
        let modules = path.modules.iter().map(|module| format!("{module}::"));
        let modules = library.into_iter().chain(modules);
        format!("{}{}", modules.collect::<String>(), path.name)
    }
}

/// A tuple of what its items are called: one of one item has a comma.
fn tuple(items: impl Iterator<Item = String>) -> String {
    match items.collect::<Vec<_>>().as_slice() {
        [only] => format!("({only},)"),
        items => format!("({})", items.join(", ")),
    }
}

/// The name of a type of the runtime, and the part that has it.
fn format_type(format: FormatType) -> (&'static str, &'static str) {
    match format {
        FormatType::Time => ("Time", "local"),
        FormatType::LocalDateTime => ("LocalDateTime", "local"),
        FormatType::Uuid => ("Uuid", "uuid"),
        FormatType::Url => ("Url", "url"),
        FormatType::Ip => ("IpAddr", "ip"),
        FormatType::Ipv4 => ("Ipv4Addr", "ip"),
        FormatType::Ipv6 => ("Ipv6Addr", "ip"),
        FormatType::Decimal => ("Decimal", "decimal"),
        FormatType::Secret => ("Secret", "secret"),
    }
}

/// More derives, each behind a comma.
pub(super) fn derives(names: &[String]) -> TokenStream {
    // Names and paths that were checked; should one be broken, parsing the file tells.
    names.iter().flat_map(|name| [", ", name]).collect::<String>().parse().unwrap_or_default()
}

/// A codec, as it stands in a table.
pub(super) fn codec(codec: &Codec) -> String {
    match codec {
        Codec::Decimal => "Decimal".to_owned(),
        Codec::DateTime => "DateTime".to_owned(),
        Codec::FullDate => "FullDate".to_owned(),
        Codec::Base64 => "Base64".to_owned(),
        Codec::Base64Url => "Base64Url".to_owned(),
        Codec::Local => "Local".to_owned(),
        Codec::UrlText => "UrlText".to_owned(),
        Codec::ProtobufDuration => "ProtobufDuration".to_owned(),
        Codec::Iso8601Duration => "Iso8601Duration".to_owned(),
        Codec::Vec(item) => format!("Vec<{}>", self::codec(item)),
        Codec::Map(value) => format!("Map<{}>", self::codec(value)),
        Codec::Option(inner) => format!("Option<{}>", self::codec(inner)),
        Codec::Box(inner) => format!("Box<{}>", self::codec(inner)),
        Codec::Tuple(items) => {
            let plain = || "Plain".to_owned();
            tuple(items.iter().map(|item| item.as_ref().map_or_else(plain, self::codec)))
        }
    }
}

/// What a file must `use` for its types.
#[derive(Clone, Debug)]
pub(super) struct Uses<'a> {
    place: &'a Place<'a>,
    imports: BTreeSet<Import>,
    parts: BTreeSet<&'static str>,
}

/// One thing to `use`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Import {
    Api,
    BTreeMap,
    Models,
    Runtime,
}

impl<'a> Uses<'a> {
    /// Nothing yet.
    pub(super) fn new(place: &'a Place<'a>) -> Self {
        Self { place, imports: BTreeSet::new(), parts: BTreeSet::new() }
    }

    /// Takes note of a type.
    pub(super) fn add(&mut self, ty: &RustType) {
        match ty {
            RustType::Unit
            | RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::U32
            | RustType::U64
            | RustType::F32
            | RustType::F64
            | RustType::String
            | RustType::Bytes
            | RustType::Foreign(_) => {}
            RustType::Timestamp
            | RustType::Date
            | RustType::Duration
            | RustType::Value
            | RustType::JsonMap
            | RustType::ProtobufAny => self.take(Import::Runtime),
            RustType::Format(format) => {
                self.parts.insert(format_type(*format).1);
                self.take(Import::Runtime);
            }
            RustType::Vec(inner) | RustType::Option(inner) | RustType::Box(inner) => {
                self.add(inner);
            }
            RustType::Tuple(items) => items.iter().for_each(|item| self.add(item)),
            RustType::Map(value) => self.add_map(value),
            RustType::Model(path) => match path.modules.first().map(Name::as_str) {
                _ if self.place.is_near(path) => {}
                Some("api") => self.take(Import::Api),
                _ => self.take(Import::Models),
            },
        }
    }

    /// Takes note of a map.
    pub(super) fn add_map(&mut self, values: &RustType) {
        self.take(Import::BTreeMap);
        self.add(values);
    }

    /// Takes note of the runtime.
    pub(super) fn add_runtime(&mut self) {
        self.take(Import::Runtime);
    }

    /// Takes note of a codec.
    pub(super) fn add_codec(&mut self, codec: &Codec) {
        match codec {
            Codec::Base64Url => self.add_parts(["base64url"]),
            Codec::FullDate => self.add_parts(["date"]),
            Codec::Vec(inner) | Codec::Map(inner) | Codec::Option(inner) => self.add_codec(inner),
            Codec::Box(inner) => {
                self.add_parts(["tuple"]);
                self.add_codec(inner);
            }
            Codec::Tuple(items) => {
                self.add_parts(["tuple"]);
                items.iter().flatten().for_each(|item| self.add_codec(item));
            }
            Codec::Decimal
            | Codec::DateTime
            | Codec::Base64
            | Codec::Local
            | Codec::UrlText
            | Codec::ProtobufDuration
            | Codec::Iso8601Duration => {}
        }
    }

    /// Takes note of parts of the runtime.
    pub(super) fn add_parts(&mut self, parts: impl IntoIterator<Item = &'static str>) {
        self.parts.extend(parts);
    }

    /// The parts of the runtime that the types belong to.
    pub(super) fn parts(&self) -> &BTreeSet<&'static str> {
        &self.parts
    }

    /// The lines for the standard library.
    pub(super) fn standard(&self) -> TokenStream {
        let maps = self.imports.contains(&Import::BTreeMap) && !self.place.hides("BTreeMap");
        if maps {
            quote!(
                use std::collections::BTreeMap;
            )
        } else {
            TokenStream::new()
        }
    }

    /// The lines for this crate.
    pub(super) fn own(&self) -> TokenStream {
        let lines = self.imports.iter().map(|import| match import {
            Import::Api => quote!(
                use crate::api;
            ),
            Import::BTreeMap => TokenStream::new(),
            Import::Models => quote!(
                use crate::models;
            ),
            Import::Runtime => quote!(
                use crate::runtime;
            ),
        });
        quote!(#(#lines)*)
    }

    fn take(&mut self, import: Import) {
        self.imports.insert(import);
    }
}
