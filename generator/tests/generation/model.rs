//! What the model says of a document, before any Rust; and what the plan says of choices that
//! nothing used.

use oasmith::diagnostic::{Code, Diagnostics};
use oasmith::lower::{self, Options};
use oasmith::model::{
    self, Access, Api, ContentKind, Credential, Literal, Location, Operation, Presence, Schema,
    SchemaName, Shape, Statuses, Step, Type, Verb,
};
use oasmith::source::{FileId, Source, Sources};
use oasmith::{document, yaml};

use super::document::Document;

/// The model of the paths and components of a document.
fn api(rest: &str) -> Api {
    let text = format!("openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\n{rest}");
    let sources = Sources::root(Source::new("model.yaml", text));
    let mut gaps = Diagnostics::new();
    let root = yaml::parse(&sources, FileId::default()).unwrap();
    let root = lower::lower(root, &Options::default(), &mut gaps).unwrap();
    model::build(&document::read(root).unwrap(), &mut gaps).unwrap()
}

/// The model of schemas alone.
fn schemas(schemas: &str) -> Api {
    api(&format!("components:\n  schemas:\n{schemas}"))
}

fn schema<'a>(api: &'a Api, name: &str) -> &'a Schema {
    let wanted = SchemaName::Component(name.to_owned());
    api.schemas.iter().find(|schema| schema.name == wanted).unwrap()
}

/// The type of an alias.
fn alias<'a>(api: &'a Api, name: &str) -> &'a Type {
    match &schema(api, name).shape {
        Shape::Alias(ty) => ty,
        other => panic!("{name} is {other:?}"),
    }
}

#[test]
fn types_are_what_the_document_says() {
    let api = schemas(
        "    Text: {type: string}\n    \
             Moment: {type: string, format: date-time}\n    \
             Own: {type: string, format: ours}\n    \
             Whole: {type: integer, format: int32}\n    \
             Part: {type: number}\n    \
             Yes: {type: boolean}\n    \
             Anything: {}\n    \
             List: {type: array, items: {type: [string, 'null']}}\n    \
             Map: {type: object, additionalProperties: {type: integer}}\n    \
             Free: {type: object, additionalProperties: true}\n    \
             Other: {$ref: '#/components/schemas/Text'}\n    \
             Empty: {type: object}\n    \
             Enum: {type: string, enum: [b, a, b]}\n",
    );
    let text = |format: Option<&str>| Type::Text(format.map(str::to_owned));
    assert_eq!(*alias(&api, "Text"), text(None));
    assert_eq!(*alias(&api, "Moment"), text(Some("date-time")));
    assert_eq!(*alias(&api, "Own"), text(Some("ours")));
    assert_eq!(*alias(&api, "Whole"), Type::Integer(Some("int32".to_owned())));
    assert_eq!(*alias(&api, "Part"), Type::Number(None));
    assert_eq!(*alias(&api, "Yes"), Type::Bool);
    assert_eq!(*alias(&api, "Anything"), Type::Any);
    assert_eq!(*alias(&api, "List"), Type::List(Box::new(text(None).nullable())));
    assert_eq!(*alias(&api, "Map"), Type::Map(Box::new(Type::Integer(None))));
    assert_eq!(*alias(&api, "Free"), Type::FreeForm);
    assert_eq!(*alias(&api, "Other"), Type::Schema(model::SchemaId(0)));
    assert!(matches!(schema(&api, "Empty").shape, Shape::EmptyObject));
    let Shape::Enum(values) = &schema(&api, "Enum").shape else { panic!("not an enum") };
    let values: Vec<Literal> = values.values.iter().map(|one| one.value.clone()).collect();
    assert_eq!(values, ["b", "a"].map(|text| Literal::Text(text.to_owned())));
}

