//! Names: any text becomes a valid, unique identifier. Only this room can make a [`Name`].
//!
//! | text | type | variant | field | module |
//! | --- | --- | --- | --- | --- |
//! | `displayName` | `DisplayName` | `DisplayName` | `display_name` | `display_name` |
//! | `type` | `Type` | `Type` | `r#type` | `type_` |
//! | `self` | `SelfType` | `SelfValue` | `self_` | `self_` |
//! | `2fa` | `Type2fa` | `Value2fa` | `_2fa` | `_2fa` |
//! | `1` | `Type1` | `Value1` | `value_1` | `_1` |
//! | `+1` | `Plus1` | `Plus1` | `plus_1` | `plus_1` |
//! | `size<` | `SizeLess` | `SizeLess` | `size_less` | `size_less` |
//! | `日本` | `日本` | `日本` | `日本` | `u65e5_u672c` |
//! | (empty) | `Empty` | `Empty` | `empty` | `empty` |
//!
//! A module is a file, so it is ASCII (the compiler asks for that) and no device of any system. No
//! name is longer than that of a file may be.
//!
//! A name that is taken gets a number. Who keeps the plain name is decided by rank (a component
//! before an inline schema), then by the text itself, never by the order of the document, so the
//! same things get the same names however they are listed. The plainest spelling comes first, then
//! the alphabet: `list_pets`, `listPets`, `_listPets`, `LIST_PETS`; so what is added with an odder
//! spelling renames nothing. Numbers are given when all plain names are. Each such case is a gap
//! with both places: what is added with a plainer spelling does rename, and must not do it silently.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::places::Place;
use super::words::{ascii, oddity, words};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// A valid identifier.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// The identifier, with `r#` where it is a keyword.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`: the start of a longer one.
    pub fn stem(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What an identifier is for, which decides its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A struct, an enum or an alias.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field, an argument or a method.
    Field,
    /// A module, which is a file as well.
    Module,
}

/// Makes an identifier of any text.
pub(super) fn name(style: Style, text: &str) -> Name {
    let words = words(text);
    match style {
        Style::Type => Name(camel(&words, "Type")),
        Style::Variant => Name(camel(&words, "Value")),
        Style::Field => Name(field(snake(&words))),
        Style::Module => Name(module(snake(&ascii(&words)))),
    }
}

/// A name made of two: `with` and `id` are `with_id`; `App` and `status` are `AppStatus`.
pub(super) fn join(style: Style, first: &str, second: &str) -> Name {
    name(style, &format!("{first} {second}"))
}

fn camel(words: &str, prefix: &str) -> String {
    let mut name = words.to_upper_camel_case();
    if name == "Self" {
        name.push_str(prefix);
    }
    bounded(if starts_identifier(&name) { name } else { format!("{prefix}{name}") })
}

fn snake(words: &str) -> String {
    let name = words.to_snake_case();
    bounded(if starts_identifier(&name) { name } else { format!("_{name}") })
}

/// The longest name, in bytes: modules are files, types are pages of rustdoc, and a file system
/// allows 255 for these.
const LONGEST: usize = 200;

fn bounded(mut name: String) -> String {
    while name.len() > LONGEST {
        name.pop();
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

fn starts_identifier(name: &str) -> bool {
    name.chars().next().is_some_and(unicode_ident::is_xid_start)
}

fn field(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" | "_" => format!("{name}_"),
        keyword if KEYWORDS.contains(&keyword) => format!("r#{name}"),
        // Clippy takes such a name of an argument for a slip.
        number if !number.contains(|letter: char| letter.is_alphabetic()) => {
            format!("value{name}")
        }
        _ => name,
    }
}

/// The longest name of a module, in bytes: file systems allow 255, with the extension.
const LONGEST_MODULE: usize = 120;

/// A module is a file, so names that some system reserves for devices step aside as well.
fn module(mut name: String) -> String {
    name.truncate(LONGEST_MODULE);
    let device = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    let numbered = device.is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    let taken = numbered
        || KEYWORDS.contains(&name.as_str())
        || matches!(name.as_str(), "self" | "super" | "crate" | "_")
        || matches!(name.as_str(), "con" | "prn" | "aux" | "nul" | "lib" | "main");
    if taken { format!("{name}_") } else { name }
}

/// Keywords of edition 2024 and reserved words, apart from those that cannot be raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Something that wants a name.
pub(super) struct Candidate<'a> {
    /// What it is called in the document: decides who keeps a name.
    pub(super) text: &'a str,
    /// What it would like to be called.
    pub(super) name: Name,
    /// Where it stands.
    pub(super) span: Span,
    /// Where it can be given another name.
    pub(super) place: Place<'a>,
}

