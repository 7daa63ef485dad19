//! The calls that the API makes, from the list that `lower` stamped.

use serde_json::Value;

use super::build::{Builder, place};
use super::{Docs, Webhook};

impl Builder<'_> {
    /// The webhooks and callbacks whose bodies have a type.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let list = self.document.extensions.get("x-webhooks").and_then(Value::as_array);
        let list = list.into_iter().flatten();
        let webhooks = list.filter_map(|one| {
            let text = |key: &str| one.get(key).and_then(Value::as_str).map(str::to_owned);
            Some(Webhook {
                name: text("name")?,
                about: text("about")?,
                verb: text("verb")?,
                payload: self.reference(&text("schema")?),
                docs: Docs {
                    summary: text("summary"),
                    description: text("description"),
                    deprecated: one.get("deprecated") == Some(&Value::Bool(true)),
                    ..Docs::default()
                },
                span: one.get("x-at").and_then(place).unwrap_or_default(),
            })
        });
        webhooks.collect()
    }
}
