//! Parameters, and the path templates that they fill.

use openapiv3::{
    Operation as Source, Parameter as SourceParameter, ParameterData, ParameterSchemaOrContent,
    PathItem, PathStyle, QueryStyle, ReferenceOr,
};

use super::build::{Builder, component, span};
use super::content::is_json;
use super::limits::limits;
use super::operation::Skipped;
use super::schema::Place;
use super::{Docs, Form, Location, Parameter, ParameterStyle, Presence, Shape, Step, Type};
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
            if let Some(parameter) = self.parameter(at, source) {
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
                    form: form(ParameterStyle::Simple),
                    presence: Presence::Required,
                    default: None,
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

    /// A parameter, unless it is one that the specification or HTTP reserves.
    fn parameter(&mut self, at: usize, source: &'a SourceParameter) -> Option<Parameter> {
        let data = source.parameter_data_ref();
        let location = location(source);
        if location == Location::Header && self.is_reserved(data) {
            return None;
        }
        let place = Place::Operation(at, vec![Step::Parameter(data.name.clone())]);
        let plain = plain_form(source, data.explode);
        let (ty, form) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => (self.type_of(schema, &place), plain),
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, media) = content.iter().next()?;
                let ty = media.schema.as_ref().map(|schema| self.type_of(schema, &place));
                if is_json(media_type) {
                    (ty.unwrap_or(Type::Any), Form { style: ParameterStyle::Json, ..plain })
                } else {
                    (self.text_content(data, media_type, ty), plain)
                }
            }
        };
        self.jobs();
        self.check_members(data, &ty, form);
        let required = data.required || location == Location::Path;
        Some(Parameter {
            name: data.name.clone(),
            location,
            ty,
            form,
            presence: if required { Presence::Required } else { Presence::Optional },
            default: default(&data.format),
            docs: Docs {
                summary: None,
                // Some documents describe the schema of a parameter instead of the parameter.
                description: data.description.clone().or_else(|| schema_description(&data.format)),
                deprecated: data.deprecated.unwrap_or(false),
                limits: schema(&data.format).map(limits).unwrap_or_default(),
                default: None,
            },
            span: parameter_span(source),
        })
    }

    /// Definitions of `Accept`, `Content-Type` and `Authorization` are to be ignored (OpenAPI 3.1
    /// §4.8.12.2.1): bodies, responses and security say the same. Headers that frame the message
    /// are the HTTP client's.
    fn is_reserved(&mut self, data: &ParameterData) -> bool {
        let is = |names: &[&str]| names.iter().any(|name| data.name.eq_ignore_ascii_case(name));
        let framing = is(&["Host", "Content-Length", "Transfer-Encoding", "Connection"]);
        if framing {
            let message = format!(
                "the header `{}` is made by the HTTP client, so this parameter is left out",
                data.name
            );
            let at = span(&data.extensions);
            self.found.push(Diagnostic::gap(Code::UnsupportedParameter, at, message));
        }
        framing || is(&["Accept", "Content-Type", "Authorization"])
    }

    /// A parameter of a media type other than JSON: text as it is.
    fn text_content(&mut self, data: &ParameterData, media_type: &str, ty: Option<Type>) -> Type {
        if media_type.starts_with("text/") && ty.as_ref().is_none_or(|ty| self.is_scalar(ty)) {
            return ty.unwrap_or(Type::Text(None));
        }
        let message = format!(
            "the parameter `{}` is of `{media_type}`, which the caller must write: it is a text",
            data.name
        );
        let at = span(&data.extensions);
        self.found.push(Diagnostic::gap(Code::UnsupportedParameter, at, message));
        Type::Text(None)
    }

    /// What the specification has no form for is sent as documented in the runtime's `Style`.
    fn check_members(&mut self, data: &ParameterData, ty: &Type, form: Form) {
        let members = match self.resolve(ty) {
            Type::Nullable(inner) => return self.check_members(data, &inner, form),
            Type::List(item) => {
                if form.style == ParameterStyle::DeepObject {
                    let sent = "its members are sent as `name[]=value`";
                    return self.undefined(data, "a list in style `deepObject`", sent);
                }
                vec![*item]
            }
            Type::Tuple(items) => items,
            Type::Map(value) => vec![*value],
            Type::Schema(id) => match self.schemas.get(id.0).map(|one| &one.shape) {
                Some(Shape::Object(object)) => {
                    object.fields.iter().map(|field| field.ty.clone()).collect()
                }
                _ => return,
            },
            _ => return,
        };
        let flat = members.iter().all(|member| self.is_flat(member));
        match form.style {
            _ if flat => {}
            ParameterStyle::Json => {}
            ParameterStyle::DeepObject => {
                let sent = "its members are sent as `name[key][key]=value` and `name[key][]=value`";
                self.undefined(data, "a list or an object inside an object", sent);
            }
            _ => {
                let sent = "an inner one is sent as JSON text";
                self.undefined(data, "a list or an object inside another one", sent);
            }
        }
    }

    fn undefined(&mut self, data: &ParameterData, what: &str, sent: &str) {
        let message = format!(
            "the parameter `{}` is {what}, for which the specification has no form: {sent}",
            data.name
        );
        let at = span(&data.extensions);
        self.found.push(Diagnostic::gap(Code::UnsupportedParameter, at, message));
    }

    /// Whether a value cannot be a list or an object.
    fn is_flat(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::List(_) | Type::Tuple(_) | Type::Map(_) | Type::FreeForm | Type::ProtobufAny => {
                false
            }
            Type::Nullable(inner) => self.is_flat(&inner),
            Type::Schema(id) => {
                let shape = self.schemas.get(id.0).map(|one| &one.shape);
                !matches!(shape, Some(Shape::Object(_) | Shape::EmptyObject))
            }
            _ => true,
        }
    }

    fn is_scalar(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Bool | Type::Integer(_) | Type::Number(_) | Type::Text(_) => true,
            Type::Nullable(inner) => self.is_scalar(&inner),
            Type::Schema(id) => {
                matches!(self.schemas.get(id.0).map(|one| &one.shape), Some(Shape::Enum(_)))
            }
            Type::Any
            | Type::Null
            | Type::FreeForm
            | Type::ProtobufAny
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_) => false,
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
    schema(format)?.schema_data.description.clone()
}

