//! Inline schemas that are equal, as one type (`inline_schemas: shared`).
//!
//! Each place keeps its name: one of them is the type, and the others are aliases of it. So what
//! callers write does not depend on which place is the first, and neither do the types of fields.
//! Where one is a component, all are aliases of that. Inside operations alone, a type is shared by
//! those that are compiled together: one that all groups shared would be in none of them.
//!
//! Equal is what makes equal types: properties with their documentation, values, limits, extensions.
//! What is said about the schema itself does not count, because the type stands at one place only.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::grouping::Grouping;
use crate::model::{Api, Limits, Schema, SchemaId, SchemaName, Shape, Step, Type};
use crate::source::Span;

/// The API with aliases in the place of equal inline schemas.
pub(super) struct Shared {
    pub(super) api: Api,
    /// The inline schemas that stand in a file of their own, because several files use them.
    pub(super) apart: BTreeSet<SchemaId>,
}

/// Puts aliases in the place of inline schemas that are equal to another.
pub(super) fn share(api: &Api, grouping: &Grouping) -> Shared {
    let mut shared = Shared { api: api.clone(), apart: BTreeSet::new() };
    for class in classes(api) {
        for (first, others) in split(api, &class, grouping) {
            let home = root(api, first).0;
            for other in others {
                let in_component = is_inline(api, first) && matches!(home, Root::Component(_));
                if in_component && root(api, other).0 != home {
                    shared.apart.insert(first);
                }
                if let Some(schema) = shared.api.schemas.get_mut(other.0) {
                    schema.shape = Shape::Alias(Type::Schema(first));
                }
            }
        }
    }
    shared
}

/// What equal schemas have in common.
#[derive(PartialEq, Eq, Hash)]
struct Content {
    shape: Shape,
    limits: Limits,
    deprecated: bool,
    nullable: bool,
    extensions: BTreeMap<String, String>,
}

/// All sets of equal schemas, from the inside out: a schema is looked at when those inside it are
/// known, so that equal ones hold the same.
fn classes(api: &Api) -> Vec<Vec<SchemaId>> {
    let mut classes: IndexMap<Content, Vec<SchemaId>> = IndexMap::new();
    // For inline schemas, the one of their class that stands for all.
    let mut known: BTreeMap<SchemaId, SchemaId> = BTreeMap::new();
    let mut open: Vec<SchemaId> = (0..api.schemas.len()).map(SchemaId).collect();
    loop {
        let is_ready = |id: &SchemaId| {
            let types = api.schemas.get(id.0).map(|one| one.shape.types()).unwrap_or_default();
            let mut inside = types.into_iter().flat_map(Type::schemas);
            inside.all(|held| !is_inline(api, held) || known.contains_key(&held))
        };
        let (mut ready, later): (Vec<SchemaId>, Vec<SchemaId>) =
            open.into_iter().partition(is_ready);
        if ready.is_empty() {
            return classes.into_values().collect();
        }
        ready.sort_by_cached_key(|id| order(api, *id));
        let mut found = Vec::with_capacity(ready.len());
        for id in ready {
            let content = api.schemas.get(id.0).and_then(|schema| content(schema, &known));
            let class = content.map(|content| classes.entry(content).or_default());
            let first = class.map_or(id, |class| {
                class.push(id);
                class.first().copied().unwrap_or(id)
            });
            found.push((id, first));
        }
        known.extend(found.into_iter().filter(|(id, _)| is_inline(api, *id)));
        open = later;
    }
}

/// What is compared; none for what is never shared.
fn content(schema: &Schema, known: &BTreeMap<SchemaId, SchemaId>) -> Option<Content> {
    let mut shape = schema.shape.clone();
    shape.types_mut().into_iter().for_each(|ty| ty.replace(known));
    match &mut shape {
        // The enums of its groups have names of their own, which an alias would not give.
        Shape::Object(object) if !object.oneof_groups.is_empty() => return None,
        Shape::Object(object) => {
            object.fields.iter_mut().for_each(|field| field.span = Span::default());
        }
        Shape::Enum(source) => {
            source.values.iter_mut().for_each(|value| value.span = Span::default());
        }
        Shape::Union(union) => {
            union.members.iter_mut().for_each(|member| member.span = Span::default());
        }
        Shape::EmptyObject | Shape::Alias(_) => return None,
    }
    Some(Content {
        shape,
        limits: schema.docs.limits.clone(),
        deprecated: schema.docs.deprecated,
        nullable: schema.nullable,
        extensions: schema.extensions.clone(),
    })
}

/// The types of a class, each with the schemas that become aliases of it.
fn split(api: &Api, class: &[SchemaId], grouping: &Grouping) -> Vec<(SchemaId, Vec<SchemaId>)> {
    let mut class = class.to_vec();
    class.sort_by_cached_key(|id| order(api, *id));
    let in_operations = |id: &SchemaId| matches!(root(api, *id).0, Root::Operation(_));
    let mut units: BTreeMap<Option<(usize, Option<&String>)>, Vec<SchemaId>> = BTreeMap::new();
    let alone = class.iter().all(in_operations);
    for id in class {
        let unit = match root(api, id).0 {
            Root::Operation(at) if alone => {
                grouping.methods.get(at).map(|method| (method.group, method.level.as_ref()))
            }
            Root::Operation(_) | Root::Component(_) => None,
        };
        units.entry(unit).or_default().push(id);
    }
    let units = units.into_values().filter_map(|unit| {
        let (first, others) = unit.split_first()?;
        let others = others.iter().copied().filter(|other| is_inline(api, *other)).collect();
        Some((*first, others))
    });
    units.collect()
}

/// The named thing that an inline schema stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root<'a> {
    Component(&'a str),
    Operation(usize),
}

/// The root of a schema and the steps from it.
fn root(api: &Api, id: SchemaId) -> (Root<'_>, Vec<&Step>) {
    let (mut at, mut path) = (id, Vec::new());
    loop {
        match api.schemas.get(at.0).map(|schema| &schema.name) {
            Some(SchemaName::InSchema(owner, steps)) => {
                path.extend(steps.iter().rev());
                at = *owner;
            }
            Some(SchemaName::InOperation(operation, steps)) => {
                path.extend(steps.iter().rev());
                path.reverse();
                return (Root::Operation(*operation), path);
            }
            Some(SchemaName::Component(wire)) => {
                path.reverse();
                return (Root::Component(wire), path);
            }
            Some(SchemaName::LeftOut) | None => return (Root::Component(""), path),
        }
    }
}

/// Where a schema stands among its equals: components, then what is inside them, then what is inside
/// operations, each by their texts, so that the order of the document decides nothing.
fn order(api: &Api, id: SchemaId) -> (u8, String, Vec<Step>) {
    let (root, steps) = root(api, id);
    let steps: Vec<Step> = steps.into_iter().cloned().collect();
    match root {
        Root::Component(wire) => (u8::from(!steps.is_empty()), wire.to_owned(), steps),
        Root::Operation(at) => {
            let operation = api.operations.get(at);
            let text = operation.map(|one| format!("{} {:?}", one.path, one.verb));
            (2, text.unwrap_or_default(), steps)
        }
    }
}

fn is_inline(api: &Api, id: SchemaId) -> bool {
    let name = api.schemas.get(id.0).map(|schema| &schema.name);
    matches!(name, Some(SchemaName::InSchema(..) | SchemaName::InOperation(..)))
}
