//! What a schema allows of a type: the keywords of JSON Schema Validation that change no shape.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source, SchemaKind, Type as Kind};
use serde_json::{Number, Value};

/// What a value must keep to beyond its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The number of characters (`minLength`, `maxLength`).
    pub length: Sizes,
    /// The number of items (`minItems`, `maxItems`).
    pub items: Sizes,
    /// The number of properties (`minProperties`, `maxProperties`).
    pub properties: Sizes,
    /// Whether no two items are equal (`uniqueItems`).
    pub unique: bool,
    /// The least number.
    pub minimum: Option<Bound>,
    /// The largest number.
    pub maximum: Option<Bound>,
    /// What a number is a multiple of.
    pub multiple_of: Option<Number>,
    /// The regular expression (ECMA-262) that a part of a text matches.
    pub pattern: Option<String>,
    /// The limits of each item, where it has no name of its own.
    pub each: Option<Box<Limits>>,
    /// The limits of the value of each additional property, where it has no name of its own.
    pub values: Option<Box<Limits>>,
    /// What the names of properties must keep to.
    pub names: Option<Box<Names>>,
}

/// What the names of properties must keep to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Names {
    /// The number of characters.
    pub length: Sizes,
    /// The regular expressions (ECMA-262) of which one matches a part of each name.
    pub patterns: Vec<String>,
    /// The names that there are; empty when there may be others.
    pub values: Vec<String>,
}

/// A smallest and a largest count; a smallest one of 0 says nothing and is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sizes {
    /// At least so many.
    pub least: Option<usize>,
    /// At most so many.
    pub most: Option<usize>,
}

/// The end of a range of numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// The number.
    pub value: Number,
    /// Whether the number itself is not allowed (`exclusiveMinimum`, `exclusiveMaximum`).
    pub exclusive: bool,
}

impl Limits {
    /// Those of a value that must keep to others as well: the narrower ones.
    pub(super) fn narrowed(self, other: Self) -> Self {
        let least = |one: Option<Bound>, other: Option<Bound>| narrower(one, other, 1.0);
        let most = |one: Option<Bound>, other: Option<Bound>| narrower(one, other, -1.0);
        Self {
            length: self.length.narrowed(other.length),
            items: self.items.narrowed(other.items),
            properties: self.properties.narrowed(other.properties),
            unique: self.unique || other.unique,
            minimum: least(self.minimum, other.minimum),
            maximum: most(self.maximum, other.maximum),
            multiple_of: other.multiple_of.or(self.multiple_of),
            pattern: other.pattern.or(self.pattern),
            each: both(self.each, other.each),
            values: both(self.values, other.values),
            names: other.names.or(self.names),
        }
    }
}

fn both(one: Option<Box<Limits>>, other: Option<Box<Limits>>) -> Option<Box<Limits>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(Box::new(one.narrowed(*other))),
        (one, other) => other.or(one),
    }
}

impl Sizes {
    fn new(least: Option<usize>, most: Option<usize>) -> Self {
        Self { least: least.filter(|least| *least > 0), most }
    }

    fn narrowed(self, other: Self) -> Self {
        let most = match (self.most, other.most) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Self { least: self.least.max(other.least), most }
    }
}

/// The bound that leaves less; `sign` is 1 for lower bounds and -1 for upper ones.
fn narrower(one: Option<Bound>, other: Option<Bound>, sign: f64) -> Option<Bound> {
    let (Some(first), Some(second)) = (&one, &other) else { return other.or(one) };
    let (left, right) = (first.value.as_f64()? * sign, second.value.as_f64()? * sign);
    if left > right || (left >= right && first.exclusive) { one } else { other }
}

fn bound<T: Into<Option<Number>>>(value: T, exclusive: bool) -> Option<Bound> {
    value.into().map(|value| Bound { value, exclusive })
}

/// What a schema says itself.
pub(super) fn limits(source: &Source) -> Limits {
    let names = source.schema_data.extensions.get("x-property-names").map(names);
    let names = names.filter(|names| *names != Names::default()).map(Box::new);
    Limits { names, ..of_value(source) }
}

