// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Foreign text made fit for a message: one line, of bounded length, without secrets.

/// What stands for a secret that a server repeated.
const REDACTED: &str = "[redacted]";

/// How many characters of a foreign text are shown.
const SHOWN_CHARACTERS: usize = 300;

/// The text as it may be shown: without `secrets`, on one line, with other control characters and
/// those that change the direction of writing replaced, and cut after 300 characters.
pub(in crate::runtime) fn printable(text: &str, secrets: &[&str]) -> String {
    let mut redacted = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        redacted = redacted.replace(secret, REDACTED);
    }
    let mut characters = redacted.trim().chars();
    let mut shown: String = characters.by_ref().take(SHOWN_CHARACTERS).map(neutral).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

fn neutral(character: char) -> char {
    match character {
        '\n' | '\r' | '\t' => ' ',
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => '\u{fffd}',
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}
