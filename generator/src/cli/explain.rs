//! `explain`: the long text of a diagnostic's code, and the page of a change.

use std::ffi::OsStr;
use std::io::{IsTerminal, stdout};
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ContextKind;
use clap::{Arg, Command, Error};

use super::report::say;
use crate::diagnostic::Code;
use crate::diff::{self, Id};

/// All codes and ids, for clap to check and to suggest from.
pub(super) fn words() -> Words {
    Words(PossibleValuesParser::new(diagnostics().chain(changes())))
}

/// Refuses a word with the one that is nearest: all of them would hide it.
#[derive(Clone)]
pub(super) struct Words(PossibleValuesParser);

impl TypedValueParser for Words {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        self.0.parse_ref(command, argument, value).map_err(|mut error| {
            error.remove(ContextKind::ValidValue);
            error
        })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.0.possible_values()
    }
}

fn diagnostics() -> impl Iterator<Item = &'static str> {
    Code::ALL.iter().map(|code| code.as_str())
}

fn changes() -> impl Iterator<Item = &'static str> {
    Id::all().map(Id::name)
}

/// Prints the text of a code or an id, or the list of all; people see which are which.
pub(super) fn explain(word: Option<&str>) -> ExitCode {
    match (word.and_then(Code::parse), word.and_then(Id::parse)) {
        (Some(code), _) => say(code.explain().trim_end()),
        (None, Some(id)) => say(diff::page(id).trim_end()),
        (None, None) if stdout().is_terminal() => {
            say("Errors and gaps:");
            diagnostics().for_each(|word| say(format_args!("  {word}")));
            say("\nChanges:");
            changes().for_each(|word| say(format_args!("  {word}")));
        }
        (None, None) => diagnostics().chain(changes()).for_each(say),
    }
    ExitCode::SUCCESS
}
