//! What all parts of the plan share.

use std::collections::BTreeMap;

use super::identity::Names;
use super::names::{Candidate, Name, Overrides, Scope};
use super::types::Types;
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{Requirements, Security};
use crate::source::Span;

/// The knowledge of one run, and what it has found.
pub(super) struct Planner<'a> {
    pub(super) config: &'a Config,
    pub(super) names: &'a Names,
    pub(super) types: Types<'a>,
    pub(super) overrides: Overrides<'a>,
    /// The types that are taken in each module.
    pub(super) scopes: BTreeMap<Vec<Name>, Scope>,
    pub(super) found: Diagnostics,
    pub(super) security: &'a Security,
}

impl Planner<'_> {
    /// Whether requirements have to be said: there are API keys, and most operations want others.
    pub(super) fn has_other_security(&self, own: &Requirements) -> bool {
        !self.security.keys.is_empty() && *own != self.security.requirements
    }

    /// A name for a type that no schema asked for.
    pub(super) fn type_name(
        &mut self,
        modules: &[Name],
        text: &str,
        name: Name,
        span: Span,
    ) -> Name {
        let scope = self.scopes.entry(modules.to_vec()).or_default();
        scope.take(&Candidate { text, name, span }, &mut self.found)
    }
}
