//! What the crate will say: names, modules, shapes, boxing. Nothing is left to decide.
//!
//! # Names
//! - A dotted schema name is a path of modules and a type: `c1.api.app.v1.App` is
//!   `models::app::v1::App` once the prefix `c1.api` is stripped. The package is the leading
//!   segments that start in lower case, the rest is the type: `a.v1.Rule.Step` is `a::v1::RuleStep`.
//! - An inline schema is named after where it stands: the property `status` of `App` is `AppStatus`,
//!   the items of its property `rows` are `AppRowsItem`.
//! - Collisions are resolved by the text of the names, never by their order; see `plan/names.rs`.

mod docs;
mod fields;
mod identity;
mod items;
mod names;
mod operations;
mod planner;
mod recursion;
mod schemas;
mod types;

pub use items::*;
pub use names::Name;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::Api;
pub use crate::model::{Credential, Location, Statuses, Verb};

/// Decides what the crate says.
///
/// # Errors
/// `unused-config` for an override that nothing used. Collisions of names are gaps.
pub fn plan(api: &Api, config: &Config, gaps: &mut Diagnostics) -> Result<Crate, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut overrides = names::Overrides::new(config);
    let recursion = recursion::find(api, &mut found);
    let mut grouping = operations::group(api, config, &mut overrides, &mut found);
    let (names, scopes) =
        identity::name_schemas(api, config, &mut grouping, &mut overrides, &mut found);
    let types = types::Types::new(api, config, &names, &recursion);
    let mut planner = planner::Planner { config, names: &names, types, overrides, scopes, found };
    let mut groups = operations::plan(api, &grouping, &mut planner);
    let models = schemas::plan(api, &mut groups, &mut planner);
    let planner::Planner { overrides, mut found, .. } = planner;
    overrides.unused(&mut found);
    let krate = Crate {
        package: config.package.clone(),
        docs: docs::lines(api.description.as_deref().unwrap_or_default()),
        title: api.title.clone(),
        modules: config.modules.iter().map(|module| module.value.clone()).collect(),
        models,
        models_path: vec![names::name(names::Style::Module, "models")],
        groups,
        client: operations::client(api, &mut found),
    };
    found.stop(krate, gaps)
}
