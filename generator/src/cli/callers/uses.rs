//! Where callers use what a change is about, for changes that no compiler sees.
//!
//! Names are looked for as text: a field behind a `.`, before a `:` or in its setter, a type or a
//! variant as a word. That finds all uses and some that are none, which a reader sees at once.

use std::path::Path;

use super::workspace::Workspace;
use crate::diff::Change;
use crate::files::Place;
use crate::review::Site;

/// The sources of a workspace: what the user calls each, and its text.
pub(super) fn sources(workspace: &Workspace) -> Vec<(String, String)> {
    let texts = Place::disk(&workspace.folder).rust();
    let is_of_crate = |path: &str| {
        let real = workspace.folder.join(path);
        workspace.replaced().is_some_and(|krate| real.starts_with(krate.join("src")))
    };
    let callers = texts.into_iter().filter(|(path, _)| !is_of_crate(path));
    let named = |path: String| workspace.name.join(Path::new(&path)).display().to_string();
    callers.map(|(path, text)| (named(path), text)).collect()
}

/// The places of the names of a change.
pub(super) fn uses(change: &Change, sources: &[(String, String)]) -> Vec<Site> {
    let first = change.items_before.first().or(change.items_after.first());
    let path = first.map_or_else(|| change.path(), String::as_str);
    let name = path.rsplit("::").next().unwrap_or_default().trim_start_matches("r#");
    let mut places = Vec::new();
    for (file, text) in sources {
        for (number, line) in (1..).zip(text.lines()) {
            let is_comment = line.trim_start().starts_with("//");
            if let (false, Some(at)) = (is_comment, used(line, name)) {
                let column = line.get(..at).unwrap_or_default().chars().count() + 1;
                let (file, message) = (file.clone(), String::new());
                places.push(Site { file, line: number, column, message });
            }
        }
    }
    places
}

/// Where a line uses a name first, in bytes.
fn used(line: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let is_word = |one: char| one.is_alphanumeric() || one == '_';
    let found = line.match_indices(name).find(|(at, _)| {
        let at = *at;
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + name.len()..).unwrap_or_default();
        let setter = before.ends_with("with_");
        let before = before.strip_suffix("with_").unwrap_or(before);
        let is_whole = !before.ends_with(is_word) && !after.starts_with(is_word);
        let is_type = name.starts_with(char::is_uppercase);
        let is_member =
            before.ends_with('.') || after.trim_start().starts_with([':', '(', ',', '}']);
        is_whole && (is_type || setter || is_member)
    });
    found.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::used;

    #[test]
    fn members_setters_and_types_are_found() {
        for line in
            ["pet.age += 1;", "Pet { age: 3 }", "pet.with_age(3)", "let Pet { age, .. } = pet"]
        {
            assert!(used(line, "age").is_some(), "{line}");
        }
        for line in ["let page = 1;", "pet.ages()", "// none", "stage.run()"] {
            assert_eq!(used(line, "age"), None, "{line}");
        }
        assert_eq!(used("Status::Open => {}", "Open"), Some(8));
        assert_eq!(used("Status::Opened => {}", "Open"), None);
    }
}
