//! What a call costs beyond the same call that is written by hand over `reqwest` and `serde_json`:
//! `cargo bench -p oasmith-templates --bench calls`.
//!
//! Both go to the same server on loopback, which has a thread of its own; what is measured is the
//! CPU time and the allocations of the client's thread, which has all of its tasks. The bounds are at
//! most 1.05 times the time and 10 allocations more.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops and speaks up")]

use std::future::Future;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use cpu_time::ThreadTime;
use criterion::Criterion;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use oasmith_templates::runtime::{Api, Client, ClientBuilder, Credentials, NoBody, Request, Value};
use tokio::runtime::{Builder, Runtime};

/// The bytes of a small answer, so that what is around it counts.
const ANSWER: &str = r#"{"id":"2Bf5","displayName":"An app","grantCount":"12"}"#;

static API: Api = Api {
    title: "Bench",
    user_agent: "bench",
    server: None,
    variables: &[],
    token_url: None,
    keys: &[],
    security: &[],
};

/// How many calls are timed at once, and how often.
const CALLS: u32 = 300;
const ROUNDS: u32 = 30;

fn main() {
    let address = serve();
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = client(address);
    let http = reqwest::Client::new();
    let generated = || generated(&client);
    let by_hand = || by_hand(&http, address);

    let mut criterion = Criterion::default().with_measurement(CpuTime).configure_from_args();
    let mut group = criterion.benchmark_group("call");
    group.bench_function("generated", |bencher| bencher.iter(|| runtime.block_on(generated())));
    group.bench_function("by hand", |bencher| bencher.iter(|| runtime.block_on(by_hand())));
    group.finish();
    criterion.final_summary();

    let mut times = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        times[0] = times[0].min(time(&runtime, generated));
        times[1] = times[1].min(time(&runtime, by_hand));
    }
    let ratio = times[0].as_secs_f64() / times[1].as_secs_f64();
    let [ours, theirs] = times.map(|time| time / CALLS);
    println!("CPU of a call    generated {ours:>9.1?}   by hand {theirs:>9.1?}   ratio {ratio:.3}");
    let counts = [allocations(&runtime, generated), allocations(&runtime, by_hand)];
    println!("allocations      generated {:>9}   by hand {:>9}", counts[0], counts[1]);
}

/// The bodies of generated methods are expressions like this one.
async fn generated(client: &Client) -> Value {
    Request::<NoBody, Value>::get(client, "/api/v1/apps/{app_id}/entitlements")
        .operation("c1.api.app.v1.AppEntitlements.List")
        .path("app_id", "2Bf5")
        .query("page_size", 100)
        .send()
        .await
        .expect("an answer")
        .into_inner()
}

/// A careful hand would write about this.
async fn by_hand(http: &reqwest::Client, address: SocketAddr) -> Value {
    let url = format!("http://{address}/api/v1/apps/{}/entitlements?page_size={}", "2Bf5", 100);
    let request = http
        .get(url)
        .header("user-agent", "bench")
        .header("accept", "application/json")
        .bearer_auth("a-token")
        .timeout(Duration::from_secs(60));
    let answer = request.send().await.and_then(reqwest::Response::error_for_status);
    let body = answer.expect("an answer").bytes().await.expect("its body");
    serde_json::from_slice(&body).expect("JSON")
}

fn client(address: SocketAddr) -> Client {
    let builder = ClientBuilder::new(&API).base_url(format!("http://{address}"));
    builder.auth(Credentials::bearer("a-token")).build().expect("a client")
}

/// The CPU time of this thread for some calls.
fn time<F: Future<Output = Value>>(runtime: &Runtime, call: impl Fn() -> F) -> Duration {
    let start = ThreadTime::now();
    runtime.block_on(async {
        for _ in 0..CALLS {
            call().await;
        }
    });
    start.elapsed()
}

/// The usual number of allocations of a call, once the connection is there: the middle of many.
fn allocations<F: Future<Output = Value>>(runtime: &Runtime, call: impl Fn() -> F) -> u64 {
    let count = || allocation_counter::measure(|| drop(runtime.block_on(call()))).count_total;
    let mut counts: Vec<u64> = (0..201).map(|_| count()).collect();
    counts.sort_unstable();
    counts[counts.len() / 2]
}

/// A server that answers every request with the same, one connection after the other. It ends with
/// the process.
fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || drop(answer(stream)));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{ANSWER}",
        ANSWER.len()
    );
    let (mut buffer, mut held) = ([0; 4096], 0);
    loop {
        match stream.read(&mut buffer[held..])? {
            0 => return Ok(()),
            more => held += more,
        }
        if buffer[..held].ends_with(b"\r\n\r\n") {
            stream.write_all(answer.as_bytes())?;
            held = 0;
        }
    }
}

/// Measures the CPU time of the thread.
struct CpuTime;

impl Measurement for CpuTime {
    type Intermediate = ThreadTime;
    type Value = Duration;

    fn start(&self) -> ThreadTime {
        ThreadTime::now()
    }

    fn end(&self, start: ThreadTime) -> Duration {
        start.elapsed()
    }

    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, time: &Duration) -> f64 {
        WallTime.to_f64(time)
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}
