//! Responses: `schema` and `examples` become `content`, for each media type that is produced.

use super::parameter::{self, Writing};
use super::{Conversion, body, each, schema};
use crate::lower::entries;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Converts a response.
pub(super) fn response(conversion: &mut Conversion, node: &mut Node, produces: &[Node]) {
    let span = node.span;
    let Value::Map(entries) = &mut node.value else { return };
    let value = entries::take(entries, "schema");
    let examples = entries::take(entries, "examples");
    if let Some(headers) = entries::find_mut(entries, "headers") {
        each(&mut headers.node, |header| self::header(conversion, header, span));
    }
    let examples = examples.and_then(|mut entry| entries::take_map(&mut entry.node));
    let mut examples = examples.unwrap_or_default();
    examples.retain(|example| !example.key.starts_with("x-"));
    let Some(Entry { key_span, node: mut value, .. }) = value else {
        if !examples.is_empty() {
            let types = examples.into_iter().map(|example| {
                let Entry { key, key_span, node } = example;
                let media = vec![entries::entry("example", key_span, node)];
                Entry { key, key_span, node: Node::new(key_span, Value::Map(media)) }
            });
            entries::put(entries, "content", span, Value::Map(types.collect()));
        }
        return;
    };
    let is_file = value.get("type").and_then(Node::as_str) == Some("file");
    schema::schema(&mut value);
    let octets = [super::text(key_span, "application/octet-stream")];
    let produces = if is_file && produces.is_empty() { &octets } else { produces };
    let content = body::content(conversion, produces, &value, key_span, &examples);
    entries::put(entries, "content", key_span, content.value);
}

/// A header holds a value as a parameter does. Its arrays can be written in one way only.
fn header(conversion: &mut Conversion, node: &mut Node, at: Span) {
    let Value::Map(entries) = &mut node.value else { return };
    // After the gap it still is a header, of some text.
    let is_known = parameter::writing(conversion, entries, "header") != Writing::Unknown;
    let (mut own, mut value) = parameter::split(std::mem::take(entries));
    if !is_known {
        value = vec![entries::entry("type", at, super::text(at, "string"))];
    }
    own.push(entries::entry("schema", at, Node::new(at, Value::Map(value))));
    *entries = own;
}