impl Candidate<'_> {
    /// Who keeps a name: the least comes first. The text of something inline is a way of several
    /// steps, which are compared one by one, so that a type has the rank of the field that it is for.
    fn rank(&self) -> Vec<(usize, &str)> {
        self.text.split('/').map(|step| (oddity(step), step)).collect()
    }
}

/// The names that are taken in one place, with who took them.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: BTreeMap<String, Option<Span>>,
}

impl Scope {
    /// A scope in which some names are taken by the generated code itself.
    pub(super) fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| ((*name).to_owned(), None)).collect() }
    }

    /// Whether a name is taken.
    pub(super) fn contains(&self, name: &Name) -> bool {
        self.taken.contains_key(name.as_str())
    }

    /// Gives each candidate its name, in the order of the candidates.
    pub(super) fn assign(&mut self, all: &[Candidate<'_>], found: &mut Diagnostics) -> Vec<Name> {
        let mut names: Vec<Name> = all.iter().map(|one| one.name.clone()).collect();
        let mut order: Vec<(usize, &Candidate<'_>)> = all.iter().enumerate().collect();
        // Where no names meet, which is nearly everywhere, there is nothing to decide.
        let distinct: BTreeSet<&Name> = names.iter().collect();
        if distinct.len() < all.len() {
            order.sort_by_cached_key(|(_, one)| (one.rank(), one.span));
        }
        // All plain names come first: the number of one must not be the name of another.
        order.retain(|(_, one)| !self.take_plain(one));
        if distinct.len() == all.len() {
            order.sort_by_cached_key(|(_, one)| (one.rank(), one.span));
        }
        for (at, one) in order {
            if let Some(slot) = names.get_mut(at) {
                *slot = self.take(one, found);
            }
        }
        names
    }

    /// Takes the name that the candidate would like, if it is free.
    fn take_plain(&mut self, one: &Candidate<'_>) -> bool {
        let free = !self.contains(&one.name);
        if free {
            self.taken.insert(one.name.as_str().to_owned(), Some(one.span));
        }
        free
    }

    /// Gives one candidate its name.
    pub(super) fn take(&mut self, one: &Candidate<'_>, found: &mut Diagnostics) -> Name {
        let mut name = one.name.clone();
        let mut number = 1_usize;
        let first = self.taken.get(name.as_str()).copied();
        while self.taken.contains_key(name.as_str()) {
            number += 1;
            name = Name(format!("{}{}{number}", one.name.stem(), separator(&one.name)));
        }
        if let Some(Some(first)) = first {
            let message = format!(
                "`{}` becomes `{}`, which is taken, so it is called `{name}`",
                one.text, one.name
            );
            let gap = Diagnostic::gap(Code::NameCollision, one.span, message);
            let gap = gap.related(first, "the name is taken here");
            found.push(match one.place.help() {
                Some(help) => gap.help(help),
                None => gap,
            });
        }
        // Variables of servers have no place to show; their methods tell what they are called.
        if first == Some(None) && one.span != Span::default() {
            let message = format!(
                "`{}` becomes `{}`, which the crate itself needs here, so it is called `{name}`",
                one.text, one.name
            );
            let gap = Diagnostic::gap(Code::NameCollision, one.span, message);
            found.push(match one.place.help() {
                Some(help) => gap.help(help),
                None => gap,
            });
        }
        self.taken.insert(name.as_str().to_owned(), Some(one.span));
        name
    }
}

fn separator(name: &Name) -> &'static str {
    let snake = name.as_str().chars().all(|letter| !letter.is_uppercase());
    if snake && !name.as_str().ends_with('_') { "_" } else { "" }
}
