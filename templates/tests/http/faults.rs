//! What a caller sees of each fault of the network, for each kind of operation: the table of
//! `docs/faults.md`, which `UPDATE=1 cargo test -p oasmith-templates --test http faults` writes anew.
//!
//! Between client and server stands a proxy of ours. In each cell, the fault comes once and then for ever;
//! the server counts what it was asked to do. All values are compared, and a call that hangs fails the
//! test.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use oasmith_templates::runtime::{
    Body, Client, ClientBuilder, Credentials, Download, Error, EventStream, NoBody, Request,
    RetryPolicy, Turn, Verb,
};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::proxy::{Fault, Proxy};
use crate::setup::{API, BEARER, secret_post, shown, token};
use crate::streams::Pieces;
use crate::support::{Fails as _, Recorded, Reply, Server};

const FAULTS: [(Fault, &str); 9] = [
    (Fault::Reset, "reset before the server has seen it"),
    (Fault::Lost, "reset instead of the answer"),
    (Fault::Stall, "no answer within the time of the attempt"),
    (Fault::Cut, "closed in the middle of the answer"),
    (Fault::Refused(429, 1), "`429` with `Retry-After: 1`"),
    (Fault::Refused(503, 1), "`503` with `Retry-After: 1`"),
    (Fault::Failed, "`500` after the work was done"),
    (Fault::Twice, "the request arrives twice"),
    (Fault::Late, "the answer is late"),
];

const OPERATIONS: [&str; 10] = [
    "`GET`",
    "`PUT`",
    "`POST`",
    "`POST` with `Idempotency-Key`",
    "`PUT` of a stream",
    "token request of a `GET`",
    "second page of a listing",
    "download",
    "events",
    "events with `reconnect`",
];

/// More than any call may take.
const HUNG: Duration = Duration::from_secs(60);

