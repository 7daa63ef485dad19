//! Documents changed as trees: each is refused with its place or becomes a crate that is Rust.
#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|text: &str| oasmith_fuzz::generate(text));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let changed = data.get(..size).and_then(|text| oasmith_fuzz::mutate(text, max_size, seed));
    match changed {
        Some(text) => {
            data[..text.len()].copy_from_slice(&text);
            text.len()
        }
        // What is no document gets libFuzzer's own changes.
        None => fuzzer_mutate(data, size, max_size),
    }
});
