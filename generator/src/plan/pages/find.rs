//! What the document tells of pages, before types have names.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{By, Config, Paging, Spanned};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Api, ContentKind, Field, Location, Operation, Parameter, Schema, SchemaId, Shape, Type, Verb,
};
use crate::plan::operations::identity;
use crate::source::Span;

/// What takes the token of a page.
const TOKENS: &[&str] = &[
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "cursor",
    "nextcursor",
    "pagecursor",
    "continuationtoken",
    "paginationtoken",
    "startingtoken",
    "marker",
];
/// What gives the token of the next page.
const NEXT: &[&str] = &[
    "nextpagetoken",
    "nexttoken",
    "nextcursor",
    "nextpagecursor",
    "nextcontinuationtoken",
    "continuationtoken",
    "nextpaginationtoken",
    "nextmarker",
];
/// What gives the address of the next page.
const ADDRESSES: &[&str] = &[
    "nextpageuri",
    "nextpageurl",
    "nextpagelink",
    "nexturi",
    "nexturl",
    "nextlink",
    "odatanextlink",
];
/// Words of the members that hold what is said about pages.
const HOLDERS: &[&str] = &["meta", "pag", "cursor", "info", "links"];
/// What takes the number of a page.
const NUMBERS: &[&str] = &["page", "pagenumber", "pageno", "pageindex"];
/// What takes the number of items before a page.
const OFFSETS: &[&str] = &["offset", "skip"];
/// What holds the items where there are several lists, the likeliest first.
const ITEMS: &[&str] =
    &["items", "data", "list", "results", "values", "entries", "records", "resources", "value"];

/// How many aliases of aliases are followed.
const DEEPEST: usize = 64;

/// What is found in the document, before types have names.
pub(in crate::plan) struct Found {
    pub(super) by: By,
    /// The schema of a page; `None` if it is a list of `listed`.
    pub(super) page: Option<SchemaId>,
    pub(super) listed: Option<Type>,
    pub(super) items: Option<String>,
    /// Where `generator.yaml` says so.
    pub(super) said: Option<Span>,
}

/// The listings among the operations, by index.
pub(in crate::plan) fn find(
    api: &Api,
    config: &Config,
    found: &mut Diagnostics,
) -> BTreeMap<usize, Found> {
    let mut used = BTreeSet::new();
    let operations = api.operations.iter().enumerate().filter_map(|(at, operation)| {
        let id = identity(operation);
        let said = config.pagination.operations.get(&id);
        used.extend(said.map(|_| id.clone()));
        match said {
            Some(said) => match chosen(api, operation, said) {
                Ok(one) => one.map(|one| (at, one)),
                Err(message) => {
                    let message = format!("{message} of `{id}`");
                    found.push(Diagnostic::error(Code::UnusedConfig, said.span, message));
                    None
                }
            },
            None => recognised(api, config, operation).map(|one| (at, one)),
        }
    });
    let operations: BTreeMap<usize, Found> = operations.collect();
    let undeclared = config.pagination.undeclared.iter().filter(|name| {
        let is_it = |(at, one): (&usize, &Found)| match &one.by {
            By::Query(own, _) if *own == name.value => {
                let parameters = api.operations.get(*at).map(|one| &one.parameters);
                !parameters.into_iter().flatten().any(|one| one.name == *own)
            }
            _ => false,
        };
        !operations.iter().any(is_it)
    });
    // A filter may have left out the listings that it is for.
    for name in undeclared.filter(|_| config.include.is_empty() && config.exclude.is_empty()) {
        let message = format!("no listing lacks a parameter, so `{}` is not used", name.value);
        found.push(Diagnostic::error(Code::UnusedConfig, name.span, message));
    }
    for (id, said) in &config.pagination.operations {
        if !used.contains(id) {
            let message = format!("there is no operation `{id}`, so its pages are not used");
            found.push(Diagnostic::error(Code::UnusedConfig, said.span, message));
        }
    }
    operations
}

