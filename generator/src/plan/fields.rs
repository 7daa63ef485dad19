//! The fields of a struct, their setters and their oneof groups.

use super::names::{Candidate, Name, Scope, Style, join, name};
use super::places::Place;
use super::planner::Planner;
use super::types::Types;
use super::{Additional, Docs, Field, OneofGroup, Path, Presence, RustType, Setter, Struct, docs};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Access, Object, Schema, SchemaId, SchemaName};

/// The struct that the fields belong to.
pub(super) struct Holder<'a> {
    pub(super) id: SchemaId,
    pub(super) schema: &'a Schema,
    pub(super) path: &'a Path,
    pub(super) docs: Docs,
    /// Whether requests reach it.
    pub(super) setters: bool,
}

/// Decides a struct.
pub(super) fn plan(holder: Holder<'_>, object: &Object, planner: &mut Planner<'_>) -> Struct {
    let mut scope = Scope::default();
    let names = field_names(&holder, object, &mut scope, planner);
    let mut fields: Vec<Field> = object
        .fields
        .iter()
        .zip(names)
        .map(|(source, name)| field(&holder, source, name, &planner.types))
        .collect();
    let additional = object.additional.as_ref().map(|values| {
        let name = name(Style::Field, "additional_properties");
        let candidate = Candidate {
            text: "additionalProperties",
            name,
            span: holder.schema.span,
            place: Place::None,
        };
        Additional {
            name: scope.take(&candidate, &mut planner.found),
            values: planner.whole(values, "a further property", holder.schema.span),
        }
    });
    let oneof_groups = oneof_groups(&holder, object, &mut fields, planner);
    Struct {
        name: holder.path.name.clone(),
        schema: holder.id,
        docs: holder.docs,
        fields,
        additional,
        oneof_groups,
        derives: Vec::new(),
        validation: None,
    }
}

fn field_names(
    holder: &Holder<'_>,
    object: &Object,
    scope: &mut Scope,
    planner: &mut Planner<'_>,
) -> Vec<Name> {
    let candidates: Vec<Candidate<'_>> = object
        .fields
        .iter()
        .map(|field| {
            let place = match &holder.schema.name {
                SchemaName::Component(component) => Place::Property(component, &field.wire),
                _ => Place::None,
            };
            let given = planner.overrides.get(place);
            let name = name(Style::Field, given.unwrap_or(&field.wire));
            Candidate { text: &field.wire, name, span: field.span, place }
        })
        .collect();
    scope.assign(&candidates, &mut planner.found)
}

fn field(holder: &Holder<'_>, source: &model::Field, name: Name, types: &Types<'_>) -> Field {
    let written = types.field(holder.id, &source.ty);
    // A value of any kind can be null, which a required field cannot be told to be.
    let nullable = written.nullable || types.unaliased_deep(&source.ty) == RustType::Value;
    let presence = match (source.presence, nullable) {
        (model::Presence::Required, false) => Presence::Required,
        (model::Presence::Required, true) => Presence::Nullable,
        (model::Presence::Optional, _) => Presence::Optional,
    };
    let settable =
        holder.setters && source.access != Access::ReadOnly && presence != Presence::Required;
    let setter = settable.then(|| setter(&name));
    Field {
        wire: source.wire.clone(),
        ty: written.ty,
        codec: written.codec,
        presence,
        default: None,
        setter,
        docs: docs::docs(&source.docs, &[]),
        span: source.span,
        name,
    }
}

fn setter(field: &Name) -> Setter {
    Setter { name: join(Style::Field, "with", field.stem()), clears: None }
}

/// The oneof groups. Their members get setters on every type, for a group is only safe with them.
fn oneof_groups(
    holder: &Holder<'_>,
    object: &Object,
    fields: &mut [Field],
    planner: &mut Planner<'_>,
) -> Vec<OneofGroup> {
    if object.oneof_groups.is_empty() {
        return Vec::new();
    }
    let setters: Vec<Name> = fields.iter().map(|field| setter(&field.name).name).collect();
    let setters = setters.iter().map(Name::as_str);
    let validate = planner.config.validate.then_some("validate");
    let taken = ["new", "default", "clone", "eq", "fmt"].into_iter().chain(setters).chain(validate);
    let mut methods = Scope::reserving(&taken.collect::<Vec<_>>());
    let mut groups = Vec::new();
    for group in &object.oneof_groups {
        let members = group.members.iter().filter_map(|at| fields.get(*at));
        let grouped = |field: &Field| field.setter.as_ref().is_some_and(|one| one.clears.is_some());
        let fault = if members.clone().any(|field| field.presence != Presence::Optional) {
            Some("a member that is required, so the others could never be set")
        } else if members.clone().any(grouped) {
            Some("a member that is in another group")
        } else {
            None
        };
        if let Some(fault) = fault {
            let message = format!("the group `{}` has {fault}; it is left out", group.name);
            planner.found.push(Diagnostic::gap(Code::InvalidOneofGroup, group.span, message));
            continue;
        }
        let mut variants = Scope::default();
        let candidates: Vec<Candidate<'_>> = members
            .map(|field| Candidate {
                text: &field.wire,
                name: name(Style::Variant, &field.wire),
                span: field.span,
                place: Place::None,
            })
            .collect();
        let variants = variants.assign(&candidates, &mut planner.found);
        let accessor = name(Style::Field, &group.name);
        let accessor =
            Candidate { text: &group.name, name: accessor, span: group.span, place: Place::None };
        let accessor = methods.take(&accessor, &mut planner.found);
        let clear = join(Style::Field, "clear", &group.name);
        let clear = methods.take(
            &Candidate { text: &group.name, name: clear, span: group.span, place: Place::None },
            &mut planner.found,
        );
        for at in &group.members {
            if let Some(field) = fields.get_mut(*at) {
                field.setter = Some(Setter { clears: Some(clear.clone()), ..setter(&field.name) });
            }
        }
        let enum_name = join(Style::Type, holder.path.name.as_str(), &group.name);
        groups.push(OneofGroup {
            wire: group.name.clone(),
            name: planner.type_name(&holder.path.modules, &group.name, enum_name, group.span),
            accessor,
            clear,
            members: variants.into_iter().zip(group.members.iter().copied()).collect(),
        });
    }
    groups
}
