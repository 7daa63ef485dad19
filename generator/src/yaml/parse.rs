//! The door: text in, tree out.

use super::bounds::MAX_SIZE;
use super::{Node, events, json};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Sources, Span};

/// Reads a YAML or JSON text.
///
/// Scalars are resolved by the core schema of YAML 1.2, so `yes` and dates are strings. Aliases are
/// copied, and mappings are merged by `<<`.
///
/// # Errors
/// Every key that is written twice, and the first other fault: a text that is neither YAML nor
/// JSON, that holds no document or several, that has a value or key that JSON has not, or that
/// passes one of the [`bounds`](super::bounds).
pub fn parse(sources: &Sources, file: FileId) -> Result<Node, Diagnostics> {
    let Some(Source { text, .. }) = sources.get(file) else {
        return Err(Diagnostic::general(Code::YamlSyntax, "there is no such source").into());
    };
    if text.len() > MAX_SIZE {
        let mebibytes = MAX_SIZE / (1024 * 1024);
        let message = format!("the text is larger than {mebibytes} MiB, which is the bound");
        return Err(
            Diagnostic::error(Code::LimitSize, Span { file, start: 0, end: 0 }, message).into()
        );
    }
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return events::read(text, file);
    }
    json::read(text, file).or_else(|refused| {
        // Flow YAML looks like JSON, but has comments, plain keys, a comma at the end.
        if refused.iter().all(|one| one.code != Code::YamlSyntax) {
            return Err(refused);
        }
        events::read(text, file).map_err(|found| {
            let twins = found.iter().all(|one| one.code == Code::DuplicateKey);
            if twins || !starts_like_json(text) { found } else { refused }
        })
    })
}

/// Whether a quoted text or a collection follows the first bracket. When a text is neither JSON nor
/// YAML, this tells which of the two it was meant to be.
fn starts_like_json(text: &str) -> bool {
    let rest = text.trim_ascii_start();
    let rest = rest.get(1..).unwrap_or_default().trim_ascii_start();
    rest.starts_with(['"', '{', '[', ']', '}'])
}