#[test]
fn fields_keep_their_order_presence_and_access() {
    let api = schemas(
        "    Pet:\n      type: object\n      required: [b, unknown]\n      properties:\n        \
         b: {type: string, readOnly: true, description: The b.}\n        \
         a: {type: string, writeOnly: true, deprecated: true}\n        \
         c: {$ref: '#/components/schemas/Pet'}\n",
    );
    let Shape::Object(object) = &schema(&api, "Pet").shape else { panic!("not an object") };
    let fields = object.fields.iter();
    let fields: Vec<_> = fields.map(|one| (one.wire.as_str(), one.presence, one.access)).collect();
    let expected = [
        ("b", Presence::Required, Access::ReadOnly),
        ("a", Presence::Optional, Access::WriteOnly),
        ("c", Presence::Optional, Access::ReadWrite),
        // It is required, but nothing says what it is.
        ("unknown", Presence::Optional, Access::ReadWrite),
    ];
    assert_eq!(fields, expected);
    assert_eq!(object.fields[0].docs.description.as_deref(), Some("The b."));
    assert!(object.fields[1].docs.deprecated);
    assert!(object.additional.is_none());
}

#[test]
fn inline_schemas_tell_where_they_stand() {
    let api = api("paths:\n  /pets:\n    get:\n      \
         parameters: [{name: order, in: query, schema: {type: string, enum: [up]}}]\n      \
         requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}\n      \
         responses:\n        \
         200: {description: a, content: {application/json: {schema: {type: array, items: {type: object, properties: {a: {type: string}}}}}}}\n\
         components:\n  schemas:\n    \
         Pet: {type: object, properties: {tags: {type: array, items: {type: object, properties: {kind: {type: string, enum: [x]}}}}}}\n");
    let names: Vec<&SchemaName> = api.schemas.iter().map(|schema| &schema.name).collect();
    let pet = model::SchemaId(0);
    let expected = [
        SchemaName::Component("Pet".to_owned()),
        SchemaName::InSchema(pet, vec![Step::Property("tags".to_owned()), Step::Items]),
        SchemaName::InSchema(model::SchemaId(1), vec![Step::Property("kind".to_owned())]),
        SchemaName::InOperation(0, vec![Step::Parameter("order".to_owned())]),
        SchemaName::InOperation(0, vec![Step::RequestBody]),
        SchemaName::InOperation(0, vec![Step::Response("200".to_owned()), Step::Items]),
    ];
    assert_eq!(names, expected.iter().collect::<Vec<_>>());
}

/// The only operation of a path.
fn operation(path: &str, operation: &str, rest: &str) -> Operation {
    let mut api = api(&format!("paths:\n  {path}:\n    {operation}\n{rest}"));
    assert_eq!(api.operations.len(), 1);
    api.operations.remove(0)
}

#[test]
fn parameters_of_the_operation_come_before_those_of_the_path() {
    let text = "parameters: [{name: id, in: path, required: true, schema: {type: string}}, \
                {name: page, in: query, schema: {type: string}}]\n    \
                patch: {parameters: [{name: page, in: query, required: true, schema: {type: integer}}], responses: {}}";
    let operation = operation("/pets/{id}", text, "");
    assert_eq!((operation.verb, operation.id), (Verb::Patch, None));
    let parameters = operation.parameters.iter();
    let parameters: Vec<_> =
        parameters.map(|one| (one.name.as_str(), one.location, &one.ty, one.presence)).collect();
    let expected = [
        ("id", Location::Path, &Type::Text(None), Presence::Required),
        ("page", Location::Query, &Type::Integer(None), Presence::Required),
    ];
    assert_eq!(parameters, expected);
}

#[test]
fn answers_are_sorted_into_success_and_errors() {
    let text = "get: {responses: {200: {description: a, content: {application/json: {schema: {type: boolean}}}}, \
                404: {description: a, content: {application/problem+json: {schema: {type: string}}}}, \
                5XX: {description: a, content: {application/json: {schema: {type: integer}}}}, \
                302: {description: a, content: {application/json: {schema: {type: number}}}}, \
                default: {description: a, content: {application/json: {}}}}}";
    let operation = operation("/pets", text, "");
    let [success] = operation.successes.as_slice() else { panic!("{:?}", operation.successes) };
    assert_eq!(success.statuses, Statuses::Exact(200));
    assert!(matches!(success.contents[0].kind, ContentKind::Json(Type::Bool)));
    let errors: Vec<_> = operation.errors.iter().map(|one| (one.statuses, &one.ty)).collect();
    let expected = [
        (Statuses::Exact(404), &Type::Text(None)),
        (Statuses::Range(5), &Type::Integer(None)),
        (Statuses::Default, &Type::Any),
    ];
    assert_eq!(errors, expected);
}

