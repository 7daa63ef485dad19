//! Parameters, and the path templates that they fill.

use openapiv3::{
    Operation as Source, Parameter as SourceParameter, ParameterSchemaOrContent, PathItem,
    PathStyle, ReferenceOr,
};

use super::build::{Builder, component, span};
use super::operation::Skipped;
use super::schema::Place;
use super::{Docs, Location, Parameter, Presence, Shape, Step, Type};
use crate::diagnostic::{Code, Diagnostic};
use crate::reference::Section;
use crate::source::Span;

impl<'a> Builder<'a> {
    /// The parameters of the path item, overridden by the operation's own (OpenAPI 3.1 §4.8.9.1).
    pub(super) fn parameters(
        &mut self,
        at: usize,
        path: &str,
        item: &'a PathItem,
        source: &'a Source,
        span: Span,
    ) -> Result<Vec<Parameter>, Skipped> {
        let own = self.parameter_list(&source.parameters);
        let mut all = self.parameter_list(&item.parameters);
        all.retain(|shared| !own.iter().any(|other| key(other) == key(shared)));
        all.extend(own);

        let names = self.template_names(path, span)?;
        let mut parameters = Vec::new();
        for source in all {
            if let Some(parameter) = self.parameter(at, source, span)? {
                let unknown = parameter.location == Location::Path
                    && !names.iter().any(|name| *name == parameter.name);
                if unknown {
                    let message = format!(
                        "the path `{path}` has no `{{{}}}`, so this parameter is never sent",
                        parameter.name
                    );
                    self.found.push(Diagnostic::gap(Code::PathParameter, parameter.span, message));
                } else {
                    parameters.push(parameter);
                }
            }
        }
        for name in names {
            let declared =
                parameters.iter().any(|one| one.location == Location::Path && one.name == name);
            if !declared {
                let message = format!(
                    "`{{{name}}}` of the path is not declared as a parameter, so it is taken as a text"
                );
                self.found.push(
                    Diagnostic::gap(Code::PathParameter, span, message)
                        .help(format!("declare a parameter `{name}` with `in: path`")),
                );
                parameters.push(Parameter {
                    name: name.to_owned(),
                    location: Location::Path,
                    ty: Type::Text(None),
                    presence: Presence::Required,
                    docs: Docs::default(),
                    span,
                });
            }
        }
        Ok(parameters)
    }

    fn parameter_list(
        &mut self,
        list: &'a [ReferenceOr<SourceParameter>],
    ) -> Vec<&'a SourceParameter> {
        let mut parameters: Vec<&SourceParameter> = Vec::new();
        let components = self.document.components.as_ref();
        for one in list {
            let Some(parameter) =
                components.and_then(|all| component(one, Section::Parameters, &all.parameters))
            else {
                continue;
            };
            let (name, location) = key(parameter);
            if let Some(first) = parameters.iter().find(|other| key(other) == (name, location)) {
                let message = format!("the {location} parameter `{name}` is listed twice");
                self.found.push(
                    Diagnostic::error(Code::DuplicateParameter, parameter_span(parameter), message)
                        .related(parameter_span(first), "the other one is here"),
                );
            } else {
                parameters.push(parameter);
            }
        }
        parameters
    }

    fn parameter(
        &mut self,
        at: usize,
        source: &SourceParameter,
        operation: Span,
    ) -> Result<Option<Parameter>, Skipped> {
        let data = source.parameter_data_ref();
        let place = Place::Operation(at, vec![Step::Parameter(data.name.clone())]);
        let location = match source {
            SourceParameter::Path { style: PathStyle::Simple, .. } => Some(Location::Path),
            SourceParameter::Query { .. } => Some(Location::Query),
            _ => None,
        };
        let ty = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => Some(self.type_of(schema, &place)),
            ParameterSchemaOrContent::Content(_) => None,
        };
        let required = data.required || location == Some(Location::Path);
        let parameter = location.zip(ty.filter(|ty| self.is_scalar(ty)));
        let Some((location, ty)) = parameter else {
            let (_, location) = key(source);
            let message = format!(
                "the {location} parameter `{}` has a form that is not covered yet",
                data.name
            );
            return self.without(
                required,
                operation,
                Code::UnsupportedParameter,
                parameter_span(source),
                &message,
            );
        };
        Ok(Some(Parameter {
            name: data.name.clone(),
            location,
            ty,
            presence: if required { Presence::Required } else { Presence::Optional },
            docs: Docs {
                summary: None,
                // Some documents describe the schema of a parameter instead of the parameter.
                description: data.description.clone().or_else(|| schema_description(&data.format)),
                deprecated: data.deprecated.unwrap_or(false),
            },
            span: parameter_span(source),
        }))
    }

    fn is_scalar(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Bool | Type::Integer(_) | Type::Number(_) | Type::Text(_) => true,
            Type::Nullable(inner) => self.is_scalar(&inner),
            Type::Schema(id) => {
                matches!(self.schemas.get(id.0).map(|one| &one.shape), Some(Shape::Enum(_)))
            }
            Type::Any | Type::FreeForm | Type::ProtobufAny | Type::List(_) | Type::Map(_) => false,
        }
    }

    /// The names in the braces of a path template (OpenAPI 3.1 §4.8.8.2).
    fn template_names<'p>(&mut self, path: &'p str, at: Span) -> Result<Vec<&'p str>, Skipped> {
        let mut names = Vec::new();
        let mut rest = path;
        while let Some((literal, tail)) = rest.split_once('{') {
            let name =
                tail.split_once('}').filter(|(name, _)| !name.is_empty() && !name.contains('{'));
            let (Some((name, tail)), false) = (name, literal.contains('}')) else {
                rest = "}";
                break;
            };
            names.push(name);
            rest = tail;
        }
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        if rest.contains('}') || sorted.len() != names.len() {
            let message = format!(
                "the path `{path}` is not a template: braces must come in pairs around names that differ"
            );
            self.found.push(Diagnostic::error(Code::PathParameter, at, message));
            return Err(Skipped);
        }
        Ok(names)
    }
}

fn schema_description(format: &ParameterSchemaOrContent) -> Option<String> {
    match format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => {
            schema.schema_data.description.clone()
        }
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { .. })
        | ParameterSchemaOrContent::Content(_) => None,
    }
}

fn key(parameter: &SourceParameter) -> (&str, &'static str) {
    let location = match parameter {
        SourceParameter::Path { .. } => "path",
        SourceParameter::Query { .. } => "query",
        SourceParameter::Header { .. } => "header",
        SourceParameter::Cookie { .. } => "cookie",
    };
    (&parameter.parameter_data_ref().name, location)
}

fn parameter_span(parameter: &SourceParameter) -> Span {
    span(&parameter.parameter_data_ref().extensions)
}
