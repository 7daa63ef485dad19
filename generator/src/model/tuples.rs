//! Tuples in tuples: a few, since a tuple of two that are each such a tuple, and so on, is as large as
//! two to the power of its depth.

use super::{Schema, Shape, Type};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// How deep tuples may stand in each other.
pub(super) const MOST_TUPLES: usize = 3;

/// How many names lead from one tuple to the next.
const MOST_NAMES: usize = 16;

/// Makes a list of any values of each tuple that holds others too deep.
pub(super) fn limit(schemas: &mut [Schema], found: &mut Diagnostics) {
    let all = schemas.iter().map(|schema| {
        let types = schema.shape.types();
        types.into_iter().any(|ty| is_deep(ty, schemas, MOST_TUPLES, MOST_NAMES))
    });
    let deep: Vec<bool> = all.collect();
    for (schema, _) in schemas.iter_mut().zip(deep).filter(|(_, deep)| *deep) {
        let message = format!(
            "tuples stand in each other more than {MOST_TUPLES} deep: this one is a list of any values"
        );
        found.push(Diagnostic::gap(Code::Untyped, schema.span, message));
        schema.shape.types_mut().into_iter().for_each(open);
    }
}

fn is_deep(ty: &Type, schemas: &[Schema], tuples: usize, names: usize) -> bool {
    match ty {
        Type::Tuple(items) => {
            tuples == 0 || items.iter().any(|item| is_deep(item, schemas, tuples - 1, MOST_NAMES))
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            is_deep(inner, schemas, tuples, names)
        }
        // Only in a tuple: what stands behind a name is looked at for itself.
        Type::Schema(id) if tuples < MOST_TUPLES => {
            match schemas.get(id.0).map(|schema| &schema.shape) {
                Some(Shape::Alias(target)) => {
                    names == 0 || is_deep(target, schemas, tuples, names - 1)
                }
                _ => false,
            }
        }
        _ => false,
    }
}

fn open(ty: &mut Type) {
    match ty {
        Type::Tuple(_) => *ty = Type::List(Box::new(Type::Any)),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => open(inner),
        _ => {}
    }
}
