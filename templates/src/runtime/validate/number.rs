// @generated in client crates by oasmith, which copies this file as it stands from its templates.
//! Numbers by their texts, so that 0.07 is a multiple of 0.01 and no digit of an integer is lost.

use std::cmp::Ordering;

use super::Limit;

/// The longest exponent of ten that is taken apart: 38 digits fit.
const LONGEST: i32 = 38;

/// Checks a number, given as JSON writes it.
pub(super) fn check(number: &str, limits: &[Limit]) -> Result<(), String> {
    limits.iter().try_for_each(|limit| {
        let (keeps, word, bound) = match limit {
            Limit::Minimum(least) => (compare(number, least).is_ge(), "at least", least),
            Limit::ExclusiveMinimum(below) => (compare(number, below).is_gt(), "more than", below),
            Limit::Maximum(most) => (compare(number, most).is_le(), "at most", most),
            Limit::ExclusiveMaximum(above) => (compare(number, above).is_lt(), "less than", above),
            Limit::MultipleOf(unit) => (is_multiple(number, unit), "a multiple of", unit),
            _ => return Ok(()),
        };
        if keeps { Ok(()) } else { Err(format!("{number}, but {word} {bound}")) }
    })
}

fn compare(one: &str, other: &str) -> Ordering {
    match aligned(one, other) {
        Some((one, other)) => one.cmp(&other),
        None => float(one).total_cmp(&float(other)),
    }
}

fn is_multiple(number: &str, unit: &str) -> bool {
    match aligned(number, unit) {
        Some((number, unit)) => unit == 0 || number % unit == 0,
        None => (float(number) / float(unit)).fract() == 0.0,
    }
}

/// Both numbers as multiples of the same power of ten; `None` where that takes too many digits.
fn aligned(one: &str, other: &str) -> Option<(i128, i128)> {
    let ((one, place), (other, second)) = (decimal(one)?, decimal(other)?);
    let least = place.min(second);
    Some((scaled(one, place - least)?, scaled(other, second - least)?))
}

fn scaled(digits: i128, zeros: i32) -> Option<i128> {
    if digits == 0 {
        return Some(0);
    }
    let zeros = u32::try_from(zeros).ok()?;
    digits.checked_mul(10_i128.checked_pow(zeros)?)
}

/// `-1.25e3` as −125 and 1: the digits, and the power of ten of the last one.
fn decimal(text: &str) -> Option<(i128, i32)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let exponent: i32 = exponent.parse().ok()?;
    let place = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    (place.abs() <= LONGEST || digits == 0).then_some((digits, place))
}

fn float(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}
