//! The grammar of OpenAPI 2.0 to 3.2 as data: for each kind of object its keys, and what they hold.
//!
//! A map of names (`properties`, `responses` under `components`) is not an object of the
//! specification: [`Holds::Map`] keeps the two apart, so a property may be called `const` or `$ref`.

mod objects;
mod schema;
mod swagger2;

use crate::reference::Section;

/// A kind of object in the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OauthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    SecurityRequirement,
    /// The document of 2.0, and what else it has in a form of its own.
    Swagger,
    SwaggerPaths,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerItems,
    SwaggerResponses,
    SwaggerResponse,
    SwaggerHeader,
    SwaggerSecurityScheme,
}

/// What the specification says about a kind of object.
#[derive(Debug)]
pub(super) struct Object {
    /// The kind in words, for messages.
    pub(super) label: &'static str,
    /// Its keys.
    pub(super) fields: &'static [Field],
    /// What keys beside these mean.
    pub(super) others: Others,
    /// Whether openapiv3 keeps extensions of it, so that it can carry its place.
    pub(super) stamp: Stamp,
}

/// Keys that are patterns instead of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    /// There are none.
    Unknown,
    /// Path templates.
    Paths,
    /// Status codes.
    Statuses,
    /// Path templates of 2.0.
    SwaggerPaths,
    /// Status codes of 2.0.
    SwaggerStatuses,
    /// Runtime expressions of a callback.
    Expressions,
    /// Names of security schemes.
    Schemes,
}

/// Whether an object carries its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// As the extension `x-at`.
    Place,
    /// It has no slot for that.
    None,
}

/// A key of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) holds: Holds,
    pub(super) need: Need,
    pub(super) since: Since,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// It must be there, but documents leave it out and an empty text loses nothing.
    ElseText,
    /// It must be there, but documents leave it out and an empty map loses nothing.
    ElseMap,
    /// It must be there in 3.0 only, and an empty map says the same.
    MapSince31,
}

/// The version that has a key first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Since {
    /// Swagger 2.0
    V20,
    /// OpenAPI 3.0
    V30,
    /// OpenAPI 3.1
    V31,
    /// OpenAPI 3.2, which is read as 3.1: what is new says nothing, or is left out with a gap.
    V32,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Holds {
    /// Text for people. Where it is a reference, it is left out.
    Prose,
    /// Text for machines.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number from zero.
    Size,
    /// Any JSON.
    Json,
    /// One of these words.
    Word(&'static [&'static str]),
    /// An object.
    Object(Kind),
    /// An object, or a reference to one under `components`.
    Reusable(Kind),
    /// A list.
    List(&'static Holds),
    /// Names, each with a value.
    Map(&'static Holds),
    /// A schema: an object, a reference, or since 3.1 `true` or `false`.
    Schema,
    /// A schema, or `true` or `false` in their own right (`additionalProperties`).
    SchemaOrFlag,
    /// The schema of items; drafts before 2020 had a list here as well.
    Items,
    /// A type's name, or since 3.1 a list of them.
    Type,
    /// A flag in 3.0, a number since 3.1.
    Bound,
    /// A list of names of required properties; older drafts had a flag on the property.
    RequiredNames,
    /// An object in 3.0 and later; a property's name in 2.0.
    Discriminator,
    /// Examples by name; their form does not matter.
    Examples,
    /// Fixed values of 3.1 that are harmless to leave out.
    Harmless,
    /// A keyword that 3.0 cannot say; it is left out with a gap.
    Unsupported,
}

const fn field(key: &'static str, holds: Holds) -> Field {
    Field { key, holds, need: Need::Optional, since: Since::V30 }
}

impl Field {
    const fn need(mut self, need: Need) -> Self {
        self.need = need;
        self
    }

    const fn since_3_2(mut self) -> Self {
        self.since = Since::V32;
        self
    }

    const fn since_3_1(mut self) -> Self {
        self.since = Since::V31;
        self
    }
}

impl Kind {
    /// What the specification says about it.
    pub(super) const fn object(self) -> &'static Object {
        objects::object(self)
    }

    /// The section of `components` in which it can stand under a name.
    pub(super) const fn section(self) -> Option<Section> {
        match self {
            Self::Schema => Some(Section::Schemas),
            Self::Response | Self::SwaggerResponse => Some(Section::Responses),
            Self::Parameter | Self::SwaggerParameter => Some(Section::Parameters),
            Self::Example => Some(Section::Examples),
            Self::RequestBody => Some(Section::RequestBodies),
            Self::Header => Some(Section::Headers),
            Self::SecurityScheme => Some(Section::SecuritySchemes),
            Self::Link => Some(Section::Links),
            Self::Callback => Some(Section::Callbacks),
            Self::PathItem | Self::SwaggerPathItem => Some(Section::PathItems),
            _ => None,
        }
    }
}
