//! Listings that come in pages: a table for each, from which the runtime makes two methods.

use super::Part;
use super::tokens::{Place, literal};
use crate::plan::{Answer, Method, Reach, Reading, RustType, Turn};

/// The type of a page.
fn page(method: &Method) -> Option<&RustType> {
    match &method.answer {
        Answer::One(Reading::Json(ty), _) => Some(ty),
        _ => None,
    }
}

/// The type of an item, where the method has one.
pub(super) fn item(method: &Method) -> Option<&RustType> {
    Some(&method.pages.as_ref()?.items.as_ref()?.ty)
}

/// The table of a method.
pub(super) fn table(method: &Method, place: &Place<'_>) -> Option<Part> {
    let (listing, builder, page) =
        (method.pages.as_ref()?, method.builder.as_ref()?, page(method)?);
    let count = || match listing.items.as_ref().map(|items| &items.field) {
        None | Some(None) => "|page| page.len()".to_owned(),
        Some(Some(Reach { field, is_option: false })) => format!("|page| page.{field}.len()"),
        Some(Some(Reach { field, is_option: true })) => {
            format!("|page| page.{field}.as_ref().map_or(0, |items| items.len())")
        }
    };
    let turn = match &listing.turn {
        Turn::Query(name, way) => format!("Query({}, |page| {})", literal(name), token(way)),
        Turn::Body(name, way) => format!("Body({}, |page| {})", literal(name), token(way)),
        Turn::Address(way) => format!("Address(|page| {})", token(way)),
        Turn::Page(name, first) => format!("Page({}, {first}, {})", literal(name), count()),
        Turn::Offset(name) => format!("Offset({}, {})", literal(name), count()),
        Turn::Link => "Link".to_owned(),
    };
    let items = listing.items.as_ref().map(|items| {
        let take = match &items.field {
            None => "page".to_owned(),
            Some(Reach { field, is_option: false }) => format!("page.{field}"),
            Some(Reach { field, is_option: true }) => format!("page.{field}.unwrap_or_default()"),
        };
        format!("items: {} = |page| {take}", place.text(&items.ty))
    });
    let rows = [turn].into_iter().chain(items);
    Some(Part::Table {
        path: "crate::runtime::pages",
        head: format!("{builder}: {}", place.text(page)),
        rows: rows.collect(),
    })
}

/// The expression of the token at the end of these fields.
fn token(way: &[Reach]) -> String {
    let mut text = "page".to_owned();
    for (at, Reach { field, is_option }) in way.iter().enumerate() {
        let is_last = at + 1 == way.len();
        text = match (is_last, is_option) {
            (false, false) => format!("{text}.{field}"),
            (false, true) => format!("{text}.{field}.as_ref()?"),
            (true, false) => format!("Some(&*{text}.{field})"),
            (true, true) => format!("{text}.{field}.as_deref()"),
        };
    }
    text
}
