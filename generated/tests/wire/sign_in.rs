//! Signing in with a client id and its secret, from the environment to the header of a call.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use conductorone::models::google::rpc::Status;
use conductorone::runtime::AuthErrorKind;
use conductorone::{Client, Credentials, Error};
use tokio::task::JoinSet;

use crate::operations::{Operation, plain};
use crate::setup::{builder, get_user_owner, shown};
use crate::support::{Fails as _, Recorded, Reply, Server};
use crate::token_endpoint::{ACCOUNT, Account, TokenEndpoint, secret_of};

fn is_token_request(request: &Recorded) -> bool {
    request.target() == "/auth/v1/token"
}

/// A server with a token endpoint; `call` answers everything else.
async fn server(
    expires_in: u32,
    call: impl Fn(&Recorded) -> Reply + Send + Sync + 'static,
) -> Server {
    let endpoint = TokenEndpoint::new(&ACCOUNT, expires_in);
    Server::start(
        move |_, request| {
            if is_token_request(request) { endpoint.answer(request) } else { call(request) }
        },
    )
    .await
}

/// Answers 401 to all but this token.
fn only(token: &'static str) -> impl Fn(&Recorded) -> Reply + Send + Sync + 'static {
    move |request| {
        if request.header("authorization") == Some(&*format!("Bearer {token}")) {
            Reply::json(200, "{}")
        } else {
            Reply::json(401, r#"{"code":16,"message":"not signed in"}"#)
        }
    }
}

fn client(server: &Server) -> Client {
    let credentials = Credentials::from_client_id_and_secret(ACCOUNT.id, ACCOUNT.secret()).unwrap();
    builder(server).auth(credentials).build().unwrap()
}

/// What was asked for, in order: `token` or the credential of a call.
fn order(server: &Server) -> Vec<String> {
    let name = |request: &Recorded| match request.header("authorization") {
        None if is_token_request(request) => "token".to_owned(),
        header => header.unwrap_or("no credential").to_owned(),
    };
    server.requests().iter().map(name).collect()
}

#[tokio::test]
async fn an_id_and_its_secret() {
    let server = server(600, only("token-1")).await;
    let client = client(&server);
    for operation in Operation::ALL {
        operation.call(&client, plain).await.unwrap();
    }
    assert_eq!(order(&server)[..2], ["token", "Bearer token-1"]);
    assert_eq!(server.requests().len(), 1 + Operation::ALL.len());
    let shown = format!("{client:?} {client:#?} {:?}", get_user_owner(&client));
    assert!(!shown.contains("token-1") && !shown.contains(&ACCOUNT.secret()[40..60]), "{shown}");
}

#[tokio::test]
async fn an_environment_with_a_server_url() {
    let server = server(600, only("token-1")).await;
    let url = server.url();
    let credentials = Credentials::from_variables(move |name| match name {
        "CONDUCTORONE_CLIENT_ID" => Some(ACCOUNT.id.to_owned()),
        "CONDUCTORONE_CLIENT_SECRET" => Some(format!("{}\n", ACCOUNT.secret())),
        "CONDUCTORONE_SERVER_URL" => Some(url.clone()),
        _ => None,
    });
    let client = Client::builder().auth(credentials.unwrap()).build().unwrap();
    assert_eq!(client.server(), server.url());
    get_user_owner(&client).send().await.unwrap();
    assert_eq!(order(&server), ["token", "Bearer token-1"]);
}

#[tokio::test]
async fn a_secret_may_be_padded_and_its_key_may_have_a_name() {
    let mut jwk = ACCOUNT.jwk();
    for member in ["", "1", "12"] {
        jwk["use"] = member.into();
        let padded = URL_SAFE.encode(jwk.to_string());
        let secret = format!("secret-token:conductorone.com:v1:{padded}");
        Credentials::from_client_id_and_secret(ACCOUNT.id, secret).unwrap();
    }
    // The endpoint of these tests refuses a header that it does not expect, and says so.
    jwk["kid"] = "key-7".into();
    let server = server(600, only("token-1")).await;
    let credentials = Credentials::from_client_id_and_secret(ACCOUNT.id, secret_of(&jwk)).unwrap();
    let client = builder(&server).auth(credentials).build().unwrap();
    let error = get_user_owner(&client).send().await.fails().to_string();
    assert!(error.contains(r#""kid": String("key-7")"#), "{error}");
}

#[tokio::test]
async fn fifty_concurrent_calls_share_one_token_request() {
    let server = server(600, only("token-1")).await;
    let client = client(&server);
    let mut calls = JoinSet::new();
    for number in 0..50 {
        let client = client.clone();
        let operation = Operation::ALL[number % Operation::ALL.len()];
        calls.spawn(async move { operation.call(&client, plain).await.map(drop) });
    }
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    let order = order(&server);
    assert_eq!(order.len(), 51);
    assert_eq!(order.iter().filter(|name| *name == "token").count(), 1);
}

#[tokio::test]
async fn fifty_concurrent_calls_share_one_new_token() {
    let server = server(600, only("token-2")).await;
    let client = client(&server);
    let mut calls = JoinSet::new();
    for _ in 0..50 {
        calls.spawn(get_user_owner(&client).send());
    }
    for outcome in calls.join_all().await {
        outcome.unwrap();
    }
    let order = order(&server);
    assert_eq!(order.iter().filter(|name| *name == "token").count(), 2);
    assert_eq!(order.iter().filter(|name| *name == "Bearer token-2").count(), 50);
}

#[tokio::test]
async fn a_token_is_used_for_as_long_as_it_lasts() {
    // One that lasts for no time serves one call.
    let server = server(0, |_| Reply::json(200, "{}")).await;
    let client = client(&server);
    for _ in 0..2 {
        get_user_owner(&client).send().await.unwrap();
    }
    assert_eq!(order(&server), ["token", "Bearer token-1", "token", "Bearer token-2"]);
}

#[tokio::test]
async fn a_401_brings_one_new_token_and_one_replay() {
    let server = server(600, only("token-2")).await;
    let client = client(&server);
    get_user_owner(&client).send().await.unwrap();
    get_user_owner(&client).send().await.unwrap();
    let expected = ["token", "Bearer token-1", "token", "Bearer token-2", "Bearer token-2"];
    assert_eq!(order(&server), expected);
    // The replay is the same request.
    let requests = server.requests();
    assert_eq!((&requests[1].line, &requests[1].body), (&requests[3].line, &requests[3].body));
}

#[tokio::test]
async fn a_second_401_is_the_servers_error() {
    let server = server(600, only("never")).await;
    let error = get_user_owner(&client(&server)).send().await.fails();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.as_api().unwrap().body::<Status>().unwrap().code, Some(16));
    assert_eq!(order(&server), ["token", "Bearer token-1", "token", "Bearer token-2"]);
    let shown = shown(&error);
    assert!(!shown.contains("token-1") && !shown.contains("token-2"), "{shown}");
}

#[tokio::test]
async fn a_wrong_key_shows_the_oauth_error_pair() {
    let server = server(600, only("token-1")).await;
    let other = Account { seed: [43; 32], ..ACCOUNT };
    let credentials = Credentials::from_client_id_and_secret(other.id, other.secret()).unwrap();
    let client = builder(&server).auth(credentials).build().unwrap();
    let error = get_user_owner(&client).send().await.fails();
    let expected = "the token endpoint answered 401 Unauthorized: invalid_client: \
                    the signature is not one of the client's key";
    assert_eq!(error.to_string(), expected);
    let Error::Auth(auth) = &error else { panic!("{error:?}") };
    assert_eq!(auth.oauth_error(), Some("invalid_client"));
    assert_eq!(auth.oauth_description(), Some("the signature is not one of the client's key"));
    let AuthErrorKind::Refused { status, .. } = auth.kind() else { panic!("{error:?}") };
    assert_eq!(status.as_u16(), 401);
    // The call itself was not sent.
    assert_eq!(order(&server), ["token"]);
    let (secret, shown) = (other.secret(), shown(&error));
    assert!(!shown.contains(&secret[40..60]), "{shown}");
}

#[tokio::test]
async fn a_token_endpoint_that_fails_is_asked_again_after_a_pause() {
    let (calls, endpoint) = (Arc::new(AtomicUsize::new(0)), TokenEndpoint::new(&ACCOUNT, 600));
    let counter = Arc::clone(&calls);
    let server = Server::start(move |_, request| match request.target() {
        "/auth/v1/token" if counter.fetch_add(1, Ordering::SeqCst) == 0 => {
            Reply::new(503, &["content-type: text/html"], "<html>").after(Duration::from_millis(50))
        }
        "/auth/v1/token" => endpoint.answer(request),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let client = client(&server);
    let error = get_user_owner(&client).send().await.fails();
    assert_eq!(error.to_string(), "the token endpoint answered 503 Service Unavailable");
    tokio::time::sleep(Duration::from_millis(1050)).await;
    get_user_owner(&client).send().await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_bearer_token_is_sent_as_it_is_and_never_replaced() {
    let server = server(600, only("fixed")).await;
    let bearer = |token: &str| builder(&server).auth(Credentials::bearer(token)).build().unwrap();
    get_user_owner(&bearer("fixed")).send().await.unwrap();
    let error = get_user_owner(&bearer("expired")).send().await.fails();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(order(&server), ["Bearer fixed", "Bearer expired"]);
}
