//! The long texts for `oasmith explain CODE`: what a code means, why, and what to do.
//!
//! Each starts with its meaning in one sentence, and ends with a line end.

use super::Code;

/// The long text of a code.
pub(super) const fn explain(code: Code) -> &'static str {
    match code {
        Code::YamlSyntax => YAML_SYNTAX,
        Code::DuplicateKey => DUPLICATE_KEY,
        Code::LimitSize => LIMIT_SIZE,
        Code::LimitDepth => LIMIT_DEPTH,
        Code::LimitAliases => LIMIT_ALIASES,
        Code::InvalidConfig => INVALID_CONFIG,
        Code::UnusedConfig => UNUSED_CONFIG,
        Code::OverlayTarget => OVERLAY_TARGET,
        Code::UnsupportedVersion => UNSUPPORTED_VERSION,
        Code::UnknownKeyword => UNKNOWN_KEYWORD,
        Code::WrongType => WRONG_TYPE,
        Code::InvalidValue => INVALID_VALUE,
        Code::MissingField => MISSING_FIELD,
        Code::ReferenceNotFound => REFERENCE_NOT_FOUND,
        Code::ReferenceCycle => REFERENCE_CYCLE,
        Code::ReferenceOutside => REFERENCE_OUTSIDE,
        Code::ReferenceKind => REFERENCE_KIND,
        Code::UnsupportedKeyword => UNSUPPORTED_KEYWORD,
        Code::Untyped => UNTYPED,
        Code::AllOfConflict => ALL_OF_CONFLICT,
        Code::DuplicateOperationId => DUPLICATE_OPERATION_ID,
        Code::PathParameter => PATH_PARAMETER,
        Code::DuplicateParameter => DUPLICATE_PARAMETER,
        Code::UnsupportedParameter => UNSUPPORTED_PARAMETER,
        Code::UnsupportedBody => UNSUPPORTED_BODY,
        Code::UnsupportedResponse => UNSUPPORTED_RESPONSE,
        Code::UnsupportedSecurity => UNSUPPORTED_SECURITY,
        Code::SkippedOperation => SKIPPED_OPERATION,
        Code::InvalidOneofGroup => INVALID_ONEOF_GROUP,
        Code::UncheckedLimit => UNCHECKED_LIMIT,
        Code::UnfilledDefault => UNFILLED_DEFAULT,
        Code::NameCollision => NAME_COLLISION,
        Code::InvalidWaiver => INVALID_WAIVER,
        Code::ExpiredWaiver => EXPIRED_WAIVER,
        Code::UnusedWaiver => UNUSED_WAIVER,
        Code::Internal => INTERNAL,
    }
}

const YAML_SYNTAX: &str = "\
The text is not one YAML or JSON document.

The usual causes are a tab in the indentation, a text with `: ` or a leading `*`, `@` or `%` that
needs quotes, a quote or bracket that is never closed, or several documents in one file. A value
that JSON does not have, such as `.nan`, a tag such as `!Ref`, or a key that is not a text, is
refused too. The place is where reading stopped; the cause may be in the line before it.

    description: Note: needs quotes        # wrong
    description: 'Note: needs quotes'      # right
";

const DUPLICATE_KEY: &str = "\
A mapping has the same key twice.

Readers differ in which of the two they take, so half of what the author wrote is lost without a
word. Remove or rename one of them; both places are shown. In JSON and in YAML keys are compared
as text, so `200` and `'200'` are the same key.
";

const LIMIT_SIZE: &str = "\
The text is larger than the bound, or holds more values than the bound.

The bounds, 64 MiB and four million values, are about twice what the largest public API document
needs. They keep a hostile or broken file from filling the memory. In YAML, a single text or flow
collection (`[…]`, `{…}`) must also end within a million characters; block style and pure JSON have
no such bound. Split the document, or leave out examples.
";

const LIMIT_DEPTH: &str = "\
Sequences and mappings lie in each other more than 128 levels deep.

No real API document comes near: thirty levels are rare. Aliases count with what they expand to.
Move deep inline schemas to `components` and refer to them with `$ref`.
";

const LIMIT_ALIASES: &str = "\
The YAML aliases of the document would copy more than the bound.

Each `*alias` stands for a copy of its anchor's value, and copies of copies grow without limit, so
at most 500,000 values and 32 MiB of text are copied for all of them together. Name the
repeated part once, under `components`, and use `$ref` in place of the alias.
";

const INVALID_CONFIG: &str = "\
A key of generator.yaml is unknown, or its value is not one of those that it takes.

Nothing is generated, because a misspelt choice would otherwise be ignored. The message names the
keys or values that are known at this place.
";

const UNUSED_CONFIG: &str = "\
An entry of generator.yaml matched nothing in the document.

An override that is not used is either misspelt, or was made for a part of the document that has
been renamed or removed since. Correct the name, or delete the entry.
";

const OVERLAY_TARGET: &str = "\
The target of an overlay's action selects nothing in the document, or what the action cannot change.

