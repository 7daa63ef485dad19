//! Why a document may come out otherwise than the index says: `xtask/corpus-reasons.tsv`.
//!
//! Each line is a pattern of paths, what comes out (`generated` or `refused`) and the reason, with
//! tabs between. Lines that start with `#` are comments. A reason that fits documents, but that none
//! of them needs, is out of date and a fault of the run.

use super::documents::fits;
use super::row::Verdict;

const TABLE: &str = include_str!("../../corpus-reasons.tsv");

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reason {
    /// The paths that it is for.
    pub(super) pattern: &'static str,
    /// What comes out.
    pub(super) verdict: Verdict,
    /// Why that is right.
    pub(super) text: &'static str,
}

impl Reason {
    /// Whether it is for this document and this result.
    pub(super) fn covers(&self, path: &str, verdict: Verdict) -> bool {
        self.verdict == verdict && fits(self.pattern, path)
    }
}

/// All reasons.
///
/// # Errors
/// The first line that is no reason.
pub(super) fn all() -> Result<Vec<Reason>, String> {
    let mut reasons = Vec::new();
    for (number, line) in TABLE.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut cells = line.split('\t');
        let verdict = |word| match word {
            "generated" => Some(Verdict::Generated),
            "refused" => Some(Verdict::Refused),
            _ => None,
        };
        let reason = (cells.next(), cells.next().and_then(verdict), cells.next(), cells.next());
        let (Some(pattern), Some(verdict), Some(text), None) = reason else {
            return Err(format!("xtask/corpus-reasons.tsv:{}: this is no reason", number + 1));
        };
        reasons.push(Reason { pattern, verdict, text });
    }
    Ok(reasons)
}