/// What the server does.
fn answer(request: &Recorded) -> Reply {
    let item = r#"{"id":"7","name":"all of it"}"#;
    match request.target() {
        "/auth/v1/token" => token("a-token", 3600),
        "/list" => Reply::json(200, r#"{"items":[1,2],"next":"b"}"#),
        "/list?token=b" => Reply::json(200, r#"{"items":[3,4],"next":"c"}"#),
        "/list?token=c" => Reply::json(200, r#"{"items":[5,6]}"#),
        "/events" => {
            let (one, two) = ("id: 1\ndata: one\n\n", "id: 2\ndata: two\n\n");
            let events = match request.header("last-event-id") {
                None => [one, two].concat(),
                Some("1") => two.to_owned(),
                Some(_) => return Reply::new(204, &[], ""),
            };
            Reply::new(200, &["content-type: text/event-stream"], events)
        }
        _ => Reply::json(200, item),
    }
}

async fn call(operation: &str, client: &Client) -> Result<Value, Error> {
    let item = |verb| Request::<Value, Value>::new(client, verb, "/item").operation("item");
    let body = json!({"name": "n"});
    Ok(match operation {
        "`PUT`" => item(Verb::Put).body(body).send().await?.into_inner(),
        "`POST`" => item(Verb::Post).body(body).send().await?.into_inner(),
        "`POST` with `Idempotency-Key`" => item(Verb::Post)
            .idempotency_key("Idempotency-Key")
            .body(body)
            .send()
            .await?
            .into_inner(),
        "`PUT` of a stream" => {
            let pieces = Pieces::of(["one", "two"]);
            let request = Request::<Body, Value>::new(client, Verb::Put, "/item").operation("item");
            request.bytes("text/plain", Body::stream(pieces)).send().await?.into_inner()
        }
        "second page of a listing" => {
            let next: fn(&Value) -> Option<&str> = |page| page.get("next")?.as_str();
            let take: fn(Value) -> Vec<Value> = |page| page["items"].as_array().unwrap().clone();
            let list = Request::<NoBody, Value>::get(client, "/list").operation("list");
            let mut items = list.pages(Turn::Query("token", next)).items(take);
            let mut all = Vec::new();
            while let Some(item) = items.next().await? {
                all.push(item);
            }
            all.into()
        }
        "download" => {
            let file = Request::<NoBody, ()>::get(client, "/item").operation("file");
            let file: Download = file.reads_download().send().await?.into_inner();
            serde_json::from_slice(&file.bytes(1024).await?).unwrap()
        }
        "events" | "events with `reconnect`" => {
            let watch = Request::<NoBody, ()>::get(client, "/events").operation("watch");
            let mut events: EventStream<String> =
                watch.reads_text_events().send().await?.into_inner();
            if operation != "events" {
                events.reconnect(policy())?;
            }
            let mut all = Vec::new();
            while let Some(event) = events.next().await? {
                all.push(event.data.into());
            }
            Value::Array(all)
        }
        _ => item(Verb::Get).send().await?.into_inner(),
    })
}

/// What the call gives if all is well.
fn expected(operation: &str) -> Value {
    match operation {
        "second page of a listing" => json!([1, 2, 3, 4, 5, 6]),
        "events" | "events with `reconnect`" => json!(["one", "two"]),
        _ => json!({"id": "7", "name": "all of it"}),
    }
}

fn policy() -> RetryPolicy {
    RetryPolicy::new().with_attempts(3).with_backoff(Duration::ZERO, Duration::ZERO)
}

/// What the caller sees, and how often the server was asked for what the fault is about.
async fn cell(fault: Fault, operation: &'static str, is_once: bool) -> String {
    let server = Server::start(|_, request| answer(request)).await;
    let address = server.url().strip_prefix("http://").unwrap().parse().unwrap();
    let first = usize::from(operation == "second page of a listing");
    let is_token = operation == "token request of a `GET`";
    let proxy = Proxy::start(address, move |number| {
        let has_fault = if is_once { number == first } else { number >= first };
        if has_fault { fault } else { Fault::None }
    })
    .await;
    let builder = ClientBuilder::new(&API)
        .base_url(proxy.url())
        .retry(policy())
        .attempt_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_secs(3));
    let builder = if is_token {
        builder.auth(secret_post())
    } else {
        builder.auth(Credentials::bearer(BEARER))
    };
    let client = builder.build().unwrap();
    let result = timeout(HUNG, call(operation, &client)).await;
    let Ok(result) = result else { panic!("{fault:?}, {operation}, once {is_once}: it hangs") };
    let target = match operation {
        "second page of a listing" => "/list?token=b",
        "events" | "events with `reconnect`" => "/events",
        _ if is_token => "/auth/v1/token",
        _ => "/item",
    };
    let requests = server.requests();
    let asked = requests.iter().filter(|request| request.target() == target).count();
    let keys: BTreeMap<&str, usize> =
        requests.iter().filter_map(|one| Some((one.header("idempotency-key")?, 1))).collect();
    assert!(keys.len() <= 1, "one key for all attempts: {keys:?}");
    let seen = match result.seen() {
        Ok(value) => {
            assert_eq!(value, expected(operation), "{fault:?} {operation}: a short success");
            "value".to_owned()
        }
        Err(error) => {
            let kind = match &error {
                Error::Transport(error) => format!("`Transport({:?})`", error.kind()),
                Error::Timeout(_) => "`Timeout`".to_owned(),
                Error::Api(error) => format!("`Api({})`", error.status().as_u16()),
                Error::Auth(_) => "`Auth`".to_owned(),
                Error::Build(_) | Error::Decode(_) => panic!("{}", shown(&error)),
                _ => panic!("{error}"),
            };
            format!("{kind}, {} tried", error.attempts())
        }
    };
    format!("{seen}; server {asked}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_table_of_faults_is_what_callers_see() {
    // So many at once that none is late because of the others.
    let (mut cells, places) = (JoinSet::new(), Arc::new(Semaphore::new(16)));
    for (at, (fault, _)) in FAULTS.into_iter().enumerate() {
        for (column, operation) in OPERATIONS.into_iter().enumerate() {
            let places = Arc::clone(&places);
            cells.spawn(async move {
                let _place = places.acquire().await;
                let once = cell(fault, operation, true).await;
                let always = cell(fault, operation, false).await;
                let both = if once == always { once } else { format!("{once} / {always}") };
                ((at, column), both)
            });
        }
    }
    let all: BTreeMap<(usize, usize), String> = cells.join_all().await.into_iter().collect();
    let mut table = String::from(INTRODUCTION);
    for (column, operation) in OPERATIONS.iter().enumerate() {
        writeln!(table, "\n## {operation}\n\n| fault | once | for ever |\n| --- | --- | --- |")
            .unwrap();
        for (at, (_, fault)) in FAULTS.iter().enumerate() {
            let both = &all[&(at, column)];
            let (once, always) = both.split_once(" / ").unwrap_or((both, both));
            writeln!(table, "| {fault} | {once} | {always} |").unwrap();
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/faults.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    assert_eq!(written, table, "UPDATE=1 writes it anew");
}

const INTRODUCTION: &str = "\
# What a caller sees of the network's faults

Written by `templates/tests/http/faults.rs`, which does all this to a client with three attempts, and
compares. A cell says what the call gave: `value`, which is whole and right, or the error and how often it
was tried; and how often the server was asked. \"Once\" is a fault of the first attempt, \"for ever\" of all.
";
