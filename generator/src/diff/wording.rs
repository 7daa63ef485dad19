//! How a document words its operations and components: a digest of each, by JSON Pointer.
//!
//! The order of keys says nothing, and neither do layout, comments or the choice between YAML and
//! JSON; so two digests differ only where the words do.

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use fnv::FnvHasher;

use crate::yaml::{Node, Value};

/// The digests of a document that stands in one tree.
pub(crate) fn wording(root: &Node) -> BTreeMap<String, u64> {
    let mut digests = BTreeMap::new();
    for (first, second) in [("paths", None), ("components", Some("components"))] {
        let Some(Value::Map(entries)) = member(root, first) else { continue };
        for entry in entries {
            let Value::Map(inner) = &entry.node.value else { continue };
            for one in inner {
                let outer = second.unwrap_or("paths");
                let pointer = format!("/{outer}/{}/{}", escaped(&entry.key), escaped(&one.key));
                digests.insert(pointer, digest(&one.node));
            }
        }
    }
    digests
}

fn member<'a>(node: &'a Node, key: &str) -> Option<&'a Value> {
    let Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|entry| &*entry.key == key).map(|entry| &entry.node.value)
}

/// A key as a step of a JSON Pointer (RFC 6901 §3).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The depth of a tree is bounded where it is read.
fn digest(node: &Node) -> u64 {
    let mut hash = FnvHasher::default();
    match &node.value {
        Value::Null => hash.write_u8(0),
        Value::Bool(flag) => hash.write(&[1, u8::from(*flag)]),
        Value::Number(text) => {
            hash.write_u8(2);
            hash.write(text.as_bytes());
        }
        Value::String(text) => {
            hash.write_u8(3);
            hash.write(text.as_bytes());
        }
        Value::List(nodes) => {
            hash.write_u8(4);
            for node in nodes {
                hash.write_u64(digest(node));
            }
        }
        Value::Map(entries) => {
            hash.write_u8(5);
            // A sum has no order.
            let sum = entries.iter().map(|entry| {
                let mut one = FnvHasher::default();
                one.write(entry.key.as_bytes());
                one.write_u64(digest(&entry.node));
                one.finish()
            });
            hash.write_u64(sum.fold(0, u64::wrapping_add));
        }
    }
    hash.finish()
}
