//! What a reviewer has agreed to: changes that are known, each with the reason, in `waivers.yaml`.
//!
//! ```yaml
//! - key: '1f0c6b2a9d3e4f50'  # field-removed models::Pet::name
//!   reason: no caller reads it
//!   until: 2027-01-31
//! ```
//!
//! The key is that of the change (`Change::key`), in quotes, because digits alone would be a number.
//! `until` is the last day on which the waiver holds. A waiver that has ended, or that no change asks
//! for, is an error, so that the file does not grow old.

use super::words::{shown, title};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::diff::Change;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Node};

/// The keys of a waiver.
const KEYS: [&str; 3] = ["key", "reason", "until"];

/// One change that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The key of the change.
    pub key: String,
    /// Why it is fine.
    pub reason: String,
    /// The last day on which it is.
    pub until: Option<Date>,
    /// Where the key stands.
    pub span: Span,
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Reads `2027-01-31`, and nothing else that means a day.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.parse().ok().map(Self)?;
        (date.to_string() == text).then_some(date)
    }

    /// The day in UTC, so many seconds behind 1970-01-01. What is behind the calendar's last day counts
    /// as that.
    pub fn at(seconds: i64) -> Self {
        let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
        Self(time.to_zoned(jiff::tz::TimeZone::UTC).date())
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Reads `waivers.yaml`, one of the sources.
///
/// # Errors
/// Those of `yaml`, and `invalid-waiver` for each unknown or missing key, wrong value and repeated
/// waiver.
pub fn read(sources: &Sources, file: FileId) -> Result<Vec<Waiver>, Diagnostics> {
    let text = sources.get(file).map_or("", |source| &source.text);
    // All entries may be gone or commented out.
    if text.lines().all(|line| matches!(line.trim_start().chars().next(), None | Some('#'))) {
        return Ok(Vec::new());
    }
    let root = yaml::parse(sources, file)?;
    let mut faults = Diagnostics::new();
    let mut waivers: Vec<Waiver> = Vec::new();
    if root.as_list().is_none() {
        let message = format!("waivers are a list, but this is {}", root.kind());
        faults.push(fault(root.span, message));
    }
    for node in root.as_list().unwrap_or_default() {
        let Some(waiver) = waiver(node, &mut faults) else { continue };
        match waivers.iter().find(|first| first.key == waiver.key) {
            Some(first) => {
                let message = format!("the change `{}` is waived twice", waiver.key);
                faults.push(fault(waiver.span, message).related(first.span, "the first time"));
            }
            None => waivers.push(waiver),
        }
    }
    faults.stop(waivers, &mut Diagnostics::new())
}

/// The changes that somebody knows of, each with the reason.
pub type Known = Vec<(Change, String)>;

/// Takes out the changes that are waived on that day, each with the reason. The rest keeps its order.
///
/// # Errors
/// `unused-waiver` where no change has the key, and `expired-waiver` where the last day is over.
pub fn apply(
    changes: Vec<Change>,
    waivers: &[Waiver],
    today: Date,
) -> Result<(Vec<Change>, Known), Diagnostics> {
    let mut faults = Diagnostics::new();
    let mut used = vec![false; waivers.len()];
    let (mut left, mut known) = (Vec::new(), Known::new());
    for change in changes {
        let key = change.key();
        let found = waivers.iter().zip(&mut used).find(|(waiver, _)| waiver.key == key);
        match found {
            Some((waiver, used)) => {
                *used = true;
                known.push((change, waiver.reason.clone()));
            }
            None => left.push(change),
        }
    }
    for (waiver, used) in waivers.iter().zip(used) {
        let Waiver { key, reason: _, until, span } = waiver;
        if !used {
            let message = format!("no change has the key `{key}`");
            let help = "delete it: the change is gone, or is another one now";
            faults.push(Diagnostic::error(Code::UnusedWaiver, *span, message).help(help));
        } else if let Some(until) = until.filter(|until| today > *until) {
            let message = format!("the waiver of `{key}` ended on {until}");
            let help = "set a later day if it still holds, or delete it";
            faults.push(Diagnostic::error(Code::ExpiredWaiver, *span, message).help(help));
        }
    }
    faults.stop((left, known), &mut Diagnostics::new())
}

/// The lines for `waivers.yaml` that waive a change, with a reason to be filled in.
pub fn entry(change: &Change) -> String {
    let title = title(change);
    format!("- key: '{}'  # {} {title}\n  reason: ''\n", change.key(), change.id)
}

fn waiver(node: &Node, faults: &mut Diagnostics) -> Option<Waiver> {
    let Some(entries) = node.as_map() else {
        faults
            .push(fault(node.span, format!("a waiver is an object, but this is {}", node.kind())));
        return None;
    };
    for Entry { key, key_span, .. } in entries {
        if !KEYS.contains(&&**key) {
            let help = format!("known here: {}", KEYS.join(", "));
            let message = format!("a waiver has no key `{key}`");
            faults.push(fault(*key_span, message).help(help));
        }
    }
    let key = text(node, "key", "the key of a change, as the review shows it", faults);
    let key = key.filter(|(key, span)| {
        let digits =
            key.len() == 16 && key.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'));
        if !digits {
            let message = format!("`{}` is not the key of a change", shown(key, 60));
            faults.push(fault(*span, message).help("it should be 16 hexadecimal digits in quotes"));
        }
        digits
    });
    let reason = text(node, "reason", "why the change is fine", faults);
    let until = until(node, faults);
    let ((key, span), (reason, _)) = (key?, reason?);
    Some(Waiver { key, reason, until, span })
}

fn until(node: &Node, faults: &mut Diagnostics) -> Option<Date> {
    let node = node.get("until")?;
    let date = node.as_str().and_then(Date::parse);
    if date.is_none() {
        let message = "`until` is not a day";
        faults.push(fault(node.span, message).help("it should be such as `2027-01-31`"));
    }
    date
}

/// A text that must be there and say something.
fn text(node: &Node, key: &str, what: &str, faults: &mut Diagnostics) -> Option<(String, Span)> {
    let Some(node) = node.get(key) else {
        let help = format!("add `{key}`, {what}");
        faults.push(fault(node.span, format!("a waiver needs a `{key}`")).help(help));
        return None;
    };
    match node.as_str() {
        Some(text) if !text.trim().is_empty() => Some((text.trim().to_owned(), node.span)),
        Some(_) => {
            let help = format!("write down {what}");
            faults.push(fault(node.span, format!("`{key}` is empty")).help(help));
            None
        }
        None => {
            let message = format!("`{key}` should be a string, but it is {}", node.kind());
            faults.push(fault(node.span, message).help("put it into quotes"));
            None
        }
    }
}

fn fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidWaiver, span, message)
}
