//! Stability levels of operations, by the extension that `generator.yaml` names: what is not stable
//! stands in a file of its own for each group and level, and needs the level's Cargo feature.

use std::collections::BTreeSet;

use super::features::RESERVED;
use super::grouping::MethodNames;
use super::names::{Candidate, Scope, Style, name};
use super::places::Place;
use super::{Group, Item, Level, docs};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Operation;
use crate::source::Span;

/// What the file of a group may call by its name alone, so that no module in it can be.
const IMPORTED: &[&str] = &["api", "models", "runtime", "std"];

impl Group {
    /// What is compiled with the feature of a level; without one, what is stable.
    #[must_use]
    pub fn at(&self, level: Option<&Level>) -> Self {
        let feature = level.map(|level| level.feature.as_str());
        let methods = self.methods.iter().filter(|method| method.level.as_deref() == feature);
        let items = self.items.iter().filter(|item| match level {
            Some(level) => level.schemas.contains(&item.schema()),
            None => self.levels.iter().all(|level| !level.schemas.contains(&item.schema())),
        });
        Self {
            methods: methods.cloned().collect(),
            items: items.cloned().collect(),
            levels: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether nothing in it is stable.
    pub fn is_unstable(&self) -> bool {
        self.methods.iter().all(|method| method.level.is_some()) && !self.levels.is_empty()
    }

    /// Adds the types that are inline in an operation of a level.
    pub(super) fn put(&mut self, level: Option<&str>, items: Vec<Item>) {
        let level = self.levels.iter_mut().find(|one| Some(one.feature.as_str()) == level);
        if let Some(level) = level {
            level.schemas.extend(items.iter().map(Item::schema));
        }
        self.items.extend(items);
    }
}

/// The feature of an operation's level; `None` for a stable one.
pub(super) fn level(operation: &Operation, config: &Config) -> Option<String> {
    let text = text(operation, config)?;
    let feature = name(Style::Module, text).stem().trim_matches('_').replace('_', "-");
    match &*feature {
        "stable" => None,
        "" => Some("level".to_owned()),
        taken if RESERVED.contains(&taken) => Some(format!("level-{feature}")),
        _ => Some(feature),
    }
}

/// What the operation says, or else its path item.
fn text<'a>(operation: &'a Operation, config: &Config) -> Option<&'a str> {
    let key = &config.features.stability.as_ref()?.value;
    let text = operation.extensions.get(key).or_else(|| operation.path_extensions.get(key));
    text.map(String::as_str)
}

/// An extension that no operation carries is a mistake.
pub(super) fn check(operations: &[Operation], config: &Config, found: &mut Diagnostics) {
    let Some(key) = &config.features.stability else { return };
    if operations.iter().all(|operation| text(operation, config).is_none()) {
        let message = format!("no operation or path item has a text at `{}`", key.value);
        found.push(Diagnostic::error(Code::UnusedConfig, key.span, message));
    }
}

/// Finds the levels of a group.
pub(super) fn find(group: &mut Group) {
    let features: BTreeSet<&str> =
        group.methods.iter().filter_map(|method| method.level.as_deref()).collect();
    let features: Vec<String> = features.into_iter().map(str::to_owned).collect();
    let candidates = features.iter().map(|text| Candidate {
        text,
        name: name(Style::Module, text),
        span: Span::default(),
        place: Place::None,
    });
    let candidates: Vec<Candidate<'_>> = candidates.collect();
    // That `models` is called `models_2` is nobody's concern: modules of levels are private.
    let modules = Scope::reserving(IMPORTED).assign(&candidates, &mut Diagnostics::new());
    let levels = features.into_iter().zip(modules).map(|(feature, module)| Level {
        feature,
        module,
        schemas: BTreeSet::new(),
    });
    group.levels = levels.collect();
}

/// What the documentation of a method says.
pub(super) fn note(names: &MethodNames) -> Option<String> {
    let level = docs::code(names.level.as_ref()?);
    Some(format!("Its stability level is {level}, a Cargo feature of this crate."))
}