#[test]
fn credentials_follow_the_nearest_requirement() {
    let schemes = "components: {securitySchemes: {Token: {type: http, scheme: bearer}}}\n";
    let credential = |own: &str, whole: &str| {
        let text = format!("get: {{{own}responses: {{}}}}");
        operation("/pets", &text, &format!("{whole}{schemes}")).credential
    };
    let required = "security: [{Token: []}]\n";
    assert_eq!(credential("", ""), Credential::Optional);
    assert_eq!(credential("", required), Credential::Required);
    assert_eq!(credential("security: [], ", required), Credential::None);
    assert_eq!(credential("security: [{}, {Token: []}], ", required), Credential::Optional);
    assert_eq!(credential("security: [{Token: []}], ", "security: []\n"), Credential::Required);
}

#[test]
fn whether_a_call_may_be_repeated_is_true_or_false() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: b}\npaths: {/a: {get: {x-again: maybe, responses: {}}}}\n";
    let document = Document::new("again", text).with_config("retries: {idempotent: x-again}");
    let errors = document.try_generate().unwrap_err();
    let found: Vec<_> = errors.iter().map(|one| (one.code, one.message.as_str())).collect();
    let message = "`x-again` of this operation is neither `true` nor `false`";
    assert_eq!(found, [(Code::InvalidValue, message)]);
}

/// What `pagination:` says must be there: a listing that ends too early would not be noticed.
#[test]
fn pages_that_the_answer_does_not_have_are_errors() {
    let text = "openapi: 3.1.0\ninfo: {title: a, version: b}\npaths: {/a: {get: {operationId: list, \
        responses: {'200': {description: A page., content: {application/json: {schema: {type: object, \
        properties: {next: {type: integer}, a: {type: array}, b: {type: array}}}}}}}}}}\n";
    for (config, message) in [
        ("{query: token, next: next}", "`next` is no text in the answer of `list`"),
        ("{body: token, next: paging.next}", "`paging.next` is no text in the answer of `list`"),
        ("{address: a}", "`a` is no text in the answer of `list`"),
        ("{page: page, items: next}", "`next` is no list in the answer of `list`"),
        ("{page: page}", "`items` does not name the list in the answer of `list`"),
        ("{offset: skip}", "`items` does not name the list in the answer of `list`"),
    ] {
        let config = format!("pagination: {{operations: {{list: {config}}}}}");
        let errors = Document::new("pages", text).with_config(&config).try_generate().unwrap_err();
        let found: Vec<_> = errors.iter().map(|one| (one.code, one.message.as_str())).collect();
        assert_eq!(found, [(Code::UnusedConfig, message)]);
    }
}

#[test]
fn choices_that_nothing_used_are_errors() {
    let text =
        "openapi: 3.1.0\ninfo: {title: a, version: b}\npaths: {/a: {get: {responses: {}}}}\n";
    for (config, message) in [
        ("naming: {names: {'#/components/schemas/Pet': Dog}}", "nothing stands at"),
        ("naming: {names: {'#/paths/~1a/put': put}}", "nothing stands at"),
        ("naming: {names: {'#/tags/none': other}}", "nothing stands at"),
        ("naming: {names: {'#/paths/~1a/get/parameters/query/q': other}}", "nothing stands at"),
        ("naming: {group: x-group}", "no operation has a text at `x-group`"),
        ("naming: {method: x-method}", "no operation has a text at `x-method`"),
        ("naming: {type: x-type}", "no schema has a text at `x-type`"),
        ("retries: {idempotent: x-again}", "no operation has a text at `x-again`"),
        ("pagination: {undeclared: token}", "no listing lacks a parameter"),
        ("pagination: {operations: {none: link}}", "there is no operation `none`"),
        ("pagination: {operations: {get /a: link}}", "no single answer of JSON"),
        ("modules: [nothing]", "the templates have no module `nothing`"),
        ("include: [{operation: nothing}]", "nothing"),
    ] {
        let document = Document::new("unused", text).with_config(config);
        let errors = document.try_generate().unwrap_err();
        let found: Vec<_> = errors.iter().map(|one| (one.code, one.message.as_str())).collect();
        let [(Code::UnusedConfig, said)] = found.as_slice() else { panic!("{found:?}") };
        assert!(said.contains(message), "{said}");
    }
}
