//! Texts and numbers that a schema allows.

use regex_syntax::hir::{ClassUnicodeRange, Hir, HirKind};
use serde_json::{Map, Value, json};

use super::instances::Fill;

/// A text for a schema of type `string`.
pub(super) fn text(schema: &Map<String, Value>, fill: Fill, choice: usize) -> Option<Value> {
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        return matching(pattern).map(Value::String);
    }
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    let encoded = schema.get("contentEncoding").and_then(Value::as_str).unwrap_or_default();
    let texts: &[&str] = match format {
        "date-time" => &[
            "2024-02-29T12:34:56Z",
            "2024-02-29T23:59:59.123456789+02:00",
            "1969-12-31T23:59:59.5Z",
            "9999-12-31T23:59:59Z",
        ],
        "date" | "full-date" => &["2024-02-29", "0001-01-01", "9999-12-31"],
        "time" => &["12:34:56Z", "23:59:59.5+02:00"],
        // Which of the two spellings a document means cannot be seen; see `formats` in its choices.
        "duration" => &["PT5M", "P1DT2H", "PT0.5S"],
        "uuid" => &["0190163d-8694-739b-aea5-966c26f8ad91", "00000000-0000-0000-0000-000000000000"],
        "uri" | "url" | "iri" => &["https://example.com/a?b=c#d", "urn:a:b"],
        "uri-reference" => &["../a", "https://example.com"],
        "email" => &["a@example.com"],
        "hostname" => &["example.com"],
        "ipv4" => &["192.0.2.1", "255.255.255.255"],
        "ipv6" => &["2001:db8::1", "::"],
        "byte" | "base64" | "bytes" => &["aGVsbG8=", "", "AA=="],
        "int64" => &["0", "9223372036854775807", "-9223372036854775808"],
        "uint64" => &["0", "18446744073709551615"],
        "int32" => &["0", "-2147483648"],
        "decimal" => &["1.50", "-0.000001"],
        _ if encoded.starts_with("base64") => &["aGVsbG8=", "AA=="],
        "" | "password" | "binary" if fill == Fill::Hard => &[
            "é \u{1f980} \u{202e}\u{0}\u{10ffff}",
            "\"\\/\n\t<&>'`",
            " ",
            "null",
            "2024-02-29",
            "1e400",
        ],
        _ if fill == Fill::Empty && format.is_empty() => &[""],
        _ => &["text", "another text"],
    };
    let text = match fill {
        Fill::Hard => texts.get(choice % texts.len()),
        _ => texts.get(choice % texts.len().min(2)),
    };
    let size = |key: &str| {
        schema.get(key).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok())
    };
    let mut letters: Vec<char> = text?.chars().collect();
    letters.truncate(size("maxLength").unwrap_or(usize::MAX));
    let least = size("minLength").unwrap_or_default().min(100_000);
    letters.extend(std::iter::repeat_n('a', least.saturating_sub(letters.len())));
    Some(letters.into_iter().collect::<String>().into())
}

/// A text that a pattern matches: the shortest way through it.
fn matching(pattern: &str) -> Option<String> {
    let pattern = pattern.replace("\\/", "/");
    let parsed = regex_syntax::ParserBuilder::new().build().parse(&pattern).ok()?;
    let mut text = String::new();
    walk(&parsed, &mut text).then_some(text)
}

fn walk(part: &Hir, text: &mut String) -> bool {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            text.push_str(&String::from_utf8_lossy(&literal.0));
            true
        }
        HirKind::Class(class) => {
            let letter = match class {
                regex_syntax::hir::Class::Unicode(class) => {
                    // A letter where there is one: classes often start with control characters.
                    let holds = |letter: char| {
                        class
                            .ranges()
                            .iter()
                            .any(|range| (range.start()..=range.end()).contains(&letter))
                    };
                    let plain = ['a', 'A', '0'].into_iter().find(|letter| holds(*letter));
                    plain.or_else(|| class.ranges().first().map(ClassUnicodeRange::start))
                }
                regex_syntax::hir::Class::Bytes(class) => {
                    class.ranges().first().map(|range| char::from(range.start()))
                }
            };
            text.extend(letter);
            letter.is_some()
        }
        HirKind::Repetition(repetition) => {
            (0..repetition.min.min(10_000)).all(|_| walk(&repetition.sub, text))
        }
        HirKind::Capture(capture) => walk(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().all(|part| walk(part, text)),
        HirKind::Alternation(parts) => parts.first().is_some_and(|part| walk(part, text)),
    }
}

/// A number for a schema of type `integer` or `number`.
pub(super) fn number(schema: &Map<String, Value>, whole: bool, fill: Fill, choice: usize) -> Value {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    let numbers: Vec<Value> = match (whole, format) {
        (true, "int32") => vec![json!(i32::MAX), json!(i32::MIN), json!(0)],
        (true, "uint32") => vec![json!(u32::MAX), json!(0)],
        (true, "uint64") => vec![json!(u64::MAX), json!(0)],
        (true, "int8" | "int16" | "uint8" | "uint16") => vec![json!(100), json!(0)],
        (true, _) => {
            vec![json!(i64::MAX), json!(i64::MIN), json!(9_007_199_254_740_993_i64), json!(0)]
        }
        (false, "float") => vec![json!(0.1), json!(-1.5), json!(16_777_216)],
        (false, _) => {
            vec![json!(1e300), json!(-1e-300), json!(0.1), json!(0), json!(123_456_789.123)]
        }
    };
    let float = |key: &str| schema.get(key).and_then(Value::as_f64);
    let exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let step = if whole { 1.0 } else { 0.5 };
    let low = float("exclusiveMinimum").map(|low| low + step).or_else(|| {
        float("minimum").map(|low| if exclusive("exclusiveMinimum") { low + step } else { low })
    });
    let high = float("exclusiveMaximum").map(|high| high - step).or_else(|| {
        float("maximum").map(|high| if exclusive("exclusiveMaximum") { high - step } else { high })
    });
    let fits = |number: &f64| {
        low.is_none_or(|low| *number >= low) && high.is_none_or(|high| *number <= high)
    };
    if fill == Fill::Hard
        && let Some(number) = numbers.get(choice % numbers.len())
        && number.as_f64().is_some_and(|number| fits(&number))
    {
        return number.clone();
    }
    let plain = float("multipleOf").unwrap_or(if whole { 7.0 } else { 1.5 });
    let number = [plain, low.unwrap_or(plain), high.unwrap_or(plain)].into_iter().find(fits);
    let number = number.unwrap_or(plain);
    if number.fract() == 0.0 && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small")]
        return json!(number as i64);
    }
    json!(number)
}
