//! The page of each id: what it means, both verdicts, the document and the Rust before and after, and
//! what to do. `generator/tests/explain` holds each of them against the documents that it shows.

use super::Id;

/// The pages, a file for each group; each begins with its id as a heading of the first level.
const PAGES: [&str; 9] = [
    include_str!("pages/operations.md"),
    include_str!("pages/call-surface.md"),
    include_str!("pages/types.md"),
    include_str!("pages/fields.md"),
    include_str!("pages/values.md"),
    include_str!("pages/responses.md"),
    include_str!("pages/client.md"),
    include_str!("pages/text.md"),
    include_str!("pages/process.md"),
];

/// The page of an id, in Markdown; its first line is the id.
pub fn page(id: Id) -> &'static str {
    let pages = PAGES.iter().flat_map(|text| text.split("\n# "));
    let mut pages = pages.map(|text| text.trim_start_matches("# "));
    pages.find(|page| page.lines().next() == Some(id.name())).unwrap_or_default()
}
