//! Listings that come in pages: recognised by names, or as `pagination` in `generator.yaml` says.
//!
//! | what the operation has | how the next page is asked for |
//! | --- | --- |
//! | a text of the query or of the JSON body with the name of a token (`page_token`, `cursor`), and an answer with the next one (`nextPageToken`, `meta.next_cursor`) | with that token |
//! | an answer with an address of the next page (`next_page_uri`) | by that address |
//! | the header `Link` in its answers (RFC 8288) | by the address in it |
//! | a whole number of the query called `page`, with a default or a minimum | with the next number |
//! | one called `offset` or `skip`, which starts at 0 | with the number of items so far |
//!
//! All but the first are for GET, and for answers with items. Case and punctuation of names do not
//! count. A token that an answer has under another name than one of a next page may be there behind
//! the last page as well, so it is not taken for one. The items are the answer itself where that is
//! a list, else its only list, or the one with a usual name.

mod find;

use std::collections::BTreeMap;

pub(super) use find::{Found, find};
use find::{fields, item, unaliased};

use super::planner::Planner;
use super::types::Types;
use super::{Answer, Group, Item, Method, Module, Name, Reading, RustType, Struct};
use crate::config::By;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, SchemaId, Type};

/// How a listing comes in pages.
#[derive(Clone, Debug)]
pub struct Listing {
    /// How the next page is asked for.
    pub turn: Turn,
    /// The items of a page, where it is known which they are.
    pub items: Option<Items>,
}

/// How the next page is asked for.
#[derive(Clone, Debug)]
pub enum Turn {
    /// By a parameter of the query, with the token at the end of these fields.
    Query(String, Vec<Reach>),
    /// By a member of the body, with the token at the end of these fields.
    Body(String, Vec<Reach>),
    /// By the address at the end of these fields.
    Address(Vec<Reach>),
    /// By the number of the page in the query, from this one on.
    Page(String, u64),
    /// By the number of items before it in the query.
    Offset(String),
    /// By the header `Link`.
    Link,
}

/// A field on the way.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Its name.
    pub field: Name,
    /// Whether it is an `Option`.
    pub is_option: bool,
}

/// The items of a page.
#[derive(Clone, Debug)]
pub struct Items {
    /// The field that holds them; `None` if the page is the list.
    pub field: Option<Reach>,
    /// The type of one.
    pub ty: RustType,
}

/// Puts the listings to their methods, now that fields have names.
pub(super) fn plan(planner: &mut Planner<'_>, api: &Api, models: &Module, groups: &mut [Group]) {
    let Planner { listings: found, names, types, found: faults, .. } = planner;
    if found.is_empty() {
        return;
    }
    let mut structs = BTreeMap::new();
    models.visit(&[], &mut |_, item| insert(item, &mut structs));
    for item in groups.iter().flat_map(|group| &group.items) {
        insert(item, &mut structs);
    }
    let maker = Maker { api, types, structs: &structs };
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for operation in 0..api.operations.len() {
        if let Some(own) = own.get_mut(names.group_of(operation)) {
            own.push(operation);
        }
    }
    let mut listing = |at: &usize, method: &Method| {
        let found = found.get(at)?;
        let listing = maker.listing(found, &method.answer);
        if let (None, Some(span)) = (&listing, found.said) {
            let message = format!(
                "the answer of `{}` has no type of its own, so its pages cannot be told",
                method.id
            );
            faults.push(Diagnostic::error(Code::UnusedConfig, span, message));
        }
        listing
    };
    let listings = own.iter().zip(&*groups).map(|(own, group)| {
        let listings = own.iter().zip(&group.methods).map(|(at, method)| listing(at, method));
        listings.collect::<Vec<Option<Listing>>>()
    });
    let listings: Vec<Vec<Option<Listing>>> = listings.collect();
    for (group, listings) in groups.iter_mut().zip(listings) {
        for (method, listing) in group.methods.iter_mut().zip(listings) {
            method.pages = listing;
        }
    }
}

fn insert<'a>(item: &'a Item, structs: &mut BTreeMap<SchemaId, &'a Struct>) {
    if let Item::Struct(item) = item {
        structs.insert(item.schema, item);
    }
}

/// What is needed to name the fields of a listing.
struct Maker<'a> {
    api: &'a Api,
    types: &'a Types<'a>,
    structs: &'a BTreeMap<SchemaId, &'a Struct>,
}

impl Maker<'_> {
    /// The listing; none where its answer has another type than the document tells, such as one that
    /// `generator.yaml` chooses.
    fn listing(&self, found: &Found, answer: &Answer) -> Option<Listing> {
        let Answer::One(Reading::Json(RustType::Model(_) | RustType::Vec(_)), _) = answer else {
            return None;
        };
        let turn = match &found.by {
            By::Query(name, steps) => Turn::Query(name.clone(), self.way(found.page?, steps)?),
            By::Body(name, steps) => Turn::Body(name.clone(), self.way(found.page?, steps)?),
            By::Address(steps) => Turn::Address(self.way(found.page?, steps)?),
            By::Page(name, first) => Turn::Page(name.clone(), *first),
            By::Offset(name) => Turn::Offset(name.clone()),
            By::Link => Turn::Link,
        };
        let items = self.items(found);
        let counts = matches!(turn, Turn::Page(..) | Turn::Offset(_));
        (!counts || items.is_some()).then_some(Listing { turn, items })
    }

    fn items(&self, found: &Found) -> Option<Items> {
        let Some(page) = found.page else {
            return Some(Items { field: None, ty: self.types.inside(found.listed.as_ref()?).0 });
        };
        let wire = found.items.as_ref()?;
        let field = fields(self.api, page).iter().find(|field| field.wire == *wire)?;
        let item = item(unaliased(self.api, &field.ty))?;
        Some(Items { field: Some(self.reach(page, wire)?), ty: self.types.inside(&item).0 })
    }

    fn way(&self, page: SchemaId, steps: &[String]) -> Option<Vec<Reach>> {
        let mut at = Some(page);
        let mut way = Vec::with_capacity(steps.len());
        for step in steps {
            let page = at?;
            way.push(self.reach(page, step)?);
            let field = fields(self.api, page).iter().find(|field| field.wire == *step)?;
            at = match unaliased(self.api, &field.ty) {
                Type::Schema(held) => Some(*held),
                _ => None,
            };
        }
        Some(way)
    }

    fn reach(&self, page: SchemaId, wire: &str) -> Option<Reach> {
        let field = self.structs.get(&page)?.fields.iter().find(|field| field.wire == *wire)?;
        Some(Reach { field: field.name.clone(), is_option: field.is_option() })
    }
}
