//! A schema's keywords in one form, however openapiv3 has sorted them.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema as Source, SchemaKind, Type as Kind,
    VariantOrUnknownOrEmpty as Format,
};
use serde_json::Value;

/// The keywords of a schema that shape its values.
#[derive(Clone, Debug, Default)]
pub(super) struct View<'a> {
    /// `type`, which `lower` has made one name, or `x-null` instead of it.
    pub(super) kind: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Source>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Source>>>,
    /// Whether there is an `enum`.
    pub(super) has_values: bool,
    pub(super) one_of: &'a [ReferenceOr<Source>],
    pub(super) any_of: &'a [ReferenceOr<Source>],
    pub(super) all_of: &'a [ReferenceOr<Source>],
}

impl<'a> View<'a> {
    /// The keywords of a schema.
    pub(super) fn new(source: &'a Source) -> Self {
        if source.schema_data.extensions.contains_key("x-null") {
            return Self { kind: Some("null"), ..Self::default() };
        }
        match &source.schema_kind {
            SchemaKind::Type(kind) => Self::of_type(kind),
            SchemaKind::OneOf { one_of } => Self { one_of, ..Self::default() },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..Self::default() },
            SchemaKind::AllOf { all_of } => Self { all_of, ..Self::default() },
            SchemaKind::Not { .. } => Self::default(),
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(kind: &'a Kind) -> Self {
        match kind {
            Kind::String(string) => Self {
                kind: Some("string"),
                format: format_name(&string.format),
                has_values: !string.enumeration.is_empty(),
                ..Self::default()
            },
            Kind::Number(number) => Self {
                kind: Some("number"),
                format: format_name(&number.format),
                has_values: !number.enumeration.is_empty(),
                ..Self::default()
            },
            Kind::Integer(integer) => Self {
                kind: Some("integer"),
                format: format_name(&integer.format),
                has_values: !integer.enumeration.is_empty(),
                ..Self::default()
            },
            Kind::Boolean(boolean) => Self {
                kind: Some("boolean"),
                has_values: !boolean.enumeration.is_empty(),
                ..Self::default()
            },
            Kind::Array(array) => {
                Self { kind: Some("array"), items: array.items.as_ref(), ..Self::default() }
            }
            Kind::Object(object) => Self {
                kind: Some("object"),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..Self::default()
            },
        }
    }

    fn of_any(any: &'a AnySchema) -> Self {
        Self {
            kind: any.typ.as_deref(),
            format: any.format.clone(),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            has_values: !any.enumeration.is_empty(),
            one_of: &any.one_of,
            any_of: &any.any_of,
            all_of: &any.all_of,
        }
    }

    /// The items of an array that is a tuple.
    pub(super) fn tuple(&self) -> Option<&'a [ReferenceOr<Source>]> {
        let ReferenceOr::Item(items) = self.items? else { return None };
        let is_tuple = items.schema_data.extensions.contains_key("x-tuple");
        is_tuple.then(|| Self::new(items).one_of)
    }

    /// The names of its own properties.
    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.properties.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// One of its own properties.
    pub(super) fn property(&self, name: &str) -> Option<&'a ReferenceOr<Box<Source>>> {
        self.properties?.get(name)
    }

    /// Whether it has properties of its own.
    pub(super) fn has_properties(&self) -> bool {
        self.properties.is_some_and(|properties| !properties.is_empty())
    }

    /// Whether it is made of other schemas.
    pub(super) fn is_combined(&self) -> bool {
        !self.all_of.is_empty() || self.has_choice()
    }

    /// Whether it offers a choice of other schemas.
    pub(super) fn has_choice(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// Whether it says what a value looks like, beyond a type and what is allowed of it.
    pub(super) fn adds(&self) -> bool {
        self.has_properties()
            || self.additional.is_some_and(|one| !matches!(one, AdditionalProperties::Any(_)))
            || self.items.is_some()
            || self.has_values
            || self.has_choice()
            || self.format.is_some()
    }
}

/// The values of `enum`, without null.
pub(super) fn values(source: &Source) -> Vec<Value> {
    match &source.schema_kind {
        SchemaKind::Type(Kind::String(one)) => {
            one.enumeration.iter().flatten().map(|text| Value::from(text.as_str())).collect()
        }
        SchemaKind::Type(Kind::Integer(one)) => {
            one.enumeration.iter().flatten().map(|number| Value::from(*number)).collect()
        }
        SchemaKind::Type(Kind::Number(one)) => {
            one.enumeration.iter().flatten().map(|number| Value::from(*number)).collect()
        }
        SchemaKind::Type(Kind::Boolean(one)) => {
            one.enumeration.iter().flatten().map(|flag| Value::from(*flag)).collect()
        }
        SchemaKind::Any(any) => {
            any.enumeration.iter().filter(|one| !one.is_null()).cloned().collect()
        }
        SchemaKind::Type(Kind::Array(_) | Kind::Object(_))
        | SchemaKind::OneOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::Not { .. } => Vec::new(),
    }
}

/// The text of a `format`, which openapiv3 has turned into an enum for the ones that it knows.
pub(super) fn format_name<T: serde::Serialize>(format: &Format<T>) -> Option<String> {
    match format {
        Format::Empty => None,
        Format::Unknown(name) => Some(name.clone()),
        Format::Item(item) => match serde_json::to_value(item) {
            Ok(Value::String(name)) => Some(name),
            _ => None,
        },
    }
}
