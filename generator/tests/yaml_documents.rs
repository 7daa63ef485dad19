//! Real documents mean the same to us as to `serde_yaml`.
//!
//! They lie beside the repository, in `../shared/specs/real`; without that folder nothing is
//! compared, and a line says so.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

use std::fs;
use std::path::{Path, PathBuf};

use oasmith::source::{FileId, Source, Sources};
use oasmith::yaml::{Node, Value, parse};

#[test]
fn real_documents_have_the_values_that_serde_yaml_reads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/specs/real");
    if !folder.is_dir() {
        println!("skipped: there are no real documents in {}", folder.display());
        return;
    }
    let mut compared = 0;
    for path in documents(&folder) {
        let Ok(mut text) = fs::read_to_string(&path) else {
            continue;
        };
        // saphyr ends a block scalar with a line end even where the text ends without one.
        text.push('\n');
        let theirs = serde_yaml::from_str::<serde_yaml::Value>(&text).map(|mut value| {
            value.apply_merge().unwrap();
            value
        });
        let sources = Sources::root(Source::new(path.display().to_string(), text));
        let ours = parse(&sources, FileId(0));
        match (&ours, &theirs) {
            (Ok(node), Ok(value)) => {
                compare(node, value, &path.display().to_string());
                check_plain_places(node, &sources);
                compared += 1;
            }
            (Err(_), Err(_)) => {}
            (Err(found), Ok(_)) => panic!("{}", found.render_human(&sources)),
            // serde_yaml does not read escapes of surrogate pairs, nor all numbers of 128 bits.
            (Ok(_), Err(error)) => println!("only we read {}: {error}", path.display()),
        }
    }
    println!("{compared} documents compared");
    assert!(compared > 0);
}

/// All documents below a folder.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let kind = path.extension().and_then(|kind| kind.to_str());
            match kind {
                _ if path.is_dir() => folders.push(path),
                Some("yaml" | "yml" | "json") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn compare(ours: &Node, theirs: &serde_yaml::Value, at: &str) {
    use serde_yaml::Value as Theirs;
    match (&ours.value, theirs) {
        (Value::Null, Theirs::Null) => {}
        (Value::Bool(ours), Theirs::Bool(theirs)) => assert_eq!(ours, theirs, "{at}"),
        (Value::String(ours), Theirs::String(theirs)) => assert_eq!(**ours, **theirs, "{at}"),
        (Value::Number(ours), Theirs::Number(theirs)) => {
            let same = theirs.to_string() == **ours || theirs.as_f64() == ours.parse().ok();
            assert!(same, "{at}: {ours} is not {theirs}");
        }
        // serde_yaml keeps what no 64 bits hold, and numbers with leading zeros, as text.
        (Value::Number(ours), Theirs::String(theirs)) => {
            assert_eq!(**ours, *theirs.trim_start_matches(['+', '0']), "{at}");
        }
        (Value::List(ours), Theirs::Sequence(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{at}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| compare(ours, theirs, at));
        }
        (Value::Map(ours), Theirs::Mapping(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{at}");
            for (ours, (key, theirs)) in ours.iter().zip(theirs) {
                if let Theirs::String(key) = key {
                    assert_eq!(*ours.key, **key, "{at}");
                }
                compare(&ours.node, theirs, &format!("{at} {}", ours.key));
            }
        }
        (ours, theirs) => panic!("{at}: {ours:?} is not {theirs:?}"),
    }
}

/// Checks that each text of one plain line stands where it says.
fn check_plain_places(node: &Node, sources: &Sources) {
    let source = sources.get(node.span.file).unwrap();
    let written = &source.text[node.span.start as usize..node.span.end as usize];
    match &node.value {
        Value::String(text) if !written.contains(['\n', '\\', '\'', '*']) => {
            let bare = |text: &str| text.trim().trim_matches('"').trim().to_owned();
            assert_eq!(bare(written), bare(text));
        }
        Value::List(items) => items.iter().for_each(|item| check_plain_places(item, sources)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            let span = entry.key_span;
            let written = &source.text[span.start as usize..span.end as usize];
            assert_eq!(written.trim_matches(['"', '\'']), &*entry.key);
            check_plain_places(&entry.node, sources);
        }),
        _ => {}
    }
}
