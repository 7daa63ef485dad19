//! Which operations send or receive each schema.

use std::collections::BTreeMap;

use super::Side;
use super::surface::operation_label;
use crate::model::{Access, Api, Operation, SchemaId, Shape, Type};

/// The operations of each schema, by their indices in the API's list, with the way the data goes.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    users: Vec<BTreeMap<usize, Side>>,
    labels: Vec<String>,
}

/// Finds out who uses what.
pub(crate) fn reach(api: &Api) -> Reach {
    let mut users = vec![BTreeMap::new(); api.schemas.len()];
    for (at, operation) in api.operations.iter().enumerate() {
        for side in [Side::Request, Side::Response] {
            mark(api, at, side, roots(operation, side), &mut users);
        }
    }
    Reach { users, labels: api.operations.iter().map(operation_label).collect() }
}

/// The types that an operation sends or receives itself.
fn roots(operation: &Operation, side: Side) -> Vec<&Type> {
    if side == Side::Request {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let sent = contents.flat_map(|content| content.kind.types());
        return sent.chain(operation.parameters.iter().map(|one| &one.ty)).collect();
    }
    let contents = operation.successes.iter().flat_map(|one| &one.contents);
    let received = contents.flat_map(|content| content.kind.types());
    let errors = operation.errors.iter().map(|error| &error.ty);
    received.chain(errors).chain(operation.headers.iter().map(|header| &header.ty)).collect()
}

fn mark(
    api: &Api,
    operation: usize,
    way: Side,
    roots: Vec<&Type>,
    users: &mut [BTreeMap<usize, Side>],
) {
    let mut open: Vec<(SchemaId, Side)> = Vec::new();
    open.extend(roots.into_iter().flat_map(Type::schemas).map(|id| (id, way)));
    while let Some((id, side)) = open.pop() {
        let (Some(schema), Some(users)) = (api.schemas.get(id.0), users.get_mut(id.0)) else {
            continue;
        };
        let known = users.get(&operation).copied();
        let both = together(known.unwrap_or_default(), side);
        if known == Some(both) {
            continue;
        }
        users.insert(operation, both);
        match &schema.shape {
            // A property of the other way is in the type, and never goes.
            Shape::Object(object) => {
                let hidden = match way {
                    Side::Request => Access::ReadOnly,
                    _ => Access::WriteOnly,
                };
                for field in &object.fields {
                    let side = if field.access == hidden { Side::None } else { side };
                    open.extend(field.ty.schemas().into_iter().map(|id| (id, side)));
                }
                let rest = object.additional.iter().flat_map(Type::schemas);
                open.extend(rest.map(|id| (id, side)));
            }
            shape => {
                let held = shape.types().into_iter().flat_map(Type::schemas);
                open.extend(held.map(|id| (id, side)));
            }
        }
    }
}

/// Both of two ways.
pub(super) fn together(one: Side, other: Side) -> Side {
    match (one, other) {
        (Side::None, side) | (side, Side::None) => side,
        (one, other) if one == other => one,
        _ => Side::Both,
    }
}

impl Reach {
    /// Which way a schema goes.
    pub(super) fn side(&self, id: SchemaId) -> Side {
        let sides = self.users.get(id.0).into_iter().flat_map(BTreeMap::values);
        sides.fold(Side::None, |known, side| together(known, *side))
    }

    /// The operations of a schema, in the document's order.
    pub(crate) fn operations(&self, id: SchemaId) -> impl Iterator<Item = &str> {
        let users = self.users.get(id.0).into_iter().flat_map(BTreeMap::keys);
        users.filter_map(|at| self.labels.get(*at)).map(String::as_str)
    }
}
