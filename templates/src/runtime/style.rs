// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Lists and objects in paths, queries, headers, cookies and forms.
//!
//! The styles are those of OpenAPI 3.1, section 4.8.12 ("Style Values"), which are RFC 6570's where
//! that has them. With `color` as a list of `blue` and `black`, or as an object of R 100 and G 200:
//!
//! | style | list | object |
//! | --- | --- | --- |
//! | `SIMPLE` | `blue,black` | `R,100,G,200` |
//! | `SIMPLE.exploded()` | `blue,black` | `R=100,G=200` |
//! | `LABEL` | `.blue,black` | `.R,100,G,200` |
//! | `LABEL.exploded()` | `.blue.black` | `.R=100.G=200` |
//! | `MATRIX` | `;color=blue,black` | `;color=R,100,G,200` |
//! | `MATRIX.exploded()` | `;color=blue;color=black` | `;R=100;G=200` |
//! | `FORM` | `color=blue,black` | `color=R,100,G,200` |
//! | `FORM.exploded()` | `color=blue&color=black` | `R=100&G=200` |
//! | `SPACE_DELIMITED` | `color=blue%20black` | `color=R%20100%20G%20200` |
//! | `PIPE_DELIMITED` | `color=blue%7Cblack` | `color=R%7C100%7CG%7C200` |
//! | `DEEP_OBJECT` | `color[]=blue&color[]=black` | `color[R]=100&color[G]=200` |
//! | `JSON` | `color=["blue","black"]` | `color={"R":100,"G":200}` |
//!
//! As in RFC 6570, section 2.3, what is null is left out, and so is a list or an object without
//! members. Where a list or an object stands inside another one and the style has no form for it,
//! its JSON text is sent.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::parameter::separate;
use super::send::Prepared;
use super::tree::{self, Tree};
use super::{Error, Request, path};

/// How the members of a list or an object are joined; see the module's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct Style {
    join: Join,
    exploded: bool,
    reserved: bool,
    empty: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    Simple,
    Label,
    Matrix,
    Form,
    Delimited(&'static str),
    DeepObject,
    Json,
}

impl Style {
    /// `simple`: members are joined by commas.
    pub const SIMPLE: Self = Self::new(Join::Simple);
    /// `label`: a point stands before the value.
    pub const LABEL: Self = Self::new(Join::Label);
    /// `matrix`: a semicolon and the name stand before the value.
    pub const MATRIX: Self = Self::new(Join::Matrix);
    /// `form`: pairs of names and values.
    pub const FORM: Self = Self::new(Join::Form);
    /// `spaceDelimited`: members are joined by spaces.
    pub const SPACE_DELIMITED: Self = Self::new(Join::Delimited("%20"));
    /// `pipeDelimited`: members are joined by vertical bars.
    pub const PIPE_DELIMITED: Self = Self::new(Join::Delimited("%7C"));
    /// `deepObject`: members are named in brackets.
    pub const DEEP_OBJECT: Self = Self::new(Join::DeepObject);
    /// The value as JSON text, for a parameter whose `content` is JSON.
    pub const JSON: Self = Self::new(Join::Json);

    const fn new(join: Join) -> Self {
        Self { join, exploded: false, reserved: false, empty: false }
    }

    /// `explode`: each member has a place of its own.
    pub const fn exploded(mut self) -> Self {
        self.exploded = true;
        self
    }

    /// `allowReserved`: the reserved characters of RFC 3986 stay as they are, and so does what is
    /// percent-encoded already. `#`, `[`, `]` and `&` are encoded all the same: a query cannot hold
    /// the first three, and the last one would end the value.
    pub const fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// `allowEmptyValue`: what is null, or has no members, is sent as an empty value.
    pub const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }
}

/// A list of texts of any kind.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a, T>(pub &'a [T]);

impl<T: AsRef<str>> Serialize for Texts<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(AsRef::as_ref))
    }
}

