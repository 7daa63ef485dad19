//! "Did you mean": the word that is nearest to a misspelt one.

/// Words beyond this length are names that nobody types by hand.
const LONGEST: usize = 64;

/// The candidate that differs in the least letters, if these are few.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let bound = (word.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= bound)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= bound)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The number of letters to change, add, remove or swap with their neighbour, whatever their case.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<u8> = right.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let mut last = None;
    for (line, byte) in left.bytes().map(|byte| byte.to_ascii_lowercase()).enumerate() {
        let mut next = vec![line + 1];
        for (column, other) in right.iter().enumerate() {
            let at =
                |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
            let replace = at(&row, column) + usize::from(byte != *other);
            let mut best = replace.min(at(&row, column + 1) + 1).min(at(&next, column) + 1);
            let previous = column.checked_sub(1).and_then(|index| right.get(index));
            if last == Some(*other) && previous == Some(&byte) {
                best = best.min(at(&before, column.saturating_sub(1)) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
        last = Some(byte);
    }
    row.last().copied().unwrap_or_default()
}
