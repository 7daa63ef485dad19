//! Operations: parameters, bodies and responses.

use std::collections::BTreeMap;

use openapiv3::{Content, Operation as Source, PathItem, ReferenceOr, Response, StatusCode};

use super::build::{Builder, component, span, texts};
use super::schema::Place;
use super::{
    Body, Credential, Docs, ErrorResponse, Operation, Presence, Statuses, Step, Type, Verb,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;
use crate::source::Span;

/// An operation that cannot be generated; the reason was reported.
pub(super) struct Skipped;

impl<'a> Builder<'a> {
    pub(super) fn operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut operations: Vec<Operation> = Vec::new();
        let mut ids: BTreeMap<&str, Span> = BTreeMap::new();
        for (path, item) in &document.paths.paths {
            let ReferenceOr::Item(item) = item else { continue };
            for (verb, source) in verbs(item) {
                let at = operations.len();
                let span = span(&source.extensions);
                if let Some(id) = &source.operation_id
                    && let Some(first) = ids.insert(id, span)
                {
                    self.same_id(id, first, span);
                }
                let operation = self.operation(at, path, verb, item, source);
                operations.extend(operation.ok());
            }
        }
        operations
    }

    fn same_id(&mut self, id: &str, first: Span, second: Span) {
        let message = format!("two operations have the operationId `{id}`");
        self.found.push(
            Diagnostic::error(Code::DuplicateOperationId, second, message)
                .related(first, "the other one is here")
                .help("an operationId must be unique in the whole document"),
        );
    }

    fn operation(
        &mut self,
        at: usize,
        path: &str,
        verb: Verb,
        item: &'a PathItem,
        source: &'a Source,
    ) -> Result<Operation, Skipped> {
        let span = span(&source.extensions);
        let parameters = self.parameters(at, path, item, source, span)?;
        let body = self.body(at, source, span)?;
        let (success, errors) = self.responses(at, source, span);
        Ok(Operation {
            id: source.operation_id.clone(),
            verb,
            path: path.to_owned(),
            tags: source.tags.clone(),
            parameters,
            body,
            success,
            errors,
            credential: self.credential(source),
            docs: Docs {
                summary: source.summary.clone(),
                description: source.description.clone(),
                deprecated: source.deprecated,
            },
            span,
            extensions: texts(&source.extensions),
        })
    }

    fn credential(&self, source: &Source) -> Credential {
        match source.security.as_ref().or(self.document.security.as_ref()) {
            Some(list) if list.is_empty() => Credential::None,
            Some(list) if list.iter().all(|one| !one.is_empty()) => Credential::Required,
            Some(_) | None => Credential::Optional,
        }
    }

    /// Reports what is left out; what cannot be left out skips the operation.
    pub(super) fn without<T>(
        &mut self,
        required: bool,
        operation: Span,
        code: Code,
        at: Span,
        message: &str,
    ) -> Result<Option<T>, Skipped> {
        if required {
            self.found.push(
                Diagnostic::gap(Code::SkippedOperation, operation, "this operation is left out")
                    .related(at, message.to_owned()),
            );
            return Err(Skipped);
        }
        self.found.push(Diagnostic::gap(code, at, format!("{message}, and is left out")));
        Ok(None)
    }

    fn body(
        &mut self,
        at: usize,
        source: &'a Source,
        operation: Span,
    ) -> Result<Option<Body>, Skipped> {
        let Some(body) = source.request_body.as_ref().and_then(|body| {
            let listed = &self.document.components.as_ref()?.request_bodies;
            component(body, Section::RequestBodies, listed)
        }) else {
            return Ok(None);
        };
        let place = Place::Operation(at, vec![Step::RequestBody]);
        let Some(ty) = self.json(&body.content, &place) else {
            let kinds: Vec<&str> = body.content.keys().map(String::as_str).collect();
            let message = format!("a request body of `{}` is not covered yet", kinds.join("`, `"));
            let at = span(&body.extensions);
            return self.without(body.required, operation, Code::UnsupportedBody, at, &message);
        };
        Ok(Some(Body {
            ty,
            presence: if body.required { Presence::Required } else { Presence::Optional },
            docs: Docs { summary: None, description: body.description.clone(), deprecated: false },
        }))
    }

    /// The type of the JSON form of a body, when there is one.
    fn json(&mut self, content: &Content, place: &Place) -> Option<Type> {
        let media = content.iter().find(|(name, _)| is_json(name))?.1;
        match &media.schema {
            Some(schema) => Some(self.type_of(schema, place)),
            None => Some(Type::Any),
        }
    }

    fn responses(
        &mut self,
        at: usize,
        source: &'a Source,
        operation: Span,
    ) -> (Option<Type>, Vec<ErrorResponse>) {
        let mut successes: Vec<(Option<Type>, Span)> = Vec::new();
        let mut errors = Vec::new();
        let components = self.document.components.as_ref();
        let listed = source.responses.responses.iter();
        let mut all: Vec<(Statuses, &ReferenceOr<Response>)> =
            listed.filter_map(|(status, one)| Some((statuses(status)?, one))).collect();
        all.extend(source.responses.default.iter().map(|one| (Statuses::Default, one)));
        let documented = all.iter().any(|(statuses, _)| is_success(*statuses));
        for (statuses, response) in all {
            let Some(response) =
                components.and_then(|all| component(response, Section::Responses, &all.responses))
            else {
                continue;
            };
            let place = Place::Operation(at, vec![Step::Response(status_text(statuses))]);
            let ty = self.json(&response.content, &place);
            let at = span(&response.extensions);
            let success = is_success(statuses) || (statuses == Statuses::Default && !documented);
            if ty.is_none() && !response.content.is_empty() {
                let kinds: Vec<&str> = response.content.keys().map(String::as_str).collect();
                let message = format!(
                    "a response of `{}` is not covered yet: its body is not read",
                    kinds.join("`, `")
                );
                self.found.push(Diagnostic::gap(Code::UnsupportedResponse, at, message));
            }
            match ty {
                ty if success => successes.push((ty, at)),
                Some(ty) if is_error(statuses) => errors.push(ErrorResponse { statuses, ty }),
                Some(_) | None => {}
            }
        }
        (self.success(successes, operation), errors)
    }

    fn success(
        &mut self,
        mut successes: Vec<(Option<Type>, Span)>,
        operation: Span,
    ) -> Option<Type> {
        successes.dedup_by(|a, b| a.0 == b.0);
        if successes.len() > 1 {
            let message =
                "this operation succeeds with different bodies: they are read as untyped JSON";
            let mut gap = Diagnostic::gap(Code::UnsupportedResponse, operation, message);
            for (_, at) in &successes {
                gap = gap.related(*at, "one of them is here");
            }
            self.found.push(gap);
            return Some(Type::Any);
        }
        successes.pop().and_then(|(ty, _)| ty)
    }
}

