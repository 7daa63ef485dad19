//! What the text of a `$ref` names.
//!
//! | text | target |
//! | --- | --- |
//! | `#/components/schemas/Pet` | a component |
//! | `#/components/schemas/a~1b`, `#/components/schemas/a%20b` | components named `a/b` and `a b` |
//! | `#/components/schemas/Pet/properties/name` | a place inside a component |
//! | `#/paths/~1pets`, `#`, `#anchor` | another place in the document |
//! | `pet.yaml`, `models/pet.yaml#/Pet` | another file in the document's folder |
//! | `https://…`, `/etc/passwd`, `../../pet.yaml` | outside |

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

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A component.
    Component(Section, String),
    /// A place inside a component.
    InsideComponent(Section, String),
    /// Another place in the same document.
    InsideDocument,
    /// A file in the document's folder or below it.
    File,
    /// A URL.
    Url,
    /// A file that is not in the document's folder.
    OutsideFolder,
}

/// Reads the text of a reference, with `%41`, `~0` and `~1` decoded.
pub fn parse(text: &str) -> Target {
    let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
    if file.is_empty() {
        return parse_fragment(&percent_decode(fragment));
    }
    let file = percent_decode(file).replace('\\', "/");
    if is_url(&file) {
        Target::Url
    } else if leaves_folder(&file) {
        Target::OutsideFolder
    } else {
        Target::File
    }
}

/// The canonical text of a reference to a component; its name stands there as it is.
pub fn component(section: Section, name: &str) -> String {
    format!("#/components/{}/{name}", section.key())
}

/// The name in a canonical text, if that refers to a component of this section.
pub fn component_name(section: Section, text: &str) -> Option<&str> {
    text.strip_prefix("#/components/")?.strip_prefix(section.key())?.strip_prefix('/')
}

fn parse_fragment(pointer: &str) -> Target {
    let mut steps = pointer.split('/');
    let (Some(""), Some("components"), Some(section), Some(name)) =
        (steps.next(), steps.next(), steps.next(), steps.next())
    else {
        return Target::InsideDocument;
    };
    let Some(section) = Section::from_key(section) else { return Target::InsideDocument };
    let name = name.replace("~1", "/").replace("~0", "~");
    if steps.next().is_some() {
        return Target::InsideComponent(section, name);
    }
    Target::Component(section, name)
}

/// A scheme has at least two letters, so that `C:` is a drive.
fn is_url(file: &str) -> bool {
    let scheme = file.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    file.starts_with("//") || scheme.is_some_and(is_scheme)
}

fn leaves_folder(file: &str) -> bool {
    let has_drive = file.as_bytes().get(1) == Some(&b':');
    if has_drive || file.starts_with('/') {
        return true;
    }
    let mut depth = 0_i64;
    file.split('/').any(|step| {
        match step {
            ".." => depth -= 1,
            "" | "." => {}
            _ => depth += 1,
        }
        depth < 0
    })
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
