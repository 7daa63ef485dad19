//! What the crate will say: names, modules, shapes, boxing. Nothing is left to decide.
//!
//! # Names
//! - A dotted schema name is a path of modules and a type: `c1.api.app.v1.App` is
//!   `models::app::v1::App` once the prefix `c1.api` is stripped. The package is the leading
//!   segments that start in lower case, the rest is the type: `a.v1.Rule.Step` is `a::v1::RuleStep`.
//! - An inline schema is named after where it stands: the property `status` of `App` is `AppStatus`,
//!   the items of its property `rows` are `AppRowsItem`.
//! - Collisions are resolved by the text of the names, never by their order; see `plan/names.rs`.

mod answers;
mod bodies;
mod calls;
mod client;
mod components;
mod defaults;
mod derives;
mod docs;
mod enums;
mod extensions;
mod facing;
mod features;
mod fields;
mod grouping;
mod headers;
mod identity;
mod items;
mod letters;
mod levels;
mod limits;
mod names;
mod operations;
mod pages;
mod pattern;
mod places;
mod planner;
mod recursion;
mod retries;
mod schemas;
mod servers;
mod sharing;
mod types;
mod unions;
mod untyped;
mod validation;
mod variants;
mod walk;
mod webhooks;
mod words;

pub use calls::*;
pub(crate) use components::components;
pub use defaults::Constant;
pub use facing::*;
pub use features::{FULL, Features};
pub use items::*;
pub use names::Name;
pub(crate) use operations::verb_text;
pub use pages::{Listing, Reach, Turn};
pub(crate) use untyped::untyped;
pub use validation::{Check, Limit, Validation};
pub use variants::*;
pub(crate) use walk::joined;

use std::collections::BTreeSet;

use crate::config::{Config, Defaults, InlineSchemas};
use crate::diagnostic::Diagnostics;
use crate::model::Api;
pub use crate::model::{
    Credential, Form, Literal, Location, ParameterStyle, Requirements, Statuses, Verb,
};

/// Decides what the crate says.
///
/// # Errors
/// `unused-config` for an override that nothing used, and for an extension that nothing carries.
/// Collisions of names are gaps.
pub fn plan(api: &Api, config: &Config, gaps: &mut Diagnostics) -> Result<Crate, Diagnostics> {
    let mut found = Diagnostics::new();
    let mut overrides = places::Overrides::new(config);
    levels::check(&api.operations, config, &mut found);
    retries::check(&api.operations, config, &mut found);
    extensions::check(api, config, &mut found);
    let mut grouping = grouping::group(api, config, &mut overrides, &mut found);
    let shared = match config.inline_schemas {
        InlineSchemas::Separate => None,
        InlineSchemas::Shared => Some(sharing::share(api, &grouping)),
    };
    let nothing = BTreeSet::new();
    let (api, apart) = shared.as_ref().map_or((api, &nothing), |one| (&one.api, &one.apart));
    let recursion = recursion::find(api, &mut found);
    let (names, scopes) =
        identity::name_schemas(api, config, &mut grouping, &mut overrides, apart, &mut found);
    let listings = pages::find(api, config, &mut found);
    let types = types::Types::new(api, config, &names, &recursion);
    let mut planner = planner::Planner {
        config,
        names: &names,
        types,
        overrides,
        scopes,
        found,
        security: &api.security,
        listings,
    };
    let mut groups = operations::plan(api, &grouping, &mut planner);
    let mut models = schemas::plan(api, &mut groups, &mut planner);
    pages::plan(&mut planner, api, &models, &mut groups);
    let models_path = vec![names::name(names::Style::Module, "models")];
    derives::plan(&config.derives, &mut models, &models_path, &mut groups);
    if config.defaults == Defaults::Filled {
        let (types, found) = (&planner.types, &mut planner.found);
        defaults::plan(api, types, &mut models, &mut groups, found);
    }
    if config.validate {
        let sent = schemas::sent(api);
        let finder = validation::Finder { api, types: &planner.types, sent: &sent };
        validation::plan(&finder, &mut models, &mut groups, &mut planner.found);
    }
    let webhooks = webhooks::plan(api, &mut planner);
    let planner::Planner { overrides, mut found, .. } = planner;
    overrides.unused(&mut found);
    let client = client::plan(api, &mut found);
    let alphabet = letters::alphabet(&models, &groups, &webhooks, &client);
    let features = features::plan(api, config, &names, &models, &groups);
    let krate = Crate {
        package: config.package.clone(),
        docs: crate_docs(api, config),
        title: api.title.clone(),
        modules: config.modules.iter().map(|module| module.value.clone()).collect(),
        private_key_jwt: config.private_key_jwt,
        models,
        models_path,
        groups,
        webhooks,
        client,
        alphabet,
        features,
    };
    found.stop(krate, gaps)
}

/// The documentation of the crate: what it is, then what the API says about itself.
fn crate_docs(api: &Api, config: &Config) -> Vec<String> {
    let title = config.package.description.as_ref().unwrap_or(&api.title);
    let title = title.lines().collect::<Vec<_>>().join(" ");
    let mut lines = docs::lines(&format!("{}.", title.trim_end_matches('.')));
    let description = docs::lines(api.description.as_deref().unwrap_or_default());
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    lines
}
