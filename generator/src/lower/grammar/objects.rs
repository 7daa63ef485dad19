//! The tables of all objects; the words of schemas stand beside them.

use super::{Field, Holds, Kind, Need, Object, Others, Stamp, field, schema, swagger2};

/// The names of locations of a parameter.
const LOCATIONS: &[&str] = &["path", "query", "header", "cookie", "querystring"];

/// All styles; which of them a location allows is a rule of its own.
const STYLES: &[&str] = &[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
];

/// The styles of a part of a form.
const FORM_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

/// The types of security schemes.
const SCHEMES: &[&str] = &["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];

const SERVERS: Holds = Holds::List(&Holds::Object(Kind::Server));
const SECURITY: Holds = Holds::List(&Holds::Object(Kind::SecurityRequirement));
const PARAMETERS: Holds = Holds::List(&Holds::Reusable(Kind::Parameter));
const CONTENT: Holds = Holds::Map(&Holds::Object(Kind::MediaType));
const HEADERS: Holds = Holds::Map(&Holds::Reusable(Kind::Header));
const OPERATION: Holds = Holds::Object(Kind::Operation);
const EXTERNAL_DOCS: Holds = Holds::Object(Kind::ExternalDocs);

pub(super) const fn object(kind: Kind) -> &'static Object {
    match kind {
        Kind::Document => &const { plain("the document", DOCUMENT) },
        Kind::Info => &const { plain("the info object", INFO) },
        Kind::Contact => &const { plain("a contact", CONTACT) },
        Kind::License => &const { plain("a license", LICENSE) },
        Kind::Server => &const { plain("a server", SERVER) },
        Kind::ServerVariable => &const { plain("a server variable", SERVER_VARIABLE) },
        Kind::Components => &const { plain("the components", COMPONENTS) },
        Kind::Paths => &const { pattern("the paths", Others::Paths, Stamp::Place) },
        Kind::PathItem => &const { plain("a path item", PATH_ITEM) },
        Kind::Operation => &const { plain("an operation", OPERATION_FIELDS) },
        Kind::ExternalDocs => &const { plain("external documentation", EXTERNAL_DOCS_FIELDS) },
        Kind::Parameter => &const { plain("a parameter", PARAMETER) },
        Kind::RequestBody => &const { plain("a request body", REQUEST_BODY) },
        Kind::MediaType => &const { plain("a media type", MEDIA_TYPE) },
        Kind::Encoding => &const { plain("an encoding", ENCODING) },
        Kind::Responses => &const { pattern("the responses", Others::Statuses, Stamp::Place) },
        Kind::Response => &const { plain("a response", RESPONSE) },
        Kind::Callback => &const { pattern("a callback", Others::Expressions, Stamp::None) },
        Kind::Example => &const { plain("an example", EXAMPLE) },
        Kind::Link => &const { plain("a link", LINK) },
        Kind::Header => &const { plain("a header", HEADER) },
        Kind::Tag => &const { plain("a tag", TAG) },
        Kind::SecurityScheme => &const { plain("a security scheme", SECURITY_SCHEME) },
        Kind::OauthFlows => &const { plain("the OAuth flows", OAUTH_FLOWS) },
        Kind::ImplicitFlow => &const { plain("an implicit flow", IMPLICIT) },
        Kind::PasswordFlow => &const { plain("a password flow", PASSWORD) },
        Kind::ClientCredentialsFlow => &const { plain("a client credentials flow", PASSWORD) },
        Kind::AuthorizationCodeFlow => &const { plain("an authorization code flow", CODE) },
        Kind::SecurityRequirement => {
            &const { pattern("a security requirement", Others::Schemes, Stamp::None) }
        }
        Kind::Schema => &schema::SCHEMA,
        Kind::Discriminator => &schema::DISCRIMINATOR,
        Kind::Xml => &schema::XML,
        Kind::Swagger => &swagger2::DOCUMENT,
        Kind::SwaggerPaths => &swagger2::PATHS,
        Kind::SwaggerPathItem => &swagger2::PATH_ITEM,
        Kind::SwaggerOperation => &swagger2::OPERATIONS,
        Kind::SwaggerParameter => &swagger2::PARAMETER,
        Kind::SwaggerItems => &swagger2::ITEMS,
        Kind::SwaggerResponses => &swagger2::RESPONSES,
        Kind::SwaggerResponse => &swagger2::RESPONSE,
        Kind::SwaggerHeader => &swagger2::HEADER,
        Kind::SwaggerSecurityScheme => &swagger2::SECURITY_SCHEME,
    }
}

const fn plain(label: &'static str, fields: &'static [Field]) -> Object {
    Object { label, fields, others: Others::Unknown, stamp: Stamp::Place }
}

const fn pattern(label: &'static str, others: Others, stamp: Stamp) -> Object {
    Object { label, fields: &[], others, stamp }
}

