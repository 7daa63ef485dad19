//! What the tests share: an API, clients of a test server, and requests.

use std::time::Duration;

use oasmith_templates::runtime::{
    Api, Client, ClientAuthentication, ClientBuilder, ClientCredentials, Credentials, NoBody,
    Request, RetryPolicy, ServerVariable, Verb,
};
use serde_json::Value;

use crate::support::scan::debugs;
pub(crate) use crate::support::scan::shown;
use crate::support::{Reply, Server};

pub(crate) static API: Api = Api {
    title: "Test API",
    user_agent: "oasmith-test/1.0",
    server: Some("https://{tenant}.example.test"),
    variables: &[ServerVariable { name: "tenant", default: None }],
    token_url: Some("/auth/v1/token"),
    keys: &[],
    security: &[],
};

/// The token of a client that is given one. No test may find it in a message.
pub(crate) const BEARER: &str = "static-bearer-token-5f1c";

/// The secret of a client that signs in with one.
pub(crate) const SECRET: &str = "client-secret-9d27";

/// A builder of a client without retries, so that each test sees what it asked for.
pub(crate) fn builder(server: &Server) -> ClientBuilder {
    ClientBuilder::new(&API).base_url(server.url()).retry(RetryPolicy::never())
}

/// A client with a static token.
pub(crate) fn client(server: &Server) -> Client {
    debugs(builder(server).auth(Credentials::bearer(BEARER)).build().unwrap())
}

/// A client that fetches its tokens from the same server.
pub(crate) fn oauth_client(server: &Server) -> Client {
    debugs(builder(server).auth(secret_post()).build().unwrap())
}

pub(crate) fn secret_post() -> ClientCredentials {
    ClientCredentials::new("client-1", ClientAuthentication::SecretPost(SECRET.into()))
}

/// `GET /items/{id}` with the id 7.
pub(crate) fn get(client: &Client) -> Request<NoBody, Value> {
    Request::new(client, Verb::Get, "/items/{id}").operation("items.get").path("id", 7)
}

/// `POST /items` with a body.
pub(crate) fn post(client: &Client) -> Request<Value, Value> {
    let request = Request::new(client, Verb::Post, "/items").operation("items.create");
    request.body(serde_json::json!({"name": "n"}))
}

/// A token answer.
pub(crate) fn token(text: &str, expires_in: u32) -> Reply {
    Reply::json(
        200,
        format!(r#"{{"access_token":"{text}","token_type":"Bearer","expires_in":{expires_in}}}"#),
    )
}

/// Lets this much time pass at once, for this process. It must not be in the middle of an exchange.
pub(crate) async fn skip(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}