An action that selects nothing is misspelt, or was made for a part of the document that has been
renamed or removed since; correct its JSONPath (RFC 9535), or delete it. Actions see what those
before them did. An update fits its targets if both are objects, both are arrays (or one more item
for an array), or both are other values; the latter since Overlay 1.1.

    actions:
      - target: $.paths['/pets'].get
        update: { operationId: listPets }
";

const UNSUPPORTED_VERSION: &str = "\
The document is not of a version that can be read.

The first line of an OpenAPI document says its version, as text. Versions 3.0, 3.1 and
3.2 are read, the last one as 3.1. The key is `openapi`, spelt like this, and the value needs no
more than digits and dots. Version 2.0, which has the key `swagger` instead, is read as well.

    openapi: 3.1.0
";

const UNKNOWN_KEYWORD: &str = "\
An object has a key that the OpenAPI specification does not have at this place.

It is most often misspelt, indented one level too far or too little, or belongs to another version
of the specification. What it was meant to say would be lost. Correct it, or start its name with
`x-` if it is an extension of your own.

    type: object
    propertys: {}          # wrong: properties
";

const WRONG_TYPE: &str = "\
A value has another JSON type than the specification asks for at this place.

Note how YAML reads a value without quotes: `1.0` is a number, `true` a boolean, `~` is null.
Where a text is needed, quote it. A list needs `- ` before each item, even if there is only one.

    version: 1.0           # wrong: a number
    version: '1.0'         # right
";

const INVALID_VALUE: &str = "\
A value has the right type, but the specification does not allow it here.

The message lists the values that are allowed, or says which form is asked for. Spelling and case
count: `in: Query` is wrong, `in: query` is right.
";

const MISSING_FIELD: &str = "\
An object lacks a field that the specification requires.

Without it, what the object describes cannot be generated soundly. The place is the object that
should have it; the message names the field.
";

const REFERENCE_NOT_FOUND: &str = "\
A `$ref` names a file or a place in a file that does not exist.

Files are looked for beside the file that has the reference. The part behind `#` is a JSON Pointer:
each step is a key, separated by `/`. In a key, `/` is written `~1` and `~` is written `~0`. Names
are compared exactly, so check case and plural.

    $ref: '#/component/schemas/Pet'        # wrong
    $ref: '#/components/schemas/Pet'       # right
";

const REFERENCE_CYCLE: &str = "\
A `$ref` leads back to itself with nothing in between.

Following it never ends, so it describes no value. A schema may well contain itself in a property
or in the items of an array: there, each step takes a part of the value. Replace one reference of
the circle by a real schema.

    A: { $ref: '#/components/schemas/B' }
    B: { $ref: '#/components/schemas/A' }
";

const REFERENCE_OUTSIDE: &str = "\
A `$ref` leads out of the root folder, or to a URL.

A document must not make a generator read other files of the machine, or fetch from the network. The
root folder is that of the document, or the one given by `--root`. Copy what is needed into it, and
refer to it with a relative path.
";

const REFERENCE_KIND: &str = "\
A `$ref` leads to an object of another kind than is needed.

A reference at the place of a schema must lead to a schema, one at the place of a parameter to a
parameter. Move the target to the right section of `components`, or correct the reference.
";

const UNSUPPORTED_KEYWORD: &str = "\
The document uses a keyword of the specification that the crate cannot express yet.

As a gap, it is left out and a weaker form is generated: the crate accepts and sends more than the
document allows. Nothing that the document allows is refused. With `--strict` it is an error.
";

const UNTYPED: &str = "\
A schema says so little, or things so far apart, that it becomes a free JSON `Value`.

All its values can be read and written, only without the help of types. Give the schema a `type`,
or name the parts of it that have one, to get a type of its own.
";

const ALL_OF_CONFLICT: &str = "\
Members of `allOf` ask for what no value can be.

A value must meet all members at once. Two members that give one property different
types, such as a string and an integer, or enums without a common value, are met by nothing, so
there is no type to generate. Only a property whose lists of texts share no value is a gap: it
becomes one of either, which is what documents put together from several sources mean.

Where one type is narrower than the other (an integer and a number, an enum and a string, an object
that inherits from the other), the narrower one is taken; two objects are merged in their turn. Of
two choices (`oneOf`, `anyOf`) the members that one value can be of are merged, by the values of the
discriminator or by constants. Where these do not tell which ones, it is any value, and a gap.
";

const DUPLICATE_OPERATION_ID: &str = "\
Two operations have the same `operationId`.

Methods are named after it, and the specification wants it to be unique in the document. Rename one
of the two; both places are shown.
";

const PATH_PARAMETER: &str = "\
A path template and its parameters do not agree.

Each `{name}` of a path needs a parameter with `in: path`, the same name and `required: true`, on
the path or on the operation, and each such parameter needs its place in the path. Otherwise the
address of a request cannot be built.

    /pets/{petId}:
      get:
        parameters:
          - { name: petId, in: path, required: true, schema: { type: string } }
