//! The lines of operations: groups, methods, parameters, bodies and answers.

use super::models::{self, label};
use super::{Kind, Line, Owner, Surface};
use crate::diff::rust::{self, as_is};
use crate::model::Api;
use crate::plan::{
    Answer, Argument, Body, Content, ContentKind, Docs, Group, Method, Multipart, Name, Part,
    PartKind, Presence, Reading, RustType, joined,
};

/// Adds the lines of a group.
pub(super) fn group(group: &Group, api: &Api, surface: &mut Surface) {
    let module = module(group);
    let path = format!("{module}::{}", group.name);
    let mut accessor = Line::new(Kind::Function, format!("Client::{}", group.accessor));
    accessor.code = format!("pub fn {}(&self) -> {path}<'_>", group.accessor);
    accessor.wire = format!("the group `{}`", group.wire);
    accessor.names.push(path.clone());
    let mut whole = Line::new(Kind::Type, path.clone());
    whole.code = format!("pub struct {}<'a> {{ .. }}", group.name);
    whole.wire.clone_from(&accessor.wire);
    surface.add(accessor);
    surface.add(whole.docs(&group.docs));
    for method in &group.methods {
        Lines { module: &module, label: label(method.verb, &method.path), method, surface }
            .add(&path);
    }
    for item in &group.items {
        models::item(item, &module, api, surface);
    }
}

/// The module of a group, as text.
pub(in crate::diff) fn module(group: &Group) -> String {
    joined(&group.modules)
}

/// The lines of one operation.
struct Lines<'a> {
    module: &'a str,
    label: String,
    method: &'a Method,
    surface: &'a mut Surface,
}

