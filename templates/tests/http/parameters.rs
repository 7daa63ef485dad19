//! Paths, queries, headers and bodies as they arrive.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use oasmith_templates::runtime::{Error, NoBody, Request, RequestOptions, Verb};
use serde_json::{Value, json};

use crate::setup::{BEARER, builder, client};
use crate::support::{Fails as _, Reply, Server};

#[tokio::test]
async fn a_path_value_arrives_as_one_segment() {
    let table = [
        ("simple-._~", "simple-._~"),
        ("a/b", "a%2Fb"),
        ("/", "%2F"),
        ("../x", "..%2Fx"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("..%2f..", "..%252f.."),
        ("a b+c", "a%20b%2Bc"),
        ("a?b#c&d=e", "a%3Fb%23c%26d%3De"),
        ("a\\b", "a%5Cb"),
        ("{id}", "%7Bid%7D"),
        ("x:ensure;v=1", "x%3Aensure%3Bv%3D1"),
        ("user@host", "user%40host"),
        ("é😀", "%C3%A9%F0%9F%98%80"),
        ("\0\t\r\n\u{7f}", "%00%09%0D%0A%7F"),
        ("\u{202e}", "%E2%80%AE"),
    ];
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    for (value, _) in table {
        let request: Request<NoBody, Value> =
            Request::new(&client, Verb::Get, "/api/v1/items/{id}/parts/{part}")
                .operation("x")
                .path("part", 1)
                .path("id", value);
        request.send().await.unwrap();
    }
    let lines: Vec<String> = server.requests().into_iter().map(|request| request.line).collect();
    let expected =
        table.map(|(_, segment)| format!("GET /api/v1/items/{segment}/parts/1 HTTP/1.1"));
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn the_rest_of_a_path_is_kept() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client =
        builder(&server).base_url(format!("{}/base/", server.url())).anonymous().build().unwrap();
    for template in
        ["/api/v1/onboarding:ensure", "/a/{id}:run", "/a/{id}.json", "/~x/@me/$batch/(1)/", "/"]
    {
        let request: Request<NoBody, Value> =
            Request::new(&client, Verb::Get, template).operation("x").path("id", "a:b");
        request.send().await.unwrap();
    }
    let targets: Vec<String> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    let expected = [
        "/base/api/v1/onboarding:ensure",
        "/base/a/a%3Ab:run",
        "/base/a/a%3Ab.json",
        "/base/~x/@me/$batch/(1)/",
        "/base/",
    ];
    assert_eq!(targets, expected);
}

#[tokio::test]
async fn a_query_is_percent_encoded_and_ordered() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let request: Request<NoBody, Value> = Request::new(&client(&server), Verb::Get, "/items")
        .operation("x")
        .query("page_size", 25)
        .query("q", "a b&c=d#e/é")
        .query("empty", "")
        .query("list[]", true)
        .query("list[]", 1.5);
    request.send().await.unwrap();
    let expected =
        "/items?page_size=25&q=a%20b%26c%3Dd%23e%2F%C3%A9&empty=&list%5B%5D=true&list%5B%5D=1.5";
    assert_eq!(server.only_request().target(), expected);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_before_anything_is() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let get = |template| {
        Request::<NoBody, Value>::new(&client, Verb::Get, template).operation("items.get")
    };
    let option = |name: &'static str| {
        RequestOptions::new().header(HeaderName::from_static(name), HeaderValue::from(1))
    };
    let names = (0..10_000).map(|number| HeaderName::try_from(format!("x-{number}")).unwrap());
    let many = names.fold(RequestOptions::new(), |options, name| {
        options.header(name, HeaderValue::from_static("1"))
    });
    let requests = [
        (get("/items/{id}").path("id", ""), "the path parameter `id` must not be empty"),
        (get("/items/{id}").path("id", "."), "the path parameter `id` must not be `.` or `..`"),
        (get("/items/{id}").path("id", ".."), "the path parameter `id` must not be `.` or `..`"),
        (get("/items/{id}"), "the path parameter `id` has no value"),
        (get("/items/../{id}").path("id", "x"), "the path of items.get would not be sent as it is"),
        (
            get("/items").header("x-note", "a\r\nb: c"),
            "the header parameter `x-note` holds a character",
        ),
        (get("/items").options(option("host")), "the header `host` cannot be set"),
        (
            get("/items").options(option("content-length")),
            "the header `content-length` cannot be set",
        ),
        (
            get("/items").header("Transfer-Encoding", "chunked"),
            "the header `transfer-encoding` cannot be set",
        ),
        (get("/items/{id}").path("id", Unwritable), "the value of the parameter `id` cannot be"),
        (get("/items").query("q", Unwritable), "the value of the parameter `q` cannot be written"),
        (get("/items").header("x-note", Unwritable), "the value of the parameter `x-note` cannot"),
        (get("/items").cookie("c", Unwritable), "the value of the parameter `c` cannot be written"),
        (get("/items").options(many), "the request has too many headers"),
    ];
    for (request, message) in requests {
        let error = request.send().await.fails();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(error.to_string().starts_with(message), "{error}");
    }
    // A map whose keys are not texts cannot be written as JSON.
    let body: Request<BTreeMap<Vec<u8>, u8>, Value> =
        Request::new(&client, Verb::Post, "/items").operation("items.create");
    let error = body.body(BTreeMap::from([(vec![1], 1)])).send().await.fails();
    assert_eq!(error.to_string(), "the body of items.create cannot be written");
    assert!(server.requests().is_empty());
}

