//! What the text of a `$ref` names.
//!
//! | text | target |
//! | --- | --- |
//! | `#/components/schemas/Pet` | a component |
//! | `#/components/schemas/a~1b`, `#/components/schemas/a%20b` | components named `a/b` and `a b` |
//! | `#/components/schemas/Pet/properties/name` | a place inside a component |
//! | `#/paths/~1pets`, `#`, `#anchor` | another place in the document |
//! | `pet.yaml`, `models/pet.yaml#/Pet` | another file in the root folder |
//! | `https://…`, `/etc/passwd`, `../../pet.yaml` | outside |
//!
//! `lower::join` leaves only references to components; all others are gone behind it.

use std::borrow::Cow;

/// A list under `components`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// `schemas`
    Schemas,
    /// `responses`
    Responses,
    /// `parameters`
    Parameters,
    /// `examples`
    Examples,
    /// `requestBodies`
    RequestBodies,
    /// `headers`
    Headers,
    /// `securitySchemes`
    SecuritySchemes,
    /// `links`
    Links,
    /// `callbacks`
    Callbacks,
    /// `pathItems`, since OpenAPI 3.1
    PathItems,
}

impl Section {
    /// All sections.
    pub const ALL: [Self; 10] = [
        Self::Schemas,
        Self::Responses,
        Self::Parameters,
        Self::Examples,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
        Self::PathItems,
    ];

    /// The keys of Swagger 2.0, which has them at the top of the document.
    pub const SWAGGER: [(&'static str, Self); 4] = [
        ("definitions", Self::Schemas),
        ("parameters", Self::Parameters),
        ("responses", Self::Responses),
        ("securityDefinitions", Self::SecuritySchemes),
    ];

    /// The key under `components`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::Examples => "examples",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Links => "links",
            Self::Callbacks => "callbacks",
            Self::PathItems => "pathItems",
        }
    }

    /// The section with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.key() == key)
    }
}

/// What the text of a reference names within its own file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A component.
    Component(Section, String),
    /// A place inside a component.
    InsideComponent(Section, String),
    /// Another place, or another file.
    Elsewhere,
}

/// Reads the text of a reference, with `%41`, `~0` and `~1` decoded.
pub fn parse(text: &str) -> Target {
    let Some(("", fragment)) = text.split_once('#') else { return Target::Elsewhere };
    let Fragment::Pointer(steps) = parse_fragment(fragment) else { return Target::Elsewhere };
    let mut steps = steps.into_iter();
    match (steps.next().as_deref(), steps.next(), steps.next(), steps.next()) {
        (Some("components"), Some(section), Some(name), rest) => {
            match (Section::from_key(&section), rest) {
                (Some(section), None) => Target::Component(section, name),
                (Some(section), Some(_)) => Target::InsideComponent(section, name),
                (None, _) => Target::Elsewhere,
            }
        }
        _ => Target::Elsewhere,
    }
}

/// The file that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// The one in which the reference stands.
    Same,
    /// The one at this location.
    At(String),
    /// None: this is a URL.
    Url(String),
    /// None: the path leaves the root folder.
    Outside,
}

/// Reads the part of a reference before `#`, in a file at the location `from`.
pub fn file(from: &str, text: &str) -> File {
    let file = text.split('#').next().unwrap_or_default();
    if file.is_empty() {
        return File::Same;
    }
    if is_url(file) {
        return File::Url(file.to_owned());
    }
    let file = percent_decode(file).replace('\\', "/");
    if file.starts_with('/') || file.as_bytes().get(1) == Some(&b':') {
        return File::Outside;
    }
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    for step in file.split('/') {
        match step {
            ".." if steps.pop().is_none() => return File::Outside,
            "" | "." | ".." => {}
            _ => steps.push(step),
        }
    }
    File::At(steps.join("/"))
}

/// What stands behind `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// A JSON Pointer (RFC 6901) as its decoded steps; none lead to the whole file.
    Pointer(Vec<String>),
    /// The name of an `$anchor`.
    Anchor(String),
}

/// Reads the part of a reference behind `#`.
pub fn fragment(text: &str) -> Fragment {
    parse_fragment(text.split_once('#').map_or("", |(_, fragment)| fragment))
}

fn parse_fragment(fragment: &str) -> Fragment {
    let fragment = percent_decode(fragment);
    let decoded = |step: &str| step.replace("~1", "/").replace("~0", "~");
    match fragment.strip_prefix('/') {
        Some(steps) => Fragment::Pointer(steps.split('/').map(decoded).collect()),
        None if fragment.is_empty() => Fragment::Pointer(Vec::new()),
        None => Fragment::Anchor(fragment.into_owned()),
    }
}

/// The text of a reference to a component that [`parse`] reads back, whatever the name is.
pub fn pointer_to(section: Section, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    format!("#/components/{}/{name}", section.key())
}

/// The canonical text of a reference to a component; its name stands there as it is.
pub fn component(section: Section, name: &str) -> String {
    format!("#/components/{}/{name}", section.key())
}

/// The name in a canonical text, if that refers to a component of this section.
pub fn component_name(section: Section, text: &str) -> Option<&str> {
    text.strip_prefix("#/components/")?.strip_prefix(section.key())?.strip_prefix('/')
}

/// Whether a text starts with a scheme, which has at least two letters, so that `C:` is a drive.
pub fn is_url(file: &str) -> bool {
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    file.starts_with("//") || scheme.is_some_and(is_scheme)
}

fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [high, low, after @ ..] if *first == b'%' => {
                hex(*high).zip(hex(*low)).map(|(high, low)| (high * 16 + low, after))
            }
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    // What is no UTF-8 after decoding was no escape: such a name is compared as it is written.
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
