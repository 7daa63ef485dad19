//! What all parts of the plan share.

use std::collections::BTreeMap;

use super::RustType;
use super::identity::Names;
use super::names::{Candidate, Name, Scope};
use super::pages::Found;
use super::places::{Overrides, Place};
use super::types::Types;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Requirements, Security, Type};
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
    /// The listings that come in pages, by the index of their operation.
    pub(super) listings: BTreeMap<usize, Found>,
}

impl Planner<'_> {
    /// Whether requirements have to be said: there are API keys, and most operations want others.
    pub(super) fn has_other_security(&self, own: &Requirements) -> bool {
        !self.security.keys.is_empty() && *own != self.security.requirements
    }

    /// The type of what is sent or read whole: untyped, with a gap, where it needs a codec.
    pub(super) fn whole(&mut self, ty: &Type, what: &str, span: Span) -> RustType {
        self.types.whole(ty).unwrap_or_else(|| {
            let message = format!(
                "{what} holds texts that are read as another type, such as date-times; only fields \
                 of objects can do that, so it stays untyped JSON"
            );
            self.found.push(Diagnostic::gap(Code::Untyped, span, message));
            RustType::Value
        })
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
        scope.take(&Candidate { text, name, span, place: Place::None }, &mut self.found)
    }
}
