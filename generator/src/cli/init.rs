//! `init`: the files that a new client starts with, for any document.
//!
//! Nothing that is there is ever replaced: a file that exists is kept, and that is told.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::report::{Faults, say, tell};
use super::{Defaults, MessageFormat};
use crate::config;
use crate::source::{FileId, Source, Sources};
use crate::yaml::{self, Node};

/// The flags of `init`.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct InitFlags {
    /// The OpenAPI document, YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,
    /// The name of the crate; from the title of the document if not given
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
}

/// Words of a title that say nothing about whose API it is.
const NOISE: &[&str] =
    &["a", "api", "apis", "document", "openapi", "rest", "spec", "specification", "swagger", "the"];

/// Writes the files to the current folder.
pub fn init(flags: &InitFlags, defaults: &Defaults) -> ExitCode {
    let spec = flags.spec.as_deref().unwrap_or(&defaults.spec);
    let text = match std::fs::read_to_string(spec) {
        Ok(text) => text,
        Err(error) => {
            tell(format_args!("error: cannot read {}: {error}", spec.display()));
            tell("name the OpenAPI document: oasmith init --spec FILE");
            return ExitCode::from(2);
        }
    };
    let sources = Sources::root(Source::new(spec.display().to_string(), text));
    let title = match yaml::parse(&sources, FileId::default()) {
        Ok(root) => title(&root).unwrap_or_default(),
        Err(faults) => {
            Faults { format: MessageFormat::Human }.tell(&faults, &sources);
            return ExitCode::from(1);
        }
    };
    let name = flags.name.clone().unwrap_or_else(|| name(&title));
    if !is_name(&name) {
        tell(format_args!("error: `{name}` is no name of a crate; choose one with --name"));
        return ExitCode::from(2);
    }
    let files = [
        (defaults.config.as_path(), choices(&name, &title)),
        (Path::new("Cargo.toml"), workspace(&defaults.out)),
        (Path::new(".gitignore"), "/target\n".to_owned()),
    ];
    for (path, text) in files {
        let shown = path.display();
        match create(path, &text) {
            Ok(()) => say(format_args!("wrote {shown}")),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                say(format_args!("kept {shown}, which is there already"));
            }
            Err(error) => {
                tell(format_args!("error: cannot write {shown}: {error}"));
                return ExitCode::from(2);
            }
        }
    }
    let spec = super::quoted(&spec.to_string_lossy());
    say(format_args!("now run: {} --spec {spec} && cargo check", defaults.command_to_fix));
    ExitCode::SUCCESS
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn title(root: &Node) -> Option<String> {
    Some(root.get("info")?.get("title")?.as_str()?.to_owned())
}

/// A name for the crate of an API: the words of its title that tell it from others.
fn name(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<String> =
        words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
    let is_version = |word: &str| {
        let digits = word.strip_prefix('v').unwrap_or(word);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let telling: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !NOISE.contains(word) && !is_version(word))
        .collect();
    let name: String = telling.join("-").chars().take(40).collect();
    let name = name.trim_end_matches('-');
    if is_name(name) { name.to_owned() } else { "api-client".to_owned() }
}

/// Whether `generator.yaml` takes it for the name of the crate.
fn is_name(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let text = format!("package: {{name: \"{name}\", version: 0.1.0}}\n");
    let sources = Sources::root(Source::new("generator.yaml", text));
    plain && yaml::parse(&sources, FileId::default()).and_then(|root| config::read(&root)).is_ok()
}

