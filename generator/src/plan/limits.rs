//! What a value must keep to, in words: `1 to 100 characters; pattern "^[a-z]+$"`.

use super::docs::code;
use crate::model::{Bound, Limits, Names, Sizes};

/// The longest default that is worth its place in the documentation.
const LONGEST_DEFAULT: usize = 80;

/// A line about limits and default; none where there is nothing to say.
pub(super) fn line(limits: &Limits, default: Option<&str>) -> Option<String> {
    let limits = words(limits);
    let limits = (!limits.is_empty()).then(|| format!("Limits: {limits}."));
    let default = default.filter(|text| text.len() <= LONGEST_DEFAULT);
    let default = default.map(|text| format!("Default: {}.", code(text)));
    let said: Vec<String> = limits.into_iter().chain(default).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn words(limits: &Limits) -> String {
    let Limits { length, items, properties, unique, minimum, maximum, multiple_of, .. } = limits;
    let Limits { pattern, each, values, names, .. } = limits;
    let mut said = Vec::new();
    said.extend(sizes(*length, "character", "characters"));
    said.extend(range(minimum.as_ref(), maximum.as_ref()));
    said.extend(multiple_of.as_ref().map(|number| format!("a multiple of {number}")));
    said.extend(sizes(*items, "item", "items"));
    said.extend(unique.then(|| "no two items equal".to_owned()));
    said.extend(sizes(*properties, "property", "properties"));
    said.extend(pattern.as_ref().map(|pattern| format!("pattern {}", exact(pattern))));
    said.extend(each.as_ref().map(|each| format!("each item: {}", words(each))));
    said.extend(
        values.as_ref().map(|values| format!("each additional property: {}", words(values))),
    );
    said.extend(names.as_ref().map(|names| format!("each name: {}", of_names(names))));
    said.join("; ")
}

/// What names must keep to: `1 to 5 characters; pattern "^x-"`.
fn of_names(names: &Names) -> String {
    let mut said = Vec::new();
    said.extend(sizes(names.length, "character", "characters"));
    let patterns = || names.patterns.iter().map(|pattern| exact(pattern)).collect::<Vec<_>>();
    said.extend(
        (!names.patterns.is_empty()).then(|| format!("pattern {}", patterns().join(" or "))),
    );
    let values = || names.values.iter().map(|value| exact(value)).collect::<Vec<_>>();
    said.extend((!names.values.is_empty()).then(|| format!("one of {}", values().join(", "))));
    said.join("; ")
}

/// A pattern as code: one that holds a backtick goes between two of them (`CommonMark` §6.1).
fn exact(pattern: &str) -> String {
    let is_printable = pattern.is_ascii() && !pattern.contains(char::is_control);
    if is_printable && pattern.contains('`') && !pattern.contains("``") {
        return format!("`` {pattern} ``");
    }
    code(pattern)
}

fn sizes(sizes: Sizes, one: &str, several: &str) -> Option<String> {
    let unit = |count: usize| if count == 1 { one } else { several };
    Some(match (sizes.least, sizes.most) {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => format!("exactly {most} {}", unit(most)),
        (Some(least), Some(most)) => format!("{least} to {most} {}", unit(most)),
        (Some(least), None) => format!("at least {least} {}", unit(least)),
        (None, Some(most)) => format!("at most {most} {}", unit(most)),
    })
}

fn range(minimum: Option<&Bound>, maximum: Option<&Bound>) -> Option<String> {
    let least = minimum.map(|bound| {
        let word = if bound.exclusive { "more than" } else { "at least" };
        format!("{word} {}", bound.value)
    });
    let most = maximum.map(|bound| {
        let word = if bound.exclusive { "less than" } else { "at most" };
        format!("{word} {}", bound.value)
    });
    match (minimum, maximum) {
        (Some(least), Some(most)) if !least.exclusive && !most.exclusive => {
            Some(format!("{} to {}", least.value, most.value))
        }
        _ => {
            let both: Vec<String> = least.into_iter().chain(most).collect();
            (!both.is_empty()).then(|| both.join(" and "))
        }
    }
}
