//! Going through the items of a module and of those below it, in the order of the crate.

use super::{Item, Module, Name};
use crate::model::SchemaId;

impl Item {
    /// Its name.
    pub fn name(&self) -> &Name {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
        }
    }

    /// The schema that it came from.
    pub fn schema(&self) -> SchemaId {
        match self {
            Self::Struct(item) => item.schema,
            Self::Enum(item) => item.schema,
            Self::Union(item) => item.schema,
            Self::Alias(item) => item.schema,
        }
    }
}

impl Module {
    /// Visits each item with the path of its module; `path` is the path of this one.
    pub fn visit<'a>(&'a self, path: &[Name], visit: &mut impl FnMut(&[Name], &'a Item)) {
        self.files.values().flatten().for_each(|item| visit(path, item));
        for (name, module) in &self.modules {
            module.visit(&below(path, name), visit);
        }
    }

    /// The same of items that change.
    pub fn visit_mut<'a>(
        &'a mut self,
        path: &[Name],
        visit: &mut impl FnMut(&[Name], &'a mut Item),
    ) {
        self.files.values_mut().flatten().for_each(|item| visit(path, item));
        for (name, module) in &mut self.modules {
            module.visit_mut(&below(path, name), visit);
        }
    }
}

/// The path of a module as it is written: `models::shop`.
pub(crate) fn joined(modules: &[Name]) -> String {
    modules.iter().map(Name::as_str).collect::<Vec<_>>().join("::")
}

/// The path of a module in a module.
fn below(path: &[Name], name: &Name) -> Vec<Name> {
    path.iter().chain([name]).cloned().collect()
}
