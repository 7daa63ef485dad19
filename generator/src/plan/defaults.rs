//! Fields that have the document's default while nothing else is known, for `defaults: filled`.
//!
//! A property gets one that is neither required nor nullable, that requests may hold (a field with a
//! default is always written), that is in no oneof group, and whose default is a value of its type.
//! A default that cannot be filled in is a gap, and the field stays an `Option`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::docs::code;
use super::types::Types;
use super::{
    Codec, Docs, Field, Group, Item, Module, Name, Path, Presence, RustType, Struct, limits,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{self, Access, Api, Literal, SchemaId, SchemaName, Shape, Type};

/// What a field is while nothing else is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A boolean or a number, as Rust writes it.
    Plain(String),
    /// A text, which becomes the field's type: `String`, or an open enum that does not list it.
    Text(String),
    /// A value of an enum.
    Variant(Path, Name),
    /// An empty list or map.
    Empty,
    /// A list of some of the above.
    List(Vec<Constant>),
}

impl Field {
    /// Whether it is an `Option`.
    pub(crate) fn is_option(&self) -> bool {
        self.presence != Presence::Required && self.default.is_none()
    }
}

/// Why there is no constant.
enum Fault {
    /// The value is none of the type.
    Misfit,
    /// There is no constant of the type.
    Unsupported,
}

/// What is needed to find constants.
pub(super) struct Filler<'a> {
    api: &'a Api,
    types: &'a Types<'a>,
    /// The values of enums with their variants.
    enums: BTreeMap<SchemaId, Vec<(Literal, Name)>>,
}

/// Gives fields their defaults.
pub(super) fn plan(
    api: &Api,
    types: &Types<'_>,
    models: &mut Module,
    groups: &mut [Group],
    found: &mut Diagnostics,
) {
    let mut filler = Filler { api, types, enums: BTreeMap::new() };
    let mut take = |item: &mut Item| {
        if let Item::Enum(item) = item {
            let values = item.variants.iter().map(|one| (one.value.clone(), one.name.clone()));
            filler.enums.insert(item.schema, values.collect());
        }
    };
    models.visit_mut(&[], &mut |_, item| take(item));
    groups.iter_mut().flat_map(|group| &mut group.items).for_each(take);
    let mut fill = |item: &mut Item| {
        if let Item::Struct(item) = item {
            filler.fill(item, found);
        }
    };
    models.visit_mut(&[], &mut |_, item| fill(item));
    groups.iter_mut().flat_map(|group| &mut group.items).for_each(fill);
}

impl Filler<'_> {
    fn fill(&self, item: &mut Struct, found: &mut Diagnostics) {
        let schema = self.api.schemas.get(item.schema.0);
        let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape) else { return };
        let grouped = |at| {
            let mut members = item.oneof_groups.iter().flat_map(|group| &group.members);
            members.any(|(_, member)| *member == at)
        };
        let open: Vec<bool> = (0..object.fields.len()).map(|at| !grouped(at)).collect();
        let fields = item.fields.iter_mut().zip(&object.fields).zip(open);
        for ((field, source), _) in fields.filter(|(_, open)| *open) {
            let Some(text) = self.default(source) else { continue };
            let value = serde_json::from_str(text).unwrap_or_default();
            let fault = match self.constant(&source.ty, &value) {
                Ok(constant) => {
                    field.default = Some(constant);
                    if source.docs.default.is_none() {
                        said_of_type(text, &mut field.docs);
                    }
                    continue;
                }
                Err(Fault::Misfit) => "is no value of its type",
                Err(Fault::Unsupported) => "is of a type whose defaults are not filled in",
            };
            let message =
                format!("the default {} {fault}; the field stays an `Option`", code(&shown(text)));
            found.push(Diagnostic::gap(Code::UnfilledDefault, field.span, message));
        }
    }

    /// The default of a property that may have one, as JSON.
    fn default<'a>(&'a self, source: &'a model::Field) -> Option<&'a str> {
        let is_open = source.presence == model::Presence::Optional
            && source.access != Access::ReadOnly
            && !self.types.written(&source.ty).nullable
            && self.types.unaliased_deep(&source.ty) != RustType::Value;
        let own = source.docs.default.as_deref();
        own.or_else(|| self.inherited(&source.ty)).filter(|_| is_open)
    }

    /// What the component says that a property refers to. Of an inline schema, all is said on the spot.
    fn inherited(&self, ty: &Type) -> Option<&str> {
        let Type::Schema(id) = ty else { return None };
        let schema = self.api.schemas.get(id.0)?;
        if !matches!(schema.name, SchemaName::Component(_)) {
            return None;
        }
        schema.docs.default.as_deref().or_else(|| match &schema.shape {
            Shape::Alias(target) if !self.types.is_endless(*id) => self.inherited(target),
            _ => None,
        })
    }

    fn constant(&self, ty: &Type, value: &Value) -> Result<Constant, Fault> {
        match ty {
            Type::Bool | Type::Integer(_) | Type::Number(_) | Type::Text(_) => {
                let written = self.types.written(ty);
                scalar(&written.ty, written.codec.as_ref(), value)
            }
            Type::List(item) => match value.as_array().map(Vec::as_slice) {
                None => Err(Fault::Misfit),
                Some([]) => Ok(Constant::Empty),
                Some(values) => {
                    let items = values.iter().map(|value| match self.constant(item, value)? {
                        Constant::Empty | Constant::List(_) => Err(Fault::Unsupported),
                        scalar => Ok(scalar),
                    });
                    items.collect::<Result<_, _>>().map(Constant::List)
                }
            },
            Type::Map(_) | Type::FreeForm => empty_map(value),
            Type::Schema(id) => self.schema(*id, value),
            Type::Nullable(_) | Type::Tuple(_) | Type::Any | Type::Null | Type::ProtobufAny => {
                Err(Fault::Unsupported)
            }
        }
    }

    fn schema(&self, id: SchemaId, value: &Value) -> Result<Constant, Fault> {
        let Some(schema) = self.api.schemas.get(id.0) else { return Err(Fault::Unsupported) };
        match &schema.shape {
            _ if schema.nullable => Err(Fault::Unsupported),
            Shape::Enum(source) => self.variant(id, source, value),
            Shape::Alias(target) if !self.types.is_endless(id) => self.constant(target, value),
            Shape::EmptyObject => match self.types.unaliased_deep(&Type::Schema(id)) {
                RustType::JsonMap => empty_map(value),
                _ => Err(Fault::Unsupported),
            },
            Shape::Union(union) => match self.types.collapsed(union) {
                Some(same) => scalar(&same.ty, same.codec.as_ref(), value),
                None => Err(Fault::Unsupported),
            },
            Shape::Object(_) | Shape::Alias(_) => Err(Fault::Unsupported),
        }
    }

    fn variant(
        &self,
        id: SchemaId,
        source: &model::Enum,
        value: &Value,
    ) -> Result<Constant, Fault> {
        let literal = match value {
            Value::String(text) => Some(Literal::Text(text.clone())),
            Value::Number(number) => number.as_i64().map(Literal::Integer),
            Value::Bool(flag) => Some(Literal::Bool(*flag)),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        };
        let literal = literal.ok_or(Fault::Misfit)?;
        let variants = self.enums.get(&id).map(Vec::as_slice).unwrap_or_default();
        let known = variants.iter().find(|(value, _)| *value == literal);
        match (known.zip(self.types.path(id)), literal) {
            (Some(((_, name), path)), _) => Ok(Constant::Variant(path.clone(), name.clone())),
            (None, Literal::Text(text)) if source.open => Ok(Constant::Text(text)),
            (None, _) => Err(Fault::Misfit),
        }
    }
}

