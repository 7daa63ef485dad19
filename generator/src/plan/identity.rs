//! Which type each schema becomes: its modules and its name.

use std::collections::{BTreeMap, BTreeSet};

use super::Path;
use super::grouping::Grouping;
use super::names::{Candidate, Name, Scope, Style, name};
use super::places::{Overrides, Place};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Api, Schema, SchemaId, SchemaName, Step};
use crate::source::Span;

/// The path of each schema's type.
pub(super) struct Names {
    paths: Vec<Option<Path>>,
    home: Vec<SchemaId>,
    groups: Vec<usize>,
    levels: Vec<Option<String>>,
}

impl Names {
    /// The path of a schema's type.
    pub(super) fn path(&self, id: SchemaId) -> Option<&Path> {
        self.paths.get(id.0)?.as_ref()
    }

    /// The schema in whose file this one stands.
    pub(super) fn home(&self, id: SchemaId) -> SchemaId {
        self.home.get(id.0).copied().unwrap_or(id)
    }

    /// The index of the group of an operation.
    pub(super) fn group_of(&self, operation: usize) -> usize {
        self.groups.get(operation).copied().unwrap_or(usize::MAX)
    }

    /// The feature of an operation's stability level.
    pub(super) fn level_of(&self, operation: usize) -> Option<&str> {
        self.levels.get(operation)?.as_deref()
    }

    /// For each module with submodules, the names of these.
    pub(super) fn module_scopes(&self) -> BTreeMap<Vec<Name>, Scope> {
        let mut scopes: BTreeMap<Vec<Name>, Scope> = BTreeMap::new();
        let mut quiet = Diagnostics::new();
        for path in self.paths.iter().flatten() {
            for length in 1..path.modules.len() {
                let (parents, rest) = path.modules.split_at(length);
                let scope = scopes.entry(parents.to_vec()).or_default();
                if let Some(child) = rest.first()
                    && !scope.contains(child)
                {
                    let candidate = Candidate {
                        text: "",
                        name: child.clone(),
                        span: Span::default(),
                        place: Place::None,
                    };
                    scope.take(&candidate, &mut quiet);
                }
            }
        }
        scopes
    }
}

/// Names all schemas: components first, then inline ones from the outside in.
pub(super) fn name_schemas(
    api: &Api,
    config: &Config,
    grouping: &mut Grouping,
    overrides: &mut Overrides<'_>,
    apart: &BTreeSet<SchemaId>,
    found: &mut Diagnostics,
) -> (Names, BTreeMap<Vec<Name>, Scope>) {
    let mut naming = Naming {
        api,
        apart,
        scopes: BTreeMap::new(),
        paths: vec![None; api.schemas.len()],
        home: (0..api.schemas.len()).map(SchemaId).collect(),
        texts: vec![String::new(); api.schemas.len()],
    };
    for group in &mut grouping.groups {
        naming.scopes.insert(group.modules(), std::mem::take(&mut group.types));
    }
    naming.components(config, overrides, found);
    naming.inline(grouping, found);
    let groups = grouping.methods.iter().map(|method| method.group).collect();
    let levels = grouping.methods.iter().map(|method| method.level.clone()).collect();
    (Names { paths: naming.paths, home: naming.home, groups, levels }, naming.scopes)
}

struct Naming<'a> {
    api: &'a Api,
    /// The inline schemas that stand in a file of their own.
    apart: &'a BTreeSet<SchemaId>,
    scopes: BTreeMap<Vec<Name>, Scope>,
    paths: Vec<Option<Path>>,
    home: Vec<SchemaId>,
    texts: Vec<String>,
}

/// A name that a schema would like to have.
struct Wish {
    at: usize,
    modules: Vec<Name>,
    name: Name,
    /// The name to fall back to where several schemas wish for the same one.
    plain: Name,
    /// Whether `generator.yaml` gives the name, which is then its own before all others.
    given: bool,
}

