//! The transport for tests of those who use a client.

use std::sync::Arc;

use oasmith_templates::mock::{MockAnswer, MockRequest, MockTransport};
use oasmith_templates::runtime::{
    Client, ClientBuilder, Credentials, Error, NoBody, Request, TransportErrorKind, Value, Verb,
};
use serde_json::json;

use crate::retries::fast;
use crate::setup::{API, BEARER, SECRET, get, post, secret_post, shown};
use crate::support::Fails as _;

fn builder(mock: &Arc<MockTransport>) -> ClientBuilder {
    let builder = ClientBuilder::new(&API).base_url("https://api.example.test/v1").retry(fast());
    builder.transport(Arc::clone(mock))
}

fn client(mock: &Arc<MockTransport>) -> Client {
    builder(mock).auth(Credentials::bearer(BEARER)).build().unwrap()
}

#[tokio::test]
async fn expectations_answer_by_operation_and_in_their_order() {
    let mock = Arc::new(
        MockTransport::new()
            .expect("items.create", MockAnswer::json(&json!({"n": 3})).with_status(201))
            .expect("items.get", MockAnswer::status(503).with_header("retry-after", "0"))
            .expect("items.get", MockAnswer::json(&json!({"n": 1})))
            .expect("GET /items/{id}", MockAnswer::json(&json!({"n": 2})).times(2)),
    );
    let client = client(&mock);
    assert_eq!(*get(&client).send().await.unwrap(), json!({"n": 1}));
    assert_eq!(*get(&client).send().await.unwrap(), json!({"n": 2}));
    let created = post(&client).send().await.unwrap();
    assert_eq!((created.status().as_u16(), &*created), (201, &json!({"n": 3})));
    assert!(std::panic::catch_unwind(|| mock.assert_done()).is_err());
    get(&client).send().await.unwrap();
    mock.assert_done();

    let requests = mock.requests();
    let operations: Vec<&str> = requests.iter().map(MockRequest::operation).collect();
    let expected = ["items.get", "items.get", "items.get", "items.create", "items.get"];
    assert_eq!(operations, expected);
    assert_eq!(requests[0].uri(), "https://api.example.test/v1/items/7");
    assert_eq!(requests[3].method().as_str(), "POST");
    assert_eq!(requests[3].json::<Value>().unwrap(), json!({"name": "n"}));
    assert_eq!(requests[3].headers()["content-type"], "application/json");
    assert_eq!(requests[3].headers()["authorization"], "(hidden)");
    assert!(!format!("{requests:?}{mock:?}").contains(BEARER));
}

#[tokio::test]
async fn what_nobody_expects_is_a_clear_error_and_is_not_tried_again() {
    let table =
        ["items.other", "POST /items/{id}", "GET /items", "GET /other/{id}", "GET /a/b/c/d/e/{id}"];
    for operation in table {
        let mock = Arc::new(MockTransport::new().expect(operation, MockAnswer::status(200)));
        let request = get(&client(&mock)).query("key", "in the query");
        let error = request.send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!((told.kind(), error.attempts()), (&TransportErrorKind::Other, 1));
        let message = "the mock expects no request items.get (GET /v1/items/7)";
        assert!(shown(&error).contains(message), "{}", shown(&error));
        assert!(!shown(&error).contains("in the query") && !shown(&error).contains(BEARER));
        assert_eq!(mock.requests().len(), 1);
    }
}

#[tokio::test]
async fn failures_tokens_and_streams() {
    let mock = Arc::new(
        MockTransport::new()
            .expect(
                "token request",
                MockAnswer::json(&json!({"access_token": "t", "token_type": "Bearer"})).always(),
            )
            .expect("items.create", MockAnswer::failure(TransportErrorKind::Connect).times(2))
            .expect("items.create", MockAnswer::status(200).with_body("{}"))
            .expect("items.create", MockAnswer::failure(TransportErrorKind::Send))
            .expect("items.create", MockAnswer::status(99)),
    );
    let client = builder(&mock).auth(secret_post()).build().unwrap();
    post(&client).send().await.unwrap();
    for kind in [TransportErrorKind::Send, TransportErrorKind::Other] {
        let error = post(&client).send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!((told.kind(), error.attempts()), (&kind, 1));
    }
    mock.assert_done();
    assert!(!format!("{:?}{mock:?}", mock.requests()).contains(SECRET));

    let mock = Arc::new(
        MockTransport::new().expect("files.get", MockAnswer::status(200).with_body("abc")),
    );
    let client = builder(&mock).anonymous().build().unwrap();
    let request = Request::<NoBody, ()>::new(&client, Verb::Get, "/f");
    let request = request.operation("files.get").reads_download();
    let file = request.send().await.unwrap().into_inner();
    assert_eq!(file.bytes(3).await.unwrap(), "abc");
}
