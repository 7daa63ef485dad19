//! The lines of models.

use super::{Kind, Line, Owner, Surface};
use crate::diff::rust;
use crate::model::{Api, Operation, SchemaId, SchemaName, Step};
use crate::plan::{
    Alias, Docs, Enum, EnumKind, Field, Item, OneofGroup, Struct, Union, Verb, verb_text,
};
use crate::source::Span;

/// Adds the lines of an item in a module.
pub(super) fn item(item: &Item, module: &str, api: &Api, surface: &mut Surface) {
    let path = format!("{module}::{}", item.name());
    let mut ty = Type { place: place(api, item.schema()), path, surface };
    match item {
        Item::Struct(item) => structure(item, module, &mut ty),
        Item::Enum(item) => enumeration(item, &mut ty),
        Item::Union(item) => union(item, &mut ty),
        Item::Alias(item) => alias(item, &mut ty),
    }
}

/// What a schema is called in the document, and where it stands.
pub(in crate::diff) fn place(api: &Api, id: SchemaId) -> (String, Option<Span>) {
    let Some(schema) = api.schemas.get(id.0) else { return (String::new(), None) };
    (wire(api, &schema.name, 0), Some(schema.span))
}

/// The words for a schema; inline ones lie in few others.
fn wire(api: &Api, name: &SchemaName, depth: usize) -> String {
    let (text, steps) = match name {
        SchemaName::Component(name) => return format!("the schema `{name}`"),
        SchemaName::LeftOut => return String::new(),
        SchemaName::InSchema(owner, steps) => {
            let owner = api.schemas.get(owner.0).filter(|_| depth < 8);
            (owner.map_or_else(String::new, |one| wire(api, &one.name, depth + 1)), steps)
        }
        SchemaName::InOperation(at, steps) => {
            (api.operations.get(*at).map_or_else(String::new, operation), steps)
        }
    };
    let steps = steps.iter().map(|step| match step {
        Step::Property(name) => format!(", property `{name}`"),
        Step::Items => ", an item".to_owned(),
        Step::Item(at) => format!(", item {at}"),
        Step::Values => ", a value".to_owned(),
        Step::Member(name) => format!(", the member `{name}`"),
        Step::Parameter(name) => format!(", parameter `{name}`"),
        Step::RequestBody => ", request body".to_owned(),
        Step::Response(status) => format!(", response {status}"),
        Step::Header(name) => format!(", header `{name}`"),
    });
    format!("{text}{}", steps.collect::<Vec<_>>().concat())
}

/// What an operation is called in reports.
pub(in crate::diff) fn operation(operation: &Operation) -> String {
    label(operation.verb, &operation.path)
}

/// The same of its two parts.
pub(in crate::diff) fn label(verb: Verb, path: &str) -> String {
    format!("{} {path}", verb_text(verb))
}

/// How a field reads.
pub(in crate::diff) fn field_code(field: &Field) -> String {
    let ty = rust::text(&field.ty, &rust::as_is);
    let ty = if field.is_option() { format!("Option<{ty}>") } else { ty };
    format!("pub {}: {ty}", field.name)
}

/// The lines of one type.
struct Type<'a> {
    /// What it is called in the document, and where it stands.
    place: (String, Option<Span>),
    path: String,
    surface: &'a mut Surface,
}

impl Type<'_> {
    fn whole(&mut self, kind: Kind, code: String, docs: &Docs) {
        let (wire, span) = self.place.clone();
        self.add(kind, None, code, wire, docs, Vec::new());
        if let Some(line) = self.surface.lines.get_mut(&self.path) {
            line.span = span;
        }
    }

    fn add(
        &mut self,
        kind: Kind,
        name: Option<&str>,
        code: String,
        wire: String,
        docs: &Docs,
        names: Vec<String>,
    ) {
        let path = match name {
            Some(name) => format!("{}::{name}", self.path),
            None => self.path.clone(),
        };
        let owner = Owner::Type(self.path.clone());
        let line = Line { code, wire, owner, names, ..Line::new(kind, path) };
        self.surface.add(line.docs(docs));
    }

    fn field(&mut self, field: &Field) {
        let mut names = Vec::new();
        rust::named(&field.ty, &mut names);
        let wire = format!("the property `{}`", field.wire);
        let name = Some(field.name.as_str());
        self.add(Kind::Field, name, field_code(field), wire, &field.docs, names.clone());
        let path = format!("{}::{}", self.path, field.name);
        if let Some(line) = self.surface.lines.get_mut(&path) {
            line.span = Some(field.span);
        }
        if let Some(setter) = &field.setter {
            let ty = rust::text(&field.ty, &rust::as_is);
            let code = format!("pub fn {}(self, value: impl Into<{ty}>) -> Self", setter.name);
            let wire = format!("the property `{}`", field.wire);
            let none = Docs::default();
            self.add(Kind::Function, Some(setter.name.as_str()), code, wire, &none, names);
        }
    }
}