impl<B, T> Request<B, T> {
    /// The value of a path parameter in a style. One without members is an error of `send`.
    pub fn path_as(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        let value = tree::of(&value).and_then(|tree| style.path(name, &tree));
        self.prepared.encoded_path(name, value.map_err(|error| unwritable(name, error)));
        self
    }

    /// Appends a query parameter in a style.
    pub fn query_as(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        let pairs = tree::of(&value).and_then(|tree| style.pairs(name, &tree));
        self.prepared.encoded_query(pairs.map_err(|error| unwritable(name, error)));
        self
    }

    /// The value of a header parameter in a style.
    pub fn header_as(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        let value = tree::of(&value).and_then(|tree| style.header(&tree));
        match value {
            Ok(Some(value)) => self.prepared.header(name, &value),
            Ok(None) => {}
            Err(error) => self.prepared.fail(unwritable(name, error)),
        }
        self
    }

    /// A cookie in a style. Members that stand apart are cookies of their own.
    pub fn cookie_as(mut self, name: &'static str, value: impl Serialize, style: Style) -> Self {
        let pairs = tree::of(&value).and_then(|tree| style.pairs(name, &tree));
        self.prepared.encoded_cookies(pairs.map_err(|error| unwritable(name, error)));
        self
    }
}

impl Prepared {
    fn encoded_path(&mut self, name: &'static str, value: Result<String, Error>) {
        match value {
            Ok(value) if value.is_empty() => self.fail(path::empty(name)),
            Ok(value) => self.path.push((name, value)),
            Err(error) => self.fail(error),
        }
    }

    fn encoded_query(&mut self, pairs: Result<Vec<String>, Error>) {
        match pairs {
            Ok(pairs) => append(&mut self.query, "&", &pairs),
            Err(error) => self.fail(error),
        }
    }

    fn encoded_cookies(&mut self, pairs: Result<Vec<String>, Error>) {
        match pairs {
            Ok(pairs) => append(&mut self.extras_mut().cookies, "; ", &pairs),
            Err(error) => self.fail(error),
        }
    }
}

fn append(text: &mut String, separator: &str, pairs: &[String]) {
    for pair in pairs {
        separate(text, separator);
        text.push_str(pair);
    }
}

impl Style {
    /// The value for a path, percent-encoded.
    fn path(self, name: &str, value: &Tree) -> Result<String, serde_json::Error> {
        let name = path::encoder(name);
        let (prefix, separator) = match self.join {
            Join::Label => (".", if self.exploded { "." } else { "," }),
            Join::Matrix if self.exploded => (";", ";"),
            Join::Matrix => (";", ","),
            _ => ("", ","),
        };
        let matrix = self.join == Join::Matrix;
        let named = |value: String| match &*value {
            "" if matrix => name.to_string(),
            _ if matrix => format!("{name}={value}"),
            _ => value,
        };
        let members = match value {
            _ if self.join == Join::Json => vec![self.encode(&tree::json(value)?)],
            Tree::Leaf(Value::Null) => Vec::new(),
            Tree::Leaf(leaf) => vec![named(self.encode(&tree::text(leaf)))],
            Tree::List(_) if matrix && self.exploded => {
                self.members(value)?.into_iter().map(named).collect()
            }
            Tree::List(_) | Tree::Object(_) => {
                let members = self.members(value)?;
                if matrix && !self.exploded && !members.is_empty() {
                    vec![named(members.join(","))]
                } else {
                    members
                }
            }
        };
        if members.is_empty() {
            return Ok(String::new());
        }
        Ok(format!("{prefix}{}", members.join(separator)))
    }

    /// The value for a header, which is not encoded.
    fn header(self, value: &Tree) -> Result<Option<String>, serde_json::Error> {
        let text = |value: &Tree| match value {
            Tree::Leaf(leaf) => Ok(tree::text(leaf)),
            Tree::List(_) | Tree::Object(_) => tree::json(value),
        };
        let members = match value {
            _ if self.join == Join::Json => return tree::json(value).map(Some),
            Tree::Leaf(Value::Null) => Vec::new(),
            Tree::Leaf(leaf) => vec![tree::text(leaf)],
            Tree::List(list) => list.iter().map(text).collect::<Result<_, _>>()?,
            Tree::Object(members) => {
                let joint = if self.exploded { "=" } else { "," };
                let members =
                    members.iter().map(|(key, one)| Ok([&**key, &*text(one)?].join(joint)));
                members.collect::<Result<_, serde_json::Error>>()?
            }
        };
        Ok((!members.is_empty()).then(|| members.join(",")))
    }

