//! `pagination` of `generator.yaml`: how listings come in pages, where the document's names do not tell.
//!
//! ```yaml
//! pagination:
//!   undeclared: page_token      # a parameter of the query that listings take without declaring it:
//!                               # those of GET that give the token of a next page
//!   operations:                 # by operationId
//!     listPets: {query: cursor, next: paging.next, items: pets}
//!     findPets: {body: pageToken, next: nextPageToken}
//!     listCages: {address: links.next}     # the answer has the address of the next page
//!     listOwners: {page: page, first: 0}   # the number of the page in the query
//!     listVets: {offset: skip, items: vets}
//!     listShops: link           # the header `Link`
//!     listDays: none            # not in pages, whatever the names look like
//! ```
//!
//! `next` leads to the token in the answer, and `items` names the member with the items; without it, they
//! are the answer itself or its only list.

use std::collections::BTreeMap;

use super::Spanned;
use super::reader::Reader;
use crate::yaml::{Entry, Node};

/// What `pagination` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pagination {
    /// The parameter of the query that listings take without declaring it.
    pub undeclared: Option<Spanned<String>>,
    /// What operations say, by `operationId`; the span is the id's.
    pub operations: BTreeMap<String, Spanned<Paging>>,
}

/// How a listing comes in pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// How the next page is asked for; `None` if there are no pages.
    pub by: Option<By>,
    /// The member of the answer that holds the items.
    pub items: Option<String>,
}

/// How the next page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A parameter of the query takes the token to which these steps lead in the answer.
    Query(String, Vec<String>),
    /// A member of the JSON body takes it.
    Body(String, Vec<String>),
    /// These steps lead to the address of the next page in the answer.
    Address(Vec<String>),
    /// A parameter of the query takes the number of the page, which is this at first.
    Page(String, u64),
    /// A parameter of the query takes the number of items before it.
    Offset(String),
    /// The answer's header `Link` has the address.
    Link,
}

const FORMS: &str = "`{query: …, next: …}`, `{body: …, next: …}`, `{address: …}`, `{page: …}`, `{offset: …}`, `link` or \
                     `none`";

pub(super) fn read(reader: &mut Reader, node: &Node) -> Pagination {
    let section = reader.section("pagination", node, &["undeclared", "operations"]);
    let undeclared = section
        .get("undeclared")
        .map(|node| Spanned { value: reader.text("undeclared", node), span: node.span });
    let mut operations = BTreeMap::new();
    if let Some(node) = section.get("operations") {
        for Entry { key, key_span, node } in reader.entries("operations", node) {
            if let Some(value) = paging(reader, key, node) {
                operations.insert(key.to_string(), Spanned { value, span: *key_span });
            }
        }
    }
    Pagination { undeclared, operations }
}

fn paging(reader: &mut Reader, id: &str, node: &Node) -> Option<Paging> {
    let what = format!("the pages of `{id}`");
    match node.as_str() {
        Some("none") => return Some(Paging::default()),
        Some("link") => return Some(Paging { by: Some(By::Link), items: None }),
        Some(other) => {
            reader.fault(node.span, format!("`{other}` is not a form of {what}"), Some(help()));
            return None;
        }
        None => {}
    }
    let keys = &["query", "body", "address", "page", "offset", "first", "next", "items"];
    reader.section(&what, node, keys);
    let mut text = |key| node.get(key).map(|node| reader.text(key, node));
    let (query, body, page, offset) = (text("query"), text("body"), text("page"), text("offset"));
    let steps = |text: String| text.split('.').map(str::to_owned).collect::<Vec<String>>();
    let (next, items) = (text("next").map(steps), text("items"));
    let address = text("address").map(steps);
    let first = node.get("first").and_then(|node| reader.count("first", node));
    let first = first.and_then(|first| u64::try_from(first).ok());
    let by = match (query, body, address, page, offset, next, first) {
        (Some(name), None, None, None, None, Some(next), None) => By::Query(name, next),
        (None, Some(name), None, None, None, Some(next), None) => By::Body(name, next),
        (None, None, Some(steps), None, None, None, None) => By::Address(steps),
        (None, None, None, Some(name), None, None, first) => By::Page(name, first.unwrap_or(1)),
        (None, None, None, None, Some(name), None, None) => By::Offset(name),
        _ => {
            reader.fault(node.span, format!("{what} are of none of the forms"), Some(help()));
            return None;
        }
    };
    Some(Paging { by: Some(by), items })
}

fn help() -> String {
    format!("write {FORMS}; with `items: …` where a member of the answer holds them")
}
