//! Parameters of every style and place.

use std::collections::BTreeMap;

use serde_json::json;

use crate::api::parameters::{PathsParams, RequiredParams};
use crate::client;
use crate::models::{Color, Kind};
use crate::support::{Reply, Server};

fn color() -> Color {
    Color::default().with_r(100).with_g(200).with_b(150)
}

async fn server() -> Server {
    Server::always(Reply::new(204, &[], "")).await
}

#[tokio::test]
async fn paths_have_their_styles() {
    let server = server().await;
    let params = PathsParams {
        simple: &color(),
        list: &[3, 4, 5],
        label: "a/b",
        label_list: &["x", "y z"],
        matrix: true,
        matrix_list: &color(),
    };
    client(&server).parameters().paths(params).send().await.unwrap();
    assert_eq!(
        server.only_request().target(),
        "/ofR,100,G,200,B,150/3,4,5/of.a%2Fb/.x.y%20z/of;matrix=true/;matrix_list=R,100,G,200,B,150"
    );
}

#[tokio::test]
async fn queries_have_their_styles() {
    let server = server().await;
    let names = vec!["blue".to_owned(), "black".to_owned()];
    let request = client(&server)
        .parameters()
        .query()
        .form(&names)
        .comma(&["blue", "black"])
        .space(&names)
        .pipe(&[1.5, 2.0])
        .color(&color())
        .flat(&color())
        .deep(&color())
        .filter(&color())
        .url("https://x.test/?a=b")
        .flag(None)
        .flag(Some(true))
        .text("")
        .kind(&Kind::from("very large"))
        .kinds(&[Kind::Small, Kind::from("new")])
        .day("2024-02-29".parse().unwrap())
        .moment("2024-02-29T01:02:03.5Z".parse().unwrap())
        .days(&["2024-02-29".parse().unwrap()])
        .big(i64::MAX)
        .limit(5)
        .any(&json!(["a"]))
        .map(&BTreeMap::from([("k".to_owned(), "v w".to_owned())]));
    request.send().await.unwrap();
    let request = server.only_request();
    let pairs: Vec<&str> = request.target().split_once('?').unwrap().1.split('&').collect();
    let expected = [
        "form=blue",
        "form=black",
        "comma=blue,black",
        "space=blue%20black",
        "pipe=1.5%7C2.0",
        "R=100",
        "G=200",
        "B=150",
        "flat=R,100,G,200,B,150",
        "deep%5BR%5D=100",
        "deep%5BG%5D=200",
        "deep%5BB%5D=150",
        "filter=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        "url=https://x.test/?a=b",
        "flag=",
        "flag=true",
        "text=",
        "kind=very%20large",
        "kinds=small,new",
        "day=2024-02-29",
        "moment=2024-02-29T01%3A02%3A03.5Z",
        "days=2024-02-29",
        "big=9223372036854775807",
        "limit=5",
        "any=a",
        "map%5Bk%5D=v%20w",
    ];
    assert_eq!(pairs, expected);
}

#[tokio::test]
async fn required_ones_are_fields_wherever_they_go() {
    let server = server().await;
    let params = RequiredParams { ids: &["a", "b,c"], x_trace: "t-1", session: 7 };
    client(&server).parameters().required(params).send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.target(), "/required?ids=a,b%2Cc");
    assert_eq!(request.header("x-trace"), Some("t-1"));
    assert_eq!(request.header("cookie"), Some("session=7"));
    assert_eq!(request.header("authorization"), None);
}

#[tokio::test]
async fn a_list_can_be_of_any_texts() {
    let server = server().await;
    let client = client(&server);
    client.parameters().one_list(&["a", "b"]).send().await.unwrap();
    client.parameters().one_list(&["a".to_owned()]).send().await.unwrap();
    let targets: Vec<String> =
        server.requests().iter().map(|request| request.target().to_owned()).collect();
    assert_eq!(targets, ["/one?ids=a&ids=b", "/one?ids=a"]);
}

#[tokio::test]
async fn headers_and_cookies_have_their_styles() {
    let server = server().await;
    let request = client(&server)
        .parameters()
        .headers()
        .x_shared("s, t")
        .x_changed(&[1, 2])
        .x_color(&color())
        .x_exploded(&color())
        .x_json(&color())
        .a("1;2")
        .b(&["x", "y"])
        .c(&["z", "w"]);
    request.send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("x-shared"), Some("s, t"));
    assert_eq!(request.header("x-changed"), Some("1,2"));
    assert_eq!(request.header("x-color"), Some("R,100,G,200,B,150"));
    assert_eq!(request.header("x-exploded"), Some("R=100,G=200,B=150"));
    assert_eq!(request.header("x-json"), Some(r#"{"R":100,"G":200,"B":150}"#));
    assert_eq!(request.header("cookie"), Some("a=1%3B2; b=x,y; c=z; c=w"));
}
