//! Builds the model: components first, then operations.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema as Source, SecurityScheme};
use serde_json::Value;

use super::both::{Both, Copied};
use super::inheritance;
use super::merge::Job;
use super::parts::Origin;
use super::{Api, Field, Schema, SchemaId, SchemaName, Server, ServerVariable, Shape, Type};
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
    builder.jobs();
    let operations = builder.operations();
    builder.jobs();
    builder.give_way();
    builder.leave_out();
    let security = builder.security();
    let webhooks = builder.webhooks();
    let Builder { mut schemas, mut found, .. } = builder;
    super::tuples::limit(&mut schemas, &mut found);
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
        webhooks,
        schemas,
    };
    found.stop(api, gaps)
}

/// What is known while the model is built.
pub(super) struct Builder<'a> {
    pub(super) document: &'a OpenAPI,
    pub(super) schemas: Vec<Schema>,
    pub(super) found: Diagnostics,
    pub(super) ids: IndexMap<&'a str, SchemaId>,
    /// Where each schema of the arena comes from.
    pub(super) origins: Vec<Origin<'a>>,
    /// Schemas that wait for what they are made of.
    pub(super) jobs: VecDeque<Job<'a>>,
    /// Choices that wait for those that they are made of.
    pub(super) both: VecDeque<Both>,
    /// Choices whose members were merged.
    pub(super) merged: Vec<Both>,
    /// Schemas that may turn out to be one of those that they are made of.
    pub(super) copied: Vec<Copied>,
    /// The properties that a schema lists itself, by the schema's address: a key, never an order.
    pub(super) own: BTreeMap<usize, Vec<Field>>,
    /// Schemas that describe what two others describe together.
    pub(super) intersections: BTreeMap<(SchemaId, SchemaId), SchemaId>,
    /// Schemas that went into another one, which stands at the same place.
    pub(super) absorbed: BTreeMap<SchemaId, SchemaId>,
    /// How many schemas came from choices with something beside them.
    pub(super) combinations: usize,
    /// The components that inherit from one with a discriminator, by its name.
    pub(super) children: BTreeMap<&'a str, Vec<&'a str>>,
    /// All of these children.
    pub(super) child_names: BTreeSet<&'a str>,
}

impl<'a> Builder<'a> {
    fn new(document: &'a OpenAPI) -> Self {
        let components = document.components.iter();
        let names = components.flat_map(|components| components.schemas.keys());
        let ids: IndexMap<&str, SchemaId> =
            names.enumerate().map(|(at, name)| (name.as_str(), SchemaId(at))).collect();
        // Every component has its place in the arena before the first reference is read.
        let schemas = ids.keys().map(|name| placeholder(name)).collect();
        let origins = ids.keys().map(|name| Origin::Component(name)).collect();
        let children = inheritance::children(document);
        let child_names = children.values().flatten().copied().collect();
        Self {
            document,
            schemas,
            found: Diagnostics::new(),
            ids,
            origins,
            jobs: VecDeque::new(),
            both: VecDeque::new(),
            merged: Vec::new(),
            copied: Vec::new(),
            own: BTreeMap::new(),
            intersections: BTreeMap::new(),
            absorbed: BTreeMap::new(),
            combinations: 0,
            children,
            child_names,
        }
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
        security.requirements =
            self.document.security.as_ref().map(|list| self.requirements(list)).unwrap_or_default();
        security
    }

    fn scheme(&mut self, name: &str, scheme: &SecurityScheme, security: &mut super::Security) {
        super::security::read(name, scheme, security, &mut self.found);
    }

    /// The type that a reference to a component stands for.
    pub(super) fn reference(&mut self, reference: &str) -> Type {
        self.reference_to(component_name(Section::Schemas, reference).unwrap_or(reference))
    }

    /// The type of the component with a name.
    pub(super) fn reference_to(&mut self, name: &str) -> Type {
        if let Some(id) = self.ids.get(name) {
            return Type::Schema(*id);
        }
        // `lower` has checked all references, so this is a fault of ours, told as such.
        self.found.push(Diagnostic::general(
            Code::Internal,
            format!("`{name}` was not found while the model was built"),
        ));
        Type::Any
    }

    /// A component and its place in the arena.
    pub(super) fn source(&self, name: &str) -> Option<(SchemaId, &'a ReferenceOr<Source>)> {
        let id = self.ids.get(name)?;
        let components = self.document.components.as_ref()?;
        Some((*id, components.schemas.get_index(id.0)?.1))
    }

    /// Gives a schema its place in the arena.
    pub(super) fn add(&mut self, schema: Schema, origin: Origin<'a>) -> SchemaId {
        self.schemas.push(schema);
        self.origins.push(origin);
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

pub(super) fn server(server: &openapiv3::Server) -> Server {
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

pub(super) fn place(value: &Value) -> Option<Span> {
    let [file, start, end] = value.as_array()?.as_slice() else { return None };
    let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
    Some(Span { file: FileId(number(file)?), start: number(start)?, end: number(end)? })
}