const DOCUMENT: &[Field] = &[
    field("openapi", Holds::Json).need(Need::Required),
    field("info", Holds::Object(Kind::Info)).need(Need::Required),
    field("servers", SERVERS),
    field("paths", Holds::Object(Kind::Paths)), // required in 3.0 only
    field("components", Holds::Object(Kind::Components)),
    field("security", SECURITY),
    field("tags", Holds::List(&Holds::Object(Kind::Tag))),
    field("externalDocs", EXTERNAL_DOCS),
    field("webhooks", Holds::Map(&Holds::Reusable(Kind::PathItem))).since_3_1(),
    field("jsonSchemaDialect", Holds::Harmless).since_3_1(),
    field("$self", Holds::Harmless).since_3_2(),
];

const INFO: &[Field] = &[
    field("title", Holds::Prose).need(Need::Required),
    field("summary", Holds::Harmless).since_3_1(),
    field("description", Holds::Prose),
    field("termsOfService", Holds::Prose),
    field("contact", Holds::Object(Kind::Contact)),
    field("license", Holds::Object(Kind::License)),
    field("version", Holds::Prose).need(Need::ElseText),
];

const CONTACT: &[Field] =
    &[field("name", Holds::Prose), field("url", Holds::Prose), field("email", Holds::Prose)];

const LICENSE: &[Field] = &[
    field("name", Holds::Prose).need(Need::Required),
    field("identifier", Holds::Harmless).since_3_1(),
    field("url", Holds::Prose),
];

const SERVER: &[Field] = &[
    field("url", Holds::Text).need(Need::Required),
    field("name", Holds::Harmless).since_3_2(),
    field("description", Holds::Prose),
    field("variables", Holds::Map(&Holds::Object(Kind::ServerVariable))),
];

const SERVER_VARIABLE: &[Field] = &[
    field("enum", Holds::List(&Holds::Prose)),
    field("default", Holds::Prose).need(Need::Required),
    field("description", Holds::Prose),
];

const COMPONENTS: &[Field] = &[
    field("schemas", Holds::Map(&Holds::Reusable(Kind::Schema))),
    field("responses", Holds::Map(&Holds::Reusable(Kind::Response))),
    field("parameters", Holds::Map(&Holds::Reusable(Kind::Parameter))),
    field("examples", Holds::Map(&Holds::Reusable(Kind::Example))),
    field("requestBodies", Holds::Map(&Holds::Reusable(Kind::RequestBody))),
    field("headers", Holds::Map(&Holds::Reusable(Kind::Header))),
    field("securitySchemes", Holds::Map(&Holds::Reusable(Kind::SecurityScheme))),
    field("links", Holds::Map(&Holds::Reusable(Kind::Link))),
    field("callbacks", Holds::Map(&Holds::Reusable(Kind::Callback))),
    field("pathItems", Holds::Map(&Holds::Reusable(Kind::PathItem))).since_3_1(),
    // References to them are replaced by what they lead to.
    field("mediaTypes", Holds::Harmless).since_3_2(),
];

const PATH_ITEM: &[Field] = &[
    field("summary", Holds::Prose),
    field("description", Holds::Prose),
    field("get", OPERATION),
    field("put", OPERATION),
    field("post", OPERATION),
    field("delete", OPERATION),
    field("options", OPERATION),
    field("head", OPERATION),
    field("patch", OPERATION),
    field("trace", OPERATION),
    field("query", Holds::Unsupported).since_3_2(),
    field("additionalOperations", Holds::Unsupported).since_3_2(),
    field("servers", SERVERS),
    field("parameters", PARAMETERS),
];

const OPERATION_FIELDS: &[Field] = &[
    field("tags", Holds::List(&Holds::Text)),
    field("summary", Holds::Prose),
    field("description", Holds::Prose),
    field("externalDocs", EXTERNAL_DOCS),
    field("operationId", Holds::Text),
    field("parameters", PARAMETERS),
    field("requestBody", Holds::Reusable(Kind::RequestBody)),
    field("responses", Holds::Object(Kind::Responses)).need(Need::MapSince31),
    field("callbacks", Holds::Map(&Holds::Reusable(Kind::Callback))),
    field("deprecated", Holds::Flag),
    field("security", SECURITY),
    field("servers", SERVERS),
];

const EXTERNAL_DOCS_FIELDS: &[Field] =
    &[field("description", Holds::Prose), field("url", Holds::Text).need(Need::Required)];

const PARAMETER: &[Field] = &[
    field("name", Holds::Text).need(Need::Required),
    field("in", Holds::Word(LOCATIONS)).need(Need::Required),
    field("description", Holds::Prose),
    field("required", Holds::Flag),
    field("deprecated", Holds::Flag),
    field("allowEmptyValue", Holds::Flag),
    field("style", Holds::Word(STYLES)),
    field("explode", Holds::Flag),
    field("allowReserved", Holds::Flag),
    field("schema", Holds::Schema),
    field("example", Holds::Json),
    field("examples", Holds::Examples),
    field("content", CONTENT),
];

