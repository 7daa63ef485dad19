//! The files that a file mentions, for whoever reads them.

use std::collections::BTreeSet;

use crate::reference::{self, File};
use crate::yaml::{Node, Value};

/// The locations of the other files to which a file at `location` may refer. Some of them may be
/// mentioned in examples only, so a file that does not exist is no fault yet.
pub fn files(tree: &Node, location: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::List(nodes) => open.extend(nodes),
            Value::Map(entries) => {
                for entry in entries {
                    match (&*entry.key, &entry.node.value) {
                        ("$ref", Value::String(text)) => mention(location, text, &mut found),
                        // Values of a discriminator's mapping can be files.
                        ("mapping", Value::Map(values)) => {
                            let texts = values.iter().filter_map(|entry| entry.node.as_str());
                            let texts = texts.filter(|text| text.contains(['.', '/']));
                            texts.for_each(|text| mention(location, text, &mut found));
                        }
                        _ => {}
                    }
                    open.push(&entry.node);
                }
            }
            _ => {}
        }
    }
    found.remove(location);
    found
}

fn mention(location: &str, text: &str, found: &mut BTreeSet<String>) {
    if let File::At(file) = reference::file(location, text) {
        found.insert(file);
    }
}
