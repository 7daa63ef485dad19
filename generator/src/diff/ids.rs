//! The ids of changes: a word for each, after the Rust thing that it is about.

mod rows;

use std::fmt;

use rows::{GROUPS, ROWS};

/// What kind of change it is. `oasmith explain` tells more about each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Id {
    /// An operation is gone.
    OperationRemoved,
    /// There is a new operation.
    OperationAdded,
    /// The method of an operation has another name.
    OperationRenamed,
    /// An operation stands in another group.
    OperationRegrouped,
    /// An operation has another path or HTTP method.
    OperationMoved,
    /// An operation has another `operationId`, and its method the same name.
    OperationIdChanged,
    /// An operation should not be used any more, or may be again.
    OperationDeprecated,
    /// The date on which an operation ends is another one.
    OperationSunsetChanged,
    /// A method needs a Cargo feature, or needs it no more.
    OperationGated,
    /// A listing has `pages()` and `items()`.
    PagingAdded,
    /// A listing has no `pages()` and `items()` any more.
    PagingRemoved,
    /// A listing is paged in another way.
    PagingChanged,
    /// Other failures of an operation are tried again.
    RetriesChanged,
    /// An operation has a new parameter.
    ParameterAdded,
    /// A parameter is gone.
    ParameterRemoved,
    /// A parameter must be given.
    ParameterBecameRequired,
    /// A parameter may be left out.
    ParameterBecameOptional,
    /// A parameter has another name in Rust.
    ParameterRenamed,
    /// A parameter has another name on the wire.
    ParameterWireRenamed,
    /// A parameter is sent in another place.
    ParameterMoved,
    /// A parameter has another type.
    ParameterTypeChanged,
    /// A parameter is written in another form.
    ParameterEncodingChanged,
    /// A parameter may have other values of its type.
    ParameterLimitsChanged,
    /// The server takes another value for a parameter that is left out.
    ParameterDefaultChanged,
    /// A parameter should not be used any more, or may be again.
    ParameterDeprecated,
    /// An operation takes a body.
    BodyAdded,
    /// An operation takes no body any more.
    BodyRemoved,
    /// A body must be given.
    BodyBecameRequired,
    /// A body may be left out.
    BodyBecameOptional,
    /// A body has another type.
    BodyTypeChanged,
    /// A body can be sent in one more media type.
    BodyMediaAdded,
    /// A body cannot be sent in a media type any more.
    BodyMediaRemoved,
    /// A body of parts has a new part.
    BodyPartAdded,
    /// A part of a body is gone.
    BodyPartRemoved,
    /// A part of a body is given or written in another way.
    BodyPartChanged,
    /// A type is gone.
    TypeRemoved,
    /// There is a new type.
    TypeAdded,
    /// A type has another name or module.
    TypeRenamed,
    /// A type is of another kind: a struct, an enum, a union or an alias.
    TypeKindChanged,
    /// A value is in a `Box`, or no more, because types lead back to themselves in another way.
    TypeBoxed,
    /// A type has other traits.
    TypeTraitsChanged,
    /// An alias stands for another type.
    AliasTypeChanged,
    /// Other fields exclude each other.
    OneofGroupChanged,
    /// A struct keeps other properties that the document does not name.
    AdditionalChanged,
    /// A struct has a new optional field.
    FieldAdded,
    /// A struct has a new required field.
    FieldRequiredAdded,
    /// A field is gone.
    FieldRemoved,
    /// A field has another name in Rust.
    FieldRenamed,
    /// A field has another key in JSON.
    FieldWireRenamed,
    /// A field has another type.
    FieldTypeChanged,
    /// A field has a type of more values.
    FieldTypeWidened,
    /// A field has a type of fewer values.
    FieldTypeNarrowed,
    /// A field has the same type and another form in JSON.
    FieldEncodingChanged,
    /// A field may be missing.
    FieldBecameOptional,
    /// A field must be there.
    FieldBecameRequired,
    /// A field may be null, or no more.
    FieldNullChanged,
    /// Another side may set a field (`readOnly`, `writeOnly`).
    FieldAccessChanged,
    /// A field may have other values of its type.
    FieldLimitsChanged,
    /// A field that is left out has another value.
    FieldDefaultChanged,
    /// A field should not be used any more, or may be again.
    FieldDeprecated,
    /// An enum has a new value.
    EnumValueAdded,
    /// A value of an enum is gone.
    EnumValueRemoved,
    /// The variant of a value has another name.
    EnumValueRenamed,
    /// A variant stands for another value.
    EnumValueChanged,
    /// An enum keeps values that it does not know.
    EnumOpened,
    /// An enum refuses values that it does not know.
    EnumClosed,
    /// A union has a new member.
    UnionVariantAdded,
    /// A member of a union is gone.
    UnionVariantRemoved,
    /// The variant of a member has another name.
    UnionVariantRenamed,
    /// A variant holds another type.
    UnionVariantTypeChanged,
    /// The members of a union are told apart in another way.
    UnionTagChanged,
    /// The members of a union are tried in another order.
    UnionOrderChanged,
    /// What an operation succeeds with has another type.
    ResponseTypeChanged,
    /// An operation can succeed with one more status.
    ResponseStatusAdded,
    /// An operation succeeds with a status no more.
    ResponseStatusRemoved,
    /// An answer can come in one more media type.
    ResponseMediaAdded,
    /// An answer comes in a media type no more.
    ResponseMediaRemoved,
    /// The document describes the body of one more error.
    ErrorTypeAdded,
    /// The document describes the body of an error no more.
    ErrorTypeRemoved,
    /// The body of an error has another type.
    ErrorTypeChanged,
    /// The document describes one more header of answers.
    ResponseHeaderAdded,
    /// The document describes a header of answers no more.
    ResponseHeaderRemoved,
    /// A header of answers is read in another way.
    ResponseHeaderChanged,
    /// There is one more API key.
    AuthSchemeAdded,
    /// An API key is gone.
    AuthSchemeRemoved,
    /// An API key is sent under another name or in another place.
    AuthKeyChanged,
    /// Tokens are fetched from another URL.
    AuthTokenUrlChanged,
    /// An operation wants other credentials.
    OperationAuthChanged,
    /// The client has another server where the caller names none.
    ServerChanged,
    /// There is one more server to choose.
    ServerAdded,
    /// A server to choose is gone.
    ServerRemoved,
    /// A variable of a server's address has other values.
    ServerVariableChanged,
    /// A Cargo feature is gone.
    FeatureRemoved,
    /// There is one more Cargo feature.
    FeatureAdded,
    /// Documentation reads differently.
    DocsChanged,
    /// The API has another version or title.
    VersionChanged,
    /// The document says the same in other words.
    DocumentReencoded,
    /// The generator or its templates are others.
    GeneratorChanged,
    /// `generator.yaml` asks for another package, or other modules.
    ConfigChanged,
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Whole operations.
    Operations,
    /// How an operation is called: parameters and bodies.
    CallSurface,
    /// Types.
    Types,
    /// Fields of structs.
    Fields,
    /// Values of enums and members of unions.
    Values,
    /// What operations come back with.
    Responses,
    /// Signing in, servers and Cargo features.
    Client,
    /// Texts.
    Text,
    /// What is not the document's.
    Process,
}

impl Id {
    /// All ids, group by group.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.0)
    }

    /// The id of a word.
    pub fn parse(word: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.1 == word).map(|row| row.0)
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        self.row().map_or("", |row| row.1)
    }

    /// What it is about.
    pub fn group(self) -> Group {
        self.row().map_or(Group::Process, |row| row.2)
    }

    /// The id of the same change the other way round.
    #[must_use]
    pub fn mirror(self) -> Self {
        self.row().map_or(self, |row| row.3)
    }

    fn row(self) -> Option<&'static (Self, &'static str, Group, Self)> {
        ROWS.get(self as usize)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

impl Group {
    /// All groups.
    pub fn all() -> impl Iterator<Item = Self> {
        GROUPS.iter().map(|row| row.0)
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        GROUPS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Id, ROWS};

    #[test]
    fn rows_stand_in_the_order_of_the_ids_and_words_are_their_own() {
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.0 as usize, at, "{}", row.1);
            assert_eq!(Id::parse(row.1), Some(row.0));
        }
    }
}
