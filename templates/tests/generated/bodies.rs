//! Bodies of every media type.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use crate::api::bodies::{ChoiceBody, ChoiceForm, UploadForm};
use crate::client;
use crate::models::{Color, Order};
use crate::runtime::{Body, Multipart, Part};
use crate::support::{Fails as _, Recorded, Reply, Server};

fn color() -> Color {
    Color::default().with_r(1).with_b(3)
}

fn order() -> Order {
    Order::default()
        .with_id(i64::MAX)
        .with_tags(["a b".to_owned(), "c&d".to_owned()])
        .with_color(color())
        .with_note("x/y")
}

async fn server() -> Server {
    Server::always(Reply::new(204, &[], "")).await
}

/// A stream of some chunks.
struct Chunks(Vec<&'static str>);

impl Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next =
            (!self.0.is_empty()).then(|| Ok(Bytes::from_static(self.0.remove(0).as_bytes())));
        Poll::Ready(next)
    }
}

fn text(request: &Recorded) -> &str {
    std::str::from_utf8(&request.body).unwrap()
}

#[tokio::test]
async fn json_has_the_documented_media_type() {
    let server = server().await;
    client(&server).bodies().merge(&color()).send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(text(&request), r#"{"R":1,"B":3}"#);
}

#[tokio::test]
async fn forms_are_pairs_in_their_styles() {
    let server = server().await;
    let client = client(&server);
    client.bodies().form(&order()).send().await.unwrap();
    client.bodies().form_with_styles().body(&order()).send().await.unwrap();
    client.bodies().form_with_styles().send().await.unwrap();
    let [plain, styled, none] = server.requests().try_into().unwrap();
    assert_eq!(plain.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(
        text(&plain),
        "id=9223372036854775807&tags=a%20b&tags=c%26d&color=%7B%22R%22%3A1%2C%22B%22%3A3%7D&note=x%2Fy"
    );
    assert_eq!(
        text(&styled),
        "id=9223372036854775807&tags=a%20b%20c%26d&color%5BR%5D=1&color%5BB%5D=3&note=x/y"
    );
    assert_eq!((none.header("content-type"), none.header("content-length")), (None, Some("0")));
}

#[tokio::test]
async fn parts_have_names_files_and_media_types() {
    let server = server().await;
    let body = UploadForm::new(Part::new("bytes").file_name("a\"b.txt"), "été")
        .count(3)
        .tags(&["x", "y"])
        .color(&color())
        .meta(&color())
        .photos([Part::new(vec![1, 2]).content_type("image/gif"), Part::new("p")]);
    client(&server).bodies().upload(body).send().await.unwrap();
    let request = server.only_request();
    let content_type = request.header("content-type").unwrap();
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    assert_eq!(request.header("content-length"), Some(&*request.body.len().to_string()));
    let body = String::from_utf8_lossy(&request.body).replace(boundary, "B");
    let part = |head: &str, body: &str| format!("--B\r\n{head}\r\n\r\n{body}\r\n");
    let named = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
    let typed = |name: &str, ty: &str| format!("{}\r\ncontent-type: {ty}", named(name));
    let json = r#"{"R":1,"B":3}"#;
    let file = "file\"; filename=\"a%22b.txt";
    let expected = [
        part(&typed(file, "application/octet-stream"), "bytes"),
        part(&named("title"), "été"),
        part(&named("count"), "3"),
        part(&named("tags"), "x"),
        part(&named("tags"), "y"),
        part(&typed("color", "application/json"), json),
        part(&typed("meta", "application/vnd.color+json"), json),
        part(&typed("photos", "image/gif"), "\u{1}\u{2}"),
        part(&typed("photos", "image/png"), "p"),
        "--B--\r\n".to_owned(),
    ];
    assert_eq!(body, expected.concat());
}

#[tokio::test]
async fn parts_can_be_streams_and_have_headers() {
    let server = server().await;
    let name = http::HeaderName::from_static("x-note");
    let body = Multipart::new()
        .part(
            "a",
            Part::new(Body::stream(Chunks(vec!["one ", "two"]))).header(name, "n".parse().unwrap()),
        )
        .text("b", 5);
    client(&server).bodies().upload_anything(body).send().await.unwrap();
    let request = server.only_request();
    assert_eq!(request.header("transfer-encoding"), Some("chunked"));
    let text = text(&request);
    assert!(text.contains("x-note: n\r\n"), "{text}");
    assert!(text.contains("\r\n\r\none two\r\n--"), "{text}");

    let nothing = Multipart::new();
    client(&server).bodies().upload_anything(nothing).send().await.unwrap();
}

#[tokio::test]
async fn bytes_are_sent_as_they_are() {
    let server = server().await;
    let client = client(&server);
    client.bodies().bytes(vec![0, 255]).send().await.unwrap();
    client.bodies().bytes(Body::stream(Chunks(vec!["a", "b"]))).send().await.unwrap();
    client.bodies().bytes(Body::sized_stream(Chunks(vec!["a", "b"]), 2)).send().await.unwrap();
    client.bodies().image().body(Body::from("x").content_type("image/png")).send().await.unwrap();
    client.bodies().text("é").send().await.unwrap();
    client.bodies().lines(&[color(), color()]).send().await.unwrap();
    let requests = server.requests();
    let shown: Vec<(Option<&str>, Option<&str>, &[u8])> = requests
        .iter()
        .map(|one| (one.header("content-type"), one.header("content-length"), one.body.as_slice()))
        .collect();
    let octets = Some("application/octet-stream");
    let lines = b"{\"R\":1,\"B\":3}\n{\"R\":1,\"B\":3}\n";
    assert_eq!(
        shown,
        [
            (octets, Some("2"), &[0, 255][..]),
            (octets, None, b"ab"),
            (octets, Some("2"), b"ab"),
            (Some("image/png"), Some("1"), b"x"),
            (Some("text/plain; charset=utf-8"), Some("2"), "é".as_bytes()),
            (Some("application/x-ndjson"), Some("28"), lines),
        ]
    );
}

#[tokio::test]
async fn of_several_media_types_the_caller_chooses() {
    let server = server().await;
    let client = client(&server);
    let bodies = client.bodies();
    bodies.choice(&color()).send().await.unwrap();
    bodies.choice(&order()).send().await.unwrap();
    bodies.choice(ChoiceBody::MergePatchJson(&color())).send().await.unwrap();
    bodies.choice(ChoiceForm::new().file("f")).send().await.unwrap();
    bodies.choice("a,b".to_owned()).send().await.unwrap();
    bodies.choice(Body::from("x")).send().await.unwrap();
    bodies.optional_choice().body(color()).send().await.unwrap();
    let requests = server.requests();
    let types: Vec<&str> = requests
        .iter()
        .map(|request| request.header("content-type").unwrap().split("; boundary").next().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "application/merge-patch+json",
            "multipart/form-data",
            "text/csv",
            "application/octet-stream",
            "application/json; charset=utf-8",
        ]
    );
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = Server::always(Reply::redirect(307, "/elsewhere")).await;
    let body = Body::stream(Chunks(vec!["a"]));
    client(&server).bodies().bytes(body).send().await.fails();
    client(&server).bodies().bytes("again").send().await.fails();
    // The body in memory follows the redirect until there are too many.
    assert_eq!(server.requests().len(), 1 + 6);
}

#[tokio::test]
async fn what_cannot_be_written_is_an_error_of_send() {
    let server = server().await;
    let client = client(&server);
    let bad = [
        client.bodies().bytes(Body::from("x").content_type("a\nb")),
        client
            .bodies()
            .upload_anything(Multipart::new().part("a", Part::new("x").content_type("\n"))),
        client.bodies().upload_anything(
            Multipart::new().value("a", std::collections::BTreeMap::from([(vec![1], 1)])),
        ),
    ];
    for request in bad {
        let error = request.send().await.fails();
        assert!(matches!(error, crate::runtime::Error::Build(_)), "{error}");
    }
    assert!(server.requests().is_empty());
}