impl Naming<'_> {
    fn components(
        &mut self,
        config: &Config,
        overrides: &mut Overrides<'_>,
        found: &mut Diagnostics,
    ) {
        let mut wishes = Vec::new();
        for (at, schema) in self.api.schemas.iter().enumerate() {
            let SchemaName::Component(wire) = &schema.name else { continue };
            let (modules, own) = split(wire, config);
            let plain = name(Style::Type, &own);
            let place = overrides.get(Place::Schema(wire));
            let extension = config.naming.type_name.as_ref();
            let extension = extension.and_then(|key| schema.extensions.get(&key.value));
            let name = match (place, extension) {
                (Some(given), _) => name(Style::Type, given),
                (None, Some(given)) => name(Style::Type, given),
                (None, None) => plain.clone(),
            };
            self.set_text(at, wire.clone());
            wishes.push(Wish { at, modules, name, plain, given: place.is_some() });
        }
        self.settle(&mut wishes, found);
        let (given, others) = wishes.into_iter().partition(|wish: &Wish| wish.given);
        self.assign(given, found);
        self.assign(others, found);
    }

    /// Schemas of one module that wish for the same name all go back to their own.
    fn settle(&self, wishes: &mut [Wish], found: &mut Diagnostics) {
        let mut wanted: BTreeMap<(Vec<Name>, Name), Vec<usize>> = BTreeMap::new();
        for (index, wish) in wishes.iter().enumerate() {
            wanted.entry((wish.modules.clone(), wish.name.clone())).or_default().push(index);
        }
        for ((_, name), indices) in wanted.into_iter().filter(|(_, indices)| indices.len() > 1) {
            let places = indices.iter().filter_map(|index| wishes.get(*index));
            let places: Vec<Span> =
                places.filter_map(|wish| self.schema(wish.at)).map(|schema| schema.span).collect();
            for (index, place) in indices.into_iter().zip(&places) {
                let wish = wishes.get_mut(index);
                let Some(wish) = wish.filter(|wish| wish.name != wish.plain && !wish.given) else {
                    continue;
                };
                let message = format!(
                    "several schemas are named `{name}`, so this one keeps its own name `{}`",
                    wish.plain
                );
                let mut gap = Diagnostic::gap(Code::NameCollision, *place, message);
                if let Some(SchemaName::Component(wire)) = self.schema(wish.at).map(|one| &one.name)
                {
                    gap.help = Place::Schema(wire).help();
                }
                for other in places.iter().filter(|other| *other != place) {
                    gap = gap.related(*other, "the name is wanted here as well");
                }
                found.push(gap);
                wish.name = wish.plain.clone();
            }
        }
    }

    fn inline(&mut self, grouping: &Grouping, found: &mut Diagnostics) {
        let mut open: Vec<usize> = (0..self.api.schemas.len()).collect();
        loop {
            let (mut wishes, mut later) = (Vec::new(), Vec::new());
            for at in open {
                let Some(schema) = self.schema(at) else { continue };
                match self.wish(at, schema, grouping) {
                    Some(wish) => wishes.push(wish),
                    None if matches!(
                        schema.name,
                        SchemaName::Component(_) | SchemaName::LeftOut
                    ) => {}
                    None => later.push(at),
                }
            }
            if wishes.is_empty() {
                return;
            }
            for wish in &wishes {
                self.set_home(wish.at);
            }
            self.assign(wishes, found);
            open = later;
        }
    }

    /// The name of an inline schema, once its owner has one.
    fn wish(&self, at: usize, schema: &Schema, grouping: &Grouping) -> Option<Wish> {
        let (modules, owner, steps) = match &schema.name {
            SchemaName::Component(_) | SchemaName::LeftOut => return None,
            SchemaName::InSchema(owner, steps) => {
                let path = self.paths.get(owner.0)?.as_ref()?;
                (path.modules.clone(), path.name.as_str().to_owned(), steps)
            }
            SchemaName::InOperation(operation, steps) => {
                let method = grouping.methods.get(*operation)?;
                let group = grouping.groups.get(method.group)?;
                (group.modules(), method.type_name.as_str().to_owned(), steps)
            }
        };
        let words = steps.iter().fold(owner, |words, step| format!("{words} {}", word(step)));
        let name = name(Style::Type, &words);
        Some(Wish { at, modules, plain: name.clone(), name, given: false })
    }

    fn set_home(&mut self, at: usize) {
        let Some(schema) = self.api.schemas.get(at) else { return };
        if let SchemaName::InSchema(owner, steps) = &schema.name {
            let apart = self.apart.contains(&SchemaId(at)).then_some(SchemaId(at));
            let home = apart.or_else(|| self.home.get(owner.0).copied()).unwrap_or(*owner);
            let text = self.texts.get(owner.0).cloned().unwrap_or_default();
            if let Some(slot) = self.home.get_mut(at) {
                *slot = home;
            }
            self.set_text(
                at,
                steps.iter().fold(text, |text, step| format!("{text}/{}", word(step))),
            );
        }
        if let SchemaName::InOperation(operation, steps) = &schema.name {
            let operation = self.api.operations.get(*operation);
            let text = operation.map(|one| format!("{:?} {}", one.verb, one.path));
            let text = text.unwrap_or_default();
            self.set_text(
                at,
                steps.iter().fold(text, |text, step| format!("{text}/{}", word(step))),
            );
        }
    }

    fn assign(&mut self, wishes: Vec<Wish>, found: &mut Diagnostics) {
        let api = self.api;
        let mut modules: BTreeMap<Vec<Name>, Vec<Wish>> = BTreeMap::new();
        for wish in wishes {
            modules.entry(wish.modules.clone()).or_default().push(wish);
        }
        for (modules, wishes) in modules {
            let candidates: Vec<Candidate<'_>> = wishes
                .iter()
                .map(|wish| Candidate {
                    text: self.texts.get(wish.at).map(String::as_str).unwrap_or_default(),
                    name: wish.name.clone(),
                    span: api.schemas.get(wish.at).map(|schema| schema.span).unwrap_or_default(),
                    place: match api.schemas.get(wish.at).map(|schema| &schema.name) {
                        Some(SchemaName::Component(wire)) => Place::Schema(wire),
                        _ => Place::Inline,
                    },
                })
                .collect();
            let scope = self.scopes.entry(modules.clone()).or_default();
            let names = scope.assign(&candidates, found);
            for (wish, name) in wishes.iter().zip(names) {
                if let Some(slot) = self.paths.get_mut(wish.at) {
                    *slot = Some(Path { modules: modules.clone(), name });
                }
            }
        }
    }

    fn schema(&self, at: usize) -> Option<&Schema> {
        self.api.schemas.get(at)
    }

    fn set_text(&mut self, at: usize, text: String) {
        if let Some(slot) = self.texts.get_mut(at) {
            *slot = text;
        }
    }
}