";

const DUPLICATE_PARAMETER: &str = "\
A list has the same parameter twice: the same `name` with the same `in`.

Remove one of them. A parameter of an operation may replace one of its path, which is no error.
";

const UNSUPPORTED_PARAMETER: &str = "\
A parameter has a form that neither the specification nor the client can fill with meaning.

Styles are defined for a list or an object whose members are neither; the message says how the rest
is sent. A parameter whose `content` is neither JSON nor text is a text that the caller writes.
Headers that frame a message, such as `Host`, are made by the HTTP client.
";

const UNSUPPORTED_BODY: &str = "\
A request body has a media type for which the crate has no typed form, or has no media type.

JSON, lines of JSON, forms and bodies of several parts are written from types. Anything else, such
as XML, is a text or bytes that the caller writes. If the server takes JSON, describe it under
`application/json`. A part of several that is written from a type has no headers of its own; one of
bytes may have any.
";

const UNSUPPORTED_RESPONSE: &str = "\
A response has a media type for which the crate has no typed form.

JSON, lines of JSON and server-sent events are read into types. Anything else, such as XML, comes as
text or as a stream of bytes. If the server can answer with JSON, describe it under
`application/json`.
";

const UNSUPPORTED_SECURITY: &str = "\
The document names a security scheme that the client does not have.

It has API keys, HTTP basic, and bearer tokens, which it fetches for OAuth2 client credentials and
takes from the caller for everything else. A certificate for `mutualTLS` belongs into the HTTP
client that the builder can be given; another HTTP scheme into a header that is set for each
request.
";

const SKIPPED_OPERATION: &str = "\
An operation is left out of the crate, for the reason that is given.

The rest of the crate is sound without it. The operation appears once its cause is gone: correct the
document, or tell us about the case if the document is right.
";

const INVALID_ONEOF_GROUP: &str = "\
An `x-oneof-groups` extension does not fit its schema.

It maps the name of a group to a list of properties of the same schema, none of them required, of
which at most one is set.

    x-oneof-groups:
      target: [user, group]
";

const UNCHECKED_LIMIT: &str = "\
A limit of a request's value that `validate()` does not check.

`validate: true` in generator.yaml asks for the method. It leaves out a pattern that looks ahead or
behind, refers to what a group matched, or is too large: the crate `regex`, whose time grows with
the text only, has no form for these. Neither does it check a list or a text that is a whole body,
which has no methods of its own, nor a choice between values of one Rust type, nor the names of
properties. The server checks all the same, and the documentation tells the limits.
";

const UNFILLED_DEFAULT: &str = "\
A default that is not filled in.

`defaults: filled` in generator.yaml asks for it. A default that is no value of the property's type
(a text for a number, a text that the enum does not list) is a fault of the document: correct it
there or in an overlay. Objects, choices between types, and texts that are read as another type,
such as dates, have no defaults in the crate. The field is an `Option`, and its documentation tells
the default.
";

const NAME_COLLISION: &str = "\
Two things of the document become one Rust name.

Names are put into Rust's spelling, so `user-id` and `userId` meet. A component comes before an
inline schema, what is spelled as Rust spells names before what is not, then the plainest spelling,
and then the alphabet decides; the others get a number. Where several schemas ask for the same name
in an extension, each keeps its own instead. The order of the document decides nothing. So something
new can take the name of something old: a name in generator.yaml for the new one gives it back. Both
places are shown. A name that the crate itself needs beside it (`body`, `send`) is taken as well.
Choose a name in generator.yaml to settle it:

    naming:
      names: {\"#/components/schemas/user-id\": UserIdentifier}

Properties have names there as well (`#/components/schemas/User/properties/user-id`), and so have
operations (`#/paths/~1users/get`), parameters (`#/paths/~1users/get/parameters/query/user-id`) and
groups (`#/tags/Users`).
";

const INVALID_WAIVER: &str = "\
An entry of waivers.yaml is not one that can be used.

The file is a list of changes that are known and fine, each with the key that the review shows, a
reason, and optionally the last day on which it holds. The review prints the lines to paste. The key
stands in quotes, because digits alone would be a number.

    - key: '1f0c6b2a9d3e4f50'
      reason: no caller reads it
      until: 2027-01-31
";

const EXPIRED_WAIVER: &str = "\
The last day of a waiver is over, and the change is still there.

Somebody wanted the change to be looked at again by that day. Set a later day if the reason still
holds, or delete the entry and deal with the change.
";

const UNUSED_WAIVER: &str = "\
An entry of waivers.yaml has a key that no change has.

Either the change is gone, for instance because it is a part of the older document by now, or it is
another one: the key is made of what changed, where, and how it reads before and after. Delete the
entry. If the review still shows the change, paste the new key.
";

const INTERNAL: &str = "\
A fault of the generator, not of the document.

A stage got something that the stage before it must not let through, or what was emitted is not
Rust. Nothing was written. Please report it with the document, or with the part of it that is named.
";
