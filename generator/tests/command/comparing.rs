//! What is compared with what, and the exit status.

use super::project::{Project, SPEC, assert_contains};

#[test]
fn the_merge_base_and_the_working_tree_are_compared_where_nothing_is_named() {
    let project = Project::committed();
    let base = project.git("rev-parse --short HEAD");

    let run = project.oasmith("diff");
    assert_eq!(run.status, 0, "{run:?}");
    assert_contains(&run.errors, &["which is HEAD, for main has all of HEAD"]);

    project.git("switch --quiet --create feature");
    project.edit("spec/openapi.yaml", "version: \"1\"", "version: \"2\"");
    project.generate();
    project.commit("second");
    let run = project.oasmith("diff");
    assert_eq!(run.status, 0, "{run:?}");
    assert_contains(&run.errors, &[&format!("comparing with {base}, where HEAD left main")]);

    project.git("switch --quiet main");
    project.git("merge --quiet feature");
    let run = project.oasmith("diff");
    assert_contains(&run.errors, &[&format!("comparing with {base}, the commit before HEAD")]);

    project.edit("spec/parts/pet.yaml", "age:", "years:");
    let head = project.git("rev-parse --short HEAD");
    let run = project.oasmith("diff --fail-on never");
    assert_contains(&run.errors, &[&format!("comparing with {head}, which is HEAD")]);

    // What was fetched counts for more than a branch that happens to be called main.
    project.git("update-ref refs/remotes/origin/trunk HEAD^");
    project.git("symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/trunk");
    let run = project.oasmith("diff --fail-on never");
    assert_contains(
        &run.errors,
        &[&format!("comparing with {base}, where HEAD left origin/trunk")],
    );
}

#[test]
fn a_crate_that_is_not_what_the_document_makes_has_its_own_status() {
    let project = Project::committed();
    project.edit("spec/openapi.yaml", "email:", "mail:");
    let run = project.oasmith("diff HEAD --fail-on never");
    assert_eq!(run.status, 3, "{run:?}");
    assert_contains(
        &run.errors,
        &["generated is not what spec/openapi.yaml", "oasmith generate --spec spec/openapi.yaml"],
    );
    project.generate();
    assert_eq!(project.oasmith("diff HEAD --fail-on never").status, 0);
    // A revision has nothing that could be stale.
    project.edit("spec/openapi.yaml", "mail:", "post:");
    assert_eq!(project.oasmith("diff HEAD HEAD").status, 0);
}

#[test]
fn revisions_files_of_revisions_and_files_are_read() {
    let project = Project::committed();
    project.git("tag v1");
    project.git("mv spec/openapi.yaml spec/other.yaml");
    project.edit("spec/parts/pet.yaml", "name:", "title:");
    project.commit("moved");
    // The parts of a document are those of its revision.
    for sides in [
        "v1 HEAD:spec/other.yaml",
        "v1 spec/other.yaml",
        "v1:spec/openapi.yaml spec/other.yaml",
        "v1:./spec/openapi.yaml HEAD:./spec/other.yaml",
    ] {
        let run = project.oasmith(&format!("diff {sides} --format json --fail-on never"));
        assert_eq!((run.status, run.errors.as_str()), (0, ""), "{sides}: {run:?}");
    }
    // Paths with `./` lead from the current folder, all others from the root of the repository.
    let flags = "--spec openapi.yaml --config generator.yaml";
    let run = project.oasmith_in("spec", &format!("diff v1 HEAD:./other.yaml {flags}"));
    assert_eq!(run.errors, "", "{run:?}");
    let run = project.oasmith_in("spec", &format!("diff v1 HEAD:other.yaml {flags}"));
    assert_eq!(run.status, 2, "{run:?}");
    assert_contains(&run.errors, &["cannot read HEAD:other.yaml: there is no such file"]);
}

#[test]
fn files_need_neither_git_nor_choices() {
    let project = Project::bare();
    project.write(
        "new/openapi.yaml",
        &SPEC.replace("parts/pet.yaml#/Pet", "#/components/schemas/Owner"),
    );
    let run = project.oasmith_in(".", "diff spec/openapi.yaml new/openapi.yaml --fail-on never");
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");
    let run = project.oasmith("diff spec/openapi.yaml new/openapi.yaml --fail-on never");
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{run:?}");

    let run = project.oasmith("diff");
    assert_eq!(run.status, 2);
    assert_contains(&run.errors, &["error: spec is in no git repository"]);
    let run = project.oasmith("diff nowhere");
    assert_eq!(run.status, 2);
    assert_contains(&run.errors, &["there is no file `nowhere`, and no git"]);
}

#[test]
fn what_cannot_be_compared_is_told() {
    let project = Project::committed();
    for (arguments, message) in [
        ("diff v7", "`v7` is neither a file nor a revision that git knows"),
        ("diff HEAD:nothing.yaml", "cannot read HEAD:nothing.yaml: there is no such file"),
        ("diff HEAD:spec", "cannot read HEAD:spec: it is a folder"),
        ("diff HEAD --only field-remove", "did you mean `field-removed`?"),
        ("diff HEAD --only nonsense", "there are the levels silent, build,"),
        ("diff HEAD --operation getPets", "neither document has an operation `getPets`"),
        ("diff HEAD --fail-on sometimes", "invalid value 'sometimes'"),
    ] {
        let run = project.oasmith(arguments);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{arguments}: {run:?}");
        assert_contains(&run.errors, &[message]);
    }

    let flags = "--spec spec/openapi.yaml --config spec/none.yaml";
    let run = project.oasmith_in(".", &format!("diff spec/openapi.yaml {flags}"));
    assert_eq!(run.status, 2, "{run:?}");
    assert_contains(&run.errors, &["cannot read spec/none.yaml"]);

    project.edit("spec/openapi.yaml", "openapi: 3.1.0", "openapi: 3.1.0\nopenapi: 3.1.0");
    project.commit("bad");
    let run = project.oasmith("diff HEAD HEAD^");
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    let parts =
        ["the document of HEAD is refused:", "HEAD:spec/openapi.yaml:2:1: error[duplicate-key]"];
    assert_contains(&run.errors, &parts);
}

#[test]
fn a_revision_without_choices_takes_those_of_the_working_tree() {
    let project = Project::bare();
    project.git("init --quiet --initial-branch main");
    project.git("add spec/openapi.yaml spec/parts");
    project.git("commit --quiet --message first");
    let run = project.oasmith("diff HEAD");
    assert_eq!(run.status, 0, "{run:?}");
    assert_contains(
        &run.errors,
        &["note: HEAD has no spec/generator.yaml; that of the working tree"],
    );
}

#[test]
fn the_review_goes_to_a_file_if_one_is_named() {
    let project = Project::committed();
    let run = project.oasmith("diff HEAD --format markdown --output review.md");
    assert_eq!((run.status, run.output.as_str()), (0, ""), "{run:?}");
    assert!(project.path("review.md").is_file());
    let run = project.oasmith("diff HEAD --output missing/review.md");
    assert_eq!(run.status, 2);
    assert_contains(&run.errors, &["cannot write missing/review.md"]);
}
