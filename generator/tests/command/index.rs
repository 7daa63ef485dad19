//! From the crate to the document.

use super::project::{Project, assert_contains};

#[test]
fn items_are_listed_with_their_places() {
    let project = Project::bare();
    let run = project.oasmith("index");
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
    let rows = [
        "path\tkind\tplace\twire\toperations\n",
        "\nmodels::Owner\ttype\t#/components/schemas/Owner\tOwner\tGET /owners\n",
        "\nmodels::Owner::email\tfield\t#/components/schemas/Owner/properties/email\temail\tGET /owners\n",
        "\tmethod\t#/paths/~1pets~1{pet_id}/get\tGET /pets/{pet_id}\tGET /pets/{pet_id}\n",
        "\tparts/pet.yaml#/Pet/properties/age\tage\tGET /pets/{pet_id}\n",
    ];
    assert_contains(&run.output, &rows);
}

#[test]
fn an_item_is_found_by_its_path_and_by_a_place_in_the_sources() {
    let project = Project::bare();
    project.generate();
    let all = project.oasmith("index").output;
    for asked in ["Owner::email", "models::Owner::email", "acme::models::Owner::email"] {
        let run = project.oasmith(&format!("index {asked}"));
        assert_eq!((run.status, run.output.lines().count()), (0, 2), "{asked}: {run:?}");
        assert!(all.contains(run.output.lines().last().unwrap()));
    }
    let owner = project.read("generated/src/models/owner.rs");
    let line = 1 + owner.lines().position(|line| line.contains("pub email:")).unwrap();
    let run = project.oasmith(&format!("index generated/src/models/owner.rs:{line}:9"));
    assert_contains(&run.output, &["\nmodels::Owner::email\tfield\t"]);
    let json = project.oasmith("index Owner::email --format json").output;
    assert_contains(&json, &["\"operations\": [\n      \"GET /owners\"\n    ]"]);
    for (asked, status) in [("Owner::nothing", 1), ("generated/src/none.rs:3", 2)] {
        let run = project.oasmith(&format!("index {asked}"));
        assert_eq!((run.status, run.output.as_str()), (status, ""), "{run:?}");
    }
}
