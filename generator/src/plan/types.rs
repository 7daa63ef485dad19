//! Types of the API as types of Rust.

use super::identity::Names;
use super::recursion::Recursion;
use super::{Codec, FormatType, Path, RustType};
use crate::config::{Chosen, Config, EmptyObjects, TextType};
use crate::model::{Api, SchemaId, Shape, Type, Union};
use crate::overlay::PREFIX;

/// What is needed to turn a type of the API into one of Rust.
pub(super) struct Types<'a> {
    api: &'a Api,
    config: &'a Config,
    names: &'a Names,
    recursion: &'a Recursion,
}

/// A type with the way in which it is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The type.
    pub(super) ty: RustType,
    /// How it is written, if not by its own serde traits.
    pub(super) codec: Option<Codec>,
    /// Whether `null` is a value of it.
    pub(super) nullable: bool,
}

impl<'a> Types<'a> {
    /// The knowledge of one run.
    pub(super) fn new(
        api: &'a Api,
        config: &'a Config,
        names: &'a Names,
        recursion: &'a Recursion,
    ) -> Self {
        Self { api, config, names, recursion }
    }

    /// The path of a schema's type.
    pub(super) fn path(&self, id: SchemaId) -> Option<&'a Path> {
        self.names.path(id)
    }

    /// Whether an alias leads to itself.
    pub(super) fn is_endless(&self, id: SchemaId) -> bool {
        self.recursion.is_endless(id)
    }

    /// The type of a value, without the `Option` that `null` asks for around the whole.
    pub(super) fn written(&self, ty: &Type) -> Written {
        let written = |ty, codec| Written { ty, codec, nullable: false };
        match ty {
            Type::Any => written(RustType::Value, None),
            Type::FreeForm => written(RustType::JsonMap, None),
            Type::ProtobufAny => written(RustType::ProtobufAny, None),
            Type::Null => Written { nullable: true, ..written(RustType::Unit, None) },
            Type::Bool => written(RustType::Bool, None),
            Type::Integer(format) => written(integer(format.as_deref()), None),
            Type::Number(format) => written(number(format.as_deref()), None),
            Type::Text(format) => {
                let (ty, codec) = self.text(format.as_deref());
                written(ty, codec)
            }
            Type::List(item) => {
                let (item, codec) = self.inside(item);
                written(
                    RustType::Vec(Box::new(item)),
                    codec.map(|codec| Codec::Vec(Box::new(codec))),
                )
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.inside(item));
                let (items, codecs): (Vec<_>, Vec<_>) = items.unzip();
                // serde_json calls what stands behind the last item trailing characters.
                written(RustType::Tuple(items), Some(Codec::Tuple(codecs)))
            }
            Type::Map(value) => {
                let (value, codec) = self.inside(value);
                written(
                    RustType::Map(Box::new(value)),
                    codec.map(|codec| Codec::Map(Box::new(codec))),
                )
            }
            Type::Nullable(inner) => Written { nullable: true, ..self.written(inner) },
            Type::Schema(id) => self.schema(*id),
        }
    }

    /// The type of a field: boxed where the struct would hold itself.
    pub(super) fn field(&self, holder: SchemaId, ty: &Type) -> Written {
        let mut written = self.written(ty);
        let held = super::recursion::held(ty);
        if held.into_iter().any(|held| self.recursion.is_boxed(holder, SchemaId(held)))
            && matches!(written.ty, RustType::Model(_) | RustType::Tuple(_))
        {
            written.ty = RustType::Box(Box::new(written.ty));
            written.codec = written.codec.map(|codec| Codec::Box(Box::new(codec)));
        }
        written
    }

    /// The type of an item or value, where `null` is an `Option`.
    pub(super) fn inside(&self, ty: &Type) -> (RustType, Option<Codec>) {
        let written = self.written(ty);
        if !written.nullable || matches!(written.ty, RustType::Value | RustType::Unit) {
            return (written.ty, written.codec);
        }
        let codec = written.codec.map(|codec| Codec::Option(Box::new(codec)));
        (RustType::Option(Box::new(written.ty)), codec)
    }

    /// The type of what is sent or read whole; none where it needs a codec, which has no place there.
    pub(super) fn whole(&self, ty: &Type) -> Option<RustType> {
        match self.inside(ty) {
            (_, Some(codec)) if codec.changes_form() => None,
            (ty, _) => Some(ty),
        }
    }

    /// The type of a parameter. It is written without a codec, so a text whose Rust form differs
    /// from its text stays one.
    pub(super) fn parameter(&self, ty: &Type) -> RustType {
        match ty {
            Type::Nullable(inner) => match self.parameter(inner) {
                RustType::Value => RustType::Value,
                other => RustType::Option(Box::new(other)),
            },
            Type::List(item) => RustType::Vec(Box::new(self.parameter(item))),
            // A style has no form for items of different types.
            Type::Tuple(items) => {
                let mut items = items.iter().map(|item| self.parameter(item));
                let first = items.next().unwrap_or(RustType::Value);
                let same = items.all(|item| item == first);
                RustType::Vec(Box::new(if same { first } else { RustType::Value }))
            }
            Type::Map(value) => RustType::Map(Box::new(self.parameter(value))),
            Type::Null => RustType::Value,
            // An alias of a type with a name keeps its own.
            Type::Schema(id) => match self.unaliased(*id) {
                None | Some(RustType::Model(_)) => self.written(ty).ty,
                Some(other) => other,
            },
            _ => match self.written(ty).ty {
                RustType::Bytes
                | RustType::Duration
                | RustType::Format(FormatType::Url | FormatType::Secret) => RustType::String,
                other => other,
            },
        }
    }

    /// Whether the `Display` of a parameter is the text that is sent.
    pub(super) fn has_display(&self, ty: &Type) -> bool {
        match ty {
            Type::Bool | Type::Integer(_) | Type::Number(_) => true,
            Type::Text(format) => {
                !matches!(self.chosen(format.as_deref()), Some(Chosen::Any | Chosen::Path(_)))
            }
            Type::Nullable(inner) => self.has_display(inner),
            Type::Schema(id) => match self.api.schemas.get(id.0).map(|schema| &schema.shape) {
                Some(Shape::Alias(ty)) => !self.recursion.is_endless(*id) && self.has_display(ty),
                Some(Shape::Enum(_)) => true,
                _ => false,
            },
            _ => false,
        }
    }

    /// The type behind an alias.
    fn unaliased(&self, id: SchemaId) -> Option<RustType> {
        match &self.api.schemas.get(id.0)?.shape {
            Shape::Alias(ty) if !self.recursion.is_endless(id) => Some(self.parameter(ty)),
            _ => None,
        }
    }

    fn schema(&self, id: SchemaId) -> Written {
        let value = Written { ty: RustType::Value, codec: None, nullable: false };
        let (Some(schema), Some(path)) = (self.api.schemas.get(id.0), self.path(id)) else {
            return value;
        };
        let model =
            Written { ty: RustType::Model(path.clone()), codec: None, nullable: schema.nullable };
        match &schema.shape {
            Shape::Alias(_) if self.recursion.is_endless(id) => value,
            Shape::Alias(target) => {
                let target = self.written(target);
                Written {
                    codec: target.codec,
                    nullable: target.nullable || model.nullable,
                    ..model
                }
            }
            Shape::Union(union) => match self.collapsed(union) {
                Some(same) => Written { codec: same.codec, ..model },
                None => model,
            },
            Shape::Object(_) | Shape::EmptyObject | Shape::Enum(_) => model,
        }
    }

    /// The one type of a union whose members differ in what Rust does not tell apart.
    pub(super) fn collapsed(&self, union: &Union) -> Option<Written> {
        let scalar = |ty: &Type| matches!(ty, Type::Text(_) | Type::Integer(_) | Type::Number(_));
        if !union.members.iter().all(|member| scalar(&member.ty)) {
            return None;
        }
        let mut all = union.members.iter().map(|member| self.written(&member.ty));
        let first = all.next()?;
        all.all(|one| one.ty == first.ty && one.codec == first.codec).then_some(first)
    }

    /// Whether a member of a choice leads back to it with no value in between.
    pub(super) fn is_circular(&self, choice: SchemaId, member: &Type) -> bool {
        super::recursion::is(member)
            .is_some_and(|member| self.recursion.is_circular(choice, SchemaId(member)))
    }

    /// The type of a value with nothing behind another name: two types are the same for the compiler
    /// if these are.
    pub(super) fn unaliased_deep(&self, ty: &Type) -> RustType {
        match ty {
            Type::List(item) => RustType::Vec(Box::new(self.unaliased_deep(item))),
            Type::Tuple(items) => {
                RustType::Tuple(items.iter().map(|item| self.unaliased_deep(item)).collect())
            }
            Type::Map(value) => RustType::Map(Box::new(self.unaliased_deep(value))),
            Type::Nullable(inner) => self.unaliased_deep(inner),
            Type::Schema(id) => match self.api.schemas.get(id.0).map(|schema| &schema.shape) {
                Some(Shape::Alias(target)) if !self.recursion.is_endless(*id) => {
                    self.unaliased_deep(target)
                }
                Some(Shape::Union(union)) => {
                    self.collapsed(union).map_or_else(|| self.written(ty).ty, |same| same.ty)
                }
                Some(Shape::EmptyObject) if self.config.empty_objects == EmptyObjects::Map => {
                    RustType::JsonMap
                }
                _ => self.written(ty).ty,
            },
            _ => self.written(ty).ty,
        }
    }

    /// What `generator.yaml` chooses for this schema alone.
    fn chosen(&self, format: Option<&str>) -> Option<&Chosen> {
        let pointer = format?.strip_prefix(PREFIX)?;
        self.config.types.get(pointer).map(|chosen| &chosen.value)
    }

    fn text(&self, format: Option<&str>) -> (RustType, Option<Codec>) {
        let text_type = match self.chosen(format) {
            Some(Chosen::Any) => return (RustType::Value, None),
            Some(Chosen::Path(path)) => return (RustType::Foreign(path.clone()), None),
            Some(Chosen::Text(text_type)) => *text_type,
            None => format.map_or(TextType::Text, |format| self.config.formats.text_type(format)),
        };
        match text_type {
            TextType::Text => (RustType::String, None),
            TextType::DateTime => (RustType::Timestamp, Some(Codec::DateTime)),
            TextType::Date => (RustType::Date, Some(Codec::FullDate)),
            TextType::ProtobufDuration => (RustType::Duration, Some(Codec::ProtobufDuration)),
            TextType::Iso8601Duration => (RustType::Duration, Some(Codec::Iso8601Duration)),
            TextType::Base64 => (RustType::Bytes, Some(Codec::Base64)),
            TextType::Base64Url => (RustType::Bytes, Some(Codec::Base64Url)),
            TextType::Time => (RustType::Format(FormatType::Time), Some(Codec::Local)),
            TextType::LocalDateTime => {
                (RustType::Format(FormatType::LocalDateTime), Some(Codec::Local))
            }
            TextType::Uuid => (RustType::Format(FormatType::Uuid), None),
            TextType::Url => (RustType::Format(FormatType::Url), Some(Codec::UrlText)),
            TextType::Ip => (RustType::Format(FormatType::Ip), None),
            TextType::Ipv4 => (RustType::Format(FormatType::Ipv4), None),
            TextType::Ipv6 => (RustType::Format(FormatType::Ipv6), None),
            TextType::Decimal => (RustType::Format(FormatType::Decimal), None),
            TextType::Secret => (RustType::Format(FormatType::Secret), None),
            TextType::Int32Text => (RustType::I32, Some(Codec::Decimal)),
            TextType::UInt32Text => (RustType::U32, Some(Codec::Decimal)),
            TextType::Int64Text => (RustType::I64, Some(Codec::Decimal)),
            TextType::UInt64Text => (RustType::U64, Some(Codec::Decimal)),
        }
    }
}

fn integer(format: Option<&str>) -> RustType {
    match format {
        Some("int32" | "int16" | "int8") => RustType::I32,
        Some("uint32" | "uint16" | "uint8") => RustType::U32,
        Some("uint64") => RustType::U64,
        _ => RustType::I64,
    }
}

fn number(format: Option<&str>) -> RustType {
    match format {
        Some("float") => RustType::F32,
        _ => RustType::F64,
    }
}
