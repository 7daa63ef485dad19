//! One of the two sides with what is often asked of it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::reach::{Reach, reach};
use super::surface::{self, Surface};
use super::{Planned, Thing};
use crate::model::{self, SchemaId};
use crate::plan::{Group, Item, Method, joined};

/// A side.
#[derive(Clone, Debug)]
pub(super) struct Half<'a> {
    pub(super) planned: &'a Planned,
    pub(super) surface: Surface,
    pub(super) reach: Reach,
    /// The methods with their groups, in the order of the crate.
    pub(super) operations: Vec<(&'a Group, &'a Method)>,
    /// The types by their paths, in the order of the crate.
    pub(super) types: IndexMap<String, Placed<'a>>,
    paths: BTreeMap<SchemaId, String>,
}

/// A type with the schema that it came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed<'a> {
    pub(super) item: &'a Item,
    pub(super) schema: SchemaId,
}

impl<'a> Half<'a> {
    pub(super) fn new(planned: &'a Planned) -> Self {
        let krate = &planned.krate;
        let methods = krate.groups.iter();
        let operations =
            methods.flat_map(|group| group.methods.iter().map(move |method| (group, method)));
        let mut types = IndexMap::new();
        for group in &krate.groups {
            let module = surface::module(group);
            group.items.iter().for_each(|item| add(item, &module, &mut types));
        }
        krate.models.visit(&krate.models_path, &mut |modules, item| {
            add(item, &joined(modules), &mut types);
        });
        let paths =
            types.iter().map(|(path, one): (&String, &Placed<'_>)| (one.schema, path.clone()));
        Self {
            paths: paths.collect(),
            planned,
            surface: surface::surface(planned),
            reach: reach(&planned.api),
            operations: operations.collect(),
            types,
        }
    }

    /// The facts of an operation.
    pub(super) fn operation(&self, method: &Method) -> Option<&'a model::Operation> {
        let all = self.planned.api.operations.iter();
        all.into_iter().find(|one| one.verb == method.verb && one.path == method.path)
    }

    /// The facts of a schema.
    pub(super) fn schema(&self, id: SchemaId) -> Option<&'a model::Schema> {
        self.planned.api.schemas.get(id.0)
    }

    /// The path of the type of a schema.
    pub(super) fn path(&self, id: SchemaId) -> Option<&str> {
        self.paths.get(&id).map(String::as_str)
    }

    /// The thing at a path, as a change shows it.
    pub(super) fn thing(&self, path: &str) -> Option<Thing> {
        let line = self.surface.at(path)?;
        let (path, code, wire) = (line.path.clone(), line.code.clone(), line.wire.clone());
        Some(Thing { path, code, wire, span: line.span })
    }
}

fn add<'a>(item: &'a Item, module: &str, types: &mut IndexMap<String, Placed<'a>>) {
    types.insert(format!("{module}::{}", item.name()), Placed { item, schema: item.schema() });
}
