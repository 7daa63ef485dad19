//! The table of schemas: the words of OpenAPI 3.0 and of JSON Schema 2020-12.

use super::{Field, Holds, Kind, Need, Object, Others, Stamp, field};

const SCHEMAS: Holds = Holds::List(&Holds::Schema);

pub(super) const SCHEMA: Object =
    Object { label: "a schema", fields: FIELDS, others: Others::Unknown, stamp: Stamp::Place };

pub(super) const DISCRIMINATOR: Object = Object {
    label: "a discriminator",
    fields: &[
        field("propertyName", Holds::Text).need(Need::Required),
        field("mapping", Holds::Map(&Holds::Text)),
        field("defaultMapping", Holds::Unsupported).since_3_2(),
    ],
    others: Others::Unknown,
    stamp: Stamp::Place,
};

pub(super) const XML: Object = Object {
    label: "an XML object",
    fields: &[
        field("name", Holds::Text),
        field("namespace", Holds::Text),
        field("prefix", Holds::Text),
        field("attribute", Holds::Flag),
        field("wrapped", Holds::Flag),
        field("nodeType", Holds::Harmless).since_3_2(),
    ],
    others: Others::Unknown,
    stamp: Stamp::None,
};

/// The frequent ones stand first, because a key is looked up from the top.
const FIELDS: &[Field] = &[
    field("type", Holds::Type),
    field("description", Holds::Prose),
    field("properties", Holds::Map(&Holds::Schema)),
    field("format", Holds::Text),
    field("items", Holds::Items),
    field("title", Holds::Prose),
    field("enum", Holds::List(&Holds::Json)),
    field("required", Holds::RequiredNames),
    field("oneOf", SCHEMAS),
    field("allOf", SCHEMAS),
    field("anyOf", SCHEMAS),
    field("additionalProperties", Holds::SchemaOrFlag),
    field("readOnly", Holds::Flag),
    field("writeOnly", Holds::Flag),
    field("nullable", Holds::Flag),
    field("deprecated", Holds::Flag),
    field("default", Holds::Json),
    field("example", Holds::Json),
    field("discriminator", Holds::Discriminator),
    field("not", Holds::Schema),
    field("pattern", Holds::Text),
    field("minLength", Holds::Size),
    field("maxLength", Holds::Size),
    field("minimum", Holds::Number),
    field("maximum", Holds::Number),
    field("exclusiveMinimum", Holds::Bound),
    field("exclusiveMaximum", Holds::Bound),
    field("multipleOf", Holds::Number),
    field("minItems", Holds::Size),
    field("maxItems", Holds::Size),
    field("uniqueItems", Holds::Flag),
    field("minProperties", Holds::Size),
    field("maxProperties", Holds::Size),
    field("externalDocs", Holds::Object(Kind::ExternalDocs)),
    field("xml", Holds::Object(Kind::Xml)),
    field("const", Holds::Json).since_3_1(),
    field("examples", Holds::Json).since_3_1(),
    field("contentEncoding", Holds::Text).since_3_1(),
    field("contentMediaType", Holds::Text).since_3_1(),
    field("$schema", Holds::Harmless).since_3_1(),
    field("$comment", Holds::Harmless).since_3_1(),
    field("$id", Holds::Harmless).since_3_1(),
    field("$anchor", Holds::Harmless).since_3_1(),
    field("$vocabulary", Holds::Harmless).since_3_1(),
    field("$dynamicAnchor", Holds::Unsupported).since_3_1(),
    field("$dynamicRef", Holds::Unsupported).since_3_1(),
    field("$defs", Holds::Unsupported).since_3_1(),
    field("definitions", Holds::Unsupported).since_3_1(),
    field("if", Holds::Unsupported).since_3_1(),
    field("then", Holds::Unsupported).since_3_1(),
    field("else", Holds::Unsupported).since_3_1(),
    // The next three change what their neighbours mean; a rule takes them away.
    field("prefixItems", SCHEMAS).since_3_1(),
    field("patternProperties", Holds::Map(&Holds::Schema)).since_3_1(),
    field("propertyNames", Holds::Json).since_3_1(),
    field("dependentSchemas", Holds::Unsupported).since_3_1(),
    field("dependentRequired", Holds::Unsupported).since_3_1(),
    field("dependencies", Holds::Unsupported).since_3_1(),
    field("unevaluatedItems", Holds::Unsupported).since_3_1(),
    field("unevaluatedProperties", Holds::Unsupported).since_3_1(),
    field("additionalItems", Holds::Unsupported).since_3_1(),
    field("contains", Holds::Unsupported).since_3_1(),
    field("minContains", Holds::Unsupported).since_3_1(),
    field("maxContains", Holds::Unsupported).since_3_1(),
    field("contentSchema", Holds::Unsupported).since_3_1(),
];
