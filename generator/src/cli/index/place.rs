//! What stands at a line of a generated file.
//!
//! Files of the generator have a form of their own: an item begins at the left margin, a row of a
//! table or a member is on one line. So the lines above tell what a line belongs to.

use std::path::Path;

use crate::files::Place;

/// The file and the line of a place as compilers write it: `src/lib.rs:12` or `src/lib.rs:12:5`.
pub(super) fn parse(text: &str) -> Option<(&str, usize)> {
    let end = text.find(".rs:")? + ".rs".len();
    let (file, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let line = rest.split(':').next()?.parse().ok()?;
    Some((file, line))
}

/// The path of the item at a line, or its end: `Pet::name`.
pub(super) fn item(file: &Path, line: usize) -> Result<String, String> {
    let shown = file.display();
    let Some(text) = Place::disk(file).text() else {
        return Err(format!("cannot read {shown}"));
    };
    let lines: Vec<&str> = text.lines().take(line).collect();
    let Some(last) = lines.last().filter(|_| lines.len() == line) else {
        return Err(format!("{shown} has no line {line}"));
    };
    let owner = lines.iter().rev().find_map(|line| owner(line));
    let Some(owner) = owner else {
        return Err(format!("there is no item at {shown}:{line}"));
    };
    Ok(match member(last) {
        Some(member) if member != owner => format!("{owner}::{member}"),
        _ => owner,
    })
}

/// The type that a line at the left margin is about.
fn owner(line: &str) -> Option<String> {
    let starts = ["pub struct ", "pub enum ", "pub type ", "crate::runtime::"];
    let rest = starts.iter().find_map(|start| line.strip_prefix(start));
    let rest = match (rest, line.strip_prefix("impl")) {
        (Some(rest), _) if line.starts_with("crate::runtime::") => rest.split_once('(')?.1,
        (Some(rest), _) => rest,
        // `impl<'a> Trait for Type<'a>` is about the type.
        (None, Some(rest)) => {
            let rest = rest.rsplit(" for ").next().unwrap_or(rest);
            rest.trim_start_matches("<'a>").trim_start_matches("<'_>")
        }
        (None, None) => return None,
    };
    word(rest.trim_start())
}

/// The member that an indented line declares.
fn member(line: &str) -> Option<String> {
    let line = line.strip_prefix("    ")?.trim_start();
    let plain = ["pub async fn ", "pub fn ", "pub "];
    let rest = plain.iter().find_map(|start| line.strip_prefix(start)).unwrap_or(line);
    word(rest)
}

fn word(text: &str) -> Option<String> {
    let is_word = |one: &char| one.is_alphanumeric() || *one == '_' || *one == '#';
    let word: String = text.chars().take_while(is_word).collect();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::{member, owner, parse};

    #[test]
    fn places_and_lines_are_read() {
        assert_eq!(parse("generated/src/a.rs:12"), Some(("generated/src/a.rs", 12)));
        assert_eq!(parse("a.rs:12:5"), Some(("a.rs", 12)));
        assert_eq!(parse("models::Pet"), None);
        for line in ["pub struct Pet {", "impl Pet {", "impl<'a> Pets<'a> {", "pub enum Pet {"] {
            let expected = if line.contains("Pets") { "Pets" } else { "Pet" };
            assert_eq!(owner(line).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(owner("crate::runtime::object!(Pet {").as_deref(), Some("Pet"));
        assert_eq!(member("    pub name: Option<String>,").as_deref(), Some("name"));
        assert_eq!(member("    Open,").as_deref(), Some("Open"));
        assert_eq!(member("    pub fn list(&self) -> List<'a> {").as_deref(), Some("list"));
    }
}
