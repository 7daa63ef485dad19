//! Builds the model: components first, then operations.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, SecurityScheme};
use serde_json::Value;

use super::{Api, Schema, SchemaId, SchemaName, Server, ServerVariable, Shape, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reference::{Section, component_name};
use crate::source::{FileId, Span};

/// Builds the model of a document.
///
/// # Errors
/// `duplicate-operation-id`, `duplicate-parameter` and `path-parameter` where a path template is
/// malformed. What the crate cannot say yet is a gap.
pub fn build(document: &OpenAPI, gaps: &mut Diagnostics) -> Result<Api, Diagnostics> {
    let mut builder = Builder::new(document);
    builder.components();
    let operations = builder.operations();
    let security = builder.security();
    let Builder { schemas, found, .. } = builder;
    let api = Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: document.servers.iter().map(server).collect(),
        security,
        tags: document
            .tags
            .iter()
            .filter_map(|tag| Some((tag.name.clone(), tag.description.clone()?)))
            .collect(),
        operations,
        schemas,
    };
    found.stop(api, gaps)
}

/// What is known while the model is built.
pub(super) struct Builder<'a> {
    pub(super) document: &'a OpenAPI,
    pub(super) schemas: Vec<Schema>,
    pub(super) found: Diagnostics,
    ids: IndexMap<&'a str, SchemaId>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a OpenAPI) -> Self {
        let components = document.components.iter();
        let names = components.flat_map(|components| components.schemas.keys());
        let ids: IndexMap<&str, SchemaId> =
            names.enumerate().map(|(at, name)| (name.as_str(), SchemaId(at))).collect();
        // Every component has its place in the arena before the first reference is read.
        let schemas = ids.keys().map(|name| placeholder(name)).collect();
        Self { document, schemas, found: Diagnostics::new(), ids }
    }

    fn components(&mut self) {
        let Some(components) = &self.document.components else { return };
        for (at, (name, schema)) in components.schemas.iter().enumerate() {
            let built = self.component(SchemaId(at), name, schema);
            if let Some(slot) = self.schemas.get_mut(at) {
                *slot = built;
            }
        }
    }

    fn security(&mut self) -> super::Security {
        let Some(components) = &self.document.components else {
            return super::Security::default();
        };
        let used: BTreeSet<&str> = self
            .document
            .security
            .iter()
            .flatten()
            .chain(self.document.operations().flat_map(|(_, _, one)| one.security.iter().flatten()))
            .flat_map(|requirement| requirement.keys().map(String::as_str))
            .collect();
        let mut security = super::Security::default();
        for (name, scheme) in &components.security_schemes {
            if let ReferenceOr::Item(scheme) = scheme
                && used.contains(name.as_str())
            {
                self.scheme(name, scheme, &mut security);
            }
        }
        security
    }

    fn scheme(&mut self, name: &str, scheme: &SecurityScheme, security: &mut super::Security) {
        super::security::read(name, scheme, security, &mut self.found);
    }

    /// The type that a reference to a component stands for.
    pub(super) fn reference(&mut self, reference: &str) -> Type {
        let name = component_name(Section::Schemas, reference);
        if let Some(id) = name.and_then(|name| self.ids.get(name)) {
            return Type::Schema(*id);
        }
        // `lower` has checked all references, so this is a fault of ours, told as such.
        self.found.push(Diagnostic::general(
            Code::Internal,
            format!("`{reference}` was not found while the model was built"),
        ));
        Type::Any
    }

    /// Gives a schema its place in the arena.
    pub(super) fn add(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        SchemaId(self.schemas.len() - 1)
    }

    /// The plain type behind aliases; bounded, since `lower` refuses cycles of references.
    pub(super) fn resolve(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        for _ in 0..=self.schemas.len() {
            let Type::Schema(id) = ty else { return ty };
            match self.schemas.get(id.0).map(|schema| &schema.shape) {
                Some(Shape::Alias(target)) => ty = target.clone(),
                _ => return ty,
            }
        }
        ty
    }
}

fn placeholder(name: &str) -> Schema {
    Schema {
        name: SchemaName::Component(name.to_owned()),
        docs: super::Docs::default(),
        span: Span::default(),
        shape: Shape::EmptyObject,
        nullable: false,
        extensions: BTreeMap::new(),
    }
}

fn server(server: &openapiv3::Server) -> Server {
    let variables = server.variables.iter().flatten();
    Server {
        url: server.url.clone(),
        description: server.description.clone(),
        variables: variables
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone(),
            })
            .collect(),
    }
}

/// The object that a reference to a component leads to. `lower` refuses cycles; the bound is for a
/// fault of ours.
pub(super) fn component<'a, T>(
    one: &'a ReferenceOr<T>,
    section: Section,
    listed: &'a IndexMap<String, ReferenceOr<T>>,
) -> Option<&'a T> {
    let mut one = one;
    for _ in 0..=listed.len() {
        match one {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                one = listed.get(component_name(section, reference)?)?;
            }
        }
    }
    None
}

/// The extensions that hold a text, a number or a boolean, each as its text.
pub(super) fn texts(extensions: &IndexMap<String, Value>) -> BTreeMap<String, String> {
    let texts = extensions.iter().filter_map(|(key, value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some((key.clone(), text))
    });
    texts.collect()
}

/// The place that `lower` stamped.
pub(super) fn span(extensions: &IndexMap<String, Value>) -> Span {
    extensions.get("x-at").and_then(place).unwrap_or_default()
}

/// The places that `lower` stamped for properties or enum values.
pub(super) fn places(extensions: &IndexMap<String, Value>, key: &str) -> Vec<Span> {
    let list = extensions.get(key).and_then(Value::as_array);
    list.into_iter().flatten().map(|one| place(one).unwrap_or_default()).collect()
}

fn place(value: &Value) -> Option<Span> {
    let [file, start, end] = value.as_array()?.as_slice() else { return None };
    let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
    Some(Span { file: FileId(number(file)?), start: number(start)?, end: number(end)? })
}
