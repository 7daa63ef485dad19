//! Calls of all kinds for ten minutes through a proxy that does something to every fourth request:
//! whether the totals are right in the end, and how much memory it takes.
//!
//! `cargo run --release -p oasmith-templates --example soak [SECONDS [WORKERS]]`. It ends with an error where
//! a call gives what the server did not do, where something was done twice that must not be, where
//! something was done for nobody, or where a call takes longer than it may. What was done and told is kept, some 50 bytes for each call.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oasmith_templates::runtime::{
    Api, Client, ClientAuthentication, ClientBuilder, ClientCredentials, Error, NoBody, Request,
    RetryPolicy, Verb,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

#[path = "../tests/support/proxy.rs"]
mod proxy;

use proxy::{Fault, Proxy};

static API: Api = Api {
    title: "Soak",
    user_agent: "soak",
    server: None,
    variables: &[],
    token_url: Some("/token"),
    keys: &[],
    security: &[],
};

/// How long a token lasts.
const LIFETIME: Duration = Duration::from_secs(2);

/// How long a call may take.
const LIMIT: Duration = Duration::from_secs(5);

/// What the server has done.
#[derive(Default)]
struct Done {
    tokens: BTreeMap<String, Instant>,
    /// What was written under an idempotency key, by the key.
    keyed: BTreeMap<u128, u64>,
    /// What was written without one, and how often.
    unkeyed: BTreeMap<u64, u32>,
    put: BTreeSet<u64>,
    requests: u64,
    refused: u64,
}

/// What the callers were told.
#[derive(Default)]
struct Told {
    calls: AtomicU64,
    values: AtomicU64,
    errors: Mutex<BTreeMap<String, u64>>,
    written: Mutex<BTreeMap<&'static str, BTreeSet<u64>>>,
    slowest: Mutex<Duration>,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |at: usize, usual| arguments.get(at).map_or(usual, |text| text.parse().unwrap());
    let (time, workers) = (Duration::from_secs(number(1, 600)), number(2, 64));
    let done = Arc::new(Mutex::new(Done::default()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let server = listener.local_addr().unwrap();
    tokio::spawn(serve(listener, Arc::clone(&done)));
    let proxy = Proxy::start(server, fault).await;
    let secret = ClientAuthentication::SecretPost("secret".into());
    let client = ClientBuilder::new(&API)
        .base_url(proxy.url())
        .auth(ClientCredentials::new("soak", secret))
        .timeout(LIMIT)
        .attempt_timeout(Duration::from_millis(500))
        .retry(
            RetryPolicy::new()
                .with_attempts(5)
                .with_backoff(Duration::from_millis(5), Duration::from_millis(100)),
        )
        .build()
        .unwrap();

    let told = Arc::new(Told::default());
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for worker in 0..workers {
        tasks.spawn(work(client.clone(), worker, end, Arc::clone(&told)));
    }
    for tenth in 1..=10 {
        tokio::time::sleep(time / 10).await;
        let (calls, memory) = (told.calls.load(Relaxed), resident());
        println!("{tenth:>2} of 10: {calls:>8} calls, {memory} MB resident");
    }
    tasks.join_all().await;
    report(&told, &done.lock().unwrap());
}

/// Every fourth request has one of the faults.
fn fault(number: usize) -> Fault {
    let faults = [
        Fault::Reset,
        Fault::Lost,
        Fault::Cut,
        Fault::Refused(429, 0),
        Fault::Refused(503, 0),
        Fault::Failed,
        Fault::Late,
        Fault::Stall,
    ];
    // A multiplicative hash, so that neighbours differ.
    let hash = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    let at = usize::try_from(hash / 4 % 8).unwrap();
    if hash.is_multiple_of(4) { faults[at] } else { Fault::None }
}

async fn work(client: Client, worker: u64, end: Instant, told: Arc<Told>) {
    for turn in 0_u64.. {
        if Instant::now() >= end {
            return;
        }
        let name = worker << 32 | turn;
        let kind =
            ["get", "put", "keyed", "unkeyed"][usize::try_from((worker + turn) % 4).unwrap()];
        let start = Instant::now();
        let result = call(&client, kind, name).await;
        let took = start.elapsed();
        told.calls.fetch_add(1, Relaxed);
        let mut slowest = told.slowest.lock().unwrap();
        *slowest = took.max(*slowest);
        drop(slowest);
        match result {
            Ok(value) => {
                assert_eq!(value, json!({ "name": name }), "another call's answer");
                told.values.fetch_add(1, Relaxed);
                told.written.lock().unwrap().entry(kind).or_default().insert(name);
            }
            Err(error) => {
                let what = match &error {
                    Error::Transport(error) => format!("{kind}: {}", error.kind()),
                    Error::Api(error) => format!("{kind}: {}", error.status()),
                    Error::Timeout(_) => format!("{kind}: timeout"),
                    other => format!("{kind}: {other}"),
                };
                *told.errors.lock().unwrap().entry(what).or_default() += 1;
            }
        }
    }
}

async fn call(client: &Client, kind: &str, name: u64) -> Result<Value, Error> {
    let request = |verb| Request::<Value, Value>::new(client, verb, "/items/{name}");
    let body = json!({ "name": name });
    let answer = match kind {
        "get" => {
            let get = Request::<NoBody, Value>::get(client, "/items/{name}");
            get.path("name", name).send().await
        }
        "put" => request(Verb::Put).path("name", name).body(body).send().await,
        "keyed" => {
            let keyed = request(Verb::Post).idempotency_key("Idempotency-Key");
            keyed.path("name", name).body(body).send().await
        }
        _ => request(Verb::Post).path("name", name).body(body).send().await,
    };
    Ok(answer?.into_inner())
}

async fn serve(listener: TcpListener, done: Arc<Mutex<Done>>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream, Arc::clone(&done)));
    }
}

