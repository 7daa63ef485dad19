//! What a JSONPath selects, as a tree of the steps to it, so that one walk reaches all of it.

use std::collections::BTreeMap;

use super::apply::Step;
use super::merge::Merge;
use crate::diagnostic::Diagnostics;
use crate::yaml::{Node, Value};

type Json = serde_json::Value;

/// Selected values, by the steps to them.
#[derive(Debug, Default)]
pub(super) struct Selected {
    /// Whether the value here is selected itself.
    here: bool,
    below: BTreeMap<Step, Self>,
}

impl FromIterator<Vec<Step>> for Selected {
    fn from_iter<T: IntoIterator<Item = Vec<Step>>>(paths: T) -> Self {
        let mut selected = Self::default();
        for path in paths {
            let mut at = &mut selected;
            for step in path {
                at = at.below.entry(step).or_default();
            }
            at.here = true;
        }
        selected
    }
}

impl Selected {
    /// The longest way to a selected value.
    pub(super) fn depth(&self) -> usize {
        self.below.values().map(|below| below.depth() + 1).max().unwrap_or(0)
    }

    /// The value at the end of some steps.
    pub(super) fn node<'a>(root: &'a Node, steps: &[Step]) -> Option<&'a Node> {
        steps.iter().try_fold(root, |node, step| match step {
            Ok(key) => node.get(key),
            Err(index) => node.as_list()?.get(*index),
        })
    }

    /// Removes what is selected; not the root, which the answer tells.
    pub(super) fn remove(&self, node: &mut Node, json: &mut Json) -> bool {
        if self.here {
            return false;
        }
        match (&mut node.value, json) {
            (Value::Map(entries), Json::Object(map)) => entries.retain_mut(|entry| {
                let Some(below) = self.below.get(&Ok(entry.key.to_string())) else { return true };
                let Some(json) = map.get_mut(&*entry.key) else { return true };
                let stays = below.remove(&mut entry.node, json);
                if !stays {
                    map.remove(&*entry.key);
                }
                stays
            }),
            (Value::List(nodes), Json::Array(items)) => {
                let mut stays = Vec::with_capacity(nodes.len());
                for ((index, node), item) in nodes.iter_mut().enumerate().zip(items.iter_mut()) {
                    let below = self.below.get(&Err(index));
                    stays.push(below.is_none_or(|below| below.remove(node, item)));
                }
                let mut kept = stays.iter();
                nodes.retain(|_| kept.next().copied().unwrap_or(true));
                let mut kept = stays.iter();
                items.retain(|_| kept.next().copied().unwrap_or(true));
            }
            _ => {}
        }
        true
    }

    /// Merges an update with all that is selected.
    pub(super) fn merge(
        &self,
        node: &mut Node,
        json: &mut Json,
        update: &Merge,
    ) -> Result<(), Diagnostics> {
        match (&mut node.value, &mut *json) {
            (Value::Map(entries), Json::Object(map)) => {
                for entry in entries {
                    if let Some(below) = self.below.get(&Ok(entry.key.to_string()))
                        && let Some(json) = map.get_mut(&*entry.key)
                    {
                        below.merge(&mut entry.node, json, update)?;
                    }
                }
            }
            (Value::List(nodes), Json::Array(items)) => {
                for ((index, node), item) in nodes.iter_mut().enumerate().zip(items) {
                    if let Some(below) = self.below.get(&Err(index)) {
                        below.merge(node, item, update)?;
                    }
                }
            }
            _ => {}
        }
        if self.here { update.apply_to(node, json) } else { Ok(()) }
    }
}
