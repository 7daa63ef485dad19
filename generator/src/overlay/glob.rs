//! Patterns of paths.

/// Whether a path matches a pattern of `*` and `**`, see [`super::SelectorKind::Path`].
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    wild(&pattern, &path, |step| *step == "**", |pattern, step| matches_step(pattern, step))
}

/// Whether one step of a path matches one step of a pattern, in which `*` is any text.
fn matches_step(pattern: &str, step: &str) -> bool {
    wild(pattern.as_bytes(), step.as_bytes(), |byte| *byte == b'*', |left, right| left == right)
}

/// Matches a sequence with a pattern in which some items stand for any number of items. Only the
/// last of these is ever tried again, so the time is bounded by the product of both lengths.
fn wild<T>(
    pattern: &[T],
    text: &[T],
    is_wild: impl Fn(&T) -> bool,
    is_same: impl Fn(&T, &T) -> bool,
) -> bool {
    let (mut at, mut next) = (0, 0);
    let mut retry = None;
    while let Some(item) = text.get(next) {
        match pattern.get(at) {
            Some(wild) if is_wild(wild) => {
                at += 1;
                retry = Some((at, next));
            }
            Some(same) if is_same(same, item) => {
                at += 1;
                next += 1;
            }
            _ => {
                let Some((after_wild, taken)) = retry else { return false };
                at = after_wild;
                next = taken + 1;
                retry = Some((after_wild, next));
            }
        }
    }
    pattern.iter().skip(at).all(is_wild)
}
