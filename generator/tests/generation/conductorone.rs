//! The vendor's whole document: all of it is there, and what matters is typed. Numbers that the
//! document can tell are counted in it, so that only a fault of ours or a new document changes them.
//!
//! It lies in `../shared`; where it is missing the tests are skipped.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use oasmith::Generated;
use oasmith::diagnostic::Code;
use serde_yaml::Value;

use super::document::{own, vendors};
use super::items;

/// The crate of the whole document, made once.
pub(crate) fn whole() -> Option<&'static Generated> {
    static WHOLE: OnceLock<Option<Generated>> = OnceLock::new();
    WHOLE.get_or_init(|| vendors().map(|document| document.generate())).as_ref()
}

/// What the document says, counted.
#[derive(Default)]
struct Counts {
    enums_in_schemas: usize,
    enums_in_parameters: usize,
    /// By format: texts in schemas, texts in parameters.
    formats: BTreeMap<String, (usize, usize)>,
    oneof_phrases: usize,
    operations: BTreeSet<String>,
}

fn counts() -> Option<Counts> {
    let document: Value = serde_yaml::from_str(&vendors()?.text).unwrap();
    let mut counts = Counts::default();
    count(&document, true, &mut counts);
    Some(counts)
}

fn count(value: &Value, in_schemas: bool, counts: &mut Counts) {
    match value {
        Value::Mapping(entries) => {
            let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
            // A property can be called `enum`; then what stands there is no list.
            if value.get("enum").is_some_and(Value::is_sequence) {
                counts.enums_in_schemas += usize::from(in_schemas);
                counts.enums_in_parameters += usize::from(!in_schemas);
            }
            let types = value.get("type");
            let is_text = types.and_then(Value::as_str) == Some("string")
                || types
                    .and_then(Value::as_sequence)
                    .is_some_and(|list| list.iter().any(|one| one == "string"));
            if is_text && !text("format").is_empty() {
                let (schemas, parameters) =
                    counts.formats.entry(text("format").to_owned()).or_default();
                *schemas += usize::from(in_schemas);
                *parameters += usize::from(!in_schemas);
            }
            counts.oneof_phrases +=
                text("description").matches("This message contains a oneof named ").count();
            if !text("operationId").is_empty() {
                counts.operations.insert(text("operationId").to_owned());
            }
            for (key, value) in entries {
                count(value, in_schemas && key != "paths", counts);
            }
        }
        Value::Sequence(list) => {
            for value in list {
                count(value, in_schemas, counts);
            }
        }
        _ => {}
    }
}

/// How often a text stands in the generated files of a folder.
fn occurrences(generated: &Generated, folder: &str, text: &str) -> usize {
    let files = generated.files.iter().filter(|(path, _)| path.starts_with(folder));
    files.map(|(_, content)| content.matches(text).count()).sum()
}

#[test]
fn everything_is_there_and_every_gap_is_known() {
    let Some(whole) = whole() else { return };
    assert_eq!((whole.summary.operations, whole.summary.schemas), (638, 1_955));
    let gaps: Vec<(Code, &str)> =
        whole.gaps.iter().map(|gap| (gap.code, gap.message.as_str())).collect();
    let expected = [
        "several schemas are named `AppAccessRequestDefaults`, so this one keeps its own name \
         `AppAccessRequestDefaultsInput`",
        "`view` becomes `Oauth2FieldView`, which is taken, so it is called `Oauth2FieldView2`",
    ];
    assert_eq!(gaps, expected.map(|message| (Code::NameCollision, message)));
}

#[test]
fn each_operation_is_a_method() {
    let (Some(whole), Some(counts)) = (whole(), counts()) else { return };
    assert_eq!(counts.operations.len(), 638);
    assert_eq!(items::operation_ids(&whole.files), counts.operations);
    assert_eq!(occurrences(whole, "src/api/", ".operation("), 638);
}

/// A plain search finds 428 keys `enum`: one of them is the name of a property. Of the other 427,
/// one belongs to a query parameter.
#[test]
fn all_enums_are_open() {
    let (Some(whole), Some(counts)) = (whole(), counts()) else { return };
    assert_eq!((counts.enums_in_schemas, counts.enums_in_parameters), (426, 1));
    assert_eq!(occurrences(whole, "src/models/", "crate::runtime::open_enum!"), 426);
    assert_eq!(occurrences(whole, "src/api/", "crate::runtime::open_enum!"), 1);
    assert_eq!(occurrences(whole, "src/models/", "crate::runtime::closed_enum!("), 0);
}

