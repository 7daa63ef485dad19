//! Schemas as structs, enums and aliases, each in its module and file.

use std::collections::BTreeMap;

use super::identity::Names;
use super::names::{Candidate, Style, name};
use super::places::Place;
use super::planner::Planner;
use super::{Alias, Docs, Group, Item, Module, Path, RustType, docs, enums, fields, unions};
use crate::config::{Config, EmptyObjects, OpenEnums};
use crate::diagnostic::Diagnostics;
use crate::model::{self, Api, Object, Schema, SchemaId, SchemaName, Shape, Step};
use crate::yaml::Value;

/// Decides all items: those of components for `models`, those of operations for their groups.
pub(super) fn plan(api: &Api, groups: &mut [Group], planner: &mut Planner<'_>) -> Module {
    let sent = sent(api);
    let names = planner.names;
    let all = api.schemas.iter().enumerate();
    let all = all.filter_map(|(at, schema)| Some((names.path(SchemaId(at))?, at, schema)));
    let mut all: Vec<(&Path, usize, &Schema)> = all.collect();
    // Types that no schema asked for take their names on the way, so the way is that of the names.
    all.sort_by_key(|(path, ..)| *path);
    let items = all.into_iter().map(|(path, at, schema)| {
        let setters = sent.get(at).copied().unwrap_or(false);
        (at, item(SchemaId(at), schema, path, setters, planner))
    });
    let items: BTreeMap<usize, Item> = items.collect();
    let mut homes: Vec<Vec<Item>> = vec![Vec::new(); api.schemas.len()];
    for (at, item) in items {
        // What is inline stands in the file of its component, unless several share it.
        if let Some(items) = homes.get_mut(names.home(SchemaId(at)).0) {
            items.push(item);
        }
    }
    let mut files = Vec::with_capacity(api.schemas.len());
    for ((at, items), schema) in homes.into_iter().enumerate().zip(&api.schemas) {
        match (&schema.name, names.path(SchemaId(at))) {
            (SchemaName::Component(wire), Some(path)) => {
                files.push((Some(wire), path, schema, items));
            }
            (SchemaName::InSchema(..), Some(path)) if !items.is_empty() => {
                files.push((None, path, schema, items));
            }
            (SchemaName::InOperation(operation, _), Some(_)) => {
                if let Some(group) = groups.get_mut(names.group_of(*operation)) {
                    group.put(names.level_of(*operation), items);
                }
            }
            (SchemaName::InSchema(..) | SchemaName::LeftOut, _) | (_, None) => {}
        }
    }
    place(files, names)
}

fn item(
    id: SchemaId,
    schema: &Schema,
    path: &Path,
    setters: bool,
    planner: &mut Planner<'_>,
) -> Item {
    let docs = schema_docs(id, schema, path, planner.names);
    let name = path.name.clone();
    let alias =
        |ty| Item::Alias(Alias { name: path.name.clone(), schema: id, docs: docs.clone(), ty });
    match &schema.shape {
        Shape::Object(object) => {
            let holder = fields::Holder { id, schema, path, docs, setters };
            Item::Struct(fields::plan(holder, object, planner))
        }
        Shape::EmptyObject => match planner.config.empty_objects {
            EmptyObjects::Map => alias(RustType::JsonMap),
            EmptyObjects::Struct => {
                let holder = fields::Holder { id, schema, path, docs, setters };
                Item::Struct(fields::plan(holder, &Object::default(), planner))
            }
        },
        Shape::Enum(source) => {
            let open = is_open(planner.config, schema);
            Item::Enum(enums::plan(id, name, docs, source, open, &mut planner.found))
        }
        Shape::Union(source) => match planner.types.collapsed(source) {
            Some(same) => alias(same.ty),
            None => Item::Union(unions::plan(id, name, docs, source, schema.span, planner)),
        },
        Shape::Alias(_) if planner.types.is_endless(id) => alias(RustType::Value),
        Shape::Alias(target) => alias(planner.types.written(target).ty),
    }
}

