//! Schemas: `type: file`, `x-nullable`, and the discriminator as a text.

use super::text;
use crate::lower::entries;
use crate::lower::grammar::Holds;
use crate::lower::join::parts;
use crate::yaml::{Node, Value};

/// Converts a schema with all that it holds.
pub(super) fn schema(node: &mut Node) {
    part(Holds::Schema, node);
}

fn part(holds: Holds, node: &mut Node) {
    let is_schema = matches!(holds, Holds::Schema | Holds::SchemaOrFlag | Holds::Items);
    match &mut node.value {
        Value::Map(map) => {
            if is_schema {
                keywords(map);
            }
            for entry in map {
                if let Some(holds) = parts::entry(holds, &entry.key) {
                    part(holds, &mut entry.node);
                }
            }
        }
        Value::List(nodes) => {
            let Some(holds) = parts::item(holds) else { return };
            for node in nodes {
                part(holds, node);
            }
        }
        _ => {}
    }
}

fn keywords(map: &mut Vec<crate::yaml::Entry>) {
    file(map);
    if let Some(entry) = entries::find_mut(map, "x-nullable")
        && let Value::Bool(_) = entry.node.value
    {
        entry.key = "nullable".into();
    }
    if let Some(entry) = entries::find_mut(map, "discriminator")
        && let Some(name) = entry.node.as_str()
    {
        let span = entry.node.span;
        let name = entries::entry("propertyName", span, text(span, name));
        entry.node.value = Value::Map(vec![name]);
    }
}

/// A file is a text of any bytes.
pub(super) fn file(map: &mut Vec<crate::yaml::Entry>) {
    let Some(ty) = entries::find_mut(map, "type") else { return };
    if ty.node.as_str() == Some("file") {
        let span = ty.node.span;
        ty.node = text(span, "string");
        entries::put(map, "format", span, Value::String("binary".into()));
    }
}
