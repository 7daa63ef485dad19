//! Whether a request is one that a document describes: credentials, parameters and bodies.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::http::{self, Request};

/// A document that a server follows.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    tree: Value,
}

/// Why a request is refused: a status and a reason.
type Refusal = (u16, String);

impl Document {
    pub(crate) fn new(tree: Value) -> Self {
        Self { tree }
    }

    /// What a reference leads to.
    pub(crate) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let pointer = value["$ref"].as_str().and_then(|text| text.strip_prefix('#'));
        pointer.and_then(|pointer| self.tree.pointer(pointer)).unwrap_or(value)
    }

    /// The operation that a request is for, with the values in its path.
    pub(crate) fn find(&self, method: &str, path: &str) -> Option<(&Value, Vec<(String, String)>)> {
        let prefixes = self.tree["servers"].as_array().into_iter().flatten();
        let prefixes = prefixes.filter_map(|server| server["url"].as_str()?.rsplit('}').next());
        let prefixes: Vec<&str> = std::iter::once("").chain(prefixes).collect();
        let rests = prefixes.iter().filter_map(|prefix| path.strip_prefix(prefix));
        let paths = self.tree["paths"].as_object()?;
        for rest in rests {
            for (template, item) in paths {
                if let (Some(variables), Some(operation)) =
                    (matched(template, rest), item.get(method))
                {
                    return Some((operation, variables));
                }
            }
        }
        None
    }

    /// The paths where tokens are fetched.
    pub(crate) fn token_paths(&self) -> impl Iterator<Item = String> {
        let schemes = self.tree["components"]["securitySchemes"].as_object().into_iter().flatten();
        let flows =
            schemes.flat_map(|(_, scheme)| scheme["flows"].as_object().into_iter().flatten());
        let urls = flows.filter_map(|(_, flow)| flow["tokenUrl"].as_str());
        urls.map(|url| format!("/{}", url.trim_start_matches('/')))
    }

    fn validator(&self, schema: &Value) -> Result<Validator, String> {
        // References lead from the root of the document, which the schema therefore is in.
        let root = json!({"components": self.tree["components"], "allOf": [schema]});
        jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| error.to_string())
    }

    /// Whether a value is one of a schema.
    pub(crate) fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        if schema.is_null() {
            return Ok(());
        }
        let found = self.validator(schema)?.validate(value).map_err(|error| error.to_string());
        found.map_err(|error| format!("{value}: {error}"))
    }

    /// Whether a text is one of a schema, be it as a text or as the JSON that it spells.
    pub(crate) fn check_text(&self, schema: &Value, text: &str) -> Result<(), String> {
        let spelled = serde_json::from_str(text).unwrap_or_else(|_| text.into());
        self.check(schema, &text.into()).or_else(|_| self.check(schema, &spelled))
    }

    fn check_texts(&self, schema: &Value, texts: &[&str]) -> Result<(), String> {
        let spelled = |text: &&str| serde_json::from_str(text).unwrap_or_else(|_| json!(text));
        let spelled: Vec<Value> = texts.iter().map(spelled).collect();
        self.check(schema, &json!(texts)).or_else(|_| self.check(schema, &json!(spelled)))
    }

    fn is_list(&self, schema: &Value) -> bool {
        self.resolve(schema)["type"] == "array"
    }
}

/// The values that a path has where a template has names.
fn matched(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (names, steps): (Vec<&str>, Vec<&str>) =
        (template.split('/').collect(), path.split('/').collect());
    if names.len() != steps.len() {
        return None;
    }
    let mut variables = Vec::new();
    for (name, step) in names.into_iter().zip(steps) {
        match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) if !step.is_empty() => variables.push((name.to_owned(), http::decode(step))),
            _ if name == step => {}
            _ => return None,
        }
    }
    Some(variables)
}

/// Checks all of a request.
pub(crate) fn request(
    document: &Document,
    operation: &Value,
    variables: &[(String, String)],
    request: &Request,
    credential: &str,
) -> Result<(), Refusal> {
    security(document, operation, request, credential)?;
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = document.resolve(parameter);
        let name = parameter["name"].as_str().unwrap_or_default();
        self::parameter(document, parameter, name, variables, request)
            .map_err(|reason| (400, format!("{name}: {reason}")))?;
    }
    body(document, operation, request)
}

fn security(
    document: &Document,
    operation: &Value,
    request: &Request,
    credential: &str,
) -> Result<(), Refusal> {
    let ways = operation.get("security").unwrap_or(&document.tree["security"]);
    let Some(ways) = ways.as_array().filter(|ways| !ways.is_empty()) else { return Ok(()) };
    let is_shown = |scheme: &String| {
        let scheme = &document.tree["components"]["securitySchemes"][scheme];
        let name = scheme["name"].as_str().unwrap_or_default();
        let shown = match (scheme["type"].as_str(), scheme["in"].as_str()) {
            (Some("apiKey"), Some("header")) => request.header(name),
            (Some("apiKey"), Some("cookie")) => request.cookie(name),
            (Some("apiKey"), _) => query(request, name).next(),
            _ => request.header("authorization").and_then(|text| text.strip_prefix("Bearer ")),
        };
        shown == Some(credential)
    };
    let is_way = |way: &Value| way.as_object().is_some_and(|way| way.keys().all(is_shown));
    if ways.iter().any(is_way) { Ok(()) } else { Err((401, "no credential".to_owned())) }
}