/// `generator.yaml`, with what else could be chosen in comments.
fn choices(name: &str, title: &str) -> String {
    let title = if title.trim().is_empty() { name } else { title.trim() };
    // JSON's texts are YAML's, and texts can always be written.
    let description = serde_json::to_string(&format!("A client for {title}")).unwrap_or_default();
    format!(
        "\
# Our choices for the crate `{name}`: what an API description does not say. `oasmith generate` reads
# this file beside the document. An unknown key is an error, and so is an entry that matches nothing.

# What becomes [package] in generated/Cargo.toml.
package:
  name: {name}
  version: 0.1.0
  description: {description}
  rust_version: \"1.89\"
  # license: MIT OR Apache-2.0
  # repository: https://example.com/{name}
  # keywords: [client]
  # categories: [api-bindings]
  # For tests and examples in generated/, which are written by hand.
  # dev_dependencies:
  #   tokio: '{{ version = \"1\", features = [\"full\"] }}'

# Where names come from. Without extensions, groups of operations are named after their first tag,
# methods after `operationId`, types after their keys under `components/schemas`.
# naming:
#   group: x-group-name                # an extension of operations
#   method: x-method-name              # an extension of operations
#   type: x-type-name                  # an extension of schemas
#   strip_prefixes: [com.example.api]  # first parts of dotted schema names
#   names:                             # of schemas, properties, operations, parameters and groups
#     \"#/components/schemas/user-id\": UserIdentifier
#     \"#/components/schemas/User/properties/user-id\": identifier
#     \"#/paths/~1users~1{{id}}/get\": find
#     \"#/paths/~1users~1{{id}}/get/parameters/query/user-id\": identifier
#     \"#/tags/Users\": people

# All enums keep values that they do not know; or `open: marked` with a marker.
# enums:
#   open: all

# What `type: object` without more is: a `map` of anything, or a `struct` without fields.
# empty_objects: map

# Whether equal inline schemas are one type, with an alias at each other place: a large crate is smaller.
# inline_schemas: shared

# The default of an optional property is `documented`; or `filled`: the field is no `Option`, has the default
# where nothing else is said or read, and is always written.
# defaults: documented

# What texts with a format are, where that is not known without being told: uuid, url, ip, ipv4, ipv6,
# time, local-date-time, decimal, secret, protobuf-duration, int64-text, text and more.
# formats: {{duration: protobuf-duration, uuid: uuid, uri: url}}

# The types of single schemas, by JSON Pointer: one of the names above, `any` for untyped JSON, or a
# type of another crate that implements serde's traits, which `dependencies:` of `package:` names.
# types:
#   \"#/components/schemas/Order/properties/id\": uuid
#   \"#/components/schemas/Money\": my_types::Money

# What structs and unions derive where they can, beside Clone, Debug and PartialEq.
# derives: [Eq, Hash]

# Cargo features: for each group of operations, from so many operations on; for each stability level
# but `stable`, which an extension of operations or path items tells.
# features:
#   from_operations: 100
#   stability: x-stability

# How listings come in pages, where names such as `page_token` and `nextPageToken` do not tell: a token
# in the query or the body, a number, an offset, an address, the header `Link`, or not at all.
# pagination:
#   operations:
#     listUsers: {{query: after, next: paging.next, items: users}}
#     listGroups: {{page: page, first: 1, items: groups}}
#     listEvents: link

# Whether a call may be repeated, where its method does not tell: an extension of operations whose
# value is `true` or `false`. Failed calls that may be repeated are tried again.
# retries:
#   idempotent: x-idempotent

# Types of requests get a method `validate()`, which checks the lengths, ranges, patterns and counts
# that the document states. The client does not call it. With patterns, the crate depends on `regex`.
# validate: true

# OAuth 2.0 clients that sign in with an Ed25519 key instead of a secret (`private_key_jwt`, RFC 7523),
# of which no document tells. With it, the crate depends on `ed25519-dalek`.
# private_key_jwt: true

# Modules that not every crate has: `mock` holds `MockTransport`, which answers from memory in tests of
# what uses the crate, `recorder` records traffic without its secrets and plays it back, and `wait` polls
# until a condition holds.
# modules: [mock, recorder, wait]

# Which operations are generated, and the schemas that these reach; without this, all of both.
# `path: /**` takes all operations and leaves out only what none of them reaches.
# include:
#   - tag: Pets
#   - operation: getPet
#   - path: /pets/**
"
    )
}

/// The manifest of a workspace around the crate.
fn workspace(out: &Path) -> String {
    format!(
        "# The crate in {0}/ is made by `oasmith generate`; your own crates stand beside it.\n\
         [workspace]\nresolver = \"3\"\nmembers = [\"{0}\"]\n",
        out.display()
    )
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_come_from_titles() {
        for (title, expected) in [
            ("Swagger Petstore - OpenAPI 3.0", "petstore"),
            ("GitHub v3 REST API", "github"),
            ("Box Platform API", "box-platform"),
            ("2captcha API", "api-client"),
            ("", "api-client"),
            ("Übersicht", "bersicht"),
            ("type", "api-client"),
        ] {
            assert_eq!(name(title), expected, "{title}");
        }
    }
}
