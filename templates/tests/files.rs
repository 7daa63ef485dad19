//! The sources as data: nothing is missing, and each file says whose it is.

use std::path::Path;

use oasmith_templates::{FILES, File, GUIDE, LIBRARY, MANIFEST, MODULES};

const OWNER: &str = "// @generated in client crates by oasmith, which copies this file as it stands from its templates.";

/// The beginning of the guide's files, which are not copied as they stand.
const NAMED: &str = "// @generated in client crates by oasmith, which copies this file from its templates and puts in the name of the crate.";

#[test]
fn every_file_of_the_runtime_and_of_the_guide_is_listed() {
    for (folder, files) in [("runtime", FILES), ("guide", GUIDE)] {
        let listed: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        let rule = "src/files.rs lists what the folder holds, in the order of the paths";
        assert_eq!(listed, found(folder), "{folder}: {rule}");
    }
}

/// The files in a folder of the sources, in their order.
#[cfg(test)]
fn found(folder: &str) -> Vec<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut found, mut folders) = (Vec::new(), vec![source.join(folder)]);
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
    found
}

#[test]
fn every_file_begins_with_its_owner_and_its_purpose() {
    let files: Vec<&File> = FILES.iter().chain(MODULES).chain(GUIDE).collect();
    for (path, text) in files {
        let mut lines = text.lines();
        let is_guide = path.starts_with("guide/");
        assert_eq!(lines.next(), Some(if is_guide { NAMED } else { OWNER }), "{path}");
        assert!(is_guide || !text.contains(LIBRARY), "{path}");
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
