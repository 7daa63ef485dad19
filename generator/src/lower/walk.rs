//! The walk over the tree: the grammar says what each object holds, and rules follow for what a
//! table cannot say. Children are lowered before the rules of their parent run.

use super::grammar::{Field, Holds, Kind, Need, Object, Others, Since, Stamp};
use super::references::References;
use super::{Options, entries, objects, schema, stamp};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::nearest::nearest;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// What becomes of a part that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Drop,
}

/// What is known while walking.
#[derive(Debug)]
pub(super) struct Walk<'a> {
    /// The version that the document claims.
    pub(super) version: Since,
    pub(super) options: &'a Options,
    pub(super) references: References,
    pub(super) found: Diagnostics,
    /// How many schemas are around the current place.
    pub(super) nested_schemas: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(version: Since, options: &'a Options, references: References) -> Self {
        Self { version, options, references, found: Diagnostics::new(), nested_schemas: 0 }
    }

    /// Reports an error; the part where it is needs no further look.
    pub(super) fn error(&mut self, diagnostic: Diagnostic) -> Fate {
        self.found.push(diagnostic);
        Fate::Drop
    }

    /// Reports a gap.
    pub(super) fn gap(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.found.push(Diagnostic::gap(code, span, message));
    }

    /// Reports a value of another JSON type than the one that must stand here.
    pub(super) fn wrong_type(&mut self, key: &str, node: &Node, expected: &str) -> Fate {
        let message = format!("`{key}` must be {expected}, but is {}", node.kind());
        self.error(Diagnostic::error(Code::WrongType, stamp::first_line(node), message))
    }

    /// An object of a kind, named by the key under which it stands.
    pub(super) fn object(&mut self, kind: Kind, key: &str, node: &mut Node, at: Span) -> Fate {
        let object = kind.object();
        let Some(mut entries) = entries::take_map(node) else {
            return self.wrong_type(key, node, object.label);
        };
        let mut seen = 0;
        entries.retain_mut(|entry| self.entry(object, entry, &mut seen) == Fate::Keep);
        self.missing(object, &mut entries, seen, at);
        let fate = objects::finish(self, kind, &mut entries, at);
        // A document of 2.0 is walked through again when it is one of 3.0.
        if object.stamp == Stamp::Place && self.version != Since::V20 {
            stamp::object(&mut entries, at);
        }
        node.value = Value::Map(entries);
        fate
    }

    /// The entries of a schema, which has rules between its own steps.
    pub(super) fn schema_entries(&mut self, entries: &mut Vec<Entry>) {
        let object = Kind::Schema.object();
        let mut seen = 0;
        entries.retain_mut(|entry| self.entry(object, entry, &mut seen) == Fate::Keep);
    }

    fn entry(&mut self, object: &'static Object, entry: &mut Entry, seen: &mut u128) -> Fate {
        let Entry { key, key_span, node } = entry;
        let mut fields = object.fields.iter().enumerate();
        let Some((index, field)) = fields.find(|(_, field)| field.key == &**key) else {
            return self.other(object, entry);
        };
        if node.value == Value::Null && !matches!(field.holds, Holds::Json | Holds::Type) {
            // Without text, there is no text to lose.
            if !matches!(field.holds, Holds::Prose) {
                self.gap(Code::WrongType, *key_span, format!("`{key}` is null and is left out"));
            }
            return Fate::Drop;
        }
        *seen |= 1_u128 << index;
        self.check_since(field, *key_span);
        self.value(&field.holds, key, node, *key_span)
    }

    /// A keyword of a later version is read as that one means it, because no author means less.
    fn check_since(&mut self, field: &Field, span: Span) {
        let (own, other) = match (self.version, field.since) {
            (Since::V20 | Since::V30, Since::V31) => ("3.0", "3.1"),
            (Since::V20 | Since::V30, Since::V32) => ("3.0", "3.2"),
            (Since::V31, Since::V32) => ("3.1", "3.2"),
            _ => return,
        };
        if !matches!(field.holds, Holds::Unsupported) {
            let key = field.key;
            let message =
                format!("`{key}` is of OpenAPI {other}, not of {own}; it is read as there");
            self.gap(Code::UnknownKeyword, span, message);
        }
    }

    /// A key that the table does not have.
    fn other(&mut self, object: &'static Object, entry: &mut Entry) -> Fate {
        if entry.key.starts_with("x-") {
            return self.extension(object, entry);
        }
        let Entry { key, key_span, node } = entry;
        match object.others {
            Others::Unknown => self.unknown(object, key, *key_span, node),
            Others::Paths if key.starts_with('/') => {
                self.named(&Holds::Reusable(Kind::PathItem), key, node, *key_span)
            }
            Others::SwaggerPaths if key.starts_with('/') => {
                self.named(&Holds::Reusable(Kind::SwaggerPathItem), key, node, *key_span)
            }
            Others::Paths | Others::SwaggerPaths => {
                let message = format!("the path `{key}` must start with `/`");
                self.error(Diagnostic::error(Code::InvalidValue, *key_span, message))
            }
            Others::Statuses => objects::status(self, Kind::Response, entry),
            Others::SwaggerStatuses => objects::status(self, Kind::SwaggerResponse, entry),
            Others::Expressions => {
                self.named(&Holds::Reusable(Kind::PathItem), key, node, *key_span)
            }
            Others::Schemes => {
                let fate = self.named(&Holds::List(&Holds::Text), key, node, *key_span);
                self.references.check_scheme(key, *key_span, &mut self.found);
                fate
            }
        }
    }

    /// Only objects that can carry a stamp can carry other extensions, too.
    fn extension(&mut self, object: &Object, entry: &Entry) -> Fate {
        if stamp::is_reserved(&entry.key) {
            let message =
                format!("`{}` is a name that oasmith uses itself; it is left out", entry.key);
            self.gap(Code::UnsupportedKeyword, entry.key_span, message);
            return Fate::Drop;
        }
        match object.stamp {
            Stamp::Place => Fate::Keep,
            Stamp::None => Fate::Drop,
        }
    }

    fn unknown(&mut self, object: &Object, key: &str, span: Span, node: &Node) -> Fate {
        if key == "$ref" && node.as_str().is_some() {
            let message = format!("{} cannot be a reference", object.label);
            return self.error(Diagnostic::error(Code::ReferenceKind, span, message));
        }
        // An operation would be lost for the case of its letters.
        let is_operation = |field: &&Field| matches!(field.holds, Holds::Object(Kind::Operation));
        let mut operations = object.fields.iter().filter(is_operation);
        if let Some(field) = operations.find(|field| field.key.eq_ignore_ascii_case(key)) {
            let message = format!("{} has no `{key}`, methods are in lower case", object.label);
            let help = format!("write `{}`", field.key);
            return self.error(Diagnostic::error(Code::UnknownKeyword, span, message).help(help));
        }
        let message = format!("{} has no `{key}`", object.label);
        let mut gap = Diagnostic::gap(Code::UnknownKeyword, span, message);
        if let Some(word) = nearest(key, object.fields.iter().map(|field| field.key)) {
            gap = gap.help(format!("did you mean `{word}`?"));
        }
        self.found.push(gap);
        Fate::Drop
    }

    fn missing(&mut self, object: &Object, entries: &mut Vec<Entry>, seen: u128, at: Span) {
        for (index, field) in object.fields.iter().enumerate() {
            if seen & (1 << index) != 0 {
                continue;
            }
            let value = match field.need {
                Need::Optional => continue,
                Need::Required => {
                    let message = format!("{} has no `{}`", object.label, field.key);
                    self.error(Diagnostic::error(Code::MissingField, at, message));
                    continue;
                }
                Need::ElseText => Value::String("".into()),
                Need::ElseMap | Need::MapSince31 => Value::Map(Vec::new()),
            };
            if field.need != Need::MapSince31 || self.version == Since::V30 {
                let message =
                    format!("{} has no `{}`; it is read as empty", object.label, field.key);
                self.gap(Code::MissingField, at, message);
            }
            let mut node = Node::new(at, value);
            self.value(&field.holds, field.key, &mut node, at);
            entries.push(entries::entry(field.key, at, node));
        }
    }

    /// What a key or a list holds; `at` is the place of the key, or the first line in a list.
    pub(super) fn value(&mut self, holds: &Holds, key: &str, node: &mut Node, at: Span) -> Fate {
        match holds {
            Holds::Prose => self.prose(key, node),
            Holds::Text => self.text(key, node),
            Holds::Flag => self.flag(key, node),
            Holds::Number => self.number(key, node),
            Holds::Size => self.size(key, node),
            Holds::Word(words) => self.word(key, node, words),
            Holds::Json => Fate::Keep,
            Holds::Object(kind) => self.object(*kind, key, node, at),
            Holds::Reusable(kind) => self.reusable(*kind, key, node, at),
            Holds::List(holds) => self.list(holds, key, node),
            Holds::Map(holds) => self.map(holds, key, node),
            Holds::Schema if self.version == Since::V20 => Fate::Keep,
            Holds::Schema => schema::schema(self, key, node, at),
            Holds::SchemaOrFlag => match node.value {
                Value::Bool(_) => Fate::Keep,
                _ => schema::schema(self, key, node, at),
            },
            Holds::Items => schema::items(self, key, node, at),
            Holds::Type => schema::check_type(self, node, at),
            Holds::Bound => match node.value {
                Value::Bool(_) => Fate::Keep,
                _ => self.number(key, node),
            },
            Holds::RequiredNames => schema::required_names(self, key, node, at),
            Holds::Discriminator => objects::discriminator(self, key, node, at),
            Holds::Examples => objects::examples(self, key, node, at),
            Holds::Harmless => Fate::Drop,
            Holds::Unsupported => {
                let message = format!("`{key}` cannot be expressed and is left out");
                self.gap(Code::UnsupportedKeyword, at, message);
                Fate::Drop
            }
        }
    }

    /// An object, or a reference to a component of its kind.
    pub(super) fn reusable(&mut self, kind: Kind, key: &str, node: &mut Node, at: Span) -> Fate {
        if kind == Kind::Schema {
            return schema::schema(self, key, node, at);
        }
        let section = kind.section();
        let (Some(section), Some(_)) = (section, node.get("$ref")) else {
            return self.object(kind, key, node, at);
        };
        objects::reference(self, kind, section, key, node, at)
    }

    fn list(&mut self, holds: &Holds, key: &str, node: &mut Node) -> Fate {
        if matches!(holds, Holds::Reusable(Kind::SwaggerParameter)) && node.get("in").is_some() {
            let message = format!("`{key}` must be an array; its only item is read as one");
            self.gap(Code::WrongType, stamp::first_line(node), message);
            let only = Node::new(node.span, std::mem::replace(&mut node.value, Value::Null));
            node.value = Value::List(vec![only]);
        }
        let Value::List(items) = &mut node.value else {
            return self.wrong_type(key, node, "an array");
        };
        let mut items = std::mem::take(items);
        items.retain_mut(|item| {
            let at = stamp::first_line(item);
            self.value(holds, key, item, at) == Fate::Keep
        });
        node.value = Value::List(items);
        Fate::Keep
    }

    fn map(&mut self, holds: &Holds, key: &str, node: &mut Node) -> Fate {
        let Some(mut entries) = entries::take_map(node) else {
            return self.wrong_type(key, node, "an object");
        };
        entries.retain_mut(|entry| {
            let Entry { key, key_span, node } = entry;
            self.named(holds, key, node, *key_span) == Fate::Keep
        });
        node.value = Value::Map(entries);
        Fate::Keep
    }

    /// The value of a name. Nothing behind it (`name:`) is often meant to be an empty one.
    pub(super) fn named(&mut self, holds: &Holds, key: &str, node: &mut Node, at: Span) -> Fate {
        if node.value == Value::Null {
            let empty = match holds {
                Holds::Json => return Fate::Keep,
                Holds::Prose | Holds::Text => Value::String("".into()),
                Holds::List(_) => Value::List(Vec::new()),
                _ => Value::Map(Vec::new()),
            };
            node.value = empty;
            self.gap(Code::WrongType, at, format!("`{key}` is null and is read as empty"));
        }
        self.value(holds, key, node, at)
    }
}