/// The deepest nesting of modules that a dotted name makes; what is left is the type's name.
const DEEPEST_MODULE: usize = 16;

/// The modules and the rest of a dotted name: the package is the leading segments in lower case.
fn split(wire: &str, config: &Config) -> (Vec<Name>, String) {
    let prefixes = config.naming.strip_prefixes.iter();
    let stripped =
        prefixes.filter_map(|prefix| wire.strip_prefix(prefix.value.as_str())?.strip_prefix('.'));
    let wire =
        stripped.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len()).unwrap_or(wire);
    let mut modules = vec![name(Style::Module, "models")];
    let mut rest = wire;
    while let Some((segment, tail)) = rest.split_once('.') {
        let deep = modules.len() >= DEEPEST_MODULE;
        if deep || tail.is_empty() || !segment.chars().next().is_some_and(char::is_lowercase) {
            break;
        }
        modules.push(name(Style::Module, segment));
        rest = tail;
    }
    (modules, rest.to_owned())
}

/// The word that a step adds to a name.
fn word(step: &Step) -> String {
    match step {
        Step::Property(name) | Step::Parameter(name) | Step::Member(name) | Step::Header(name) => {
            name.clone()
        }
        Step::Items => "Item".to_owned(),
        Step::Item(at) => format!("Item{at}"),
        Step::Values => "Value".to_owned(),
        Step::RequestBody => "RequestBody".to_owned(),
        Step::Response(status) if status.starts_with('2') => "Response".to_owned(),
        Step::Response(status) if status == "default" => "ErrorResponse".to_owned(),
        Step::Response(status) => format!("Response{status}"),
    }
}
