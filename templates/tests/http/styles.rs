//! Styles of parameters: each row of the specification's own table (OpenAPI 3.1.1, section
//! 4.8.12.6, "Style Examples"; RFC 6570 where they say the same), as it arrives.

use std::collections::BTreeMap;

use oasmith_templates::runtime::{Error, NoBody, Request, Style, Texts, Verb};
use serde::Serialize;
use serde_json::{Value, json};

use crate::setup::client;
use crate::support::{Fails as _, Reply, Server};

/// The four values of the table; the members of `object` have the order R, G, B.
#[derive(Clone, Copy)]
struct Row {
    style: Style,
    empty: Option<&'static str>,
    string: Option<&'static str>,
    array: Option<&'static str>,
    object: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "UPPERCASE")]
struct Color {
    r: u8,
    g: u8,
    b: u8,
}

const ARRAY: [&str; 3] = ["blue", "black", "brown"];
const OBJECT: Color = Color { r: 100, g: 200, b: 150 };

fn row(style: Style, texts: [&'static str; 4]) -> Row {
    let [empty, string, array, object] = texts.map(|text| (text != "n/a").then_some(text));
    Row { style, empty, string, array, object }
}

fn paths() -> [Row; 6] {
    let style = |style, texts| row(style, texts);
    [
        style(
            Style::MATRIX,
            [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
        ),
        style(
            Style::MATRIX.exploded(),
            [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
        ),
        style(Style::LABEL, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        style(Style::LABEL.exploded(), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        // An empty value is refused, see below.
        style(Style::SIMPLE, ["n/a", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        style(Style::SIMPLE.exploded(), ["n/a", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
    ]
}

fn queries() -> [Row; 5] {
    [
        row(
            Style::FORM,
            ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
        ),
        row(
            Style::FORM.exploded(),
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        row(
            Style::SPACE_DELIMITED,
            ["n/a", "n/a", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
        ),
        row(
            Style::PIPE_DELIMITED,
            ["n/a", "n/a", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
        ),
        row(
            Style::DEEP_OBJECT,
            ["n/a", "n/a", "n/a", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"],
        ),
    ]
}

/// What a request is given: a value of any of the four types.
#[derive(Serialize)]
#[serde(untagged)]
enum Given {
    Text(&'static str),
    Array([&'static str; 3]),
    Object(Color),
}

type Call = fn(Request<NoBody, Value>, Given, Style) -> Request<NoBody, Value>;

async fn sent(template: &'static str, row: Row, call: Call) -> Vec<(String, &'static str)> {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let values = [
        (Given::Text(""), row.empty),
        (Given::Text("blue"), row.string),
        (Given::Array(ARRAY), row.array),
        (Given::Object(OBJECT), row.object),
    ];
    let mut expected = Vec::new();
    for (value, text) in values {
        let Some(text) = text else { continue };
        expected.push(text);
        let request = Request::new(&client, Verb::Get, template).operation("x");
        call(request, value, row.style).send().await.unwrap();
    }
    let arrived = server.requests().into_iter().map(|request| {
        let header = request.header("color").or(request.header("cookie")).map(str::to_owned);
        header.unwrap_or_else(|| request.target().to_owned())
    });
    arrived.zip(expected).collect()
}

#[tokio::test]
async fn paths_are_those_of_the_table() {
    for row in paths() {
        let call: Call = |request, value, style| request.path_as("color", value, style);
        for (arrived, expected) in sent("/of{color}/all", row, call).await {
            assert_eq!(arrived, format!("/of{expected}/all"), "{:?}", row.style);
        }
    }
}

#[tokio::test]
async fn queries_are_those_of_the_table() {
    for row in queries() {
        let call: Call = |request, value, style| request.query_as("color", value, style);
        for (arrived, expected) in sent("/all", row, call).await {
            assert_eq!(arrived, format!("/all?{expected}"), "{:?}", row.style);
        }
    }
}

#[tokio::test]
async fn headers_are_those_of_the_table() {
    for row in &paths()[4..] {
        let call: Call = |request, value, style| request.header_as("color", value, style);
        for (arrived, expected) in sent("/all", *row, call).await {
            assert_eq!(arrived, expected, "{:?}", row.style);
        }
    }
}

/// A cookie is `form`; what is exploded are several cookies (RFC 6265, section 4.2.1).
#[tokio::test]
async fn cookies_are_those_of_the_table() {
    for row in &queries()[..2] {
        let call: Call = |request, value, style| request.cookie_as("color", value, style);
        for (arrived, expected) in sent("/all", *row, call).await {
            assert_eq!(arrived, expected.replace('&', "; "), "{:?}", row.style);
        }
    }
}

#[tokio::test]
async fn values_are_encoded_and_delimiters_are_not() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let get = || Request::<NoBody, Value>::get(&client, "/x/{p}").operation("x");
    let hard = ["a,b", "c d", "e|f", "é/%2F&g"];
    let owned: Vec<String> = hard.map(str::to_owned).to_vec();
    let map = BTreeMap::from([("a b", "c,d")]);
    get()
        .path_as("p", hard, Style::SIMPLE)
        .query_as("q", Texts(&owned), Style::FORM)
        .send()
        .await
        .unwrap();
    get()
        .path_as("p", &map, Style::MATRIX.exploded())
        .query_as("q", &map, Style::DEEP_OBJECT)
        .cookie_as("c", &hard[..2], Style::FORM)
        .cookie("d", "1;2")
        .header("Cookie", "e=3")
        .send()
        .await
        .unwrap();
    let [first, second] = server.requests().try_into().unwrap();
    let list = "a%2Cb,c%20d,e%7Cf,%C3%A9%2F%252F%26g";
    assert_eq!(first.target(), format!("/x/{list}?q={list}"));
    assert_eq!(second.target(), "/x/;a%20b=c%2Cd?q%5Ba%20b%5D=c%2Cd");
    assert_eq!(second.header("cookie"), Some("c=a%2Cb,c%20d; d=1%3B2; e=3"));
}

#[tokio::test]
async fn reserved_characters_stay_where_they_are_allowed() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let value = ":/?#[]@!$&'()*+,;=|%2F%zz é";
    let request = Request::<NoBody, Value>::get(&client(&server), "/x")
        .query_as("url", value, Style::FORM.exploded().reserved())
        .query_as("list", ["a/b", "c"], Style::FORM.reserved());
    request.send().await.unwrap();
    // The HTTP client encodes the quote in any query.
    let sent = ":/?%23%5B%5D@!$%26%27()*+,;=%7C%2F%25zz%20%C3%A9";
    assert_eq!(server.only_request().target(), format!("/x?url={sent}&list=a/b,c"));
}

#[tokio::test]
async fn what_has_no_members_is_left_out_unless_it_may_be_empty() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let nothing: [&str; 0] = [];
    let request = Request::<NoBody, Value>::get(&client(&server), "/x")
        .query_as("a", nothing, Style::FORM.exploded())
        .query_as("b", nothing, Style::FORM)
        .query_as("c", json!({"d": null}), Style::DEEP_OBJECT)
        .query_as("e", None::<bool>, Style::FORM)
        .query_as("f", [None, Some(1)], Style::FORM)
        .query_as("g", nothing, Style::FORM.or_empty())
        .query_as("h", None::<bool>, Style::FORM.or_empty())
        .query_as("i", Some(true), Style::FORM.or_empty())
        .header_as("X-List", nothing, Style::SIMPLE)
        .cookie_as("j", nothing, Style::FORM);
    request.send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.target(), "/x?f=1&g=&h=&i=true");
    assert_eq!(request.header("x-list"), None);
    assert_eq!(request.header("cookie"), None);
}

#[tokio::test]
async fn what_stands_deeper_has_a_form_as_well() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let deep = json!({"a": {"b": [1, 2]}, "c": "d"});
    let request = Request::<NoBody, Value>::get(&client(&server), "/x")
        .query_as("q", &deep, Style::DEEP_OBJECT)
        .query_as("l", ["a", "b"], Style::DEEP_OBJECT)
        .query_as("f", &deep, Style::FORM.exploded())
        .query_as("j", &deep, Style::JSON);
    request.send().await.unwrap();
    let decoded: Vec<(String, String)> = {
        let target = server.only_request().target().to_owned();
        let query = target.split_once('?').unwrap().1.to_owned();
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    };
    let pairs = [
        ("q[a][b][]", "1"),
        ("q[a][b][]", "2"),
        ("q[c]", "d"),
        ("l[]", "a"),
        ("l[]", "b"),
        ("a", r#"{"b":[1,2]}"#),
        ("c", "d"),
        ("j", r#"{"a":{"b":[1,2]},"c":"d"}"#),
    ];
    assert_eq!(decoded, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn what_would_change_the_path_is_refused() {
    let server = Server::always(Reply::json(200, "{}")).await;
    let client = client(&server);
    let get = |template| Request::<NoBody, Value>::get(&client, template).operation("x");
    let nothing: [&str; 0] = [];
    let requests = [
        get("/{p}").path_as("p", nothing, Style::SIMPLE),
        get("/{p}").path_as("p", nothing, Style::MATRIX),
        get("/{p}").path_as("p", "", Style::SIMPLE),
        get("/{p}").path_as("p", "", Style::LABEL),
        get("/{p}").path_as("p", ".", Style::LABEL),
        get("/{p}").path_as("p", [".."], Style::SIMPLE),
        get("/{p}").path_as("p", BTreeMap::from([(vec![1], 1)]), Style::SIMPLE),
        get("/").header_as("X-A", ["a\nb"], Style::SIMPLE),
    ];
    for request in requests {
        let error = request.send().await.fails();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
    }
    assert!(server.requests().is_empty());
}
