//! Types of single schemas that `generator.yaml` chooses: what is not a schema is an error.

#![expect(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use oasmith::config;
use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml;

const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\ncomponents:\n  \
                        schemas:\n    A: {type: object, properties: {id: {type: string}}}\n    \
                        B: {$ref: '#/components/schemas/A'}\n";

/// What is wrong with a document and an entry of `types`.
fn fault(entry: &str) -> Option<String> {
    let package = "package: {name: a, version: 1.0.0}\ntypes:\n  ";
    let text = Source::new("generator.yaml", format!("{package}{entry}\n"));
    let config = yaml::parse(&Sources::root(text), FileId(0)).and_then(|root| config::read(&root));
    let sources = Sources::root(Source::new("openapi.yaml", DOCUMENT.to_owned()));
    let made = config.and_then(|config| oasmith::generate(&sources, &config));
    let faults = made.err()?;
    Some(faults.iter().next().unwrap().message.clone())
}

#[test]
fn a_schema_is_found_by_its_pointer() {
    for entry in [
        "'#/components/schemas/A': any",
        "'#/components/schemas/A/properties/id': uuid",
        "'#/components/schemas/B': my_types::B",
    ] {
        assert_eq!(fault(entry), None, "{entry}");
    }
}

#[test]
fn what_is_no_schema_is_an_error() {
    for pointer in [
        "#/components/schemas/C",
        "#/components/schemas/A/properties",
        "#/components/schemas/A/properties/id/type",
        "#/components/schemas/B/properties/id",
        "#/info",
        "#/components/schemas/A/allOf/0",
    ] {
        let message = fault(&format!("'{pointer}': uuid")).unwrap();
        assert_eq!(message, format!("no schema stands at `{pointer}`"));
    }
}

#[test]
fn a_type_is_known_or_a_path() {
    for (entry, part) in [
        ("'#/components/schemas/A': uid", "`uid` is not a value of the type of a schema"),
        ("'#/components/schemas/A': crate::A", "`crate::A` is not a valid type"),
        ("'#/components/schemas/A': a::B<C>", "`a::B<C>` is not a valid type"),
        ("'components/schemas/A': any", "is not a place in the document"),
    ] {
        let message = fault(entry).unwrap();
        assert!(message.contains(part), "{message}");
    }
}
