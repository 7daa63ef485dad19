//! The changes that somebody knows of: `waivers.yaml`, beside `generator.yaml` unless another is named.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use super::Trouble;
use crate::cli::MessageFormat;
use crate::cli::report::Faults;
use crate::diff::Change;
use crate::files::{Place, ReadError};
use crate::review::waivers::{self, Date, Known, Waiver};
use crate::source::{FileId, Source, Sources};

/// Where waivers are, if nobody says so.
const USUAL: &str = "waivers.yaml";

/// What is left of the changes.
pub(super) struct Waived {
    pub(super) changes: Vec<Change>,
    pub(super) known: Known,
    pub(super) state: State,
}

/// Whether the waivers themselves are in order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Good,
    /// One of them is expired or unused; that was told.
    Bad,
}

/// Takes out what is waived.
pub(super) fn waive(
    changes: Vec<Change>,
    named: Option<&Path>,
    config: &Path,
) -> Result<Waived, Trouble> {
    let usual = config.with_file_name(USUAL);
    let path = named.unwrap_or(&usual);
    if named.is_none() && !path.is_file() {
        return Ok(Waived { changes, known: Known::new(), state: State::Good });
    }
    let (sources, waivers) = read(path)?;
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let today = Date::at(i64::try_from(passed.as_secs()).unwrap_or(i64::MAX));
    match waivers::apply(changes.clone(), &waivers, today) {
        Ok((changes, known)) => Ok(Waived { changes, known, state: State::Good }),
        Err(faults) => {
            // The review is written all the same, with nothing waived.
            Faults { format: MessageFormat::Human }.tell(&faults, &sources);
            Ok(Waived { changes, known: Known::new(), state: State::Bad })
        }
    }
}

fn read(path: &Path) -> Result<(Sources, Vec<Waiver>), Trouble> {
    let missing = || {
        let source = std::io::Error::new(std::io::ErrorKind::NotFound, "there is no such text");
        Trouble::Read(ReadError::Io { path: path.to_owned(), source })
    };
    let text = Place::disk(path).raw_text().ok_or_else(missing)?;
    let sources = Sources::root(Source::new(path.display().to_string(), text));
    match waivers::read(&sources, FileId::default()) {
        Ok(waivers) => Ok((sources, waivers)),
        Err(diagnostics) => Err(Trouble::Document { sources, diagnostics }),
    }
}
