//! Which credentials go with which operation.

use crate::runtime::{Client, ClientBuilder, Credentials, Error, RequestOptions};
use crate::support::{Fails as _, Recorded, Reply, Server};

const SECRET: &str = "key-5d1f/&=";

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url())
}

async fn server() -> Server {
    Server::always(Reply::new(204, &[], "")).await
}

fn carried(request: &Recorded) -> [Option<&str>; 4] {
    let query = request.target().split_once('?').map(|(_, query)| query);
    [request.header("x-key"), query, request.header("cookie"), request.header("authorization")]
}

#[tokio::test]
async fn keys_go_where_the_document_says() {
    let server = server().await;
    let client = builder(&server).key(SECRET).query(SECRET).build().unwrap();
    client.security().header_key().send().await.unwrap();
    client.security().either().send().await.unwrap();
    client.security().perhaps().send().await.unwrap();
    client.security().never().send().await.unwrap();
    let cookie = builder(&server).cookie("a;b").build().unwrap();
    cookie.security().either().send().await.unwrap();
    let requests = server.requests();
    let carried: Vec<_> = requests.iter().map(carried).collect();
    let expected = [
        [Some(SECRET), None, None, None],
        [None, Some("api_key=key-5d1f%2F%26%3D"), None, None],
        [Some(SECRET), None, None, None],
        [None, None, None, None],
        [None, None, Some("SID=a%3Bb"), None],
    ];
    assert_eq!(carried, expected);
}

#[tokio::test]
async fn what_belongs_together_is_sent_together() {
    let server = server().await;
    let client = builder(&server).key(SECRET).auth(Credentials::bearer("t")).build().unwrap();
    client.security().both().send().await.unwrap();
    client.security().header_key().send().await.unwrap();
    client.security().token().send().await.unwrap();
    let requests = server.requests();
    let carried: Vec<_> = requests.iter().map(carried).collect();
    let expected = [
        [Some(SECRET), None, None, Some("Bearer t")],
        [Some(SECRET), None, None, None],
        [None, None, None, Some("Bearer t")],
    ];
    assert_eq!(carried, expected);
}

#[tokio::test]
async fn a_user_has_a_password() {
    let server = server().await;
    let client =
        builder(&server).auth(Credentials::basic("Aladdin", "open sesame")).build().unwrap();
    client.security().token().send().await.unwrap();
    let request = server.only_request();
    // The example of RFC 7617, section 2.
    assert_eq!(request.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert!(!format!("{client:?}").contains("sesame"));
    for (user, password) in [("a:b", "c"), ("a", "b\nc"), ("a\0", "b")] {
        let credentials = Credentials::basic(user, password);
        let error = builder(&server).auth(credentials).build().fails();
        assert!(matches!(error, Error::Build(_)), "{error}");
    }
}

#[tokio::test]
async fn what_is_missing_is_an_error_before_anything_is_sent() {
    let server = server().await;
    let client = builder(&server).query(SECRET).build().unwrap();
    for request in
        [client.security().header_key(), client.security().both(), client.security().token()]
    {
        let error = request.send().await.fails();
        assert!(matches!(error, Error::Auth(_)), "{error}");
    }
    assert!(server.requests().is_empty());
    let anonymous = builder(&server).anonymous().build().unwrap();
    anonymous.security().header_key().send().await.unwrap();
    assert_eq!(carried(&server.only_request()), [None; 4]);

    for bad in ["", "a\nb"] {
        builder(&server).key(bad).build().fails();
    }
    builder(&server).api_key("Unknown", "k").build().fails();
}

#[tokio::test]
async fn keys_show_nowhere() {
    let body = format!(r#"{{"message": "no access with {SECRET}"}}"#);
    let server = Server::always(Reply::json(403, body)).await;
    let client = builder(&server).key(SECRET).query(SECRET).build().unwrap();
    for request in [client.security().header_key(), client.security().either()] {
        let shown = format!("{request:?}");
        let error = request.send().await.fails();
        let shown = format!("{shown} {error} {error:?} {client:?}");
        assert!(!shown.contains("5d1f"), "{shown}");
    }
    let own = http::HeaderValue::from_static("mine");
    let options = RequestOptions::new().header(http::HeaderName::from_static("x-key"), own);
    client.security().header_key().options(options).send().await.fails();
    assert_eq!(server.requests()[2].header("x-key"), Some("mine"));
}
