//! The version in `generator.yaml`: the one scalar is replaced where it stands, and nothing else.

use crate::source::{FileId, Source, Sources};
use crate::yaml;

/// The text with another version; `None` if it has none.
pub(super) fn with_version(text: &str, version: &str) -> Option<String> {
    let sources = Sources::root(Source::new("generator.yaml", text));
    let root = yaml::parse(&sources, FileId::default()).ok()?;
    let span = root.get("package")?.get("version")?.span;
    // A byte order mark is no part of what places are counted in.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (start, end) = (span.start as usize + mark, span.end as usize + mark);
    let (before, old, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
    let quote = old.chars().next().filter(|first| matches!(first, '"' | '\''));
    let quote = quote.map(String::from).unwrap_or_default();
    Some(format!("{before}{quote}{version}{quote}{after}"))
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn only_the_version_changes() {
        for (old, new) in [
            (
                "package: {name: a, version: 1.0.0} # x\n",
                "package: {name: a, version: 2.0.0} # x\n",
            ),
            (
                "# x\r\npackage:\r\n  version: \"1.0.0\" # y\r\n",
                "# x\r\npackage:\r\n  version: \"2.0.0\" # y\r\n",
            ),
            ("\u{feff}package:\n  version: '1.0.0'\n", "\u{feff}package:\n  version: '2.0.0'\n"),
            ("{\"package\": {\"version\": \"1.0.0\"}}", "{\"package\": {\"version\": \"2.0.0\"}}"),
        ] {
            assert_eq!(with_version(old, "2.0.0").as_deref(), Some(new), "{old}");
        }
        assert_eq!(with_version("package: {name: a}\n", "2.0.0"), None);
    }
}
