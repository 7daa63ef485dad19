//! What a change is: an id, two verdicts, and the things on both sides.

use std::fmt;
use std::hash::Hasher as _;

use super::Id;
use crate::source::Span;

/// One difference of two documents, as callers of the crates made of them meet it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of change it is.
    pub id: Id,
    /// Whether what compiled against the old crate compiles against the new one.
    pub build: Build,
    /// Whether a program made with the old crate works with a server of the new document.
    pub running: Running,
    /// What was changed to bring it about.
    pub cause: Cause,
    /// Which way the data goes that it is about.
    pub side: Side,
    /// The thing as it was; `None` for what was added.
    pub before: Option<Thing>,
    /// The thing as it is; `None` for what was removed.
    pub after: Option<Thing>,
    /// What it comes to, in one sentence without an end: "the type is `i64`, and was `String`".
    pub message: String,
    /// The Rust paths of the old crate that are gone or other because of it, its own first.
    pub items_before: Vec<String>,
    /// The Rust paths of the new crate that are there or other because of it, its own first.
    pub items_after: Vec<String>,
    /// The operations that send or receive what it is about, in the document's order: `GET /pets`.
    pub operations: Vec<String>,
}

/// One side of a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thing {
    /// Its Rust path, from the root of the crate: `models::Pet::name`.
    pub path: String,
    /// How it reads there: `pub name: Option<String>`.
    pub code: String,
    /// What it is in the document's words: `name` of `Pet`, or `GET /pets`.
    pub wire: String,
    /// Where it stands; `None` for what no place says, such as what follows from a choice.
    pub span: Option<Span>,
}

/// Whether a caller compiles against the new crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Build {
    /// As before.
    Same,
    /// As before; the documentation reads differently.
    Docs,
    /// As before, and the compiler warns.
    Warns,
    /// As before, and there is more to call.
    Adds,
    /// Some callers do not: those that spell a type or use a trait that most do not.
    MayBreak,
    /// Who uses it does not.
    Breaks,
}

/// Whether a program made with the old crate works with a server of the new document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Running {
    /// As before.
    Same,
    /// It depends on values that are sent or received.
    MayBreak,
    /// Who uses it is refused, cannot read the answer, or gets another value.
    Breaks,
}

/// What was changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The OpenAPI document.
    #[default]
    Document,
    /// `generator.yaml`.
    Config,
    /// The generator or its templates.
    Generator,
}

/// Which way the data goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// None goes: no operation has it.
    #[default]
    None,
    /// To the server.
    Request,
    /// From the server.
    Response,
    /// Both ways.
    Both,
}

/// How much a change matters to a reviewer, the most dangerous first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It compiles, and is wrong at run time.
    Silent,
    /// Callers do not compile.
    Build,
    /// Running programs fail, and the compiler points at some of it.
    Running,
    /// Some callers or programs may fail.
    Caution,
    /// There is more to call.
    Adds,
    /// The compiler warns.
    Deprecates,
    /// Only texts changed.
    Docs,
    /// The document changed, the crate did not.
    None,
}

impl Level {
    /// All levels, the most dangerous first.
    pub const ALL: [Self; 8] = [
        Self::Silent,
        Self::Build,
        Self::Running,
        Self::Caution,
        Self::Adds,
        Self::Deprecates,
        Self::Docs,
        Self::None,
    ];
}

impl Change {
    /// How much it matters, which follows from its verdicts.
    pub fn level(&self) -> Level {
        match (self.build, self.running) {
            (Build::Same | Build::Docs, Running::Breaks) => Level::Silent,
            (Build::Breaks, _) => Level::Build,
            (_, Running::Breaks) => Level::Running,
            (Build::MayBreak, _) | (_, Running::MayBreak) => Level::Caution,
            (Build::Adds, Running::Same) => Level::Adds,
            (Build::Warns, Running::Same) => Level::Deprecates,
            (Build::Docs, Running::Same) => Level::Docs,
            (Build::Same, Running::Same) => Level::None,
        }
    }

    /// The thing that it is shown at: as it is, or as it was if it is gone.
    pub fn thing(&self) -> Option<&Thing> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// The Rust path that it is shown at; empty for a change of the whole.
    pub fn path(&self) -> &str {
        self.thing().map_or("", |thing| &thing.path)
    }

    /// What a waiver names it by: sixteen hexadecimal digits of its id, its Rust path, and how the
    /// thing reads before and after. Places and prose are no part of it.
    pub fn key(&self) -> String {
        let mut hash = fnv::FnvHasher::default();
        let side = |thing: &Option<Thing>| match thing {
            Some(thing) => format!("{}\u{1}{}\u{1}{}", thing.path, thing.code, thing.wire),
            None => String::new(),
        };
        for part in [self.id.name(), &side(&self.before), &side(&self.after)] {
            hash.write(part.as_bytes());
            hash.write(&[0]);
        }
        format!("{:016x}", hash.finish())
    }
}

impl Build {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Docs => "docs",
            Self::Warns => "warns",
            Self::Adds => "adds",
            Self::MayBreak => "may-break",
            Self::Breaks => "breaks",
        }
    }
}

impl Running {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::MayBreak => "may-break",
            Self::Breaks => "breaks",
        }
    }
}

impl Cause {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Config => "config",
            Self::Generator => "generator",
        }
    }
}

impl Side {
    /// The word for it in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Request => "request",
            Self::Response => "response",
            Self::Both => "both",
        }
    }

    /// Whether the data goes to the server.
    pub fn is_sent(self) -> bool {
        matches!(self, Self::Request | Self::Both)
    }

    /// Whether the data comes from the server.
    pub fn is_received(self) -> bool {
        matches!(self, Self::Response | Self::Both)
    }
}

impl Level {
    /// The word for it in reports and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Build => "build",
            Self::Running => "running",
            Self::Caution => "caution",
            Self::Adds => "adds",
            Self::Deprecates => "deprecates",
            Self::Docs => "docs",
            Self::None => "none",
        }
    }

    /// What it means, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Silent => "compiles, and is wrong at run time",
            Self::Build => "callers do not compile",
            Self::Running => "running programs fail",
            Self::Caution => "some callers or programs may fail",
            Self::Adds => "there is more to call",
            Self::Deprecates => "the compiler warns",
            Self::Docs => "only texts changed",
            Self::None => "the document changed, the crate did not",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}
