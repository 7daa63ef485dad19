//! How an update goes into its target.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::yaml::{Entry, Node, Value};

type Json = serde_json::Value;

/// An update, with and without places.
#[derive(Debug)]
pub(super) struct Merge {
    pub(super) node: Node,
    pub(super) json: Json,
}

impl Merge {
    /// Merges it with a target that was selected.
    pub(super) fn apply_to(&self, node: &mut Node, json: &mut Json) -> Result<(), Diagnostics> {
        if let (Value::List(items), Json::Array(values)) = (&mut node.value, &mut *json)
            && !matches!(self.node.value, Value::List(_))
        {
            items.push(self.node.clone());
            values.push(self.json.clone());
            return Ok(());
        }
        merge(node, &self.node)?;
        merge_json(json, &self.json);
        Ok(())
    }
}

/// Merges two values of the same kind.
fn merge(target: &mut Node, update: &Node) -> Result<(), Diagnostics> {
    let kinds = (target.kind(), update.kind());
    match (&mut target.value, &update.value) {
        (Value::Map(target), Value::Map(update)) => {
            let mut new: Vec<Entry> = Vec::new();
            let places: std::collections::BTreeMap<String, usize> =
                target.iter().enumerate().map(|(at, one)| (one.key.to_string(), at)).collect();
            for entry in update {
                match places.get(&*entry.key).and_then(|at| target.get_mut(*at)) {
                    Some(found) => merge(&mut found.node, &entry.node)?,
                    None => new.push(entry.clone()),
                }
            }
            target.extend(new);
        }
        (Value::List(target), Value::List(update)) => target.extend(update.iter().cloned()),
        (Value::Map(_) | Value::List(_), _) | (_, Value::Map(_) | Value::List(_)) => {
            let message = format!("this is {}, but its target is {}", kinds.1, kinds.0);
            let error = Diagnostic::error(Code::OverlayTarget, update.span, message);
            return Err(error.related(target.span, "the target is here").into());
        }
        (_, primitive) => {
            target.value = primitive.clone();
            target.span = update.span;
        }
    }
    Ok(())
}

/// The same without places; kinds are known to fit.
fn merge_json(target: &mut Json, update: &Json) {
    match (target, update) {
        (Json::Object(target), Json::Object(update)) => {
            for (key, value) in update {
                match target.get_mut(key) {
                    Some(found) => merge_json(found, value),
                    None => drop(target.insert(key.clone(), value.clone())),
                }
            }
        }
        (Json::Array(target), Json::Array(update)) => target.extend(update.iter().cloned()),
        (target, update) => *target = update.clone(),
    }
}

/// How many values there are in one.
pub(super) fn count(node: &Node) -> usize {
    let inside = match &node.value {
        Value::List(nodes) => nodes.iter().map(count).sum(),
        Value::Map(entries) => entries.iter().map(|entry| count(&entry.node)).sum(),
        _ => 0,
    };
    1 + inside
}

/// How many collections lie in each other.
pub(super) fn depth(node: &Node) -> usize {
    match &node.value {
        Value::List(nodes) => 1 + nodes.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.iter().map(|one| depth(&one.node)).max().unwrap_or(0),
        _ => 0,
    }
}
