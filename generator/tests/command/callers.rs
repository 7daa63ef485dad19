//! A workspace that uses the crate, checked against the new one.
//!
//! Its dependencies are those of this repository's lock file, so no network is needed, and what is
//! compiled of them stays in the target folder.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::project::{Project, assert_contains};

const MANIFEST: &str = r#"[package]
name = "caller"
version = "0.0.0"
edition = "2024"

[dependencies]
acme = { path = "../generated" }
"#;

const MAIN: &str = r#"//! Calls the API.

fn phone(owner: &acme::models::Owner) -> Option<&str> {
    owner.phone.as_deref()
}

async fn call(client: &acme::Client) -> Result<(), acme::Error> {
    let pet = client.pets().get_pet("1").send().await?;
    println!("{:?}", pet.age);
    Ok(())
}

fn main() {
    let _ = (phone, call);
    let mine: u8 = "of the caller";
}
"#;

/// A project with callers in the folder `caller`.
fn project() -> Project {
    let project = Project::committed();
    project.write("caller/Cargo.toml", MANIFEST);
    project.write("caller/src/main.rs", MAIN);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, project.path("caller/Cargo.lock")).unwrap();
    project
}

#[test]
fn errors_are_joined_to_the_changes_and_silent_uses_are_listed() {
    let project = project();
    let before = ["caller/Cargo.lock", "caller/Cargo.toml"].map(|path| project.read(path));
    project.edit("spec/openapi.yaml", "phone: {type: string}", "fax: {type: string}");
    project.edit("spec/openapi.yaml", "operationId: getPet", "operationId: fetchPet");
    project.generate();
    let run = project.oasmith("diff HEAD --callers caller --format markdown");
    assert_eq!(run.status, 1, "{run:?}");
    let parts = [
        "### Callers in `caller`\n",
        "- **`models::Owner::phone`** (`field-removed`): ",
        "\n  - `caller/src/main.rs:4:11` E0609: no field `phone` on type",
        "get_pet → api::pets::Pets::fetch_pet`** (`operation-renamed`): ",
        "\n  - `caller/src/main.rs:8:29` E0599: no method named `get_pet` found",
    ];
    assert_contains(&run.output, &parts);
    assert!(!run.output.contains("of the caller"), "an error of before is told: {}", run.output);
    let after = ["caller/Cargo.lock", "caller/Cargo.toml"].map(|path| project.read(path));
    assert_eq!(before, after, "files of the callers were written");
    assert!(!project.path("caller/target").exists());
}

#[test]
fn uses_of_what_compiles_and_is_wrong_are_listed() {
    let project = project();
    project.edit("caller/src/main.rs", "    let mine: u8 = \"of the caller\";\n", "");
    // The old program asks where nobody answers any more.
    project.edit("spec/openapi.yaml", "  /pets/{pet_id}:", "  /animals/{pet_id}:");
    project.generate();
    let run = project.oasmith("diff HEAD --callers caller --format json");
    let review: Value = serde_json::from_str(&run.output).unwrap();
    let moved = &review["changes"][0];
    assert_eq!([&moved["id"], &moved["level"]], ["operation-moved", "silent"]);
    let use_of_it = json!({
        "file": "caller/src/main.rs", "line": 8, "column": 29, "message": "", "change": moved["key"],
    });
    let expected = json!({"name": "caller", "errors": [], "silent": [use_of_it]});
    assert_eq!(review["callers"], expected);
    let run = project.oasmith("diff HEAD --callers caller --fail-on never");
    assert_contains(&run.output, &["All of it compiles", "\n    caller/src/main.rs:8:29\n"]);
}

#[test]
fn a_crate_from_a_registry_is_replaced() {
    let project = project();
    project.edit("caller/Cargo.toml", "acme = { path = \"../generated\" }", "acme = \"1.2\"");
    project.edit("spec/openapi.yaml", "phone: {type: string}", "fax: {type: string}");
    project.generate();
    let run = project.oasmith("diff HEAD --callers caller --format github");
    let error =
        "::error file=caller/src/main.rs,line=4,col=11,title=caller%3A field-removed::E0609: ";
    assert_eq!(run.status, 1, "{run:?}");
    assert_contains(&run.output, &[error]);
}

#[test]
fn what_is_no_caller_is_refused() {
    let project = project();
    project.edit("caller/Cargo.toml", "acme = { path = \"../generated\" }\n", "");
    for (folder, message) in [
        ("caller", "nothing there depends on `acme`"),
        ("nowhere", "cannot check the callers in nowhere"),
    ] {
        let run = project.oasmith(&format!("diff HEAD --callers {folder}"));
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{run:?}");
        assert_contains(&run.errors, &[message]);
    }
}
