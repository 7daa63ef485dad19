//! Which types the components became, for tests that go from the document to the crate and back.

use std::collections::BTreeMap;

use super::{Crate, Item, Module};
use crate::model::{Api, SchemaName};

/// The path of the type of each component that is a type of its own, from the root of the crate,
/// such as `models::shop::Item`. An alias is not one.
pub(crate) fn components(krate: &Crate, api: &Api) -> BTreeMap<String, String> {
    let mut paths = BTreeMap::new();
    visit(&krate.models, "models", api, &mut paths);
    paths
}

fn visit(module: &Module, path: &str, api: &Api, paths: &mut BTreeMap<String, String>) {
    for (name, inner) in &module.modules {
        visit(inner, &format!("{path}::{name}"), api, paths);
    }
    for item in module.files.values().flatten() {
        let (name, id) = match item {
            Item::Struct(item) => (&item.name, item.schema),
            Item::Enum(item) => (&item.name, item.schema),
            Item::Union(item) => (&item.name, item.schema),
            Item::Alias(_) => continue,
        };
        if let Some(SchemaName::Component(key)) = api.schemas.get(id.0).map(|schema| &schema.name) {
            paths.insert(key.clone(), format!("{path}::{name}"));
        }
    }
}
