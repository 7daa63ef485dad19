//! How many allocations a call makes beyond the same call that is written by hand:
//! `cargo bench -p oasmith-templates --no-default-features --features runtime --bench allocations`. The bound
//! is 10.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench stops and speaks up")]

use std::future::Future;

use oasmith_templates::runtime::Value;
use tokio::runtime::{Builder, Runtime};

#[path = "../calls/both.rs"]
mod both;

fn main() {
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let both = both::Both::start();
    let generated = allocations(&runtime, || both.generated("2Bf5", 100));
    let by_hand = allocations(&runtime, || both.by_hand("2Bf5", 100));
    println!("allocations of a call    generated {generated}   by hand {by_hand}");
}

/// The usual number of allocations of a call, once the connection is there: the middle of many.
fn allocations<F: Future<Output = Value>>(runtime: &Runtime, call: impl Fn() -> F) -> u64 {
    let count = || allocation_counter::measure(|| drop(runtime.block_on(call()))).count_total;
    let mut counts: Vec<u64> = (0..201).map(|_| count()).collect();
    counts.sort_unstable();
    counts[counts.len() / 2]
}