async fn answer(mut stream: TcpStream, done: Arc<Mutex<Done>>) {
    let Ok(request) = proxy::read(&mut stream).await else { return };
    let text = String::from_utf8(request).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let (status, body) = act(head, &mut done.lock().unwrap());
    let length = body.len();
    let answer = format!("HTTP/1.1 {status} Soak\r\ncontent-length: {length}\r\n\r\n{body}");
    let _ = stream.write_all(answer.as_bytes()).await;
}

/// Does what the request asks for, and tells the status and the body.
fn act(head: &str, done: &mut Done) -> (u16, String) {
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let mut line = head.split(' ');
    let (method, target) = (line.next().unwrap(), line.next().unwrap());
    if target == "/token" {
        let token = format!("token-{}", done.tokens.len());
        let seconds = LIFETIME.as_secs();
        let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": seconds});
        done.tokens.insert(token, Instant::now() + LIFETIME);
        return (200, body.to_string());
    }
    done.requests += 1;
    let token = header("authorization: Bearer ").unwrap();
    if done.tokens[token] < Instant::now() {
        done.refused += 1;
        return (401, "{}".to_owned());
    }
    let name: u64 = target.strip_prefix("/items/").unwrap().parse().unwrap();
    match (method, header("idempotency-key: ")) {
        ("POST", Some(key)) => {
            let key = u128::from_str_radix(&key.replace('-', ""), 16).unwrap();
            let before = done.keyed.insert(key, name);
            assert!(before.is_none_or(|before| before == name), "a key of two calls");
        }
        ("POST", None) => *done.unkeyed.entry(name).or_default() += 1,
        ("PUT", _) => {
            done.put.insert(name);
        }
        _ => {}
    }
    (200, json!({ "name": name }).to_string())
}

/// Compares what was told with what was done.
fn report(told: &Told, done: &Done) {
    let written = told.written.lock().unwrap();
    let (calls, values) = (told.calls.load(Relaxed), told.values.load(Relaxed));
    let errors = told.errors.lock().unwrap();
    let failed: u64 = errors.values().sum();
    let slowest = *told.slowest.lock().unwrap();
    println!("{calls} calls, {values} values, {failed} errors, the slowest took {slowest:?}");
    println!("{} requests, {} tokens, {} refused", done.requests, done.tokens.len(), done.refused);
    errors.iter().for_each(|(error, count)| println!("  {count:>7} {error}"));
    assert_eq!(calls, values + failed);
    assert!(slowest < LIMIT + Duration::from_secs(2), "a call that took longer than it may");

    // A key of its own for each call, however often it was sent.
    let keyed: BTreeSet<&u64> = done.keyed.values().collect();
    assert_eq!(keyed.len(), done.keyed.len(), "two keys of one call");
    assert!(written["keyed"].iter().all(|name| keyed.contains(name)), "lost");
    assert!(written["put"].iter().all(|name| done.put.contains(name)), "lost");
    assert!(written["unkeyed"].iter().all(|name| done.unkeyed.contains_key(name)), "lost");
    let twice = done.unkeyed.values().filter(|count| **count > 1).count();
    assert_eq!(twice, 0, "done twice, although nothing said that it may be");
    let idempotent = errors.keys().filter(|what| !what.starts_with("unkeyed"));
    println!("kinds of errors of calls that may be repeated: {}", idempotent.count());
    println!("the totals are right");
}

/// The memory that the process has, in MB; 0 where that is not known.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4096 / 1_000_000
}
