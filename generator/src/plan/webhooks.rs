//! The payloads of webhooks and callbacks, as aliases in a module of their own.

use super::names::{Candidate, Scope, Style, name};
use super::places::Place;
use super::planner::Planner;
use super::{Webhook, docs};
use crate::model::Api;

/// What the module calls by its name alone.
const IMPORTED: &[&str] = &["DeserializeOwned", "Result", "Self"];

/// An alias for each.
pub(super) fn plan(api: &Api, planner: &mut Planner<'_>) -> Vec<Webhook> {
    let candidates: Vec<Candidate<'_>> = api
        .webhooks
        .iter()
        .map(|webhook| Candidate {
            text: &webhook.name,
            name: name(Style::Type, &webhook.name),
            span: webhook.span,
            place: Place::None,
        })
        .collect();
    let names = Scope::reserving(IMPORTED).assign(&candidates, &mut planner.found);
    let webhooks = api.webhooks.iter().zip(names).map(|(webhook, name)| {
        let verb = webhook.verb.to_ascii_uppercase();
        let about = webhook.about.replace(char::is_control, " ");
        // Names of the document are code here, and must not end it.
        let about = format!("The body of {about}, a `{verb}` request.");
        Webhook {
            name,
            docs: docs::docs(&webhook.docs, &docs::lines(&about)),
            ty: planner.whole(&webhook.payload, "the body", webhook.span),
        }
    });
    webhooks.collect()
}
