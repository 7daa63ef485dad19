//! Which operations reach which schema.

use crate::model::{Api, SchemaId};

/// The numbers of the operations that reach each schema, in the order of the schemas.
pub(super) fn reach(api: &Api) -> Vec<Vec<usize>> {
    let inner: Vec<Vec<SchemaId>> = api
        .schemas
        .iter()
        .map(|schema| schema.shape.types().iter().flat_map(|ty| ty.schemas()).collect())
        .collect();
    let mut reached: Vec<Vec<usize>> = vec![Vec::new(); api.schemas.len()];
    for (number, operation) in api.operations.iter().enumerate() {
        let mut open: Vec<SchemaId> =
            operation.types().iter().flat_map(|ty| ty.schemas()).collect();
        while let Some(SchemaId(at)) = open.pop() {
            let Some(operations) = reached.get_mut(at) else { continue };
            if operations.last() != Some(&number) {
                operations.push(number);
                open.extend(inner.get(at).into_iter().flatten());
            }
        }
    }
    reached
}
