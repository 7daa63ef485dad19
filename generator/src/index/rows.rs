//! Listing the items of a crate.

use super::{Kind, Row};
use crate::diff::{Planned, Reach, reach};
use crate::model::{self, SchemaId, Shape};
use crate::plan::{self, Argument, Group, Item, Method, Name, joined, verb_text};
use crate::source::Span;

/// What is needed to list items.
struct Lister<'a> {
    planned: &'a Planned,
    /// The operations of each schema.
    reach: Reach,
    pointer: &'a dyn Fn(Span) -> String,
    rows: Vec<Row>,
}

/// Lists all items: operations by group, then models. `pointer` tells where a place lies.
pub(crate) fn index(planned: &Planned, pointer: &dyn Fn(Span) -> String) -> Vec<Row> {
    let reach = reach(&planned.api);
    let mut lister = Lister { planned, reach, pointer, rows: Vec::new() };
    let krate = &planned.krate;
    for group in &krate.groups {
        lister.group(group);
    }
    let mut add = |modules: &[Name], item: &Item| lister.item(item, &joined(modules));
    krate.models.visit(&krate.models_path, &mut add);
    lister.rows
}

/// What the document calls a schema; an inline one has no name.
fn label(schema: &model::Schema) -> String {
    match &schema.name {
        model::SchemaName::Component(key) => key.clone(),
        _ => String::new(),
    }
}

impl Lister<'_> {
    fn group(&mut self, group: &Group) {
        let module = joined(&group.modules);
        for method in &group.methods {
            let operation = format!("{} {}", verb_text(method.verb), method.path);
            let place = (self.pointer)(method.span);
            let row = |path: String, kind: Kind, wire: &str| {
                let (place, wire) = (place.clone(), wire.to_owned());
                Row { path, kind, place, wire, operations: vec![operation.clone()] }
            };
            let own = format!("{module}::{}::{}", group.name, method.name);
            self.rows.push(row(own, Kind::Method, &operation));
            for (owner, argument) in arguments(method) {
                let path = format!("{module}::{owner}::{}", argument.name);
                self.rows.push(row(path, Kind::Parameter, &argument.wire));
            }
        }
        for item in &group.items {
            self.item(item, &module);
        }
    }

    fn item(&mut self, item: &Item, module: &str) {
        let (name, id) = (item.name(), item.schema());
        let planned = self.planned;
        let Some(schema) = planned.api.schemas.get(id.0) else { return };
        let path = format!("{module}::{name}");
        let wire = label(schema);
        self.add(path.clone(), Kind::Type, schema.span, wire, id);
        match item {
            Item::Struct(item) => {
                for field in &item.fields {
                    let own = format!("{path}::{}", field.name);
                    self.add(own, Kind::Field, field.span, field.wire.clone(), id);
                    if let Some(plan::Setter { name, .. }) = &field.setter {
                        let own = format!("{path}::{name}");
                        self.add(own, Kind::Setter, field.span, field.wire.clone(), id);
                    }
                }
            }
            Item::Enum(item) => {
                let values = match &schema.shape {
                    Shape::Enum(values) => values.values.as_slice(),
                    _ => &[],
                };
                for variant in &item.variants {
                    let value = values.iter().find(|one| one.value == variant.value);
                    let span = value.map_or(schema.span, |value| value.span);
                    let own = format!("{path}::{}", variant.name);
                    self.add(own, Kind::Variant, span, variant.value.to_string(), id);
                }
            }
            Item::Union(item) => {
                for variant in &item.variants {
                    let own = format!("{path}::{}", variant.name);
                    self.add(own, Kind::Variant, schema.span, variant.tags.join(", "), id);
                }
            }
            Item::Alias(_) => {}
        }
    }

    fn add(&mut self, path: String, kind: Kind, span: Span, wire: String, schema: SchemaId) {
        let operations = self.reach.operations(schema).map(str::to_owned).collect();
        self.rows.push(Row { path, kind, place: (self.pointer)(span), wire, operations });
    }
}

/// The parameters that have a place of their own, each with the type that it belongs to.
fn arguments(method: &Method) -> impl Iterator<Item = (&Name, &Argument)> {
    let required = method
        .params
        .iter()
        .flat_map(|owner| method.required.iter().map(move |argument| (owner, argument)));
    let optional = method
        .builder
        .iter()
        .flat_map(|owner| method.optional.iter().map(move |argument| (owner, argument)));
    required.chain(optional)
}
