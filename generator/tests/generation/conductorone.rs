//! The vendor's whole document, which is not part of this repository: counts, and the comparison of
//! its five operations with the committed crate. Skipped with a line where it is missing.

use std::collections::BTreeSet;

use super::document::{own, vendors};
use super::items::names;

/// All rows of tables and all fields in the crate's models.
fn count(text: &str, needle: &str) -> usize {
    text.matches(needle).count()
}

#[test]
fn the_whole_document_is_generated() {
    let Some(document) = vendors() else { return };
    let generated = document.generate();
    assert_eq!((generated.summary.operations, generated.summary.schemas), (638, 1955));
    let gaps: Vec<&str> = generated.gaps.iter().map(|gap| gap.code.as_str()).collect();
    assert_eq!(gaps, ["name-collision", "name-collision"]);

    let own = |folder: &str| -> String {
        let files = generated.files.iter().filter(|(path, _)| path.starts_with(folder));
        files.map(|(_, text)| text).collect()
    };
    let (models, api) = (own("src/models/"), own("src/api/"));
    // 426 enums of schemas and one of a query parameter: 427.
    assert_eq!(count(&models, "open_enum!("), 426);
    assert_eq!(count(&api, "open_enum!("), 1);
    assert_eq!(count(&models, "closed_enum!(") + count(&api, "closed_enum!("), 0);
    // Fields whose JSON is a text and whose type is a number, a moment, a duration or bytes.
    assert_eq!(count(&models, " as Decimal") + count(&models, " as Vec<Decimal>"), 102);
    // Two more are path parameters: 104.
    assert_eq!(count(&api, ": i64"), 2);
    assert_eq!(count(&models, " as DateTime"), 439);
    assert_eq!(count(&models, "ProtobufDuration"), 60);
    let bytes = [" as Base64", " as Vec<Base64>", " as Map<Base64>"];
    assert_eq!(bytes.map(|form| count(&models, form)).iter().sum::<usize>(), 20);
    // An accessor and an enum of members for each group.
    assert_eq!(count(&models, "The member of the group `"), 2 * 156);
    assert_eq!(count(&models, "    fn clear_"), 156);
    // A method for each operation.
    assert_eq!(count(&api, ".operation("), 638);
}

#[test]
fn the_five_operations_are_those_of_the_committed_crate() {
    let Some(document) = vendors() else { return };
    let ours = names(&own().generate().files);
    let include = "include:
  - operation: c1.api.app.v2.AppResourceOwnersV2.CreateUserOwner
  - operation: c1.api.app.v2.ConnectorOwners.GetUserOwner
  - operation: c1.api.app.v2.AppEntitlementOwners.CreateEntitlementOwner
  - operation: c1.api.app.v1.AppResourceService.CreateManuallyManagedAppResource
  - operation: c1.api.app.v2.ConnectorOwners.GetEntitlementOwner
";
    let config = own().config.replace("include: []\n", include);
    let theirs = names(&document.with_config(config).generate().files);
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
        one.difference(other).cloned().collect()
    };
    // Our document tells how errors look, the vendor's does not.
    let status = "models/google/rpc/status.rs Status";
    let expected = ["", ".code", ".details", ".message"].map(|field| format!("{status}{field}"));
    assert_eq!(only(&ours, &theirs), expected);
    // What the vendor's newer document has added.
    let added = only(&theirs, &ours);
    println!("only in the vendor's document: {added:#?}");
    assert_eq!(added, [""; 0]);
}
