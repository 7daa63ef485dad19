//! `explain`: the long text of a code.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;

use super::report::say;
use crate::diagnostic::Code;

/// All codes, for clap to check and to suggest from.
pub(super) fn codes() -> PossibleValuesParser {
    PossibleValuesParser::new(Code::ALL.iter().map(|code| code.as_str()))
}

/// Prints the text of a code, or the list of all codes.
pub(super) fn explain(code: Option<&str>) -> ExitCode {
    match code.and_then(Code::parse) {
        Some(code) => say(code.explain().trim_end()),
        None => Code::ALL.iter().for_each(|code| say(code.as_str())),
    }
    ExitCode::SUCCESS
}
