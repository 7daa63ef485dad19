//! Texts as words, which names are made of: letters that an identifier can have, and words for symbols.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The text with symbols as words; what has no letters of its own keeps its code points.
pub(super) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let sign = match text.chars().next() {
        Some('+') => Some("plus "),
        Some('-') if text.len() > 1 => Some("minus "),
        _ => None,
    };
    let rest = if let Some(sign) = sign {
        words.push_str(sign);
        text.get(1..).unwrap_or_default()
    } else {
        text
    };
    let (rest, comparison) = comparison(rest);
    for letter in rest.chars() {
        words.push(if is_letter(letter) { letter } else { ' ' });
    }
    if words.chars().any(is_letter) {
        words.push_str(comparison);
        return words;
    }
    if text.trim().is_empty() {
        return "empty".to_owned();
    }
    let points = text.chars().map(symbol_word);
    points.collect::<Vec<_>>().join(" ")
}

/// A filter as some APIs spell it, `StartTime<`: what is compared, and the words of the comparison.
/// A bracket that closes another one is none.
fn comparison(text: &str) -> (&str, &'static str) {
    let comparisons =
        [("<=", " less equal"), (">=", " greater equal"), ("<", " less"), (">", " greater")];
    let found = comparisons.iter().find_map(|(sign, words)| {
        let rest = text.strip_suffix(sign)?;
        (!rest.contains(['<', '>'])).then_some((rest, *words))
    });
    found.unwrap_or((text, ""))
}

/// The text with code points for letters that are not ASCII.
pub(super) fn ascii(words: &str) -> String {
    let letters = words.chars().map(|letter| match letter {
        letter if letter.is_ascii() => letter.to_string(),
        other => format!(" u{:x} ", u32::from(other)),
    });
    letters.collect()
}

fn is_letter(letter: char) -> bool {
    // Identifiers are XID (Unicode annex 31). `is_alphanumeric` is wider, so what is not ASCII is
    // tried as an identifier of the compiler's own.
    letter.is_ascii_alphanumeric() || (!letter.is_ascii() && is_identifier(letter))
}

fn is_identifier(letter: char) -> bool {
    letter.is_alphanumeric() && unicode_ident::is_xid_continue(letter) && !is_composed(letter)
}

/// Letters that the compiler puts into another form (NFC), in which they can meet another name:
/// signs for Kelvin, Ohm and Angstrom, single parts of Korean syllables, compatibility ideographs.
fn is_composed(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11ff}' | '\u{2126}' | '\u{212a}' | '\u{212b}'
        | '\u{f900}'..='\u{fb4f}' | '\u{2f800}'..='\u{2fa1f}')
}

fn symbol_word(symbol: char) -> String {
    let word = match symbol {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '.' => "dot",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '^' => "caret",
        '~' => "tilde",
        '?' => "question",
        ':' => "colon",
        ',' => "comma",
        ' ' => "",
        other => return format!("u{:x}", u32::from(other)),
    };
    word.to_owned()
}

/// How far a text, or the last part of a dotted one, is from a name: 0 if it is spelled as Rust
/// spells types or fields; else one more than the letters that a writer of words would not have
/// written, which are symbols that separate nothing and capitals that begin no word.
pub(super) fn oddity(text: &str) -> usize {
    let last = text.rsplit('.').next().filter(|last| !last.is_empty()).unwrap_or(text);
    let words = words(last);
    if last == words.to_upper_camel_case() || last == words.to_snake_case() {
        return 0;
    }
    let mut odd = 1;
    let mut before = None;
    for letter in last.chars() {
        let begins = before.is_none_or(|before| !is_letter(before));
        let capital = letter.is_uppercase() && before.is_some_and(char::is_uppercase);
        odd += usize::from(capital || (!is_letter(letter) && begins));
        before = Some(letter);
    }
    odd + usize::from(before.is_some_and(|last| !is_letter(last)))
}
