//! What a new document means for the next release, told where the crate is written.

use super::project::{CONFIG, Project, assert_contains};

const CHANGELOG: &str = "generated/CHANGELOG.md";

#[test]
fn nothing_is_told_without_git_or_changes() {
    let project = Project::bare();
    project.generate();
    project.edit("spec/openapi.yaml", "phone: {type: string}", "fax: {type: string}");
    let run = project.oasmith("generate");
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
    let project = Project::committed();
    let run = project.oasmith("generate");
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
    assert!(!project.path(CHANGELOG).exists());
}

#[test]
fn entries_go_into_the_changelog_and_the_version_is_set() {
    let project = Project::committed();
    project.edit("spec/openapi.yaml", "phone: {type: string}", "fax: {type: string}");
    let run = project.oasmith("generate");
    let told = [
        "since HEAD: 1 build, 1 adds; see generated/CHANGELOG.md",
        "version 2.0.0 is needed instead of 1.2.3: ",
        "--set-version\n",
    ];
    assert_contains(&run.errors, &told);
    assert_eq!(run.output.lines().count(), 1, "{run:?}");
    let first = project.read(CHANGELOG);
    assert_contains(
        &first,
        &[
            "## [2.0.0] - Unreleased\n",
            "oasmith: since 1.2.3;",
            "### Breaking\n\n- `models::Owner::phone`",
            "### Added\n",
        ],
    );
    assert_eq!(project.read("spec/generator.yaml"), CONFIG);

    let run = project.oasmith("generate --set-version");
    assert_contains(&run.errors, &["version 2.0.0 is enough: "]);
    assert_eq!(project.read("spec/generator.yaml"), CONFIG.replace("1.2.3", "2.0.0"));
    assert_contains(&project.read("generated/Cargo.toml"), &["version = \"2.0.0\"\n"]);
    assert_eq!(project.read(CHANGELOG), first);
    // It is neither drift nor a foreign file.
    assert_eq!(project.oasmith("check").status, 0);

    // What is not released counts from the version before, and stays.
    project.edit(CHANGELOG, "<!-- oasmith: end -->", "<!-- oasmith: end -->\n\nBy hand.");
    project.commit("second");
    project.edit("spec/parts/pet.yaml", "age:", "weight: {type: number}\n    age:");
    let run = project.oasmith("generate");
    assert_contains(&run.errors, &["version 2.0.0 is enough: "]);
    let second = project.read(CHANGELOG);
    assert_contains(
        &second,
        &["## [2.0.0] - Unreleased\n", "`models::Owner::phone`", "weight", "\nBy hand.\n"],
    );

    // A release has a date, and then a new section begins.
    project.edit(CHANGELOG, "Unreleased", "2027-01-01");
    project.commit("release");
    project.edit("spec/parts/pet.yaml", "age:", "height: {type: number}\n    age:");
    let run = project.oasmith("generate");
    assert_contains(&run.errors, &["version 2.1.0 is needed instead of 2.0.0: "]);
    let third = project.read(CHANGELOG);
    assert_contains(
        &third,
        &["## [2.1.0] - Unreleased\n", "oasmith: since 2.0.0;", "\n## [2.0.0] - 2027-01-01\n"],
    );
    assert!(third.ends_with(second.split_once("oasmith: since").unwrap().1), "{third}");
}
