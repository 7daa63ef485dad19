//! What a call costs beyond the same call that is written by hand over `reqwest` and `serde_json`, which
//! `both.rs` has: `cargo bench -p oasmith-templates --no-default-features --features runtime --bench calls`,
//! with the features that a generated crate has by default.
//!
//! Both go to the same server on loopback, which has a thread of its own; what is measured is the CPU
//! time of the client's thread, which has all of its tasks. The bound is at most 1.05 times the time; the
//! bench `allocations` has that on allocations, in a program of its own, because counting them takes time.
//!
//! What decides is not criterion's two runs, which are seconds apart, but the comparison after them: batches
//! in turn, one of ours, two by hand, one of ours, so that a machine that slows down does so to both; the
//! ratio of each such round, and of many rounds the middle one. Where a process has its code and its memory
//! changes that by 0.01 in either direction, so it is the mean of several processes. The call by hand is
//! compared with itself as well, which says how far off the figure can be. `taskset -c 0` before the
//! command puts client and server onto one core, so that none has to be woken and finds its caches cold;
//! `-- only generated` or `-- only by-hand` makes some thousand calls of one kind and nothing else, for a
//! profiler.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops and speaks up")]

use std::future::Future;
use std::process::Command;
use std::time::Duration;

use cpu_time::ThreadTime;
use criterion::Criterion;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use oasmith_templates::runtime::Value;
use tokio::runtime::{Builder, Runtime};

mod both;

/// How many calls are timed at once, how often, and in how many processes.
const CALLS: u32 = 200;
const ROUNDS: usize = 80;
const PROCESSES: u32 = 8;

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let both = both::Both::start();
    let generated = || both.generated("2Bf5", 100);
    let by_hand = || both.by_hand("2Bf5", 100);

    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|argument| argument == COMPARE) {
        let figures = compare(&runtime, ROUNDS, generated, by_hand);
        println!("{figures} {}", compare(&runtime, ROUNDS / 4, by_hand, by_hand));
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "only") {
        let is_ours = arguments.get(at + 1).is_some_and(|which| which == "generated");
        for _ in 0..20 {
            if is_ours {
                time(&runtime, &generated)
            } else {
                time(&runtime, &by_hand)
            };
        }
        return;
    }

    let mut criterion = Criterion::default().with_measurement(CpuTime).configure_from_args();
    let mut group = criterion.benchmark_group("call");
    group.bench_function("generated", |bencher| bencher.iter(|| runtime.block_on(generated())));
    group.bench_function("by hand", |bencher| bencher.iter(|| runtime.block_on(by_hand())));
    group.finish();
    criterion.final_summary();

    let figures: Vec<[f64; 6]> = (0..PROCESSES).map(|_| in_a_process()).collect();
    let mean = |at: usize| figures.iter().map(|one| one[at]).sum::<f64>() / f64::from(PROCESSES);
    let low = |at: usize| figures.iter().map(|one| one[at]).fold(f64::INFINITY, f64::min);
    let high = |at: usize| figures.iter().map(|one| one[at]).fold(0.0, f64::max);
    for (name, at) in [("generated to by hand", 0), ("by hand to itself   ", 3)] {
        let (ratio, low, high) = (mean(at), low(at), high(at));
        let (ours, theirs) = (mean(at + 1), mean(at + 2));
        println!(
            "CPU of a call, {name} {ratio:.3} ({low:.3} to {high:.3}), {ours:.1} and {theirs:.1} µs"
        );
    }
}

/// The argument of a process that compares, and prints nothing but its figures.
const COMPARE: &str = "compare";

/// The figures of one more process: ratio and microseconds of ours against by hand, and of that against
/// itself.
fn in_a_process() -> [f64; 6] {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).arg(COMPARE).output().expect("a process");
    let text = String::from_utf8(output.stdout).expect("text");
    let figures = text.split_whitespace().map(|figure| figure.parse().expect("a number"));
    figures.collect::<Vec<f64>>().try_into().expect("six figures")
}

/// The ratio of the CPU times of two calls, the middle of many rounds, and both in microseconds.
fn compare<A, B>(
    runtime: &Runtime,
    rounds: usize,
    one: impl Fn() -> A,
    other: impl Fn() -> B,
) -> String
where
    A: Future<Output = Value>,
    B: Future<Output = Value>,
{
    let mut ratios: Vec<(f64, Duration, Duration)> = (0..rounds)
        .map(|_| {
            let (first, second) = (time(runtime, &one), time(runtime, &other));
            let (third, fourth) = (time(runtime, &other), time(runtime, &one));
            let (ours, theirs) = (first + fourth, second + third);
            (ours.as_secs_f64() / theirs.as_secs_f64(), ours, theirs)
        })
        .collect();
    ratios.sort_by(|left, right| left.0.total_cmp(&right.0));
    let (middle, ours, theirs) = ratios[rounds / 2];
    let [ours, theirs] = [ours, theirs].map(|time| time.as_secs_f64() * 1e6 / f64::from(2 * CALLS));
    format!("{middle} {ours} {theirs}")
}

/// The CPU time of this thread for some calls.
fn time<F: Future<Output = Value>>(runtime: &Runtime, call: &impl Fn() -> F) -> Duration {
    let start = ThreadTime::now();
    runtime.block_on(async {
        for _ in 0..CALLS {
            call().await;
        }
    });
    start.elapsed()
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