fn structure(item: &Struct, module: &str, ty: &mut Type<'_>) {
    let default = if item.has_default() { " Default," } else { "" };
    let derives = derives(&item.derives);
    let code = format!(
        "#[derive(Clone, Debug,{default} PartialEq{derives})] pub struct {} {{ .. }}",
        item.name
    );
    ty.whole(Kind::Type, code, &item.docs);
    for field in &item.fields {
        ty.field(field);
    }
    let none = Docs::default();
    if let Some(additional) = &item.additional {
        let mut names = Vec::new();
        rust::named(&additional.values, &mut names);
        let values = rust::text(&additional.values, &rust::as_is);
        let code = format!("pub {}: BTreeMap<String, {values}>", additional.name);
        let wire = "`additionalProperties`".to_owned();
        ty.add(Kind::Field, Some(additional.name.as_str()), code, wire, &none, names);
    }
    if !item.has_default() {
        let (code, names) = constructor(item);
        ty.add(Kind::Function, Some("new"), code, "`required`".to_owned(), &none, names);
    }
    if item.validation.is_some() {
        let code = "pub fn validate(&self) -> Result<(), runtime::InvalidValue>".to_owned();
        ty.add(Kind::Function, Some("validate"), code, String::new(), &none, Vec::new());
    }
    for group in &item.oneof_groups {
        oneof(item, group, module, ty);
    }
}

fn constructor(item: &Struct) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut arguments = Vec::new();
    for field in item.arguments() {
        rust::named(&field.ty, &mut names);
        let ty = rust::text(&field.ty, &rust::as_is);
        arguments.push(format!("{}: impl Into<{ty}>", field.name));
    }
    (format!("pub fn new({}) -> Self", arguments.join(", ")), names)
}

fn oneof(item: &Struct, group: &OneofGroup, module: &str, ty: &mut Type<'_>) {
    let none = Docs::default();
    let path = format!("{module}::{}", group.name);
    let wire = format!("the group `{}`", group.wire);
    let code = format!("pub fn {}(&self) -> Option<{path}<'_>>", group.accessor);
    let accessor = Some(group.accessor.as_str());
    ty.add(Kind::Function, accessor, code, wire.clone(), &none, vec![path.clone()]);
    let owner = Owner::Type(ty.path.clone());
    let code = format!("pub enum {}<'a> {{ .. }}", group.name);
    let whole = Line {
        code,
        wire: wire.clone(),
        owner: owner.clone(),
        ..Line::new(Kind::Type, path.clone())
    };
    ty.surface.add(whole);
    for (variant, at) in &group.members {
        let Some(field) = item.fields.get(*at) else { continue };
        let held = rust::text(&rust::unboxed(&field.ty), &rust::as_is);
        let mut line = Line::new(Kind::Variant, format!("{path}::{variant}"));
        line.code = format!("{variant}(&'a {held})");
        line.wire = format!("the property `{}` in {wire}", field.wire);
        line.owner = owner.clone();
        rust::named(&field.ty, &mut line.names);
        ty.surface.add(line);
    }
}

fn enumeration(item: &Enum, ty: &mut Type<'_>) {
    let rest = match item.kind {
        EnumKind::Text => "String",
        EnumKind::Integer => "i64",
        EnumKind::Mixed => "runtime::Value",
    };
    let traits = if item.kind == EnumKind::Mixed { "" } else { ", Eq, Hash" };
    let code =
        format!("#[derive(Clone, Debug, PartialEq{traits})] pub enum {} {{ .. }}", item.name);
    ty.whole(Kind::Type, code, &item.docs);
    for variant in &item.variants {
        let wire = format!("the value `{}`", variant.value);
        let name = Some(variant.name.as_str());
        ty.add(Kind::Variant, name, variant.name.to_string(), wire, &variant.docs, Vec::new());
    }
    if let Some(name) = &item.catch_all {
        let (code, wire) = (format!("{name}({rest})"), "any other value".to_owned());
        let none = Docs::default();
        ty.add(Kind::Variant, Some(name.as_str()), code, wire, &none, Vec::new());
    }
}

/// More derives, each behind a comma.
fn derives(names: &[String]) -> String {
    names.iter().flat_map(|name| [", ", name]).collect()
}

fn union(item: &Union, ty: &mut Type<'_>) {
    let derives = derives(&item.derives);
    let code =
        format!("#[derive(Clone, Debug, PartialEq{derives})] pub enum {} {{ .. }}", item.name);
    ty.whole(Kind::Type, code, &item.docs);
    let none = Docs::default();
    for variant in &item.variants {
        let mut names = Vec::new();
        rust::named(&variant.ty, &mut names);
        let held = rust::text(&variant.ty, &rust::as_is);
        let wire = match variant.tags.as_slice() {
            [] => "a member of the choice".to_owned(),
            tags => format!("the member `{}`", tags.join("`, `")),
        };
        let name = Some(variant.name.as_str());
        let code = format!("{}({held})", variant.name);
        ty.add(Kind::Variant, name, code, wire.clone(), &variant.docs, names.clone());
        let lent = rust::text(&rust::unboxed(&variant.ty), &rust::as_is);
        let code = format!("pub fn {}(&self) -> Option<&{lent}>", variant.accessor);
        ty.add(Kind::Function, Some(variant.accessor.as_str()), code, wire, &none, names);
    }
    let code = format!("{}(runtime::Value)", item.catch_all);
    let wire = "any other value".to_owned();
    ty.add(Kind::Variant, Some(item.catch_all.as_str()), code, wire, &none, Vec::new());
}

fn alias(item: &Alias, ty: &mut Type<'_>) {
    let mut names = Vec::new();
    rust::named(&item.ty, &mut names);
    let code = format!("pub type {} = {};", item.name, rust::text(&item.ty, &rust::as_is));
    ty.whole(Kind::Alias, code, &item.docs);
    if let Some(line) = ty.surface.lines.get_mut(&ty.path) {
        line.names = names;
    }
}
