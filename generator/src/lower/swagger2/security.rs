//! `securityDefinitions`.

use super::{Conversion, each, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::lower::entries;
use crate::yaml::{Entry, Node, Value};

/// Converts all schemes.
pub(super) fn schemes(conversion: &mut Conversion, node: &mut Node) {
    each(node, |scheme| {
        let span = scheme.span;
        let Value::Map(map) = &mut scheme.value else { return };
        match entries::text(map, "type") {
            Some("basic") => {
                entries::put(map, "type", span, Value::String("http".into()));
                entries::put(map, "scheme", span, Value::String("basic".into()));
            }
            Some("oauth2") => oauth2(conversion, map, span),
            _ => {}
        }
    });
}

fn oauth2(conversion: &mut Conversion, map: &mut Vec<Entry>, span: crate::source::Span) {
    let Some(flow) = entries::take(map, "flow") else {
        let message = "an OAuth 2.0 scheme has no `flow`";
        conversion.found.push(Diagnostic::error(Code::MissingField, span, message));
        return;
    };
    let name = match flow.node.as_str() {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some(same) => same,
        None => return,
    };
    let urls: &[&str] = match name {
        "implicit" => &["authorizationUrl"],
        "authorizationCode" => &["authorizationUrl", "tokenUrl"],
        _ => &["tokenUrl"],
    };
    let mut fields = Vec::new();
    for key in ["authorizationUrl", "tokenUrl", "scopes"] {
        let Some(entry) = entries::take(map, key) else { continue };
        // Only the flow that needs an address may have it in 3.0.
        if key == "scopes" || urls.contains(&key) {
            fields.push(entry);
        }
    }
    let value = Node::new(flow.node.span, Value::Map(fields));
    let flow = Entry { key: name.into(), node: value, ..flow };
    let flows = Node::new(flow.key_span, Value::Map(vec![flow]));
    map.push(entries::entry("flows", span, flows));
    entries::put(map, "type", span, text(span, "oauth2").value);
}
