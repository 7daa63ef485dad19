//! Ten thousand calls at once over tokens that expire every 800 ms: how many tokens are fetched, what
//! fails, and how much memory it takes.
//!
//! `cargo run -p oasmith-templates --example expiring_tokens [CALLS [SECONDS]]`. The server is a process of
//! its own on loopback, so that each has its own limit on open files (20,000 are enough for 10,000
//! calls). It holds each call for 10 seconds and refuses a token that has expired when the call arrives.
//! It ends with an error where a call fails, or where there are more tokens than half lifetimes.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use oasmith_templates::runtime::{
    Api, Client, ClientAuthentication, ClientBuilder, ClientCredentials, NoBody, Request,
    RetryPolicy,
};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

const LIFETIME: Duration = Duration::from_millis(800);
const HELD: Duration = Duration::from_secs(10);

static API: Api = Api {
    title: "Expiring",
    user_agent: "expiring",
    server: None,
    variables: &[],
    token_url: Some("/token"),
    keys: &[],
    security: &[],
};

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.get(1).is_some_and(|first| first == "server") {
        return serve().await;
    }
    let number = |at: usize, usual| arguments.get(at).map_or(usual, |text| text.parse().unwrap());
    measure(number(1, 10_000), Duration::from_secs(u64::from(number(2, 60)))).await;
}

/// Calls until the time is over, and compares.
async fn measure(calls: u32, time: Duration) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut server = command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let server = server.as_mut().unwrap();
    let mut told = BufReader::new(server.stdout.take().unwrap());
    let mut address = String::new();
    told.read_line(&mut address).unwrap();
    let secret = ClientAuthentication::SecretPost("secret".into());
    let client = ClientBuilder::new(&API)
        .base_url(format!("http://{}", address.trim()))
        .auth(ClientCredentials::new("c", secret))
        .retry(RetryPolicy::never())
        .build()
        .unwrap();

    println!("start:  {} MB", resident());
    let (start, done) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let mut tasks = JoinSet::new();
    for number in 0..calls {
        let (client, done) = (client.clone(), Arc::clone(&done));
        tasks.spawn(async move {
            // All are in flight after the time for which the server holds one.
            sleep(HELD * number / calls).await;
            while start.elapsed() < time {
                call(&client).await?;
                done.fetch_add(1, Relaxed);
            }
            Ok::<(), String>(())
        });
    }
    for (part, name) in [(0.3, "early"), (0.5, "middle"), (0.9, "late")] {
        sleep(time.mul_f64(part).saturating_sub(start.elapsed())).await;
        println!("{name}: {} MB, {} calls done", resident(), done.load(Relaxed));
    }
    let results = tasks.join_all().await;
    let elapsed = start.elapsed();
    println!("end:    {} MB", resident());
    let failures: Vec<&String> = results.iter().filter_map(|one| one.as_ref().err()).collect();

    drop(server.stdin.take());
    let mut counts = String::new();
    told.read_to_string(&mut counts).unwrap();
    server.wait().unwrap();
    let counts: Vec<u64> = counts.split_whitespace().map(|text| text.parse().unwrap()).collect();
    let [tokens, accepted, refused] = counts.try_into().unwrap();
    let most = elapsed.as_millis() / (LIFETIME / 2).as_millis() + 1;
    println!(
        "{} calls in {elapsed:.1?}, {calls} at once: {} failed; {tokens} tokens, {most} half \
         lifetimes; {accepted} accepted, {refused} refused and sent again",
        done.load(Relaxed),
        failures.len(),
    );
    assert!(failures.is_empty(), "{:?}", failures.first());
    assert!(u128::from(tokens) <= most && accepted == done.load(Relaxed));
}

async fn call(client: &Client) -> Result<(), String> {
    let request = Request::<NoBody, Value>::get(client, "/call");
    request.send().await.map(drop).map_err(|error| format!("{error:?}"))
}

/// The resident set of this process, in MB; 0 where the system does not tell.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default() * 4096 / 1_000_000
}

struct Counts {
    start: Instant,
    tokens: AtomicU64,
    accepted: AtomicU64,
    refused: AtomicU64,
}

/// Tokens whose text is when they expire, until the input ends.
async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let (tokens, accepted, refused) = Default::default();
    let counts = Arc::new(Counts { start: Instant::now(), tokens, accepted, refused });
    let shared = Arc::clone(&counts);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, Arc::clone(&shared)));
        }
    });
    tokio::io::stdin().read_to_end(&mut Vec::new()).await.unwrap();
    let Counts { tokens, accepted, refused, .. } = &*counts;
    println!("{} {} {}", tokens.load(Relaxed), accepted.load(Relaxed), refused.load(Relaxed));
}

async fn connection(stream: TcpStream, counts: Arc<Counts>) -> Option<()> {
    let mut stream = tokio::io::BufReader::new(stream);
    loop {
        let (mut length, mut token) = (0, None);
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok().filter(|bytes| *bytes > 0)?;
            let line = line.trim_end().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            length = line.strip_prefix("content-length: ").map_or(length, |n| n.parse().unwrap());
            token =
                line.strip_prefix("authorization: bearer ").map(|n| n.parse().unwrap()).or(token);
        }
        stream.read_exact(&mut vec![0; length]).await.ok()?;
        let now = counts.start.elapsed();
        let (status, body) = match token {
            None => {
                counts.tokens.fetch_add(1, Relaxed);
                let end = (now + LIFETIME).as_millis();
                let seconds = LIFETIME.as_secs_f64();
                (
                    200,
                    format!(
                        r#"{{"access_token":"{end}","token_type":"bearer","expires_in":{seconds}}}"#
                    ),
                )
            }
            Some(end) if now <= Duration::from_millis(end) => {
                counts.accepted.fetch_add(1, Relaxed);
                sleep(HELD).await;
                (200, "{}".to_owned())
            }
            Some(_) => {
                counts.refused.fetch_add(1, Relaxed);
                (401, "{}".to_owned())
            }
        };
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.get_mut().write_all(answer.as_bytes()).await.ok()?;
    }
}