/// The default of a parameter's schema as JSON.
fn default(format: &ParameterSchemaOrContent) -> Option<String> {
    Some(schema(format)?.schema_data.default.as_ref()?.to_string())
}

/// The schema of a parameter, where it stands there and then.
fn schema(format: &ParameterSchemaOrContent) -> Option<&openapiv3::Schema> {
    match format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)) => Some(schema),
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { .. })
        | ParameterSchemaOrContent::Content(_) => None,
    }
}

/// A style without flags; `form` is exploded unless the document says otherwise.
fn form(style: ParameterStyle) -> Form {
    let explode = style == ParameterStyle::Form;
    Form { style, explode, allow_reserved: false, allow_empty: false }
}

/// The style of a parameter with a schema, as the document gives it or by default.
fn plain_form(parameter: &SourceParameter, explode: Option<bool>) -> Form {
    let form = match parameter {
        SourceParameter::Path { style, .. } => form(match style {
            PathStyle::Simple => ParameterStyle::Simple,
            PathStyle::Label => ParameterStyle::Label,
            PathStyle::Matrix => ParameterStyle::Matrix,
        }),
        SourceParameter::Query { style, allow_reserved, allow_empty_value, .. } => Form {
            allow_reserved: *allow_reserved,
            allow_empty: allow_empty_value.unwrap_or(false),
            ..form(match style {
                QueryStyle::Form => ParameterStyle::Form,
                QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
                QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
                QueryStyle::DeepObject => ParameterStyle::DeepObject,
            })
        },
        SourceParameter::Header { .. } => form(ParameterStyle::Simple),
        SourceParameter::Cookie { .. } => form(ParameterStyle::Form),
    };
    Form { explode: explode.unwrap_or(form.explode), ..form }
}

fn location(parameter: &SourceParameter) -> Location {
    match parameter {
        SourceParameter::Path { .. } => Location::Path,
        SourceParameter::Query { .. } => Location::Query,
        SourceParameter::Header { .. } => Location::Header,
        SourceParameter::Cookie { .. } => Location::Cookie,
    }
}

fn key(parameter: &SourceParameter) -> (&str, &'static str) {
    let location = match location(parameter) {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    (&parameter.parameter_data_ref().name, location)
}

fn parameter_span(parameter: &SourceParameter) -> Span {
    span(&parameter.parameter_data_ref().extensions)
}
