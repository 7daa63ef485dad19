//! The Rust of pages: what is an item of the crate, and whether the crate has it.

use oasmith::diff::Change;

use crate::page::Page;

/// Reads items of a crate, or statements of a caller.
pub(crate) fn parse(text: &str) -> Result<(), syn::Error> {
    match syn::parse_file(text) {
        Ok(_) => Ok(()),
        Err(error) => syn::parse_str::<syn::ItemFn>(&format!("async fn caller() {{ {text} }}"))
            .map(|_| ())
            .map_err(|_| error),
    }
}

/// The lines of items that are in neither crate, each with the side that it is missing on.
pub(crate) fn untrue(page: &Page, changes: &[Change], old: &str, new: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let codes = |before: bool| {
        let things = changes.iter().filter_map(move |change| {
            if before { change.before.as_ref() } else { change.after.as_ref() }
        });
        things.map(|thing| thing.code.as_str()).collect::<Vec<_>>().join("\n")
    };
    let (old, new) =
        (plain(&(old.to_owned() + &codes(true))), plain(&(new.to_owned() + &codes(false))));
    for fence in &page.rust {
        let (before, after) = (fence.before(), fence.after());
        if syn::parse_file(&before).is_err() || syn::parse_file(&after).is_err() {
            continue;
        }
        let sides = [(&before, &old, &after, "before"), (&after, &new, &before, "after")];
        for (text, made, other, side) in sides {
            for line in text.lines().filter(|line| !is_made(line, made)) {
                missing.push(format!("{side}: {}", line.trim()));
            }
            // What the page shows on the other side alone is not here.
            let is_alone = |line: &&str| !text.lines().any(|one| one.trim() == line.trim());
            for line in other.lines().filter(is_alone).filter(|line| is_told_apart(line)) {
                if is_made(line, made) {
                    missing.push(format!("{side}, without this line: {}", line.trim()));
                }
            }
        }
    }
    missing
}

/// Whether a line is long enough to be found in one place only.
fn is_told_apart(line: &str) -> bool {
    ["pub ", "///", "#["].iter().any(|start| line.trim().starts_with(start))
}

fn is_made(line: &str, made: &str) -> bool {
    let line = line.trim().trim_end_matches([',', ';', '{']).trim();
    if line.is_empty() || line.starts_with('}') {
        return true;
    }
    // The runtime's macros and the runtime itself have such blocks as well.
    if line.starts_with("impl ") {
        return true;
    }
    // What the runtime's macros make of a row of a table.
    if let Some(setter) = line.strip_prefix("pub fn with_") {
        let name = setter.split('(').next().unwrap_or_default();
        let ty = setter.split("impl Into<").nth(1).and_then(|rest| rest.split(">) -> Self").next());
        return ty.is_some_and(|ty| made.contains(&plain(&format!("=> with_{name}({ty})"))));
    }
    if let Some(accessor) = line.strip_prefix("pub fn as_") {
        let name = accessor.split('(').next().unwrap_or_default();
        return made.contains(&plain(&format!("=> as_{name}")));
    }
    if line.starts_with("pub fn pages(") || line.starts_with("pub fn items(") {
        return made.contains("pages!(");
    }
    // `Pet` is not in `Pets`; spaces are gone, so what ends a line of documentation has no such end.
    let line = plain(line);
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = made.match_indices(&line);
    let is_whole = |at: usize| {
        let next = made.get(at + line.len()..).and_then(|rest| rest.chars().next());
        !line.ends_with(is_word) || !next.is_some_and(is_word)
    };
    found.any(|(at, _)| is_whole(at))
}

/// Without what formatting and imports change.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let text = text.replace(",)", ")").replace(",>", ">");
    ["super::", "models::", "crate::", "runtime::"]
        .iter()
        .fold(text, |text, path| text.replace(path, ""))
}
