//! Text of a document in Markdown as GitHub reads it: nothing of it is markup, a mention or a link.
//!
//! What stands in a code span is literal, so names and code stand there. In prose every ASCII
//! character that can mean something is an entity, and a word joiner (U+2060) comes behind what GitHub
//! looks for once Markdown is read: `@name`, `#12`, `GH-12` and `://`.

use super::words::{add, shown};

const JOINER: char = '\u{2060}';

/// A sentence whose parts between backticks are code. Where the backticks do not pair, none are.
pub(super) fn sentence(text: &str, most: usize) -> String {
    let text = shown(text, most);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return prose(&text);
    }
    let parts = parts.iter().enumerate().map(|(at, part)| match at % 2 {
        0 => prose(part),
        _ if part.trim().is_empty() => String::new(),
        _ => code(part, most),
    });
    parts.collect()
}

/// A text without markup.
pub(super) fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut letters = String::new();
    let mut rest = text.chars().peekable();
    while let Some(one) = rest.next() {
        let is_looked_for = match one {
            '@' | '#' => true,
            ':' => rest.peek() == Some(&'/'),
            '-' => letters.eq_ignore_ascii_case("gh"),
            '.' => letters.eq_ignore_ascii_case("www"),
            _ => false,
        };
        let is_plain = one.is_alphanumeric() || !one.is_ascii() || " ,;/(){}.:-?=".contains(one);
        if is_plain && !is_looked_for {
            prose.push(one);
        } else {
            add(&mut prose, format_args!("&#{};", u32::from(one)));
        }
        if is_looked_for {
            prose.push(JOINER);
        }
        if one.is_alphanumeric() {
            letters.push(one);
        } else {
            letters.clear();
        }
    }
    prose
}

/// A code span, whose fence is longer than any run of backticks in it.
pub(super) fn code(text: &str, most: usize) -> String {
    let text = shown(text, most);
    let fence = "`".repeat(longest_run(&text) + 1);
    let blank = |edge: Option<char>| edge.is_none_or(|edge| edge == '`' || edge == ' ');
    if blank(text.chars().next()) || blank(text.chars().next_back()) {
        return format!("{fence} {text} {fence}");
    }
    format!("{fence}{text}{fence}")
}

/// A block of code of a language, each line shown for itself.
pub(super) fn block<'t>(language: &str, lines: impl Iterator<Item = &'t str>) -> String {
    let lines: Vec<_> = lines.map(|line| shown(line, 300)).collect();
    let longest = lines.iter().map(|line| longest_run(line)).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

fn longest_run(text: &str) -> usize {
    text.split(|one| one != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{block, code, prose, sentence};

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(prose("a @b #1 GH-2"), "a &#64;\u{2060}b &#35;\u{2060}1 GH&#45;\u{2060}2");
        assert_eq!(prose("<b>|*_`"), "&#60;b&#62;&#124;&#42;&#95;&#96;");
        assert_eq!(prose("https://x www.y"), "https&#58;\u{2060}//x www&#46;\u{2060}y");
        assert_eq!(prose("a\nb"), "a&#10;b");
    }

    #[test]
    fn code_is_literal_whatever_it_holds() {
        assert_eq!(code("i64", 9), "`i64`");
        assert_eq!(code("a``b", 9), "```a``b```");
        assert_eq!(code("`a", 9), "`` `a ``");
        assert_eq!(code("a\nb", 9), "`a\\u{a}b`");
        assert_eq!(block("rust", ["```", "x"].into_iter()), "````rust\n```\nx\n````\n");
    }

    #[test]
    fn sentences_keep_their_code() {
        assert_eq!(sentence("the type is `i64`", 99), "the type is `i64`");
        assert_eq!(sentence("a ` b", 99), "a &#96; b");
        assert_eq!(sentence("a `` b `@c`", 99), "a  b `@c`");
    }
}