/// What takes the token to which these steps lead.
fn by_token(api: &Api, config: &Config, operation: &Operation, next: Vec<String>) -> Option<By> {
    if let Some(token) = query(operation, TOKENS, is_text) {
        // Where pages of another kind are usual, there is no token that could be missed.
        let is_switch = |one: &Parameter| {
            matches!(without_null(&one.ty), Type::Bool)
                && plain(&one.name).contains(&plain(&token.name))
        };
        let has_switch = operation.parameters.iter().any(is_switch);
        return (!has_switch).then(|| By::Query(token.name.clone(), next));
    }
    if let Some(name) = body(api, operation) {
        return Some(By::Body(name, next));
    }
    let undeclared = config.pagination.undeclared.as_ref();
    let undeclared = undeclared.filter(|_| operation.verb == Verb::Get)?;
    Some(By::Query(undeclared.value.clone(), next))
}

/// How a listing without tokens comes in pages. A number needs a first one: a page that is left out
/// would not be missed.
fn by_count(operation: &Operation) -> Option<By> {
    if operation.headers.iter().any(|one| one.name.eq_ignore_ascii_case("link")) {
        return Some(By::Link);
    }
    let Some(number) = query(operation, NUMBERS, is_number) else {
        let offset = query(operation, OFFSETS, is_number)?;
        let is_count = offset.default.as_deref().is_none_or(|first| first == "0");
        return is_count.then(|| By::Offset(offset.name.clone()));
    };
    let least = number.docs.limits.minimum.as_ref().map(|one| one.value.to_string());
    let first = number.default.clone().or(least)?;
    Some(By::Page(number.name.clone(), first.parse().ok()?))
}

/// What `generator.yaml` says of an operation, or what it says wrongly.
fn chosen(
    api: &Api,
    operation: &Operation,
    said: &Spanned<Paging>,
) -> Result<Option<Found>, String> {
    let (said, span) = (&said.value, said.span);
    let Some(by) = said.by.clone() else { return Ok(None) };
    let answer = answer(api, operation);
    let Some((answer, (page, usual))) = answer.and_then(|one| Some((one, page(api, one)?))) else {
        return Err(
            "there is no single answer of JSON with members or items among those".to_owned()
        );
    };
    if let By::Query(_, steps) | By::Body(_, steps) | By::Address(steps) = &by
        && !page.is_some_and(|page| leads_to_text(api, page, steps))
    {
        return Err(format!("`{}` is no text in the answer", steps.join(".")));
    }
    if let (Some(items), Some(page)) = (&said.items, page)
        && !lists(api, page).any(|field| field.wire == *items)
    {
        return Err(format!("`{items}` is no list in the answer"));
    }
    let items = said.items.clone().or(usual);
    if matches!(by, By::Page(..) | By::Offset(_)) && page.is_some() && items.is_none() {
        return Err("`items` does not name the list in the answer".to_owned());
    }
    Ok(Some(Found { by, page, listed: item(answer), items, said: Some(span) }))
}

fn recognised(api: &Api, config: &Config, operation: &Operation) -> Option<Found> {
    let answer = answer(api, operation)?;
    let (page, items) = page(api, answer)?;
    let next = |names| page.and_then(|page| way(api, page, names));
    let by = if let Some(next) = next(NEXT) {
        by_token(api, config, operation, next)?
    } else if operation.verb != Verb::Get || (page.is_some() && items.is_none()) {
        return None;
    } else if let Some(next) = next(ADDRESSES) {
        By::Address(next)
    } else {
        by_count(operation)?
    };
    Some(Found { by, page, listed: item(answer), items, said: None })
}

/// The type of the one answer, if it is JSON.
fn answer<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a Type> {
    let [success] = operation.successes.as_slice() else { return None };
    let [content] = success.contents.as_slice() else { return None };
    match &content.kind {
        ContentKind::Json(ty) => Some(unaliased(api, ty)),
        _ => None,
    }
}

