//! The JSON form of a review is valid against its schema.
#![cfg(feature = "round-trip")]
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own repository has failed")]

use std::path::Path;

use serde_json::Value;

fn file(name: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    serde_json::from_str(&std::fs::read_to_string(root.join(name)).unwrap()).unwrap()
}

#[test]
fn reviews_are_valid_against_their_schema() {
    let schema = file("docs/review.schema.json");
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    // The golden is what `generator/tests/review` writes of all levels and texts.
    let review = file("generator/tests/review/goldens/review.json");
    let faults: Vec<String> = validator
        .iter_errors(&review)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for wrong in ["version", "old", "advice", "counts", "changes", "waived", "callers"] {
        let mut other = review.clone();
        other.as_object_mut().unwrap().remove(wrong);
        assert!(!validator.is_valid(&other), "{wrong} may be missing");
    }
    let mut other = review.clone();
    other["changes"][0]["id"] = "no-such-id".into();
    assert!(!validator.is_valid(&other));
}