    /// The value as pairs of names and values, percent-encoded.
    pub(super) fn pairs(self, name: &str, value: &Tree) -> Result<Vec<String>, serde_json::Error> {
        let pair = |value: &str| format!("{}={value}", path::encoder(name));
        let mut pairs = match value {
            _ if self.join == Join::Json => vec![pair(&self.encode(&tree::json(value)?))],
            Tree::Leaf(Value::Null) => Vec::new(),
            Tree::Leaf(leaf) => vec![pair(&self.encode(&tree::text(leaf)))],
            _ if self.join == Join::DeepObject => {
                let mut pairs = Vec::new();
                self.deep(name, value, &mut pairs);
                pairs
            }
            Tree::List(_) if self.exploded => {
                self.members(value)?.iter().map(|member| pair(member)).collect()
            }
            Tree::Object(_) if self.exploded => self.members(value)?,
            Tree::List(_) | Tree::Object(_) => {
                let members = self.members(value)?;
                let delimiter = match self.join {
                    Join::Delimited(delimiter) => delimiter,
                    _ => ",",
                };
                if members.is_empty() { Vec::new() } else { vec![pair(&members.join(delimiter))] }
            }
        };
        if pairs.is_empty() && self.empty {
            pairs.push(pair(""));
        }
        Ok(pairs)
    }

    /// The members of a list, or of an object as `key=value` or as keys and values in turn.
    fn members(self, value: &Tree) -> Result<Vec<String>, serde_json::Error> {
        let text = |value: &Tree| match value {
            Tree::Leaf(leaf) => Ok(self.encode(&tree::text(leaf))),
            Tree::List(_) | Tree::Object(_) => tree::json(value).map(|text| self.encode(&text)),
        };
        let mut members = Vec::new();
        match value {
            Tree::Leaf(_) => {}
            Tree::List(list) => {
                for member in list {
                    members.push(text(member)?);
                }
            }
            Tree::Object(object) => {
                for (key, member) in object {
                    let (key, member) = (path::encoder(key), text(member)?);
                    if self.exploded {
                        members.push(format!("{key}={member}"));
                    } else {
                        members.extend([key.to_string(), member]);
                    }
                }
            }
        }
        Ok(members)
    }

    /// The specification says nothing of what stands deeper; this is what servers read widely.
    fn deep(self, name: &str, value: &Tree, pairs: &mut Vec<String>) {
        match value {
            Tree::Leaf(leaf) => {
                let value = self.encode(&tree::text(leaf));
                pairs.push(format!("{}={value}", path::encoder(name)));
            }
            Tree::List(list) => {
                for member in list {
                    self.deep(&format!("{name}[]"), member, pairs);
                }
            }
            Tree::Object(object) => {
                for (key, member) in object {
                    self.deep(&format!("{name}[{key}]"), member, pairs);
                }
            }
        }
    }

    fn encode(self, text: &str) -> String {
        if self.reserved { with_reserved(text) } else { path::encoder(text).to_string() }
    }
}

/// All that a query cannot hold, and `&` and `%`.
const NOT_RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The reserved expansion of RFC 6570, section 3.2.3.
fn with_reserved(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, NOT_RESERVED));
        let triplet = after.as_bytes().get(..2);
        let is_encoded = triplet.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_encoded { "%" } else { "%25" });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, NOT_RESERVED));
    encoded
}

/// The error of a value that has no JSON form.
fn unwritable(name: &str, error: serde_json::Error) -> Error {
    Error::build_from(format!("the parameter `{name}` cannot be written"), error)
}