fn verbs(item: &PathItem) -> impl Iterator<Item = (Verb, &Source)> {
    let all = [
        (Verb::Get, &item.get),
        (Verb::Put, &item.put),
        (Verb::Post, &item.post),
        (Verb::Delete, &item.delete),
        (Verb::Options, &item.options),
        (Verb::Head, &item.head),
        (Verb::Patch, &item.patch),
        (Verb::Trace, &item.trace),
    ];
    all.into_iter().filter_map(|(verb, source)| Some((verb, source.as_ref()?)))
}

/// `application/json`, any `+json` (RFC 6839 §3.1), and `*/*`, with or without parameters.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

fn statuses(status: &StatusCode) -> Option<Statuses> {
    match status {
        StatusCode::Code(code) => Some(Statuses::Exact(*code)),
        StatusCode::Range(digit) => u8::try_from(*digit).ok().map(Statuses::Range),
    }
}

fn is_success(statuses: Statuses) -> bool {
    matches!(statuses, Statuses::Exact(200..=299) | Statuses::Range(2))
}

fn is_error(statuses: Statuses) -> bool {
    matches!(statuses, Statuses::Exact(400..=599) | Statuses::Range(4 | 5) | Statuses::Default)
}

fn status_text(statuses: Statuses) -> String {
    match statuses {
        Statuses::Exact(code) => code.to_string(),
        Statuses::Range(digit) => format!("{digit}XX"),
        Statuses::Default => "default".to_owned(),
    }
}