impl Lines<'_> {
    fn add(mut self, group: &str) {
        let method = self.method;
        let mut line = self.line(Kind::Method, format!("{group}::{}", method.name));
        line.code = signature(method, self.module);
        line.names = self.named();
        self.surface.add(line.docs(&method.docs));
        self.parameters();
        self.builder();
        self.body();
        self.answer();
    }

    /// A line of the operation.
    fn line(&self, kind: Kind, path: String) -> Line {
        let (wire, owner) = (self.label.clone(), Owner::Operation(self.label.clone()));
        // What the document does not word by itself stands where the operation does.
        let span = Some(self.method.span);
        Line { wire, span, owner, ..Line::new(kind, path) }
    }

    fn whole(&mut self, name: &Name, code: String) -> String {
        let path = format!("{}::{name}", self.module);
        let mut line = self.line(Kind::Type, path.clone());
        line.code = code;
        self.surface.add(line);
        path
    }

    fn child(&mut self, kind: Kind, path: String, code: String, names: Vec<String>, docs: &Docs) {
        let line = Line { code, names, ..self.line(kind, path) };
        self.surface.add(line.docs(docs));
    }

    /// The paths of the types that belong to the operation alone or are named by its signature.
    fn named(&self) -> Vec<String> {
        let mut names = Vec::new();
        for ty in rust_types(self.method) {
            rust::named(ty, &mut names);
        }
        names
    }

    fn parameters(&mut self) {
        let Some(name) = &self.method.params else { return };
        let path = self.whole(name, format!("pub struct {name}<'a> {{ .. }}"));
        for argument in &self.method.required {
            let ty = rust::parameter(&argument.ty, &as_is);
            let mut line = self.line(Kind::Parameter, format!("{path}::{}", argument.name));
            line.code = format!("pub {}: {ty}", argument.name);
            line.span = Some(argument.span);
            rust::named(&argument.ty, &mut line.names);
            self.surface.add(line.docs(&argument.docs));
        }
    }

    fn builder(&mut self) {
        let Some(name) = &self.method.builder else { return };
        let path = self.whole(name, format!("pub struct {name}"));
        for argument in &self.method.optional {
            let mut line = self.line(Kind::Parameter, format!("{path}::{}", argument.name));
            line.code = setter(argument);
            line.span = Some(argument.span);
            rust::named(&argument.ty, &mut line.names);
            self.surface.add(line.docs(&argument.docs));
        }
        let none = Docs::default();
        if let Some(body) =
            self.method.body.as_ref().filter(|one| one.presence != Presence::Required)
        {
            let ty = body_argument(body, self.module, BodyPlace::Setter);
            let code = format!("pub fn body(self, body: {ty}) -> Self");
            self.child(Kind::Function, format!("{path}::body"), code, Vec::new(), &none);
        }
        let answer = answer(&self.method.answer, self.module);
        let code = format!("pub fn send(self) -> ResponseFuture<{answer}>");
        self.child(Kind::Function, format!("{path}::send"), code, Vec::new(), &none);
        if let Some(listing) = &self.method.pages {
            let code = format!("pub fn pages(self) -> runtime::Pages<{answer}>");
            self.child(Kind::Function, format!("{path}::pages"), code, Vec::new(), &none);
            if let Some(items) = &listing.items {
                let mut names = Vec::new();
                rust::named(&items.ty, &mut names);
                let item = rust::text(&items.ty, &as_is);
                let code = format!("pub fn items(self) -> runtime::Items<{answer}, {item}>");
                self.child(Kind::Function, format!("{path}::items"), code, names, &none);
            }
        }
    }

    fn body(&mut self) {
        let Some(body) = &self.method.body else { return };
        let none = Docs::default();
        if let Some(name) = &body.choice {
            let path = self.whole(name, format!("pub enum {name} {{ .. }}"));
            for content in &body.contents {
                let variant = format!("{path}::{}", content.variant);
                let code = format!("{}({})", content.variant, held(content, self.module));
                self.child(Kind::Variant, variant, code, Vec::new(), &none);
            }
        }
        for content in &body.contents {
            if let ContentKind::Multipart(multipart) = &content.kind {
                self.multipart(multipart);
            }
        }
    }

    fn multipart(&mut self, multipart: &Multipart) {
        let name = &multipart.name;
        let default = if multipart.required.is_empty() { ", Default" } else { "" };
        let path = self.whole(name, format!("#[derive(Debug{default})] pub struct {name}"));
        let none = Docs::default();
        let arguments = multipart.arguments().into_iter();
        let arguments = arguments.map(|part| format!("{}: {}", part.name, part_type(part)));
        let arguments: Vec<String> = arguments.collect();
        let code = format!("pub fn new({}) -> Self", arguments.join(", "));
        self.child(Kind::Function, format!("{path}::new"), code, Vec::new(), &none);
        for part in &multipart.optional {
            let code = format!("pub fn {}(self, value: {}) -> Self", part.name, part_type(part));
            self.child(
                Kind::Function,
                format!("{path}::{}", part.name),
                code,
                Vec::new(),
                &part.docs,
            );
        }
    }

    fn answer(&mut self) {
        let none = Docs::default();
        if let Answer::Choice(choice) = &self.method.answer {
            let path = self.whole(&choice.name, format!("pub enum {} {{ .. }}", choice.name));
            for case in &choice.cases {
                let held = case.body.as_ref().map(|(_, reading)| self::reading(reading));
                let held = held.map(|ty| format!("({ty})")).unwrap_or_default();
                let code = format!("{}{held}", case.variant);
                self.child(
                    Kind::Variant,
                    format!("{path}::{}", case.variant),
                    code,
                    Vec::new(),
                    &none,
                );
            }
        }
        if let Some(headers) = &self.method.headers {
            let path = self.whole(&headers.name, format!("pub struct {} {{ .. }}", headers.name));
            for field in &headers.fields {
                let mut names = Vec::new();
                rust::named(&field.ty, &mut names);
                let code = models::field_code(field);
                self.child(
                    Kind::Field,
                    format!("{path}::{}", field.name),
                    code,
                    names,
                    &field.docs,
                );
            }
        }
    }
}

/// How a method reads.
fn signature(method: &Method, module: &str) -> String {
    let mut arguments = vec!["&self".to_owned()];
    match (&method.params, method.required.as_slice()) {
        (Some(params), _) => arguments.push(format!("params: {params}<'_>")),
        (None, [one]) => {
            arguments.push(format!("{}: {}", one.name, rust::argument(&one.ty, &as_is)));
        }
        (None, _) => {}
    }
    if let Some(body) = method.body.as_ref().filter(|body| body.presence == Presence::Required) {
        arguments.push(format!("body: {}", body_argument(body, module, BodyPlace::Argument)));
    }
    let answer = if let Some(builder) = &method.builder {
        format!("{module}::{builder}")
    } else {
        let sent = json(method).map_or_else(|| "NoBody".to_owned(), |ty| rust::text(ty, &as_is));
        format!("Request<{sent}, {}>", answer(&method.answer, module))
    };
    format!("pub fn {}({}) -> {answer}", method.name, arguments.join(", "))
}

/// How the setter of an optional parameter reads.
fn setter(argument: &Argument) -> String {
    format!(
        "pub fn {}(self, value: {}) -> Self",
        argument.name,
        rust::argument(&argument.ty, &as_is)
    )
}

/// The type of a body that is JSON alone.
fn json(method: &Method) -> Option<&RustType> {
    let body = method.body.as_ref()?;
    match (&body.choice, body.contents.as_slice()) {
        (None, [Content { kind: ContentKind::Json(ty), .. }]) => Some(ty),
        _ => None,
    }
}