/// What has no text.
struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

#[tokio::test]
async fn a_body_is_json_and_an_omitted_one_is_nothing() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let delete = || Request::<Value, Value>::new(&client, Verb::Delete, "/items").operation("x");
    delete().body(json!({"a": "é\n"})).send().await.unwrap();
    delete().send().await.unwrap();
    let [with, without] = server.requests().try_into().unwrap();
    assert_eq!(with.body, "{\"a\":\"é\\n\"}".as_bytes());
    assert_eq!(with.header("content-type"), Some("application/json"));
    assert_eq!(with.header("content-length"), Some("12"));
    assert_eq!(without.body, b"");
    assert_eq!(without.header("content-type"), None);
}

#[tokio::test]
async fn every_verb_is_sent_as_itself() {
    let server = Server::always(Reply::new(200, &[], "")).await;
    let client = client(&server);
    let table = [
        Verb::Get,
        Verb::Put,
        Verb::Post,
        Verb::Delete,
        Verb::Options,
        Verb::Head,
        Verb::Patch,
        Verb::Trace,
    ];
    for verb in table {
        let request: Request<NoBody, ()> =
            Request::new(&client, verb, "/x").operation("x").without_content();
        // An answer to HEAD has no body, whatever its length says.
        request.send().await.unwrap();
    }
    let verbs: Vec<String> = server.requests().iter().map(|request| request.line.clone()).collect();
    assert_eq!(verbs, table.map(|verb| format!("{verb} /x HTTP/1.1")));
}

#[tokio::test]
async fn headers_are_few_and_can_be_replaced() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let get = || Request::<NoBody, Value>::new(&client, Verb::Get, "/items").operation("x");
    get().send().await.unwrap();
    let options = RequestOptions::new()
        .header(http::header::AUTHORIZATION, HeaderValue::from_static("Basic other"))
        .header(http::header::USER_AGENT, HeaderValue::from_static("mine"))
        .header(HeaderName::from_static("x-many"), HeaderValue::from_static("1"))
        .header(HeaderName::from_static("x-many"), HeaderValue::from_static("2"));
    get().header("X-Note", "n").options(options).send().await.unwrap();
    let [plain, replaced] = server.requests().try_into().unwrap();

    // `Accept-Encoding` is there with the features that expand answers.
    let names = plain.headers.iter().map(|(name, _)| name.as_str());
    let names: Vec<&str> = names.filter(|name| *name != "accept-encoding").collect();
    assert_eq!(names, ["user-agent", "accept", "authorization", "host"]);
    assert_eq!(plain.header("authorization"), Some(&*format!("Bearer {BEARER}")));
    assert_eq!(plain.header("user-agent"), Some("oasmith-test/1.0"));
    assert_eq!(plain.header("accept"), Some("application/json"));

    assert_eq!(replaced.header("authorization"), Some("Basic other"));
    assert_eq!(replaced.header("user-agent"), Some("mine"));
    assert_eq!(replaced.header("x-note"), Some("n"));
    assert_eq!(replaced.headers.iter().filter(|(name, _)| name == "x-many").count(), 2);
}

