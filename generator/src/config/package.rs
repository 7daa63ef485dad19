//! The manifest: each value is checked here, so that neither cargo nor crates.io complains later
//! and nothing of it can leave its place in `Cargo.toml`.

use std::collections::BTreeMap;

use super::reader::Reader;
use super::{Package, Spanned};
use crate::yaml::{Entry, Node, Value};

/// Names that cargo refuses, or that would hide a crate of the compiler.
const RESERVED_NAMES: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

const URL: &str = "an address that starts with `https://` or `http://`";

/// Reads the section `package`.
pub(super) fn read(reader: &mut Reader, node: &Node) -> Package {
    const KEYS: &[&str] = &[
        "name",
        "version",
        "description",
        "license",
        "repository",
        "homepage",
        "documentation",
        "readme",
        "keywords",
        "categories",
        "rust_version",
        "dependencies",
        "dev_dependencies",
    ];
    let section = reader.section("package", node, KEYS);
    for required in ["name", "version"] {
        if !section.contains_key(required) && node.as_map().is_some() {
            reader.fault(node.span, format!("`{required}` is missing in package"), None);
        }
    }
    let name_form = "letters, digits, `-` and `_`, a letter first, no word of the language";
    let version_form = "a semantic version, such as `0.1.0`";
    let license_form = "an SPDX expression, such as `MIT OR Apache-2.0`";
    let mut text = |key: &str, form: &str, valid: fn(&str) -> bool| {
        section.get(key).map(|node| reader.text_like(key, node, form, valid))
    };
    let mut package = Package {
        name: text("name", name_form, is_crate_name).unwrap_or_default(),
        version: text("version", version_form, is_version).unwrap_or_default(),
        description: text("description", "", |_| true),
        license: text("license", license_form, is_license),
        repository: text("repository", URL, is_url),
        homepage: text("homepage", URL, is_url),
        documentation: text("documentation", URL, is_url),
        readme: text("readme", "", |_| true),
        ..Package::default()
    };
    if let Some(node) = section.get("keywords") {
        let form = "at most 20 letters, digits, `_`, `-` and `+`, a letter or digit first";
        package.keywords = at_most_five(reader, "keywords", node, form, is_keyword);
    }
    if let Some(node) = section.get("categories") {
        let form = "a category slug of crates.io, such as `api-bindings`";
        package.categories = at_most_five(reader, "categories", node, form, is_category);
    }
    if let Some(node) = section.get("rust_version") {
        package.rust_version = Some(rust_version(reader, node));
    }
    if let Some(node) = section.get("dev_dependencies") {
        let all = dependencies(reader, "dev_dependencies", node);
        package.dev_dependencies = all.into_iter().map(|(name, one)| (name, one.value)).collect();
    }
    if let Some(node) = section.get("dependencies") {
        package.dependencies = dependencies(reader, "dependencies", node);
    }
    package
}

/// A list of texts that crates.io bounds.
fn at_most_five(
    reader: &mut Reader,
    what: &str,
    node: &Node,
    form: &str,
    valid: fn(&str) -> bool,
) -> Vec<String> {
    let texts = reader.texts_like(what, node, form, valid);
    if let Some(Spanned { span, .. }) = texts.get(5) {
        reader.fault(*span, format!("crates.io takes at most five {what}"), None);
    }
    texts.into_iter().map(|text| text.value).collect()
}

/// `1.89` is a number in YAML; its digits are kept, so it needs no quotes.
fn rust_version(reader: &mut Reader, node: &Node) -> String {
    let form = "a version of Rust, such as `1.89`";
    match &node.value {
        Value::Number(digits) => {
            let text = Node::new(node.span, Value::String(digits.clone()));
            reader.text_like("rust_version", &text, form, is_rust_version)
        }
        _ => reader.text_like("rust_version", node, form, is_rust_version),
    }
}

fn dependencies(reader: &mut Reader, what: &str, node: &Node) -> BTreeMap<String, Spanned<String>> {
    let form = "one TOML text or inline table, such as '\"1.0\"' or '{ version = \"1.0\" }'";
    let mut dependencies = BTreeMap::new();
    for Entry { key, key_span, node } in reader.entries(what, node) {
        if !is_crate_name(key) {
            reader.fault(*key_span, format!("`{key}` is not the name of a crate"), None);
        }
        let value = reader.text_like("dependency", node, form, is_toml_value);
        dependencies.insert(key.to_string(), Spanned { value, span: *key_span });
    }
    dependencies
}

fn is_crate_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '-' | '_'))
        && !RESERVED_NAMES.contains(&name.replace('-', "_").as_str())
}

/// `major.minor.patch`, then `-pre.release` and `+build`, as semver.org writes it.
fn is_version(version: &str) -> bool {
    let (rest, build) = version.split_once('+').unwrap_or((version, "0"));
    let (numbers, pre_release) = rest.split_once('-').unwrap_or((rest, "0"));
    let words = |text: &str, valid: fn(&str) -> bool| {
        text.split('.').all(|word| {
            let known = |one: char| one.is_ascii_alphanumeric() || one == '-';
            !word.is_empty() && word.chars().all(known) && valid(word)
        })
    };
    numbers.split('.').count() == 3
        && numbers.split('.').all(is_number)
        && words(pre_release, |word| {
            is_number(word) || word.contains(|one: char| !one.is_ascii_digit())
        })
        && words(build, |_| true)
}

fn is_rust_version(version: &str) -> bool {
    (2..=3).contains(&version.split('.').count()) && version.split('.').all(is_number)
}

/// A whole number that fits, without leading zeros.
fn is_number(text: &str) -> bool {
    let plain = text == "0" || !text.starts_with(['0', '+']);
    plain && text.parse::<u64>().is_ok()
}

fn is_license(text: &str) -> bool {
    text.chars().all(|one| one.is_ascii_alphanumeric() || " .-+():".contains(one))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

fn is_keyword(text: &str) -> bool {
    let known = |one: char| one.is_ascii_alphanumeric() || matches!(one, '_' | '-' | '+');
    text.len() <= 20
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(known)
}

fn is_category(text: &str) -> bool {
    let known = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-';
    text.split("::").all(|part| !part.is_empty() && part.chars().all(known))
}

/// Whether this is one TOML text or one inline table and nothing else. Brackets are matched outside
/// of texts, which is enough to keep a value on its line; cargo judges the rest.
fn is_toml_value(text: &str) -> bool {
    if !text.starts_with(['"', '{']) {
        return false;
    }
    let mut open = Vec::new();
    let mut characters = text.chars();
    while let Some(one) = characters.next() {
        match one {
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' if open.pop() != Some(one) => return false,
            '"' | '\'' if !skip_text(&mut characters, one) => return false,
            '#' => return false,
            _ => {}
        }
        if open.is_empty() {
            return characters.as_str().is_empty();
        }
    }
    false
}

/// Goes behind the end of a TOML text that began with `quote`, if it has an end.
fn skip_text(characters: &mut std::str::Chars<'_>, quote: char) -> bool {
    while let Some(one) = characters.next() {
        if one == quote {
            return true;
        }
        if one == '\\' && quote == '"' {
            characters.next();
        }
    }
    false
}
