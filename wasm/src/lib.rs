//! What smoke.mjs calls: functions that make calls from WebAssembly and say what came of them.
//!
//! Each takes the URL of a server on this machine, which smoke.mjs is, and gives a text that it expects.

use std::future::Future;
use std::time::Duration;

use conductorone::api::connector_owners_v2::GetUserOwnerParams;
use oasmith_templates::runtime::{
    Api, Client, ClientAuthentication, ClientBuilder, ClientCredentials, Error, NoBody, Request,
    Response, RetryPolicy, Turn, Verb,
};
use oasmith_templates::wait;
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

static API: Api = Api {
    title: "Smoke",
    user_agent: "oasmith-smoke/1.0",
    server: None,
    variables: &[],
    token_url: Some("/token"),
    keys: &[],
    security: &[],
};

fn builder(url: &str) -> ClientBuilder {
    let policy = RetryPolicy::new().with_backoff(Duration::from_millis(20), Duration::from_secs(1));
    ClientBuilder::new(&API).base_url(url).retry(policy)
}

fn get(client: &Client, path: &'static str) -> Request<NoBody, Value> {
    Request::new(client, Verb::Get, path).operation("get").anonymous()
}

fn text(answer: Response<Value>) -> String {
    answer.into_inner().to_string()
}

/// That a future is one that may be sent to another thread, as those of calls are everywhere.
fn sendable<F: Future + Send>(future: F) -> F {
    future
}

fn told<T>(result: Result<T, Error>, value: impl FnOnce(T) -> String) -> String {
    match result {
        Ok(answer) => value(answer),
        Err(Error::Api(error)) => {
            format!("Api {}: {}", error.status(), error.message().unwrap_or_default())
        }
        Err(Error::Timeout(error)) => format!("Timeout {:?}", error.limit()),
        Err(Error::Transport(error)) => {
            let source = std::error::Error::source(&*error).map(ToString::to_string);
            format!("Transport {:?}: {}", error.kind(), source.unwrap_or_default())
        }
        Err(error) => format!("{error}"),
    }
}

async fn got(url: &str, path: &'static str) -> String {
    match builder(url).build() {
        Ok(client) => told(sendable(get(&client, path).send()).await, text),
        Err(error) => error.to_string(),
    }
}

/// `GET` of a path with the usual retries.
#[wasm_bindgen]
pub async fn read(url: String, path: String) -> String {
    got(&url, path.leak()).await
}

/// `POST` of a body, whose answer is the same.
#[wasm_bindgen]
pub async fn write(url: String) -> String {
    let Ok(client) = builder(&url).build() else { return String::new() };
    let request = Request::<Value, Value>::new(&client, Verb::Post, "/echo").anonymous();
    let request = request.idempotency_key("Idempotency-Key").header("x-text", "a b");
    let body = json!({"text": "ü", "number": 7});
    told(request.body(body).send().await, text)
}

/// A call that may take 200 ms.
#[wasm_bindgen]
pub async fn hurry(url: String, path: String) -> String {
    let client = builder(&url).timeout(Duration::from_millis(200)).build();
    let Ok(client) = client else { return String::new() };
    told(get(&client, path.leak()).send().await, text)
}

/// A call whose attempts may take 100 ms each.
#[wasm_bindgen]
pub async fn attempts(url: String, path: String) -> String {
    let client = builder(&url).attempt_timeout(Duration::from_millis(100)).build();
    let Ok(client) = client else { return String::new() };
    told(get(&client, path.leak()).send().await, text)
}

/// Three calls that sign in: two after each other, and one when the token has run out.
#[wasm_bindgen]
pub async fn sign_in(url: String) -> String {
    let secret = ClientAuthentication::SecretBasic("secret".to_owned().into());
    let client = builder(&url).auth(ClientCredentials::new("smoke", secret)).build();
    let Ok(client) = client else { return String::new() };
    let who = || Request::<NoBody, Value>::new(&client, Verb::Get, "/who").send();
    let mut seen = [who().await, who().await].map(|one| told(one, text)).to_vec();
    // The second poll comes when the token has run out.
    let mut polls = 0;
    let waiting = wait::until(
        || async { Ok(()) },
        move |()| {
            polls += 1;
            polls > 1
        },
    );
    let token_time = Duration::from_millis(2_100);
    if let Err(error) = waiting.backoff(token_time, token_time).await {
        return error.to_string();
    }
    seen.push(told(who().await, text));
    seen.join(" ")
}

/// All items of a listing in pages.
#[wasm_bindgen]
pub async fn list(url: String) -> String {
    let Ok(client) = builder(&url).build() else { return String::new() };
    let turn = Turn::Query("token", |page: &Value| page["next"].as_str());
    let mut pages = get(&client, "/pages").pages(turn);
    let mut items = Vec::new();
    loop {
        match pages.next().await {
            Ok(Some(page)) => items.push(page.into_inner()["item"].to_string()),
            Ok(None) => return items.join(" "),
            Err(error) => return told(Err(error), |()| String::new()),
        }
    }
}

/// Pieces of a download, of which it reads so many; the rest is dropped.
#[wasm_bindgen]
pub async fn download(url: String, path: String, pieces: usize) -> String {
    let client = builder(&url).idle_timeout(Duration::from_millis(300)).build();
    let Ok(client) = client else { return String::new() };
    let request = Request::<NoBody, ()>::new(&client, Verb::Get, path.leak());
    let answer = match request.anonymous().reads_download().send().await {
        Ok(answer) => answer,
        Err(error) => return told(Err(error), |()| String::new()),
    };
    let mut download = answer.into_inner();
    let mut read = String::new();
    for _ in 0..pieces {
        match download.chunk().await {
            Ok(Some(bytes)) => read.push_str(&String::from_utf8_lossy(&bytes)),
            Ok(None) => return read + " end",
            Err(error) => return read + " " + &told(Err(error), |()| String::new()),
        }
    }
    read
}

/// A call of the generated crate, which signs in with an assertion.
#[wasm_bindgen]
pub async fn generated(url: String, id: String, secret: String) -> String {
    let credentials = conductorone::Credentials::from_client_id_and_secret(id, secret);
    let client = credentials.and_then(|credentials| {
        conductorone::Client::builder().base_url(url).auth(credentials).build()
    });
    let client = match client {
        Ok(client) => client,
        Err(error) => return error.to_string(),
    };
    let owners = client.connector_owners_v2();
    let call = owners.get_user_owner(GetUserOwnerParams {
        app_id: "app",
        connector_id: "connector",
        role_slug: "owner",
        user_ref_id: "zoe",
    });
    match sendable(call.send()).await {
        Ok(answer) => {
            let owner = answer.into_inner().connector_owner_user.and_then(|owner| owner.user);
            owner.and_then(|user| user.display_name).unwrap_or_default()
        }
        Err(error) => error.to_string(),
    }
}
