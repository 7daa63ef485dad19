//! `host`, `basePath` and `schemes`.

use super::{list, text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::entries;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// Where the API is served.
#[derive(Debug)]
pub(super) struct Servers {
    host: Option<Node>,
    /// Without a `/` at its end.
    base: String,
    base_span: Option<Span>,
    schemes: Vec<Node>,
}

impl Servers {
    /// Takes what says it out of the document.
    pub(super) fn new(root: &mut Vec<Entry>, found: &mut Diagnostics) -> Self {
        let host = entries::take(root, "host").map(|entry| entry.node);
        let base = entries::take(root, "basePath");
        let base_span = base.as_ref().map(|entry| entry.node.span);
        let path = base.as_ref().and_then(|entry| entry.node.as_str()).unwrap_or_default();
        let path = path.trim_end_matches('/');
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let base = format!("{slash}{path}");
        let schemes = list(entries::take(root, "schemes"));
        if let (Some(host), true) = (&host, schemes.is_empty()) {
            let message = "the document has no `schemes`; its host is read as one of https";
            found.push(Diagnostic::gap(Code::MissingField, host.span, message));
        }
        Self { host, base, base_span, schemes }
    }

    /// The servers of the document.
    pub(super) fn all(&self) -> Vec<Node> {
        self.with(&self.schemes)
    }

    /// The servers of an operation with schemes of its own.
    pub(super) fn with(&self, schemes: &[Node]) -> Vec<Node> {
        let Some(host) = &self.host else {
            let base = self.base_span.filter(|_| !self.base.is_empty());
            return base.map(|span| server(span, &self.base)).into_iter().collect();
        };
        let name = host.as_str().unwrap_or_default();
        let mut urls: Vec<(bool, Node)> = schemes
            .iter()
            .filter_map(|node| Some((node.as_str()?, node.span)))
            // Web sockets are not spoken; what is left is still an HTTP API.
            .filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
            .map(|(scheme, span)| {
                (scheme != "https", server(span, &format!("{scheme}://{name}{}", self.base)))
            })
            .collect();
        if urls.is_empty() {
            urls.push((false, server(host.span, &format!("https://{name}{}", self.base))));
        }
        urls.sort_by_key(|(is_plain, _)| *is_plain);
        urls.into_iter().map(|(_, server)| server).collect()
    }
}

fn server(span: Span, url: &str) -> Node {
    Node::new(span, Value::Map(vec![entries::entry("url", span, text(span, url))]))
}
