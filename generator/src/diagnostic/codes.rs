//! The codes of all diagnostics, each with its long text for `oasmith explain`.

use std::fmt;

use super::explain::explain;

/// Names one rule; see [`Code::explain`] for what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// The text is not YAML or JSON.
    YamlSyntax,
    /// A mapping has the same key twice.
    DuplicateKey,
    /// The text is larger than the bound.
    LimitSize,
    /// Nesting is deeper than the bound.
    LimitDepth,
    /// Aliases expand to more nodes than the bound.
    LimitAliases,
    /// A key of `generator.yaml` is unknown or has a wrong value.
    InvalidConfig,
    /// An entry of `generator.yaml` matched nothing.
    UnusedConfig,
    /// An action of an overlay selects nothing, or what it cannot change.
    OverlayTarget,
    /// The document is not of a version that can be read.
    UnsupportedVersion,
    /// A keyword that the specification does not have at this place.
    UnknownKeyword,
    /// A value of the wrong JSON type.
    WrongType,
    /// A value of the right type that the specification does not allow.
    InvalidValue,
    /// A required field is missing.
    MissingField,
    /// A `$ref` whose target does not exist.
    ReferenceNotFound,
    /// A `$ref` that leads back to itself without anything in between.
    ReferenceCycle,
    /// A `$ref` that leaves the root folder, or to a URL.
    ReferenceOutside,
    /// A `$ref` to an object of another kind.
    ReferenceKind,
    /// A keyword of the specification that the crate cannot express yet.
    UnsupportedKeyword,
    /// A schema that becomes a free `Value`.
    Untyped,
    /// Members of `allOf` that no value can meet together.
    AllOfConflict,
    /// Two operations with one `operationId`.
    DuplicateOperationId,
    /// A path template and its parameters disagree.
    PathParameter,
    /// The same parameter twice.
    DuplicateParameter,
    /// A parameter that cannot be sent yet.
    UnsupportedParameter,
    /// A request body that cannot be sent yet.
    UnsupportedBody,
    /// A response that cannot be read yet.
    UnsupportedResponse,
    /// A security scheme that the client does not have yet.
    UnsupportedSecurity,
    /// An operation that is left out.
    SkippedOperation,
    /// An `x-oneof-groups` extension that does not fit its schema.
    InvalidOneofGroup,
    /// A limit that `validate()` does not check.
    UncheckedLimit,
    /// A default that is not filled in.
    UnfilledDefault,
    /// Two things that become one name.
    NameCollision,
    /// A key of `waivers.yaml` is unknown or missing, or has a wrong value.
    InvalidWaiver,
    /// A waiver whose last day is over.
    ExpiredWaiver,
    /// A waiver that no change asks for.
    UnusedWaiver,
    /// A fault of the generator, not of the document.
    Internal,
}

impl Code {
    /// All codes, in the order of the enum.
    pub const ALL: &[Self] = &[
        Self::YamlSyntax,
        Self::DuplicateKey,
        Self::LimitSize,
        Self::LimitDepth,
        Self::LimitAliases,
        Self::InvalidConfig,
        Self::UnusedConfig,
        Self::OverlayTarget,
        Self::UnsupportedVersion,
        Self::UnknownKeyword,
        Self::WrongType,
        Self::InvalidValue,
        Self::MissingField,
        Self::ReferenceNotFound,
        Self::ReferenceCycle,
        Self::ReferenceOutside,
        Self::ReferenceKind,
        Self::UnsupportedKeyword,
        Self::Untyped,
        Self::AllOfConflict,
        Self::DuplicateOperationId,
        Self::PathParameter,
        Self::DuplicateParameter,
        Self::UnsupportedParameter,
        Self::UnsupportedBody,
        Self::UnsupportedResponse,
        Self::UnsupportedSecurity,
        Self::SkippedOperation,
        Self::InvalidOneofGroup,
        Self::UncheckedLimit,
        Self::UnfilledDefault,
        Self::NameCollision,
        Self::InvalidWaiver,
        Self::ExpiredWaiver,
        Self::UnusedWaiver,
        Self::Internal,
    ];

    /// The name of the code, as messages show it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::YamlSyntax => "yaml-syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::LimitSize => "limit-size",
            Self::LimitDepth => "limit-depth",
            Self::LimitAliases => "limit-aliases",
            Self::InvalidConfig => "invalid-config",
            Self::UnusedConfig => "unused-config",
            Self::OverlayTarget => "overlay-target",
            Self::UnsupportedVersion => "unsupported-version",
            Self::UnknownKeyword => "unknown-keyword",
            Self::WrongType => "wrong-type",
            Self::InvalidValue => "invalid-value",
            Self::MissingField => "missing-field",
            Self::ReferenceNotFound => "reference-not-found",
            Self::ReferenceCycle => "reference-cycle",
            Self::ReferenceOutside => "reference-outside",
            Self::ReferenceKind => "reference-kind",
            Self::UnsupportedKeyword => "unsupported-keyword",
            Self::Untyped => "untyped",
            Self::AllOfConflict => "allof-conflict",
            Self::DuplicateOperationId => "duplicate-operation-id",
            Self::PathParameter => "path-parameter",
            Self::DuplicateParameter => "duplicate-parameter",
            Self::UnsupportedParameter => "unsupported-parameter",
            Self::UnsupportedBody => "unsupported-body",
            Self::UnsupportedResponse => "unsupported-response",
            Self::UnsupportedSecurity => "unsupported-security",
            Self::SkippedOperation => "skipped-operation",
            Self::InvalidOneofGroup => "invalid-oneof-group",
            Self::UncheckedLimit => "unchecked-limit",
            Self::UnfilledDefault => "unfilled-default",
            Self::NameCollision => "name-collision",
            Self::InvalidWaiver => "invalid-waiver",
            Self::ExpiredWaiver => "expired-waiver",
            Self::UnusedWaiver => "unused-waiver",
            Self::Internal => "internal",
        }
    }

    /// The code of a name, if it is one; the inverse of [`Code::as_str`].
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// What the code means, why it matters and what to do about it: a few paragraphs for a terminal.
    pub const fn explain(self) -> &'static str {
        explain(self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
