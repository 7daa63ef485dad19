//! Operations: parameters, bodies and responses.

use std::collections::BTreeMap;

use openapiv3::{
    Content, Operation as Source, PathItem, ReferenceOr, Response as SourceResponse, StatusCode,
};

use super::build::{Builder, component, server, span, texts};
use super::content::is_json;
use super::schema::Place;
use super::{
    Body, Credential, Docs, ErrorResponse, Operation, Presence, Response, Server, Statuses, Step,
    Type, Verb,
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
        let server = self.own_server(item, source);
        let parameters = self.parameters(at, path, item, source, span)?;
        let body = self.body(at, source);
        let (successes, errors) = self.responses(at, source);
        let headers = self.response_headers(at, source);
        Ok(Operation {
            id: source.operation_id.clone(),
            verb,
            path: path.to_owned(),
            server,
            tags: source.tags.clone(),
            parameters,
            body,
            successes,
            errors,
            headers,
            credential: self.credential(source),
            requirements: source.security.as_ref().map(|list| self.requirements(list)),
            docs: Docs {
                summary: source.summary.clone(),
                description: source.description.clone(),
                deprecated: source.deprecated,
                ..Docs::default()
            },
            span,
            extensions: texts(&source.extensions),
            path_extensions: texts(&item.extensions),
        })
    }

    /// The server of the operation, or else of its path.
    fn own_server(&mut self, item: &PathItem, source: &Source) -> Option<Server> {
        let servers = if source.servers.is_empty() { &item.servers } else { &source.servers };
        let first = servers.first()?;
        if let Some(other) = servers.iter().find(|other| other.url != first.url) {
            let message = format!(
                "this operation has several servers of its own, and is sent to the first one (`{}`)",
                first.url
            );
            let at = span(&other.extensions);
            self.found.push(
                Diagnostic::gap(Code::UnsupportedKeyword, at, message)
                    .help("a client with another base URL can call it"),
            );
        }
        let is_usual = self.document.servers.first().is_some_and(|usual| usual.url == first.url);
        (!is_usual).then(|| server(first))
    }

    fn credential(&self, source: &Source) -> Credential {
        match source.security.as_ref().or(self.document.security.as_ref()) {
            Some(list) if list.is_empty() => Credential::None,
            Some(list) if list.iter().all(|one| !one.is_empty()) => Credential::Required,
            Some(_) | None => Credential::Optional,
        }
    }

    fn body(&mut self, at: usize, source: &'a Source) -> Option<Body> {
        let listed = &self.document.components.as_ref()?.request_bodies;
        let body = component(source.request_body.as_ref()?, Section::RequestBodies, listed)?;
        let place = Place::Operation(at, vec![Step::RequestBody]);
        let contents = self.contents(&body.content, &place);
        if contents.is_empty() {
            let message = "the request body has no media type, and is left out";
            let at = span(&body.extensions);
            self.found.push(Diagnostic::gap(Code::UnsupportedBody, at, message));
            return None;
        }
        Some(Body {
            contents,
            presence: if body.required { Presence::Required } else { Presence::Optional },
            docs: Docs { description: body.description.clone(), ..Docs::default() },
        })
    }

    /// What comes back on success, and the bodies of errors that are JSON.
    fn responses(&mut self, at: usize, source: &'a Source) -> (Vec<Response>, Vec<ErrorResponse>) {
        let (mut successes, mut errors) = (Vec::new(), Vec::new());
        let components = self.document.components.as_ref();
        let listed = source.responses.responses.iter();
        let mut all: Vec<(Statuses, &ReferenceOr<SourceResponse>)> =
            listed.filter_map(|(status, one)| Some((statuses(status)?, one))).collect();
        all.extend(source.responses.default.iter().map(|one| (Statuses::Default, one)));
        let documented = all.iter().any(|(statuses, _)| is_success(*statuses));
        for (statuses, response) in all {
            let Some(response) =
                components.and_then(|all| component(response, Section::Responses, &all.responses))
            else {
                continue;
            };
            let success = is_success(statuses) || (statuses == Statuses::Default && !documented);
            let steps = vec![Step::Response(status_text(statuses))];
            if success {
                let contents = self.contents(&response.content, &Place::Operation(at, steps));
                let span = span(&response.extensions);
                successes.push(Response { statuses, contents, span });
            } else if is_error(statuses) {
                let ty = self.error_body(&response.content, &Place::Operation(at, steps));
                errors.extend(ty.map(|ty| ErrorResponse { statuses, ty }));
            }
        }
        (successes, errors)
    }

    /// The type of the JSON form of an error's body; the body is at hand as bytes in any case.
    fn error_body(&mut self, content: &'a Content, place: &Place) -> Option<Type> {
        let media = content.iter().find(|(name, _)| is_json(name))?.1;
        Some(media.schema.as_ref().map_or(Type::Any, |schema| self.type_of(schema, place)))
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
