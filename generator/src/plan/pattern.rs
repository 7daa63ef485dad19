//! Patterns of ECMA-262, which JSON Schema uses, in the dialect of the crate `regex`.
//!
//! What both read alike stays as it is. `\d`, `\w` and `\s` become lists of the characters that they
//! mean in ECMA-262, for `regex` means those of all scripts; `.` leaves out what ends a line there.
//! What `regex` has no form for (lookaround, references to groups, `\B`) and what would make it refuse
//! a pattern for its size is an error in words.

const DIGITS: &str = "0-9";
const WORD: &str = "0-9A-Za-z_";
/// `WhiteSpace` and `LineTerminator` (ECMA-262, sections 12.2 and 12.3).
const SPACE: &str =
    r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
/// What `.` leaves out.
const LINE_ENDS: &str = r"\n\r\u{2028}\u{2029}";

/// The cost of one character; costs are a cautious measure of what `regex` compiles a term to.
const SINGLE: u64 = 1;
/// The cost of a class of characters of ASCII.
const NARROW: u64 = 2;
/// The cost of a class of other characters.
const WIDE: u64 = 20;
/// The cost of a Unicode category.
const CATEGORY: u64 = 2000;
/// A pattern of this cost compiles to half of what `regex` allows.
const LARGEST: u64 = 100_000;
/// The deepest nesting of groups; `regex` allows 250.
const DEEPEST: usize = 100;

/// The pattern in the dialect of `regex`.
///
/// # Errors
/// Why there is none.
pub(super) fn translate(pattern: &str) -> Result<String, &'static str> {
    let letters: Vec<char> = pattern.chars().collect();
    let groups = vec![Group::default()];
    let mut reader = Reader { letters: &letters, at: 0, out: String::new(), groups };
    while let Some(letter) = reader.next() {
        reader.term(letter)?;
    }
    match reader.groups.as_slice() {
        [whole] if whole.cost() <= LARGEST => Ok(reader.out),
        [_] => Err("it is too large to be compiled"),
        _ => Err("a group is not closed"),
    }
}

/// A group that is open, with the costs of what is in it.
#[derive(Default)]
struct Group {
    before: u64,
    /// The last term, which a quantifier repeats; 0 where there is nothing to repeat.
    last: u64,
}

impl Group {
    fn cost(&self) -> u64 {
        self.before.saturating_add(self.last)
    }
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    out: String,
    groups: Vec<Group>,
}

/// A member of a class.
enum Member {
    Letter(char),
    Set(String, u64),
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let letter = self.letters.get(self.at).copied();
        self.at += 1;
        letter
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn rest(&self) -> &[char] {
        self.letters.get(self.at..).unwrap_or_default()
    }

    fn starts(&self, text: &str) -> bool {
        let mut rest = self.rest().iter();
        text.chars().all(|letter| rest.next() == Some(&letter))
    }

    /// Something that can be repeated.
    fn atom(&mut self, text: &str, cost: u64) {
        self.mark(text);
        if let Some(group) = self.groups.last_mut() {
            group.last = cost;
        }
    }

    /// Something that cannot.
    fn mark(&mut self, text: &str) {
        self.out.push_str(text);
        if let Some(group) = self.groups.last_mut() {
            group.before = group.cost();
            group.last = 0;
        }
    }