#[test]
fn formats_are_types() {
    let (Some(whole), Some(counts)) = (whole(), counts()) else { return };
    let rows: String = whole
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("src/models/"))
        .flat_map(|(_, text)| text.split("crate::runtime::object!(").skip(1))
        .collect();
    let coded = |codec: &str| {
        let ways = [format!(" as {codec}"), format!("<{codec}>")];
        let ends = [',', ' ', '>', '\n'];
        let starts = ways.iter().flat_map(|way| rows.match_indices(way.as_str()));
        let whole_words = starts.filter(|(at, way)| rows[at + way.len()..].starts_with(ends));
        whole_words.count()
    };
    let format = |name: &str| counts.formats.get(name).copied().unwrap_or_default();
    assert_eq!(format("date-time"), (439, 0));
    assert_eq!(coded("DateTime"), 439);
    assert_eq!(format("duration"), (60, 0));
    assert_eq!(coded("ProtobufDuration"), 60);
    assert_eq!(format("base64"), (20, 0));
    assert_eq!(coded("Base64"), 20);
    // 104 integers of 64 bits in texts: 102 in schemas, two in paths.
    assert_eq!((format("int64"), format("uint64")), ((73, 2), (29, 0)));
    assert_eq!(coded("Decimal"), 102);
    assert_eq!(occurrences(whole, "src/api/", " id: i64,"), 2);
}

#[test]
fn oneof_groups_have_accessors() {
    let (Some(whole), Some(counts)) = (whole(), counts()) else { return };
    assert_eq!(counts.oneof_phrases, 156);
    let face = items::face(&whole.files);
    let accessors: Vec<&String> = face
        .iter()
        .filter(|(_, ty)| {
            ty.starts_with("fn ") && ty.contains("& self") && ty.contains("-> Option <")
        })
        .map(|(name, _)| name)
        .collect();
    let holders: BTreeSet<&str> =
        accessors.iter().filter_map(|name| name.split("::").next()).collect();
    assert_eq!((accessors.len(), holders.len()), (156, 140));
}

/// The five operations out of the vendor's document make the crate of ours, but for what the
/// vendor's has more or says otherwise.
/// All operations that can page do, by a token in the query or the body; those that return one without
/// declaring a parameter only where `generator.yaml` says which it is.
#[test]
fn all_listings_have_pages() {
    let Some(whole) = whole() else { return };
    assert_eq!(occurrences(whole, "src/api/", "crate::runtime::pages!("), 144);
    assert_eq!(occurrences(whole, "src/api/", "    Query(\"page_token\", "), 84);
    assert_eq!(occurrences(whole, "src/api/", "    Body(\"pageToken\", "), 60);
    assert_eq!(occurrences(whole, "src/api/", "    items: "), 144);
    let document = vendors().unwrap();
    let config = format!("{}\npagination: {{undeclared: page_token}}\n", document.config);
    let more = document.with_config(&config).generate();
    assert_eq!(occurrences(&more, "src/api/", "crate::runtime::pages!("), 144 + 24);
}

#[test]
fn five_operations_are_ours() {
    let Some(document) = vendors() else { return };
    let own = own();
    let ours = own.generate();
    let ids = items::operation_ids(&ours.files);
    assert_eq!(ids.len(), 5);
    let include: Vec<String> = ids.iter().map(|id| format!("  - operation: {id}\n")).collect();
    let config = own.config.replace("include: []", &format!("include:\n{}", include.concat()));
    let theirs = document.with_config(config).generate();
    assert_eq!(items::operation_ids(&theirs.files), ids);

    let (ours, theirs) = (items::face(&ours.files), items::face(&theirs.files));
    let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
    let differences =
        names.into_iter().filter_map(|name| match (ours.get(name), theirs.get(name)) {
            (Some(ours), Some(theirs)) if ours == theirs => None,
            (Some(ours), Some(theirs)) => Some(format!("{name}: {ours} became {theirs}")),
            (Some(_), None) => Some(format!("{name}: ours alone")),
            (None, _) => Some(format!("{name}: theirs alone")),
        });
    let differences: Vec<String> = differences.collect();
    println!("{}", differences.join("\n"));
    assert_eq!(differences, DIFFERENCES);
}

/// The vendor's document does not say what an error holds. It has no field that ours has not.
const DIFFERENCES: &[&str] = &[
    "models/google/rpc/status.rs Status: ours alone",
    "models/google/rpc/status.rs Status.code: ours alone",
    "models/google/rpc/status.rs Status.details: ours alone",
    "models/google/rpc/status.rs Status.message: ours alone",
];
