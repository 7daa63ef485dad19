//! How the cost of a run grows with the document: `cargo bench -p oasmith --bench scaling`.
//!
//! A synthetic API of 100, 200, 400 and 800 resources, each with five operations and eight schemas
//! of all kinds, is generated in a process of its own, from text to files in memory. The table
//! shows the CPU time (user and system, the best of three runs) and the largest resident set, and
//! both for one resource: a cost that grows linearly stays the same there.

#![expect(clippy::print_stdout, reason = "a bench is read by people")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot run has nothing to say")]

use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use oasmith::source::{Source, Sources};
use oasmith::{config, generate, yaml};

/// What the programs allocate with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 4] = [100, 200, 400, 800];

fn main() {
    // Cargo adds `--bench`.
    let size = std::env::args().nth(1).and_then(|size| size.parse().ok());
    match size {
        Some(resources) => measure(resources),
        None => table(),
    }
}

/// Runs itself for each size.
fn table() {
    println!("resources      MB   lines   CPU ms  ms each  peak MB  MB each");
    for resources in SIZES {
        let runs = (0..3).map(|_| run(resources)).collect::<Vec<_>>();
        let best = runs.iter().min_by(|a, b| a[2].total_cmp(&b[2])).unwrap();
        let [size, lines, cpu, peak] = <[f64; 4]>::try_from(best.as_slice()).unwrap();
        let each = f64::from(u32::try_from(resources).unwrap());
        println!(
            "{resources:>9} {size:>7.2} {lines:>7.0} {cpu:>8.0} {:>8.2} {peak:>8.0} {:>8.2}",
            cpu / each,
            peak / each,
        );
    }
}

fn run(resources: usize) -> Vec<f64> {
    let output =
        Command::new(std::env::current_exe().unwrap()).arg(resources.to_string()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.split_whitespace().map(|figure| figure.parse().unwrap()).collect()
}

/// Generates once, and prints the size of the document in MB, the lines of the crate, the CPU time
/// in milliseconds, and the peak in MB.
fn measure(resources: usize) {
    let text = document(resources);
    let size = text.len();
    let before = cpu();
    let mut sources = Sources::root(Source::new("openapi.yaml", text));
    let choices = "package: {name: synthetic, version: 0.1.0}\n";
    let choices = sources.add(Source::new("generator.yaml", choices));
    let choices = yaml::parse(&sources, choices).and_then(|root| config::read(&root)).unwrap();
    let generated = generate(&sources, &choices).unwrap();
    let spent = cpu().saturating_sub(before);
    let lines: usize = generated.files.iter().map(|(_, text)| text.lines().count()).sum();
    let megabytes = size / 10_000;
    println!(
        "{}.{:02} {lines} {} {}",
        megabytes / 100,
        megabytes % 100,
        spent.as_millis(),
        peak() / 1024
    );
}

#[cfg(unix)]
fn cpu() -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
}

#[cfg(not(unix))]
fn cpu() -> Duration {
    Duration::ZERO
}

/// The largest resident set so far, in KiB; none where the system does not tell in this way.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// An API of so many resources.
fn document(resources: usize) -> String {
    let mut text = "openapi: 3.1.0\ninfo: {title: Synthetic, version: '1'}\n\
                    servers: [{url: https://api.example.com}]\npaths:\n"
        .to_owned();
    for number in 0..resources {
        let template = include_str!("paths.yaml");
        text.push_str(&template.replace("NUMBER", &number.to_string()));
    }
    text.push_str("components:\n  schemas:\n");
    for number in 0..resources {
        let template = include_str!("schemas.yaml");
        let next = (number + 1) % resources;
        let template = template.replace("NEXT", &next.to_string());
        text.push_str(&template.replace("NUMBER", &number.to_string()));
    }
    writeln!(text, "x-resources: {resources}").unwrap();
    text
}