    fn term(&mut self, letter: char) -> Result<(), &'static str> {
        match letter {
            '^' | '$' | '|' => self.mark(letter.encode_utf8(&mut [0; 4])),
            '.' => self.atom(&format!("[^{LINE_ENDS}]"), WIDE),
            '(' => self.open()?,
            ')' => {
                let Some(group) = self.groups.pop().filter(|_| !self.groups.is_empty()) else {
                    return Err("a group is closed that is not open");
                };
                self.atom(")", group.cost().max(SINGLE));
            }
            '*' | '+' | '?' => self.repeat(letter.encode_utf8(&mut [0; 4]), 1)?,
            '{' => match self.counts() {
                Some((text, most)) => self.repeat(&text, most)?,
                None => self.atom(r"\{", SINGLE),
            },
            '[' => self.class()?,
            '\\' => self.escape()?,
            _ => self.atom(&plain(letter), SINGLE),
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), &'static str> {
        if self.groups.len() >= DEEPEST {
            return Err("its groups are nested too deep");
        }
        let mut text = "(";
        if self.starts("?:") {
            text = "(?:";
            self.at += 2;
        } else if self.starts("?<") && !self.starts("?<=") && !self.starts("?<!") {
            let end = self.rest().iter().position(|one| *one == '>');
            self.at += end.ok_or("the name of a group does not end")? + 1;
        } else if self.starts("?") {
            return Err("it looks ahead or behind");
        }
        self.mark(text);
        self.groups.push(Group::default());
        Ok(())
    }

    fn repeat(&mut self, quantifier: &str, most: u64) -> Result<(), &'static str> {
        let Some(group) = self.groups.last_mut().filter(|group| group.last > 0) else {
            return Err("there is nothing to repeat");
        };
        let cost = group.last.saturating_mul(most.max(1));
        group.before = group.cost().saturating_add(cost);
        group.last = 0;
        self.out.push_str(quantifier);
        if self.peek() == Some('?') {
            self.at += 1;
            self.out.push('?');
        }
        Ok(())
    }

    /// The rest of `{2,5}`, and the larger number; `None` where the brace stands for itself.
    fn counts(&mut self) -> Option<(String, u64)> {
        let end = self.rest().iter().position(|one| *one == '}')?;
        let inner: String = self.rest().get(..end)?.iter().collect();
        let (least, most) = inner.split_once(',').unwrap_or((&inner, ""));
        let is_number = |text: &str| text.chars().all(|one| one.is_ascii_digit());
        if least.is_empty() || !is_number(least) || !is_number(most) {
            return None;
        }
        let larger = if most.is_empty() { least } else { most };
        self.at += end + 1;
        // More than fits is refused by its cost.
        Some((format!("{{{inner}}}"), larger.parse().unwrap_or(LARGEST).max(1) + 1))
    }

    fn class(&mut self) -> Result<(), &'static str> {
        let negated = self.peek() == Some('^');
        self.at += usize::from(negated);
        let mut text = String::from(if negated { "[^" } else { "[" });
        let mut cost = if negated { WIDE } else { NARROW };
        if self.peek() == Some(']') {
            return Err("a class is empty");
        }
        loop {
            match self.member()? {
                None => break,
                Some(Member::Set(set, own)) => {
                    text.push_str(&set);
                    cost = cost.max(own);
                }
                Some(Member::Letter(first)) => {
                    cost = cost.max(if first.is_ascii() { NARROW } else { WIDE });
                    let range = self.peek() == Some('-') && !self.starts("-]");
                    if !range {
                        let last = self.peek() == Some(']');
                        text.push_str(&in_class(first, last));
                        continue;
                    }
                    self.at += 1;
                    match self.member()? {
                        Some(Member::Letter(last)) if first <= last => {
                            cost = cost.max(if last.is_ascii() { NARROW } else { WIDE });
                            let (first, last) = (in_class(first, false), in_class(last, false));
                            text.extend([first.as_str(), "-", &last]);
                        }
                        Some(Member::Letter(_)) => return Err("a range ends before it starts"),
                        // Not a range (ECMA-262, section B.1.2): the three stand side by side.
                        Some(Member::Set(set, own)) => {
                            text.extend([in_class(first, false).as_str(), "\\-", &set]);
                            cost = cost.max(own);
                        }
                        None => return Err("a class is not closed"),
                    }
                }
            }
        }
        text.push(']');
        self.atom(&text, cost);
        Ok(())
    }

    /// The next member of a class, or `None` at its end.
    fn member(&mut self) -> Result<Option<Member>, &'static str> {
        let letter = self.next().ok_or("a class is not closed")?;
        Ok(match letter {
            ']' => None,
            '\\' => {
                let escaped = self.next().ok_or("it ends in a backslash")?;
                Some(match set(escaped) {
                    Some((inner, true)) => Member::Set(format!("[^{inner}]"), WIDE),
                    Some((inner, false)) => Member::Set(inner.to_owned(), NARROW.max(width(inner))),
                    None if escaped == 'b' => Member::Letter('\u{8}'),
                    None if matches!(escaped, 'p' | 'P') => {
                        Member::Set(self.category(escaped)?, CATEGORY)
                    }
                    None => Member::Letter(self.letter(escaped)?),
                })
            }
            plain => Some(Member::Letter(plain)),
        })
    }

    fn escape(&mut self) -> Result<(), &'static str> {
        let letter = self.next().ok_or("it ends in a backslash")?;
        match (letter, set(letter)) {
            (_, Some((inner, true))) => self.atom(&format!("[^{inner}]"), WIDE),
            (_, Some((inner, false))) => self.atom(&format!("[{inner}]"), NARROW.max(width(inner))),
            ('b', None) => self.mark(r"(?-u:\b)"),
            ('B', None) => return Err(r"`\B` has no form"),
            ('1'..='9' | 'k', None) => return Err("it refers to what a group matched"),
            ('p' | 'P', None) => {
                let category = self.category(letter)?;
                self.atom(&category, CATEGORY);
            }
            (_, None) => {
                let letter = self.letter(letter)?;
                self.atom(&plain(letter), SINGLE);
            }
        }
        Ok(())
    }

    /// A general category, of one or two letters, behind `\p`.
    fn category(&mut self, letter: char) -> Result<String, &'static str> {
        const NAMES: &[&str] = &[
            "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P",
            "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl",
            "Zp",
        ];
        let found = NAMES.iter().find(|name| self.starts(&format!("{{{name}}}")));
        let name = found.ok_or("it names a property of characters that is no general category")?;
        self.at += name.len() + 2;
        Ok(format!("\\{letter}{{{name}}}"))
    }

    /// The character that an escape stands for.
    fn letter(&mut self, escaped: char) -> Result<char, &'static str> {
        const UNKNOWN: &str = "an escape in it stands for nothing";
        Ok(match escaped {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\u{b}',
            'f' => '\u{c}',
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            'c' => {
                let control = self.next().filter(char::is_ascii_alphabetic).ok_or(UNKNOWN)?;
                char::from_u32(u32::from(control) % 32).ok_or(UNKNOWN)?
            }
            'x' => self.hex(2).ok_or(UNKNOWN)?,
            'u' if self.peek() == Some('{') => {
                self.at += 1;
                let end = self.rest().iter().position(|one| *one == '}').ok_or(UNKNOWN)?;
                let letter = self.hex(end).ok_or(UNKNOWN)?;
                self.at += 1;
                letter
            }
            'u' => self.hex(4).ok_or("an escape in it is half of a character")?,
            other if other.is_ascii_punctuation() => other,
            _ => return Err(UNKNOWN),
        })
    }

    fn hex(&mut self, digits: usize) -> Option<char> {
        let text: String = self.rest().get(..digits)?.iter().collect();
        let is_hex = text.chars().all(|one| one.is_ascii_hexdigit());
        self.at += digits;
        char::from_u32(u32::from_str_radix(&text, 16).ok().filter(|_| is_hex)?)
    }
}

/// The characters of `\d`, `\w` and `\s`, and whether the escape means all others.
fn set(escaped: char) -> Option<(&'static str, bool)> {
    Some(match escaped {
        'd' => (DIGITS, false),
        'D' => (DIGITS, true),
        'w' => (WORD, false),
        'W' => (WORD, true),
        's' => (SPACE, false),
        'S' => (SPACE, true),
        _ => return None,
    })
}

fn width(set: &str) -> u64 {
    if set == SPACE { WIDE } else { NARROW }
}

/// A character outside of classes.
fn plain(letter: char) -> String {
    if letter.is_control() {
        return format!("\\u{{{:x}}}", u32::from(letter));
    }
    let special = matches!(
        letter,
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$'
    );
    if special { format!("\\{letter}") } else { letter.to_string() }
}

/// A character in a class; a hyphen at the end needs no escape.
fn in_class(letter: char, last: bool) -> String {
    if letter.is_control() {
        return format!("\\u{{{:x}}}", u32::from(letter));
    }
    let special = matches!(letter, '\\' | '[' | ']' | '^' | '&' | '~') || (letter == '-' && !last);
    if special { format!("\\{letter}") } else { letter.to_string() }
}

#[cfg(test)]
mod tests;
