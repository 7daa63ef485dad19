//! The sources as data: nothing is missing, and each file says whose it is.

use std::path::Path;

use oasmith_templates::{FILES, File, MANIFEST, MODULES};

const OWNER: &str = "// @generated in client crates by oasmith, which copies this file as it stands from its templates.";

#[test]
fn every_file_of_the_runtime_is_listed() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![source.join("runtime")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let parts = path.strip_prefix(&source).unwrap().components();
                let parts: Vec<&str> =
                    parts.map(|part| part.as_os_str().to_str().unwrap()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
    let rule = "`FILES` in src/files.rs lists what src/runtime holds, in the order of the paths";
    assert_eq!(listed, found, "{rule}");
}

#[test]
fn every_file_begins_with_its_owner_and_its_purpose() {
    let files: Vec<&File> = FILES.iter().chain(MODULES).collect();
    for (path, text) in files {
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some(OWNER), "{path}");
        assert!(lines.next().is_some_and(|line| line.starts_with("//! ")), "{path}");
        assert!(text.lines().count() <= 400, "{path} is longer than 400 lines");
        assert!(
            !text.contains("#[cfg(test)]"),
            "{path}: tests are in tests/, so that users do not get them"
        );
        assert!(
            !text.contains("oasmith_templates"),
            "{path}: the runtime does not know the crate that it lives in"
        );
    }
}

#[test]
fn the_manifest_is_this_crates() {
    assert!(MANIFEST.contains("name = \"oasmith-templates\""));
}
