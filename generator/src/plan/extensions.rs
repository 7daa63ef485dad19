//! The extensions that `generator.yaml` takes names and facts from: one that nothing carries is a
//! mistake there, unless a filter may have left out what carries it.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Spanned};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Api;
use crate::nearest::nearest;

/// Reports each that nothing carries.
pub(super) fn check(api: &Api, config: &Config, found: &mut Diagnostics) {
    if !config.include.is_empty() || !config.exclude.is_empty() {
        return;
    }
    let naming = &config.naming;
    for key in [&naming.group, &naming.method, &config.idempotent].into_iter().flatten() {
        let operations = api.operations.iter().map(|operation| &operation.extensions);
        carried(key, "operation", operations, found);
    }
    if let Some(key) = &naming.type_name {
        carried(key, "schema", api.schemas.iter().map(|schema| &schema.extensions), found);
    }
}

fn carried<'a>(
    key: &Spanned<String>,
    holder: &str,
    extensions: impl Iterator<Item = &'a BTreeMap<String, String>> + Clone,
    found: &mut Diagnostics,
) {
    if extensions.clone().any(|one| one.contains_key(&key.value)) {
        return;
    }
    let message = format!("no {holder} has a text at `{}`", key.value);
    let fault = Diagnostic::error(Code::UnusedConfig, key.span, message);
    let others: BTreeSet<&str> = extensions.flat_map(BTreeMap::keys).map(String::as_str).collect();
    found.push(match nearest(&key.value, others) {
        Some(other) => fault.help(format!("did you mean `{other}`?")),
        None => fault.help("drop it, or correct the name of the extension"),
    });
}