/// The documentation of the type tells the default, which is now one of the field.
fn said_of_type(text: &str, docs: &mut Docs) {
    let line = limits::line(&model::Limits::default(), Some(text));
    if line.is_some() && !docs.lines.is_empty() {
        docs.lines.push(String::new());
    }
    docs.lines.extend(line);
}

fn empty_map(value: &Value) -> Result<Constant, Fault> {
    match value.as_object() {
        Some(members) if members.is_empty() => Ok(Constant::Empty),
        Some(_) => Err(Fault::Unsupported),
        None => Err(Fault::Misfit),
    }
}

/// A boolean, number or text.
fn scalar(ty: &RustType, codec: Option<&Codec>, value: &Value) -> Result<Constant, Fault> {
    let plain = |text: Option<String>| text.map(Constant::Plain).ok_or(Fault::Misfit);
    match ty {
        RustType::Bool => plain(value.as_bool().map(|flag| flag.to_string())),
        RustType::I32 => plain(integer::<i32>(codec, value)),
        RustType::I64 => plain(integer::<i64>(codec, value)),
        RustType::U32 => plain(integer::<u32>(codec, value)),
        RustType::U64 => plain(integer::<u64>(codec, value)),
        // As short as the number can be told from its neighbours.
        RustType::F32 => {
            let number = value.as_f64().and_then(|number| number.to_string().parse::<f32>().ok());
            plain(number.filter(|number| number.is_finite()).map(|number| format!("{number:?}")))
        }
        RustType::F64 => plain(value.as_f64().map(|number| format!("{number:?}"))),
        RustType::String => {
            value.as_str().map(|text| Constant::Text(text.to_owned())).ok_or(Fault::Misfit)
        }
        _ => Err(if value.is_string() { Fault::Unsupported } else { Fault::Misfit }),
    }
}

/// A whole number of a type that holds it, also as text where its form is one.
fn integer<T: TryFrom<i128>>(codec: Option<&Codec>, value: &Value) -> Option<String> {
    let number = match value {
        Value::String(text) if codec.is_some() => text.parse().ok()?,
        // JSON Schema counts 1.0 and 1e3 among the integers (Core 2020-12, §4.2.1).
        Value::Number(number) => {
            let whole = || number.as_f64().filter(|number| number.fract() == 0.0);
            let text = number.to_string();
            text.parse::<i128>().ok().or_else(|| format!("{:.0}", whole()?).parse().ok())?
        }
        _ => return None,
    };
    T::try_from(number).is_ok().then(|| number.to_string())
}

/// The start of a long default.
fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
