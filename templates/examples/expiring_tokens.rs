//! Ten thousand calls at once over tokens that expire every 800 ms: whether each is replaced exactly once,
//! what fails, and how much memory it takes.
//!
//! `cargo run -p oasmith-templates --example expiring_tokens [CALLS [SECONDS]]`. The server is a process of
//! its own on loopback, so that each has its own limit on open files (20,000 are enough for 10,000
//! calls). It holds each call for 10 seconds and refuses a token that has expired when the call arrives.
//!
//! It keeps for each token when it was asked for, when calls came with it, and how many. A token may be
//! replaced from half of its lifetime on, so that two that are less than that apart would be two
//! refreshes of one expiry. Each token request is held for 20 ms, in which no other may come. The
//! program ends with an error where either happens, where a token was fetched that no call used, or
//! where a call fails.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that measures")]

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
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

/// How long a token request takes, so that another one would meet it.
const FETCH: Duration = Duration::from_millis(20);

/// By how much a token request may have come late to the server, which then takes the time to the
/// next one for shorter than it was for the client.
const LATE: Duration = Duration::from_millis(100);

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
    for tenth in 1..=10 {
        sleep((time * tenth / 10).saturating_sub(start.elapsed())).await;
        let (calls, memory, files) = (done.load(Relaxed), resident(), files());
        println!("{tenth:>2} of 10: {memory} MB, {files} open files, {calls} calls done");
    }
    let results = tasks.join_all().await;
    let elapsed = start.elapsed();
    println!("end:    {} MB", resident());
    let failures: Vec<&String> = results.iter().filter_map(|one| one.as_ref().err()).collect();

    drop(server.stdin.take());
    let mut lines = String::new();
    told.read_to_string(&mut lines).unwrap();
    server.wait().unwrap();
    let (most, tokens) = lines.split_once('\n').unwrap();
    let tokens: Vec<Token> = tokens.lines().map(Token::read).collect();
    println!(
        "{} calls in {elapsed:.1?}, {calls} at once: {} failed; {} tokens; {} accepted, {} refused \
         and sent again",
        done.load(Relaxed),
        failures.len(),
        tokens.len(),
        tokens.iter().map(|token| token.accepted).sum::<u64>(),
        tokens.iter().map(|token| token.refused).sum::<u64>(),
    );
    assert!(failures.is_empty(), "{:?}", failures.first());
    assert_eq!(tokens.iter().map(|token| token.accepted).sum::<u64>(), done.load(Relaxed));
    replaced_once(&tokens);
    assert_eq!(most, "1", "token requests at the same time");
}

/// Looks at each expiry: every token but the last was replaced by the one after it, not before half of
/// its lifetime was over, and each was used.
fn replaced_once(tokens: &[Token]) {
    let ages: Vec<Duration> =
        tokens.windows(2).map(|pair| pair[1].issued.saturating_sub(pair[0].issued)).collect();
    let (youngest, oldest) = (ages.iter().min().unwrap(), ages.iter().max().unwrap());
    let ahead = ages.iter().filter(|age| **age < LIFETIME).count();
    println!(
        "{} tokens were replaced, {ahead} of them before their end, {youngest:.0?} to {oldest:.0?} after \
         they were asked for; one token request at a time",
        ages.len(),
    );
    assert!(*youngest + LATE >= LIFETIME / 2, "two refreshes of one expiry");
    let is_used = |token: &Token| token.accepted + token.refused > 0;
    // The last one may have come when there was nothing more to do.
    let unused = tokens.iter().rev().skip(1).filter(|token| !is_used(token)).count();
    assert_eq!(unused, 0, "tokens that no call needed");
    let is_in_time =
        |token: &&Token| token.issued <= token.first && token.last <= token.issued + LIFETIME;
    let used = tokens.iter().filter(|token| token.accepted > 0);
    assert!(used.clone().all(|token| is_in_time(&token)), "a call outside of its token's life");
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

/// The open files, nearly all of them connections; 0 where the system does not tell.
fn files() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// What the server knows of a token. Times are those since it began.
#[derive(Clone, Debug, Default)]
struct Token {
    issued: Duration,
    /// When calls came with it, those that were accepted.
    first: Duration,
    last: Duration,
    accepted: u64,
    refused: u64,
}

impl Token {
    fn write(&self) -> String {
        let times = [self.issued, self.first, self.last].map(|time| time.as_micros().to_string());
        format!("{} {} {}", times.join(" "), self.accepted, self.refused)
    }

    fn read(line: &str) -> Self {
        let numbers: Vec<u64> = line.split(' ').map(|text| text.parse().unwrap()).collect();
        let [issued, first, last, accepted, refused] = numbers.try_into().unwrap();
        let [issued, first, last] = [issued, first, last].map(Duration::from_micros);
        Self { issued, first, last, accepted, refused }
    }
}

struct Seen {
    start: Instant,
    tokens: Mutex<Vec<Token>>,
    /// How many token requests there are now, and were at the same time.
    fetching: AtomicU64,
    most: AtomicU64,
}

/// Tokens whose text is their number, until the input ends.
async fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    let (tokens, fetching, most) = Default::default();
    let seen = Arc::new(Seen { start: Instant::now(), tokens, fetching, most });
    let shared = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(connection(stream, Arc::clone(&shared)));
        }
    });
    tokio::io::stdin().read_to_end(&mut Vec::new()).await.unwrap();
    println!("{}", seen.most.load(Relaxed));
    seen.tokens.lock().unwrap().iter().for_each(|token| println!("{}", token.write()));
}

async fn connection(stream: TcpStream, seen: Arc<Seen>) -> Option<()> {
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
        let now = seen.start.elapsed();
        let (status, body) = match token {
            None => (200, issue(&seen, now).await),
            Some(number) if is_accepted(&seen, number, now) => {
                sleep(HELD).await;
                (200, "{}".to_owned())
            }
            Some(_) => (401, "{}".to_owned()),
        };
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.get_mut().write_all(answer.as_bytes()).await.ok()?;
    }
}

/// Another token, which is valid from `now`, when it was asked for.
async fn issue(seen: &Seen, now: Duration) -> String {
    let number = {
        let mut tokens = seen.tokens.lock().unwrap();
        tokens.push(Token { issued: now, ..Token::default() });
        tokens.len() - 1
    };
    let fetching = seen.fetching.fetch_add(1, Relaxed) + 1;
    seen.most.fetch_max(fetching, Relaxed);
    sleep(FETCH).await;
    seen.fetching.fetch_sub(1, Relaxed);
    let seconds = LIFETIME.as_secs_f64();
    format!(r#"{{"access_token":"{number}","token_type":"bearer","expires_in":{seconds}}}"#)
}

/// Whether a token is still valid; the call is added to those that came with it.
fn is_accepted(seen: &Seen, number: usize, now: Duration) -> bool {
    let token = &mut seen.tokens.lock().unwrap()[number];
    let is_valid = now <= token.issued + LIFETIME;
    if is_valid {
        token.first = if token.accepted == 0 { now } else { token.first };
        (token.last, token.accepted) = (now, token.accepted + 1);
    } else {
        token.refused += 1;
    }
    is_valid
}
