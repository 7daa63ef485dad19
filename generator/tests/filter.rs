//! The filter: which operations stay, and which components they still reach.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use oasmith::overlay::{Selection, Selector, filter};
use oasmith::source::{FileId, Source, Sources, Span};
use oasmith::yaml::{self, Node};

const API: &str = r"openapi: 3.1.0
info: {title: Test, version: '1'}
security: [{Token: []}]
paths:
  /apps:
    parameters:
      - $ref: '#/components/parameters/Page'
    get: {operationId: list, tags: [apps], responses: {200: {$ref: '#/components/responses/Apps'}}}
    post: {operationId: create, tags: [apps, write], responses: {}}
  /apps/{id}:
    delete: {operationId: remove, tags: [write], security: [{Key: []}], responses: {}}
  /apps/{id}/users:
    get: {operationId: users, tags: [users], responses: {}}
  /shared: {$ref: '#/components/pathItems/Shared'}
webhooks:
  changed: {post: {requestBody: {$ref: '#/components/requestBodies/Changed'}}}
x-webhooks:
  removed: {post: {requestBody: {content: {a/b: {schema: {$ref: '#/components/schemas/Unused'}}}}}}
components:
  schemas:
    Unused: {type: string}
    Pet:
      oneOf: [{type: object}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog'}}
    Cat: {type: object}
    Dog: {type: object, properties: {pups: {type: array, items: {$ref: '#/components/schemas/Dog'}}}}
    App: {type: object, properties: {pet: {$ref: '#/components/schemas/Pet'}, $ref: {type: string}}}
  responses:
    Apps: {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/App'}}}}
  parameters:
    Page: {name: page, in: query, schema: {type: string}}
  requestBodies:
    Changed: {content: {}}
  pathItems:
    Shared:
      get: {operationId: shared, tags: [shared], responses: {}}
      put: {operationId: other, tags: [users], responses: {}}
    Lonely: {}
  securitySchemes:
    Token: {type: http, scheme: bearer}
    Key: {type: apiKey, in: header, name: key}
    None: {type: http, scheme: basic}
  x-kept: {a: 1}
";

fn parse(text: &str) -> Node {
    let sources = Sources::root(Source::new("filter.yaml", text));
    yaml::parse(&sources, FileId::default()).unwrap()
}

fn operation(id: &str) -> Selector {
    Selector { operation: Some(id.to_owned()), ..Selector::default() }
}

fn tag(name: &str) -> Selector {
    Selector { tag: Some(name.to_owned()), ..Selector::default() }
}

fn method(name: &str) -> Selector {
    Selector { method: Some(name.to_owned()), ..Selector::default() }
}

fn path(pattern: &str) -> Selector {
    Selector { path: Some(pattern.to_owned()), ..Selector::default() }
}

/// Selectors with places that tell them apart.
fn placed(selectors: &[Selector], first: u32) -> Vec<Selector> {
    let selectors = selectors.iter().zip(first..).map(|(selector, start)| {
        let span = Span { file: FileId(1), start, end: start + 1 };
        Selector { span, ..selector.clone() }
    });
    selectors.collect()
}

fn selectors(include: &[Selector]) -> Selection {
    Selection { include: placed(include, 1), exclude: Vec::new() }
}

fn filtered(include: &[Selector]) -> Node {
    filter(parse(API), &selectors(include)).unwrap()
}

fn without(include: &[Selector], exclude: &[Selector]) -> Node {
    let selection = Selection { include: placed(include, 1), exclude: placed(exclude, 100) };
    filter(parse(API), &selection).unwrap()
}

fn keys(root: &Node, steps: &[&str]) -> Vec<String> {
    let node = steps.iter().fold(root, |node, step| node.get(step).unwrap());
    node.as_map().unwrap().iter().map(|entry| entry.key.to_string()).collect()
}

/// The operations that stay, as `verb path`.
fn operations(root: &Node) -> Vec<String> {
    let verbs = ["get", "put", "post", "delete"];
    let paths = root.get("paths").unwrap().as_map().unwrap().iter();
    let operations = paths.flat_map(|path| {
        let entries = path.node.as_map().unwrap().iter();
        let entries = entries.filter(|entry| verbs.contains(&&*entry.key));
        entries.map(|entry| format!("{} {}", entry.key, path.key))
    });
    operations.collect()
}

#[test]
fn an_empty_selection_keeps_everything() {
    assert_eq!(filter(parse(API), &Selection::default()).unwrap(), parse(API));
}

#[test]
fn operations_tags_and_paths_select() {
    assert_eq!(operations(&filtered(&[operation("create")])), ["post /apps"]);
    assert_eq!(operations(&filtered(&[tag("write")])), ["post /apps", "delete /apps/{id}"]);
    assert_eq!(operations(&filtered(&[path("/apps")])), ["get /apps", "post /apps"]);
    assert_eq!(operations(&filtered(&[path("/apps/*")])), ["delete /apps/{id}"]);
    let below = ["delete /apps/{id}", "get /apps/{id}/users"];
    assert_eq!(operations(&filtered(&[path("/apps/{*}/**")])), below);
    let all = ["get /apps", "post /apps", "delete /apps/{id}", "get /apps/{id}/users"];
    assert_eq!(operations(&filtered(&[path("/apps/**")])), all);
    assert_eq!(operations(&filtered(&[path("/**/users")])), ["get /apps/{id}/users"]);
    let two = [operation("users"), operation("list")];
    assert_eq!(operations(&filtered(&two)), ["get /apps", "get /apps/{id}/users"]);
}

#[test]
fn methods_select_and_all_that_is_given_must_apply() {
    assert_eq!(operations(&filtered(&[method("delete")])), ["delete /apps/{id}"]);
    let both = Selector { path: Some("/apps/**".to_owned()), ..method("get") };
    assert_eq!(operations(&filtered(&[both])), ["get /apps", "get /apps/{id}/users"]);
    let both = Selector { tag: Some("write".to_owned()), ..method("post") };
    assert_eq!(operations(&filtered(&[both])), ["post /apps"]);
}

#[test]
fn operations_can_be_excluded() {
    let root = without(&[], &[tag("write"), path("/shared")]);
    assert_eq!(operations(&root), ["get /apps", "get /apps/{id}/users"]);
    assert!(root.get("webhooks").is_some(), "only an include list is one of operations");
    assert_eq!(keys(&root, &["components", "requestBodies"]), ["Changed"]);
    assert_eq!(keys(&root, &["components", "securitySchemes"]), ["Token"]);

    let root = without(&[path("/apps/**")], &[method("get"), operation("remove")]);
    assert_eq!(operations(&root), ["post /apps"]);
    assert!(root.get("webhooks").is_none());

    let root = without(&[], &[operation("shared")]);
    assert_eq!(keys(&root, &["components", "pathItems", "Shared"]), ["put"]);

    let selection = Selection {
        include: placed(&[operation("list")], 1),
        exclude: placed(&[operation("create"), operation("lost"), path("/lost")], 100),
    };
    let errors = filter(parse(API), &selection).unwrap_err();
    let found: Vec<_> = errors.iter().map(|error| error.span.unwrap().start).collect();
    assert_eq!(found, [101, 102]);
}

#[test]
fn components_that_are_not_reached_go() {
    let root = filtered(&[operation("list")]);
    assert_eq!(keys(&root, &["components", "schemas"]), ["Pet", "Cat", "Dog", "App"]);
    assert_eq!(keys(&root, &["components", "responses"]), ["Apps"]);
    assert_eq!(keys(&root, &["components", "parameters"]), ["Page"]);
    assert_eq!(keys(&root, &["components", "securitySchemes"]), ["Token"]);
    assert!(keys(&root, &["components", "requestBodies"]).is_empty());
    assert_eq!(keys(&root, &["components", "x-kept"]), ["a"]);
    assert!(root.get("webhooks").is_none());

    let root = filtered(&[operation("remove")]);
    assert!(keys(&root, &["components", "schemas"]).is_empty());
    assert_eq!(keys(&root, &["components", "securitySchemes"]), ["Token", "Key"]);
}

#[test]
fn path_items_under_components_are_filtered_where_they_are_used() {
    let root = filtered(&[tag("shared")]);
    assert_eq!(keys(&root, &["paths"]), ["/shared"]);
    assert_eq!(keys(&root, &["components", "pathItems"]), ["Shared"]);
    assert_eq!(keys(&root, &["components", "pathItems", "Shared"]), ["get"]);

    let root = filtered(&[path("/shared")]);
    assert_eq!(keys(&root, &["components", "pathItems", "Shared"]), ["get", "put"]);
}

#[test]
fn a_selector_that_names_nothing_is_an_error_at_its_place() {
    let kinds =
        [operation("list"), operation("lost"), tag("lost"), path("/lost/**"), path("/app*")];
    let errors = filter(parse(API), &selectors(&kinds)).unwrap_err();
    let found: Vec<_> =
        errors.iter().map(|error| (error.code.as_str(), error.span.unwrap().start)).collect();
    assert_eq!(found, [("unused-config", 2), ("unused-config", 3), ("unused-config", 4)]);
}

#[test]
fn malformed_parts_are_left_to_lower() {
    for text in
        ["[]", "paths: 3", "paths: {/a: 3, /b: [], x: 1}", "components: {schemas: 1, a: [2]}"]
    {
        let _ = filter(parse(text), &selectors(&[operation("a"), path("/**")]));
    }
    let root = filter(parse("paths: {/a: {get: 3}}"), &selectors(&[path("/a")])).unwrap();
    assert_eq!(keys(&root, &["paths", "/a"]), ["get"]);
}

/// A pattern of many wildcards against a long path, which takes forever when done carelessly.
#[test]
fn patterns_take_no_exponential_time() {
    let long = "/a".repeat(2_000);
    let text = format!("paths: {{{long}: {{get: {{}}}}}}");
    let pattern = format!("{}/b", "/**/a*a*a*a*b".repeat(50));
    let errors = filter(parse(&text), &selectors(&[path(&pattern)])).unwrap_err();
    assert_eq!(errors.len(), 1);
}