/// Where a body is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::diff) enum BodyPlace {
    /// As an argument of the method.
    Argument,
    /// By a setter of the builder.
    Setter,
}

/// The type by which a body is given.
pub(in crate::diff) fn body_argument(body: &Body, module: &str, place: BodyPlace) -> String {
    match (&body.choice, body.contents.as_slice()) {
        (Some(choice), _) => format!("impl Into<{module}::{choice}>"),
        (None, [one]) => match (&one.kind, place) {
            (ContentKind::Text | ContentKind::Bytes, _) => {
                format!("impl Into<{}>", held(one, module))
            }
            (ContentKind::Json(ty), BodyPlace::Setter) => {
                format!("impl Borrow<{}>", rust::text(ty, &as_is))
            }
            _ => held(one, module),
        },
        (None, _) => "()".to_owned(),
    }
}

/// What a body in one media type holds.
pub(in crate::diff) fn held(content: &Content, module: &str) -> String {
    match &content.kind {
        ContentKind::Json(ty) | ContentKind::Form(ty, _) => {
            format!("&{}", rust::text(ty, &as_is))
        }
        ContentKind::JsonLines(ty) => format!("&[{}]", rust::text(ty, &as_is)),
        ContentKind::Multipart(multipart) => format!("{module}::{}", multipart.name),
        ContentKind::AnyParts => "Multipart".to_owned(),
        ContentKind::Text => "String".to_owned(),
        ContentKind::Bytes => "Body".to_owned(),
    }
}

/// The type by which a part is given.
pub(in crate::diff) fn part_type(part: &Part) -> String {
    match &part.kind {
        PartKind::File => "impl Into<Part>".to_owned(),
        PartKind::Files => "impl IntoIterator<Item = impl Into<Part>>".to_owned(),
        PartKind::Text(ty) | PartKind::Value(ty) => rust::argument(ty, &as_is),
    }
}

/// The type of what comes back.
pub(in crate::diff) fn answer(answer: &Answer, module: &str) -> String {
    match answer {
        Answer::Empty => "()".to_owned(),
        Answer::One(reading, _) => self::reading(reading),
        Answer::Optional(ty, _) => format!("Option<{}>", rust::text(ty, &as_is)),
        Answer::Choice(choice) => format!("{module}::{}", choice.name),
    }
}

/// The type by which a body is read.
pub(in crate::diff) fn reading(reading: &Reading) -> String {
    let text = |ty: &RustType| rust::text(ty, &as_is);
    match reading {
        Reading::Json(ty) => text(ty),
        Reading::Text => "String".to_owned(),
        Reading::Download => "Download".to_owned(),
        Reading::Events(Some(ty)) => format!("EventStream<{}>", text(ty)),
        Reading::Events(None) => "EventStream<String>".to_owned(),
        Reading::JsonLines(ty) => format!("JsonLines<{}>", text(ty)),
    }
}

/// The types that a method's signature names, its body's and answer's among them.
pub(in crate::diff) fn rust_types(method: &Method) -> Vec<&RustType> {
    let arguments = method.required.iter().chain(&method.optional).map(|argument| &argument.ty);
    let contents = method.body.iter().flat_map(|body| &body.contents);
    let sent = contents.flat_map(|content| match &content.kind {
        ContentKind::Json(ty) | ContentKind::JsonLines(ty) | ContentKind::Form(ty, _) => vec![ty],
        ContentKind::Multipart(multipart) => {
            let parts = multipart.required.iter().chain(&multipart.optional);
            let types = parts.filter_map(|part| match &part.kind {
                PartKind::Text(ty) | PartKind::Value(ty) => Some(ty),
                PartKind::File | PartKind::Files => None,
            });
            types.collect()
        }
        ContentKind::AnyParts | ContentKind::Text | ContentKind::Bytes => Vec::new(),
    });
    let read = match &method.answer {
        Answer::Empty => Vec::new(),
        Answer::One(reading, _) => vec![reading],
        Answer::Optional(ty, _) => {
            return arguments.chain(sent).chain([ty]).chain(errors(method)).collect();
        }
        Answer::Choice(choice) => {
            choice.cases.iter().filter_map(|case| Some(&case.body.as_ref()?.1)).collect()
        }
    };
    let read = read.into_iter().filter_map(|reading| match reading {
        Reading::Json(ty) | Reading::JsonLines(ty) => Some(ty),
        Reading::Events(ty) => ty.as_ref(),
        Reading::Text | Reading::Download => None,
    });
    arguments.chain(sent).chain(read).chain(errors(method)).collect()
}

fn errors(method: &Method) -> impl Iterator<Item = &RustType> {
    method.errors.iter().map(|(_, ty)| ty)
}