#[tokio::test]
async fn requests_can_be_sent_from_another_task_and_without_their_client() {
    let server =
        Server::always(Reply::json(200, "{\"n\":1}").after(Duration::from_millis(1))).await;
    let request = crate::setup::get(&client(&server));
    let answer = tokio::spawn(request.send()).await.unwrap().unwrap();
    assert_eq!(answer["n"], 1);
}

#[tokio::test]
async fn an_optional_credential_is_sent_where_there_is_one() {
    let server = Server::always(Reply::json(200, "{}")).await;
    for client in [client(&server), builder(&server).build().unwrap()] {
        Request::<NoBody, Value>::get(&client, "/x").optional_credential().send().await.unwrap();
    }
    let [with, without] = server.requests().try_into().unwrap();
    assert!(with.header("authorization").is_some());
    assert!(without.header("authorization").is_none());
}

#[tokio::test]
async fn a_body_that_is_left_out_has_the_length_zero() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    Request::<Value, Value>::post(&client, "/x").send().await.unwrap();
    Request::<Value, Value>::delete(&client, "/x").send().await.unwrap();
    let [post, delete] = server.requests().try_into().unwrap();
    assert_eq!(post.header("content-length"), Some("0"));
    assert_eq!(delete.header("content-length"), None);
    assert_eq!(post.header("content-type"), None);
}

#[tokio::test]
async fn values_find_their_places_in_every_order() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = builder(&server).anonymous().build().unwrap();
    let send = async |template: &'static str, names: &[&'static str]| {
        let request = Request::<NoBody, Value>::new(&client, Verb::Get, template).operation("x");
        let values = names.iter().zip(1..);
        let request = values.fold(request, |request, (name, value)| request.path(name, value));
        request.send().await.seen()
    };
    // The names, whose values are 1, 2 and so on; the first value of a name counts.
    let table: [(&str, &[&str], &str); 7] = [
        ("/{a}/b/{c}/d", &["a", "c"], "/1/b/2/d"),
        ("/{a}/b/{c}/d", &["c", "a"], "/2/b/1/d"),
        ("/{a}{b}{c}", &["b", "a", "c"], "/213"),
        ("/{a}/{b}/{a}", &["a", "b"], "/1/2/1"),
        ("/{a}/{a}", &["a", "a"], "/1/1"),
        ("/{a}", &["a", "a", "b"], "/1"),
        ("/a", &["b"], "/a"),
    ];
    for (template, names, _) in table {
        send(template, names).await.unwrap();
    }
    let targets: Vec<String> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    assert_eq!(targets, table.map(|(.., target)| target));

    for (template, said) in [
        ("/{a}/{b}", "the path parameter `b` has no value"),
        ("/{a}/{b", "the path `/{a}/{b` has a brace that is not closed"),
        ("/{", "the path `/{` has a brace that is not closed"),
    ] {
        let error = send(template, &["a"]).await.fails();
        assert!(error.to_string().contains(said), "{template}: {error}");
    }
}

#[tokio::test]
async fn a_media_type_that_no_header_can_carry_is_not_sent() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let request = || Request::<NoBody, Value>::get(&client, "/api/v1/items");
    for request in [request().accept("a\nb"), request().content_type("a\nb")] {
        let error = request.send().await.fails();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
    }
    assert!(server.requests().is_empty());
    request().accept("text/csv").send().await.unwrap();
    assert_eq!(server.requests()[0].header("accept"), Some("text/csv"));
}