/// The schema of a page and the member with its items; no schema for a list.
fn page(api: &Api, answer: &Type) -> Option<(Option<SchemaId>, Option<String>)> {
    let page = match answer {
        Type::List(_) => return Some((None, None)),
        Type::Schema(page) => *page,
        _ => return None,
    };
    let all: Vec<&Field> = lists(api, page).collect();
    let items = match all.as_slice() {
        [only] => Some(only.wire.clone()),
        several => ITEMS.iter().find_map(|name| {
            several.iter().find(|one| plain(&one.wire) == **name).map(|one| one.wire.clone())
        }),
    };
    matches!(schema(api, page)?.shape, Shape::Object(_)).then_some((Some(page), items))
}

/// The type of the items of a list.
pub(super) fn item(list: &Type) -> Option<Type> {
    match list {
        Type::List(item) => Some((**item).clone()),
        _ => None,
    }
}

/// The members that are lists.
fn lists(api: &Api, page: SchemaId) -> impl Iterator<Item = &Field> {
    fields(api, page).iter().filter(|one| matches!(unaliased(api, &one.ty), Type::List(_)))
}

/// The steps to a text with one of these names.
fn way(api: &Api, page: SchemaId, names: &[&str]) -> Option<Vec<String>> {
    let mut open = vec![(page, Vec::new())];
    for _ in 0..3 {
        let mut inner = Vec::new();
        for (at, steps) in open {
            for field in fields(api, at) {
                let steps: Vec<String> = steps.iter().chain([&field.wire]).cloned().collect();
                let name = plain(&field.wire);
                match unaliased(api, &field.ty) {
                    ty if is_text(ty) && names.contains(&name.as_str()) => return Some(steps),
                    Type::Schema(held) if HOLDERS.iter().any(|word| name.contains(word)) => {
                        inner.push((*held, steps));
                    }
                    _ => {}
                }
            }
        }
        open = inner;
    }
    None
}

fn leads_to_text(api: &Api, page: SchemaId, steps: &[String]) -> bool {
    let mut at = Some(page);
    for (index, step) in steps.iter().enumerate() {
        let field = at.and_then(|at| fields(api, at).iter().find(|field| field.wire == *step));
        match field.map(|field| unaliased(api, &field.ty)) {
            Some(ty) if is_text(ty) => return index + 1 == steps.len(),
            Some(Type::Schema(held)) => at = Some(*held),
            _ => return false,
        }
    }
    false
}

/// The parameter of the query with one of these names, the likeliest first.
fn query<'a>(
    operation: &'a Operation,
    names: &[&str],
    fits: fn(&Type) -> bool,
) -> Option<&'a Parameter> {
    let parameters = || {
        let all = operation.parameters.iter();
        all.filter(|one| one.location == Location::Query && fits(without_null(&one.ty)))
    };
    names.iter().find_map(|name| parameters().find(|one| plain(&one.name) == **name))
}

/// The member of the JSON body that takes a token.
fn body(api: &Api, operation: &Operation) -> Option<String> {
    let [content] = operation.body.as_ref()?.contents.as_slice() else { return None };
    let ContentKind::Json(ty) = &content.kind else { return None };
    let Type::Schema(body) = unaliased(api, ty) else { return None };
    TOKENS.iter().find_map(|name| {
        let mut fields = fields(api, *body).iter();
        let field =
            fields.find(|one| plain(&one.wire) == **name && is_text(unaliased(api, &one.ty)));
        field.map(|one| one.wire.clone())
    })
}

fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Text(format) => matches!(format.as_deref(), None | Some("uri" | "uri-reference")),
        _ => false,
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Integer(_))
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        other => other,
    }
}

/// A type with nothing behind another name, and without `null`.
pub(super) fn unaliased<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    let mut ty = without_null(ty);
    // Aliases may lead to themselves.
    for _ in 0..DEEPEST {
        match ty {
            Type::Schema(id) => match schema(api, *id).map(|schema| &schema.shape) {
                Some(Shape::Alias(target)) => ty = without_null(target),
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}

fn schema(api: &Api, id: SchemaId) -> Option<&Schema> {
    api.schemas.get(id.0)
}

pub(super) fn fields(api: &Api, id: SchemaId) -> &[Field] {
    match schema(api, id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => &object.fields,
        _ => &[],
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}
