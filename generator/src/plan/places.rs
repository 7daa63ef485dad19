//! The places that `naming: names:` in `generator.yaml` can give a name to.
//!
//! | what | where |
//! | --- | --- |
//! | a schema | `#/components/schemas/a.B` |
//! | a property | `#/components/schemas/a.B/properties/id` |
//! | an operation | `#/paths/~1pets~1{id}/get` |
//! | a parameter | `#/paths/~1pets~1{id}/get/parameters/query/limit` |
//! | a group | `#/tags/pets` |
//!
//! They are JSON Pointers into the document, but for lists: these would change with the order, so
//! parameters and groups are told by what the specification tells them by.

use std::collections::BTreeMap;
use std::fmt;

use super::operations::verb_text;
use crate::config::{Config, Spanned};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Location, Operation, Parameter};

/// A place that can be given a name.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// No such place.
    None,
    /// No such place, but where the other name stands that it meets.
    Inline,
    /// A component, by its key.
    Schema(&'a str),
    /// A property of a component.
    Property(&'a str, &'a str),
    /// An operation.
    Operation(&'a Operation),
    /// A parameter of an operation.
    Parameter(&'a Operation, &'a Parameter),
    /// A group, by its tag or the text of the extension that names groups.
    Group(&'a str),
}

impl Place<'_> {
    /// How to give it another name.
    pub(super) fn help(self) -> Option<String> {
        match self {
            Place::None => None,
            Place::Inline => Some(
                "it is named after where it stands; a component that took the name can be given \
                 another one in generator.yaml, under `naming: names:`"
                    .to_owned(),
            ),
            place => Some(format!(
                "another name can be given in generator.yaml, under `naming: names:`: \
                 `\"{place}\": …`"
            )),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::None | Place::Inline => Ok(()),
            Place::Schema(key) => write!(f, "#/components/schemas/{}", pointer(key)),
            Place::Property(schema, key) => {
                write!(f, "{}/properties/{}", Place::Schema(schema), pointer(key))
            }
            Place::Operation(operation) => {
                let verb = verb_text(operation.verb).to_ascii_lowercase();
                write!(f, "#/paths/{}/{verb}", pointer(&operation.path))
            }
            Place::Parameter(operation, parameter) => {
                let location = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                let name = pointer(&parameter.name);
                write!(f, "{}/parameters/{location}/{name}", Place::Operation(operation))
            }
            Place::Group(text) => write!(f, "#/tags/{}", pointer(text)),
        }
    }
}

/// The names that `generator.yaml` gives by place (JSON Pointer), and which of them were used.
pub(super) struct Overrides<'a> {
    all: BTreeMap<&'a str, (&'a Spanned<String>, bool)>,
}

impl<'a> Overrides<'a> {
    /// All overrides, none of them used yet.
    pub(super) fn new(config: &'a Config) -> Self {
        let names = config.naming.names.iter();
        Self { all: names.map(|(place, name)| (place.as_str(), (name, false))).collect() }
    }

    /// The name that was given for a place.
    pub(super) fn get(&mut self, place: Place<'_>) -> Option<&'a str> {
        if self.all.is_empty() {
            return None;
        }
        let (name, used) = self.all.get_mut(place.to_string().as_str())?;
        *used = true;
        Some(&name.value)
    }

    /// Reports those that nothing used.
    pub(super) fn unused(&self, found: &mut Diagnostics) {
        for (place, (name, used)) in &self.all {
            if !used {
                let message = format!("nothing stands at `{place}`, so this name is not used");
                found.push(Diagnostic::error(Code::UnusedConfig, name.span, message));
            }
        }
    }
}

/// A key as a part of a JSON Pointer (RFC 6901 §3).
fn pointer(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