fn schema_docs(id: SchemaId, schema: &Schema, path: &Path, names: &Names) -> Docs {
    let owner = match &schema.name {
        // The field says what its type is for, so the type only says which field it belongs to.
        SchemaName::InSchema(owner, steps) => names.path(*owner).zip(Some(steps)),
        SchemaName::Component(_) | SchemaName::InOperation(..) | SchemaName::LeftOut => None,
    };
    if let Some((owner, steps)) = owner {
        let place = steps.iter().fold(String::new(), |place, step| match step {
            Step::Property(name) if place.is_empty() => docs::code(name),
            Step::Member(name) if place.is_empty() => docs::code(name),
            Step::Member(name) => format!("{place}, {}", docs::code(name)),
            Step::Items => format!("{place}, an item"),
            Step::Item(at) => format!("{place}, item {at}"),
            Step::Values => format!("{place}, a value"),
            Step::Property(_)
            | Step::Parameter(_)
            | Step::RequestBody
            | Step::Response(_)
            | Step::Header(_) => place,
        });
        let place = place.trim_start_matches(", ");
        let owner = &owner.name;
        let line = if names.home(id) == id {
            // It has a file of its own.
            format!(
                "The type of {place} in [`{owner}`](super::{owner}), and of equal schemas elsewhere."
            )
        } else {
            format!("The type of {place} in [`{owner}`].")
        };
        return Docs { lines: vec![line], deprecated: schema.docs.deprecated };
    }
    let said = docs::without_repetition(&schema.docs, path.name.stem());
    let text = model::Docs { limits: model::Limits::default(), default: None, ..said.clone() };
    if let (true, SchemaName::Component(wire)) =
        (docs::docs(&text, &[]).lines.is_empty(), &schema.name)
    {
        let mut docs = docs::docs(&said, &[]);
        if !docs.lines.is_empty() {
            docs.lines.insert(0, String::new());
        }
        docs.lines.insert(0, format!("The schema {}.", docs::code(wire)));
        return docs;
    }
    docs::docs(&said, &[])
}

fn is_open(config: &Config, schema: &Schema) -> bool {
    match &config.enums {
        OpenEnums::All => true,
        OpenEnums::Marked(marker) => {
            let text = schema.extensions.get(&marker.value.extension);
            text.is_some_and(|text| match &marker.value.value {
                Value::String(wanted) | Value::Number(wanted) => **wanted == **text,
                Value::Bool(wanted) => wanted.to_string() == *text,
                Value::Null | Value::List(_) | Value::Map(_) => false,
            })
        }
    }
}

/// Which schemas a request can hold.
pub(super) fn sent(api: &Api) -> Vec<bool> {
    let types = api.operations.iter().flat_map(|operation| {
        let contents = operation.body.iter().flat_map(|body| &body.contents);
        let types = contents.flat_map(|content| content.kind.types());
        types.chain(operation.parameters.iter().map(|parameter| &parameter.ty))
    });
    let mut open: Vec<usize> = types.flat_map(super::recursion::named).collect();
    let mut sent = vec![false; api.schemas.len()];
    while let Some(at) = open.pop() {
        let Some(schema) = api.schemas.get(at) else { continue };
        match sent.get_mut(at) {
            Some(done) if !*done => *done = true,
            _ => continue,
        }
        open.extend(schema.shape.types().into_iter().flat_map(super::recursion::named));
    }
    sent
}

/// Gives each file a name that no file and no module beside it has.
fn place(mut files: Vec<(Option<&String>, &Path, &Schema, Vec<Item>)>, names: &Names) -> Module {
    let mut models = Module::default();
    let mut scopes = names.module_scopes();
    // What only an option puts into a file takes no other file's name.
    files.sort_by_key(|(wire, path, ..)| (wire.is_none(), *wire, *path));
    for (wire, path, schema, items) in files {
        let scope = scopes.entry(path.modules.clone()).or_default();
        let stem = name(Style::Module, path.name.stem());
        // The name of a private module is nobody's concern, so a collision is not reported.
        let mut quiet = Diagnostics::new();
        let text = wire.map_or(path.name.as_str(), String::as_str);
        let stem = Candidate { text, name: stem, span: schema.span, place: Place::None };
        let stem = scope.take(&stem, &mut quiet);
        let mut module = &mut models;
        for part in path.modules.iter().skip(1) {
            module = module.modules.entry(part.clone()).or_default();
        }
        module.files.insert(stem, items);
    }
    models
}