const REQUEST_BODY: &[Field] = &[
    field("description", Holds::Prose),
    field("content", CONTENT).need(Need::ElseMap),
    field("required", Holds::Flag),
];

const MEDIA_TYPE: &[Field] = &[
    field("schema", Holds::Schema),
    field("example", Holds::Json),
    field("examples", Holds::Examples),
    field("encoding", Holds::Map(&Holds::Object(Kind::Encoding))),
    field("itemSchema", Holds::Unsupported).since_3_2(),
    field("prefixEncoding", Holds::Unsupported).since_3_2(),
    field("itemEncoding", Holds::Unsupported).since_3_2(),
];

const ENCODING: &[Field] = &[
    field("contentType", Holds::Text),
    field("headers", HEADERS),
    field("style", Holds::Word(FORM_STYLES)),
    field("explode", Holds::Flag),
    field("allowReserved", Holds::Flag),
];

const RESPONSE: &[Field] = &[
    field("summary", Holds::Harmless).since_3_2(),
    field("description", Holds::Prose).need(Need::ElseText),
    field("headers", HEADERS),
    field("content", CONTENT),
    field("links", Holds::Map(&Holds::Reusable(Kind::Link))),
];

const EXAMPLE: &[Field] = &[
    field("summary", Holds::Prose),
    field("description", Holds::Prose),
    field("value", Holds::Json),
    field("externalValue", Holds::Text),
    // Examples only show what the rest says.
    field("dataValue", Holds::Harmless).since_3_2(),
    field("serializedValue", Holds::Harmless).since_3_2(),
];

const LINK: &[Field] = &[
    field("operationRef", Holds::Text),
    field("operationId", Holds::Text),
    field("parameters", Holds::Map(&Holds::Json)),
    field("requestBody", Holds::Json),
    field("description", Holds::Prose),
    field("server", Holds::Object(Kind::Server)),
];

const HEADER: &[Field] = &[
    field("description", Holds::Prose),
    field("required", Holds::Flag),
    field("deprecated", Holds::Flag),
    field("allowEmptyValue", Holds::Flag),
    field("style", Holds::Word(&["simple"])),
    field("explode", Holds::Flag),
    field("allowReserved", Holds::Flag),
    field("schema", Holds::Schema),
    field("example", Holds::Json),
    field("examples", Holds::Examples),
    field("content", CONTENT),
];

const TAG: &[Field] = &[
    field("name", Holds::Text).need(Need::Required),
    field("summary", Holds::Harmless).since_3_2(),
    field("parent", Holds::Harmless).since_3_2(),
    field("kind", Holds::Harmless).since_3_2(),
    field("description", Holds::Prose),
    field("externalDocs", EXTERNAL_DOCS),
];

const SECURITY_SCHEME: &[Field] = &[
    field("type", Holds::Word(SCHEMES)).need(Need::Required),
    field("description", Holds::Prose),
    field("name", Holds::Text),
    field("in", Holds::Word(&["query", "header", "cookie"])),
    field("scheme", Holds::Text),
    field("bearerFormat", Holds::Prose),
    field("flows", Holds::Object(Kind::OauthFlows)),
    field("openIdConnectUrl", Holds::Text),
    field("oauth2MetadataUrl", Holds::Harmless).since_3_2(),
    field("deprecated", Holds::Harmless).since_3_2(),
];

const OAUTH_FLOWS: &[Field] = &[
    field("implicit", Holds::Object(Kind::ImplicitFlow)),
    field("password", Holds::Object(Kind::PasswordFlow)),
    field("clientCredentials", Holds::Object(Kind::ClientCredentialsFlow)),
    field("authorizationCode", Holds::Object(Kind::AuthorizationCodeFlow)),
    field("deviceAuthorization", Holds::Unsupported).since_3_2(),
];

const SCOPES: Holds = Holds::Map(&Holds::Prose);

const IMPLICIT: &[Field] = &[
    field("authorizationUrl", Holds::Text).need(Need::Required),
    field("refreshUrl", Holds::Text),
    field("scopes", SCOPES).need(Need::ElseMap),
];

const PASSWORD: &[Field] = &[
    field("tokenUrl", Holds::Text).need(Need::Required),
    field("refreshUrl", Holds::Text),
    field("scopes", SCOPES).need(Need::ElseMap),
];

const CODE: &[Field] = &[
    field("authorizationUrl", Holds::Text).need(Need::Required),
    field("tokenUrl", Holds::Text).need(Need::Required),
    field("refreshUrl", Holds::Text),
    field("scopes", SCOPES).need(Need::ElseMap),
];
