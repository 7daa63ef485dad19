//! What a scalar means: the core schema of YAML 1.2.
//!
//! | written | read as |
//! | --- | --- |
//! | `null`, `Null`, `NULL`, `~`, nothing | null |
//! | `true`, `True`, `TRUE`, `false`, `False`, `FALSE` | a boolean |
//! | `12`, `+12`, `007`, `0o14`, `0xC` | an integer, as decimal JSON text |
//! | `1.5`, `.5`, `5.`, `1e3` | a number, as JSON text with all its digits |
//! | `.inf`, `-.INF`, `.nan` | refused: JSON has no such number |
//! | `yes`, `on`, `2024-01-01`, `1_000`, anything quoted | a string |

use super::Value;

/// The prefix of the tags that YAML itself defines, written `!!`.
const CORE: &str = "tag:yaml.org,2002:";

/// The meaning of a scalar with an explicit tag, whose whole name is given.
///
/// # Errors
/// Says why the tag and the text do not go together, or that the tag is unknown.
pub(super) fn tagged(tag: &str, text: &str) -> Result<Value, String> {
    let core = tag.strip_prefix(CORE);
    if tag == "!" || core == Some("str") {
        return Ok(Value::String(text.into()));
    }
    let Some(kind @ ("null" | "bool" | "int" | "float")) = core else {
        return Err(unknown(tag));
    };
    let value = plain(text)?;
    let fits = match &value {
        Value::Null => kind == "null",
        Value::Bool(_) => kind == "bool",
        Value::Number(number) => {
            kind == "float" || kind == "int" && !number.contains(['.', 'e', 'E'])
        }
        Value::String(_) | Value::List(_) | Value::Map(_) => false,
    };
    if fits { Ok(value) } else { Err(format!("`{text}` is not what its tag `!!{kind}` says")) }
}

/// Checks the tag of a collection, `seq` or `map`.
///
/// # Errors
/// Says that the tag is not for this kind of collection.
pub(super) fn check_collection(tag: &str, kind: &str) -> Result<(), String> {
    if tag == "!" || tag.strip_prefix(CORE) == Some(kind) { Ok(()) } else { Err(unknown(tag)) }
}

/// The meaning of a scalar without quotes and tag.
///
/// # Errors
/// Says why the number is none that JSON has.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return Ok(Value::String(text.into()));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") || is_infinity(text) {
        return Err(format!("`{text}` is not a number that JSON has"));
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        let digits = text.strip_prefix(prefix).filter(|digits| is_digits(digits, radix));
        if let Some(digits) = digits {
            let number = u128::from_str_radix(digits, radix)
                .map_err(|_| "the number has more than 128 bits".to_owned())?;
            return Ok(Value::Number(number.to_string().into()));
        }
    }
    Ok(decimal(text).map_or_else(|| Value::String(text.into()), Value::Number))
}

/// A decimal number as JSON writes it: without `+` and leading zeros, with digits around the point.
fn decimal(text: &str) -> Option<Box<str>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, unsigned.get(at..)?),
        None => (unsigned, ""),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let written = !whole.is_empty() || fraction.is_some_and(|digits| !digits.is_empty());
    let digits = is_decimal(whole) && fraction.is_none_or(is_decimal);
    if !written || !digits || !is_exponent(exponent) {
        return None;
    }
    let mut number = String::with_capacity(text.len() + 1);
    if text.starts_with('-') {
        number.push('-');
    }
    let significant = whole.trim_start_matches('0');
    number.push_str(if significant.is_empty() { "0" } else { significant });
    if let Some(fraction) = fraction {
        number.push('.');
        number.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    number.push_str(exponent);
    Some(number.into())
}

/// Whether the text is empty or `e`, a sign or none, and digits.
fn is_exponent(text: &str) -> bool {
    let Some(digits) = text.get(1..) else {
        return true;
    };
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    !digits.is_empty() && is_decimal(digits)
}

fn is_decimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|digit| digit.is_digit(radix))
}

fn is_infinity(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
}

fn unknown(tag: &str) -> String {
    let name = tag.strip_prefix(CORE).map_or_else(|| tag.to_owned(), |core| format!("!!{core}"));
    format!("the tag `{name}` has no meaning here")
}
