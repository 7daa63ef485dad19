//! The public face of a crate that was planned: what can be named, and what each name stands for.

use std::collections::BTreeMap;
use std::fmt::Display;

use oasmith::model::{Api, SchemaId, SchemaName, Step};
use oasmith::plan::{Answer, Crate, Field, Group, Item, Method, Module, Struct};

/// What stands behind each public path, such as `models::app::App.id`: the place in the document
/// and the type. Setters have rows of their own, for a type that a request newly holds gets some.
pub(crate) fn face(krate: &Crate, api: &Api) -> BTreeMap<String, String> {
    let mut face = Face { api, rows: BTreeMap::new() };
    face.module("models", &krate.models);
    krate.groups.iter().for_each(|group| face.group(group));
    for webhook in &krate.webhooks {
        face.row(format!("webhooks::{}", webhook.name), format!("{:?}", webhook.ty));
    }
    let client = &krate.client;
    for variable in &client.variables {
        face.row(
            format!("ClientBuilder::{}", variable.name),
            format!("variable {}", variable.wire),
        );
        for (name, value) in variable.choice.iter().flat_map(|choice| &choice.variants) {
            face.row(format!("ClientBuilder::{}::{name}", variable.name), value.clone());
        }
    }
    for key in &client.keys {
        face.row(format!("ClientBuilder::{}", key.name), format!("key {}", key.scheme));
    }
    for server in &client.servers {
        face.row(format!("Server::{}", server.name), server.url.clone());
    }
    face.rows
}

struct Face<'a> {
    api: &'a Api,
    rows: BTreeMap<String, String>,
}

impl Face<'_> {
    fn row(&mut self, path: String, what: String) {
        assert!(!self.rows.contains_key(&path), "two things are called {path}");
        self.rows.insert(path, what);
    }

    fn module(&mut self, path: &str, module: &Module) {
        for (name, inner) in &module.modules {
            self.module(&format!("{path}::{name}"), inner);
        }
        for item in module.files.values().flatten() {
            self.item(path, item);
        }
    }

    fn group(&mut self, group: &Group) {
        let path = format!("api::{}", group.module);
        self.row(format!("Client::{}", group.accessor), format!("the group {}", group.wire));
        self.row(format!("{path}::{}", group.name), format!("the group {}", group.wire));
        for method in &group.methods {
            self.method(&path, &format!("{path}::{}", group.name), method);
        }
        for item in &group.items {
            self.item(&path, item);
        }
    }

    fn method(&mut self, module: &str, group: &str, method: &Method) {
        let Method { name, id, required, optional, .. } = method;
        let arguments = required.iter().chain(optional);
        let arguments = arguments.map(|one| (&one.name, &one.wire, one.location, &one.ty));
        let arguments: Vec<_> = arguments.collect();
        let Method { body, answer, errors, params, builder, .. } = method;
        let what =
            format!("{id} {arguments:?} {body:?} {answer:?} {errors:?} {params:?} {builder:?}");
        self.row(format!("{group}::{name}"), what);
        let types = params.iter().chain(builder);
        let types = types.chain(body.iter().filter_map(|body| body.choice.as_ref()));
        for ty in types {
            self.row(format!("{module}::{ty}"), format!("of {id}"));
        }
        if let Answer::Choice(choice) = answer {
            self.row(format!("{module}::{}", choice.name), format!("of {id}"));
        }
        if let Some(headers) = &method.headers {
            let path = format!("{module}::{}", headers.name);
            headers.fields.iter().for_each(|field| self.field(&path, field));
            self.row(path, format!("of {id}"));
        }
    }

    fn item(&mut self, module: &str, item: &Item) {
        let under = |name: &dyn Display| format!("{module}::{name}");
        match item {
            Item::Struct(item) => self.structure(module, item),
            Item::Enum(item) => {
                let path = under(&item.name);
                for variant in &item.variants {
                    self.row(format!("{path}::{}", variant.name), format!("{:?}", variant.value));
                }
                self.row(path, format!("{} {:?}", self.origin(item.schema), item.catch_all));
            }
            Item::Union(item) => {
                let path = under(&item.name);
                for variant in &item.variants {
                    let what = format!("{:?} {}", variant.ty, variant.accessor);
                    self.row(format!("{path}::{}", variant.name), what);
                }
                self.row(path, format!("{} {:?}", self.origin(item.schema), item.catch_all));
            }
            Item::Alias(item) => {
                self.row(under(&item.name), format!("{} {:?}", self.origin(item.schema), item.ty));
            }
        }
    }

    fn structure(&mut self, module: &str, item: &Struct) {
        let path = format!("{module}::{}", item.name);
        item.fields.iter().for_each(|field| self.field(&path, field));
        if let Some(additional) = &item.additional {
            let what = format!("the others {:?}", additional.values);
            self.row(format!("{path}.{}", additional.name), what);
        }
        for group in &item.oneof_groups {
            self.row(format!("{module}::{}", group.name), format!("of {path} {}", group.wire));
            for method in [&group.accessor, &group.clear] {
                self.row(format!("{path}::{method}"), format!("{} {}", group.wire, group.name));
            }
            for (name, _) in &group.members {
                self.row(format!("{module}::{}::{name}", group.name), String::new());
            }
        }
        self.row(path, self.origin(item.schema));
    }

    fn field(&mut self, path: &str, field: &Field) {
        let Field { name, wire, ty, codec, presence, .. } = field;
        self.row(format!("{path}.{name}"), format!("{wire} {ty:?} {codec:?} {presence:?}"));
        if let Some(setter) = &field.setter {
            self.row(format!("{path}::{}", setter.name), wire.clone());
        }
    }

    /// Where a schema stands in the document.
    fn origin(&self, id: SchemaId) -> String {
        let steps = |steps: &[Step]| format!("{steps:?}");
        match self.api.schemas.get(id.0).map(|schema| &schema.name) {
            Some(SchemaName::Component(key)) => key.clone(),
            Some(SchemaName::InSchema(owner, way)) => self.origin(*owner) + &steps(way),
            Some(SchemaName::InOperation(at, way)) => {
                let operation = self.api.operations.get(*at);
                let operation = operation.map(|one| format!("{:?} {}", one.verb, one.path));
                operation.unwrap_or_default() + &steps(way)
            }
            Some(SchemaName::LeftOut) | None => "nothing".to_owned(),
        }
    }
}