fn query<'a>(request: &'a Request, name: &str) -> impl Iterator<Item = &'a str> {
    let pairs = request.query.iter().filter(move |(known, _)| known == name);
    pairs.map(|(_, value)| value.as_str()).collect::<Vec<_>>().into_iter()
}

fn parameter(
    document: &Document,
    parameter: &Value,
    name: &str,
    variables: &[(String, String)],
    request: &Request,
) -> Result<(), String> {
    let is_query = parameter["in"] == "query";
    let values: Vec<&str> = match parameter["in"].as_str() {
        Some("path") => variables
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect(),
        Some("header") => request.header(name).into_iter().collect(),
        Some("cookie") => request.cookie(name).into_iter().collect(),
        _ => query(request, name).collect(),
    };
    let schema = &parameter["schema"];
    let Some(first) = values.first() else {
        let missing = parameter["required"] == true;
        return if missing { Err("it must be given".to_owned()) } else { Ok(()) };
    };
    if !parameter["content"].is_null() {
        let schema = &parameter["content"]["application/json"]["schema"];
        let value = serde_json::from_str(first).map_err(|error| error.to_string())?;
        return document.check(schema, &value);
    }
    if !document.is_list(schema) {
        return document.check_text(schema, first);
    }
    let is_exploded = parameter["explode"].as_bool().unwrap_or(is_query);
    let separator = match parameter["style"].as_str() {
        Some("pipeDelimited") => '|',
        Some("spaceDelimited") => ' ',
        _ => ',',
    };
    if is_query && is_exploded {
        return document.check_texts(schema, &values);
    }
    match values.as_slice() {
        [one] => document.check_texts(schema, &one.split(separator).collect::<Vec<_>>()),
        _ => Err("it is there more than once".to_owned()),
    }
}

fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn body(document: &Document, operation: &Value, request: &Request) -> Result<(), Refusal> {
    let described = document.resolve(&operation["requestBody"]);
    // A body that nobody asked for is not read.
    let Some(contents) = described["content"].as_object() else { return Ok(()) };
    let media = request.header("content-type").unwrap_or_default();
    if request.body.is_empty() && media.is_empty() {
        let missing = described["required"] == true;
        return if missing { Err((400, "no body".to_owned())) } else { Ok(()) };
    }
    let known = contents.iter().find(|(known, _)| essence(known) == essence(media));
    let Some((_, content)) = known else {
        return Err((415, format!("a body of {media}")));
    };
    let schema = &content["schema"];
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let checked = match essence(media).as_str() {
        "application/x-www-form-urlencoded" => {
            let pairs = http::pairs(&text);
            let named = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            document.check(schema, &object(document, schema, named))
        }
        "multipart/form-data" => parts(document, content, media, &text),
        "application/json" => serde_json::from_str(&text)
            .map_err(|error| error.to_string())
            .and_then(|value| document.check(schema, &value)),
        _ => Ok(()),
    };
    checked.map_err(|reason| (400, reason))
}

/// An object of texts, where each is what its property is.
fn object<'a>(
    document: &Document,
    schema: &Value,
    pairs: impl Iterator<Item = (&'a str, &'a str)>,
) -> Value {
    let schema = document.resolve(schema);
    let mut object = Map::new();
    for (name, text) in pairs {
        let property = &schema["properties"][name];
        let read = |schema: &Value| {
            let spelled = serde_json::from_str(text).unwrap_or_else(|_| text.into());
            let is_text = document.check(schema, &text.into()).is_ok();
            if is_text { text.into() } else { spelled }
        };
        if document.is_list(property) {
            let value = read(&document.resolve(property)["items"]);
            let list = object.entry(name).or_insert_with(|| json!([]));
            list.as_array_mut().unwrap().push(value);
        } else {
            object.insert(name.to_owned(), read(property));
        }
    }
    Value::Object(object)
}

/// Checks a body of parts: those that must be there, their values and their media types.
fn parts(document: &Document, content: &Value, media: &str, text: &str) -> Result<(), String> {
    let boundary = media.split("boundary=").nth(1).unwrap_or_default().trim_matches('"');
    let mut pairs = Vec::new();
    for part in text.split(&format!("--{boundary}")).skip(1) {
        let Some((head, body)) = part.split_once("\r\n\r\n") else { continue };
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next());
        let name = name.ok_or("a part without a name")?;
        let head = head.to_ascii_lowercase();
        let sent =
            head.split("content-type:").nth(1).map(|rest| rest.lines().next().unwrap_or_default());
        if let Some(wanted) = content["encoding"][name]["contentType"].as_str() {
            let sent = sent.map(essence).unwrap_or_default();
            if !wanted.split(',').any(|one| essence(one) == sent) {
                return Err(format!("{name} is of {sent} and not {wanted}"));
            }
        }
        pairs.push((name, body.strip_suffix("\r\n").unwrap_or(body)));
    }
    let value = object(document, &content["schema"], pairs.into_iter());
    document.check(&content["schema"], &value)
}