/// The limits that `lower` has found for names.
fn names(limits: &Value) -> Names {
    let texts = |key: &str| {
        let values = limits.get(key).and_then(Value::as_array).into_iter().flatten();
        values.filter_map(Value::as_str).map(str::to_owned)
    };
    let size = |key: &str| usize::try_from(limits.get(key)?.as_u64()?).ok();
    let pattern = limits.get("pattern").and_then(Value::as_str).map(str::to_owned);
    Names {
        length: Sizes::new(size("minLength"), size("maxLength")),
        patterns: pattern.into_iter().chain(texts("patterns")).collect(),
        values: texts("enum").collect(),
    }
}

/// The keywords of values. An enum says it by its values.
fn of_value(source: &Source) -> Limits {
    let none = Limits::default();
    match &source.schema_kind {
        SchemaKind::Type(Kind::String(one)) if one.enumeration.is_empty() => Limits {
            length: Sizes::new(one.min_length, one.max_length),
            pattern: one.pattern.clone(),
            ..none
        },
        SchemaKind::Type(Kind::Integer(one)) if one.enumeration.is_empty() => Limits {
            minimum: bound(one.minimum.map(Number::from), one.exclusive_minimum),
            maximum: bound(one.maximum.map(Number::from), one.exclusive_maximum),
            multiple_of: one.multiple_of.map(Number::from),
            ..none
        },
        SchemaKind::Type(Kind::Number(one)) if one.enumeration.is_empty() => Limits {
            minimum: bound(one.minimum.and_then(number), one.exclusive_minimum),
            maximum: bound(one.maximum.and_then(number), one.exclusive_maximum),
            multiple_of: one.multiple_of.and_then(number),
            ..none
        },
        SchemaKind::Type(Kind::Array(one)) => Limits {
            items: Sizes::new(one.min_items, one.max_items),
            unique: one.unique_items,
            each: one.items.as_ref().and_then(each),
            ..none
        },
        SchemaKind::Type(Kind::Object(one)) => Limits {
            properties: Sizes::new(one.min_properties, one.max_properties),
            values: values(one.additional_properties.as_ref()),
            ..none
        },
        SchemaKind::Any(one) if one.enumeration.is_empty() => Limits {
            length: Sizes::new(one.min_length, one.max_length),
            items: Sizes::new(one.min_items, one.max_items),
            properties: Sizes::new(one.min_properties, one.max_properties),
            unique: one.unique_items.unwrap_or_default(),
            minimum: bound(one.minimum.and_then(number), one.exclusive_minimum.unwrap_or_default()),
            maximum: bound(one.maximum.and_then(number), one.exclusive_maximum.unwrap_or_default()),
            multiple_of: one.multiple_of.and_then(number),
            pattern: one.pattern.clone(),
            each: one.items.as_ref().and_then(each),
            values: values(one.additional_properties.as_ref()),
            ..none
        },
        SchemaKind::Type(_)
        | SchemaKind::Any(_)
        | SchemaKind::OneOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::Not { .. } => none,
    }
}

/// The limits of items that are described on the spot.
fn each(items: &ReferenceOr<Box<Source>>) -> Option<Box<Limits>> {
    let ReferenceOr::Item(items) = items else { return None };
    Some(limits(items)).filter(|limits| *limits != Limits::default()).map(Box::new)
}

/// The limits of values that are described on the spot.
fn values(values: Option<&AdditionalProperties>) -> Option<Box<Limits>> {
    let AdditionalProperties::Schema(values) = values? else { return None };
    let ReferenceOr::Item(values) = &**values else { return None };
    Some(limits(values)).filter(|limits| *limits != Limits::default()).map(Box::new)
}

/// A number as the document would write it: `100`, not `100.0`.
fn number(value: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        return format!("{value:.0}").parse::<i64>().ok().map(Number::from);
    }
    Number::from_f64(value)
}
