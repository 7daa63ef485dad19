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
    match waivers::apply(changes.clone(), &waivers, today()) {
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

/// The day in UTC.
fn today() -> Date {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    date(passed.as_secs() / 86_400)
}

/// The day that is so many days behind 1970-01-01. Years are counted from March, so that the day that
/// only some have is their last.
fn date(days: u64) -> Date {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = u16::try_from(era * 400 + year + next).unwrap_or(u16::MAX);
    let (month, day) = (u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1));
    Date::new(year, month, day).unwrap_or_else(|| date(0))
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_are_dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_819, "2027-01-01"),
            (20_818, "2026-12-31"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(date(days).to_string(), text);
        }
    }
}
