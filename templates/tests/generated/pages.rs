//! Listings: what each page is asked for with, where they end, and where they go on.

use serde_json::{Value, json};

use crate::api::pages::ByBodyRequestBody;
use crate::client;
use crate::models::Page;
use crate::runtime::{DecodeErrorKind, Error, Items};
use crate::support::{Fails as _, Recorded, Reply, Server};

async fn all<T, I: Unpin>(mut items: Items<T, I>) -> Vec<I> {
    let mut all = Vec::new();
    while let Some(item) = items.next().await.unwrap() {
        all.push(item);
    }
    all
}

fn targets(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.target().to_owned()).collect()
}

/// Three pages by tokens, the second of them empty.
async fn tokens(token: fn(&Recorded) -> Option<String>) -> Server {
    Server::start(move |_, request| match token(request).as_deref() {
        None => Reply::json(200, json!({"list": ["a", "b"], "nextPageToken": "é&2"}).to_string()),
        Some("é&2") => Reply::json(200, json!({"nextPageToken": "3"}).to_string()),
        Some("3") => Reply::json(200, json!({"list": ["c"], "nextPageToken": ""}).to_string()),
        Some(other) => Reply::json(400, json!({"token": other}).to_string()),
    })
    .await
}

fn in_query(request: &Recorded) -> Option<String> {
    let url = url::Url::parse(&format!("http://test{}", request.target())).unwrap();
    url.query_pairs().find(|(name, _)| name == "page_token").map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_token_goes_into_the_query_beside_the_other_parameters() {
    let server = tokens(in_query).await;
    let client = client(&server);
    assert_eq!(all(client.pages().by_query().filter("x y").items()).await, ["a", "b", "c"]);
    let expected = [
        "/pages/query?filter=x%20y",
        "/pages/query?filter=x%20y&page_token=%C3%A9%262",
        "/pages/query?filter=x%20y&page_token=3",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn a_token_goes_into_the_body_beside_the_other_members() {
    fn in_body(request: &Recorded) -> Option<String> {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body["name"], "n");
        body["pageToken"].as_str().map(str::to_owned)
    }
    let server = tokens(in_body).await;
    let client = client(&server);
    let body = ByBodyRequestBody::default().with_name("n".to_owned());
    assert_eq!(all(client.pages().by_body(&body).items()).await, ["a", "b", "c"]);
    assert_eq!(server.requests().len(), 3);
    let types = server.requests();
    assert!(types.iter().all(|one| one.header("content-type") == Some("application/json")));
}

#[tokio::test]
async fn an_address_is_followed_on_the_same_server() {
    let server = Server::start(|number, _| {
        let next = ["/pages/address?at=2", "?at=3", ""][number];
        let next = if next.is_empty() { Value::Null } else { json!(next) };
        Reply::json(200, json!({"rows": [number], "meta": {"next_page_uri": next}}).to_string())
    })
    .await;
    assert_eq!(all(client(&server).pages().by_address().items()).await, [0, 1, 2]);
    assert_eq!(targets(&server), ["/pages/address", "/pages/address?at=2", "/pages/address?at=3"]);
}

#[tokio::test]
async fn an_address_on_another_server_gets_no_request() {
    let other = Server::always(Reply::json(200, "{}")).await;
    let next = format!("{}/pages/address?at=2", other.url());
    let body = json!({"rows": [1], "meta": {"next_page_uri": next}}).to_string();
    let server = Server::always(Reply::json(200, body)).await;
    let mut pages = client(&server).pages().by_address().pages();
    assert!(pages.next().await.unwrap().is_some());
    let error = pages.next().await.fails();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(error.to_string().contains("on another server"), "{error}");
    assert!(pages.next().await.unwrap().is_none());
    assert!(other.requests().is_empty());
}

#[tokio::test]
async fn an_address_with_a_user_name_gets_no_request() {
    for user in ["me:word", "word", ":word"] {
        let server = Server::start(move |_, request| {
            let host = request.header("host").unwrap();
            let meta = json!({"next_page_uri": format!("http://{user}@{host}/pages/address?at=2")});
            Reply::json(200, json!({"rows": [1], "meta": meta}).to_string())
        })
        .await;
        let mut pages = client(&server).pages().by_address().pages();
        assert!(pages.next().await.unwrap().is_some());
        let error = pages.next().await.fails();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(error.to_string().contains("a user name or a password"), "{error}");
        assert!(pages.next().await.unwrap().is_none());
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_header_link_is_followed_until_there_is_none() {
    let server = Server::start(|number, _| {
        let link = [
            "link: <https://x.test/a,b;c>; title=\"<x>; rel=next, \\\" \"; rel=\"prev\", \
             </pages/link?page=2>; title=\"a,b\"; REL=\"last next\"",
            "link: </pages/link?page=1>; rel=prev\r\nlink: </pages/link?page=3>; rel=next",
            "link: </pages/link?page=1>; rel=\"first\"; rel=\"next\"",
        ];
        Reply::new(200, &["content-type: application/json", link[number]], r#"["x"]"#)
    })
    .await;
    assert_eq!(all(client(&server).pages().by_link().items()).await.len(), 3);
    assert_eq!(targets(&server), ["/pages/link", "/pages/link?page=2", "/pages/link?page=3"]);
}

/// Answers with a page while there are any.
async fn counted(sizes: &'static [usize]) -> Server {
    Server::start(move |number, _| {
        let page = vec!["x"; sizes.get(number).copied().unwrap_or_default()];
        Reply::json(200, json!(page).to_string())
    })
    .await
}

#[tokio::test]
async fn numbers_and_offsets_count_from_what_the_caller_asks_for() {
    let server = counted(&[2, 2, 1]).await;
    assert_eq!(all(client(&server).pages().by_number().items()).await.len(), 5);
    let plain = "/pages/number";
    assert_eq!(
        targets(&server),
        [plain, "/pages/number?page=2", "/pages/number?page=3", "/pages/number?page=4"]
    );

    let server = counted(&[1]).await;
    assert_eq!(all(client(&server).pages().by_number().page(7).items()).await.len(), 1);
    assert_eq!(targets(&server), ["/pages/number?page=7", "/pages/number?page=8"]);

    let server = counted(&[2, 3]).await;
    assert_eq!(all(client(&server).pages().by_offset().items()).await.len(), 5);
    let plain = "/pages/offset";
    assert_eq!(targets(&server), [plain, "/pages/offset?offset=2", "/pages/offset?offset=5"]);

    let server = counted(&[2]).await;
    assert_eq!(all(client(&server).pages().by_offset().offset(10).items()).await.len(), 2);
    assert_eq!(targets(&server), ["/pages/offset?offset=10", "/pages/offset?offset=12"]);
}

fn kind(error: &Error) -> &DecodeErrorKind {
    match error {
        Error::Decode(error) => error.kind(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_page_that_names_itself_ends_in_an_error() {
    let server = Server::always(Reply::json(200, r#"{"list":["a"],"nextPageToken":"t"}"#)).await;
    let mut pages = client(&server).pages().by_query().pages();
    // The page may be the last one of a server that repeats what it was sent, so it is not lost.
    assert!(pages.next().await.unwrap().is_some());
    assert!(pages.next().await.unwrap().is_some());
    let error = pages.next().await.fails();
    assert_eq!(kind(&error), &DecodeErrorKind::SamePage);
    assert!(error.to_string().contains("names its own page"), "{error}");
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn more_pages_than_the_bound_are_an_error_and_not_an_end() {
    let server = Server::start(|number, _| {
        Reply::json(200, json!({"list": ["a"], "nextPageToken": number.to_string()}).to_string())
    })
    .await;
    let mut items = client(&server).pages().by_query().items().limit(2);
    assert_eq!(items.next().await.unwrap().as_deref(), Some("a"));
    assert_eq!(items.next().await.unwrap().as_deref(), Some("a"));
    let error = items.next().await.fails();
    assert_eq!(kind(&error), &DecodeErrorKind::TooManyPages { limit: 2 });
    assert!(items.next().await.unwrap().is_none());
    assert_eq!(items.token(), Some("1"), "where to go on");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn reading_goes_on_with_the_page_that_failed() {
    let server = Server::start(|number, request| match (number, in_query(request).as_deref()) {
        (1, _) => Reply::json(503, "{}"),
        (_, None) => Reply::json(200, r#"{"list":["a"],"nextPageToken":"2"}"#),
        (_, Some(_)) => Reply::json(200, r#"{"list":["b"]}"#),
    })
    .await;
    let client = client(&server);
    let mut pages = client.pages().by_query().pages();
    assert_eq!(pages.token(), None);
    let first: Page = pages.next().await.unwrap().unwrap().into_inner();
    assert_eq!(first.list.unwrap(), ["a"]);
    assert_eq!(pages.next().await.fails().status().unwrap(), 503);
    assert!(pages.next().await.unwrap().is_none());
    let token = pages.token().unwrap().to_owned();
    assert_eq!(all(client.pages().by_query().items().resume(token)).await, ["b"]);
}

#[tokio::test]
async fn a_dropped_future_loses_no_page() {
    use std::time::Duration;
    let wait = Duration::from_millis(60);
    let server = Server::start(move |_, request| match in_query(request) {
        None => Reply::json(200, r#"{"list":["a"],"nextPageToken":"2"}"#).after(wait),
        Some(_) => Reply::json(200, r#"{"list":["b"]}"#).after(wait),
    })
    .await;
    let mut items = client(&server).pages().by_query().items();
    let mut found = Vec::new();
    loop {
        match tokio::time::timeout(Duration::from_millis(7), items.next()).await.seen() {
            Err(_) => {}
            Ok(item) => match item.unwrap() {
                Some(item) => found.push(item),
                None => break,
            },
        }
    }
    assert_eq!(found, ["a", "b"]);
    assert_eq!(server.requests().len(), 2, "each page is asked for once");
}

#[tokio::test]
async fn nothing_of_a_token_shows() {
    let server =
        Server::always(Reply::json(200, r#"{"list":["a"],"nextPageToken":"s3cret"}"#)).await;
    let mut pages = client(&server).pages().by_query().pages();
    pages.next().await.unwrap();
    pages.next().await.unwrap();
    assert!(!format!("{pages:?}").contains("s3cret"));
    let error = pages.next().await.fails();
    assert!(!format!("{error} {error:?}").contains("s3cret"));
}
