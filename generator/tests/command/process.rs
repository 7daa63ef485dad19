//! Waivers, and what is not the document's: choices of `generator.yaml`, and another generator.

use serde_json::Value;

use super::project::{CONFIG, Project, assert_contains};

const WAIVERS: &str = "spec/waivers.yaml";

/// The changes of a review for programs, with the exit status.
fn changes(project: &Project) -> (i32, Vec<Value>) {
    let run = project.oasmith("diff HEAD --format json");
    let review: Value = serde_json::from_str(&run.output).unwrap();
    (run.status, review["changes"].as_array().unwrap().clone())
}

/// The change of an id.
fn of<'c>(changes: &'c [Value], id: &str) -> &'c Value {
    changes.iter().find(|change| change["id"] == id).unwrap()
}

#[test]
fn the_line_to_paste_waives_a_change_as_long_as_there_is_one() {
    let project = Project::committed();
    project.edit("spec/openapi.yaml", "        phone: {type: string}\n", "");
    project.generate();
    let (status, found) = changes(&project);
    assert_eq!(status, 1);
    let line = of(&found, "field-removed")["waiver"].as_str().unwrap().to_owned();

    // A reason is asked for.
    project.write(WAIVERS, &line);
    assert_eq!(project.oasmith("diff HEAD").status, 2);
    let line = line.replace("''", "nobody calls anybody");
    project.write(WAIVERS, &line);
    let run = project.oasmith("diff HEAD");
    assert_eq!(run.status, 0, "{run:?}");
    let waived = "waived: models::Owner::phone (field-removed: nobody calls anybody)";
    assert_contains(&run.output, &[waived, "2.0.0, but the crate still says 1.2.3"]);

    project.write(WAIVERS, &format!("{line}  until: 2020-02-29\n"));
    let run = project.oasmith("diff HEAD");
    assert_eq!(run.status, 2, "{run:?}");
    assert_contains(&run.errors, &["error[expired-waiver]: the waiver of", "ended on 2020-02-29"]);

    project.write(WAIVERS, &line);
    project.edit(
        "spec/openapi.yaml",
        "properties:\n",
        "properties:\n        phone: {type: string}\n",
    );
    project.generate();
    let run = project.oasmith("diff HEAD");
    assert_eq!(run.status, 2, "{run:?}");
    assert_contains(&run.errors, &["error[unused-waiver]: no change has the key", "delete it"]);
}

#[test]
fn what_the_choices_bring_about_is_told_apart_from_the_document() {
    let project = Project::committed();
    project.edit("spec/openapi.yaml", "phone: {type: string}", "phone: {type: integer}");
    project.write("spec/generator.yaml", &format!("{CONFIG}modules: [mock]\n"));
    project.generate();
    let (_, found) = changes(&project);
    let told = |id| {
        let change = of(&found, id);
        ["cause", "build"].map(|key| change[key].as_str().unwrap().to_owned())
    };
    assert_eq!(told("field-type-changed"), ["document", "breaks"]);
    assert_eq!(told("config-changed"), ["config", "adds"]);
    project.commit("second");

    project.write("spec/generator.yaml", CONFIG);
    project.generate();
    let (status, found) = changes(&project);
    assert_eq!(status, 1);
    assert_eq!(of(&found, "config-changed")["build"], "breaks");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn another_generator_is_told_by_the_runtime_that_it_wrote() {
    let project = Project::committed();
    let file = "generated/src/runtime/path.rs";
    let text = project.read(file);
    project.write(file, &format!("{text}\n/// Of an older generator.\npub fn older() {{}}\n"));
    project.commit("older");
    project.generate();
    let (_, found) = changes(&project);
    let change = of(&found, "generator-changed");
    assert_eq!(
        [&change["cause"], &change["build"], &change["running"]],
        ["generator", "may-break", "same"]
    );
    assert_eq!(change["message"], "one file of the runtime is another one");
    assert_eq!(found.len(), 1, "{found:?}");
}
