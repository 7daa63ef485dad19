//! Which types the components became, for tests that go from the document to the crate and back.

use std::collections::BTreeMap;

use super::{Crate, Item};
use crate::model::{Api, SchemaName};

/// The path of the type of each component that is a type of its own, from the root of the crate,
/// such as `models::shop::Item`. An alias is not one.
pub(crate) fn components(krate: &Crate, api: &Api) -> BTreeMap<String, String> {
    let mut paths = BTreeMap::new();
    krate.models.visit(&krate.models_path, &mut |modules, item| {
        let schema = api.schemas.get(item.schema().0);
        let is_alias = matches!(item, Item::Alias(_));
        if let (Some(SchemaName::Component(key)), false) = (schema.map(|one| &one.name), is_alias) {
            let modules = modules.iter().map(|module| format!("{module}::"));
            paths.insert(key.clone(), format!("{}{}", modules.collect::<String>(), item.name()));
        }
    });
    paths
}
