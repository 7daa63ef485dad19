//! The tables of Swagger 2.0, for what OpenAPI 3.0 has in another form.

use super::{Field, Holds, Kind, Need, Object, Others, Stamp, field};

const TEXTS: Holds = Holds::List(&Holds::Text);
const SCHEMES: Holds = Holds::List(&Holds::Word(&["http", "https", "ws", "wss"]));
const SECURITY: Holds = Holds::List(&Holds::Object(Kind::SecurityRequirement));
const PARAMETERS: Holds = Holds::List(&Holds::Reusable(Kind::SwaggerParameter));
const OPERATION: Holds = Holds::Object(Kind::SwaggerOperation);
const COLLECTIONS: &[&str] = &["csv", "ssv", "tsv", "pipes", "multi"];
const TYPES: &[&str] = &["string", "number", "integer", "boolean", "array", "file", "object"];
const LOCATIONS: &[&str] = &["path", "query", "header", "formData", "body"];
const FLOWS: &[&str] = &["implicit", "password", "application", "accessCode"];

pub(super) const DOCUMENT: Object = plain("the document", DOCUMENT_FIELDS);
pub(super) const PATHS: Object = pattern("the paths", Others::SwaggerPaths);
pub(super) const PATH_ITEM: Object = plain("a path item", PATH_ITEM_FIELDS);
pub(super) const OPERATIONS: Object = plain("an operation", OPERATION_FIELDS);
pub(super) const PARAMETER: Object = plain("a parameter", PARAMETER_FIELDS);
pub(super) const ITEMS: Object = plain("the items", ITEMS_FIELDS);
pub(super) const RESPONSES: Object = pattern("the responses", Others::SwaggerStatuses);
pub(super) const RESPONSE: Object = plain("a response", RESPONSE_FIELDS);
pub(super) const HEADER: Object = plain("a header", HEADER_FIELDS);
pub(super) const SECURITY_SCHEME: Object = plain("a security scheme", SECURITY_SCHEME_FIELDS);

const fn plain(label: &'static str, fields: &'static [Field]) -> Object {
    Object { label, fields, others: Others::Unknown, stamp: Stamp::Place }
}

const fn pattern(label: &'static str, others: Others) -> Object {
    Object { label, fields: &[], others, stamp: Stamp::Place }
}

const DOCUMENT_FIELDS: &[Field] = &[
    field("swagger", Holds::Json).need(Need::Required),
    field("info", Holds::Object(Kind::Info)).need(Need::Required),
    field("host", Holds::Text),
    field("basePath", Holds::Text),
    field("schemes", SCHEMES),
    field("consumes", TEXTS),
    field("produces", TEXTS),
    field("paths", Holds::Object(Kind::SwaggerPaths)).need(Need::ElseMap),
    field("definitions", Holds::Map(&Holds::Schema)),
    field("parameters", Holds::Map(&Holds::Reusable(Kind::SwaggerParameter))),
    field("responses", Holds::Map(&Holds::Reusable(Kind::SwaggerResponse))),
    field("securityDefinitions", Holds::Map(&Holds::Object(Kind::SwaggerSecurityScheme))),
    field("security", SECURITY),
    field("tags", Holds::List(&Holds::Object(Kind::Tag))),
    field("externalDocs", Holds::Object(Kind::ExternalDocs)),
];

const PATH_ITEM_FIELDS: &[Field] = &[
    field("get", OPERATION),
    field("put", OPERATION),
    field("post", OPERATION),
    field("delete", OPERATION),
    field("options", OPERATION),
    field("head", OPERATION),
    field("patch", OPERATION),
    field("parameters", PARAMETERS),
];

const OPERATION_FIELDS: &[Field] = &[
    field("tags", TEXTS),
    field("summary", Holds::Prose),
    field("description", Holds::Prose),
    field("externalDocs", Holds::Object(Kind::ExternalDocs)),
    field("operationId", Holds::Text),
    field("consumes", TEXTS),
    field("produces", TEXTS),
    field("parameters", PARAMETERS),
    field("responses", Holds::Object(Kind::SwaggerResponses)).need(Need::ElseMap),
    field("schemes", SCHEMES),
    field("deprecated", Holds::Flag),
    field("security", SECURITY),
];

const PARAMETER_FIELDS: &[Field] = &[
    field("name", Holds::Text).need(Need::Required),
    field("in", Holds::Word(LOCATIONS)).need(Need::Required),
    field("description", Holds::Prose),
    field("required", Holds::Flag),
    field("schema", Holds::Schema),
    field("allowEmptyValue", Holds::Flag),
    field("type", Holds::Word(TYPES)),
    field("format", Holds::Text),
    field("items", Holds::Object(Kind::SwaggerItems)),
    field("collectionFormat", Holds::Word(COLLECTIONS)),
    field("default", Holds::Json),
    field("enum", Holds::List(&Holds::Json)),
    field("maximum", Holds::Number),
    field("exclusiveMaximum", Holds::Bound),
    field("minimum", Holds::Number),
    field("exclusiveMinimum", Holds::Bound),
    field("maxLength", Holds::Size),
    field("minLength", Holds::Size),
    field("pattern", Holds::Text),
    field("maxItems", Holds::Size),
    field("minItems", Holds::Size),
    field("uniqueItems", Holds::Flag),
    field("multipleOf", Holds::Number),
];

const ITEMS_FIELDS: &[Field] = &[
    field("type", Holds::Word(TYPES)),
    field("format", Holds::Text),
    field("items", Holds::Object(Kind::SwaggerItems)),
    field("collectionFormat", Holds::Word(COLLECTIONS)),
    field("default", Holds::Json),
    field("enum", Holds::List(&Holds::Json)),
    field("maximum", Holds::Number),
    field("exclusiveMaximum", Holds::Bound),
    field("minimum", Holds::Number),
    field("exclusiveMinimum", Holds::Bound),
    field("maxLength", Holds::Size),
    field("minLength", Holds::Size),
    field("pattern", Holds::Text),
    field("maxItems", Holds::Size),
    field("minItems", Holds::Size),
    field("uniqueItems", Holds::Flag),
    field("multipleOf", Holds::Number),
    // Not of the specification, but a schema is what authors think of here.
    field("description", Holds::Prose),
];

const HEADER_FIELDS: &[Field] = ITEMS_FIELDS;

const RESPONSE_FIELDS: &[Field] = &[
    field("description", Holds::Prose).need(Need::ElseText),
    field("schema", Holds::Schema),
    field("headers", Holds::Map(&Holds::Object(Kind::SwaggerHeader))),
    field("examples", Holds::Map(&Holds::Json)),
];

const SECURITY_SCHEME_FIELDS: &[Field] = &[
    field("type", Holds::Word(&["basic", "apiKey", "oauth2"])).need(Need::Required),
    field("description", Holds::Prose),
    field("name", Holds::Text),
    field("in", Holds::Word(&["query", "header"])),
    field("flow", Holds::Word(FLOWS)),
    field("authorizationUrl", Holds::Text),
    field("tokenUrl", Holds::Text),
    field("scopes", Holds::Map(&Holds::Prose)),
];
