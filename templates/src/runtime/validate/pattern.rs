// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Patterns, each compiled once.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use regex::Regex;

/// The patterns that have been asked for, by their texts.
static COMPILED: RwLock<BTreeMap<&'static str, Regex>> = RwLock::new(BTreeMap::new());

/// Checks that a part of the text matches.
///
/// # Errors
/// When none does.
pub(super) fn check(text: &str, pattern: &'static str) -> Result<(), String> {
    let matches = compiled(pattern).map(|regex| regex.is_match(text));
    match matches {
        Ok(true) => Ok(()),
        Ok(false) => Err(format!("does not match the pattern {pattern}")),
        // The generator lets no such pattern through.
        Err(error) => Err(format!("cannot be checked: {error}")),
    }
}

fn compiled(pattern: &'static str) -> Result<Regex, regex::Error> {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    if let Some(regex) = known {
        return Ok(regex);
    }
    let regex = Regex::new(pattern)?;
    let mut all = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    Ok(all.entry(pattern).or_insert(regex).clone())
}
